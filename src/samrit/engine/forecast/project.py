"""The year-end figure and band of every project, from its indicators' forecasts (FC5)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import exact
from samrit.engine.bands import band_of
from samrit.engine.forecast.indicator import YEAR_END, IndicatorForecast, forecast_indicator
from samrit.engine.model import Plan, Project
from samrit.engine.ruleset import Band, RuleSet
from samrit.engine.weighting import readings, weights_spread, weights_used


@dataclass(frozen=True, slots=True)
class ProjectForecast:
    """The expected year-end percent of a project, its range, and the band of each."""

    project: Project
    percent: Decimal | None
    low: Decimal | None
    high: Decimal | None
    band: Band | None
    low_band: Band | None
    high_band: Band | None
    indicators: tuple[IndicatorForecast, ...]


@dataclass(frozen=True, slots=True)
class PlanForecast:
    """The forecast of a whole plan, seen from the end of period ``as_of``."""

    plan: Plan
    ruleset: RuleSet
    as_of: int
    projects: tuple[ProjectForecast, ...]

    def project(self, project_id: str) -> ProjectForecast | None:
        """Return the forecast of the project with that id, or None."""
        return next((f for f in self.projects if f.project.id == project_id), None)


@exact
def forecast(plan: Plan, ruleset: RuleSet, as_of: int) -> PlanForecast:
    """Return where every project of ``plan`` will stand at the year's end, seen from period ``as_of`` (0..12).

    Percents are of plan, whatever points the rule set makes of them; bands are the
    rule set's.  Raises ValueError for a period outside 0..12.
    """
    if not 0 <= as_of <= YEAR_END:
        raise ValueError(f"period {as_of} is not within 0..{YEAR_END}")
    return PlanForecast(plan, ruleset, as_of, tuple(_project(p, ruleset, as_of, plan.year_be) for p in plan.projects))


def _project(project: Project, ruleset: RuleSet, as_of: int, year_be: int) -> ProjectForecast:
    parts = tuple(
        forecast_indicator(i, ruleset, as_of, year_be=year_be, sites=project.sites) for i in project.indicators
    )
    settled = next((o.percent for o in project.overrides if o.period == as_of and o.percent is not None), None)
    weights = weights_spread(weights_used(project.indicators), [p.percent is not None for p in parts])
    if settled is not None:
        percent: Decimal | None = settled
        low = high = percent
    else:
        percent, low, high = (
            readings(values, weights).weighted
            for values in ([p.percent for p in parts], [p.low for p in parts], [p.high for p in parts])
        )
    bands = (_band(percent, ruleset), _band(low, ruleset), _band(high, ruleset))
    return ProjectForecast(project, percent, low, high, *bands, parts)


def _band(figure: Decimal | None, ruleset: RuleSet) -> Band | None:
    return None if figure is None else band_of(figure, ruleset)
