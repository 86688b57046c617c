"""The texts of the office's commands in Thai and English, by key, from ``wording.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from samrit.vocabulary.text import filled


@cache
def _catalogue() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(resources.files(__package__).joinpath("wording.toml").read_text("utf-8"))


def both(key: str, **params: object) -> tuple[str, str]:
    """Return the text of ``room.key`` in Thai and in English, its fields filled; raises KeyError for an unknown one."""
    room, _, name = key.partition(".")
    found = _catalogue()[room][name]
    return filled(found["th"], params), filled(found["en"], params)


def help_of(key: str) -> str:
    """Return a command's help: Thai, then English."""
    return "\n\n".join(both(key))


def option(key: str, **params: object) -> str:
    """Return an option's help, or what is wrong with an option, on one line."""
    return " / ".join(both(key, **params))
