"""The office's own changes to the public calendar (R153)."""

from __future__ import annotations

from datetime import date

from samrit.plans.models import HolidayChange
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.services.writing import Actor, permit, person_of, service


@service
def holiday_save(
    actor: Actor, *, day: date, name: str = "", is_working_day: bool = False, reason: str = ""
) -> HolidayChange:
    """Make a day a holiday, or a holiday a working day; due days follow at once."""
    permit(actor, "holidays.manage")
    row = HolidayChange.objects.filter(day=day).first()
    old = snapshot(row) if row is not None else {}
    row = row or HolidayChange(day=day)
    row.name, row.is_working_day = name.strip(), is_working_day
    if old and old == snapshot(row):
        return row
    row.save()
    _note(actor, "holiday.save", day, old, snapshot(row), reason)
    return row


@service
def holiday_remove(actor: Actor, *, day: date, reason: str = "") -> None:
    """Let the public calendar hold again for a day."""
    permit(actor, "holidays.manage")
    row = HolidayChange.objects.filter(day=day).first()
    if row is not None:
        old = snapshot(row)
        row.delete()
        _note(actor, "holiday.remove", day, old, {}, reason)


def _note(actor: Actor, action: str, day: date, old: dict[str, object], new: dict[str, object], reason: str) -> None:
    history.record(person_of(actor), action, record=day.isoformat(), old=old, new=new, reason=reason)
