"""Figures that the document lost: the printed percent stands in for them as a recorded override (WE4)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from samrit.engine.model import Override
from samrit.intake.facts import Fact, RecordFacts
from samrit.intake.monitoring.completion import indicator_percent
from samrit.intake.repair.arithmetic import NEAR, misfit

YEAR_END = 12
_NOT_LEGIBLE = "ตัวเลขในเอกสารอ่านไม่ได้ จึงใช้ร้อยละที่พิมพ์ไว้ (figures illegible in the source)"
_BY = "นำเข้าจากเอกสาร"


def has_result(record: RecordFacts) -> bool:
    """Say whether a result of an indicator was read: a total, a month or a longer stretch."""
    printed = record["actual_total"].number is not None or bool(record.spans.get("actual"))
    return printed or any(f.number is not None for f in record.months("actual"))


def override(record: RecordFacts) -> tuple[Override, ...]:
    """Return the printed percent as an override where no result survives that it could be computed from (WE4)."""
    percent = record["percent"]
    if percent.number is None or has_result(record):
        return ()
    return (Override(YEAR_END, _NOT_LEGIBLE, percent=percent.number, decided_by=_BY, source=percent.source),)


def override_of_lost(indicators: Sequence[RecordFacts], percent: Fact) -> tuple[Override, ...]:
    """Return the work's printed percent as an override where results are lost that it was made from.

    Results that are simply not there count as nothing done, unless the printed percent says otherwise.
    """
    lost = [i for i in indicators if not has_result(i) and i["percent"].number is None]
    if percent.number is None or not percent.number or not (lost or not indicators):
        return ()
    if indicators and _comes_out_without(indicators, percent.number):
        return ()
    return (Override(YEAR_END, _NOT_LEGIBLE, percent=percent.number, decided_by=_BY, source=percent.source),)


def _comes_out_without(indicators: Sequence[RecordFacts], printed: Decimal) -> bool:
    """Say whether the printed percent is what comes out when the indicators without results count nothing."""
    total = Decimal()
    for record in indicators:
        weight = record["weight"].number
        percent = indicator_percent(record) if has_result(record) else record["percent"].number or Decimal()
        if weight is None or percent is None:
            return False
        total += weight * percent
    return misfit(total / 100, printed) <= NEAR
