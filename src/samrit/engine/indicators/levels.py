"""Level scales and point scales (AC5, M-B, M-C, M-D): a value on a ladder of thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from samrit.engine.arithmetic import ZERO, divide
from samrit.engine.model import Direction, Formula, Indicator, IndicatorCard, Level
from samrit.engine.ruleset import PointScale


def points(value: Decimal, scale: PointScale, *, lower_is_better: bool = False) -> Decimal:
    """Return the points that ``value`` earns on ``scale``.

    Short of the first threshold it earns the floor, from the last one on the last
    points; between two thresholds the lower one's points, or linear between both.
    Thresholds 10 / 9.5 / 9 / 8.5 / 8 with lower is better: 8.7 → 3 by steps, 3.6 interpolated.
    """
    sign = -1 if lower_is_better else 1
    met = [k for k, threshold in enumerate(scale.thresholds) if value * sign >= threshold * sign]
    if not met:
        return scale.floor
    k = met[-1]
    if k + 1 == len(scale.thresholds) or not scale.interpolated:
        return scale.points[k]
    low, high = scale.thresholds[k], scale.thresholds[k + 1]
    return scale.points[k] + divide((value - low) * (scale.points[k + 1] - scale.points[k]), high - low)


def threshold_scale(indicator: Indicator) -> PointScale | None:
    """Return the indicator's own threshold levels as a scale of level numbers, or None without any."""
    levels = [lv for lv in by_number(indicator.levels) if lv.threshold is not None]
    if not levels:
        return None
    return PointScale(
        thresholds=tuple(lv.threshold for lv in levels if lv.threshold is not None),
        points=tuple(Decimal(lv.number) for lv in levels),
        interpolated=indicator.interpolated,
        floor=ZERO,
    )


def has_thresholds(indicator: Indicator) -> bool:
    """Say whether values are looked up on the indicator's levels, in this period or from a later one on (AC5, AC12)."""
    return any(level.threshold is not None or level.thresholds for level in indicator.levels)


def in_force(indicator: Indicator, as_of: int) -> Indicator:
    """Return ``indicator`` with the thresholds that hold at ``as_of`` (AC5); the same object where none changes."""
    if not any(level.thresholds for level in indicator.levels):
        return indicator
    return replace(indicator, levels=tuple(_in_force(level, as_of) for level in indicator.levels))


def _in_force(level: Level, as_of: int) -> Level:
    held = [value for period, value in sorted(level.thresholds) if period <= as_of]
    return replace(level, threshold=held[-1]) if held else level


def by_number(levels: Iterable[Level]) -> list[Level]:
    """Return levels from the first to the last."""
    return sorted(levels, key=lambda level: level.number)


def has_milestones(indicator: Indicator) -> bool:
    """Say whether the levels are steps with due months or days rather than thresholds."""
    return any(lv.due_period is not None or lv.due_on is not None for lv in indicator.levels)


def is_due_later(indicator: Indicator) -> bool:
    """Say whether something of the indicator is due by a day after the plan's year, and nothing in it (AC11)."""
    steps = [lv for lv in by_number(indicator.levels) if lv.due_period is not None or lv.due_on is not None]
    counted = steps[-1:] if indicator.formula is Formula.DEADLINE else steps
    return bool(steps) and all(lv.due_period is None for lv in counted)


def is_by_steps(indicator: Indicator) -> bool:
    """Say whether days are reported instead of figures: milestones and deadlines (AC5, AC11)."""
    return indicator.formula in (Formula.LEVELS, Formula.DEADLINE) and has_milestones(indicator)


def milestone_planned(levels: Sequence[Level], as_of: int) -> Decimal | None:
    """Return the highest level due by ``as_of``, None when none is due yet (R109)."""
    due = [lv.number for lv in levels if lv.due_period is not None and lv.due_period <= as_of]
    return Decimal(max(due)) if due else None


def milestone_reached(levels: Sequence[Level], as_of: int) -> Decimal | None:
    """Return the highest level up to which every step was reached by ``as_of``.

    A level with an earlier one missing does not count yet (R114, R116); None when
    nothing was reported on any level.
    """
    reported = {lv.number: lv.reached_period for lv in levels if lv.reached_period is not None}
    if not any(period <= as_of for period in reported.values()):
        return None
    reached = 0
    for number in sorted(lv.number for lv in levels):
        period = reported.get(number)
        if period is None or period > as_of:
            break
        reached = number
    return Decimal(reached)


def level_of(value: Decimal, indicator: Indicator) -> Decimal | None:
    """Return the level that a measured ``value`` reaches on the indicator's own thresholds (AC5, AC12)."""
    scale = threshold_scale(indicator)
    if scale is None:
        return None
    return points(value, scale, lower_is_better=indicator.direction is Direction.LOWER)


_MONTHS_OF = (
    (1, ("ทุกเดือน", "รายเดือน", "เดือนละ", "monthly", "every month")),
    (3, ("ไตรมาส", "quarter", "ทุก 3 เดือน")),
    (6, ("6 เดือน", "หกเดือน", "ครึ่งปี", "half")),
)


def measured_from(cards: Iterable[IndicatorCard]) -> dict[str, int]:
    """Return the first month 1..12 in which each card says that its indicator is measured; a year where it does not."""
    return {card.indicator: _first_month(card.frequency.casefold()) for card in cards}


def _first_month(frequency: str) -> int:
    return next((month for month, words in _MONTHS_OF if any(word in frequency for word in words)), 12)
