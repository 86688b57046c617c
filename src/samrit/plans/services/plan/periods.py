"""Closing a month, and opening it again with a reason, a person and an end date (R151)."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from samrit.plans.errors import ServiceError
from samrit.plans.models import PeriodClosure, Plan, Unit, Unlock
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.days import has_begun
from samrit.plans.services.writing import Actor, permit, person_of, reason_of, service
from samrit.vocabulary.periods import report_name


@service
def period_close(actor: Actor, *, plan: Plan, period: int) -> PeriodClosure:
    """Lock the figures of ``period`` for everybody; unlocks in force end.  Closing again changes nothing else."""
    permit(actor, "period.close", plan=plan)
    return close_period(actor, plan, period)


def close_period(actor: Actor, plan: Plan, period: int) -> PeriodClosure:
    """Close a period within the caller's service, whose right was checked."""
    today = timezone.localdate()
    _known(plan, period)
    if not has_begun(plan, period, today):
        raise ServiceError("period_not_begun", record=plan.code, month=_month(plan, period))
    for unlock in plan.unlocks.select_related("unit").filter(period=period, until__gte=today):
        _end(actor, unlock, today)
    closure = plan.closures.filter(period=period).first()
    if closure is not None:
        return closure
    closure = PeriodClosure(plan=plan, period=period, closed_at=timezone.now(), closed_by=person_of(actor))
    closure.save()
    history.record(person_of(actor), "period.close", plan=plan, record="period", period=period, new=snapshot(closure))
    return closure


@service
def period_unlock(
    actor: Actor, *, plan: Plan, period: int, reason: str, until: date, unit: Unit | None = None
) -> Unlock:
    """Open a closed, submitted or accepted month again, for one unit or for all, up to and including ``until``."""
    return _unlock(actor, plan, period, unit, reason, until)


@service
def unlock_end(actor: Actor, *, unlock: Unlock, reason: str = "") -> Unlock:
    """Lock again before the unlock's last day."""
    permit(actor, "period.unlock", plan=unlock.plan, unit=unlock.unit)
    unlock.refresh_from_db()
    return _end(actor, unlock, timezone.localdate(), reason)


def _unlock(actor: Actor, plan: Plan, period: int, unit: Unit | None, reason: str, until: date) -> Unlock:
    permit(actor, "period.unlock", plan=plan, unit=unit)
    _known(plan, period)
    why = reason_of(reason)
    if until < timezone.localdate():
        raise ServiceError("unlock_in_past", record=plan.code)
    unlock = Unlock(
        plan=plan,
        period=period,
        unit=unit,
        reason=why,
        until=until,
        opened_at=timezone.now(),
        opened_by=person_of(actor),
    )
    unlock.save()
    _note(actor, unlock, "unlock.open", {}, why)
    return unlock


def _end(actor: Actor, unlock: Unlock, today: date, reason: str = "") -> Unlock:
    if unlock.until < today:
        return unlock
    old = snapshot(unlock)
    unlock.until = today - timedelta(days=1)
    unlock.save(update_fields=["until"])
    _note(actor, unlock, "unlock.end", old, reason)
    return unlock


def _note(actor: Actor, unlock: Unlock, action: str, old: dict[str, object], reason: str) -> None:
    history.record(
        person_of(actor),
        action,
        plan=unlock.plan,
        record="unlock",
        unit_code=unlock.unit.code if unlock.unit else "",
        period=unlock.period,
        old=old,
        new=snapshot(unlock),
        reason=reason,
    )


def _known(plan: Plan, period: int) -> None:
    if not 1 <= period <= 12:
        raise ServiceError("period_unknown", record=plan.code, period=period)


def _month(plan: Plan, period: int) -> dict[str, str]:
    return {name: report_name(plan.year_be, plan.calendar, period, name) for name in ("th", "en")}
