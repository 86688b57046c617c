"""What works, indicators and units may be called: their ids are in addresses and in columns of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from samrit.package.rows import Files
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.terms import everyone, is_everyone

# Characters: as many as the narrowest column of the tables that keeps such a name.
LONGEST: Mapping[str, int] = {"projects": 60, "indicators": 80, "units": 60}
_KEYS: Mapping[str, str] = {"projects": "id", "indicators": "id", "units": "code"}


def is_name(file: str, text: str) -> bool:
    """Say whether a record of ``file`` can be called ``text``.

    No slashes, no line breaks or other signs that nobody sees, no dots alone: these mean something else in an address.
    """
    is_short = 0 < len(text) <= LONGEST.get(file, LONGEST["indicators"])
    return is_short and text.isprintable() and not set(text) & set("/\\") and set(text) != {"."}


def with_everyone(units: tuple[tuple[str, str], ...], language: str) -> tuple[tuple[str, str], ...]:
    """Return units to choose from, code and name, with all of them as the first choice (R89)."""
    is_there = any(is_everyone(code) for code, _ in units)
    return units if is_there else ((everyone(), everyone(language)), *units)


def name_faults(files: Files) -> Iterator[Finding]:
    """Yield a finding for every record whose id can't be used; blank ones have a fault of their own already."""
    for file, column in _KEYS.items():
        for row in files.get(file, ()):
            text = row.cells.get(column, "")
            if text and not is_name(file, text):
                place = Place(f"{file}.csv", line=row.number, column=column)
                yield Finding("draft_name_wrong", place, {"name": _shown(text), "limit": LONGEST[file]})


def wrong_names(named: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return those of ``named``, pairs of a file and an id, that can't be used, as one may print them."""
    return tuple(_shown(text) for file, text in named if not is_name(file, text))


def _shown(text: str) -> str:
    shown = "".join(letter if letter.isprintable() else "�" for letter in text)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"
