"""Plain rivals of the forecast, which it is published beside, measured the same way (FC6, FC7)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide
from samrit.engine.forecast.paces import YEAR_END
from samrit.engine.indicators.percents import percent_of
from samrit.engine.model import Aggregation, EntryBasis, Formula
from samrit.engine.results import IndicatorResult, PlanResult, ProjectResult
from samrit.engine.ruleset import RuleSet
from samrit.engine.weighting import readings, weights_spread


def as_now(now: ProjectResult) -> Decimal:
    """Return the percent to date; what is not due yet is taken as planned."""
    return HUNDRED if now.percent is None else now.percent


def straight_line(now: ProjectResult, year: ProjectResult, evaluation: PlanResult) -> Decimal:
    """Return the percent if the months to come bring as much as those so far, whatever the plan says of them."""
    plans = [indicator.plan_total.value for indicator in year.indicators]
    percents = [_straight(i, plan, evaluation) for i, plan in zip(now.indicators, plans, strict=True)]
    weights = weights_spread([i.weight for i in now.indicators], [p is not None for p in percents])
    figure = readings(percents, weights).weighted
    return HUNDRED if figure is None else figure


def all_best(ruleset: RuleSet) -> Decimal:
    """Return a percent in the best band, for every work."""
    upper = ruleset.bands[-2].upper if len(ruleset.bands) > 1 else None
    return HUNDRED if upper is None or upper < HUNDRED else upper + 1


def _straight(now: IndicatorResult, plan: Decimal | None, evaluation: PlanResult) -> Decimal | None:
    indicator, actual, as_of = now.indicator, now.actual_total.value, evaluation.as_of
    if indicator.formula not in (Formula.RATIO, Formula.BASELINE) or not plan or not as_of:
        return now.percent
    if actual is None:
        return ZERO
    if indicator.aggregation is Aggregation.SUM and indicator.entry_basis is EntryBasis.MONTH:
        actual = divide(actual * YEAR_END, Decimal(as_of))
    return percent_of(indicator, plan, actual, evaluation.ruleset.lower_ceiling).value
