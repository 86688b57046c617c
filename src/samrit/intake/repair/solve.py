"""The best joint reading of an indicator's plan and result rows, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED
from samrit.engine.model import Aggregation, Figure
from samrit.intake.monitoring.drafts import FigureRow
from samrit.intake.repair.arithmetic import (
    AGGREGATIONS,
    EXACT,
    NEAR,
    WRONG,
    percent_misfit,
    total_misfit,
    total_of,
)
from samrit.intake.repair.readings import NARROW, WIDE, RowReading, readings
from samrit.intake.repair.tokens import Kind
from samrit.vocabulary.numbers import is_percent_unit

_SECOND_CHOICE = 0.3  # for an aggregation that the unit of measure makes less likely, per rank
_TARGET_DIFFERS = 1.2
_TARGET_PASSED_OVER = 3.0  # a cell after the months holds the target, but is not taken for the total
_COPIED = 4.4  # what a cell left over costs less where it repeats the other row's total
_NO_PERCENT = 0.4
_TWO_PERCENTS = 5.0  # the two rows of an indicator print different percents
_COMES_OUT = 2.5
_PROVED = 1.0  # for a percent other than 100 that follows exactly from both totals
_PERCENT_ON_PLAN = 1.2
_PERCENT_OF_NOTHING = 3.0  # a percent although the result row holds only dashes
_FILLED_BY_TOTAL = 0.6  # what is missing to the total is taken for the lost month
_OUTSIDE = 0.6  # a planned month outside the printed period
_PATTERN = 0.05  # a month with a result but no plan, or the other way round
_TIE = 0.04
_CLEAR = 0.6
_SATISFIED = 2.2  # a reading this cheap ends the search

_LEVELS = ("ระดับ", "ขั้นตอน", "level")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is printed around the months of an indicator."""

    target: Decimal | None = None
    unit_of_measure: str = ""
    period: tuple[int, int] | None = None


@dataclass(frozen=True)
class Solution:
    """How an indicator's rows are best read."""

    plan: RowReading | None
    actual: RowReading | None
    aggregation: Aggregation
    proved: int  # rows whose total the aggregation gives
    tested: int
    rivals: tuple[Aggregation, ...]  # others that give the same
    percent: Decimal | None
    cost: float
    margin: float  # by how much the next different reading is worse
    undecided_plan: frozenset[int] = field(default_factory=frozenset)
    undecided_actual: frozenset[int] = field(default_factory=frozenset)


def solve(plan: FigureRow | None, actual: FigureRow | None, evidence: Evidence) -> Solution:
    """Return the best reading of an indicator; more repairs are tried only where fewer do not satisfy."""
    best = _solve(plan, actual, evidence, (0, NARROW))
    if best.cost <= _SATISFIED:
        return best
    best = _solve(plan, actual, evidence, (0, WIDE))
    if best.cost < WRONG or not _may_be_shifted(plan, actual):
        return best
    wider = _solve(plan, actual, evidence, (1, NARROW))
    return wider if wider.cost < best.cost - _CLEAR else best


def _may_be_shifted(*rows: FigureRow | None) -> bool:
    return any(row is not None and any(t.value is not None for t in row.tokens) for row in rows)


def order_of(unit_of_measure: str) -> tuple[Aggregation, ...]:
    """Return the aggregations from the likeliest to the least for a unit of measure."""
    s, a, l, m = AGGREGATIONS  # noqa: E741
    if is_percent_unit(unit_of_measure):
        return (a, l, s, m)
    if unit_of_measure.strip().startswith(_LEVELS):
        return (l, m, s, a)
    return (s, l, a, m)


