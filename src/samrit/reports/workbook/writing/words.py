"""The headings and labels of the workbook."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from samrit.vocabulary.speech import speech


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = resources.files(__package__).joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)


def word(group: str, code: str, language: str) -> str:
    """Return the label ``code`` of a group ("sheet", "column", "text") in "th" or "en"."""
    chosen = "en" if language == "en" else "th"
    return speech().says(_words()[group][code][chosen], chosen)
