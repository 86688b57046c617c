"""How an indicator's percent was made: its arithmetic, and what of it counts where not all was reported (AC1–AC14)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.explain.derivation import Derivation, number
from samrit.engine.indicators.levels import has_milestones, threshold_scale
from samrit.engine.model import Formula, Quantity
from samrit.engine.results import IndicatorResult, Partial, State
from samrit.engine.ruleset import RuleSet

# How a percent was made (``engine.percents``), which is also the name of its sentence → the rule.
RULE_OF_WAY = {
    "not_reported": "AC6",
    "ratio": "AC1",
    "ratio_lower": "AC3",
    "ratio_lower_ceiling": "AC3",
    "from_baseline": "AC3",
    "zero_kept": "AC10",
    "zero_missed": "AC10",
    "difference": "AC9",
    "difference_lower": "AC9",
    "difference_below": "AC9",
    "level": "AC5",
    **dict.fromkeys(("deadline_kept", "deadline_late", "deadline_too_late", "deadline_missed"), "AC11"),
    **dict.fromkeys(("range_kept", "range_below", "range_above"), "AC13"),
    **dict.fromkeys(("range_below_zero", "range_above_zero", "range_below_far", "range_above_far"), "AC13"),
}
WAYS = frozenset(RULE_OF_WAY)


def percent_steps(result: IndicatorResult, ruleset: RuleSet) -> list[Derivation]:
    """Return the steps from plan and result to the percent that counts, and to its points."""
    percent, record = result.computed_percent, result.indicator.id
    steps = [] if result.state is State.NOT_REPORTED else _coverage(result)
    if result.partial is not None:
        steps += _partial(result, result.partial, ruleset)
    elif result.way and percent is not None:
        plan, actual = _compared(result)
        steps += _levels(result)
        steps.append(_made(result, result.way, (plan, actual, percent), ruleset))
    if "AC7" in result.rules and percent is not None and ruleset.cap is not None:
        params = {"cap": number(ruleset.cap), "exact": number(percent)}
        steps.append(Derivation("capped", record, "AC7", ruleset.cap, number(ruleset.cap), params))
    if result.score is not None:
        params = {"exact": number(result.score)}
        steps.append(Derivation("score", record, ruleset.method.value, result.score, number(result.score), params))
    return steps


def _coverage(result: IndicatorResult) -> list[Derivation]:
    """Return how much of what was due was reported, where that is not all (AC8)."""
    coverage, record = result.coverage, result.indicator.id
    steps = []
    if coverage.reported < coverage.due:
        params: dict[str, object] = {"reported": coverage.reported, "due": coverage.due}
        steps.append(Derivation("partly_reported", record, "AC8", params=params))
    if coverage.is_missing_units and coverage.units_due > 1:
        params = {"reported": coverage.units_reported, "due": coverage.units_due}
        steps.append(Derivation("units_silent", record, "AC8", params=params))
    return steps


def _partial(result: IndicatorResult, partial: Partial, ruleset: RuleSet) -> list[Derivation]:
    """Return the percent over what was reported, and what of it counts (AC8)."""
    percent, record = result.computed_percent or Decimal(), result.indicator.id
    steps = []
    if partial.filled:
        steps.append(Derivation("missing_as_planned", record, "AC8"))
    if partial.percent is None or partial.plan is None or partial.actual is None:
        return [*steps, Derivation("nothing_of_what_was_due", record, "AC8", percent, number(percent))]
    made = (partial.plan, partial.actual, partial.percent)
    result = result._replace(plan_upper=partial.upper)
    steps += _partial_levels(result, partial)
    steps.append(_made(result, partial.way, made, ruleset))
    if partial.part == partial.whole:
        return [*steps, Derivation("missing_as_nothing", record, "AC8", percent, number(percent))]
    params = {
        "percent": number(partial.percent),
        "part": partial.part,
        "whole": partial.whole,
        "exact": number(percent),
    }
    code = "part_counts" if partial.percent > 0 else "part_below"
    return [*steps, Derivation(code, record, "AC8", percent, number(percent), params)]


def _levels(result: IndicatorResult) -> list[Derivation]:
    """Return which level a planned and a reached value are, where people gave values (AC12)."""
    indicator = result.indicator
    if indicator.formula is not Formula.LEVELS or indicator.quantity is Quantity.LEVEL:
        return []
    if threshold_scale(indicator) is None:
        return []  # a level was reported, and stands
    looked_up = [("value_is_level", result.actual_total.value, result.level_reached)]
    if indicator.quantity is Quantity.VALUE:
        looked_up.append(("planned_value_is_level", result.plan_total.value, result.level_planned))
    return [
        Derivation(code, indicator.id, "AC12", level, number(level), {"value": number(value), "level": number(level)})
        for code, value, level in looked_up
        if value is not None and level is not None and not has_milestones(indicator)
    ]


def _partial_levels(result: IndicatorResult, partial: Partial) -> list[Derivation]:
    """Return the levels that are compared where a part of what was due was reported, as far as totals gave them."""
    planned, reached = result.level_planned, result.level_reached
    return _levels(
        result._replace(
            level_planned=planned if planned == partial.plan else None,
            level_reached=reached if reached == partial.actual else None,
        )
    )


def _compared(result: IndicatorResult) -> tuple[Decimal, Decimal]:
    """Return what the percent compares: planned and reached level, or both totals."""
    if result.indicator.formula is Formula.LEVELS:
        return result.level_planned or Decimal(), result.level_reached or Decimal()
    return result.plan_total.value or Decimal(), result.actual_total.value or Decimal()


def _made(result: IndicatorResult, way: str, made: tuple[Decimal, Decimal, Decimal], ruleset: RuleSet) -> Derivation:
    """Return the arithmetic of a percent from plan and actual, the sentence named by the way it was made."""
    indicator, (plan, actual, percent) = result.indicator, made
    lower, upper = sorted((plan, plan if result.plan_upper is None else result.plan_upper))
    bound = lower if actual < lower else upper
    params: dict[str, object] = {
        "plan": number(plan),
        "actual": number(actual),
        "planned": number(plan),
        "reached": number(actual),
        "size": number(abs(bound if result.plan_upper is not None else plan)),
        "lower": number(lower),
        "upper": number(upper),
        "late": result.late or 0,
        "step": number(ruleset.late_month),
        "baseline": number(indicator.baseline or Decimal()),
        "ceiling": number(ruleset.lower_ceiling),
        "exact": number(percent),
    }
    return Derivation(way, indicator.id, RULE_OF_WAY[way], percent, number(percent), params)
