"""Keys of other programs: made for one unit and a time by who reports for it, shown once, taken back (BD1)."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.utils import timezone

from samrit.plans.errors import ServiceError, refuse_all
from samrit.plans.models import MachineKey, Person, Unit
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.services.office.calendars import key_hash
from samrit.plans.services.writing import Actor, permit, person_of, service

_BYTES = 32
MOST_DAYS, MOST_KEYS = 400, 20


@service
def machine_key_make(actor: Person, *, unit: Unit, name: str, until: date) -> str:
    """Give a program a key for ``unit``'s months; it is returned once and never again.

    It opens what its person may do, for that unit and nothing else, through ``until``.  Raises ServiceError
    ``not_allowed``, or everything else that is wrong: ``machine_key_unnamed``, ``machine_key_name_long``,
    ``machine_key_day``, ``machine_keys_many``.
    """
    permit(actor, "figure.edit", unit=unit)
    name, today = name.strip(), timezone.localdate()
    longest = MachineKey._meta.get_field("name").max_length or 0
    wrong = [
        (not name, ServiceError("machine_key_unnamed")),
        (len(name) > longest, ServiceError("machine_key_name_long", length=longest)),
        (not today <= until <= today + timedelta(MOST_DAYS), ServiceError("machine_key_day", days=MOST_DAYS)),
        (
            MachineKey.objects.filter(person=actor.pk).count() >= MOST_KEYS,
            ServiceError("machine_keys_many", limit=MOST_KEYS),
        ),
    ]
    refuse_all([error for is_wrong, error in wrong if is_wrong])
    key = secrets.token_urlsafe(_BYTES)
    row = MachineKey.objects.create(
        person=actor, unit=unit, name=name, key_hash=key_hash(key), made_at=timezone.now(), until=until
    )
    history.record(actor, "machine.make", record=actor.reference, unit_code=unit.code, new=snapshot(row))
    return key


@service
def machine_key_end(actor: Actor, *, key: MachineKey) -> None:
    """Take a key back, one's own or as who manages people: its program is refused from now on."""
    if person_of(actor) != key.person:
        permit(actor, "people.manage")
    old = snapshot(key)
    key.delete()
    history.record(person_of(actor), "machine.end", record=key.person.reference, unit_code=key.unit.code, old=old)


def opened_by(key: str) -> MachineKey | None:
    """Return what a key opens, None for no key, one whose day is over, or a closed account; writes nothing."""
    row = MachineKey.objects.select_related("person", "unit").filter(key_hash=key_hash(key)).first()
    return row if row is not None and row.person.is_active and timezone.localdate() <= row.until else None
