"""The texts of the pages in Thai and English, by key, from ``words.toml`` and ``words/*.toml``.

A file holds tables of texts: ``[report] submit = { th = "ส่งรายงาน", en = "Submit" }`` is the
key ``report.submit``.  Every page's room may add a file of its own; a key stands once.
Texts that differ by number or name hold fields in braces: ``{count}``.  What follows a
number is chosen by it, one thing or several: ``{count} {count:report is|reports are} late``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from django.utils.translation import get_language

from samrit.vocabulary.filling import filled
from samrit.vocabulary.speech import speech

LANGUAGES = ("th", "en")
LANGUAGE_COOKIE = "language"


class UnknownWordError(KeyError):
    """A page asks for a text that no catalogue holds: a fault of the program, never of the data."""


def word(key: str, language: str = "th", **params: object) -> str:
    """Return the text of ``key`` with its fields filled; raises UnknownWordError or KeyError for a missing field."""
    try:
        language = language if language in LANGUAGES else "th"
        text = speech().says(_catalogue()[key][language], language)
    except KeyError:
        raise UnknownWordError(key) from None
    return filled(text, params) if params else text


def page_language() -> str:
    """Return the language of the page that is answered: "th" or "en"."""
    return "en" if get_language() == "en" else "th"


def known(key: str) -> bool:
    """Say whether a catalogue holds ``key``."""
    return key in _catalogue()


def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return every key with its texts by language."""
    return _catalogue()


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = {}
    for file in _files():
        for key, entry in _entries(tomllib.loads(file.read_text(encoding="utf-8")), ""):
            if key in texts:
                raise ValueError(f"{file.name}: the text {key} stands twice")
            if set(entry) != set(LANGUAGES):
                raise ValueError(f"{file.name}: the text {key} needs exactly {', '.join(LANGUAGES)}")
            texts[key] = entry
    return texts


def _files() -> Iterator[Traversable]:
    here = resources.files("samrit.web")
    yield here / "words.toml"
    folder = here / "words"
    if folder.is_dir():
        yield from sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)


def _entries(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every entry of a table and its sub-tables: a table of texts is one whose values are texts."""
    for name, value in table.items():
        if not isinstance(value, dict):
            raise TypeError(f"{prefix}{name} needs a Thai and an English text")
        if all(isinstance(text, str) for text in value.values()):
            yield prefix + name, value
        else:
            yield from _entries(value, f"{prefix}{name}.")
