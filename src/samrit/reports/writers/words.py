"""The few words that writers add themselves, and the digits they number with; the words are in ``words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from samrit.reports.document.model import Document

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@cache
def writer_words() -> Mapping[str, Mapping[str, str]]:
    """Return every word by code and language ("th", "en")."""
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


def word(code: str, language: str) -> str:
    """Return a writer's word in the language; Thai for any language but English."""
    return writer_words()[code]["en" if language == "en" else "th"]


def number(value: int, document: Document) -> str:
    """Return a number that the writer itself counts (page, caption) in the document's digits (R287)."""
    text = str(value)
    return text.translate(_THAI) if document.digits == "thai" else text
