"""What plans of personnel follow beside their yearly figures: activities, registers of positions, parts of a score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from samrit.engine.choices import AssessmentTool, PositionList, PositionState
from samrit.engine.year import Value
from samrit.package.kinds.declared import RecordKind
from samrit.package.schema import choice, integer, number, text
from samrit.package.schema import date as day


def _not_held(values: Mapping[str, Value]) -> date | None:
    due = values["due_on"]
    return due if isinstance(due, date) and values["done_on"] is None else None


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
        replace(number("score", "คะแนน (เต็ม 100)", "Score (of 100)", required=True, minimum=0), maximum=100),
        text("words", "ข้อสังเกต", "Remarks"),
    ),
    key=("part",),
    public=frozenset({"part", "tool", "score"}),
    long=frozenset({"words"}),
    counted="tool",
)
KINDS = (ACTIVITIES, POSITIONS, ASSESSMENTS)
