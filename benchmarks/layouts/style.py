"""How a table is laid out: its columns, headings and months, and how its figures are printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from benchmarks.layouts.truth import Figure

JANUARY = tuple("ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split())
FULL = tuple("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split())
ENGLISH = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

SHORT = {
    "number": "ลำดับ", "title": "งาน/โครงการ", "indicator": "ตัวชี้วัด", "office": "ผู้รับผิดชอบ",
    "budget": "งบประมาณ (บาท)", "target": "เป้าหมาย", "measure": "หน่วยนับ", "weight": "น้ำหนัก", "side": "แผน/ผล",
    "total": "รวม", "total_plan": "รวมแผน", "total_actual": "รวมผล", "percent": "ร้อยละ", "remark": "หมายเหตุ",
    "period": "ระยะเวลาดำเนินการ",
}  # fmt: skip
LONG = SHORT | {
    "number": "ลำดับที่", "title": "ชื่องาน/โครงการ/กิจกรรมตามแผนปฏิบัติการ", "indicator": "ตัวชี้วัดความสำเร็จของโครงการ",
    "office": "หน่วยงานที่รับผิดชอบหลัก", "budget": "งบประมาณที่ได้รับจัดสรร (บาท)", "target": "ค่าเป้าหมายทั้งปี",
    "measure": "หน่วยนับของตัวชี้วัด", "weight": "ค่าน้ำหนัก (ร้อยละ)", "total": "รวมทั้งสิ้น",
    "percent": "ผลการดำเนินงานคิดเป็นร้อยละ",
}  # fmt: skip
THAI_ENGLISH = {
    "number": "ลำดับ (No.)", "title": "โครงการ (Project)", "indicator": "ตัวชี้วัด (Indicator)",
    "office": "ผู้รับผิดชอบ (Responsible)", "budget": "งบประมาณ (Budget)", "target": "เป้าหมาย (Target)",
    "measure": "หน่วยนับ (Unit)", "weight": "น้ำหนัก (Weight)", "side": "แผน/ผล (Plan/Actual)", "total": "รวม (Total)",
    "total_plan": "รวมแผน (Plan)", "total_actual": "รวมผล (Actual)", "percent": "ร้อยละ (Percent)",
    "remark": "หมายเหตุ (Remark)", "period": "ระยะเวลา (Period)",
}  # fmt: skip
IN_ENGLISH = {
    "number": "No.", "title": "Project", "indicator": "Indicator", "office": "Responsible unit",
    "budget": "Budget (baht)", "target": "Target", "measure": "Unit of measure", "weight": "Weight (%)",
    "side": "Plan/Actual", "total": "Total", "total_plan": "Total plan", "total_actual": "Total actual",
    "percent": "Percent", "remark": "Remark", "period": "Period",
}  # fmt: skip

FRONT = ("number", "title", "indicator", "office", "budget", "target", "measure", "weight")


@dataclass(frozen=True)
class Style:
    """A layout of one table.

    ``shape``: "inline" has a row (or a pair of rows) per indicator with the work's cells merged over them,
    "stacked" a row of the work's own above its indicators.  ``sides``: plan and result as "rows" or "columns",
    or only a "plan".  ``groups`` stand over each quarter's periods, ``sums`` tells where a quarter's sum stands.
    """

    shape: Literal["inline", "stacked"] = "inline"
    sides: Literal["rows", "columns", "plan"] = "rows"
    front: tuple[str, ...] = FRONT
    back: tuple[str, ...] = ("total", "percent")
    heads: Mapping[str, str] = field(default_factory=lambda: SHORT)
    periods: tuple[str, ...] = JANUARY
    groups: tuple[str, ...] = ()
    sums: Literal["", "before", "after"] = ""
    sum_head: str = "รวม"
    side_words: tuple[str, str] = ("แผน", "ผล")
    dash: str = "-"
    thai_digits: bool = False
    joined: bool = False  # "1. title" in one cell
    closing: bool = False  # a row with period and average ends each work
    months: tuple[str, ...] = FULL  # names in periods of words
    counted: str = "ตัวชี้วัดที่ {}"  # what stands before an indicator below its work

    def figure(self, value: Figure) -> str:
        """Return a figure as printed: grouped, a dash, or nothing."""
        if value is None:
            return ""
        if isinstance(value, str):
            return self.dash
        text = f"{value:,f}"
        return text.translate(_THAI_DIGITS) if self.thai_digits else text

    def words(self, text: str) -> str:
        """Return words with the style's digits."""
        return text.translate(_THAI_DIGITS) if self.thai_digits else text


def fiscal(months: tuple[str, ...], years: tuple[str, str] = ("", "")) -> tuple[str, ...]:
    """Return twelve names from October, with the year behind October to December and behind the others."""
    first, then = years
    return (*(f"{name}{first}" for name in months[9:]), *(f"{name}{then}" for name in months[:9]))


def number_of(value: Figure) -> Decimal | None:
    """Return the number of a figure."""
    return value if isinstance(value, Decimal) else None
