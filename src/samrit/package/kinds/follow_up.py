"""What is said and agreed about a work beside its figures: explanations, meetings, money kept for the next year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from samrit.engine.model import ActionState, CarryOverKind, CarryOverState, Narrative, Plan, Project, Source
from samrit.engine.year import Value, YearRecord
from samrit.package.columns.figures import NARRATIVE
from samrit.package.kinds.declared import DECIDED, Kind
from samrit.package.schema import choice, number, period, text
from samrit.package.schema import date as day
from samrit.vocabulary.narrative import WORDS

_OPEN = (ActionState.OPEN, ActionState.RUNNING)


def _explained(project: Project, records: Sequence[YearRecord], _: Plan) -> Project:
    """Return the work with its explanations among the words of its reports, each with its own day (R165)."""
    return replace(project, narratives=(*project.narratives, *map(_narrative, records)))


def _narrative(record: YearRecord) -> Narrative:
    values = {name: value for name, value in record.values if value}
    source = Source(EXPLANATIONS.th, cell=record.id)
    return Narrative(written_on=record.happened_on, source=source, **values)  # type: ignore[arg-type]


def _agreed_not_done(values: Mapping[str, Value]) -> date | None:
    due = values["due_on"]
    return due if isinstance(due, date) and values["state"] in _OPEN else None


def _kept_not_paid(values: Mapping[str, Value]) -> date | None:
    """Return the day by which money that is kept has to be paid, as long as it waits (R132)."""
    waiting = (CarryOverState.PREPARED, CarryOverState.REQUESTED, CarryOverState.APPROVED)
    end = values["expires_on"]
    return end if isinstance(end, date) and values["state"] in waiting else None


EXPLANATIONS = Kind(
    "explanations",
    "คำชี้แจง",
    "Explanation",
    ("ข้อมูล ณ วันที่", "As of"),
    (
        period("period", "ชี้แจงผลของเดือนที่", "Of the results of month", required=True),
        *NARRATIVE,
    ),
    public=frozenset({"period", *(word.name for word in WORDS if word.is_public)}),
    long=frozenset(word.name for word in WORDS),
    counted="period",
    lay=_explained,
)
MEETINGS = Kind(
    "meetings",
    "การประชุมหารือ",
    "Meeting",
    ("ประชุมเมื่อวันที่", "Held on"),
    (
        text("title", "เรื่อง", "Subject", required=True),
        text("present", "ผู้เข้าร่วม", "Who was present"),
        text("words", "ข้อสรุปร่วมกัน", "Joint conclusion", required=True),
        text("owner", "หน่วยงานผู้รับผิดชอบ", "Unit that acts on it"),
        day("due_on", "กำหนดแล้วเสร็จ", "Due on"),
        choice("state", "สถานะ", "State", ActionState, required=True),
        text("told_to", "รายงานผู้บริหาร", "Reported to"),
    ),
    long=frozenset({"words"}),
    units=frozenset({"owner"}),
    waits=_agreed_not_done,
    warns="action_overdue",
    counted="state",
)
CARRY_OVERS = Kind(
    "carry_overs",
    "การกันเงินไว้เบิกเหลื่อมปี",
    "Carry-over of money",
    ("สถานะ ณ วันที่", "As of"),
    (
        number("amount", "จำนวนเงิน (บาท)", "Amount (baht)", required=True),
        choice("sort", "ประเภท", "Sort", CarryOverKind, required=True),
        choice("state", "สถานะการกันเงิน", "State", CarryOverState, required=True),
        text("words", "เหตุผล", "Reason", required=True),
        day("requested_on", "ยื่นคำขอเมื่อ", "Requested on"),
        day("approved_on", "อนุมัติเมื่อ", "Approved on"),
        text("approved_by", "ผู้อนุมัติ", "Approved by"),
        day("expires_on", "ต้องเบิกจ่ายภายใน", "To be paid by"),
        text("document", "เอกสารอ้างอิง", "Reference document"),
        text("next_work", "งานในแผนปีถัดไป", "Work in the next year's plan"),
    ),
    right=DECIDED,
    long=frozenset({"words"}),
    waits=_kept_not_paid,
    counted="state",
)
KINDS = (EXPLANATIONS, MEETINGS, CARRY_OVERS)
