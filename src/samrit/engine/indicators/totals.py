"""Totals of an indicator up to a period (TO1–TO6, EB1, SP1) and over reporting units (RU3, RU4).

The order of work: entries in view → each month over its units → the months.  Plan and
actual go through the same steps (R185).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from samrit.engine.arithmetic import HUNDRED, ZERO, divide
from samrit.engine.indicators.mergers import Successors
from samrit.engine.indicators.series import Side, counted_once, entries_in_view, standing
from samrit.engine.model import Aggregation, Consolidation, Entry, EntryBasis, Indicator, Site
from samrit.engine.results import Part, Total
from samrit.engine.sites import committed_since, mean_progress

__all__ = [
    "Share",
    "Side",
    "consolidation_of",
    "entries_in_view",
    "indicator_total",
    "over_units",
    "progress_total",
    "share_of",
    "site_total",
    "takes_last",
    "unit_total",
]

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

_BY_PERIOD = attrgetter("period")


def indicator_total(indicator: Indicator, side: Side, as_of: int, successors: Successors | None = None) -> Total:
    """Return the total of one side of ``indicator`` over periods 1..``as_of``.

    ``successors`` says which unit stands for which from when on (``mergers``).  The value
    is None when no figure is in view.
    """
    shares = indicator.aggregation is Aggregation.RATIO
    entries = entries_in_view(indicator.entries, side, as_of, shares=shares)
    rule = "EB1" if indicator.entry_basis is EntryBasis.TO_DATE else RULE_OF[indicator.aggregation]
    if not entries:
        return Total(None, rule)
    if _one_unit(entries):
        return _of_one(indicator, side, rule, entries)
    used, aside = counted_once(entries)
    if _one_unit(used):
        total = _of_one(indicator, side, rule, used)
    else:
        total = _of_several(indicator, side, rule, used, successors)
    if not aside:
        return total
    return total._replace(set_aside=tuple(aside), note=total.note or NOTE_WHOLE_FIGURE)


def unit_total(indicator: Indicator, side: Side, as_of: int, unit: str) -> Total:
    """Return the total of one unit's own figures, for the lines of a table that shows units apart."""
    own = tuple(e for e in indicator.entries if e.unit == unit)
    return indicator_total(replace(indicator, entries=own), side, as_of)


def _one_unit(entries: Sequence[Entry]) -> bool:
    first = entries[0].unit
    return all([e.unit == first for e in entries])  # noqa: C419 - quicker than asking one by one


def site_total(sites: Sequence[Site], side: Side, as_of: int) -> Total:
    """Return the number of sites committed, or due to be, up to ``as_of`` (R189); None without sites.

    A site without a due period is due by the year's end.
    """
    if not sites:
        return Total(None, "R189")
    if side is Side.PLANNED:
        count = sum(1 for s in sites if (s.commitment_due_period or 12) <= as_of)
    else:
        count = sum(1 for s in sites if committed_since(s, as_of) is not None)
    return Total(Decimal(count), "R189")


def progress_total(sites: Sequence[Site], side: Side, as_of: int, share: Decimal) -> Total:
    """Return the mean progress in percent of the sites due up to ``as_of``, planned or reached (R191)."""
    made = mean_progress(sites, share, as_of)
    return Total(None if made is None else made[0 if side is Side.PLANNED else 1], "R191")


def _of_one(indicator: Indicator, side: Side, rule: str, entries: list[Entry]) -> Total:
    """Return the total of one unit's months."""
    unit, seen = entries[0].unit, tuple(entries)
    used = entries[-1:] if takes_last(indicator) else entries
    if indicator.aggregation is not Aggregation.RATIO:
        total = _TOTAL[indicator.aggregation]([f for f in map(side.figure, used) if isinstance(f, Decimal)])
        return Total(total, rule, (Part(unit, 0, total, None, None, seen),))
    shares = [share_of(side, e, indicator.per) for e in used]
    value, numerator, denominator = _ratio(shares, indicator.per)
    averaged = numerator is None and not takes_last(indicator)
    note = NOTE_SHARES_WITHOUT_PARTS if averaged else ""
    return Total(value, rule, (Part(unit, 0, value, numerator, denominator, seen),), note)


def takes_last(indicator: Indicator) -> bool:
    """Say whether the last figure is the total: the latest, or any that is given to date (TO3, EB1)."""
    return indicator.aggregation is Aggregation.LATEST or indicator.entry_basis is EntryBasis.TO_DATE


