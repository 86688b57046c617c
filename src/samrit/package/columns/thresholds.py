"""The file of a package with thresholds that hold from a period on, such as half a year's beside the year's (AC5)."""

from __future__ import annotations

from samrit.package.columns.figures import INDICATOR, TO_INDICATOR
from samrit.package.schema import Resource, integer, number, period

LEVEL_THRESHOLDS = Resource(
    "level_thresholds",
    "ค่าเกณฑ์ของระดับตามรอบ",
    "Thresholds of levels that hold from a period on",
    (
        INDICATOR,
        integer("number", "ระดับ", "Level", required=True),
        period("from_period", "ใช้ตั้งแต่เดือนที่", "From period", required=True),
        number("threshold", "ค่าเกณฑ์", "Threshold", required=True),
    ),
    ("indicator", "number", "from_period"),
    (TO_INDICATOR,),
)
