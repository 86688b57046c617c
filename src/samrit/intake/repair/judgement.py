"""What speaks against reading the rows of an indicator in one way: targets, periods, percents that do not agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED
from samrit.engine.model import Aggregation
from samrit.intake.repair.alignments import MONTHS
from samrit.intake.repair.arithmetic import EXACT, NEAR, misfit, percent_misfit, total_of
from samrit.intake.repair.readings import RowReading
from samrit.intake.tables.tokens import Token, TokenKind

_TARGET_DIFFERS = 1.2
_TARGET_PASSED_OVER = 3.0  # a cell after the months holds the target, but is not taken for the total
_SUM_IS_TARGET = 3.0  # the months add up to the total, and that is the target
_COPIED = 4.4  # what a cell left over costs less where it repeats the other row's total
_NO_PERCENT = 0.4
_TWO_PERCENTS = 5.0  # the two rows of an indicator print different percents
_COMES_OUT = 2.5
_LAST_COMES_OUT = 1.5  # the last of the months may as well be the total itself
_PROVED = 1.0  # for a percent other than 100 that follows exactly from both totals
_PERCENT_ON_PLAN = 1.2
_PERCENT_OF_NOTHING = 3.0  # a percent although the result row holds only dashes
_OUTSIDE = 0.6  # a planned month outside the printed period
_RESULT_OUTSIDE = 0.2  # a month with a result outside the printed period
_PATTERN = 0.25  # a month with a result but no plan, or the other way round
_APART = 0.3  # the two totals of an indicator are not below each other
_WORK_PERCENT = 4.0  # for the percent of the only indicator where it is the work's own
_WORK_HUNDRED = 1.5  # the same where it is 100, which many other cells hold too


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """What is printed around the months of an indicator."""

    target: Decimal | None = None
    unit_of_measure: str = ""
    period: tuple[int, int] | None = None
    percent: Decimal | None = None  # the work's own, where the indicator is its only one


def against_percent(
    plan: RowReading | None, actual: RowReading | None, percent: Decimal | None, how: Aggregation
) -> float:
    """Return what speaks against totals and percent; negative where a lost total comes out of the months."""
    if percent is None:
        return 0.0
    planned, done = _total(plan, how), _total(actual, how)
    if planned is None or done is None:
        return 0.0
    apart = percent_misfit(done, planned, percent)
    if apart <= EXACT and plan is not None and plan.total is not None and percent != HUNDRED:
        apart -= _PROVED
    comes_out = actual is not None and actual.total is None and apart <= NEAR
    proves = _COMES_OUT if how in (Aggregation.SUM, Aggregation.AVERAGE) else _LAST_COMES_OUT
    return apart - (proves if comes_out else 0.0)


def _total(row: RowReading | None, how: Aggregation) -> Decimal | None:
    """Return a row's printed total, or what its months give where none is printed."""
    if row is None:
        return None
    if row.total is not None:
        return row.total.value
    return total_of(row.values, how) if row.values else None


def against_plan(plan: RowReading | None, evidence: RowEvidence) -> float:
    """Return what speaks against a plan row: a total that is not the target, months outside the period."""
    if plan is None:
        return 0.0
    cost = 0.0
    total = plan.total.value if plan.total else None
    without = plan.total is None and plan.values == (evidence.target,)  # its one figure may well be no total
    if evidence.target is not None and total != evidence.target and not without:
        beside = [t for t in (*plan.left_over, plan.percent, *_moved_end(plan)) if t is not None]
        cost += _TARGET_PASSED_OVER if any(t.value == evidence.target for t in beside) else _TARGET_DIFFERS
    if evidence.period is not None:
        cost += _OUTSIDE * _outside(plan, evidence.period)
    return cost


def _moved_end(plan: RowReading) -> tuple[Token, ...]:
    """Return the last cell of the months where cells were left out and give no total: it may have slipped there."""
    last = plan.source(MONTHS)
    if last is None or last.value is None or not plan.way.dropped or plan.total is None:
        return ()
    return () if sum(plan.values, Decimal()) == plan.total.value else (last,)


def against_target(plan: RowReading | None, target: Decimal | None, how: Aggregation) -> float:
    """Return what the target says of a plan row: its months do not give it, or give it and the total exactly.

    Where no total is printed the months alone are held against it; a sum of several
    different months that is total and target at once is no chance.
    """
    if plan is None or target is None or len(plan.values) < 2 or plan.lost:
        return 0.0
    if plan.total is not None:
        several = len(plan.values) > 2 and how is Aggregation.SUM and plan.total.value == target
        return -_SUM_IS_TARGET if several and total_of(plan.values, how) == target else 0.0
    computed = total_of(plan.values, how)
    return 0.0 if computed is not None and misfit(computed, target) <= NEAR else _TARGET_DIFFERS


def _outside(row: RowReading, period: tuple[int, int] | None) -> int:
    """Return how many months with a figure lie outside the printed period."""
    if period is None:
        return 0
    first, last = period
    months = enumerate(zip(row.figures, row.active, strict=True), 1)
    return sum(1 for n, (f, on) in months if on and f and not first <= n <= last)


def against_both(
    plan: RowReading | None, actual: RowReading | None, evidence: RowEvidence
) -> tuple[float, Decimal | None]:
    """Return what speaks against two rows together whatever the aggregation, and the printed percent."""
    percents = [r.percent.value for r in (actual, plan) if r is not None and r.percent is not None]
    percent = percents[0] if percents else None
    cost = _TWO_PERCENTS if len(percents) == 2 and percents[0] != percents[1] else 0.0
    if percent is None:
        cost += _NO_PERCENT
    elif percent == evidence.percent:
        cost -= _WORK_HUNDRED if percent == HUNDRED else _WORK_PERCENT
    if plan is not None and plan.percent is not None:
        cost += _PERCENT_ON_PLAN if plan.total is not None else 4 * _PERCENT_ON_PLAN
        cost += _PERCENT_OF_NOTHING if _says_nothing_done(actual) else 0.0
    if plan is not None and actual is not None:
        totals = {r.total.value for r in (plan, actual) if r.total is not None}
        copies = [
            t for r in (plan, actual) for t in r.left_over if t.value in totals and r.total and t.value != r.total.value
        ]
        cost -= _COPIED * len(copies)
        if plan.total is not None and actual.total is not None and plan.total.position != actual.total.position:
            cost += _APART
        cost += _RESULT_OUTSIDE * _outside(actual, evidence.period)
        cost += _PATTERN * sum(1 for p, a in zip(plan.active, actual.active, strict=True) if p is not a)
    return cost, percent


def _says_nothing_done(actual: RowReading | None) -> bool:
    """Say whether a result row is there and holds dashes only."""
    if actual is None or actual.values or actual.total is not None:
        return False
    return any(cell.kind is TokenKind.DASH for cell in actual.cells)
