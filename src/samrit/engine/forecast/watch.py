"""Which works to look at first: early warnings and what is overdue as one score, with its parts (EW1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samrit.engine.forecast.warnings import EarlyWarning, worst_first
from samrit.engine.model import Project

# What a reason adds to the score of its work (EW1).
POINTS: Mapping[str, int] = {
    "band_at_risk": 3,
    "site_uncommitted": 3,
    "step_overdue": 3,
    "level_overdue": 2,
    "contract_overdue": 2,
    "spending_behind": 2,
    "silent": 1,
    "delivery_overdue": 1,
    "action_overdue": 1,
}


@dataclass(frozen=True, slots=True)
class WatchPart:
    """One reason with what it adds, and how often it was found; ``params`` are those of the first of them."""

    code: str
    points: int
    count: int
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Watched:
    """One work to look at: its score and the parts of it, the heaviest first."""

    project: Project
    parts: tuple[WatchPart, ...]

    @property
    def score(self) -> int:
        """The sum of the parts."""
        return sum(part.points for part in self.parts)


def watch_list(warnings: Iterable[EarlyWarning]) -> tuple[Watched, ...]:
    """Return the works to look at, the highest score first, works of the same in the order of their forecasts (EW1).

    A reason adds its points once, however often it was found; a work without one is left out.  A work on several
    lines is one, by the line with the lowest forecast (RU1); a line that measures what is above works is none (RU5).
    """
    lines: dict[str, list[EarlyWarning]] = {}
    for warning in worst_first(warnings):
        if warning.reasons and not warning.forecast.project.level:
            lines.setdefault(warning.forecast.project.key, []).append(warning)
    found = [
        Watched(own[0].forecast.project, _parts(reason for w in own for reason in w.reasons)) for own in lines.values()
    ]
    return tuple(sorted(found, key=lambda watched: -watched.score))


def _parts(reasons: Iterable[tuple[str, Mapping[str, object]]]) -> tuple[WatchPart, ...]:
    found: dict[str, list[Mapping[str, object]]] = {}
    for code, params in reasons:
        found.setdefault(code, []).append(params)
    parts = (WatchPart(code, POINTS[code], len(own), own[0]) for code, own in found.items())
    return tuple(sorted(parts, key=lambda part: -part.points))
