"""The words that a report has on a work: result, cause, next step, lesson (R164, R165), declared once.

What is in ``narrative.toml`` is in the form, on the phone, in the Excel form, the history, the package and the
printed reports; each of them goes through ``WORDS`` and names none of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from samrit.vocabulary.speech import speech


@dataclass(frozen=True, slots=True)
class NarrativeWord:
    """One of them: ``name`` is its column everywhere, ``field`` its box in the form.

    ``is_asked``: a work that is far behind has to say it (R314).  ``is_later``: older packages lack it.
    """

    name: str
    titles: Mapping[str, str]
    labels: Mapping[str, str]
    field: str
    is_public: bool
    is_asked: bool
    is_later: bool

    def title(self, language: str = "th") -> str:
        """Return what a column, a page or the history calls it in "th" or "en"."""
        return speech().says(self.titles[language], language)

    def label(self, language: str = "th") -> str:
        """Return what a form asks for in "th" or "en"."""
        return speech().says(self.labels[language], language)


@dataclass(frozen=True, slots=True)
class Said:
    """What a report says under one of the words; "" where it says nothing."""

    word: NarrativeWord
    text: str


def texts_of(row: Any) -> dict[str, str]:
    """Return the texts of anything that has the words as its fields, by their names, in their order."""
    return {word.name: str(getattr(row, word.name)) for word in WORDS}


def all_said(row: Any) -> tuple[Said, ...]:
    """Return every word with its text, blank or not."""
    return tuple(Said(word, str(getattr(row, word.name))) for word in WORDS)


def said(row: Any, *, public: bool = False) -> tuple[Said, ...]:
    """Return the words that are not blank; only what everybody may read where it is for the ``public``."""
    return tuple(one for one in all_said(row) if one.text and (one.word.is_public or not public))


def joined(row: Any) -> str:
    """Return everything that a row says, in one line."""
    return " · ".join(one.text for one in said(row))


_TEXT = resources.files(__package__).joinpath("narrative.toml").read_text("utf-8")
WORDS = tuple(
    NarrativeWord(
        name,
        entry["title"],
        entry["label"],
        entry["field"],
        entry.get("public", False),
        entry.get("asked", False),
        entry.get("later", False),
    )
    for name, entry in tomllib.loads(_TEXT).items()
)
ASKED = tuple(word for word in WORDS if word.is_asked)
