"""The register of units in memory: codes and aliases resolved, groups fanned out (R136–R140)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from samrit.plans.evaluation import memory
from samrit.plans.models import Unit

# Units that report; groups and the office itself stand for others.
NOT_REPORTING = frozenset({"group", "office"})


@dataclass(frozen=True)
class Register:
    """All units, read with two queries; asked as often as one likes."""

    units: Mapping[str, Unit]
    aliases: Mapping[str, str]
    below: Mapping[str, tuple[str, ...]]  # children and members of each unit
    mark: int = 0  # the same where the same units report for the same codes, however they are called
    has_dates: bool = False  # whether any unit begins or ends

    @cached_property
    def named(self) -> Mapping[str, Unit]:
        """All units by code and by alias."""
        return {alias: self.units[code] for alias, code in self.aliases.items()} | dict(self.units)

    def resolve(self, code: str) -> Unit | None:
        """Return the unit of a code or an alias, None for an unknown one."""
        return self.units.get(self.aliases.get(code, code))

    def reporting(self, code: str, on: date | None = None) -> tuple[str, ...]:
        """Return the codes of the units that report for ``code``: a group's members, or the unit itself.

        With ``on`` only units that exist on that day.  An unknown code gives nothing.
        """
        unit = self.resolve(code)
        if unit is None:
            return ()
        if unit.type not in NOT_REPORTING:
            return (unit.code,) if _exists(unit, on) else ()
        return tuple(
            sorted(c for c in self.all_below(unit.code) if self._reports(c, on)),
        )

    @cached_property
    def regions(self) -> Mapping[str, tuple[str, ...]]:
        """The regions of each unit by code or alias: its own, and those of a group's or office's members."""
        found = {}
        for name, unit in self.named.items():
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


def _read() -> Register:
    units = {u.code: u for u in Unit.objects.select_related("parent", "successor")}
    by_key = {u.pk: u.code for u in units.values()}
    below: dict[str, list[str]] = defaultdict(list)
    for unit in units.values():
        if unit.parent_id is not None:
            below[by_key[unit.parent_id]].append(unit.code)
    links = Unit.members.through.objects.values_list("from_unit_id", "to_unit_id")
    for group, member in links:
        below[by_key[group]].append(by_key[member])
    aliases = {alias: u.code for u in units.values() for alias in u.aliases if alias not in units}
    tree = {code: tuple(sorted(codes)) for code, codes in below.items()}
    facts = tuple((u.code, u.type, u.valid_from, u.valid_to) for u in units.values())
    mark = hash((facts, tuple(sorted(tree.items())), tuple(sorted(aliases.items()))))
    return Register(units, aliases, tree, mark, any(u.valid_from or u.valid_to for u in units.values()))


def _exists(unit: Unit, on: date | None) -> bool:
    if on is None:
        return True
    return (unit.valid_from is None or unit.valid_from <= on) and (unit.valid_to is None or on <= unit.valid_to)
