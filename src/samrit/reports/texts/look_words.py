"""What the settings of a look are called: people read and type words, a plan keeps the codes of the template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from samrit.reports.texts.sentences import sentences
from samrit.vocabulary.terms import code_of, label
from samrit.vocabulary.text import search_key

COLUMNS = "report_columns"  # the group of the columns' words
LANGUAGES = ("th", "en")


def columns_said(codes: str, language: str) -> str:
    """Return a list of columns as people read it; what is no column stays as it is."""
    return ", ".join(_column(part, language) for part in re.split(r"[\s,;]+", codes.strip()) if part)


def columns_meant(typed: str) -> str:
    """Return the codes of columns that were typed in words of either language, or as codes."""
    parts = (part.strip() for part in re.split(r"[,;\n]+", typed))
    return ", ".join(code_of(part, COLUMNS) or part for part in parts if part)


def _column(code: str, language: str) -> str:
    try:
        return label(code, language, COLUMNS)
    except KeyError:
        return code


def wordings(language: str) -> tuple[str, ...]:
    """Return every sentence, heading and label that reports are made of, each once, in the order of the catalogue."""
    return tuple(dict.fromkeys(texts[language] for texts in sentences().values()))


def settings_meant(line: str) -> Mapping[str, str]:
    """Return the settings that a line ``standard wording = own wording`` means, or ``setting = value``; {} for none.

    A wording that is in several places is changed in all of them.
    """
    for match in re.finditer("=", line[: 2 * max(map(len, _places()))]):  # a wording may hold the sign, spaces be twice
        left, right = line[: match.start()].strip(), line[match.end() :].strip()
        if right and (found := _places().get(search_key(left))):
            return dict.fromkeys(found, right)
    name, equals, value = (part.strip() for part in line.partition("="))
    return {name: value} if equals and name and value else {}


def lines_said(settings: Mapping[str, str]) -> Iterator[str]:
    """Yield settings as lines that mean them again: wordings by the standard ones, all else by its name."""
    left = dict(settings)
    for name in sorted(settings):
        if name not in left:
            continue
        standard = text_named(name)
        together = _places().get(search_key(standard), (name,)) if standard else (name,)
        if name not in together or any(left.get(each) != left[name] for each in together):
            standard, together = "", (name,)
        yield f"{standard or name} = {left[name]}"
        for each in together:
            del left[each]


def text_named(setting: str) -> str:
    """Return the standard wording that a setting such as ``texts.en.summary`` replaces, "" for any other setting."""
    first, _, rest = setting.partition(".")
    language, _, key = rest.partition(".")
    return sentences().get(key, {}).get(language, "") if first == "texts" else ""


@cache
def _places() -> Mapping[str, tuple[str, ...]]:
    """The settings that each standard wording stands for, by the wording as it is searched for."""
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for key, texts in sentences().items():
            found.setdefault(search_key(texts[language]), []).append(f"texts.{language}.{key}")
    return {wording: tuple(names) for wording, names in found.items()}
