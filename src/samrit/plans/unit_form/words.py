"""The words of the Excel form of a unit's month, from ``words.toml``, in the words of the plan in hand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from samrit.vocabulary.speech import speech
from samrit.vocabulary.text import filled

LANGUAGES = ("th", "en")


@cache
def texts() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return every text by its group ("sheet", "heading", "fill", "text", "past"), key and language."""
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


def word(group: str, key: str, language: str = "th", **params: object) -> str:
    """Return a text of the form in "th" or "en" with its fields filled.

    Raises KeyError for one that the catalogue does not hold.
    """
    return filled(speech().says(texts()[group][key][language], language), params)


def names(group: str, key: str) -> tuple[str, ...]:
    """Return what something may be called in a file that comes back: it speaks either language."""
    return tuple(word(group, key, language) for language in LANGUAGES)
