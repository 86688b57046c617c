"""Moving the due day of a month's reports, for a region or for all, as after a flood; lateness follows (R152)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from samrit.plans.errors import ServiceError, refuse_all
from samrit.plans.models import DueMove, MonthlyReport, Plan
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.days import due_days, moves_of
from samrit.plans.reporting.register import register
from samrit.plans.services.writing import Actor, permit, person_of, reason_of, service
from samrit.vocabulary.periods import period_dates

MOST_DAYS = 366  # after the month itself


@service
def due_move(actor: Actor, *, plan: Plan, period: int, due_on: date | None, reason: str, region: str = "") -> DueMove:
    """Let the reports of ``period`` be due on another day, in one region of the register or, with "", everywhere.

    An earlier move of the same month and region ends.  Reports that were sent already are late or in time by the new
    day.  Raises ServiceError ``period_unknown``, ``region_unknown``, ``due_day_wrong`` for a day that is not within the
    year after the month, and ``reason_missing``; all at once.
    """
    permit(actor, "due.move", plan=plan)
    wrong = []
    if not 1 <= period <= 12:
        wrong.append(ServiceError("period_unknown", record=plan.code, period=period))
    elif due_on is None or not 0 < (due_on - _ends(plan, period)).days <= MOST_DAYS:
        wrong.append(ServiceError("due_day_wrong", record=plan.code))
    if region and region not in regions():
        wrong.append(ServiceError("region_unknown", record=plan.code, region=region[:60]))
    if not reason.strip():
        wrong.append(ServiceError("reason_missing"))
    refuse_all(wrong)
    for earlier in DueMove.objects.filter(plan=plan, period=period, region=region, withdrawn=False):
        _end(actor, earlier, reason.strip())
    now, why = timezone.now(), reason_of(reason)
    move = DueMove(plan=plan, period=period, region=region, reason=why, moved_at=now, moved_by=person_of(actor))
    move.due_on = due_on  # type: ignore[assignment]  # refused above where there is none
    move.save()
    _note(actor, move, "due_move.set", {}, why)
    _follow(actor, plan, period, why)
    return move


@service
def due_move_end(actor: Actor, *, move: DueMove, reason: str) -> DueMove:
    """Let the plan's own due day hold again; lateness follows."""
    permit(actor, "due.move", plan=move.plan)
    why = reason_of(reason)
    move.refresh_from_db()
    if not move.withdrawn:
        _end(actor, move, why)
        _follow(actor, move.plan, move.period, why)
    return move


def regions() -> frozenset[str]:
    """Return the regions of the register."""
    return frozenset(unit.region for unit in register().units.values() if unit.region)


def _ends(plan: Plan, period: int) -> date:
    return period_dates(plan.year_be, plan.calendar, period)[1]


def _end(actor: Actor, move: DueMove, reason: str) -> None:
    old = snapshot(move)
    move.withdrawn = True
    move.save(update_fields=["withdrawn"])
    _note(actor, move, "due_move.end", old, reason)


def _follow(actor: Actor, plan: Plan, period: int, reason: str) -> None:
    """Say again which of the month's reports were late: the first sending against the day that holds now."""
    moved = {region: day for number, region, day in moves_of(plan) if number == period}
    own = _own_day(plan, period)
    for report in MonthlyReport.objects.filter(plan=plan, period=period, first_sent_at__isnull=False).select_related(
        "unit"
    ):
        day = moved.get(report.unit.region, moved.get("", own))
        is_late = timezone.localdate(report.first_sent_at) > day
        if is_late != report.is_late:
            old = snapshot(report)
            report.is_late = is_late
            report.save(update_fields=["is_late"])
            history.record(
                person_of(actor),
                "report.due_moved",
                plan=plan,
                record="report",
                unit_code=report.unit.code,
                period=period,
                old=old,
                new=snapshot(report),
                reason=reason,
            )


def _own_day(plan: Plan, period: int) -> date:
    """Return the day that the plan's own rules give, whatever was moved."""
    return due_days(plan, moved=False)[period]


def _note(actor: Actor, move: DueMove, action: str, old: dict[str, object], reason: str) -> None:
    history.record(
        person_of(actor),
        action,
        plan=move.plan,
        record=f"due day {move.region}".strip(),
        period=move.period,
        old=old,
        new=snapshot(move),
        reason=reason,
    )
