"""The file of a package that says how its reports look: settings of the template, one a row (R238, R287)."""

from __future__ import annotations

from samrit.package.schema import Resource, text

REPORT_LOOK = Resource(
    "report_look",
    "รูปแบบรายงาน",
    "Look of reports",
    (
        text("setting", "รายการ", "Setting, as docs/report-template.md names it", required=True),
        text("value", "ค่า", "Value"),
    ),
    ("setting",),
)
