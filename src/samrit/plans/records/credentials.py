"""Passwords, authenticators and identities of the office's sign-in: whatever changes them has its entry in the history.

They are written by the sign-in library and the framework, not by services, so the entries
follow from the rows themselves.  The history keeps hashes of what is stored (hashes
already, or sealed), so a password that was swapped in the database, or in a backup, is seen.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from samrit.plans.models import HistoryEntry, Person
from samrit.plans.records import history
from samrit.plans.records.security_log import in_request
from samrit.plans.records.snapshots import CREDENTIALS_NOTED, NOTED_LATER, kept_as, secret_mark, snapshot
from samrit.vocabulary.findings import Finding, sentence


def _is_noted(person: Person, created: bool, update_fields: Any) -> bool:
    """Say whether saving the row writes a password that is another; an account that is made has an entry of its own."""
    written = update_fields is None or "password" in update_fields
    return not created and written and person.stored_password not in (None, person.password)


@receiver(pre_save, sender=Person)
def lock_first(instance: Person, raw: bool = False, update_fields: Any = None, **_: Any) -> None:
    """Take the chain's lock before the row's, as every service does."""
    if not raw and instance.pk and _is_noted(instance, False, update_fields):
        history.lock()


@receiver(post_save, sender=Person)
def password_noted(instance: Person, created: bool, raw: bool = False, update_fields: Any = None, **_: Any) -> None:
    """Note a password that is another."""
    if not raw and _is_noted(instance, created, update_fields):
        new = snapshot(instance)
        old = {**new, "password": _mark_before(instance)}
        history.record(_actor(instance), "person.password", record=instance.reference, old=old, new=new)
    if created or update_fields is None or "password" in update_fields:
        instance.stored_password = None


@receiver(post_save, sender=Authenticator)
@receiver(post_save, sender=SocialAccount)
def added(instance: Model, created: bool, raw: bool = False, **_: Any) -> None:
    """Note an authenticator that was set up, or an identity that now opens an account."""
    if created and not raw:
        _note(instance, "add", new=snapshot(instance))


@receiver(post_delete, sender=Authenticator)
@receiver(post_delete, sender=SocialAccount)
def removed(instance: Model, **_: Any) -> None:
    """Note an authenticator or an identity that was taken away."""
    _note(instance, "remove", old=snapshot(instance))


def _note(row: Any, what: str, **states: Any) -> None:
    with transaction.atomic():
        history.record(_actor(row.user), f"{kept_as(type(row)).action}.{what}", record=row.user.reference, **states)


def _mark_before(person: Person) -> str:
    return secret_mark(Person(password=person.stored_password or ""), "password")


def _actor(person: Person) -> Person | None:
    """Return who did it: over the web it is the person; on the command line nobody is known."""
    return person if in_request() else None


def note_standing() -> None:
    """Note once what is in a database of an earlier version, whose history knew no credentials."""
    if not _is_older():
        return
    with transaction.atomic():
        history.lock()
        why = sentence(Finding("credentials_noted"), "th")
        for person in Person.objects.order_by("pk"):
            history.record(None, "person.noted", record=person.reference, new=snapshot(person), reason=why)
        for model in NOTED_LATER:
            for row in model._default_manager.order_by("pk").select_related("user"):
                _note(row, "noted", new=snapshot(row), reason=why)
        history.record(None, CREDENTIALS_NOTED, reason=why)


def _is_older() -> bool:
    """Say whether the history has an account of before, and nothing that noted it since."""
    accounts = HistoryEntry.objects.filter(action="person.create").order_by("sequence").values_list("new", flat=True)
    first = accounts.first()
    return (
        first is not None
        and "password" not in first
        and not HistoryEntry.objects.filter(action=CREDENTIALS_NOTED).exists()
    )
