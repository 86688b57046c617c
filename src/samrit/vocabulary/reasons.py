"""Sentences in Thai and English by their code: reasons of a forecast and of early warnings, steps of a derivation."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


def reasons() -> Mapping[str, tuple[str, str]]:
    """Return the reasons of a forecast and of an early warning, Thai and English by code (``reasons.toml``)."""
    return _sentences("reasons.toml")


def derivations() -> Mapping[str, tuple[str, str]]:
    """Return the sentences that derivations are made of, Thai and English by code (``derivations.toml``)."""
    return _sentences("derivations.toml")


@cache
def _sentences(file: str) -> Mapping[str, tuple[str, str]]:
    text = resources.files(__package__).joinpath(file).read_text("utf-8")
    return {code: (words["th"], words["en"]) for code, words in tomllib.loads(text).items()}
