"""The columns of a line of works that a logframe has besides: what it measures, and how that is proved."""

from __future__ import annotations

from samrit.package.schema import later, text

LOGFRAME = (
    later(
        text(
            "level",
            "วัดผลของระดับ (strategy, tactic); ว่าง: งาน/โครงการ",
            "Measures the strategy or tactic itself; blank: a work",
            allowed=("strategy", "tactic"),
        )
    ),
    later(text("verification", "แหล่งตรวจสอบ/วิธีพิสูจน์ผล", "Means of verification")),
    later(text("assumptions", "สมมติฐาน/ข้อสมมุติ", "Assumptions")),
    later(text("risk", "ความเสี่ยง", "Risk")),
)
