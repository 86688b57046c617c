"""The register of units in memory: codes and aliases resolved, groups fanned out (R136–R140)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from samrit.plans.evaluation import memory
from samrit.plans.models import Plan, Unit
from samrit.vocabulary.periods import period_dates
from samrit.vocabulary.terms import everyone, is_everyone

# Units that report; groups and the office itself stand for others.
NOT_REPORTING = frozenset({"group", "office"})
_EVERYONE = Unit(code=everyone(), name=everyone(), name_en=everyone("en"), type="group")  # in no table


@dataclass(frozen=True)
class Register:
    """All units, read with two queries; asked as often as one likes."""

    units: Mapping[str, Unit]
    aliases: Mapping[str, str]
    below: Mapping[str, tuple[str, ...]]  # children and members of each unit
    mark: int = 0  # the same where the same units report for the same codes, however they are called
    has_dates: bool = False  # whether any unit begins or ends
    groups: tuple[tuple[str, str], ...] = ()  # group and member
    _then: dict[int, Register] = field(default_factory=dict, compare=False)

    @cached_property
    def next_turn(self) -> date | None:
        """The first day on which a unit's name or parent changes by what was kept for a day to come; None for none."""
        return min((c.since for unit in self.units.values() if (c := unit.coming) is not None), default=None)

    @cached_property
    def _turns(self) -> tuple[date, ...]:
        """The last days on which any unit was or will be called otherwise than after, or was elsewhere."""
        coming = {c.since - timedelta(days=1) for unit in self.units.values() if (c := unit.coming) is not None}
        return tuple(sorted(self._past | coming))

    @cached_property
    def _past(self) -> frozenset[date]:
        return frozenset(called.until for unit in self.units.values() for called in unit.earlier)

    def on(self, day: date) -> Register:
        """Return the register as it was on ``day``, or will be by what is known: each unit's name and parent of then.

        Codes, groups and the days on which units begin and end are those of today.
        """
        at = bisect_left(self._turns, day)
        if at == len(self._past):
            return self
        if at not in self._then:
            units = {code: _called(unit, day, self.units) for code, unit in self.units.items()}
            self._then[at] = _made(units, self.groups)
        return self._then[at]

    def of_month(self, plan: Plan, period: int) -> Register:
        """Return the register as it was on the last day of a plan's month: what its report and evaluation say."""
        return self.on(period_dates(plan.year_be, plan.calendar, max(period, 1))[1])

    @cached_property
    def named(self) -> Mapping[str, Unit]:
        """All units by code and by alias."""
        return {alias: self.units[code] for alias, code in self.aliases.items()} | dict(self.units)

    def resolve(self, code: str) -> Unit | None:
        """Return the unit of a code or an alias, None for an unknown one.

        A word for all units is a group of them all, unless the register has a group of its own by that name (R89).
        """
        unit = self.units.get(self.aliases.get(code, code))
        return _EVERYONE if is_everyone(code) and (unit is None or not unit.is_group) else unit

    def reporting(self, code: str, on: date | None = None) -> tuple[str, ...]:
        """Return the codes of the units that report for ``code``: a group's members, or the unit itself.

        With ``on`` only units that exist on that day.  An unknown code gives nothing.
        """
        unit = self.resolve(code)
        if unit is None:
            return ()
        if unit is _EVERYONE:
            return tuple(sorted(own.code for own in self.counted() if _exists(own, on)))
        if unit.type not in NOT_REPORTING:
            return (unit.code,) if _exists(unit, on) else ()
        return tuple(
            sorted(c for c in self.all_below(unit.code) if self._reports(c, on)),
        )

    @cached_property
    def regions(self) -> Mapping[str, tuple[str, ...]]:
        """The regions of each unit by code or alias: its own, and those of a group's or office's members."""
        found = {}
        for name, unit in {everyone(): _EVERYONE, **self.named}.items():
            members = self.reporting(unit.code) if unit.type in NOT_REPORTING else ()
            own = (unit.region, *(self.units[code].region for code in members))
            found[name] = tuple(dict.fromkeys(filter(None, own)))
        return found

    def counted(self) -> tuple[Unit, ...]:
        """Return the units of the office's own count (163): no groups, no sections inside a unit."""
        return tuple(u for u in self.units.values() if u.type not in NOT_REPORTING | {"section"})

    def _reports(self, code: str, on: date | None) -> bool:
        unit = self.units[code]
        return unit.type not in NOT_REPORTING | {"section"} and _exists(unit, on)

    def all_below(self, *codes: str) -> set[str]:
        """Return the codes of everything below units: children and members, theirs, and so on."""
        found: set[str] = set()
        waiting = list(codes)
        while waiting:
            for below in self.below.get(waiting.pop(), ()):
                if below not in found:
                    found.add(below)
                    waiting.append(below)
        return found


def register() -> Register:
    """Return the register, read again only after a unit was written; its units are for reading only."""
    return memory.read("register", _read)


def unit_then(unit: Unit, plan: Plan, period: int) -> Unit:
    """Return a unit as it was called in a plan's month; it is for reading only."""
    return register().of_month(plan, period).units.get(unit.code, unit)


def _read() -> Register:
    units = {u.code: u for u in Unit.objects.select_related("parent", "successor")}
    by_key = {u.pk: u.code for u in units.values()}
    links = Unit.members.through.objects.values_list("from_unit_id", "to_unit_id")
    return _made(units, tuple((by_key[group], by_key[member]) for group, member in links))


def _made(units: Mapping[str, Unit], groups: Iterable[tuple[str, str]]) -> Register:
    links, below = tuple(groups), defaultdict[str, list[str]](list)
    for unit in units.values():
        if unit.parent is not None:
            below[unit.parent.code].append(unit.code)
    for group, member in links:
        below[group].append(member)
    aliases = {alias: u.code for u in units.values() for alias in u.aliases if alias not in units}
    tree = {code: tuple(sorted(codes)) for code, codes in below.items()}
    facts = tuple((u.code, u.type, u.valid_from, u.valid_to) for u in units.values())
    mark = hash((facts, tuple(sorted(tree.items())), tuple(sorted(aliases.items()))))
    return Register(units, aliases, tree, mark, any(u.valid_from or u.valid_to for u in units.values()), links)


def _called(unit: Unit, day: date, units: Mapping[str, Unit]) -> Unit:
    """Return a unit as it was called on ``day``, as a copy where that was otherwise."""
    called = unit.called_on(day)
    if called is None:
        return unit
    then = copy(unit)
    then.name, then.name_en, then.parent = called.name, called.name_en, units.get(called.parent)
    return then


def _exists(unit: Unit, on: date | None) -> bool:
    if on is None:
        return True
    return (unit.valid_from is None or unit.valid_from <= on) and (unit.valid_to is None or on <= unit.valid_to)
