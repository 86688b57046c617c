"""What figures of a row must obey, asked of the engine: totals by an aggregation, percent of plan, weights.

The rules are the engine's (rules.md TO1–TO5, AC1); here it is only judged how well
printed figures agree with them.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from samrit.engine.arithmetic import HUNDRED, divide, exact, round_half_up
from samrit.engine.indicators.totals import Side, indicator_total
from samrit.engine.model import Aggregation, Entry, Indicator

AGGREGATIONS = (Aggregation.SUM, Aggregation.AVERAGE, Aggregation.LATEST, Aggregation.MAX)

EXACT, NEAR, ROUGH, WRONG = 0.0, 0.4, 2.5, 5.0
_ROUGHLY = Decimal("0.006")


def places(value: Decimal) -> int:
    """Return how many decimals a printed figure has."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@lru_cache(maxsize=65536)
@exact
def total_of(values: tuple[Decimal, ...], how: Aggregation) -> Decimal | None:
    """Return the engine's total of figures that are in successive periods."""
    entries = tuple(Entry(period=n, actual=v) for n, v in enumerate(values, 1))
    return indicator_total(Indicator("", 0, "", aggregation=how, entries=entries), Side.ACTUAL, 12).value


@lru_cache(maxsize=65536)
def total_misfit(values: tuple[Decimal, ...], printed: Decimal, how: Aggregation) -> float:
    """Return how badly figures give a printed total under an aggregation: EXACT, NEAR (rounding), ROUGH or WRONG."""
    computed = total_of(values, how)
    return WRONG if computed is None else misfit(computed, printed)


def misfit(computed: Decimal, printed: Decimal) -> float:
    """Return how badly a printed figure agrees with a computed one; printed figures may be rounded or cut."""
    digits = places(printed)
    if round_half_up(computed, digits) == printed:
        return EXACT
    if abs(computed - printed) < Decimal(1).scaleb(-digits) and computed != computed.to_integral_value():
        return NEAR
    if printed and abs(computed - printed) <= abs(printed) * _ROUGHLY:
        return ROUGH
    return WRONG


@exact
def percent_of(actual: Decimal, planned: Decimal) -> Decimal | None:
    """Return actual ÷ planned × 100 (AC1), None where nothing was planned (AC4)."""
    return divide(actual * HUNDRED, planned) if planned else None


@lru_cache(maxsize=65536)
def percent_misfit(actual: Decimal, planned: Decimal, printed: Decimal) -> float:
    """Return how badly a printed percent agrees with its totals."""
    computed = percent_of(actual, planned)
    if computed is None:
        return NEAR
    found = misfit(computed, printed)
    return NEAR if found > NEAR and _within_rounding(actual, planned, printed) else found


def _within_rounding(actual: Decimal, planned: Decimal, printed: Decimal) -> bool:
    """Say whether a percent may come from the total before it was rounded for print: 91.5 / 80 = 114, printed 92."""
    half = Decimal(5).scaleb(-places(actual) - 1)
    low, high = percent_of(actual - half, planned), percent_of(actual + half, planned)
    step = Decimal(5).scaleb(-places(printed) - 1)
    return actual > 10 and low is not None and high is not None and low - step <= printed < high + step
