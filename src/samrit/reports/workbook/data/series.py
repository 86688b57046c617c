"""An indicator's entries laid out over twelve months, a row for each unit that reports.

One month holds one figure of a unit and a side.  Where two stand in the same month (two
units in succession both reported it, or it was reported twice) a row of twelve cells
cannot hold them: that series ``fits`` not, and its totals are written as Samrit computed them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.model import Aggregation, Entry, Figure, Indicator, Mark, Plan
from samrit.engine.totals import Side, reporting_unit

PERIODS = range(1, 13)


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What one month of one side shows: figure, its parts, and the months it stands for."""

    figure: Figure = Mark.BLANK
    numerator: Figure = Mark.BLANK
    denominator: Figure = Mark.BLANK
    span: int = 1

    @property
    def has_parts(self) -> bool:
        """Whether both parts of a share are there."""
        return isinstance(self.numerator, Decimal) and isinstance(self.denominator, Decimal)


@dataclass(frozen=True, slots=True)
class UnitSeries:
    """One unit's twelve months on both sides."""

    unit: str
    planned: tuple[MonthFigures, ...]
    actual: tuple[MonthFigures, ...]
    fits: bool
    entries: tuple[Entry, ...]

    def side(self, side: Side) -> tuple[MonthFigures, ...]:
        """Return the months of one side."""
        return self.planned if side is Side.PLANNED else self.actual

    @property
    def has_spans(self) -> bool:
        """Whether a figure stands for more than its own month."""
        return any(month.span > 1 for month in (*self.planned, *self.actual))

    @property
    def has_parts(self) -> bool:
        """Whether a share was given with its parts."""
        return any(month.has_parts for month in (*self.planned, *self.actual))


def successors_of(plan: Plan) -> dict[str, str]:
    """Return which unit reports on in whose place (P2)."""
    return {unit.code: unit.successor for unit in plan.units if unit.successor}


def series_of(indicator: Indicator, successors: Mapping[str, str]) -> tuple[UnitSeries, ...]:
    """Return the indicator's series, one for each unit that reports in the end (P2); without entries an empty one."""
    grouped: dict[str, list[Entry]] = {}
    for entry in indicator.entries:
        grouped.setdefault(reporting_unit(entry.unit, successors), []).append(entry)
    if not grouped:
        grouped[""] = []
    alone = len(grouped) == 1
    return tuple(_series(indicator, unit, tuple(own), alone=alone) for unit, own in sorted(grouped.items()))


def _series(indicator: Indicator, unit: str, entries: tuple[Entry, ...], *, alone: bool) -> UnitSeries:
    planned, plan_fits = _months(indicator, Side.PLANNED, entries, alone=alone)
    actual, actual_fits = _months(indicator, Side.ACTUAL, entries, alone=alone)
    mixed = len({e.unit for e in entries}) > 1 and any(e.span > 1 for e in entries)
    return UnitSeries(unit, planned, actual, plan_fits and actual_fits and not mixed, entries)


def _months(
    indicator: Indicator, side: Side, entries: tuple[Entry, ...], *, alone: bool
) -> tuple[tuple[MonthFigures, ...], bool]:
    months, fits = [], True
    for period in PERIODS:
        here = [e for e in entries if e.period == period]
        held = [e for e in here if _month(e, side).figure is not Mark.BLANK or _month(e, side).has_parts]
        numbers = [e for e in held if isinstance(side.figure(e), Decimal) or _month(e, side).has_parts]
        widest = max((e.span for e in numbers), default=0)
        chosen = [e for e in numbers if e.span == widest] or held[:1]
        month = _month(chosen[-1], side) if chosen else MonthFigures()
        fits = (
            fits and len(chosen) <= 1 and len({e.unit for e in numbers}) <= 1 and _fits(indicator, month, alone=alone)
        )
        months.append(month)
    return tuple(months), fits and all(e.period in PERIODS for e in entries)


def _fits(indicator: Indicator, month: MonthFigures, *, alone: bool) -> bool:
    """Say whether a cell can show the month.

    Parts alone are a figure only where shares are added up by parts; otherwise they
    still hide the months they cover, and still make their unit one that reported.
    """
    harmless = alone and month.span == 1
    is_figure = isinstance(month.figure, Decimal) or indicator.aggregation is Aggregation.RATIO
    return is_figure or not month.has_parts or harmless


def _month(entry: Entry, side: Side) -> MonthFigures:
    numerator, denominator = side.parts(entry)
    span = entry.span if isinstance(side.figure(entry), Decimal) or _both(numerator, denominator) else 1
    return MonthFigures(side.figure(entry), numerator, denominator, span)


def _both(numerator: Figure, denominator: Figure) -> bool:
    return isinstance(numerator, Decimal) and isinstance(denominator, Decimal)


def holds(series: UnitSeries, entry: Entry, side: Side) -> bool:
    """Say whether the row of twelve months shows this entry's own figure on that side."""
    if entry.period not in PERIODS or not series.fits or side.figure(entry) is Mark.BLANK:
        return False
    return series.side(side)[entry.period - 1] == _month(entry, side)
