"""What was due to date and what of it was reported: figures by unit and month, and units (AC8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from samrit.engine.indicators.mergers import Successors, stands_for
from samrit.engine.indicators.series import Side, counted_once, entries_held, entries_in_view
from samrit.engine.model import Aggregation, Entry, Indicator, Mark
from samrit.engine.results import Coverage, Total


class DueFigures(NamedTuple):
    """The planned figures up to a period, which of them lack a report, and the units silent on all of theirs."""

    planned: tuple[Entry, ...]
    missing: tuple[Entry, ...]
    silent: frozenset[str]

    @property
    def coverage(self) -> Coverage:
        """How much was due and how much was reported."""
        due, units = len(self.planned), len({e.unit for e in self.planned})
        return Coverage(due, due - len(self.missing), units, units - len(self.silent))


NOTHING_DUE = DueFigures((), (), frozenset())


def due_figures(indicator: Indicator, as_of: int, successors: Successors | None) -> DueFigures:
    """Return what ``indicator`` owes over periods 1..``as_of``, 0 being planned like any figure.

    A planned figure is reported when a figure of its unit, of the unit that stands for it
    by then, or of all units is in the planned figure's last month; a unit is silent when
    no figure of any month is.  "–" reports nothing.
    """
    shares = indicator.aggregation is Aggregation.RATIO
    planned, _ = counted_once(entries_in_view(indicator.entries, Side.PLANNED, as_of, shares=shares))
    reports = _reports(indicator.entries, as_of, shares=shares)
    missing = tuple(e for e in planned if not _heard(e.unit, e.period, reports, successors))
    if not missing:
        return DueFigures(tuple(planned), (), frozenset())
    units = {e.unit for e in missing}
    silent = {u for u in units if not any(_heard(u, month, reports, successors) for month in reports)}
    return DueFigures(tuple(planned), missing, frozenset(silent))


def due_of_totals(
    indicator: Indicator, as_of: int, successors: Successors | None, totals: tuple[Total, Total]
) -> DueFigures:
    """Return the same from the totals of both sides where they say it, as they do of one unit's months."""
    plan, actual = totals
    if _is_of_nothing(plan):
        return NOTHING_DUE
    if not (_is_of_one_unit(plan) and _is_of_one_unit(actual)):
        return due_figures(indicator, as_of, successors)
    owed, reports = plan.parts[0], actual.parts[0].entries if actual.parts else ()
    if reports and (actual.parts[0].unit not in ("", owed.unit) or any([e.span > 1 for e in reports])):  # noqa: C419
        return due_figures(indicator, as_of, successors)
    months = {e.period for e in reports}
    missing = tuple([e for e in owed.entries if e.period not in months])
    return DueFigures(owed.entries, missing, frozenset() if months else frozenset({owed.unit}))


def _is_of_one_unit(total: Total) -> bool:
    """Say whether a total is of one unit's months, or of nothing at all."""
    return _is_of_nothing(total) if len(total.parts) != 1 else not total.parts[0].period


def _is_of_nothing(total: Total) -> bool:
    return not (total.parts or total.note or total.set_aside) and total.value is None


def is_due(indicator: Indicator, entry: Entry) -> bool:
    """Say whether a report of ``entry`` is owed: something is planned in it, 0 like any figure, "–" not (AC4, AC10)."""
    shares = indicator.aggregation is Aggregation.RATIO
    return bool(entries_in_view((entry,), Side.PLANNED, entry.period, shares=shares))


def planned_only(indicator: Indicator, kept: Sequence[Entry]) -> Indicator:
    """Return ``indicator`` with the planned figures of the entries ``kept`` and no others, results untouched."""
    keep = {id(e) for e in kept}
    return replace(indicator, entries=tuple(e if id(e) in keep else _unplanned(e) for e in indicator.entries))


def done_as_planned(indicator: Indicator, entries: Sequence[Entry]) -> Indicator:
    """Return ``indicator`` with the planned figures of ``entries`` as their results."""
    as_planned = {id(e) for e in entries}
    filled = tuple(_as_planned(e) if id(e) in as_planned else e for e in indicator.entries)
    return replace(indicator, entries=filled)


def none_done(indicator: Indicator, entries: Sequence[Entry]) -> Indicator:
    """Return ``indicator`` with 0 as the results of ``entries``."""
    nothing = {id(e) for e in entries}
    filled = tuple(replace(e, actual=Decimal()) if id(e) in nothing else e for e in indicator.entries)
    return replace(indicator, entries=filled)


def _reports(entries: Sequence[Entry], as_of: int, *, shares: bool) -> dict[int, set[str]]:
    """Return which units reported a number that is in each month."""
    found: dict[int, set[str]] = {}
    for entry in entries_held(entries, Side.ACTUAL, as_of, shares=shares):
        for month in range(max(1, entry.period - entry.span + 1), entry.period + 1):
            found.setdefault(month, set()).add(entry.unit)
    return found


def _heard(unit: str, month: int, reports: dict[int, set[str]], successors: Successors | None) -> bool:
    """Say whether a report of ``unit``, of its successor by then, or of all units is in ``month``."""
    heard = reports.get(month)
    if not heard:
        return False
    return not unit or "" in heard or any(stands_for(own, unit, month, successors) for own in heard)


def _unplanned(entry: Entry) -> Entry:
    blank = Mark.BLANK
    return replace(entry, planned=blank, planned_numerator=blank, planned_denominator=blank, planned_upper=blank)


def _as_planned(entry: Entry) -> Entry:
    return replace(
        entry,
        actual=entry.planned,
        numerator=entry.planned_numerator,
        denominator=entry.planned_denominator,
    )
