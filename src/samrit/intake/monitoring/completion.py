"""What a whole work settles for its indicators: one row for both sides, a missing weight or percent (WE1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, divide, round_half_up
from samrit.engine.model import Aggregation
from samrit.intake.facts import FAIR, Fact, RecordFacts, Status
from samrit.intake.repair.arithmetic import NEAR, misfit, percent_of, total_of
from samrit.vocabulary.findings import Finding, Place


def complete(
    records: Sequence[RecordFacts], merged: Sequence[bool], printed: Decimal | None, spares: Sequence[Decimal] = ()
) -> list[Finding]:
    """Complete what the work's own figures settle; every completion is a finding.

    ``merged`` says of each indicator whether plan and result were announced for its one
    row, ``printed`` is the work's own percent, ``spares`` are other figures in its place.
    """
    return [*_weight(records), *_one_row_for_both(records, merged, printed), *_percent(records, printed, spares)]


def _weight(records: Sequence[RecordFacts]) -> list[Finding]:
    """Give the one indicator without a weight what the others leave of 100."""
    missing = [r for r in records if r["weight"].number is None]
    if len(missing) != 1 or len(records) < 2:
        return []
    others = sum((r["weight"].number or Decimal() for r in records), Decimal())
    if not 0 < others < HUNDRED:
        return []
    record, value = missing[0], HUNDRED - others
    source = record["weight"].source
    record["weight"] = Fact(value, Status.REPAIRED, FAIR, ("intake_weight_completed",), source)
    return [_finding("intake_weight_completed", record, weight=value)]


def _percent(records: Sequence[RecordFacts], printed: Decimal | None, spares: Sequence[Decimal]) -> list[Finding]:
    """Give the one indicator without a percent a figure that is printed elsewhere, where the work's percent proves it.

    Such figures have slipped to the next row or to the work's own; a misread one is what
    the indicator's totals give.
    """
    missing = [r for r in records if r["percent"].number is None]
    if len(missing) != 1 or printed is None or any(r["weight"].number is None for r in records):
        return []
    record = missing[0]
    candidates = {*spares, *(value for r in records for value in r.spares if value not in _totals(r))}
    own = indicator_percent(record) if record.spares else None
    if own is not None:
        candidates.add(round_half_up(own, 0))
    proved = {c for c in candidates if misfit(_weighted(records, [record], c), printed) <= NEAR}
    if len(proved) != 1:
        return []
    value = proved.pop()
    source = record["percent"].source
    record["percent"] = Fact(value, Status.REPAIRED, FAIR, ("intake_percent_completed",), source)
    return [_finding("intake_percent_completed", record, percent=value)]


def _totals(record: RecordFacts) -> set[Decimal | None]:
    return {record["plan_total"].number, record["actual_total"].number}


def _one_row_for_both(records: Sequence[RecordFacts], merged: Sequence[bool], printed: Decimal | None) -> list[Finding]:
    """Take the one row of "แผน ผล" for both sides where that gives the work's printed percent."""
    open_ = [r for r, both in zip(records, merged, strict=True) if both]
    if not open_ or printed is None or misfit(_weighted(records, open_), printed) > NEAR:
        return []
    for record in open_:
        for name in ("total", *(str(n) for n in range(1, 13))):
            plan, actual = (f"plan_{name}", f"actual_{name}") if name == "total" else (f"plan.{name}", f"actual.{name}")
            record[actual] = replace(
                record[plan], status=Status.REPAIRED, confidence=FAIR, codes=("intake_one_row_for_both",)
            )
    return [_finding("intake_one_row_for_both", record, percent=printed) for record in open_]


def _weighted(records: Sequence[RecordFacts], some: Sequence[RecordFacts], reached: Decimal = HUNDRED) -> Decimal:
    """Return the work's percent if the indicators of ``some`` reached so many percent of their plan."""
    total = Decimal()
    for record in records:
        percent = reached if record in some else indicator_percent(record)
        total += (record["weight"].number or Decimal()) * (percent or Decimal())
    return divide(total, HUNDRED)


def indicator_percent(record: RecordFacts) -> Decimal | None:
    """Return actual total ÷ plan total × 100 as read, totals from the months where none is printed; else as printed."""
    planned, done = (total_as_read(record, side) for side in ("plan", "actual"))
    if planned and done is not None:
        return percent_of(done, planned)
    return record["percent"].number


def total_as_read(record: RecordFacts, side: str) -> Decimal | None:
    """Return the printed total of "plan" or "actual", or what its months give where none is printed."""
    printed = record[f"{side}_total"].number
    if printed is not None:
        return printed
    values = tuple(v for fact in record.months(side) if (v := fact.number) is not None)
    return total_of(values, Aggregation(record.text("aggregation") or "sum")) if values else None


def weighted_percent(records: Sequence[RecordFacts]) -> Decimal | None:
    """Return Σ weight × percent ÷ 100 over the indicators as read, None where a part is not there."""
    total = Decimal()
    for record in records:
        weight, percent = record["weight"].number, indicator_percent(record)
        if weight is None or percent is None:
            return None
        total += weight * percent
    return divide(total, HUNDRED) if records else None


def _finding(code: str, record: RecordFacts, **params: object) -> Finding:
    line = record.lines[0] if record.lines else None
    return Finding(code, Place(record.document, line=line, record=record.record), params)
