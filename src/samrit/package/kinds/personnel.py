"""What plans of personnel follow beside their yearly figures: activities, registers of positions, parts of a score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED
from samrit.engine.choices import AssessmentTool, PositionList, PositionState
from samrit.engine.model import Plan, Project
from samrit.engine.ruleset import RuleSet
from samrit.engine.year import AssessedPart, AssessmentTerms, Value, YearRecord
from samrit.package.kinds.declared import DECIDED, RecordKind
from samrit.package.schema import Field, choice, integer, number, text
from samrit.package.schema import date as day
from samrit.vocabulary.periods import period_in

_WEIGHTS = {tool: f"{tool.value}_weight" for tool in AssessmentTool}
_LIMITS = ("improve_from", "passed_from", "excellent_from")


def _not_held(values: Mapping[str, Value]) -> date | None:
    due = values["due_on"]
    return due if isinstance(due, date) and values["done_on"] is None else None


def _assessed(project: Project, records: Sequence[YearRecord], plan: Plan) -> Project:
    """Return the work with the parts of its assessment, each from the month of its announcement (R264)."""
    parts = []
    for record in records:
        month, tool, score = _month(record, plan), record.value("tool"), record.value("score")
        if month is not None and isinstance(tool, AssessmentTool) and isinstance(score, Decimal):
            parts.append(AssessedPart(month, tool, score))
    return replace(project, recorded=replace(project.recorded, parts=tuple(parts)))


def _month(record: YearRecord, plan: Plan) -> int | None:
    return period_in(record.happened_on, plan.year_be, plan.calendar)


def _with_terms(project: Project, records: Sequence[YearRecord], _: Plan) -> Project:
    return replace(project, recorded=replace(project.recorded, terms=terms_of(records)))


def terms_of(records: Sequence[YearRecord]) -> AssessmentTerms:
    """Return the weights and limits that were set last among a work's told records, else those of M-E (R264)."""
    own = [r for r in records if r.kind == ASSESSMENT_TERMS.name]
    if not own:
        return AssessmentTerms()
    values = dict(own[-1].values)
    weights = tuple((tool, _number(values[name])) for tool, name in _WEIGHTS.items())
    return AssessmentTerms(weights, *(_number(values[name]) for name in _LIMITS))


def _number(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal()


def _terms_faults(
    values: Mapping[str, Value], _work: Project, _plan: Plan, _rules: RuleSet
) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Yield weights that don't make the hundred, and a class that begins below the one before it (R264)."""
    total = sum((_number(values[name]) for name in _WEIGHTS.values()), Decimal())
    if total != HUNDRED:
        yield _WEIGHTS[AssessmentTool.OIT], "assessment_weights", {"total": total}
    limits = [_number(values[name]) for name in _LIMITS]
    for name, lower, upper in zip(_LIMITS[1:], limits, limits[1:], strict=False):
        if upper <= lower:
            yield name, "assessment_limits", {"lower": lower}


def _score(name: str, th: str, en: str) -> Field:
    return replace(number(name, th, en, required=True, minimum=0), maximum=100)


# A yearly figure has activities of its quarters (R272): they are followed, and the figure stays the year's.
ACTIVITIES = RecordKind(
    "activities",
    "กิจกรรมรายไตรมาส",
    "Activity of a quarter",
    ("ข้อมูล ณ วันที่", "As of"),
    (
        text("title", "กิจกรรม", "Activity", required=True),
        integer("quarter", "ไตรมาสที่", "Quarter", required=True, minimum=1, maximum=4),
        day("due_on", "กำหนดจัด", "Due on"),
        day("done_on", "จัดเมื่อ", "Held on"),
        integer("people", "จำนวนผู้เข้าร่วม", "People who took part", minimum=0),
        text("words", "ผลและข้อสรุป", "Result and conclusions"),
    ),
    key=("title", "quarter"),
    public=frozenset({"title", "quarter", "done_on"}),
    long=frozenset({"words"}),
    waits=_not_held,
    came=frozenset({"done_on"}),
    warns="action_overdue",
    counted="quarter",
)
POSITIONS = RecordKind(
    "positions",
    "ตำแหน่งในทะเบียน",
    "Position of a register",
    ("ข้อมูล ณ วันที่", "As of"),
    (
        choice("register", "ทะเบียน", "Register", PositionList, required=True),
        text("title", "ตำแหน่ง", "Position", required=True),
        text("unit", "หน่วยงาน", "Unit"),
        choice("state", "ความพร้อม", "Coverage", PositionState, required=True),
        integer("people", "จำนวนผู้พร้อมทดแทน", "People who could succeed", minimum=0),
        text("words", "รายละเอียด", "Details"),
    ),
    key=("register", "title"),
    public=frozenset({"register", "title", "state"}),
    long=frozenset({"words"}),
    units=frozenset({"unit"}),
    counted="state",
)
ASSESSMENTS = RecordKind(
    "assessments",
    "คะแนนย่อยของการประเมิน",
    "Part of an assessment's score",
    ("ประกาศผลเมื่อวันที่", "Announced on"),
    (
        text("part", "ตัวชี้วัดย่อย", "Sub-indicator", required=True),
        choice("tool", "เครื่องมือ", "Tool", AssessmentTool, required=True),
        _score("score", "คะแนน (เต็ม 100)", "Score (of 100)"),
        text("words", "ข้อสังเกต", "Remarks"),
    ),
    key=("part",),
    public=frozenset({"part", "tool", "score"}),
    long=frozenset({"words"}),
    counted="tool",
    lay=_assessed,
)
# What the assessment's manual of the year says; without it the weights and limits of M-E hold.
ASSESSMENT_TERMS = RecordKind(
    "assessment_terms",
    "เกณฑ์ของการประเมิน",
    "Terms of an assessment",
    ("ใช้ตั้งแต่วันที่", "In force since"),
    (
        _score("iit_weight", "น้ำหนัก IIT (ร้อยละ)", "Weight of IIT (percent)"),
        _score("eit_weight", "น้ำหนัก EIT (ร้อยละ)", "Weight of EIT (percent)"),
        _score("oit_weight", "น้ำหนัก OIT (ร้อยละ)", "Weight of OIT (percent)"),
        _score("improve_from", "ต้องปรับปรุง ตั้งแต่คะแนน", "To improve from a score of"),
        _score("passed_from", "ผ่าน ตั้งแต่คะแนน", "Passed from a score of"),
        _score("excellent_from", "ผ่านดีเยี่ยม ตั้งแต่คะแนน", "Excellent from a score of"),
        text("document", "เอกสารอ้างอิง", "Reference document"),
    ),
    right=DECIDED,
    public=frozenset({*_WEIGHTS.values(), *_LIMITS}),
    lay=_with_terms,
    check=_terms_faults,
)
KINDS = (ACTIVITIES, POSITIONS, ASSESSMENTS, ASSESSMENT_TERMS)
