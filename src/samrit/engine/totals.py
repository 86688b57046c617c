"""Totals of an indicator up to a period (TO1–TO6) and over reporting units (RU3).

The order of work: entries in view → figures of one side → total of each unit →
total of the indicator.  Plan and actual go through the same steps (R185).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter

from samrit.engine.arithmetic import HUNDRED, ZERO, divide
from samrit.engine.model import Aggregation, Consolidation, Entry, EntryBasis, Indicator, Plan, Site
from samrit.engine.results import Total, UnitTotal
from samrit.engine.series import Side, by_unit, entries_in_view, reporting_unit

__all__ = [
    "Side",
    "consolidation_of",
    "entries_in_view",
    "indicator_total",
    "last_reported",
    "reporting_unit",
    "site_total",
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


def indicator_total(indicator: Indicator, side: Side, as_of: int, successors: Mapping[str, str] | None = None) -> Total:
    """Return the total of one side of ``indicator`` over periods 1..``as_of``.

    ``successors`` maps a unit to the one that reports on in its place; both are one
    series (P2).  The value is None when no figure is in view.
    """
    entries = entries_in_view(indicator.entries, side, as_of)
    rule = RULE_OF[indicator.aggregation]
    if not entries:
        return Total(None, rule)
    grouped = by_unit(entries, successors)
    if len(grouped) == 1:
        ((unit, own),) = grouped.items()
        total, has_parts = _unit_total(indicator, side, unit, own)
        return Total(total.value, rule, (total,), "" if has_parts else NOTE_SHARES_WITHOUT_PARTS)
    if "" in grouped:
        whole, _ = _unit_total(indicator, side, "", grouped[""])
        return Total(whole.value, rule, (whole,), NOTE_WHOLE_FIGURE)
    note, totals = "", []
    for unit in sorted(grouped):
        total, has_parts = _unit_total(indicator, side, unit, grouped[unit])
        totals.append(total)
        if not has_parts:
            note = NOTE_SHARES_WITHOUT_PARTS
    return _consolidated(indicator, tuple(totals), note)


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


def _unit_total(indicator: Indicator, side: Side, unit: str, entries: list[Entry]) -> tuple[UnitTotal, bool]:
    """Return one unit's total and whether a share was made from its parts (True for all but TO6)."""
    aggregation = indicator.aggregation
    if aggregation is Aggregation.RATIO:
        return _ratio_total(indicator, side, unit, entries)
    values = [figure for figure in map(side.figure, entries) if figure.__class__ is Decimal]
    total = _TOTAL[aggregation](values) if values else None
    if aggregation is Aggregation.SUM and indicator.entry_basis is EntryBasis.TO_DATE and values:
        total = values[-1]
    return UnitTotal(unit, total, None, None, RULE_OF[aggregation], tuple(entries)), True


def _ratio_total(indicator: Indicator, side: Side, unit: str, entries: list[Entry]) -> tuple[UnitTotal, bool]:
    parts = [p for e in entries if (p := _decimal_parts(side, e)) is not None]
    if len(parts) < len(entries):
        # Some months give only a percent: their sizes are unknown, so the plain mean has to do, and says so (RU3).
        shares = [share for e in entries if (share := _share(side, e)) is not None]
        return UnitTotal(unit, _mean(shares) if shares else None, None, None, "TO6", tuple(entries)), False
    if indicator.entry_basis is EntryBasis.TO_DATE:
        parts = parts[-1:]
    numerator = sum((n for n, _ in parts), ZERO)
    denominator = sum((d for _, d in parts), ZERO)
    return UnitTotal(unit, _percent(numerator, denominator), numerator, denominator, "TO6", tuple(entries)), True


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
    return Total(_over_units(how, values) if values else None, "RU3", units, note)


def _over_units(how: Consolidation, values: Sequence[Decimal]) -> Decimal:
    if how is Consolidation.SUM:
        return sum(values, ZERO)
    if how in (Consolidation.MAX, Consolidation.MIN):
        return max(values) if how is Consolidation.MAX else min(values)
    return _mean(values)


def _percent(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    return divide(numerator * HUNDRED, denominator) if denominator else None


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


def last_reported(plan: Plan) -> int:
    """Return the latest period with a result, 0 when nothing was reported yet."""
    reported = (
        entry.period
        for project in plan.projects
        for indicator in project.indicators
        for entry in indicator.entries
        if isinstance(entry.actual, Decimal) or isinstance(entry.numerator, Decimal)
    )
    return max(reported, default=0)
