"""What becomes of a work: its state, why it falls behind, what is done about it, what a review decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from samrit.engine.choices import StepState
from samrit.engine.model import ActionState, Plan, Project, ProjectStatus, ReviewDecision
from samrit.engine.year import Value, YearRecord
from samrit.package.kinds.declared import DECIDED, RecordKind
from samrit.package.schema import choice, text
from samrit.package.schema import date as day
from samrit.vocabulary.periods import period_in

STEP_OVER = (StepState.APPROVED, StepState.DONE)  # states in which a step is behind a work


def _state_of(project: Project, records: Sequence[YearRecord], _: Plan) -> Project:
    """Return the work in the state it came into last (R60)."""
    state = records[-1].value("state")
    return replace(project, status=state) if isinstance(state, ProjectStatus) else project


def _still_to_do(values: Mapping[str, Value]) -> date | None:
    """Return the day by which an action was to be done, as long as it is neither done nor dropped (R247)."""
    due = values["due_on"]
    return due if isinstance(due, date) and values["state"] not in (ActionState.DONE, ActionState.DROPPED) else None


def _steps(work: Project) -> Mapping[str, str]:
    return {str(number): f"{number}. {text}" for number, text in enumerate(work.steps, 1)}


def _not_taken(values: Mapping[str, Value]) -> date | None:
    """Return the day by which a step was to be taken, as long as it is neither approved nor done (R37)."""
    due = values["due_on"]
    return due if isinstance(due, date) and values["state"] not in STEP_OVER else None


def _with_steps(project: Project, records: Sequence[YearRecord], plan: Plan) -> Project:
    """Return the work with the steps that are over, each from the month in which it came to be (R78)."""
    over = []
    for record in records:
        step, month = str(record.value("step")), period_in(record.happened_on, plan.year_be, plan.calendar)
        if record.value("state") in STEP_OVER and step.isdecimal() and month is not None:
            over.append((int(step), month))
    return replace(project, recorded=replace(project.recorded, steps_over=tuple(sorted(over))))


STATES = RecordKind(
    "work_states",
    "สถานะของงาน/โครงการ",
    "State of a work",
    ("มีผลตั้งแต่วันที่", "In force since"),
    (
        choice("state", "สถานะ", "State", ProjectStatus, required=True),
        text("words", "เหตุผลหรือรายละเอียด", "Reason or details"),
        text("document", "เอกสารอ้างอิง", "Reference document"),
    ),
    public=frozenset({"state"}),
    long=frozenset({"words"}),
    counted="state",
    lay=_state_of,
)
CAUSES = RecordKind(
    "causes",
    "สาเหตุและปัญหาอุปสรรค",
    "Cause of falling behind",
    ("ข้อมูล ณ วันที่", "As of"),
    (
        text("cause", "สาเหตุ", "Cause", required=True, suggested="cause"),
        text("words", "คำอธิบาย", "Explanation"),
        text("unit", "หน่วยงานที่เกี่ยวข้อง", "Unit concerned"),
    ),
    long=frozenset({"words"}),
    units=frozenset({"unit"}),
    counted="cause",
)
ACTIONS = RecordKind(
    "actions",
    "การแก้ไขปัญหา",
    "Corrective action",
    ("ตกลงเมื่อวันที่", "Agreed on"),
    (
        text("words", "สิ่งที่จะทำ", "What is done", required=True),
        text("owner", "หน่วยงานผู้รับผิดชอบ", "Unit that does it", required=True),
        day("due_on", "กำหนดแล้วเสร็จ", "Due on", required=True),
        choice("state", "สถานะการแก้ไข", "State of the action", ActionState, required=True),
        text("evidence", "ผลหรือหลักฐาน", "Result or evidence"),
    ),
    long=frozenset({"words", "evidence"}),
    units=frozenset({"owner"}),
    waits=_still_to_do,
    reminds="owner",
    warns="action_overdue",
    counted="state",
)
REVIEWS = RecordKind(
    "reviews",
    "ผลการพิจารณาทบทวน",
    "Decision of a review",
    ("พิจารณาเมื่อวันที่", "Decided on"),
    (
        choice("decision", "ผลการพิจารณา", "Decision", ReviewDecision, required=True),
        text("words", "เหตุผลและข้อสั่งการ", "Reason and orders"),
        text("decided_by", "ผู้พิจารณา", "Decided by", required=True),
        text("outcome", "ผลที่เกิดขึ้นภายหลัง", "What became of it"),
    ),
    right=DECIDED,
    long=frozenset({"words", "outcome"}),
    counted="decision",
)
STEPS_TAKEN = RecordKind(
    "step_states",
    "ความก้าวหน้าของขั้นตอน",
    "Progress of a step",
    ("ข้อมูล ณ วันที่", "As of"),
    (
        text("step", "ขั้นตอน", "Step", required=True),
        choice("state", "สถานะของขั้นตอน", "State of the step", StepState, required=True),
        text("decided_by", "ผู้อนุมัติ", "Approved by"),
        day("due_on", "กำหนดแล้วเสร็จใหม่", "Due on, if it was moved"),
        text("document", "เอกสารอ้างอิง", "Reference document"),
        text("words", "รายละเอียด", "Details"),
    ),
    key=("step",),
    public=frozenset({"step", "state"}),
    long=frozenset({"words"}),
    choose={"step": _steps},
    waits=_not_taken,
    counted="state",
    lay=_with_steps,
)
KINDS = (STATES, STEPS_TAKEN, CAUSES, ACTIONS, REVIEWS)
