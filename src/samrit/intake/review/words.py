"""The words of the review, in both languages."""

from __future__ import annotations

from samrit.intake.facts import Status
from samrit.vocabulary.periods import CALENDARS, month_name

SHEETS = {
    "th": {"rows": "แถวรายเดือน", "values": "ค่าอื่น", "kept": "ที่แก้แล้ว"},
    "en": {"rows": "Months", "values": "Other values", "kept": "Corrections"},
}
HEADINGS = {
    "th": {
        "record": "รหัสรายการ",
        "side": "แผน/ผล",
        "status": "ผลการอ่าน",
        "work": "งาน/โครงการ",
        "indicator": "ตัวชี้วัด",
        "total": "รวมที่พิมพ์",
        "reason": "เหตุผลที่ควรตรวจสอบ",
        "place": "ที่มาในเอกสาร",
        "printed": "แถวในต้นฉบับ",
        "as_read": "ตามที่อ่าน (ห้ามแก้)",
        "field": "เรื่อง",
        "value": "ค่าที่อ่านได้",
        "correct": "ค่าที่ถูกต้อง",
        "code": "รหัสเรื่อง (ห้ามแก้)",
    },
    "en": {
        "record": "Record",
        "side": "Plan/result",
        "status": "Reading",
        "work": "Work or project",
        "indicator": "Indicator",
        "total": "Printed total",
        "reason": "Why to look at it",
        "place": "Place in the document",
        "printed": "Row of the original",
        "as_read": "As read (do not change)",
        "field": "What",
        "value": "Value read",
        "correct": "Right value",
        "code": "Field code (do not change)",
    },
}
SIDES = {"th": {"plan": "แผน", "actual": "ผล"}, "en": {"plan": "Plan", "actual": "Result"}}
STATUSES = {
    "th": {
        Status.READ: "อ่านได้",
        Status.REPAIRED: "ซ่อมแล้ว",
        Status.DOUBTFUL: "ควรตรวจ",
        Status.MISSING: "ไม่มี",
        Status.CORRECTED: "แก้แล้ว",
    },
    "en": {
        Status.READ: "read",
        Status.REPAIRED: "repaired",
        Status.DOUBTFUL: "doubtful",
        Status.MISSING: "missing",
        Status.CORRECTED: "corrected",
    },
}
FIELDS = {
    "th": {
        "title": "ชื่องาน/โครงการ",
        "number": "ลำดับที่",
        "kind": "ประเภทงาน",
        "unit": "หน่วยงาน",
        "budget": "งบประมาณ",
        "period": "ระยะเวลา",
        "percent": "ร้อยละที่พิมพ์",
        "name": "ชื่อตัวชี้วัด",
        "unit_of_measure": "หน่วยนับ",
        "weight": "น้ำหนัก",
        "target": "เป้าหมาย",
        "aggregation": "วิธีคิดผลสะสม",
    },
    "en": {
        "title": "title",
        "number": "number",
        "kind": "kind",
        "unit": "unit",
        "budget": "budget",
        "period": "period",
        "percent": "printed percent",
        "name": "name of indicator",
        "unit_of_measure": "unit of measure",
        "weight": "weight",
        "target": "target",
        "aggregation": "aggregation",
    },
}


def months(calendar: str, language: str) -> list[str]:
    """Return the short names of periods 1..12 of a calendar."""
    start = CALENDARS[calendar]
    return [month_name((start - 1 + n) % 12 + 1, language, short=True) for n in range(12)]
