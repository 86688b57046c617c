"""From two totals to a percent: one function for each way, named in the explanation (AC1, AC3, AC9, AC10)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from samrit.engine.arithmetic import HUNDRED, ZERO, divide
from samrit.engine.choices import BY_SITES
from samrit.engine.model import Direction, Formula, Indicator


class Percent(NamedTuple):
    """A percent, the sentence that says how it was made (``wording``), and its rule; no value: no percent.

    ``upper`` is the upper end of the range that the figure was held against (AC13).
    """

    value: Decimal | None
    way: str
    rule: str
    upper: Decimal | None = None


def percent_of(indicator: Indicator, plan: Decimal, actual: Decimal, lower_ceiling: Decimal) -> Percent:
    """Return what ``actual`` comes to against ``plan``, without a limit from above but that of AC3.

    A plan total of 0 where higher is better has no percent (AC4).
    """
    is_lower = indicator.direction is Direction.LOWER
    if indicator.formula is Formula.BASELINE:
        base = indicator.baseline
        if base is None or (base == plan and not (is_lower and plan == ZERO)):
            return Percent(None, "", "AC3")
        if base != plan:
            return Percent(divide((base - actual) * HUNDRED, base - plan), "from_baseline", "AC3")
    if indicator.formula in BY_SITES:
        is_lower = False  # sites committed are counted, and more are better; so is more progress
    if plan < ZERO:
        return _by_difference(plan, actual, is_lower=is_lower)
    if is_lower:
        return _zero_target(actual) if plan == ZERO else _lower(plan, actual, lower_ceiling)
    return Percent(divide(actual * HUNDRED, plan), "ratio", "AC1") if plan else Percent(None, "", "AC4")


def within_range(lower: Decimal, upper: Decimal, actual: Decimal) -> Percent:
    """Return 100 inside the range; outside less the distance in percent of the nearest bound, not below 0 (AC13)."""
    lower, upper = min(lower, upper), max(lower, upper)
    if lower <= actual <= upper:
        return Percent(HUNDRED, "range_kept", "AC13", upper)
    bound = lower if actual < lower else upper
    way = "range_below" if actual < lower else "range_above"
    if not bound:
        return Percent(ZERO, f"{way}_zero", "AC13", upper)
    value = HUNDRED - divide(abs(actual - bound) * HUNDRED, abs(bound))
    return Percent(value, way, "AC13", upper) if value > ZERO else Percent(ZERO, f"{way}_far", "AC13", upper)


def _lower(plan: Decimal, actual: Decimal, ceiling: Decimal) -> Percent:
    """Lower is better: plan ÷ actual, at most ``ceiling``, which 0 and less get (AC3)."""
    if actual <= ZERO or plan * HUNDRED > actual * ceiling:
        return Percent(ceiling, "ratio_lower_ceiling", "AC3")
    return Percent(divide(plan * HUNDRED, actual), "ratio_lower", "AC3")


def _zero_target(actual: Decimal) -> Percent:
    """Nothing at all was planned where little is good: kept or not (AC10)."""
    return Percent(ZERO if actual > ZERO else HUNDRED, "zero_missed" if actual > ZERO else "zero_kept", "AC10")


def _by_difference(plan: Decimal, actual: Decimal, *, is_lower: bool) -> Percent:
    """A planned loss: by the difference in percent of the plan, never below 0 (AC9)."""
    apart = divide((actual - plan) * HUNDRED, abs(plan))
    value = HUNDRED - apart if is_lower else HUNDRED + apart
    if value < ZERO:
        return Percent(ZERO, "difference_below", "AC9")
    return Percent(value, "difference_lower" if is_lower else "difference", "AC9")
