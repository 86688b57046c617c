"""The best joint reading of an indicator's plan and result rows, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from samrit.engine.model import Aggregation
from samrit.intake.repair.arithmetic import (
    AGGREGATIONS,
    NEAR,
    WRONG,
    percent_misfit,
    total_misfit,
)
from samrit.intake.repair.judgement import RowEvidence, against_both, against_percent, against_plan, against_target
from samrit.intake.repair.readings import NARROW, WIDE, RowReading, readings
from samrit.intake.tables.drafts import FigureRow
from samrit.vocabulary.numbers import is_percent_unit

_SECOND_CHOICE = 0.3  # for an aggregation that the unit of measure makes less likely, per rank
_FILLED_BY_TOTAL = 0.6  # what is missing to the total is taken for the lost month
_TIE = 0.04
PLACE_PROVED = 2.0  # by so much evidence must go before the same figures in other months (R293)
_MOST_PAIRED = 40  # readings of a row that are tried with those of the other
_MOST_BONUS = 9.0  # what agreement between two rows may take off their cost, and a little more
_TWO_FAULTS = 3.0  # a cell too many and one too few in the same row are less likely than a misprint
_SATISFIED = 2.2  # a reading this cheap ends the search

LEVELS = ("ระดับ", "ขั้นตอน", "level")


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
    rival_plan: RowReading | None = None  # the next best reading that differs
    rival_actual: RowReading | None = None
    shifted_plan: tuple[
        RowReading, ...
    ] = ()  # the same figures in other months, nearly as likely: a sum proves no place
    shifted_actual: tuple[RowReading, ...] = ()


def solve(plan: FigureRow | None, actual: FigureRow | None, evidence: RowEvidence) -> Solution:
    """Return the best reading of an indicator; more repairs are tried only where fewer do not satisfy."""
    return _by_spans(_by_months(plan, actual, evidence), plan, evidence)


def _by_spans(solution: Solution, plan: FigureRow | None, evidence: RowEvidence) -> Solution:
    """Return the solution with the aggregation that the plan's figures of quarters or halves prove, if one does."""
    values = tuple(t.value for _, _, t in (plan.spans if plan else ()) if t.value is not None)
    total = solution.plan.total.value if solution.plan and solution.plan.total else evidence.target
    if len(values) < 2 or total is None:
        return solution
    proved = [how for how in order_of(evidence.unit_of_measure) if total_misfit(values, total, how) <= NEAR]
    if not proved or solution.aggregation in proved:
        return solution
    return replace(solution, aggregation=proved[0], proved=1, tested=1, rivals=tuple(proved[1:]))


def _by_months(plan: FigureRow | None, actual: FigureRow | None, evidence: RowEvidence) -> Solution:
    best = _solve(plan, actual, evidence, (0, NARROW))
    if best.cost <= _SATISFIED:
        return best
    best = _solve(plan, actual, evidence, (0, WIDE))
    if best.cost < WRONG or not _may_be_shifted(plan, actual):
        return best
    wider = _solve(plan, actual, evidence, (1, NARROW))
    return wider if wider.cost + _TWO_FAULTS < best.cost else best


def _may_be_shifted(*rows: FigureRow | None) -> bool:
    return any(row is not None and any(t.value is not None for t in row.tokens) for row in rows)


def order_of(unit_of_measure: str) -> tuple[Aggregation, ...]:
    """Return the aggregations from the likeliest to the least for a unit of measure."""
    s, a, l, m = AGGREGATIONS  # noqa: E741
    if is_percent_unit(unit_of_measure):
        return (a, l, s, m)
    if unit_of_measure.strip().startswith(LEVELS):
        return (l, m, s, a)
    return (s, l, a, m)


