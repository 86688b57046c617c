"""The points of an indicator under M-B, M-C and M-D, and the tool's own score under M-E."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from samrit.engine.arithmetic import ZERO, exact
from samrit.engine.indicators.levels import by_number, points, threshold_scale
from samrit.engine.model import Direction, Indicator, Override, Quantity
from samrit.engine.results import IndicatorResult, State
from samrit.engine.ruleset import Method, PointScale, RuleSet

if TYPE_CHECKING:
    from samrit.engine.indicators.achievement import Achievement

_NOT_ASSESSED = (State.NOT_DUE, State.NOT_APPLICABLE, State.NO_DATA)


def with_score(result: Achievement, indicator: Indicator, ruleset: RuleSet, *, is_measured: bool) -> Achievement:
    """Return ``result`` with its points; without a plan and not due it is not assessed (M-B)."""
    rules = (*result.rules, ruleset.method.value)
    result = _on_thresholds_alone(result, indicator, ruleset, is_measured=is_measured)._replace(rules=rules)
    absent = _NOT_ASSESSED if ruleset.method is Method.TRANSPARENCY else (*_NOT_ASSESSED, State.NO_PLAN)
    if result.state in absent and result.override is None:
        return result
    return result._replace(score=_score(result, indicator, ruleset))


def settled_score(override: Override, ruleset: RuleSet) -> Decimal | None:
    """Return the points that were settled, or those of the percent that was; None for a band alone (WE6)."""
    if override.score is not None:
        return override.score
    if override.percent is None or ruleset.method is Method.TRANSPARENCY:
        return override.percent
    return points(override.percent, ruleset.scale) if ruleset.scale else None


@exact
def computed_points(result: IndicatorResult, ruleset: RuleSet) -> Decimal | None:
    """Return the points that the figures alone give, where the evaluators settled others (WE4); None without any."""
    percent = result.computed_percent
    capped = percent if percent is None or ruleset.cap is None else min(percent, ruleset.cap)
    is_assessed = result.score is not None and (percent is not None or result.actual_total.value is not None)
    return _score(result._replace(override=None, percent=capped), result.indicator, ruleset) if is_assessed else None


def _on_thresholds_alone(
    result: Achievement, indicator: Indicator, ruleset: RuleSet, *, is_measured: bool
) -> Achievement:
    """Return a value on thresholds without any monthly plan as assessed, or missing once it is measured (M-B)."""
    waits = result.state in (State.NOT_DUE, State.NO_DATA, State.NO_PLAN) and ruleset.scale is not None
    if not waits or stands_alone(indicator) is False or ruleset.method is Method.TRANSPARENCY:
        return result
    if result.actual_total.value is not None:
        return result._replace(state=State.SCORED)
    return result._replace(state=State.NOT_REPORTED) if is_measured and not result.actual_total.note else result


def stands_alone(indicator: Indicator) -> bool:
    """Say whether the indicator has thresholds of its own and no figure planned in the whole year."""
    planned = any(isinstance(f, Decimal) for e in indicator.entries for f in (e.planned, e.planned_numerator))
    return threshold_scale(indicator) is not None and not planned


def _score(result: Achievement | IndicatorResult, indicator: Indicator, ruleset: RuleSet) -> Decimal | None:
    value, override = result.actual_total.value, result.override
    settled = settled_score(override, ruleset) if override is not None else None
    if settled is not None:
        return settled
    if ruleset.method is Method.TRANSPARENCY:
        return value if value is not None else ZERO
    scale = ruleset.scale
    if scale is None:
        return None
    own, ladder = threshold_scale(indicator), points_of_levels(indicator, scale)
    if own is not None and indicator.quantity is not Quantity.LEVEL and ladder is not None:
        if value is None:
            return scale.floor
        worth = replace(ladder, thresholds=own.thresholds)
        return points(value, worth, lower_is_better=indicator.direction is Direction.LOWER)
    if result.level_reached is not None and ladder is not None:
        return points(result.level_reached, ladder)
    return scale.floor if result.percent is None else points(result.percent, scale)


def points_of_levels(indicator: Indicator, scale: PointScale) -> PointScale | None:
    """Return what each level of the indicator is worth, its number as threshold (M-B, M-C, M-D).

    As many levels as the rule set has points are worth those, one after the other; else a level is worth its number
    where that is one of the points, and where it is not no level is worth anything: the percent has to do (None).
    """
    own = threshold_scale(indicator)
    numbers = own.points if own is not None else tuple(Decimal(v.number) for v in by_number(indicator.levels))
    if not numbers:
        numbers = tuple(map(Decimal, range(1, len(scale.points) + 1)))
    if len(numbers) == len(scale.points):
        return PointScale(numbers, scale.points, scale.interpolated, scale.floor)
    return PointScale(numbers, numbers, scale.interpolated, scale.floor) if set(numbers) <= set(scale.points) else None
