"""The words of a forecast's reasons and of early warnings, from ``reasons.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def reasons() -> Mapping[str, tuple[str, str]]:
    """Return each reason's sentence in Thai and English by its code."""
    text = resources.files(__package__).joinpath("reasons.toml").read_text("utf-8")
    return {code: (words["th"], words["en"]) for code, words in tomllib.loads(text).items()}
