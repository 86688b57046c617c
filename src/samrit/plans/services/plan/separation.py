"""Waivers of separate hands for small units: given with a reason and a last day, never by who gains by it (R325)."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from samrit.plans.errors import ServiceError, refuse_all
from samrit.plans.models import Plan, Unit, Waiver
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.separation import LONGEST
from samrit.plans.services.writing import Actor, is_of_unit, permit, person_of, service


@service
def waiver_give(actor: Actor, *, plan: Plan, unit: Unit, reason: str, until: date | None) -> Waiver:
    """Let one person do two steps of ``unit``'s reports of ``plan``, up to and including ``until``.

    Raises ServiceError ``reason_missing``, ``waiver_day_wrong`` for no day, one that is past or more
    than a year ahead, and ``waiver_for_self``: nobody who reports for or heads the unit gives it; all at once.
    """
    permit(actor, "separation.waive", plan=plan)
    why, today = reason.strip(), timezone.localdate()
    wrong = []
    if is_of_unit(actor, unit):
        wrong.append(ServiceError("waiver_for_self", record=unit.code, unit=unit.name))
    if not why:
        wrong.append(ServiceError("reason_missing"))
    if until is None or not today <= until <= today + timedelta(days=LONGEST):
        wrong.append(ServiceError("waiver_day_wrong", record=unit.code))
    refuse_all(wrong)
    assert until is not None  # noqa: S101 - refused above
    waiver = Waiver(plan=plan, unit=unit, reason=why, until=until, given_at=timezone.now(), given_by=person_of(actor))
    waiver.save()
    _note(actor, waiver, "waiver.give", {}, why)
    return waiver


@service
def waiver_end(actor: Actor, *, waiver: Waiver, reason: str = "") -> Waiver:
    """End a waiver before its last day; what was decided under it stays marked."""
    permit(actor, "separation.waive", plan=waiver.plan)
    waiver.refresh_from_db()
    today = timezone.localdate()
    if waiver.until < today:
        return waiver
    old = snapshot(waiver)
    waiver.until = today - timedelta(days=1)
    waiver.save(update_fields=["until"])
    _note(actor, waiver, "waiver.end", old, reason)
    return waiver


def _note(actor: Actor, waiver: Waiver, action: str, old: dict[str, object], reason: str) -> None:
    history.record(
        person_of(actor),
        action,
        plan=waiver.plan,
        record="waiver",
        unit_code=waiver.unit.code,
        old=old,
        new=snapshot(waiver),
        reason=reason,
    )
