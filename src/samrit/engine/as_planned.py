"""Whether a planned figure can stand as a result when someone reports "as planned" (AC12, invariant I6)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.model import Aggregation, Direction, Entry, Formula, Indicator, Quantity
from samrit.vocabulary.numbers import is_percent_unit


def can_be_result(indicator: Indicator, entry: Entry) -> bool:
    """Say whether the figure planned in ``entry`` is one that could be counted or measured.

    Counts and values in the same quantity are.  A level is none, nor a share without its parts, a
    ceiling to stay below, a range or a day: nobody measures those by reading the plan.
    """
    if not isinstance(entry.planned, Decimal) or indicator.direction is Direction.LOWER:
        return False
    if indicator.formula is Formula.LEVELS:
        return indicator.quantity is Quantity.VALUE and _has_measure(indicator, entry)
    return indicator.formula in (Formula.RATIO, Formula.BASELINE) and _has_measure(indicator, entry)


def _has_measure(indicator: Indicator, entry: Entry) -> bool:
    is_share = indicator.aggregation is Aggregation.RATIO or indicator.is_share
    if not (is_share or is_percent_unit(indicator.unit_of_measure)):
        return True
    return isinstance(entry.planned_numerator, Decimal) and isinstance(entry.planned_denominator, Decimal)
