"""An indicator's entries laid out over twelve months, a row for each unit that reports.

One month holds one figure of a unit and a side.  Where it was reported twice a row of twelve
cells cannot hold it: that series ``fits`` not, and its totals are written as Samrit computed them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from samrit.engine.indicators.achievement import upper_ends
from samrit.engine.indicators.rhythm import last_end, length_of
from samrit.engine.indicators.totals import Side
from samrit.engine.model import Aggregation, Entry, Figure, Formula, Indicator, Mark

PERIODS = range(1, 13)


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What one month of one side shows: figure, its parts, and the months it stands for."""

    figure: Figure = Mark.BLANK
    numerator: Figure = Mark.BLANK
    denominator: Figure = Mark.BLANK
    span: int = 1

    @property
    def is_figure(self) -> bool:
        """Whether a number stands here."""
        return isinstance(self.figure, Decimal)

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
    is_timed: bool = False  # reported less often than every month (SP2)
    upper: tuple[MonthFigures, ...] = ()  # the upper ends of what is planned, where ranges are (AC13)

    def side(self, side: Side) -> tuple[MonthFigures, ...]:
        """Return the months of one side."""
        return self.planned if side is Side.PLANNED else self.actual

    @property
    def has_spans(self) -> bool:
        """Whether a figure stands for more than its own month, or its month is in view only later."""
        return self.is_timed or any(month.span > 1 for month in (*self.planned, *self.actual))

    @property
    def has_parts(self) -> bool:
        """Whether a share was given with its parts."""
        return any(month.has_parts for month in (*self.planned, *self.actual))


def series_of(indicator: Indicator) -> tuple[UnitSeries, ...]:
    """Return the indicator's series, one for each unit that reports; without entries an empty one."""
    grouped: dict[str, list[Entry]] = {}
    for entry in indicator.entries:
        grouped.setdefault(entry.unit, []).append(entry)
    if not grouped:
        grouped[""] = []
    shares = indicator.aggregation is Aggregation.RATIO
    is_timed = length_of(indicator.rhythm) > 1
    made = [_series(unit, tuple(own), shares=shares) for unit, own in sorted(grouped.items())]
    if indicator.formula is Formula.RANGE:
        made = [_with_ends(indicator, one, shares=shares) for one in made]
    return tuple(replace(one, is_timed=is_timed) for one in made)


def until_of(indicator: Indicator, as_of: int) -> tuple[str, int]:
    """Return up to which month the figures of an indicator count, as a formula and as a number (SP2)."""
    months = length_of(indicator.rhythm)
    return ("as_of" if months == 1 else f"(INT(as_of/{months})*{months})"), last_end(indicator.rhythm, as_of)


def _series(unit: str, entries: tuple[Entry, ...], *, shares: bool) -> UnitSeries:
    planned, plan_fits = _months(Side.PLANNED, entries, shares=shares)
    actual, actual_fits = _months(Side.ACTUAL, entries, shares=shares)
    return UnitSeries(unit, planned, actual, plan_fits and actual_fits, entries)


def _with_ends(indicator: Indicator, series: UnitSeries, *, shares: bool) -> UnitSeries:
    ends = upper_ends(replace(indicator, entries=series.entries)).entries
    upper, fits = _months(Side.PLANNED, ends, shares=shares)
    return replace(series, upper=upper, fits=series.fits and fits)


def _months(side: Side, entries: tuple[Entry, ...], *, shares: bool) -> tuple[tuple[MonthFigures, ...], bool]:
    months, fits = [], True
    for period in PERIODS:
        here = [e for e in entries if e.period == period]
        held = [e for e in here if _month(e, side).figure is not Mark.BLANK or _month(e, side).has_parts]
        numbers = [e for e in held if isinstance(side.figure(e), Decimal) or (shares and _month(e, side).has_parts)]
        widest = max((e.span for e in numbers), default=0)
        chosen = [e for e in numbers if e.span == widest] or held[:1]
        month = _month(chosen[-1], side) if chosen else MonthFigures()
        if chosen and not numbers:
            month = replace(month, span=1)  # a mark, or parts of what is no share, cover no month
        fits = fits and len(chosen) <= 1
        months.append(month)
    return tuple(months), fits and all(e.period in PERIODS for e in entries)


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
