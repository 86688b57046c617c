"""Totals of an indicator up to a period (TO1–TO6) and over reporting units (RU3).

The order of work: entries in view → figures of one side → total of each unit →
total of the indicator.  Plan and actual go through the same steps (R185).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from operator import attrgetter

from samrit.engine.arithmetic import HUNDRED, ZERO, divide
from samrit.engine.model import Aggregation, Consolidation, Entry, EntryBasis, Figure, Indicator, Site
from samrit.engine.results import Total, UnitTotal

NOTE_SHARES_WITHOUT_PARTS = "ratio_without_parts"
NOTE_MEAN_OVER_UNITS = "mean_over_units"
NOTE_CONSOLIDATION_MISSING = "consolidation_missing"
NOTE_WHOLE_FIGURE = "whole_figure_used"

RULE_OF = {
    Aggregation.SUM: "TO1",
    Aggregation.AVERAGE: "TO2",
    Aggregation.LATEST: "TO3",
    Aggregation.MAX: "TO4",
    Aggregation.MIN: "TO5",
    Aggregation.RATIO: "TO6",
}

# RU3: over units a sum stays a sum, a share stays a share.  "latest" says nothing about units,
# so it has to be declared.
_DEFAULT_CONSOLIDATION = {
    Aggregation.SUM: Consolidation.SUM,
    Aggregation.AVERAGE: Consolidation.AVERAGE,
    Aggregation.MAX: Consolidation.MAX,
    Aggregation.MIN: Consolidation.MIN,
    Aggregation.RATIO: Consolidation.RATIO,
}


class Side(Enum):
    """Which of the two rows of an indicator is totalled."""

    PLANNED = "planned"
    ACTUAL = "actual"

    def figure(self, entry: Entry) -> Figure:
        """Return the entry's figure on this side."""
        return _FIGURE[self](entry)

    def parts(self, entry: Entry) -> tuple[Figure, Figure]:
        """Return numerator and denominator of the entry on this side."""
        return _PARTS[self](entry)


# Read through attrgetter: a plan has some ten thousand cells and is scored at every look.
_FIGURE: Mapping[Side, Callable[[Entry], Figure]] = {
    Side.PLANNED: attrgetter("planned"),
    Side.ACTUAL: attrgetter("actual"),
}
_PARTS: Mapping[Side, Callable[[Entry], tuple[Figure, Figure]]] = {
    Side.PLANNED: attrgetter("planned_numerator", "planned_denominator"),
    Side.ACTUAL: attrgetter("numerator", "denominator"),
}
_IN_TIME = attrgetter("period", "span", "unit")


def indicator_total(indicator: Indicator, side: Side, as_of: int, successors: Mapping[str, str] | None = None) -> Total:
    """Return the total of one side of ``indicator`` over periods 1..``as_of``.

    ``successors`` maps a unit to the one that reports on in its place; both are one
    series (P2).  The value is None when no figure is in view.
    """
    entries = entries_in_view(indicator.entries, side, as_of)
    note, totals = "", []
    for unit, own in _by_unit(entries, successors).items():
        total, has_parts = _unit_total(indicator, side, unit, own)
        totals.append(total)
        if not has_parts:
            note = NOTE_SHARES_WITHOUT_PARTS
    if len(totals) == 1:
        return Total(totals[0].value, totals[0].rule, tuple(totals), note)
    if not totals:
        return Total(None, RULE_OF[indicator.aggregation])
    if whole := [t for t in totals if not t.unit]:
        return Total(whole[0].value, whole[0].rule, tuple(whole), NOTE_WHOLE_FIGURE)
    return _consolidated(indicator, tuple(sorted(totals, key=attrgetter("unit"))), note)


def _by_unit(entries: tuple[Entry, ...], successors: Mapping[str, str] | None) -> dict[str, tuple[Entry, ...]]:
    """Group entries by the unit that reports on in the end, its own figure last in a period; one unit is the usual case."""
    units = {e.unit for e in entries}
    if len(units) == 1:
        return {reporting_unit(units.pop(), successors): entries}
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(reporting_unit(entry.unit, successors), []).append(entry)
    return {unit: tuple(sorted(own, key=lambda e: (e.period, e.span, e.unit == unit))) for unit, own in grouped.items()}


def entries_in_view(entries: Iterable[Entry], side: Side, as_of: int) -> tuple[Entry, ...]:
    """Return the entries of periods 1..``as_of`` that hold a figure on ``side``, by period.

    A figure for several months replaces those of the months it covers, unit by unit;
    before its own period it is not in view and the months stand.
    """
    figure, parts = _FIGURE[side], _PARTS[side]
    seen = [e for e in entries if e.period <= as_of and (figure(e).__class__ is Decimal or _both(*parts(e)))]
    seen.sort(key=_IN_TIME)
    spans = [e for e in seen if e.span > 1]
    if not spans:
        return tuple(seen)
    return tuple([e for e in seen if not any(_covers(wide, e) for wide in spans)])


