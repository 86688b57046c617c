"""The tables and columns of the form, from ``form.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from samrit.intake.headings import key
from samrit.vocabulary.speech import speech


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: its code, headings, type and help.

    ``kept`` columns are only kept, not asked for in an empty form; ``made`` ones may
    stay empty although the table is known by them.
    """

    code: str
    th: str
    en: str
    type: str = "text"
    help: str = ""
    also: tuple[str, ...] = ()
    kept: bool = False
    help_en: str = ""
    made: bool = False

    def heading(self, language: str) -> str:
        """Return the heading in "th" or "en", in the plan's words."""
        return speech().says(self.en if language == "en" else self.th, language)

    def explained(self, language: str) -> str:
        """Return the help in "th" or "en", in the plan's words, "" where there is none."""
        text = self.help_en if language == "en" else self.help
        return speech().says(text, language)

    @property
    def keys(self) -> frozenset[str]:
        """What its headings are recognised by."""
        words = (self.th, self.en, *self.also)
        # The currency and the era behind a heading are the plan's own.
        bare = map(without_measure, words) if self.type in ("money", "year") else ()
        return frozenset(key(word) for word in (*words, *bare))


def keys_of(heading: str) -> frozenset[str]:
    """Return what a heading may be recognised by: itself, and without what is in brackets at its end."""
    return frozenset((key(heading), key(without_measure(heading))))


def without_measure(heading: str) -> str:
    """Return a heading without the currency or the era in brackets at its end."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", heading)


@dataclass(frozen=True, slots=True)
class FormTable:
    """One sheet of the form."""

    code: str
    sheet_th: str
    sheet_en: str
    columns: tuple[FormColumn, ...]
    required: tuple[str, ...]
    help_th: str = ""
    help_en: str = ""
    pairs: bool = False  # one line per column: heading beside value
    only_read: bool = False
    needs: tuple[str, ...] = ()  # a row without them can't be taken

    def column(self, code: str) -> FormColumn:
        """Return a column by its code."""
        return next(column for column in self.columns if column.code == code)


@cache
def tables() -> Mapping[str, FormTable]:
    """Return the tables of the form by code."""
    text = resources.files("samrit.intake.forms").joinpath("form.toml").read_text("utf-8")
    return {code: _table(code, entry) for code, entry in tomllib.loads(text).items()}


def _table(code: str, entry: Mapping[str, object]) -> FormTable:
    sheet, explained, columns = (entry.get(name, {}) for name in ("sheet", "help", "columns"))
    assert isinstance(sheet, dict)  # noqa: S101
    assert isinstance(explained, dict)  # noqa: S101
    assert isinstance(columns, dict)  # noqa: S101
    made = tuple(FormColumn(name, **{**words, "also": tuple(words.get("also", ()))}) for name, words in columns.items())
    required = entry.get("required", ())
    assert isinstance(required, list)  # noqa: S101
    return FormTable(
        code, str(sheet["th"]), str(sheet["en"]), made, tuple(required), str(explained.get("th", "")),
        str(explained.get("en", "")), bool(entry.get("pairs")), bool(entry.get("only_read")),
        tuple(map(str, entry.get("needs", ()))),  # type: ignore[call-overload]
    )  # fmt: skip
