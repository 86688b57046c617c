"""The entries of an indicator as series: one side of the pair, in view up to a period, unit by unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from operator import attrgetter

from samrit.engine.model import Entry, Figure

_IN_TIME = attrgetter("period", "span", "unit")


class Side(Enum):
    """Which of the two rows of an indicator is read.

    ``figure``, ``numerator`` and ``denominator`` give an entry's cells on this side;
    they are attribute getters, since a plan of ten thousand cells is scored at every
    look at it.
    """

    PLANNED = ("planned", "planned_numerator", "planned_denominator")
    ACTUAL = ("actual", "numerator", "denominator")

    figure: Callable[[Entry], Figure]
    numerator: Callable[[Entry], Figure]
    denominator: Callable[[Entry], Figure]

    def __init__(self, figure: str, numerator: str, denominator: str) -> None:
        self.figure = attrgetter(figure)
        self.numerator = attrgetter(numerator)
        self.denominator = attrgetter(denominator)

    def parts(self, entry: Entry) -> tuple[Figure, Figure]:
        """Return the entry's numerator and denominator on this side."""
        return self.numerator(entry), self.denominator(entry)


def entries_in_view(entries: Sequence[Entry], side: Side, as_of: int) -> list[Entry]:
    """Return the entries of periods 1..``as_of`` that hold a figure on ``side``, by period.

    A figure for several months replaces those of the months it covers, unit by unit;
    before its own period it is not in view and the months stand.
    """
    figure, numerator, denominator = side.figure, side.numerator, side.denominator
    seen: list[Entry] = []
    before, in_order = 0, True  # the usual case, told in the same pass: a plan is scored at every look at it
    for entry in entries:
        if entry.period > as_of:
            continue
        if figure(entry).__class__ is Decimal or (
            numerator(entry).__class__ is Decimal and denominator(entry).__class__ is Decimal
        ):
            seen.append(entry)
            in_order = in_order and entry.period > before and entry.span == 1
            before = entry.period
    if in_order:
        return seen
    spans = [e for e in seen if e.span > 1]
    seen.sort(key=_IN_TIME)
    return [e for e in seen if not any(_covers(wide, e) for wide in spans)]


def by_unit(entries: list[Entry], successors: Mapping[str, str] | None) -> dict[str, list[Entry]]:
    """Group entries, at least one, by the unit that reports on; its own figure stands last in a period (P2)."""
    first = entries[0].unit
    if all([e.unit == first for e in entries]):  # noqa: C419 - quicker than asking one by one
        return {reporting_unit(first, successors): entries}
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(reporting_unit(entry.unit, successors), []).append(entry)
    if successors:
        for unit, own in grouped.items():
            own.sort(key=lambda e, last=unit: (e.period, e.span, e.unit == last))  # type: ignore[misc]
    return grouped


def reporting_unit(unit: str, successors: Mapping[str, str] | None) -> str:
    """Return the unit that reports on in the place of ``unit``, or the unit itself (P2)."""
    if not successors:
        return unit
    followed = {unit}
    while (after := successors.get(unit)) and after not in followed:
        unit = after
        followed.add(unit)
    return unit


def _covers(wide: Entry, entry: Entry) -> bool:
    return wide.unit == entry.unit and wide.span > entry.span and wide.period - wide.span < entry.period <= wide.period
