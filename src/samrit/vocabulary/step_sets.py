"""Steps that recur in plans, as sets that a planner takes into a work and changes there (R105): ``step_sets.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

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


@cache
def step_sets() -> Mapping[str, StepSet]:
    """Return the sets by their codes."""
    text = resources.files(__package__).joinpath("step_sets.toml").read_text("utf-8")
    return {
        code: StepSet(
            code,
            entry["title"],
            tuple(ReadyStep({name: step[name] for name in LANGUAGES}, step.get("by", {})) for step in entry["steps"]),
        )
        for code, entry in tomllib.loads(text).items()
    }
