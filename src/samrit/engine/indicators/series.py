"""The entries of an indicator as series: one side of the pair, in view up to a period (SP1, RU4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from enum import Enum
from operator import attrgetter, lt

from samrit.engine.indicators.mergers import Successors
from samrit.engine.model import Entry, Figure, Source

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

    def source(self, entry: Entry) -> Source:
        """Return where the entry's cells on this side were read."""
        return entry.result_source if self is Side.ACTUAL else entry.source

    def parts(self, entry: Entry) -> tuple[Figure, Figure]:
        """Return the entry's numerator and denominator on this side."""
        return self.numerator(entry), self.denominator(entry)


def entries_in_view(entries: Sequence[Entry], side: Side, as_of: int, *, shares: bool = True) -> list[Entry]:
    """Return the entries of periods 1..``as_of`` that hold a figure on ``side``, by period.

    A figure for several months replaces those of the months it covers, unit by unit;
    before its own period it is not in view and the months stand (SP1).  Both parts of a
    share are a figure too, unless ``shares`` says that the indicator is none.
    """
    seen = entries_held(entries, side, as_of, shares=shares)
    periods = [e.period for e in seen]
    # The usual case, told quickly: a plan is scored at every look at it.
    if all(map(lt, periods, periods[1:])) and all([e.span == 1 for e in seen]):  # noqa: C419
        return seen
    spans = [e for e in seen if e.span > 1]
    seen.sort(key=_IN_TIME)
    return [e for e in seen if not any(_covers(wide, e) for wide in spans)]


def entries_held(entries: Sequence[Entry], side: Side, as_of: int, *, shares: bool = True) -> list[Entry]:
    """Return the entries of periods 1..``as_of`` that hold a figure on ``side``, replaced ones too."""
    figure, numerator, denominator = side.figure, side.numerator, side.denominator
    if not shares:
        return [e for e in entries if e.period <= as_of and figure(e).__class__ is Decimal]
    return [
        e
        for e in entries
        if e.period <= as_of
        and (
            figure(e).__class__ is Decimal
            or (numerator(e).__class__ is Decimal and denominator(e).__class__ is Decimal)
        )
    ]


def counted_once(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Return the entries that count, and those of units that a figure for all units sets aside (SP1, RU3).

    A unit's figure is set aside where a figure for all units stands for each of its months;
    in other months it adds to that figure.
    """
    whole = {month for e in entries if not e.unit for month in months_of(e)}
    if not whole:
        return list(entries), []
    used: list[Entry] = []
    aside: list[Entry] = []
    for entry in entries:
        (aside if entry.unit and whole.issuperset(months_of(entry)) else used).append(entry)
    return used, aside


def standing(entries: Sequence[Entry], successors: Successors | None) -> list[Entry]:
    """Return what is at the last month of ``entries``: each unit's last figure, or the one for all units.

    A figure is in the months after it until the unit's successor gives its first one
    from the merger on (RU4, P2).  ``entries`` are in the order of time, at least one.
    """
    end = entries[-1].period
    whole = [e for e in entries if not e.unit and e.period == end]
    if whole:
        return whole[-1:]
    last = {e.unit: e for e in entries if e.unit}
    if not successors:
        return list(last.values())
    return [e for e in last.values() if not _replaced(e, entries, successors)]


def _replaced(entry: Entry, entries: Iterable[Entry], successors: Successors) -> bool:
    followers = dict(successors.get(entry.unit, ()))
    return any(e.period > entry.period and e.period >= followers.get(e.unit, e.period + 1) for e in entries)


def months_of(entry: Entry) -> range:
    """Return the periods that an entry stands for (SP1)."""
    return range(entry.period - entry.span + 1, entry.period + 1)


def _covers(wide: Entry, entry: Entry) -> bool:
    return wide.unit == entry.unit and wide.span > entry.span and wide.period - wide.span < entry.period <= wide.period