def _solve(plan: FigureRow | None, actual: FigureRow | None, evidence: Evidence, search: tuple[int, float]) -> Solution:
    order = order_of(evidence.unit_of_measure)
    plans = _judged(plan, search, order)
    actuals = _judged(actual, search, order)
    found = sorted(_pairs(plans, actuals, evidence, order), key=lambda f: f[0])
    cost, how, one, two, percent = found[0]
    rest = [f for f in found[1:] if _differs(f[2], one) or _differs(f[3], two)]
    margin = rest[0][0] - cost if rest else 99.0
    ties = [f for f in rest if f[0] - cost < _TIE]
    proved, tested = _proof(how, one, two)
    rivals = tuple(g for g in order if g is not how and _proof(g, one, two) == (proved, tested))
    return Solution(
        one, two, how, proved, tested, rivals, percent, cost, margin,
        _undecided(one, [t[2] for t in ties]), _undecided(two, [t[3] for t in ties]),
    )  # fmt: skip


_Judged = tuple[float, RowReading | None, dict[Aggregation, float]]
_Found = tuple[float, Aggregation, RowReading | None, RowReading | None, Decimal | None]


def _judged(row: FigureRow | None, search: tuple[int, float], order: Sequence[Aggregation]) -> list[_Judged]:
    """Return each reading with its cost and its misfit under each aggregation, cheapest first."""
    if row is None:
        return [(0.0, None, dict.fromkeys(AGGREGATIONS, 0.0))]
    misfits: dict[int, dict[Aggregation, float]] = {}

    def judge(reading: RowReading) -> float:
        found = {how: _misfit(reading, how) for how in order}
        misfits[id(reading)] = found
        return min(found.values())

    judged = [
        (price, reading, misfits[id(reading)])
        for price, reading in readings(row, judge, extra=search[0], window=search[1])
    ]
    none: list[_Judged] = [(0.0, None, dict.fromkeys(AGGREGATIONS, 0.0))]
    return [*judged[:150]] or none


def _misfit(reading: RowReading, how: Aggregation) -> float:
    if reading.total is None or reading.total.value is None:
        return 0.0
    if len(reading.lost) == 1 and filling(reading, how) is not None:
        return _FILLED_BY_TOTAL
    if not reading.values:
        return WRONG - 1.5 if reading.total.value else NEAR
    return total_misfit(reading.values, reading.total.value, how)


def filling(reading: RowReading, how: Aggregation) -> Decimal | None:
    """Return what the one lost month must hold for the total to come out, or None where that is not settled.

    Only sums settle it, and a row that has no other value: then the month holds the total.
    """
    total = reading.total.value if reading.total else None
    if total is None or len(reading.lost) != 1:
        return None
    if not reading.values:
        return total or None
    missing = total - sum(reading.values, Decimal())
    return missing if how is Aggregation.SUM and missing > 0 else None


def _pairs(
    plans: list[_Judged], actuals: list[_Judged], evidence: Evidence, order: Sequence[Aggregation]
) -> Iterator[_Found]:
    best = float("inf")
    for plan_cost, one, plan_misfits in plans:
        if plan_cost + actuals[0][0] > best + _CLEAR:
            break
        own = _plan_cost(one, evidence)
        for actual_cost, two, actual_misfits in actuals:
            if plan_cost + actual_cost > best + _CLEAR:
                break
            both, percent = _between(one, two)
            base = (one.cost if one else 0.0) + (two.cost if two else 0.0) + own + both
            total, how = min(
                (
                    base
                    + plan_misfits[how]
                    + actual_misfits[how]
                    + _together(one, two, percent, how)
                    + rank * _SECOND_CHOICE,
                    rank,
                )
                for rank, how in enumerate(order)
            )
            best = min(best, total)
            yield total, order[how], one, two, percent


def _together(plan: RowReading | None, actual: RowReading | None, percent: Decimal | None, how: Aggregation) -> float:
    """Return what speaks against totals and percent; negative where a lost total comes out of the months."""
    if percent is None:
        return 0.0
    planned, done = _total(plan, how), _total(actual, how)
    if planned is None or done is None:
        return 0.0
    misfit = percent_misfit(done, planned, percent)
    if misfit <= EXACT and plan is not None and plan.total is not None and percent != HUNDRED:
        misfit -= _PROVED
    comes_out = actual is not None and actual.total is None and misfit <= NEAR
    return misfit - (_COMES_OUT if comes_out else 0.0)


