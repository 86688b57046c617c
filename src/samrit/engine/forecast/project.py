"""The year-end figure and band of every project, from its indicators' forecasts (FC5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from samrit.engine.arithmetic import exact
from samrit.engine.bands import band_of, held_band
from samrit.engine.forecast.indicator import IndicatorForecast, Seen, like_the_rest
from samrit.engine.forecast.indicator import expected as expected_of
from samrit.engine.forecast.paces import YEAR_END, Expectation
from samrit.engine.indicators.dated import dated_plan
from samrit.engine.indicators.levels import measured_from
from samrit.engine.indicators.mergers import successors_of
from samrit.engine.model import Plan, Project
from samrit.engine.results import ProjectResult
from samrit.engine.ruleset import Band, Method, RuleSet
from samrit.engine.score import scorer
from samrit.engine.weighting import readings


@dataclass(frozen=True, slots=True)
class ProjectForecast:
    """The expected year-end figure of a project, its range, and the band of each; points under methods of points."""

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
def forecast(plan: Plan, ruleset: RuleSet, as_of: int, *, expected: Expectation = Expectation.HELD) -> PlanForecast:
    """Return where every project of ``plan`` will be at the year's end, seen from period ``as_of`` (0..12).

    Figures are the method's own: percents under M-A, points under the others; bands are the
    rule set's.  At 12 it is the evaluation.  Raises ValueError for a period outside 0..12.
    """
    if not 0 <= as_of <= YEAR_END:
        raise ValueError(f"period {as_of} is not within 0..{YEAR_END}")
    plan = dated_plan(plan)
    successors = successors_of(plan.units, plan.year_be, plan.calendar)
    seen = Seen(ruleset, as_of, plan.year_be, successors, measured_from(plan.cards), expected)
    return PlanForecast(plan, ruleset, as_of, tuple(_project(p, plan, seen) for p in plan.projects))


def _project(project: Project, plan: Plan, seen: Seen) -> ProjectForecast:
    parts = like_the_rest([expected_of(i, seen, project.sites) for i in project.indicators], seen.ruleset)
    settled = tuple(replace(o, period=YEAR_END) for o in project.overrides if o.period == seen.as_of)
    year = tuple(part.year or part.indicator for part in parts)
    result = scorer(plan, seen.ruleset, YEAR_END)(replace(project, indicators=year, overrides=settled))
    low, high = _range(parts, result, seen.ruleset)
    bands = (result.band, result.band)
    if (low, high) != (result.figure, result.figure):
        bands = _band(low, [p.low for p in parts], seen.ruleset), _band(high, [p.high for p in parts], seen.ruleset)
    return ProjectForecast(project, result.figure, low, high, result.band, *bands, parts)


def _range(
    parts: Sequence[IndicatorForecast], result: ProjectResult, ruleset: RuleSet
) -> tuple[Decimal | None, Decimal | None]:
    """Return the ends of the range: the lowest ends weighed together, and the highest (FC5)."""
    figure = result.figure
    if result.override is not None or ruleset.method is not Method.PERCENT_OF_PLAN or figure is None:
        return figure, figure
    weights = [i.effective_weight if p.low is not None else None for p, i in zip(parts, result.indicators, strict=True)]
    ends = [readings(values, weights).weighted for values in ([p.low for p in parts], [p.high for p in parts])]
    known = [end for end in (*ends, figure) if end is not None]
    return min(known), max(known)


def _band(figure: Decimal | None, parts: Sequence[Decimal | None], ruleset: RuleSet) -> Band | None:
    """Return the band of an end of the range, held below the best where one of its parts is too low (WE5)."""
    least = min((part for part in parts if part is not None), default=None)
    return None if figure is None else held_band(band_of(figure, ruleset), least, ruleset)
