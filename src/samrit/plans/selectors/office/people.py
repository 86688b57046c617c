"""People and their roles, for those who look after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from samrit.plans.errors import NotVisible
from samrit.plans.models import Person, Role, RoleAssignment
from samrit.plans.rights import may

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of the list, with all roles, those in force first."""

    person: Person
    roles: tuple[RoleAssignment, ...]


@dataclass(frozen=True, slots=True)
class PeopleList:
    """One page of the list of people."""

    rows: tuple[PersonRow, ...]
    count: int
    page: int
    pages: int


def people_list(asker: Person, *, text: str = "", role: str = "", active: str = "", page: int = 1) -> PeopleList:
    """Return the people whose name, address or unit holds ``text``; raises NotVisible for whoever may not look."""
    if not may(asker, "people.view"):
        raise NotVisible("people")
    people = Person.objects.order_by("username")
    if text:
        people = people.filter(
            Q(username__icontains=text)
            | Q(display_name__icontains=text)
            | Q(email__icontains=text)
            | Q(roles__unit__code__icontains=text)
            | Q(roles__unit__name__icontains=text)
        ).distinct()
    if role in Role.values:
        people = people.filter(roles__role=role).distinct()
    if active in ("yes", "no"):
        people = people.filter(is_active=active == "yes")
    count = people.count()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), pages)
    roles = Prefetch("roles", RoleAssignment.objects.select_related("unit", "plan").order_by("role", "unit__code"))
    shown = people.prefetch_related(roles)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return PeopleList(tuple(PersonRow(p, tuple(p.roles.all())) for p in shown), count, page, pages)


def person_named(asker: Person, username: str) -> Person:
    """Return the person of that user name; raises NotVisible."""
    person = Person.objects.filter(username=username).first() if may(asker, "people.view") else None
    if person is None:
        raise NotVisible(username)
    return person


def roles_of(person: Person) -> tuple[RoleAssignment, ...]:
    """Return all roles that a person holds, held, or will hold."""
    rows = RoleAssignment.objects.filter(person=person).select_related("unit", "plan", "person")
    return tuple(rows.order_by("role", "unit__code", "plan__code"))


def assignment_of(person: Person, number: int) -> RoleAssignment:
    """Return one of the person's own assignments; raises NotVisible for another's."""
    found = RoleAssignment.objects.filter(pk=number, person=person).select_related("person", "unit", "plan").first()
    if found is None:
        raise NotVisible(str(number))
    return found


def in_force(assignment: RoleAssignment, on: date) -> bool:
    """Say whether an assignment holds on a day."""
    begun = assignment.valid_from is None or assignment.valid_from <= on
    return begun and (assignment.valid_to is None or on <= assignment.valid_to)


def address_taken(email: str, *, except_for: Person | None = None) -> bool:
    """Say whether another account has the e-mail address."""
    others = Person.objects.filter(email__iexact=email)
    return others.exclude(pk=except_for.pk).exists() if except_for else others.exists()