def _total(row: RowReading | None, how: Aggregation) -> Decimal | None:
    """Return a row's printed total, or what its months give where none is printed."""
    if row is None:
        return None
    if row.total is not None:
        return row.total.value
    return total_of(row.values, how) if row.values else None


def _plan_cost(plan: RowReading | None, evidence: Evidence) -> float:
    """Return what speaks against a plan row: a total that is not the target, months outside the period."""
    if plan is None:
        return 0.0
    cost = 0.0
    total = plan.total.value if plan.total else None
    if evidence.target is not None and total != evidence.target:
        beside = [t for t in (*plan.left_over, plan.percent) if t is not None]
        cost += _TARGET_PASSED_OVER if any(t.value == evidence.target for t in beside) else _TARGET_DIFFERS
    if evidence.period is not None:
        first, last = evidence.period
        cost += _OUTSIDE * sum(
            1
            for n, (f, on) in enumerate(zip(plan.figures, plan.active, strict=True), 1)
            if on and f and not first <= n <= last
        )
    return cost


def _between(plan: RowReading | None, actual: RowReading | None) -> tuple[float, Decimal | None]:
    """Return what speaks against two rows together whatever the aggregation, and the printed percent."""
    percents = [r.percent.value for r in (actual, plan) if r is not None and r.percent is not None]
    percent = percents[0] if percents else None
    cost = _TWO_PERCENTS if len(percents) == 2 and percents[0] != percents[1] else 0.0
    if percent is None:
        cost += _NO_PERCENT
    elif plan is not None and plan.percent is not None:
        cost += _PERCENT_ON_PLAN if plan.total is not None else 4 * _PERCENT_ON_PLAN
        cost += _PERCENT_OF_NOTHING if _says_nothing_done(actual) else 0.0
    if plan is not None and actual is not None:
        totals = {r.total.value for r in (plan, actual) if r.total is not None}
        copies = [
            t for r in (plan, actual) for t in r.left_over if t.value in totals and r.total and t.value != r.total.value
        ]
        cost -= _COPIED * len(copies)
        cost += _PATTERN * sum(1 for p, a in zip(plan.active, actual.active, strict=True) if p is not a)
    return cost, percent


def _says_nothing_done(actual: RowReading | None) -> bool:
    """Say whether a result row is there and holds dashes only."""
    if actual is None or actual.values or actual.total is not None:
        return False
    return any(cell.kind is Kind.DASH for cell in actual.cells)


def _proof(how: Aggregation, *rows: RowReading | None) -> tuple[int, int]:
    """Return how many rows' totals an aggregation gives, and how many could be tried."""
    tried = [r for r in rows if r is not None and r.values and r.total is not None and r.total.value is not None]
    proved = sum(
        1 for r in tried if r.total and r.total.value is not None and total_misfit(r.values, r.total.value, how) <= NEAR
    )
    return proved, len(tried)


def _differs(one: RowReading | None, other: RowReading | None) -> bool:
    if one is None or other is None:
        return one is not other
    return (one.figures, one.total and one.total.value) != (other.figures, other.total and other.total.value)


def _undecided(best: RowReading | None, others: list[RowReading | None]) -> frozenset[int]:
    """Return the periods in which equally good readings differ."""
    if best is None:
        return frozenset()
    return frozenset(
        n
        for other in others
        if other is not None
        for n, (one, two) in enumerate(zip(best.figures, other.figures, strict=True), 1)
        if one != two
    )


def computed_total(figures: Sequence[Figure], how: Aggregation) -> Decimal | None:
    """Return the total that figures of twelve months give."""
    values = tuple(f for f in figures if isinstance(f, Decimal))
    return total_of(values, how) if values else None


__all__ = ["EXACT", "Evidence", "Solution", "computed_total", "order_of", "solve"]
