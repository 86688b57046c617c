"""The words of the Excel form of a unit's month, from ``words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Return every text by its group ("sheet", "heading", "fill", "text") and key."""
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


def word(group: str, key: str, **params: object) -> str:
    """Return a text of the form with its fields filled; raises KeyError for one that the catalogue does not hold."""
    return texts()[group][key].format(**params)
