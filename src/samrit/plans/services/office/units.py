"""The register of units: single units changed, a whole register taken from its CSV file (R136–R140)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from samrit.plans.errors import ServiceError
from samrit.plans.models import Unit
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.register_file import LINKS, UnitRow
from samrit.plans.services.office.renaming import COLUMNS, NEXT, SINCE, called_from, is_due, taken_back, turned
from samrit.plans.services.writing import Actor, permit, person_of, require_days, service


@dataclass(frozen=True, slots=True)
class RegisterOutcome:
    """How many units a register brought or changed."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@service
def unit_save(actor: Actor, *, unit: UnitRow, reason: str = "") -> Unit:
    """Add or change one unit.

    Raises ServiceError ``unit_code_missing``, ``unit_unknown`` for a parent, member or
    successor that is not there, ``unit_alias_taken``, ``unit_tree_cycle``, and for the day of a
    new name ``unit_change_ahead``, ``unit_change_waits`` and ``unit_change_order``.  A ``called_next`` of None takes
    back a change that is to come.
    """
    permit(actor, "units.manage")
    _save_all(actor, (unit,), reason)
    return Unit.objects.get(code=unit.code)


@service
def register_import(actor: Actor, *, units: Iterable[UnitRow], reason: str = "") -> RegisterOutcome:
    """Take a whole register: units it names are added or changed, others stay as they are."""
    permit(actor, "units.manage")
    return _save_all(actor, tuple(units), reason)


@service
def units_turn(actor: Actor) -> int:
    """Let names and parents hold whose day has come, and return how many did: called as each day begins (E.8)."""
    permit(actor, "units.manage")
    return _turn({unit.code: unit for unit in _all()})


def add_missing(actor: Actor, units: Iterable[UnitRow], reason: str) -> RegisterOutcome:
    """Add those of ``units`` whose code or alias the register does not know; within the caller's service."""
    known = {code for unit in Unit.objects.all() for code in (unit.code, *unit.aliases)}
    fresh = [
        UnitRow(unit.code, {**unit.given, "aliases": [a for a in unit.given.get("aliases", ()) if a not in known]})
        for unit in units
        if unit.code not in known
    ]
    return _save_all(actor, tuple(fresh), reason, lenient=True)


def _save_all(actor: Actor, rows: tuple[UnitRow, ...], reason: str, *, lenient: bool = False) -> RegisterOutcome:
    """Write the rows: first every unit, then what links them, then one history entry for each that changed."""
    before = {u.code: u for u in _all()}
    _turn(before)
    old: dict[str, dict[str, Any]] = {row.code: snapshot(before[row.code]) for row in rows if row.code in before}
    _check_aliases(before, rows)
    units = dict(before)
    require_days(*(value for row in rows for value in row.given.values()))
    if any(not row.code.strip() for row in rows):
        raise ServiceError("unit_code_missing")
    fresh = [_filled(Unit(code=row.code), row) for row in rows if row.code not in before]
    Unit.objects.bulk_create(fresh)
    units |= {u.code: u for u in Unit.objects.filter(code__in=[u.code for u in fresh]).prefetch_related("members")}
    for row in rows:
        if row.code in before:
            _plain(units[row.code], row)
    linked: list[Unit] = []
    for row in rows:
        _link(units, row, linked, lenient=lenient)
    Unit.objects.bulk_update(linked, ["parent", "successor"], batch_size=200)
    dated = [units[row.code] for row in rows if _is_dated(units, row, old.get(row.code), reason)]
    Unit.objects.bulk_update(dated, COLUMNS, batch_size=200)
    _check_tree(units)
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    notes = []
    for row in rows:
        new = snapshot(units[row.code])
        kind = "added" if row.code not in old else "unchanged" if old[row.code] == new else "changed"
        counts[kind] += 1
        if kind != "unchanged":
            note = history.Note("unit.save", record=row.code, unit_code=row.code, old=old.get(row.code, {}), new=new)
            notes.append(replace(note, reason=reason))
    history.record_all(person_of(actor), notes)
    return RegisterOutcome(**counts)


def _all() -> QuerySet[Unit]:
    return Unit.objects.prefetch_related("members").select_related("parent", "successor")


