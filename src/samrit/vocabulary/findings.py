"""Findings: what a check, a reader or an importer noticed, as data.

A finding is a code, a severity, a place and parameters.  The sentence a person
reads is written once per language in ``messages/*.toml`` beside this module and
filled in by :func:`sentence`.  Pure rooms return findings and never raise on
user data (design.md §3.4).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from samrit.vocabulary.speech import speech
from samrit.vocabulary.text import filled

_MONTHS = re.compile(r"\{(\w+):month\}")  # in a sentence: a period of the plan's year, or several


class Severity(StrEnum):
    """How bad a finding is; ``error`` blocks approval of a plan or the use of a file."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: in a document (page, line, cell) or in a record of the plan.

    ``record`` is an identifier of the plan ("S2-57", "S2-57.1"); ``document``,
    ``page``, ``line`` and ``column`` point into a file, counted from 1.
    """

    document: str = ""
    page: int | None = None
    line: int | None = None
    column: str = ""
    record: str = ""

    def __str__(self) -> str:
        return self.text("en")

    def text(self, language: str = "th") -> str:
        """Return the place in words: "S2-57, report.txt, หน้า 5, บรรทัด 930"; empty when nothing is known."""
        page, line = ("p.", "line") if language == "en" else ("หน้า", "บรรทัด")
        parts = [
            self.record,
            self.document,
            "" if self.page is None else f"{page} {self.page}",
            "" if self.line is None else f"{line} {self.line}",
            self.column,
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed; ``params`` fill the sentence of ``code`` and stay machine-readable."""

    code: str
    place: Place = Place()
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """The severity that the catalogue gives this code."""
        return catalogue()[self.code].severity


@dataclass(frozen=True, slots=True)
class Message:
    """The catalogue entry of a finding code: its severity, its sentences, the rule it rests on."""

    code: str
    severity: Severity
    th: str
    en: str
    rule: str = ""


@cache
def catalogue() -> Mapping[str, Message]:
    """Return every message by code, read from ``messages/*.toml``.

    Raises ValueError when two files define the same code.
    """
    messages: dict[str, Message] = {}
    for file in sorted(resources.files(__package__).joinpath("messages").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        for code, entry in tomllib.loads(file.read_text("utf-8")).items():
            if code in messages:
                raise ValueError(f"finding code {code!r} is defined twice")
            messages[code] = Message(code, Severity(entry.pop("severity")), **entry)
    return messages


def sentence(finding: Finding, language: str = "th") -> str:
    """Return the finding's sentence in ``language`` ("th" or "en"): what is wrong, where, what to do."""
    message = catalogue()[finding.code]
    text = speech().says(message.en if language == "en" else message.th, language)
    place = finding.place.text(language)
    if not place:  # read alone, as a form field is
        text = text.removeprefix("{place}: ")
    params = {n: value[language] if _has_languages(value) else value for n, value in finding.params.items()}
    text = _MONTHS.sub(lambda field: _months(params[field[1]], language).replace("{", "{{").replace("}", "}}"), text)
    return filled(text, {"place": place, **{n: _figure(n, value) for n, value in params.items()}})


def _has_languages(value: object) -> bool:
    """Say whether a parameter has a text for each language, as words and days have."""
    return isinstance(value, Mapping) and value.keys() == {"th", "en"}


def _months(value: Any, language: str) -> str:
    """Return periods 1..12 by the names of their months: period 7 of a fiscal year is April.

    Where no plan is in hand, or there is no such month, the period is named by its number: "ที่ 7", "month 7".
    """
    from samrit.vocabulary.months import month_name  # noqa: PLC0415 - it reads months, and finds things itself

    start, unnamed = speech().first_month, "month " if language == "en" else "ที่ "
    text = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    if start is None:
        return f"{unnamed}{text}" if text[:1].isdigit() else text

    def said(number: re.Match[str]) -> str:
        period = int(number[0])
        return month_name((start + period - 2) % 12 + 1, language) if 1 <= period <= 12 else f"{unnamed}{period}"

    return re.sub(r"[0-9]+", said, text)


def _figure(name: str, value: Any) -> Any:
    """Return a Decimal as people read figures and a Buddhist year in the plan's era; all else unchanged."""
    if name.endswith("year_be") and isinstance(value, int):
        return speech().year(value)
    return f"{value:,f}" if isinstance(value, Decimal) else value


def worst(findings: Iterable[Finding]) -> Severity | None:
    """Return the gravest severity among ``findings``, or None when there are none."""
    order = list(Severity)
    return min((f.severity for f in findings), key=order.index, default=None)
