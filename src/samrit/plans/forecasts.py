"""Forecasts and courses of works, remembered like evaluations: only what changed is computed again.

``scoring`` hands out the same project object until something is reported on it, so a
project object tells whether what was computed from it still holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from threading import Lock
from typing import NamedTuple, TypeVar

from samrit.engine.forecast import PlanForecast, ProjectForecast, forecast
from samrit.engine.model import Plan, Project
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import score_project

T = TypeVar("T")
_MOST_KEPT = 64  # plans and periods; a plan of 235 works takes about 2 MB


class Step(NamedTuple):
    """A work at the end of one period: its figure (None without one), its band's code, and whether it counts."""

    figure: Decimal | None
    band: str
    counts: bool


class _Kept:
    """What was computed per project, kept as long as the project object is the same."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[tuple[object, ...], dict[str, tuple[Project, object]]] = {}

    def of(
        self,
        key: tuple[object, ...],
        projects: Iterable[Project],
        compute: Callable[[tuple[Project, ...]], Iterable[T]],
    ) -> tuple[T, ...]:
        """Return one value per project, in order, computing only what is not known for these very objects."""
        wanted = tuple(projects)
        with self._lock:
            known = dict(self._known.get(key, {}))
        missing = tuple(p for p in wanted if p.id not in known or known[p.id][0] is not p)
        if missing:
            known.update((p.id, (p, value)) for p, value in zip(missing, compute(missing), strict=True))
            with self._lock:
                self._known.pop(key, None)
                if len(self._known) >= _MOST_KEPT:
                    self._known.pop(next(iter(self._known)))
                self._known[key] = known
        return tuple(known[p.id][1] for p in wanted)  # type: ignore[misc]


_forecasts = _Kept()
_courses = _Kept()


def forecast_of(result: PlanResult) -> PlanForecast:
    """Return where every project of an evaluated plan will stand at the year's end (FC1–FC6)."""
    plan, ruleset = result.plan, result.ruleset
    projects = tuple(r.project for r in result.projects)

    def compute(missing: tuple[Project, ...]) -> tuple[ProjectForecast, ...]:
        return forecast(replace(plan, projects=missing), ruleset, result.as_of).projects

    kept = _forecasts.of((plan.id, plan.year_be, ruleset, result.as_of), projects, compute)
    return PlanForecast(plan, ruleset, result.as_of, kept)


def courses_of(plan: Plan, ruleset: RuleSet, projects: Iterable[Project]) -> tuple[tuple[Step, ...], ...]:
    """Return, per project, its state to date at the end of each of the twelve periods."""

    def compute(missing: tuple[Project, ...]) -> list[tuple[Step, ...]]:
        return [tuple(_step(p, plan, ruleset, period) for period in range(1, 13)) for p in missing]

    return _courses.of((plan.id, plan.year_be, ruleset), projects, compute)


def _step(project: Project, plan: Plan, ruleset: RuleSet, period: int) -> Step:
    result = score_project(project, ruleset, period, year_be=plan.year_be, units=plan.units)
    return Step(result.figure, result.band.code if result.band else "", result.counts)