def _solve(
    plan: FigureRow | None, actual: FigureRow | None, evidence: RowEvidence, search: tuple[int, float]
) -> Solution:
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
        differing(one, *(t[2] for t in ties)), differing(two, *(t[3] for t in ties)),
        rest[0][2] if rest else None, rest[0][3] if rest else None,
        _shifted(one, [f[2] for f in rest if f[0] - cost < PLACE_PROVED]),
        _shifted(two, [f[3] for f in rest if f[0] - cost < PLACE_PROVED]),
    )  # fmt: skip


def _shifted(best: RowReading | None, others: Sequence[RowReading | None]) -> tuple[RowReading, ...]:
    """Return the other placements of a repaired row's figures, the likeliest first."""
    if best is None or best.is_straight:
        return ()
    return tuple(o for o in others if o is not None and o.figures != best.figures and _same_sums(o, best))


def _same_sums(one: RowReading, other: RowReading) -> bool:
    totals = [reading.total.value if reading.total else None for reading in (one, other)]
    return totals[0] == totals[1] and one.values == other.values


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
    return [*judged[:_MOST_PAIRED]] or none


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
    if total is None or len(reading.lost) != 1 or reading.unread:
        return None
    if not reading.values:
        return total or None
    missing = total - sum(reading.values, Decimal())
    return missing if how is Aggregation.SUM and missing > 0 else None


def _pairs(
    plans: list[_Judged], actuals: list[_Judged], evidence: RowEvidence, order: Sequence[Aggregation]
) -> Iterator[_Found]:
    best = float("inf")
    for plan_cost, one, plan_misfits in plans:
        if plan_cost + actuals[0][0] > best + _MOST_BONUS:
            break
        own = against_plan(one, evidence)
        for actual_cost, two, actual_misfits in actuals:
            if plan_cost + actual_cost > best + _MOST_BONUS:
                break
            both, percent = against_both(one, two, evidence)
            base = (one.cost if one else 0.0) + (two.cost if two else 0.0) + own + both
            total, how = min(
                (
                    base
                    + plan_misfits[how]
                    + actual_misfits[how]
                    + against_percent(one, two, percent, how)
                    + against_target(one, evidence.target, how)
                    + rank * _SECOND_CHOICE,
                    rank,
                )
                for rank, how in enumerate(order)
            )
            best = min(best, total)
            yield total, order[how], one, two, percent


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


def differing(best: RowReading | None, *others: RowReading | None) -> frozenset[int]:
    """Return the periods in which other readings of a row have another figure than the best."""
    if best is None:
        return frozenset()
    return frozenset(
        n
        for other in others
        if other is not None
        for n, (one, two) in enumerate(zip(best.figures, other.figures, strict=True), 1)
        if one != two
    )


def percent_agrees(solution: Solution) -> bool:
    """Say whether both printed totals give the printed percent exactly."""
    plan, actual = solution.plan, solution.actual
    if plan is None or actual is None or plan.total is None or actual.total is None or solution.percent is None:
        return False
    planned, done = plan.total.value, actual.total.value
    return (
        bool(planned)
        and planned is not None
        and done is not None
        and percent_misfit(done, planned, solution.percent) <= NEAR
    )


def may_be_total(solution: Solution, reading: RowReading, target: Decimal | None) -> bool:
    """Say whether a total that the months do not give is one: read in its place, proved by the percent, the target.

    In a row whose cells had to be moved it may as well be any other figure, unless the
    target is above it as the total of the plan.
    """
    if reading.is_straight or percent_agrees(solution):
        return True
    mine, plan = reading.total, solution.plan.total if solution.plan else None
    if mine is None or plan is None or plan.value != target:
        return False
    return reading is solution.plan or plan.position == mine.position


def rivals_matter(solution: Solution) -> bool:
    """Say whether another aggregation gives the same printed totals although months have several values."""
    rows = [r for r in (solution.plan, solution.actual) if r is not None]
    return bool(solution.rivals) and any(len(set(r.values)) > 1 for r in rows)


__all__ = [
    "LEVELS",
    "RowEvidence",
    "Solution",
    "differing",
    "filling",
    "may_be_total",
    "order_of",
    "percent_agrees",
    "rivals_matter",
    "solve",
]