def site_total(sites: Sequence[Site], side: Side, as_of: int) -> Total:
    """Return the number of sites committed, or due to be, up to ``as_of`` (R189); None without sites.

    A site without a due period is due by the year's end.
    """
    if not sites:
        return Total(None, "R189")
    if side is Side.PLANNED:
        count = sum(1 for s in sites if (s.commitment_due_period or 12) <= as_of)
    else:
        count = sum(1 for s in sites if s.committed_period is not None and s.committed_period <= as_of)
    return Total(Decimal(count), "R189")


def _both(numerator: Figure, denominator: Figure) -> bool:
    return numerator.__class__ is Decimal and denominator.__class__ is Decimal


def _covers(wide: Entry, entry: Entry) -> bool:
    return wide.unit == entry.unit and wide.span > entry.span and wide.period - wide.span < entry.period <= wide.period


def reporting_unit(unit: str, successors: Mapping[str, str] | None) -> str:
    """Return the unit that reports on in the place of ``unit``, or the unit itself (P2)."""
    followed = {unit}
    while successors and (after := successors.get(unit)) and after not in followed:
        unit = after
        followed.add(unit)
    return unit


def _unit_total(indicator: Indicator, side: Side, unit: str, entries: tuple[Entry, ...]) -> tuple[UnitTotal, bool]:
    """Return one unit's total and whether a share was made from its parts (True for all but TO6)."""
    aggregation = indicator.aggregation
    if aggregation is Aggregation.RATIO:
        return _ratio_total(indicator, side, unit, entries)
    values = [figure for figure in map(_FIGURE[side], entries) if isinstance(figure, Decimal)]
    how = aggregation
    if aggregation is Aggregation.SUM and indicator.entry_basis is EntryBasis.TO_DATE:
        how = Aggregation.LATEST
    total = _TOTAL[how](values) if values else None
    return UnitTotal(unit, total, None, None, RULE_OF[aggregation], entries), True


def _ratio_total(indicator: Indicator, side: Side, unit: str, entries: tuple[Entry, ...]) -> tuple[UnitTotal, bool]:
    parts = [p for e in entries if (p := _decimal_parts(side, e)) is not None]
    if len(parts) < len(entries):
        # Some months give only a percent: their sizes are unknown, so the plain mean has to do, and says so (RU3).
        shares = [share for e in entries if (share := _share(side, e)) is not None]
        return UnitTotal(unit, _mean(shares) if shares else None, None, None, "TO6", entries), False
    if indicator.entry_basis is EntryBasis.TO_DATE:
        parts = parts[-1:]
    numerator = sum((n for n, _ in parts), ZERO)
    denominator = sum((d for _, d in parts), ZERO)
    return UnitTotal(unit, _percent(numerator, denominator), numerator, denominator, "TO6", entries), True


def _decimal_parts(side: Side, entry: Entry) -> tuple[Decimal, Decimal] | None:
    numerator, denominator = side.parts(entry)
    if isinstance(numerator, Decimal) and isinstance(denominator, Decimal):
        return numerator, denominator
    return None


def _share(side: Side, entry: Entry) -> Decimal | None:
    figure = side.figure(entry)
    if isinstance(figure, Decimal):
        return figure
    parts = _decimal_parts(side, entry)
    return _percent(*parts) if parts else None


def consolidation_of(indicator: Indicator) -> Consolidation | None:
    """Return how the indicator's units are put together (RU3), None where that would have to be guessed."""
    return indicator.consolidation or _DEFAULT_CONSOLIDATION.get(indicator.aggregation)


def _consolidated(indicator: Indicator, units: tuple[UnitTotal, ...], note: str) -> Total:
    how = consolidation_of(indicator)
    if how is None:
        return Total(None, "RU3", units, NOTE_CONSOLIDATION_MISSING)
    values = [u.value for u in units if u.value is not None]
    if how is Consolidation.RATIO:
        if all(u.denominator is not None for u in units):
            numerator = sum((u.numerator for u in units if u.numerator is not None), ZERO)
            denominator = sum((u.denominator for u in units if u.denominator is not None), ZERO)
            return Total(_percent(numerator, denominator), "RU3", units, note)
        note = NOTE_SHARES_WITHOUT_PARTS
    elif how is Consolidation.AVERAGE:
        note = note or NOTE_MEAN_OVER_UNITS
    return Total(_CONSOLIDATED[how](values) if values else None, "RU3", units, note)


def _percent(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    return divide(numerator * HUNDRED, denominator) if denominator else None


def _sum(values: Sequence[Decimal]) -> Decimal:
    return sum(values, ZERO)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return divide(_sum(values), Decimal(len(values)))


def _latest(values: Sequence[Decimal]) -> Decimal:
    return values[-1]


_TOTAL: Mapping[Aggregation, Callable[[Sequence[Decimal]], Decimal]] = {
    Aggregation.SUM: _sum,
    Aggregation.AVERAGE: _mean,
    Aggregation.LATEST: _latest,
    Aggregation.MAX: max,
    Aggregation.MIN: min,
}

_CONSOLIDATED: Mapping[Consolidation, Callable[[Sequence[Decimal]], Decimal]] = {
    Consolidation.SUM: _sum,
    Consolidation.AVERAGE: _mean,
    Consolidation.MAX: max,
    Consolidation.MIN: min,
    Consolidation.RATIO: _mean,
}
