"""Which unit stands for which, and from which month on (RU4, pitfall P2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from samrit.engine.surroundings import Unit
from samrit.vocabulary.periods import CALENDARS, period_dates

# A unit's followers in order, each with the first period in which it stands for that unit.
Successors = Mapping[str, tuple[tuple[str, int], ...]]

YEAR_END = 12


def successors_of(units: Iterable[Unit], year_be: int = 0, calendar: str = "calendar") -> Successors:
    """Return the followers of every unit that was merged, each with the first period 1..13 that it stands for.

    The merger is the day after ``valid_to``; the month in which a unit closes belongs to its
    successor unless it closes on the last day.  Without a day the merger is older than the
    plan; one after the year's end is period 13.
    """
    known = {unit.code: unit for unit in units}
    return {
        code: chain
        for code, unit in known.items()
        if unit.successor and (chain := _chain(code, known, year_be, calendar))
    }


def _chain(code: str, known: Mapping[str, Unit], year_be: int, calendar: str) -> tuple[tuple[str, int], ...]:
    chain: list[tuple[str, int]] = []
    passed, since, unit = {code}, 1, known.get(code)
    while unit is not None and unit.successor and unit.successor not in passed:
        since = max(since, _first_period(unit, year_be, calendar))
        chain.append((unit.successor, since))
        passed.add(unit.successor)
        unit = known.get(unit.successor)
    return tuple(chain)


def _first_period(unit: Unit, year_be: int, calendar: str) -> int:
    """Return the first period whose last day lies after the unit's last; 1 where no day is known."""
    if unit.valid_to is None or not year_be or calendar not in CALENDARS:
        return 1
    periods = range(1, YEAR_END + 1)
    return next((p for p in periods if period_dates(year_be, calendar, p)[1] > unit.valid_to), YEAR_END + 1)


def stands_for(follower: str, unit: str, period: int, successors: Successors | None) -> bool:
    """Say whether ``follower`` reports in the place of ``unit`` in ``period``; every unit does for itself."""
    if follower == unit:
        return True
    if not successors:
        return False
    return any(code == follower and since <= period for code, since in successors.get(unit, ()))
