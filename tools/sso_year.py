"""The year's records of the example of 2568: why the red works are red, and the dated steps of procurements.

The days and the causes are those of the printed report; every sentence is our own. A record without a day of its own
in the report is told as of the year's end. Nothing says when the office learned of it, so each is known from its day.
The report names no amount of the money that works ask to keep: told is the whole budget of what was not committed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from samrit.engine.model import Source
from samrit.engine.year import YearRecord
from samrit.package.kinds import in_order, kind_named

YEAR_BEGIN, YEAR_END = date(2025, 1, 1), date(2025, 12, 31)
BUDGETS = {"S1-15": Decimal(4_333_000), "S2-83": Decimal(7_000_000)}
# Work, line, since when, state.  What came of a work after the year has its own later day.
STATES = (
    ("S1-6", 277, date(2025, 11, 17), "running"),
    ("S1-15", 281, YEAR_END, "carried_over"),
    ("S1-17", 287, YEAR_END, "cancelled"),
    ("S2-11", 293, YEAR_END, "terminated"),
    ("S2-32", 299, date(2025, 11, 30), "running"),
    ("S2-80", 309, YEAR_END, "carried_over"),
    ("S2-83", 315, YEAR_END, "carried_over"),
    ("S2-85", 321, date(2026, 2, 6), "running"),
    ("S3-22", 327, YEAR_END, "not_started"),
    ("S3-45", 333, YEAR_END, "not_started"),
    ("W2-11", 337, YEAR_END, "postponed"),
    ("W3-65", 341, YEAR_END, "not_started"),
)
# Work, line, the day it was agreed, what is done, by whom, by when.
ACTIONS = (
    ("S1-6", 277, date(2025, 11, 17), "ส่งมอบและติดตั้งเครื่องให้ครบตามสัญญา", "สบท.", date(2026, 4, 30)),
    ("S2-83", 315, date(2026, 2, 12), "ทำข้อมูลเพิ่มแล้วเสนอคณะกรรมการอีกครั้ง", "คสท.", date(2026, 2, 27)),
)
# Work, line, amount that is not committed: the work's budget, of S2-80 that of the two sites without a contract.
KEPT = (
    ("S1-15", 281, None, "รอคำตอบของหน่วยงานกลาง ขอกันทั้งวงเงินของงาน"),
    ("S2-80", 309, Decimal(122_731_000), "ปราจีนบุรีและสมุทรสงครามยังไม่มีสัญญา ขอกันทั้งวงเงินของสองแห่ง"),
    ("S2-83", 315, None, "รอคณะกรรมการเทคโนโลยีสารสนเทศ ขอกันทั้งวงเงินของงาน"),
)
# Work, line, amount that came from 2567, whether a contract bound it.
FROM_2567 = (
    ("S2-81", 1203, Decimal(19_590_000), "committed", "อาคารที่มีสัญญาตั้งแต่ปี 2567 และทำต่อในปี 2568"),
    ("S2-82", 1206, Decimal(15_545_000), "uncommitted", "สองแห่งที่ยังไม่มีสัญญาเมื่อสิ้นปี 2567"),
)
# Work, line, cause by its code, and in words.
CAUSES = (
    ("S1-6", 273, "budget_late", "ได้รับงบประมาณเดือนพฤษภาคม จึงลงนามได้ปลายปี"),
    ("S1-15", 279, "legal_review", "ร่างสัญญาต้องหารือหน่วยงานกลางก่อน"),
    ("S1-17", 285, "need_reviewed", "ตั้งคณะทำงานดูว่าระบบเหมาะกับศูนย์สำรองหรือไม่"),
    ("S2-11", 291, "contractor_failed", "ส่งงานไม่ทันงวด จึงเลิกสัญญา"),
    ("S2-32", 297, "contract_late", "แผนเริ่มพฤษภาคม ลงนามจริงพฤศจิกายน"),
    ("S2-80", 303, "drawings_changed", "ปราจีนบุรี: ปรับแบบและงวดงานจาก 15 เป็น 28"),
    ("S2-80", 307, "no_bidder", "สมุทรสงคราม: ประกาศสองครั้ง ไม่ได้ผู้รับจ้าง"),
    ("S2-83", 311, "committee_waited", "อุปกรณ์บางรายการต้องผ่านคณะกรรมการเทคโนโลยีสารสนเทศ"),
    ("S2-85", 317, "few_bidders", "ครั้งแรกผ่านคุณสมบัติรายเดียว"),
    ("S3-22", 323, "urgent_duties", "หน่วยงานมีภารกิจเร่งด่วน"),
    ("S3-22", 323, "activity_replaced", "ให้คำแนะนำทางโทรศัพท์และประชุมทางไกลแทน"),
    ("S3-45", 329, "regulation", "ประกาศเรื่องการลงทุนนอกตลาดยังทบทวนอยู่"),
    ("W2-11", 335, "committee_waited", "คณะกรรมการเลื่อนการเดินทาง"),
    ("W3-65", 339, "experts_lacking", "ครั้งแรกหาผู้ตรวจสอบได้ไม่ครบ"),
)
# Work, line, site, step, round, the day it was done (None: it failed or is not done), why it failed.
STEPS = (
    ("S1-6", 277, "", "contract", 1, date(2025, 11, 17), None),
    ("S2-85", 321, "", "tender", 1, None, "few_bidders"),
    ("S2-85", 321, "", "contract", 2, date(2026, 2, 6), None),
    ("S2-80", 307, "3", "tender", 1, None, "no_bidder"),
    ("S2-80", 307, "3", "tender", 2, None, "no_bidder"),
    ("S2-78", 1132, "1", "contract", 1, date(2025, 3, 28), None),
    ("S2-78", 1134, "2", "contract", 1, date(2025, 7, 15), None),
    ("S2-78", 1136, "3", "contract", 1, date(2025, 3, 20), None),
    ("S2-78", 1138, "4", "contract", 1, date(2025, 9, 29), None),
    ("S2-78", 1152, "7", "contract", 1, date(2025, 3, 31), None),
    ("S2-78", 1154, "8", "tender", 1, date(2025, 9, 17), None),
    ("S2-78", 1154, "8", "contract", 1, date(2025, 10, 15), None),
    ("S2-79", 1162, "2", "contract", 1, date(2025, 6, 13), None),
    ("S2-79", 1166, "4", "contract", 1, date(2025, 7, 18), None),
    ("S2-79", 1168, "5", "contract", 1, date(2025, 5, 29), None),
    ("S2-79", 1178, "7", "contract", 1, date(2025, 5, 2), None),
    ("S2-79", 1180, "8", "contract", 1, date(2025, 5, 7), None),
    ("S2-79", 1182, "9", "contract", 1, date(2025, 5, 29), None),
    ("S2-82", 1208, "1", "contract", 1, date(2025, 6, 10), None),
)


def records_of(document: str) -> Mapping[str, tuple[YearRecord, ...]]:
    """Return the records by work; ``document`` is the report that they are read from."""
    found: dict[str, list[YearRecord]] = {}

    def add(work: str, kind: str, day: date, line: int, **values: object) -> None:
        declared = kind_named(kind)
        assert declared is not None  # noqa: S101 — all of them are declared
        cells = {name: str(value) for name, value in values.items() if value not in (None, "")}
        typed = declared.values(cells)
        own = declared.id_of(dict(typed)) or str(1 + sum(r.kind == kind for r in found.get(work, ())))
        source = Source(document, line=line)
        found.setdefault(work, []).append(YearRecord(kind, own, day, typed, source=source))

    for work, line, cause, words in CAUSES:
        add(work, "causes", YEAR_END, line, cause=cause, words=words)
    for work, line, day, state in STATES:
        add(work, "work_states", day, line, state=state)
    for work, line, day, words, owner, due in ACTIONS:
        add(work, "actions", day, line, words=words, owner=owner, due_on=due, state="running")
    for work, line, amount, words in KEPT:
        kept = BUDGETS[work] if amount is None else amount
        add(work, "carry_overs", YEAR_END, line, amount=kept, sort="uncommitted", state="requested", words=words)
    for work, line, amount, sort, words in FROM_2567:
        add(work, "carried_in", YEAR_BEGIN, line, from_year_be=2567, amount=amount, sort=sort, words=words)
    for work, line, site, step, number, done, failed in STEPS:
        values = {"site": site, "step": step, "round": number, "done_on": done, "failed": failed}
        add(work, "procurement_steps", done or YEAR_END, line, **values)
    return {work: in_order(own) for work, own in found.items()}
