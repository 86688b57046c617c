"""Rule sets of every method of points, for tests over random plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from samrit.engine.ruleset import Band, Method, PointScale, RuleSet, WithoutPlan

FIVE = PointScale(tuple(map(Decimal, (60, 70, 80, 90, 100))), tuple(map(Decimal, (1, 2, 3, 4, 5))))


def _ruleset(method: Method, scale: PointScale | None, *uppers: str, **more: object) -> RuleSet:
    bands = tuple(
        Band(f"b{n}", f"ระดับ {n}", f"Band {n}", Decimal(upper) if upper else None, n % 2 == 0)
        for n, upper in enumerate((*uppers, ""), 1)
    )
    made = RuleSet("points", "คะแนน", "Points", date(2025, 1, 1), method, bands, scale=scale)
    return replace(made, **more)  # type: ignore[arg-type]


RULESETS: dict[str, RuleSet] = {
    "M-B": _ruleset(Method.FIVE_LEVEL, FIVE, "1.5", "2.5", "3.5", "4.5"),
    "M-B, red without plan": _ruleset(
        Method.FIVE_LEVEL, FIVE, "1.5", "2.5", "3.5", "4.5", without_plan=WithoutPlan.RED, lowest_for_best=Decimal(2)
    ),
    "M-C": _ruleset(
        Method.ANCHORS,
        PointScale(tuple(map(Decimal, (80, 100, 120))), tuple(map(Decimal, (50, 75, 100))), floor=Decimal(0)),
        "60", "75", "90", without_plan=WithoutPlan.AS_REPORTED,
    ),
    "M-D": _ruleset(Method.STEPS, replace(FIVE, interpolated=False), "2", "3", "4"),
    "M-E": _ruleset(Method.TRANSPARENCY, None, "70", "85", "85", "95"),
}  # fmt: skip
