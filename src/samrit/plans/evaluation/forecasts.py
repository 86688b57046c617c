"""Forecasts and courses of works, remembered like evaluations: only what changed is computed again.

``scoring`` hands out the same project object until something is reported on it, so a
project object tells whether what was computed from it still holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from samrit.engine.forecast import EarlyWarning, PlanForecast, ProjectForecast, early_warnings, forecast, worst_first
from samrit.engine.model import Plan, Project
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import score_project
from samrit.plans.evaluation.made import PerProject


class Step(NamedTuple):
    """A work at the end of one period: its figure (None without one), its band's code, and whether it counts."""

    figure: Decimal | None
    band: str
    counts: bool


_forecasts = PerProject()
_courses = PerProject()
_warnings = PerProject()


def forecast_of(result: PlanResult) -> PlanForecast:
    """Return where every project of an evaluated plan will stand at the year's end (FC1–FC6)."""
    plan, ruleset = result.plan, result.ruleset
    projects = tuple(r.project for r in result.projects)

    def compute(missing: tuple[Project, ...]) -> tuple[ProjectForecast, ...]:
        return forecast(replace(plan, projects=missing), ruleset, result.as_of).projects

    kept = _forecasts.of((plan.id, plan.year_be, ruleset, result.as_of), projects, compute)
    return PlanForecast(plan, ruleset, result.as_of, kept)


def warnings_of(result: PlanResult, *, below: str) -> tuple[EarlyWarning, ...]:
    """Return the projects of an evaluated plan to look at now, as ``early_warnings`` does."""
    whole = forecast_of(result)
    plan, ruleset = whole.plan, whole.ruleset
    forecasts = {item.project.id: item for item in whole.projects}

    def compute(missing: tuple[Project, ...]) -> list[tuple[EarlyWarning, ...]]:
        return [early_warnings(replace(whole, projects=(forecasts[p.id],)), below=below) for p in missing]

    key = (plan.id, plan.year_be, plan.calendar, ruleset, result.as_of, below)
    kept = _warnings.of(key, (item.project for item in whole.projects), compute)
    return worst_first(warning for own in kept for warning in own)


def courses_of(plan: Plan, ruleset: RuleSet, projects: Iterable[Project]) -> tuple[tuple[Step, ...], ...]:
    """Return, per project, its state to date at the end of each of the twelve periods."""

    def compute(missing: tuple[Project, ...]) -> list[tuple[Step, ...]]:
        return [tuple(_step(p, plan, ruleset, period) for period in range(1, 13)) for p in missing]

    return _courses.of((plan.id, plan.year_be, ruleset), projects, compute)


def _step(project: Project, plan: Plan, ruleset: RuleSet, period: int) -> Step:
    result = score_project(project, ruleset, period, year_be=plan.year_be, units=plan.units, calendar=plan.calendar)
    return Step(result.figure, result.band.code if result.band else "", result.counts)
