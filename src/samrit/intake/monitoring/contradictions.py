"""Figures of recognised text that came out, and that something else printed beside them speaks against.

Sums prove which figures are months, not where they are, and a row whose cells were
lost or doubled may come out by chance.  So what the print says elsewhere is asked
too: figures left over, a target, the work's period, a percent.  Each function doubts
the very cells that it concerns and yields the finding that says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from samrit.intake.facts import POOR, Fact, RecordFacts, Status
from samrit.intake.monitoring.wording import periods_text, sides
from samrit.intake.repair.arithmetic import EXACT, total_misfit
from samrit.intake.repair.judgement import RowEvidence
from samrit.intake.repair.readings import RowReading
from samrit.intake.repair.solve import Solution, percent_agrees

Told = tuple[str, dict[str, object]]


def contradicted(record: RecordFacts, solution: Solution, evidence: RowEvidence) -> Iterator[Told]:
    """Doubt every figure of ``record`` that the print contradicts, and yield what is to be said."""
    rows = {"plan": solution.plan, "actual": solution.actual}
    for side, reading in rows.items():
        if reading is not None:
            yield from _figures_beside(record, side, reading, solution)
            _total_without_months(record, side, reading)
    yield from _empty_result(record, solution)
    yield from _target_passed(record, solution, evidence.target)
    yield from _outside_period(record, rows, evidence.period)
    if solution.plan is not None and solution.plan.percent is not None and not percent_agrees(solution):
        _doubt(record, ["percent"], "intake_percent_on_plan_row")


def _doubt(record: RecordFacts, names: Iterable[str], code: str) -> None:
    for name in names:
        if name in record.facts and record[name].status not in (Status.DOUBTFUL, Status.MISSING):
            record[name] = record[name].doubted(code)


def _figures_beside(record: RecordFacts, side: str, reading: RowReading, solution: Solution) -> Iterator[Told]:
    """Doubt a total, and a percent of the same row, beside which another figure stands that may be it."""
    name = f"{side}_total"
    total = reading.total.value if reading.total is not None else None
    if any(t.value is not None and t.value != total for t in reading.left_over):
        _doubt(record, [name], "intake_cells_left_over")
    elif any(t.value is not None for t in reading.dropped) and not _comes_out(reading, solution):
        _doubt(record, [name], "intake_numbers_dropped")
    if _lone_numbers(reading):
        _doubt(record, _months(side), "intake_numbers_dropped")
    if reading.percent is None or record["percent"].status in (Status.DOUBTFUL, Status.MISSING):
        return
    unsure = record[name].status is Status.DOUBTFUL
    # A percent that is the total once more is proved by nothing.
    proved = percent_agrees(solution) and not unsure and reading.percent.value != total
    if (unsure or reading.left_over) and not proved:
        _doubt(record, ["percent"], "intake_percent_beside_others")
        yield "intake_percent_beside_others", {"percent": reading.percent.value}


def _lone_numbers(reading: RowReading) -> bool:
    """Say whether a number was left out that no neighbour repeats: among many, some always make the sum come out."""
    cells = reading.cells
    return any(
        cells[at].value is not None
        and not any(cells[n].value == cells[at].value for n in (at - 1, at + 1) if 0 <= n < len(cells))
        for at in reading.way.dropped
    )


def _comes_out(reading: RowReading, solution: Solution) -> bool:
    total = reading.total.value if reading.total is not None else None
    return total is None or total_misfit(reading.values, total, solution.aggregation) == EXACT


def _total_without_months(record: RecordFacts, side: str, reading: RowReading) -> None:
    """Doubt the empty months of a row that has a total all the same: its one figure was in some month."""
    if reading.total is not None and reading.total.value and not reading.values:
        _doubt(record, _months(side), "intake_total_differs")


def _empty_result(record: RecordFacts, solution: Solution) -> Iterator[Told]:
    """Doubt a result row without a figure beside which a percent is printed: its figures are lost."""
    reading, percent = solution.actual, solution.percent
    if reading is None or reading.values or reading.total is not None or not percent:
        return
    if record.spans.get("actual") or any(f.status is not Status.READ for f in record.months("actual")):
        return
    code = "intake_result_row_empty"
    _doubt(record, ("actual_total", *_months("actual")), code)
    yield code, {"percent": percent}


def _target_passed(record: RecordFacts, solution: Solution, target: Decimal | None) -> Iterator[Told]:
    """Doubt a repaired plan row whose total is not the target; one that stands alone may be anybody's result."""
    reading, name = solution.plan, "plan_total"
    total = reading.total.value if reading is not None and reading.total is not None else None
    if reading is None or total is None or target is None or total == target or reading.is_straight:
        return
    if percent_agrees(solution) or record[name].status is Status.MISSING:
        return
    if solution.actual is None:
        code = "intake_total_unproved"
        record[name] = Fact(None, Status.MISSING, POOR, (code,), record[name].source)
        _doubt(record, _months("plan"), code)
        yield code, {**sides("plan"), "value": total}
        return
    code = "intake_total_not_target"
    if record[name].status is not Status.DOUBTFUL:
        _doubt(record, [name], code)
        yield code, {"total": total, "target": target}


def _outside_period(
    record: RecordFacts, rows: dict[str, RowReading | None], period: tuple[int, int] | None
) -> Iterator[Told]:
    """Doubt where figures stand that the work's printed period leaves out; a result that is only late is none."""
    if period is None:
        return
    first, last = period
    plan = _filled(record, "plan")
    planned_outside = any(not first <= n <= last for n in plan)
    for side in rows:
        filled = _filled(record, side)
        outside = [n for n in filled if n < first or (planned_outside and n > last)]
        if not outside:
            continue
        code = "intake_months_outside_period"
        names = {*filled, *range(first, last + 1)}
        waiting = [n for n in sorted(names) if record[f"{side}.{n}"].status in (Status.READ, Status.REPAIRED)]
        if waiting:
            _doubt(record, (f"{side}.{n}" for n in waiting), code)
            yield code, {**sides(side), "months": periods_text(outside), "first": first, "last": last}


def _months(side: str) -> tuple[str, ...]:
    return tuple(f"{side}.{period}" for period in range(1, 13))


def _filled(record: RecordFacts, side: str) -> list[int]:
    return [n for n, fact in enumerate(record.months(side), 1) if fact.number is not None]
