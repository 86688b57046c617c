"""Units and people taken in together from one file: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samrit.plans.models import Person, Plan, RoleAssignment, Unit
from samrit.plans.reporting.office_file import RoleRow
from samrit.plans.reporting.register_file import UnitRow
from samrit.plans.services.office.accounts import person_edit
from samrit.plans.services.office.people import person_create, role_give
from samrit.plans.services.office.units import RegisterOutcome, register_import
from samrit.plans.services.writing import Actor, permit, service


@dataclass(frozen=True, slots=True)
class OfficeOutcome:
    """What a file brought: units, accounts made, accounts changed, roles given."""

    units: RegisterOutcome = RegisterOutcome()
    people: int = 0
    changed: int = 0
    roles: int = 0


@service
def office_take(
    actor: Actor, *, units: Sequence[UnitRow], people: Sequence[RoleRow], reason: str = ""
) -> OfficeOutcome:
    """Add and change units, make accounts without a password, and give roles; nothing is ever taken away.

    The rows come from a file without faults (``reporting.office_file``).  Raises what the services of units
    and people raise, and then nothing of the file is kept.
    """
    permit(actor, "units.manage")
    permit(actor, "people.manage")
    taken = register_import(actor, units=units, reason=reason)
    accounts = _Accounts(actor)
    for row in people:
        accounts.take(row)
    roles = _roles(actor, people, accounts.by_name, reason)
    return OfficeOutcome(taken, accounts.made, accounts.changed, roles)


class _Accounts:
    """The accounts of the office while a file is taken in, by their names in small letters."""

    def __init__(self, actor: Actor) -> None:
        self.actor, self.made, self.changed = actor, 0, 0
        self.by_name = {person.username.lower(): person for person in Person.objects.all()}

    def take(self, row: RoleRow) -> None:
        """Make the account of a row, or call and reach its person as the row says; a blank cell says nothing."""
        key, person = row.username.lower(), self.by_name.get(row.username.lower())
        if person is None:
            self.by_name[key] = person_create(
                self.actor, username=row.username, display_name=row.display_name, email=row.email
            )
            self.made += 1
            return
        name, email = row.display_name or person.display_name, row.email or person.email
        if (name, email) != (person.display_name, person.email):
            self.by_name[key] = person_edit(
                self.actor, person=person, display_name=name, email=email, language=person.language
            )
            self.changed += 1


def _roles(actor: Actor, people: Sequence[RoleRow], accounts: Mapping[str, Person], reason: str) -> int:
    """Give the roles that are not held yet, and return how many they were."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    plans = {plan.code: plan for plan in Plan.objects.all()}
    held: set[tuple[object, ...]] = set(
        RoleAssignment.objects.values_list("person__username", "role", "unit__code", "plan__code")
    )
    given = 0
    for row in people:
        person = accounts[row.username.lower()]
        key = (person.username, row.role, row.unit or None, row.plan or None)
        if key not in held:
            unit, plan = units.get(row.unit), plans.get(row.plan)
            role_give(actor, person=person, role=row.role, unit=unit, plan=plan, reason=reason)
            held.add(key)
            given += 1
    return given
