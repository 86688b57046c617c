"""Whether a planned figure can stand as a result when someone reports "as planned" (AC12, invariant I6)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samrit.engine.arithmetic import exact
from samrit.engine.indicators.rhythm import months_with
from samrit.engine.indicators.series import Side
from samrit.engine.indicators.totals import unit_total
from samrit.engine.model import Aggregation, Direction, Entry, Formula, Indicator, Mark, Quantity
from samrit.vocabulary.numbers import is_percent_unit


@exact
def planned_for(indicator: Indicator, unit: str, period: int) -> Entry | None:
    """Return what a unit's report of ``period`` is held against: the plan of the months that it is about (SP2).

    Where the plan has several of them it is their total, by the indicator's aggregation; None where it has none.
    """
    months = months_with(indicator.rhythm, period)
    if period != months[-1]:
        months = range(period, period + 1)
    held = [e for e in indicator.entries if e.unit == unit and e.period in months]
    own = [e for e in held if e.planned is not Mark.BLANK or isinstance(e.planned_denominator, Decimal)]
    last = min((e for e in own if e.period == period), key=lambda e: e.span, default=None)
    if len({e.period for e in own}) <= 1:
        return last or (replace(own[0], period=period, span=1) if own else None)
    total = unit_total(replace(indicator, entries=tuple(own)), Side.PLANNED, period, unit)
    part = total.parts[0] if len(total.parts) == 1 else None
    blank = Mark.BLANK
    return Entry(
        period,
        unit,
        planned=blank if total.value is None else total.value,
        planned_numerator=blank if part is None or part.numerator is None else part.numerator,
        planned_denominator=blank if part is None or part.denominator is None else part.denominator,
    )


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


def is_as_planned(indicator: Indicator, plan: Entry, result: Entry) -> bool:
    """Say whether ``result`` is what ``plan`` says, to the digit, where that could be counted or measured.

    A button, a paste or a copied column of the form fills a month so, and nobody sees it in the figure itself.
    Of a share its parts say it as well: the plan may print 33.33 where a third counts.
    """
    if not can_be_result(indicator, plan):
        return False
    planned = (plan.planned_numerator, plan.planned_denominator)
    same_parts = (
        all(isinstance(part, Decimal) for part in planned) and (result.numerator, result.denominator) == planned
    )
    return same_parts or (isinstance(result.actual, Decimal) and result.actual == plan.planned)


def results_as_planned(indicator: Indicator, as_of: int) -> tuple[tuple[Entry, ...], int]:
    """Return the results of months 1..``as_of`` that are the plan's own figure, and how many results there are.

    Results are counted unit by unit and month by month; each is held against what it is reported for (SP2).
    """
    reported = [
        e
        for e in indicator.entries
        if e.period <= as_of and (isinstance(e.actual, Decimal) or isinstance(e.denominator, Decimal))
    ]
    plans = ((e, planned_for(indicator, e.unit, e.period)) for e in reported)
    return tuple(e for e, plan in plans if plan is not None and is_as_planned(indicator, plan, e)), len(reported)


def _has_measure(indicator: Indicator, entry: Entry) -> bool:
    is_share = indicator.aggregation is Aggregation.RATIO or indicator.is_share
    if not (is_share or is_percent_unit(indicator.unit_of_measure)):
        return True
    return isinstance(entry.planned_numerator, Decimal) and isinstance(entry.planned_denominator, Decimal)
