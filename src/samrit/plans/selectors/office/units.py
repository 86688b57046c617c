"""The register of units as its pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samrit.plans.errors import NotVisible
from samrit.plans.models import Person, RoleAssignment, Unit
from samrit.plans.rights import may
from samrit.vocabulary.text import search_key

GENERIC_TYPES = ("office", "central", "section", "group")  # what any office may have; all others are its own words


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit of the list, as deep in the tree as it is."""

    unit: Unit
    depth: int
    in_force: bool
    reporters: int


@dataclass(frozen=True, slots=True)
class UnitList:
    """The register, cut by what was asked."""

    lines: tuple[UnitLine, ...]
    count: int
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitDetails:
    """One unit with what hangs on it."""

    unit: Unit
    children: tuple[Unit, ...]
    members: tuple[Unit, ...]
    groups: tuple[Unit, ...]
    roles: tuple[RoleAssignment, ...]


def unit_types() -> tuple[str, ...]:
    """Return the types that units may be given: those of any office, and whatever this one's register has."""
    used = set(Unit.objects.exclude(type="").values_list("type", flat=True).distinct())
    return (*GENERIC_TYPES, *sorted(used - set(GENERIC_TYPES)))


def unit_list(
    asker: Person, *, today: date, text: str = "", kind: str = "", region: str = "", held: str = ""
) -> UnitList:
    """Return the register in the order of its tree; ``held`` "no" shows only units no longer (or not yet) in force."""
    if not may(asker, "units.view"):
        raise NotVisible("units")
    units = list(Unit.objects.all())
    reporters: dict[int, int] = {}
    for unit_id in RoleAssignment.objects.filter(role="reporter").values_list("unit_id", flat=True):
        if unit_id is not None:
            reporters[unit_id] = reporters.get(unit_id, 0) + 1
    lines = [UnitLine(u, depth, in_force(u, today), reporters.get(u.pk, 0)) for u, depth in _in_tree_order(units)]
    wanted = tuple(line for line in lines if _fits(line, text, kind, region, held))
    return UnitList(wanted, len(units), tuple(sorted({u.region for u in units if u.region})))


def unit_details(asker: Person, code: str) -> UnitDetails:
    """Return one unit; raises NotVisible."""
    if not may(asker, "units.view"):
        raise NotVisible(code)
    unit = Unit.objects.filter(code=code).select_related("parent", "successor").first()
    if unit is None:
        raise NotVisible(code)
    roles = (
        RoleAssignment.objects.filter(unit=unit).select_related("person", "plan").order_by("role", "person__username")
    )
    return UnitDetails(
        unit, tuple(unit.children.all()), tuple(unit.members.all()), tuple(unit.groups.all()), tuple(roles)
    )


def all_units() -> tuple[Unit, ...]:
    """Return every unit, for choosing one."""
    return tuple(Unit.objects.all())


def in_force(unit: Unit, on: date) -> bool:
    """Say whether a unit exists on a day."""
    return (unit.valid_from is None or unit.valid_from <= on) and (unit.valid_to is None or on <= unit.valid_to)


def _fits(line: UnitLine, text: str, type_: str, region: str, held: str) -> bool:
    unit = line.unit
    if (type_ and unit.type != type_) or (region and unit.region != region):
        return False
    if held and line.in_force != (held == "yes"):
        return False
    if not text:
        return True
    key = search_key(text)
    return any(key in search_key(name) for name in unit.found_by)


def _in_tree_order(units: list[Unit]) -> list[tuple[Unit, int]]:
    """Return units with their depth, each followed by those below it; a unit in a broken circle is at the end."""
    below: dict[int | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id, []).append(unit)
    ordered: list[tuple[Unit, int]] = []
    waiting = [(unit, 0) for unit in reversed(below.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        ordered.append((unit, depth))
        waiting += [(child, depth + 1) for child in reversed(below.get(unit.pk, []))]
    seen = {unit.pk for unit, _ in ordered}
    return ordered + [(unit, 0) for unit in units if unit.pk not in seen]
