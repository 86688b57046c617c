"""Checks of targets against the monthly plan and over the years (R92–R102, R302, AC1)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from samrit.engine.arithmetic import HUNDRED, ZERO
from samrit.engine.checks.figures.alike import plan_quantity, target_quantity
from samrit.engine.checks.scene import CheckedLine, Scene, fits, found, on
from samrit.engine.horizon.over_years import horizon_of
from samrit.engine.model import Aggregation, Comparator, Direction, Figure, Indicator, Mark, Target
from samrit.engine.results import State
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.numbers import is_percent_unit, unit_name

_UPWARD = (Comparator.AT_LEAST, Comparator.MORE_THAN)
_DOWNWARD = (Comparator.AT_MOST, Comparator.LESS_THAN)


def target_differs_from_plan_total(scene: Scene) -> Iterator[Finding]:
    """เป้าหมาย that is not what the monthly plan gives; the percent is taken of the plan total (AC1, R173)."""
    for line in scene.lines:
        target, plan_total = _target(line, scene.plan.year_be), line.year.plan_total.value
        if target is None or plan_total is None or not isinstance(target.value, Decimal):
            continue
        if target_quantity(line.indicator, target) is not plan_quantity(line.indicator):
            continue
        if not _agrees(target, target.value, plan_total):
            source = target.source if target.source.document else line.indicator.source
            yield found(
                "target_differs_from_plan_total",
                line.indicator.id,
                source,
                target=target.value,
                plan_total=plan_total,
                difference=plan_total - target.value,
            )


def percent_months_summed(scene: Scene) -> Iterator[Finding]:
    """The target of a percentage made by adding its months: 3 × 80 = 240 (R101)."""
    for line in scene.lines:
        target, plan_total = _target(line, scene.plan.year_be), line.year.plan_total.value
        if line.indicator.aggregation is Aggregation.SUM or target is None or not plan_total:
            continue
        if target_quantity(line.indicator, target) is not plan_quantity(line.indicator):
            continue
        count = _months_added(line, target.value, plan_total)
        if count is not None:
            yield on("percent_months_summed", line.indicator, target=target.value, plan_total=plan_total, months=count)


def target_as_fraction(scene: Scene) -> Iterator[Finding]:
    """A target of 0.95 per cent beside months of 95: a fraction typed where a percent is meant (R302)."""
    for line in scene.lines:
        target = _target(line, scene.plan.year_be)
        if target is None or not is_percent_unit(line.indicator.unit_of_measure):
            continue
        value, months = target.value, [v for row in line.rows for v in row.planned.values() if v]
        is_small = isinstance(value, Decimal) and ZERO < value <= 1
        if is_small and months and _is_hundredth(value, min(months), max(months)):
            yield on("target_as_fraction", line.indicator, target=value, planned=max(months))


def _is_hundredth(value: Figure, least: Decimal, greatest: Decimal) -> bool:
    """Say whether a hundred times the value lies among figures."""
    return isinstance(value, Decimal) and least <= value * HUNDRED <= greatest


def target_fell(scene: Scene) -> Iterator[Finding]:
    """A target that asks for less than the year before (R96): allowed, but somebody should have meant it."""
    for line in scene.lines:
        for before, after in _years(line.indicator):
            if not (isinstance(before.value, Decimal) and isinstance(after.value, Decimal)):
                continue
            is_lower = after.value < before.value
            is_less = is_lower if line.indicator.direction is Direction.HIGHER else after.value > before.value
            if is_less and _unit(before, line.indicator) == _unit(after, line.indicator):
                years = {"year_be": after.year_be, "before_year_be": before.year_be}
                yield on("target_fell", line.indicator, before=before.value, after=after.value, **years)


def target_unit_changed(scene: Scene) -> Iterator[Finding]:
    """A target whose unit of measure changes from one year to the next (R93): the years cannot be compared."""
    for line in scene.lines:
        for before, after in _years(line.indicator):
            old, new = _unit(before, line.indicator), _unit(after, line.indicator)
            if old and new and old != new:
                yield on("target_unit_changed", line.indicator, year_be=after.year_be, before=old, after=new)


def indicator_without_target(scene: Scene) -> Iterator[Finding]:
    """No target for the plan's year, or any year of a plan of several: neither a figure nor "–" (R315, R95, R16)."""
    for line in scene.lines:
        years = horizon_of(scene.plan)
        target = next((t for t in line.indicator.targets if t.year_be in years), None)
        is_levelled = any(lv.due_period is not None for lv in line.indicator.levels)
        if not is_levelled and (target is None or (target.value is Mark.BLANK and not target.text)):
            yield on("indicator_without_target", line.indicator, year_be=scene.plan.year_be)


