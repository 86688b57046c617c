"""Checks of level scales (R105–R117, R308, AC5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from samrit.engine.checks.figures.alike import actual_quantity, plan_quantity
from samrit.engine.checks.scene import CheckedLine, CheckedRow, Scene, on
from samrit.engine.checks.units import is_level_unit
from samrit.engine.indicators.levels import has_milestones, has_thresholds, in_force
from samrit.engine.model import Aggregation, Direction, Formula, Indicator, Level, Quantity
from samrit.vocabulary.findings import Finding


def levels_missing(scene: Scene) -> Iterator[Finding]:
    """An indicator scored by levels that has none, or none with a threshold on which its values could be looked up."""
    for line in scene.lines:
        indicator = line.indicator
        if indicator.formula is not Formula.LEVELS or has_milestones(indicator):
            continue
        if not indicator.levels or (indicator.quantity is Quantity.VALUE and not has_thresholds(indicator)):
            yield on("levels_missing", indicator)


def level_numbers_missing(scene: Scene) -> Iterator[Finding]:
    """Levels that do not run 1, 2, 3 …: one is missing or occurs twice (S1-11)."""
    for line in scene.lines:
        numbers = sorted(level.number for level in line.indicator.levels)
        if numbers and numbers != list(range(1, len(numbers) + 1)):
            missing = sorted(set(range(1, numbers[-1] + 1)) - set(numbers))
            yield on("level_numbers_missing", line.indicator, numbers=numbers, missing=missing or None)


def level_above_scale(scene: Scene) -> Iterator[Finding]:
    """A planned or reported level that the scale does not have (R308)."""
    for line in scene.lines:
        top = max((level.number for level in line.indicator.levels), default=None)
        if top is None or line.indicator.formula is Formula.DEADLINE:
            continue
        for row in line.rows:
            for month, value in _levels_of(line.indicator, row):
                if value > top:
                    yield on("level_above_scale", line.indicator, month=month, value=value, top=top)


def _levels_of(indicator: Indicator, row: CheckedRow) -> list[tuple[int, Decimal]]:
    """Return the months of a row that hold levels; on thresholds the measured values are none (AC12)."""
    sides = ((plan_quantity, row.planned), (actual_quantity, row.actual))
    on_thresholds = has_thresholds(indicator)
    return [
        month
        for quantity, months in sides
        if not on_thresholds or quantity(indicator) is Quantity.LEVEL
        for month in months.items()
    ]


def level_falls(scene: Scene) -> Iterator[Finding]:
    """A level that goes down from one month to the next on a scale that is climbed through the year (R114, R308)."""
    for line in scene.lines:
        if _is_climbed(line):
            for row in line.rows:
                for (_, before), (month, after) in pairwise(sorted(row.actual.items())):
                    if after < before:
                        yield on("level_falls", line.indicator, month=month, before=before, after=after)


def level_planned_off_due_month(scene: Scene) -> Iterator[Finding]:
    """A level planned in another month than its text says (R107): level 15 due in November, planned in December."""
    for line in scene.lines:
        due = {level.number: level.due_period for level in line.indicator.levels if level.due_period is not None}
        for row in line.rows:
            first_month: dict[Decimal, int] = {}
            for month, level in row.planned.items():
                first_month.setdefault(level, month)
            for level, month in first_month.items():
                if level in due and due[int(level)] != month:
                    yield on(
                        "level_planned_off_due_month", line.indicator, level=level, planned=month, due=due[int(level)]
                    )


def level_due_out_of_order(scene: Scene) -> Iterator[Finding]:
    """A level due before the one below it."""
    for line in scene.lines:
        due = [(lv.number, lv.due_period) for lv in _ordered(line.indicator.levels) if lv.due_period is not None]
        for (_, before), (number, after) in pairwise(due):
            if after < before:
                yield on("level_due_out_of_order", line.indicator, level=number, due=after, before=before)


def level_due_outside_period(scene: Scene) -> Iterator[Finding]:
    """A level due in a month outside the project's period (R303)."""
    for line in scene.lines:
        first, last = line.project.first_period, line.project.last_period
        if first is not None and last is not None and first <= last:
            due = [(lv.number, lv.due_period) for lv in line.indicator.levels if lv.due_period is not None]
            outside = [number for number, period in due if not first <= period <= last]
            if outside:
                yield on("level_due_outside_period", line.indicator, levels=outside, first=first, last=last)


def level_skipped(scene: Scene) -> Iterator[Finding]:
    """A level marked as reached although one below it is not: it does not count yet (R114)."""
    for line in scene.lines:
        open_below: Level | None = None
        for level in _ordered(line.indicator.levels):
            if level.reached_period is None:
                open_below = open_below or level
            elif open_below is not None:
                yield on("level_skipped", line.indicator, level=level.number, open=open_below.number)
                break


def thresholds_out_of_order(scene: Scene) -> Iterator[Finding]:
    """Thresholds that do not rise (or fall, where lower is better) with the level: no level is certain (R76, AC5)."""
    for line in scene.lines:
        is_lower = line.indicator.direction is Direction.LOWER
        for held in _thresholds_held(line.indicator):
            if any((b >= a) if is_lower else (b <= a) for a, b in pairwise(held)):
                yield on("thresholds_out_of_order", line.indicator, thresholds=held)
                break


def _thresholds_held(indicator: Indicator) -> Iterator[list[Decimal]]:
    """Yield the thresholds of an indicator as they hold at first, and from every period at which some change."""
    for period in sorted({0, *(period for level in indicator.levels for period, _ in level.thresholds)}):
        levels = _ordered(in_force(indicator, period).levels)
        yield [level.threshold for level in levels if level.threshold is not None]


def baseline_missing(scene: Scene) -> Iterator[Finding]:
    """An indicator measured by the way from a baseline, without a baseline or with one equal to the plan (AC3)."""
    for line in scene.lines:
        baseline = line.indicator.baseline
        if line.indicator.formula is Formula.BASELINE and (baseline is None or baseline == line.year.plan_total.value):
            yield on("baseline_missing", line.indicator, baseline=baseline, plan_total=line.year.plan_total.value)


def baseline_beyond_plan(scene: Scene) -> Iterator[Finding]:
    """A baseline that is better than the plan: getting worse counts as the way that was planned (AC3)."""
    for line in scene.lines:
        base, plan = line.indicator.baseline, line.year.plan_total.value
        if line.indicator.formula is not Formula.BASELINE or base is None or plan is None:
            continue
        if (base < plan) if line.indicator.direction is Direction.LOWER else (base > plan):
            yield on("baseline_beyond_plan", line.indicator, baseline=base, plan_total=plan)


def _ordered(levels: Sequence[Level]) -> list[Level]:
    return sorted(levels, key=lambda level: level.number)


def _is_climbed(line: CheckedLine) -> bool:
    """Say whether the plan climbs from level to level; a level of service (5 every month) may well fall and rise."""
    if has_thresholds(line.indicator) or line.indicator.aggregation not in (Aggregation.LATEST, Aggregation.MAX):
        return False
    if not line.indicator.levels and not is_level_unit(line.indicator.unit_of_measure):
        return False
    planned = [value for row in line.rows[:1] for value in row.planned.values()]
    return len(set(planned)) > 1 and all(b >= a for a, b in pairwise(planned))