def _of_several(
    indicator: Indicator, side: Side, rule: str, entries: Sequence[Entry], successors: Successors | None
) -> Total:
    """Return the total over several units: each month over its units first, the months after (RU4)."""
    if takes_last(indicator):
        months = [(entries[-1].period, standing(entries, successors))]
    else:
        months = [(period, list(own)) for period, own in groupby(entries, key=_BY_PERIOD)]
    how = consolidation_of(indicator)
    joint = any(len(own) > 1 for _, own in months)
    if how is None and joint:
        parts = tuple(Part("", period, None, None, None, tuple(own)) for period, own in months)
        return Total(None, "RU4", parts, NOTE_CONSOLIDATION_MISSING)
    parts = tuple(_month(indicator, side, how, period, own) for period, own in months)
    value, with_parts = _over_months(indicator, parts)
    return Total(value, "RU4" if joint else rule, parts, _note(indicator, how, joint=joint, with_parts=with_parts))


def _note(indicator: Indicator, how: Consolidation | None, *, joint: bool, with_parts: bool) -> str:
    if indicator.aggregation is Aggregation.RATIO and not with_parts:
        return NOTE_SHARES_WITHOUT_PARTS
    return NOTE_MEAN_OVER_UNITS if joint and how is Consolidation.AVERAGE else ""


class Share(NamedTuple):
    """A reported share: its percent, and its parts where it has them."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


def _month(indicator: Indicator, side: Side, how: Consolidation | None, period: int, entries: list[Entry]) -> Part:
    """Return one month over its units."""
    own = tuple(entries)
    if indicator.aggregation is Aggregation.RATIO:
        shares = [share_of(side, e, indicator.per) for e in own]
        if len(shares) == 1 or how is Consolidation.RATIO:
            return Part("", period, *_ratio(shares, indicator.per), own)
        figures = [s.value for s in shares if s.value is not None]
    else:
        figures = [f for f in map(side.figure, own) if isinstance(f, Decimal)]
    value = None
    if figures:
        value = figures[0] if how is None or len(own) == 1 else over_units(how, figures)
    return Part("", period, value, None, None, own)


def _over_months(indicator: Indicator, parts: tuple[Part, ...]) -> tuple[Decimal | None, bool]:
    """Return the months put together, and whether a share was made from its parts."""
    if len(parts) == 1:
        return parts[0].value, parts[0].denominator is not None
    if indicator.aggregation is Aggregation.RATIO:
        value, numerator, _ = _ratio([Share(p.value, p.numerator, p.denominator) for p in parts], indicator.per)
        return value, numerator is not None
    values = [p.value for p in parts if p.value is not None]
    return (_TOTAL[indicator.aggregation](values) if values else None), False


def _ratio(shares: Sequence[Share], scale: Decimal) -> Share:
    """Return Σ numerators ÷ Σ denominators × ``scale`` (TO6, AC14); the plain mean where parts are lacking (RU3)."""
    if all(s.denominator is not None for s in shares):
        numerator = sum((s.numerator for s in shares if s.numerator is not None), ZERO)
        denominator = sum((s.denominator for s in shares if s.denominator is not None), ZERO)
        return Share(_scaled(numerator, denominator, scale), numerator, denominator)
    values = [s.value for s in shares if s.value is not None]
    return Share(_mean(values) if values else None, None, None)


def share_of(side: Side, entry: Entry, scale: Decimal = HUNDRED) -> Share:
    """Return the share that an entry reports on one side; parts go before a figure that was rounded from them.

    ``scale`` is the indicator's: 100 for a percent, 1,000 for a rate per thousand (AC14).
    """
    figure, (numerator, denominator) = side.figure(entry), side.parts(entry)
    if not (isinstance(numerator, Decimal) and isinstance(denominator, Decimal)):
        return Share(figure if isinstance(figure, Decimal) else None, None, None)
    return Share(_scaled(numerator, denominator, scale), numerator, denominator)


def consolidation_of(indicator: Indicator) -> Consolidation | None:
    """Return how the indicator's units are put together (RU3), None where that would have to be guessed."""
    return indicator.consolidation or _DEFAULT_CONSOLIDATION.get(indicator.aggregation)


def over_units(how: Consolidation, values: Sequence[Decimal]) -> Decimal:
    """Return figures of several units, at least one, put together (RU3); shares without parts by their mean."""
    if how is Consolidation.SUM:
        return sum(values, ZERO)
    if how in (Consolidation.MAX, Consolidation.MIN):
        return max(values) if how is Consolidation.MAX else min(values)
    return _mean(values)


def _scaled(numerator: Decimal, denominator: Decimal, scale: Decimal) -> Decimal | None:
    return divide(numerator * scale, denominator) if denominator else None


def _mean(values: Sequence[Decimal]) -> Decimal:
    return divide(sum(values, ZERO), Decimal(len(values)))


def _sum(values: Sequence[Decimal]) -> Decimal:
    return sum(values, ZERO)


_TOTAL: Mapping[Aggregation, Callable[[Sequence[Decimal]], Decimal]] = {
    Aggregation.SUM: _sum,
    Aggregation.AVERAGE: _mean,
    Aggregation.LATEST: itemgetter(-1),
    Aggregation.MAX: max,
    Aggregation.MIN: min,
}
