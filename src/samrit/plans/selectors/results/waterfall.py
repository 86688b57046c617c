"""A work's score as a waterfall: what each indicator gave, from nothing up to the whole (WE1, WE3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact, round_half_up
from samrit.engine.results import IndicatorResult, ProjectResult
from samrit.plans.selectors.results.naming import Names


@dataclass(frozen=True, slots=True)
class Fall:
    """What one indicator gave to the score; places in the bar are hundredths of its length.

    ``full`` is what it gives at 100 percent; None where points are counted, which have no such mark.
    """

    id: str
    name: str
    weight: Decimal
    shown: str
    gain: Decimal
    full: Decimal | None
    start: Decimal
    width: Decimal
    full_width: Decimal

    @property
    def lost(self) -> Decimal:
        """How much is missing to what it gives at 100 percent; 0 where nothing is."""
        return ZERO if self.full is None else max(self.full - self.gain, ZERO)


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The indicators of a score in their order; ``worst`` lost most, None where none lost anything."""

    falls: tuple[Fall, ...]
    total: Decimal
    shown: str
    width: Decimal
    worst: Fall | None


@exact
def waterfall_of(names: Names, result: ProjectResult) -> Waterfall | None:
    """Return the waterfall of a computed score; None for a settled one, or of fewer than two indicators."""
    parts = [i for i in result.indicators if _value(result, i) is not None and i.effective_weight is not None]
    if result.override is not None or result.figure is None or len(parts) < 2:
        return None
    by_points = result.score is not None
    divisor = sum([i.effective_weight or ZERO for i in parts], ZERO) if by_points else HUNDRED
    gains = [divide((i.effective_weight or ZERO) * (_value(result, i) or ZERO), divisor) for i in parts]
    fulls = [None if by_points else i.effective_weight for i in parts]
    longest = _longest(gains, fulls)
    falls, start = [], ZERO
    for part, gain, full in zip(parts, gains, fulls, strict=True):
        falls.append(
            Fall(
                part.indicator.id,
                part.indicator.name,
                part.effective_weight or ZERO,
                names.percent(_value(result, part)),
                gain,
                full,
                _place(start, longest),
                _place(gain, longest),
                _place(max(full or ZERO, gain), longest),
            )
        )
        start += gain
    worst = max(falls, key=lambda fall: fall.lost)
    return Waterfall(
        tuple(falls), start, names.percent(result.figure), _place(start, longest), worst if worst.lost else None
    )


def _value(result: ProjectResult, part: IndicatorResult) -> Decimal | None:
    return part.percent if result.score is None else part.score


def _longest(gains: Sequence[Decimal], fulls: Sequence[Decimal | None]) -> Decimal:
    """Return how far to the right anything reaches: the total, or an indicator's full mark beyond it."""
    reach, start = ZERO, ZERO
    for gain, full in zip(gains, fulls, strict=True):
        reach = max(reach, start + max(gain, full or ZERO))
        start += gain
    return reach


def _place(value: Decimal, longest: Decimal) -> Decimal:
    return round_half_up(divide(value * HUNDRED, longest), 2) if longest > 0 else ZERO