def indicator_without_plan(scene: Scene) -> Iterator[Finding]:
    """A target but no monthly plan, in a plan whose other indicators have one: it can never be scored (AC4)."""
    if not any(row.planned for line in scene.lines for row in line.rows):
        return
    for line in scene.lines:
        is_settled = bool(line.indicator.overrides or line.project.overrides)
        is_planned = any(row.planned for row in line.rows)  # but not put together over its units
        if line.year.state is State.NO_DATA and not is_planned and not is_settled and _target(line, scene.plan.year_be):
            yield on("indicator_without_plan", line.indicator, title=line.project.title)


def result_without_plan(scene: Scene) -> Iterator[Finding]:
    """Something done, nothing planned in the whole year: no percent can be given (AC4, R187)."""
    for line in scene.lines:
        if line.year.state is State.NO_PLAN and not line.year.plan_total.value and line.year.override is None:
            yield on("result_without_plan", line.indicator, actual=line.year.actual_total.value)


def comparator_against_direction(scene: Scene) -> Iterator[Finding]:
    """ไม่เกิน on an indicator where more is better, or ไม่น้อยกว่า where less is (R85, R94)."""
    for line in scene.lines:
        target = line.indicator.target_of(scene.plan.year_be)
        against = _DOWNWARD if line.indicator.direction is Direction.HIGHER else _UPWARD
        if target is not None and target.comparator in against:
            yield on("comparator_against_direction", line.indicator, target=target.value)


def _target(line: CheckedLine, year_be: int) -> Target | None:
    """Return the year's target when it is a number in the indicator's own unit of measure."""
    target = line.indicator.target_of(year_be)
    if target is None or not isinstance(target.value, Decimal):
        return None
    own, of_target = unit_name(line.indicator.unit_of_measure), unit_name(target.unit_of_measure)
    return target if not own or not of_target or own == of_target else None


def _agrees(target: Target, value: Decimal, plan_total: Decimal) -> bool:
    if fits(value, plan_total):
        return True
    if target.comparator in _UPWARD:
        return plan_total > value
    return target.comparator in _DOWNWARD and plan_total < value


def _months_added(line: CheckedLine, target: object, plan_total: Decimal) -> int | None:
    """Return how many months were added up to give the target, or None."""
    for row in line.rows:
        if len(row.planned) > 1 and sum(row.planned.values(), ZERO) == target != plan_total:
            return len(row.planned)
    first, last = line.project.first_period, line.project.last_period
    if first is None or last is None or last <= first:
        return None
    # The months are lost, but the target is the yearly figure once for every month of the period (S2-31).
    return last - first + 1 if plan_total * (last - first + 1) == target else None


def _years(indicator: Indicator) -> Iterator[tuple[Target, Target]]:
    """Yield the targets of successive years; a year without a target does not break the row."""
    given = [t for t in sorted(indicator.targets, key=lambda t: t.year_be) if isinstance(t.value, Decimal)]
    return pairwise(given)


def _unit(target: Target, indicator: Indicator) -> str:
    return unit_name(target.unit_of_measure or indicator.unit_of_measure)
