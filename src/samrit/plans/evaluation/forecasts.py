"""Forecasts and courses of works, kept like their scores: only what changed is computed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from samrit.engine.forecast import EarlyWarning, PlanForecast, ProjectForecast, early_warnings, forecast, worst_first
from samrit.engine.model import Plan, Project
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import scorer
from samrit.plans.evaluation import memory


class ForecastStep(NamedTuple):
    """A work at the end of one period: its figure (None without one), its band's code, and whether it counts.

    ``settled`` says that evaluators settled the figure (WE4); ``computed`` is then what the entries alone give.
    """

    figure: Decimal | None
    band: str
    counts: bool
    settled: bool = False
    computed: Decimal | None = None


def forecast_of(result: PlanResult) -> PlanForecast:
    """Return where every project of an evaluated plan will be at the year's end (FC1–FC6)."""
    plan, ruleset, as_of = result.plan, result.ruleset, result.as_of

    def of_one(project: Project) -> ProjectForecast:
        return forecast(replace(plan, projects=(project,)), ruleset, as_of).projects[0]

    return PlanForecast(plan, ruleset, as_of, memory.of(result).per_work("forecast", of_one, plan.projects))


def warnings_of(result: PlanResult, *, below: str) -> tuple[EarlyWarning, ...]:
    """Return the projects of an evaluated plan to look at now, as ``early_warnings`` does."""
    whole = forecast_of(result)

    def of_one(_: Project, expected: ProjectForecast) -> tuple[EarlyWarning, ...]:
        return early_warnings(replace(whole, projects=(expected,)), below=below)

    found = memory.of(result).per_work(("warnings", below), of_one, whole.plan.projects, whole.projects)
    return worst_first(warning for own in found for warning in own)


def courses_of(result: PlanResult, projects: Sequence[Project]) -> tuple[tuple[ForecastStep, ...], ...]:
    """Return, per project of an evaluated plan, its state to date at the end of each of the twelve periods."""
    plan, ruleset = result.plan, result.ruleset

    def of_one(project: Project) -> tuple[ForecastStep, ...]:
        return tuple(_step(project, plan, ruleset, period) for period in range(1, 13))

    return memory.of(result).per_work("course", of_one, projects)


def _step(project: Project, plan: Plan, ruleset: RuleSet, period: int) -> ForecastStep:
    result = scorer(plan, ruleset, period)(project)
    settled = result.override is not None
    computed = result.computed_percent if result.score is None else result.computed_score
    band = result.band.code if result.band else ""
    return ForecastStep(result.figure, band, result.counts, settled, computed if settled else None)
