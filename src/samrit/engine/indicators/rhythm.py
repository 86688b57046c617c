"""How often an indicator reports, and up to which month it is evaluated (SP2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from samrit.engine.model import Entry, Indicator, Mark, Plan, Rhythm


def length_of(rhythm: Rhythm | None) -> int:
    """Return how many months lie between two reports: 1, 3, 6 or 12; a month where no rhythm is said."""
    return 1 if rhythm is None else rhythm.months


def last_end(rhythm: Rhythm | None, as_of: int) -> int:
    """Return the month up to which figures count at ``as_of``: the last that ends an interval, 0 before the first."""
    return as_of - as_of % length_of(rhythm)


def months_with(rhythm: Rhythm | None, period: int) -> range:
    """Return the months of the interval that ``period`` lies in; a report is due for the last of them."""
    length = length_of(rhythm)
    first = period - (period - 1) % length
    return range(first, first + length)


def due_month(rhythm: Rhythm | None, period: int) -> int:
    """Return the month in which what is planned for ``period`` is reported: the last of its interval."""
    return months_with(rhythm, period)[-1]


def evaluated_before(plan: Plan, as_of: int) -> int:
    """Return the end of the quarter before the one of ``as_of``, of the half-year or year where the plan reports so.

    0 where there is none: what an evaluation is compared with as long as none before it was closed.
    """
    months = max(length_of(plan.rhythm), 3)
    return (as_of - 1) // months * months if as_of else 0


def timed(indicator: Indicator, rhythm: Rhythm | None) -> Indicator:
    """Return ``indicator`` with its rhythm, else that of its plan; the same object where it reports every month.

    A result at an interval's end, the only one of its unit there, stands for the whole interval where months
    before the end are planned, too: it answers for each of them.
    """
    own = indicator.rhythm or rhythm
    if length_of(own) == 1:
        return indicator
    entries = tuple(part for entry in indicator.entries for part in _parts(entry, indicator.entries, own))
    if own is indicator.rhythm and entries == indicator.entries:
        return indicator
    return replace(indicator, rhythm=own, entries=tuple(sorted(entries, key=lambda e: (e.unit, e.period, e.span))))


def _parts(entry: Entry, entries: Iterable[Entry], rhythm: Rhythm | None) -> tuple[Entry, ...]:
    """Return the entry, or its plan and its result apart, the latter for the whole interval."""
    months = months_with(rhythm, entry.period)
    if entry.span > 1 or entry.period != months[-1] or not _is_reported(entry):
        return (entry,)
    before = [e for e in entries if e.period in months[:-1]]
    if not any(_is_planned(e) for e in before) or any(_is_reported(e) and e.unit == entry.unit for e in before):
        return (entry,)
    blank = Mark.BLANK
    result = replace(
        entry, span=len(months), planned=blank, planned_upper=blank, planned_numerator=blank, planned_denominator=blank
    )
    plan = replace(entry, actual=blank, numerator=blank, denominator=blank, note="")
    return (plan, result) if _is_planned(entry) else (result,)


def _is_reported(entry: Entry) -> bool:
    return isinstance(entry.actual, Decimal) or isinstance(entry.numerator, Decimal)


def _is_planned(entry: Entry) -> bool:
    return isinstance(entry.planned, Decimal) or isinstance(entry.planned_denominator, Decimal)
