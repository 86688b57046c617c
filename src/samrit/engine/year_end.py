"""What a work without any percent comes to at the year's end (AC4, BA4, R187)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from samrit.engine.arithmetic import HUNDRED, ZERO
from samrit.engine.indicators.levels import is_due_later, points
from samrit.engine.results import IndicatorResult, State
from samrit.engine.ruleset import Method, RuleSet, WithoutPlan

RULE_NOTHING = "BA4"
RULE_WITHOUT_PLAN = "AC4"


class YearEnd(NamedTuple):
    """The percent, and under a method of points the points, that a work gets at the year's end; none: it is listed."""

    percent: Decimal | None
    points: Decimal | None
    rule: str


def closing_of(state: State, indicators: Sequence[IndicatorResult], ruleset: RuleSet) -> YearEnd:
    """Return what a work that has no figure of its own is closed with.

    Without any figure planned or reported, and nothing due after the year, it is red (BA4).
    Otherwise it had nothing that could be scored, and ``without_plan`` decides; what has no target this year is listed.
    """
    if state is State.NO_DATA or (state is State.NOT_DUE and not any(map(_is_planned, indicators))):
        return YearEnd(ZERO, floor_of(ruleset), RULE_NOTHING)
    if ruleset.without_plan is WithoutPlan.LISTED or state not in (State.NO_PLAN, State.NOT_DUE):
        return YearEnd(None, None, RULE_WITHOUT_PLAN)
    if ruleset.without_plan is WithoutPlan.AS_REPORTED and any(i.actual_total.value is not None for i in indicators):
        return YearEnd(HUNDRED, _in_full(ruleset), RULE_WITHOUT_PLAN)
    return YearEnd(ZERO, floor_of(ruleset), RULE_WITHOUT_PLAN)


def floor_of(ruleset: RuleSet) -> Decimal | None:
    """Return what nothing at all is worth under a method of points (M-B: 1.0000)."""
    if ruleset.method is Method.PERCENT_OF_PLAN:
        return None
    return ruleset.scale.floor if ruleset.scale else ZERO


def _in_full(ruleset: RuleSet) -> Decimal | None:
    if ruleset.method in (Method.PERCENT_OF_PLAN, Method.TRANSPARENCY):
        return None if ruleset.method is Method.PERCENT_OF_PLAN else HUNDRED
    return points(HUNDRED, ruleset.scale) if ruleset.scale else None


def _is_planned(indicator: IndicatorResult) -> bool:
    if is_due_later(indicator.indicator):
        return True
    return indicator.plan_total.value is not None or indicator.actual_total.value is not None
