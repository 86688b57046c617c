"""Figures of the 2568 evaluation: which of the printed ones an example may use, and how months make a total.

``use`` of the hand-read data decides (design, section 5):

- ``months``: the months give the printed totals; they are the entries.
- ``totals``: the printed totals stand as one figure for the year beside the months that survive.
- ``claim``: only the printed percent survives; it enters as an override of the indicator (WE4).
- ``lost``: only the project's percent survives; it enters as an override of the project.
- ``none``: nothing was reported; the plan stands and the result counts 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from samrit.engine.arithmetic import divide, round_half_up
from samrit.engine.model import Aggregation, Entry, Figure, Mark, Override, Source

ILLEGIBLE = "ตัวเลขในต้นฉบับอ่านไม่ออก จึงใช้ร้อยละที่พิมพ์ไว้ (figures illegible in the source)"
EDITOR = "ผู้จัดทำข้อมูลตัวอย่าง"
YEAR_END = 12

_LEVELS = {"ระดับ", "ขั้นตอน", "ระดับงาน"}
_TOTAL: dict[Aggregation, Callable[[Sequence[Decimal]], Decimal]] = {
    Aggregation.SUM: lambda v: sum(v, Decimal()),
    Aggregation.AVERAGE: lambda v: divide(sum(v, Decimal()), Decimal(len(v))),
    Aggregation.LATEST: lambda v: v[-1],
    Aggregation.MAX: max,
}


def entries(read: dict[str, Any], source: Source) -> tuple[Entry, ...]:
    """Return the entries of an indicator as ``use`` allows."""
    use = read["use"]
    planned = _row(read["plan"])
    actual = _row(read["actual"]) if use != "none" else (Mark.BLANK,) * 12
    confidence = {"months": Decimal("0.95"), "totals": Decimal("0.6")}.get(use, Decimal("0.4"))
    months = [
        Entry(period=n, planned=p, actual=a, source=source, confidence=confidence)
        for n, (p, a) in enumerate(zip(planned, actual, strict=True), 1)
        if (p, a) != (Mark.BLANK, Mark.BLANK)
    ]
    year = _year(read, source)
    return (*months, year) if year else tuple(months)


def _row(cells: Sequence[Decimal | None]) -> tuple[Figure, ...]:
    """Return twelve figures: a dash in a row that has figures, blank where the whole row is empty."""
    empty = Mark.BLANK if all(cell is None for cell in cells) else Mark.NOTHING
    return tuple(empty if cell is None else cell for cell in cells)


def _year(read: dict[str, Any], source: Source) -> Entry | None:
    """Return the figure for the whole year where months can't be relied on, or None."""
    use, plan_total, actual_total = read["use"], read["plan_total"], read["actual_total"]
    if use == "months":
        return None
    if use == "totals":
        return Entry(
            period=YEAR_END,
            span=YEAR_END,
            planned=Mark.BLANK if plan_total is None else plan_total,
            actual=Mark.BLANK if actual_total is None else actual_total,
            source=source,
            confidence=Decimal("0.9"),
            note="ยอดรวมทั้งปีตามที่พิมพ์ ใช้แทนรายเดือนที่อ่านได้ไม่ครบ",
        )
    if plan_total is None or (use != "none" and _plan_total(read) == plan_total):
        return None
    if use == "none" and any(cell is not None for cell in read["plan"]):
        return None
    return Entry(
        period=YEAR_END,
        span=YEAR_END,
        planned=plan_total,
        source=source,
        confidence=Decimal("0.7"),
        note="ยอดรวมแผนทั้งปีตามที่พิมพ์ รายเดือนไม่มีหรืออ่านได้ไม่ครบ",
    )


def _plan_total(read: dict[str, Any]) -> Decimal | None:
    """Return what the months of the plan that survive add up to."""
    values = [cell for cell in read["plan"] if cell is not None]
    how, _ = aggregation(read)
    return _TOTAL[how](values) if values else None


def aggregation(read: dict[str, Any]) -> tuple[Aggregation, str]:
    """Return how the months make the total, and a note where that had to be inferred.

    What the reader could tell is taken.  Otherwise each aggregation is tried in an order
    that depends on the unit of measure (shares: average, latest, sum; levels: latest, max,
    sum; counts: sum, latest, average, max), and the first under which the plan's months
    give the printed plan total and the results the printed result is taken; failing that,
    the first that fits one of the two; failing that, the first of the order.
    """
    if read["aggregation"] != "unclear":
        return Aggregation(read["aggregation"]), ""
    order = _order(read["unit"] or "")
    fits = {how: _fits(read, how) for how in order}
    best = max(order, key=lambda how: (fits[how][0], -order.index(how)))
    proved, tested = fits[best]
    rivals = [how for how in order if how is not best and fits[how][0] == proved]
    if proved == 0:
        return best, f"วิธีคิดผลสะสม: เลือกตามหน่วยนับ ไม่มีตัวเลขให้ตรวจสอบ ({best.value})"
    certainty = "วิธีอื่นให้ผลเท่ากัน" if rivals else "วิธีเดียวที่ตรง"
    return best, f"วิธีคิดผลสะสม: {best.value} ตรงกับยอดที่พิมพ์ {proved} จาก {tested} แถว ({certainty})"


def _order(unit: str) -> tuple[Aggregation, ...]:
    if unit == "ร้อยละ":
        return (Aggregation.AVERAGE, Aggregation.LATEST, Aggregation.SUM, Aggregation.MAX)
    if unit in _LEVELS:
        return (Aggregation.LATEST, Aggregation.MAX, Aggregation.SUM, Aggregation.AVERAGE)
    return (Aggregation.SUM, Aggregation.LATEST, Aggregation.AVERAGE, Aggregation.MAX)


def _fits(read: dict[str, Any], how: Aggregation) -> tuple[int, int]:
    """Return how many of the two rows agree with their printed total under ``how``, and how many could be tried."""
    proved = tested = 0
    for row, total in (("plan", "plan_total"), ("actual", "actual_total")):
        values = [v for v in read[row] if v is not None]
        if not values or read[total] is None:
            continue
        tested += 1
        places = max(0, -int(read[total].as_tuple().exponent))
        proved += round_half_up(_TOTAL[how](values), places) == read[total]
    return proved, tested


def indicator_overrides(read: dict[str, Any], source: Source) -> tuple[Override, ...]:
    """Return the printed percent as an override where no figure survives (WE4)."""
    if read["use"] != "claim":
        return ()
    return (Override(YEAR_END, ILLEGIBLE, percent=read["result_percent"], decided_by=EDITOR, source=source),)


def project_overrides(read: dict[str, Any], source: Source) -> tuple[Override, ...]:
    """Return the project's printed percent as an override where an indicator's is lost too (WE4)."""
    if all(i["use"] != "lost" for i in read["indicators"]):
        return ()
    return (Override(YEAR_END, ILLEGIBLE, percent=read["result_percent"], decided_by=EDITOR, source=source),)
