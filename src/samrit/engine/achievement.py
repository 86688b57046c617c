"""Achievement of an indicator up to a period (AC1–AC7) and its points under the other methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from samrit.engine.arithmetic import HUNDRED, ZERO, divide
from samrit.engine.levels import (
    has_milestones,
    level_of,
    milestone_planned,
    milestone_reached,
    points,
    threshold_scale,
)
from samrit.engine.model import Direction, Formula, Indicator, Mark, Override, Site
from samrit.engine.results import State, Total
from samrit.engine.ruleset import Method, PointScale, RuleSet
from samrit.engine.totals import NOTE_CONSOLIDATION_MISSING, Side, indicator_total, site_total


class Achievement(NamedTuple):
    """What the figures of one indicator give, before weights."""

    state: State
    plan_total: Total
    actual_total: Total
    computed_percent: Decimal | None
    percent: Decimal | None
    level_planned: Decimal | None
    level_reached: Decimal | None
    score: Decimal | None
    override: Override | None
    rules: tuple[str, ...]


def achievement(
    indicator: Indicator,
    ruleset: RuleSet,
    as_of: int,
    *,
    year_be: int = 0,
    sites: Sequence[Site] = (),
    successors: Mapping[str, str] | None = None,
) -> Achievement:
    """Return the achievement of ``indicator`` over periods 1..``as_of``.

    ``year_be`` picks the year's target: "–" there means not applicable this year.
    """
    figures = _figures(indicator, as_of, sites, successors)
    plan, actual = figures.plan, figures.actual
    state, rule = _state(indicator, figures, year_be)
    percent, how = _percent(indicator, figures, state)
    if state is State.SCORED and percent is None:
        state, rule = State.NO_PLAN, "AC3"
    override = override_at(indicator.overrides, as_of)
    used, cap_rule = _capped(percent, ruleset.cap)
    if override is not None and override.percent is not None:
        used, cap_rule = override.percent, "WE4"
    rules = _distinct(plan.rule, actual.rule, rule, how, cap_rule)
    result = Achievement(
        state, plan, actual, percent, used, figures.level_planned, figures.level_reached, None, override, rules
    )
    return result if ruleset.method is Method.PERCENT_OF_PLAN else _with_score(result, indicator, ruleset)


def _distinct(plan_rule: str, actual_rule: str, *rules: str) -> tuple[str, ...]:
    """Return the rules that decided, each once, in order."""
    named = [plan_rule] if plan_rule == actual_rule else [plan_rule, actual_rule]
    for rule in rules:
        if rule and rule not in named:
            named.append(rule)
    return tuple(named)


def override_at(overrides: Sequence[Override], as_of: int) -> Override | None:
    """Return what the evaluators settled for the evaluation of ``as_of``, if anything (WE4)."""
    for override in overrides:
        if override.period == as_of:
            return override
    return None


class _Figures(NamedTuple):
    """Both totals and, on a level scale, both levels."""

    plan: Total
    actual: Total
    level_planned: Decimal | None = None
    level_reached: Decimal | None = None


def _figures(indicator: Indicator, as_of: int, sites: Sequence[Site], successors: Mapping[str, str] | None) -> _Figures:
    if indicator.formula is Formula.SITES:
        return _Figures(site_total(sites, Side.PLANNED, as_of), site_total(sites, Side.ACTUAL, as_of))
    plan = indicator_total(indicator, Side.PLANNED, as_of, successors)
    actual = indicator_total(indicator, Side.ACTUAL, as_of, successors)
    if indicator.formula is not Formula.LEVELS:
        return _Figures(plan, actual)
    if has_milestones(indicator):
        reached = milestone_reached(indicator.levels, as_of)
        return _Figures(
            plan, actual, milestone_planned(indicator.levels, as_of), actual.value if reached is None else reached
        )
    return _Figures(plan, actual, plan.value, None if actual.value is None else level_of(actual.value, indicator))


def _state(indicator: Indicator, figures: _Figures, year_be: int) -> tuple[State, str]:
    target = indicator.target_of(year_be)
    if target is not None and target.value is Mark.NOTHING:
        return State.NOT_APPLICABLE, "R95"
    if NOTE_CONSOLIDATION_MISSING in (figures.plan.note, figures.actual.note):
        return State.NO_DATA, "RU3"
    want, got = figures.plan.value, figures.actual.value
    if indicator.formula is Formula.LEVELS:
        want, got = figures.level_planned, figures.level_reached
    is_planned = want is not None if indicator.formula is Formula.BASELINE else bool(want)
    if is_planned:
        return (State.NOT_REPORTED, "AC6") if got is None else (State.SCORED, "AC2")
    if got:
        return State.NO_PLAN, "AC4"
    return (State.NOT_DUE if _says_anything(indicator) else State.NO_DATA), "AC4"


def _says_anything(indicator: Indicator) -> bool:
    """Say whether the year holds any figure or due level at all; if not, there is no data to be due."""
    if indicator.formula is Formula.SITES or has_milestones(indicator):
        return True
    return any(isinstance(f, Decimal) for e in indicator.entries for f in (e.planned, e.actual, e.numerator))


def _percent(indicator: Indicator, figures: _Figures, state: State) -> tuple[Decimal | None, str]:
    """Return the percent that the figures give and the rule that gave it."""
    if state is State.NOT_REPORTED:
        return ZERO, "AC6"
    if state is not State.SCORED:
        return None, ""
    if indicator.formula is Formula.LEVELS:
        planned, reached = figures.level_planned, figures.level_reached
        return (divide(reached * HUNDRED, planned) if planned and reached is not None else None), "AC5"
    plan, actual = figures.plan.value, figures.actual.value
    if plan is None or actual is None:
        return None, ""
    if indicator.formula is Formula.BASELINE:
        return _from_baseline(indicator.baseline, plan, actual), "AC3"
    if indicator.direction is Direction.LOWER:
        # Nothing at all where little is good: the plan is met, and a ratio to 0 would be infinite (AC3, AC4).
        return (divide(plan * HUNDRED, actual) if actual else HUNDRED), "AC3"
    return divide(actual * HUNDRED, plan), "AC1"


def _from_baseline(baseline: Decimal | None, plan: Decimal, actual: Decimal) -> Decimal | None:
    """Return the part of the way from baseline to plan that was covered; None where there is no way to go."""
    if baseline is None or baseline == plan:
        return None
    return divide((baseline - actual) * HUNDRED, baseline - plan)


def _capped(percent: Decimal | None, cap: Decimal | None) -> tuple[Decimal | None, str]:
    if percent is None or cap is None or percent <= cap:
        return percent, ""
    return cap, "AC7"


def _with_score(result: Achievement, indicator: Indicator, ruleset: RuleSet) -> Achievement:
    """Add the points of M-B, M-C and M-D, or the tool's own score of M-E."""
    rules = (*result.rules, ruleset.method.value)
    if result.state in (State.NOT_DUE, State.NOT_APPLICABLE, State.NO_DATA) and result.override is None:
        return result._replace(rules=rules)
    return result._replace(score=_score(result, indicator, ruleset), rules=rules)


def _score(result: Achievement, indicator: Indicator, ruleset: RuleSet) -> Decimal | None:
    value = result.actual_total.value
    if ruleset.method is Method.TRANSPARENCY:
        return result.percent if result.override else (value if value is not None else ZERO)
    scale = ruleset.scale
    if scale is None:
        return None
    own = threshold_scale(indicator)
    if own is not None and result.override is None:
        if value is None:
            return scale.floor
        return points(value, _own_points(own, scale), lower_is_better=indicator.direction is Direction.LOWER)
    if result.level_reached is not None and result.override is None:
        return max(scale.floor, result.level_reached)
    return scale.floor if result.percent is None else points(result.percent, scale)


def _own_points(own: PointScale, scale: PointScale) -> PointScale:
    """Give the indicator's own thresholds the rule set's points, when there are as many of them."""
    fitting = scale.points if len(scale.points) == len(own.thresholds) else own.points
    return PointScale(own.thresholds, fitting, scale.interpolated, scale.floor)
