"""What is still to come of an indicator, filled in at a pace: the engine's own totals make the year (FC1, FC7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from samrit.engine.arithmetic import ZERO, divide
from samrit.engine.indicators.series import Side
from samrit.engine.indicators.totals import unit_total
from samrit.engine.model import Aggregation, Entry, EntryBasis, Figure, Indicator, Mark
from samrit.engine.results import Total

YEAR_END = 12
RECENT = 3  # months that make the recent pace
_ONE = Decimal(1)


class Expectation(StrEnum):
    """What the months to come may be expected to be of their plan; which of them is used is chosen on folds (FC6)."""

    HELD = "held"  # the pace of what was due so far
    RECENT = "recent"  # the pace of the last three months
    COMES_IN = "comes_in"  # as held, and who was silent so far reports at the pace of the others
    IN_FULL = "in_full"  # what remains is done as planned


# What a unit's months to come are expected to be of their plan; None: the unit stays silent.
Pace = Callable[[str], Decimal | None]


def as_known(indicator: Indicator, as_of: int) -> Indicator:
    """Return ``indicator`` without the results of months after ``as_of`` and without what was settled for others."""
    entries = tuple(e if e.period <= as_of else _unreported(e) for e in indicator.entries)
    settled = tuple(replace(o, period=YEAR_END) for o in indicator.overrides if o.period == as_of)
    return replace(indicator, entries=entries, overrides=settled)


def filled(indicator: Indicator, as_of: int, pace: Pace) -> Indicator:
    """Return ``indicator`` with the planned months after ``as_of`` done at ``pace``, unit by unit."""
    sizes: dict[str, Decimal] = {}
    entries = []
    for entry in indicator.entries:
        if entry.period > as_of and _is_planned(entry):
            if entry.unit not in sizes:
                sizes[entry.unit] = _whole_of(indicator, entry.unit, as_of)
            entries.append(_done(indicator, entry, pace(entry.unit), sizes[entry.unit]))
        else:
            entries.append(entry)
    return replace(indicator, entries=tuple(entries))


def pace_expected(indicator: Indicator, as_of: int, plan: Total, actual: Total, expected: Expectation) -> Pace:
    """Return the pace that one of the expectations gives; where it has none of its own, the held one."""
    held = held_pace(indicator, as_of, plan, actual)
    if expected is Expectation.RECENT:
        recent = recent_pace(indicator, as_of)
        return held if recent is None else at(recent)
    if expected is Expectation.COMES_IN:
        others = _rate(plan.value, actual.value)
        return lambda unit: others if (own := held(unit)) is None else own
    return AS_PLANNED if expected is Expectation.IN_FULL else held


def held_pace(indicator: Indicator, as_of: int, plan: Total, actual: Total) -> Pace:
    """Return the pace of what was due so far: a unit's own, else that of all; who was silent stays silent (FC1)."""
    overall = _rate(plan.value, actual.value)
    known: dict[str, Decimal | None] = {}

    def pace(unit: str) -> Decimal | None:
        if unit not in known:
            want = unit_total(indicator, Side.PLANNED, as_of, unit).value
            got = unit_total(indicator, Side.ACTUAL, as_of, unit).value
            if not want:
                known[unit] = overall
            else:
                known[unit] = None if got is None else _rate(want, got)
        return known[unit]

    return pace


def recent_pace(indicator: Indicator, as_of: int) -> Decimal | None:
    """Return actual ÷ planned over the last three months that were due, None without any (FC3)."""
    due = sorted((e for e in indicator.entries if e.period <= as_of and _plan(e)), key=lambda e: e.period)
    months = sorted({e.period for e in due})[-RECENT:]
    last = [e for e in due if e.period in months]
    if _takes_last(indicator):
        last = last[-1:]
    planned = sum((_plan(e) for e in last), ZERO)
    done = sum((e.actual for e in last if isinstance(e.actual, Decimal)), ZERO)
    has_shares = any(isinstance(e.numerator, Decimal) for e in last)
    return None if has_shares or not planned else divide(done, planned)


def scaled(pace: Pace, factor: Decimal) -> Pace:
    """Return ``pace`` times ``factor``."""

    def times(unit: str) -> Decimal | None:
        rate = pace(unit)
        return None if rate is None else rate * factor

    return times


def at(rate: Decimal) -> Pace:
    """Return one pace for all units."""
    return lambda _: rate


AS_PLANNED = at(_ONE)


def _rate(plan: Decimal | None, actual: Decimal | None) -> Decimal:
    """Return actual ÷ plan; what was not due yet is expected as planned."""
    return divide(actual, plan) if plan and actual is not None else _ONE


def _whole_of(indicator: Indicator, unit: str, as_of: int) -> Decimal:
    """Return the mean denominator of the unit's shares so far, 0 where it reports none (TO6)."""
    if indicator.aggregation is not Aggregation.RATIO:
        return ZERO
    own: Sequence[Figure] = [e.denominator for e in indicator.entries if e.unit == unit and e.period <= as_of]
    sizes = [size for size in own if isinstance(size, Decimal)]
    return divide(sum(sizes, ZERO), Decimal(len(sizes))) if sizes else ZERO


def _done(indicator: Indicator, entry: Entry, rate: Decimal | None, whole: Decimal) -> Entry:
    if rate is None:
        return entry
    planned = _plan(entry)
    if isinstance(entry.planned_denominator, Decimal) and isinstance(entry.planned_numerator, Decimal):
        return replace(entry, numerator=entry.planned_numerator * rate, denominator=entry.planned_denominator)
    if whole:
        return replace(entry, numerator=divide(planned * rate * whole, indicator.per), denominator=whole)
    return replace(entry, actual=planned * rate)


def _plan(entry: Entry) -> Decimal:
    return entry.planned if isinstance(entry.planned, Decimal) else ZERO


def _is_planned(entry: Entry) -> bool:
    return isinstance(entry.planned, Decimal) or isinstance(entry.planned_denominator, Decimal)


def _takes_last(indicator: Indicator) -> bool:
    return indicator.aggregation is Aggregation.LATEST or indicator.entry_basis is EntryBasis.TO_DATE


def _unreported(entry: Entry) -> Entry:
    blank = Mark.BLANK
    return replace(entry, actual=blank, numerator=blank, denominator=blank)
