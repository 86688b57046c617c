"""People, what they may do, and how they like to be spoken to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from samrit.plans.errors import ServiceError
from samrit.plans.fields import is_address
from samrit.plans.models import Person, Plan, Role, RoleAssignment, Unit
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.services.writing import SYSTEM, Actor, permit, person_of, service

UNIT_ROLES = frozenset({Role.REPORTER, Role.HEAD})


@service
def person_create(
    actor: Actor,
    *,
    username: str,
    password: str = "",
    display_name: str = "",
    email: str = "",
    language: str = "th",
) -> Person:
    """Make an account; without a password it signs in by the office's identity provider only.

    Raises ServiceError ``person_exists``, ``person_name_missing``, ``password_weak``, ``email_wrong``
    or ``email_taken``.
    """
    permit(actor, "people.manage")
    name = username.strip()
    if not name:
        raise ServiceError("person_name_missing")
    if Person.objects.filter(username__iexact=name).exists():
        raise ServiceError("person_exists", record=name)
    address = address_of(email)
    person = Person(username=name, display_name=display_name.strip(), email=address, language=language)
    if password:
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise ServiceError("password_weak", record=name, reason=" ".join(error.messages)) from error
        person.set_password(password)
    else:
        person.set_unusable_password()
    person.save()
    _noted(actor, "person.create", person)
    return person


def address_of(email: str, person: Person | None = None) -> str:
    """Return the e-mail to keep of ``person``, None for somebody new.

    Raises ServiceError ``email_wrong`` or ``email_taken``.
    """
    address = email.strip()
    if address and not is_address(address):
        raise ServiceError("email_wrong", email=address[:60])
    others = Person.objects.exclude(pk=person.pk) if person is not None else Person.objects
    if address and others.filter(email__iexact=address).exists():
        raise ServiceError("email_taken", email=address)
    return address


def reached_at(email: str) -> list[Person]:
    """Return the people with an open account who are reached at an address now: nobody, or the one that has it.

    Only small and capital letters of ASCII are alike. A database may take more for alike ("ı" and "I"), and that is
    somebody else's mailbox.
    """
    people = Person.objects.filter(email__iexact=email, is_active=True) if email else Person.objects.none()
    return [person for person in people if _folded(person.email) == _folded(email)]


def _folded(address: str) -> bytes:
    return address.strip().encode().lower()  # bytes know no other letters than those of ASCII


@service
def person_switch(actor: Actor, *, person: Person, active: bool, reason: str = "", even_last: bool = False) -> Person:
    """Let a person sign in, or no longer; nobody is ever deleted.

    Raises ServiceError ``last_administrator`` where nobody would be left who manages people, unless ``even_last``.
    """
    permit(actor, "people.manage")
    person.refresh_from_db()
    if person.is_active != active:
        old, standing = snapshot(person), _administrators()
        person.is_active = active
        # What was open when the account was closed stays closed when it is opened again.
        person.session_round += not active
        person.save(update_fields=["is_active", "session_round"])
        if not even_last:
            _require_administrator(standing)
        _noted(actor, "person.switch", person, old=old, reason=reason)
    return person


@service
def sessions_end(actor: Person) -> Person:
    """End all one's own sessions, that of the caller too unless it takes up the new round."""
    person = Person.objects.get(pk=actor.pk)
    old = snapshot(person)
    person.session_round += 1
    person.save(update_fields=["session_round"])
    _noted(actor, "person.sessions_end", person, old=old)
    return person


@service
def language_choose(actor: Person, *, language: str) -> Person:
    """Keep the language that a person reads; raises ServiceError ``language_unknown`` for one that there is not."""
    if language not in ("th", "en"):
        raise ServiceError("language_unknown", language=language)
    person = Person.objects.get(pk=actor.pk)
    if person.language != language:
        old = snapshot(person)
        person.language = language
        person.save(update_fields=["language"])
        _noted(actor, "person.language", person, old=old)
    return person


