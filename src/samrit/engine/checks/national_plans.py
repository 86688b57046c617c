"""The plans above every agency's plan, as data: numbers, names and the official tree (R273–R276, R316).

Valid for the national strategy 2561–2580, the master plans of the revision
2566–2580, the 13th national development plan 2566–2570 and the sustainable
development goals.  The 14th plan begins in 2571.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NationalPlan:
    """A numbered plan above: its Thai and English name, how many numbers it has, and until which year it holds."""

    name: str
    name_en: str
    numbers: int
    until_be: int


NATIONAL_PLANS: Mapping[str, NationalPlan] = {
    "national_strategy": NationalPlan("ยุทธศาสตร์ชาติ", "national strategy", 6, 2580),
    "master_plan": NationalPlan("แผนแม่บทภายใต้ยุทธศาสตร์ชาติ", "master plan", 23, 2580),
    "milestone": NationalPlan("หมุดหมายของแผนพัฒนาฯ ฉบับที่ 13", "milestone of the 13th plan", 13, 2570),
    "sdg": NationalPlan("เป้าหมายการพัฒนาที่ยั่งยืน", "sustainable development goal", 17, 2573),
}

# The national strategy that each master plan mainly serves. Plan 23 (research and innovation) serves them all.
_MASTER_PLANS_OF = {1: (1, 2), 2: range(3, 10), 3: range(10, 15), 4: range(15, 18), 5: (18, 19), 6: (20, 21, 22)}
MAIN_STRATEGY: Mapping[int, int] = {plan: strategy for strategy, plans in _MASTER_PLANS_OF.items() for plan in plans}


def goal_number(code: str) -> int | None:
    """Return the number that a link code begins with: "20" → 20, "1.3" → 1; None where there is none."""
    head = code.strip().split(".")[0]
    return int(head) if head.isascii() and head.isdigit() and len(head) < 4 else None
