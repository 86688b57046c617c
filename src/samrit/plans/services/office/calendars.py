"""The private address under which calendars read one's own due days: made, made again, taken away."""

from __future__ import annotations

import hashlib
import secrets

from django.utils import timezone

from samrit.plans.models import CalendarKey, Person
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.services.writing import Actor, permit, person_of, service

_BYTES = 32


def key_hash(key: str) -> str:
    """Return what is kept of a key: a random secret of 256 bits needs no salt."""
    return hashlib.sha256(key.encode()).hexdigest()


@service
def calendar_key_make(actor: Person) -> str:
    """Give a person a private address, the secret of which is returned once and never again; an older one ends."""
    key = secrets.token_urlsafe(_BYTES)
    standing = CalendarKey.objects.filter(person=actor.pk).first()
    old = snapshot(standing) if standing is not None else {}
    row = standing or CalendarKey(person=actor)
    row.key_hash, row.made_at = key_hash(key), timezone.now()
    row.save()
    history.record(actor, "calendar.make", record=actor.reference, old=old, new=snapshot(row))
    return key


@service
def calendar_key_end(actor: Actor, *, person: Person) -> None:
    """Take a private address away, one's own or as who manages people: calendars that read it find nothing any more."""
    if person_of(actor) != person:
        permit(actor, "people.manage")
    standing = CalendarKey.objects.filter(person=person.pk).first()
    if standing is not None:
        old = snapshot(standing)
        standing.delete()
        history.record(person_of(actor), "calendar.end", record=person.reference, old=old)


def person_of_key(key: str) -> Person | None:
    """Return whose address a key is, None for no key or a closed account; writes nothing."""
    row = CalendarKey.objects.select_related("person").filter(key_hash=key_hash(key)).first()
    return row.person if row is not None and row.person.is_active else None