def _turn(units: Mapping[str, Unit]) -> int:
    """Turn the units whose change is due, each with the system's entry of the history and the reason given before."""
    due = [unit for unit in units.values() if is_due(unit, timezone.localdate())]
    old = {unit.code: snapshot(unit) for unit in due}
    reasons = {unit.code: turned(unit, units) for unit in due}
    Unit.objects.bulk_update(due, COLUMNS, batch_size=200)
    notes = [history.Note("unit.save", record=u.code, unit_code=u.code, old=old[u.code], new=snapshot(u)) for u in due]
    history.record_all(None, [replace(note, reason=reasons[note.record]) for note in notes])
    return len(due)


def _is_dated(units: Mapping[str, Unit], row: UnitRow, old: Mapping[str, Any] | None, reason: str) -> bool:
    """Set what a row says of the day of its name and parent, and say whether it set anything."""
    unit, is_back = units[row.code], NEXT in row.given and row.given[NEXT] is None
    back = is_back and taken_back(unit)
    today = timezone.localdate()
    return called_from(unit, old, row.given.get(SINCE), units=units, today=today, reason=reason) or back


def _plain(unit: Unit, row: UnitRow) -> None:
    """Save what is in the unit's own row, where it differs."""
    standing = snapshot(unit)
    if snapshot(_filled(unit, row)) != standing:
        unit.save()


def _filled(unit: Unit, row: UnitRow) -> Unit:
    """Set what is given of the unit's own columns; links to others are set by ``_link``."""
    own = {name: value for name, value in row.given.items() if name not in (*LINKS, "members", SINCE, NEXT)}
    if "aliases" in own:
        own["aliases"] = sorted(set(own["aliases"]))
    for name, value in own.items():
        setattr(unit, name, value)
    unit.name = unit.name or row.code
    return unit


def _link(units: Mapping[str, Unit], row: UnitRow, linked: list[Unit], *, lenient: bool) -> None:
    """Set what links the unit to others; those whose own row changes are added to ``linked``."""
    unit = units[row.code]
    for name in LINKS:
        if name in row.given and getattr(unit, name) != (other := _linked(units, row.given[name], lenient=lenient)):
            setattr(unit, name, other)
            linked.append(unit)
    if (codes := row.given.get("members")) is not None:
        members = [m for code in codes if (m := _linked(units, code, lenient=lenient)) is not None]
        if {m.pk for m in members} != {m.pk for m in unit.members.all()}:
            unit.members.set(members)


def _linked(units: Mapping[str, Unit], code: str, *, lenient: bool) -> Unit | None:
    if not code:
        return None
    unit = units.get(code)
    if unit is None and not lenient:
        raise ServiceError("unit_unknown", record=code)
    return unit


def _check_aliases(before: Mapping[str, Unit], rows: tuple[UnitRow, ...]) -> None:
    """One alias means one unit."""
    changed = {row.code for row in rows if "aliases" in row.given}
    taken = {alias: u.code for u in before.values() if u.code not in changed for alias in u.aliases}
    for row in rows:
        for alias in row.given.get("aliases", ()):
            if taken.setdefault(alias, row.code) != row.code:
                raise ServiceError("unit_alias_taken", record=row.code, alias=alias, other=taken[alias])


def _check_tree(units: Mapping[str, Unit]) -> None:
    """No unit is below itself, today, on a day before on which it was elsewhere, or on one to come."""
    above = {code: unit.parent.code if unit.parent is not None else "" for code, unit in units.items()}
    days = {called.until for unit in units.values() for called in unit.earlier}
    for day in days | {unit.coming.since for unit in units.values() if unit.coming is not None}:
        then = {code: called.parent for code, unit in units.items() if (called := unit.called_on(day)) is not None}
        _check_circles({**above, **then})
    _check_circles(above)


def _check_circles(above: Mapping[str, str]) -> None:
    for code, own in above.items():
        parent, seen = own, {code}
        while parent:
            if parent in seen:
                raise ServiceError("unit_tree_cycle", record=code)
            seen.add(parent)
            parent = above.get(parent, "")
