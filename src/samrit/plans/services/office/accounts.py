"""What administrators change about accounts beyond making them: names, addresses, lost authenticators, passwords."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.db import transaction
from django.dispatch import Signal

from samrit.plans.errors import ServiceError
from samrit.plans.models import Person
from samrit.plans.records import history
from samrit.plans.records.snapshots import mark_of, snapshot
from samrit.plans.services.office.people import address_of
from samrit.plans.services.writing import Actor, permit, person_of, service

address_changed: Final = Signal()
"""Sent once a person's e-mail is another, whichever way it came: ``person``, and the address ``before``."""


@service
def person_edit(actor: Actor, *, person: Person, display_name: str, email: str, language: str) -> Person:
    """Change how a person is called and reached.

    Raises ServiceError ``email_wrong``, or ``email_taken`` when another account has the address:
    the office's sign-in recognises people by it.
    """
    permit(actor, "people.manage")
    email = address_of(email, person)
    person.refresh_from_db()
    old, reached = snapshot(person), person.email
    person.display_name, person.email, person.language = display_name.strip(), email, language
    if snapshot(person) != old:
        person.save(update_fields=["display_name", "email", "language"])
        history.record(person_of(actor), "person.edit", record=person.reference, old=old, new=snapshot(person))
        if person.email != reached:
            transaction.on_commit(partial(address_changed.send, Person, person=person, before=reached))
    return person


@service
def second_factor_drop(actor: Actor, *, person: Person, kind: str, reason: str) -> None:
    """Note that a person's authenticator was taken away because it was lost; ``kind`` names it.

    The caller, which knows the sign-in library, removes it in the same transaction.
    Raises ServiceError ``reason_missing``.
    """
    permit(actor, "people.manage")
    if not reason.strip():
        raise ServiceError("reason_missing")
    history.record(
        person_of(actor),
        "account.second_factor_drop",
        record=person.reference,
        old={"kind": kind},
        reason=reason.strip(),
    )


@service
def invitation_note(actor: Actor, *, person: Person) -> None:
    """Note that somebody made a link with which a person sets a new password."""
    permit(actor, "people.manage")
    history.record(person_of(actor), "account.invite", record=person.reference)


@service
def office_identity_connect(person: Person, *, provider: str, identity: str) -> None:
    """Note that an identity of the office's sign-in now opens this account."""
    history.record(
        person,
        "account.connect",
        record=person.reference,
        new={"provider": provider, "identity": mark_of(person.seal, identity)},
    )
