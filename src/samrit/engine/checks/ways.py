"""Checks of deadlines, ranges and rates: what their way of counting needs and has not (AC11, AC13, AC14)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from samrit.engine.checks.scene import Scene, on
from samrit.engine.indicators.deadlines import deadline_of
from samrit.engine.model import Entry, Formula
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.periods import CALENDARS, period_in


def deadline_without_due(scene: Scene) -> Iterator[Finding]:
    """A deadline of which nobody said when it is due: it is never due, and never scored (AC11)."""
    for line in scene.lines:
        if line.indicator.formula is Formula.DEADLINE and deadline_of(line.indicator.levels) is None:
            yield on("deadline_without_due", line.indicator)


def due_day_outside_month(scene: Scene) -> Iterator[Finding]:
    """A step with a due day that is not in its due month: the day decides (AC11)."""
    for line in scene.lines:
        for level in line.indicator.levels:
            if level.due_told is not None and level.due_on is not None:
                day = level.due_on.isoformat()
                yield on("due_day_outside_month", line.indicator, level=level.number, month=level.due_told, day=day)


def reached_day_outside_month(scene: Scene) -> Iterator[Finding]:
    """A step with the day on which it was reached, and a month that is another: the month decides (AC5, AC11)."""
    plan = scene.plan
    for line in scene.lines if plan.calendar in CALENDARS else ():
        for level in line.indicator.levels:
            if level.reached_on is None or level.reached_period is None:
                continue
            if period_in(level.reached_on, plan.year_be, plan.calendar) != level.reached_period:
                day = {"day": level.reached_on.isoformat(), "month": level.reached_period}
                yield on("reached_day_outside_month", line.indicator, level=level.number, **day)


def range_end_missing(scene: Scene) -> Iterator[Finding]:
    """A range of which some months have one end only, which is then both (AC13)."""
    for line in scene.lines:
        if line.indicator.formula is Formula.RANGE:
            months = [e.period for e in line.indicator.entries if _is_planned(e) and not _has_upper(e)]
            if months:
                yield on("range_end_missing", line.indicator, months=sorted(set(months)))


def range_reversed(scene: Scene) -> Iterator[Finding]:
    """A range whose upper end is below its lower one: the ends are taken in order (AC13)."""
    for line in scene.lines:
        for entry in line.indicator.entries:
            lower, upper = entry.planned, entry.planned_upper
            if isinstance(lower, Decimal) and isinstance(upper, Decimal) and upper < lower:
                yield on("range_reversed", line.indicator, month=entry.period, lower=lower, upper=upper)


def upper_without_range(scene: Scene) -> Iterator[Finding]:
    """An upper end planned for an indicator that is not held against a range: nothing looks at it (AC13)."""
    for line in scene.lines:
        months = [e.period for e in line.indicator.entries if _has_upper(e)]
        if months and line.indicator.formula is not Formula.RANGE:
            yield on("upper_without_range", line.indicator, months=sorted(set(months)))


def scale_not_positive(scene: Scene) -> Iterator[Finding]:
    """A share that is per nothing, or per less: it is taken as the unit of measure says, else per hundred (AC14)."""
    for line in scene.lines:
        scale = line.indicator.scale
        if scale is not None and scale <= 0:
            yield on("scale_not_positive", line.indicator, scale=scale, per=line.indicator.per)


def _is_planned(entry: Entry) -> bool:
    return isinstance(entry.planned, Decimal)


def _has_upper(entry: Entry) -> bool:
    return isinstance(entry.planned_upper, Decimal)