@service
def role_give(
    actor: Actor,
    *,
    person: Person,
    role: str,
    unit: Unit | None = None,
    plan: Plan | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    is_acting: bool = False,
    reason: str = "",
) -> RoleAssignment:
    """Give a person a role, for a unit or a plan; giving it again changes its dates.

    ``is_acting`` gives it in somebody else's place, which every entry of the history then says, and needs a
    unit and a last day (``acting_without_end``).  Raises ServiceError ``role_unknown``, ``role_needs_unit`` for a
    reporter or head without a unit, ``role_for_self``: nobody gives themselves a role, or ``last_administrator``.
    """
    permit(actor, "people.manage")
    _require_giveable(actor, person, role, unit)
    _require_end(person, role, valid_to, is_acting=is_acting)
    given = RoleAssignment.objects.filter(person=person, role=role, unit=unit, plan=plan).first()
    old = snapshot(given) if given is not None else {}
    given = given or RoleAssignment(person=person, role=role, unit=unit, plan=plan)
    given.valid_from, given.valid_to, given.is_acting = valid_from, valid_to, is_acting
    if old and old == snapshot(given):
        return given
    standing = _administrators()
    given.save()
    _require_administrator(standing)
    _forget_rights(person)
    about: dict[str, Any] = {"plan": plan, "record": person.reference, "unit_code": unit.code if unit else ""}
    history.record(person_of(actor), "role.give", **about, old=old, new=snapshot(given), reason=reason)
    return given


def _require_end(person: Person, role: str, valid_to: date | None, *, is_acting: bool) -> None:
    if is_acting and (role not in UNIT_ROLES or valid_to is None):
        raise ServiceError("acting_without_end", record=person.username)


def _require_giveable(actor: Actor, person: Person, role: str, unit: Unit | None) -> None:
    if person_of(actor) == person:
        raise ServiceError("role_for_self", record=person.username)
    if role not in Role.values:
        raise ServiceError("role_unknown", role=role)
    if role in UNIT_ROLES and unit is None:
        raise ServiceError("role_needs_unit", record=person.username)


@service
def role_take(actor: Actor, *, assignment: RoleAssignment, reason: str = "", even_last: bool = False) -> None:
    """Take a role away; the history keeps that it was held.  The last administrator's stays, unless ``even_last``."""
    permit(actor, "people.manage")
    old, standing = snapshot(assignment), _administrators()
    person, unit, plan = assignment.person, assignment.unit, assignment.plan
    assignment.delete()
    if not even_last:
        _require_administrator(standing)
    _forget_rights(person)
    history.record(
        person_of(actor),
        "role.take",
        plan=plan,
        record=person.reference,
        unit_code=unit.code if unit else "",
        old=old,
        reason=reason,
    )


def _administrators() -> tuple[bool, bool]:
    """Say whether anybody manages people today, and whether anybody does without a last day."""
    today = timezone.localdate()
    held = RoleAssignment.objects.filter(role=Role.ADMINISTRATOR, person__is_active=True)
    begun = held.filter(Q(valid_from=None) | Q(valid_from__lte=today))
    return begun.filter(Q(valid_to=None) | Q(valid_to__gte=today)).exists(), begun.filter(valid_to=None).exists()


def is_managed() -> bool:
    """Say whether anybody manages people today."""
    return _administrators()[0]


def _require_administrator(before: tuple[bool, bool]) -> None:
    """Refuse a change after which nobody would be left who manages people."""
    if any(had and not has for had, has in zip(before, _administrators(), strict=True)):
        raise ServiceError("last_administrator")


def _noted(
    actor: Actor, action: str, person: Person, *, old: dict[str, object] | None = None, reason: str = ""
) -> None:
    history.record(person_of(actor), action, record=person.reference, old=old, new=snapshot(person), reason=reason)


def _forget_rights(person: Person) -> None:
    """Rights are remembered on the object for one request; they have just changed."""
    if hasattr(person, "_assignments"):
        del person._assignments


__all__ = [
    "SYSTEM",
    "address_of",
    "is_managed",
    "language_choose",
    "person_create",
    "person_switch",
    "reached_at",
    "role_give",
    "role_take",
    "sessions_end",
]
