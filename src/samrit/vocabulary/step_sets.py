"""Steps and scales of levels that recur in plans, as sets that a planner takes over and changes there (R105, R259).

They are in ``step_sets.toml`` and ``level_sets.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("th", "en")


@dataclass(frozen=True, slots=True)
class ReadyStep:
    """A step in both languages, and who approves it; no names for a step that needs no approval (R37)."""

    texts: Mapping[str, str]
    decided_by: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StepSet:
    """A set of steps under its title in both languages."""

    code: str
    titles: Mapping[str, str]
    steps: tuple[ReadyStep, ...]


@dataclass(frozen=True, slots=True)
class ReadyLevel:
    """A level in both languages, the month of the plan's year by which it is due and the value that it takes.

    Both as the cells of a level have them, "" for none.
    """

    texts: Mapping[str, str]
    due_period: str
    threshold: str


@dataclass(frozen=True, slots=True)
class LevelSet:
    """A scale of levels, the lowest first, under its title in both languages."""

    code: str
    titles: Mapping[str, str]
    levels: tuple[ReadyLevel, ...]


@cache
def step_sets() -> Mapping[str, StepSet]:
    """Return the sets by their codes."""
    return {
        code: StepSet(
            code,
            entry["title"],
            tuple(ReadyStep({name: step[name] for name in LANGUAGES}, step.get("by", {})) for step in entry["steps"]),
        )
        for code, entry in _entries("step_sets.toml").items()
    }


@cache
def level_sets() -> Mapping[str, LevelSet]:
    """Return the scales by their codes."""
    return {
        code: LevelSet(code, entry["title"], tuple(map(_level, entry["levels"])))
        for code, entry in _entries("level_sets.toml").items()
    }


def _level(level: Mapping[str, Any]) -> ReadyLevel:
    texts = {name: level[name] for name in LANGUAGES}
    return ReadyLevel(texts, str(level.get("period", "")), level.get("threshold", ""))


def _entries(name: str) -> Mapping[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))
