"""A month's report on its way: submitted, confirmed by the head, accepted by the division, or returned (R151, R325)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils import timezone

from samrit.plans.errors import ServiceError
from samrit.plans.models import MonthlyReport, Plan, ReportState, Unit
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.days import due_on, has_begun
from samrit.plans.reporting.locks import locks_of
from samrit.plans.selectors.report.readiness import missing_for
from samrit.plans.services.writing import Actor, permit, person_of, reason_of, service
from samrit.vocabulary.periods import period_name

OPEN = (ReportState.DRAFT, ReportState.RETURNED)


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of many reports at once: those done, and why each of the others was not."""

    done: tuple[MonthlyReport, ...] = ()
    refused: tuple[tuple[Unit, ServiceError], ...] = ()


@service
def report_submit(actor: Actor, *, plan: Plan, unit: Unit, period: int) -> MonthlyReport:
    """Send ``unit``'s report of ``period`` to its head.

    After the due day it is marked late; it stays marked when it is sent again after a
    return.  Raises ServiceError ``report_incomplete`` with ``missing`` findings where
    something due has no figure, or an unusual one no word of explanation.
    """
    permit(actor, "report.submit", plan=plan, unit=unit)
    now = timezone.now()
    today = timezone.localdate(now)
    if not has_begun(plan, period, today):
        raise _refusal("report_not_begun", plan, unit, period)
    report = _report(plan, unit, period) or MonthlyReport(plan=plan, unit=unit, period=period)
    locks = locks_of(plan, units=(unit,))
    if report.state not in OPEN:
        raise _refusal("report_already_sent", plan, unit, period)
    if period in locks.closed and not locks.is_unlocked(unit.code, period):
        raise _refusal("report_period_closed", plan, unit, period)
    missing = missing_for(plan, unit, period)
    if missing:
        raise _refusal("report_incomplete", plan, unit, period, count=len(missing), missing=missing)
    if report.submitted_at is None:
        report.is_late = today > due_on(plan, period)
    report.submitted_at, report.submitted_by = now, person_of(actor)
    return _moved(actor, report, "report.submit", ReportState.SUBMITTED)


@service
def report_take_back(actor: Actor, *, plan: Plan, unit: Unit, period: int, reason: str = "") -> MonthlyReport:
    """Take back a report that the head has not confirmed yet, to go on writing."""
    permit(actor, "report.submit", plan=plan, unit=unit)
    report = _in_state(plan, unit, period, ReportState.SUBMITTED)
    return _moved(actor, report, "report.take_back", ReportState.DRAFT, reason=reason)


@service
def report_confirm(actor: Actor, *, plan: Plan, unit: Unit, period: int) -> MonthlyReport:
    """Confirm a submitted report, or one that the division returned to the head."""
    return _confirm(actor, plan, unit, period)


@service
def report_return(
    actor: Actor, *, plan: Plan, unit: Unit, period: int, reason: str, to: str = "reporter"
) -> MonthlyReport:
    """Return a report with a reason: the head to the reporter, the division to the reporter or the head."""
    why = reason_of(reason)
    if to not in ("reporter", "head"):
        raise ServiceError("report_return_to_unknown", record=unit.code, to=to)
    report = _report(plan, unit, period)
    state = report.state if report is not None else ""
    by_head = to == "reporter" and _may(actor, "report.return_to_reporter", plan, unit)
    if report is not None and state == ReportState.SUBMITTED and by_head:
        return _returned(actor, report, to, why)
    permit(actor, "report.return", plan=plan, unit=unit)
    if report is None or state not in (ReportState.SUBMITTED, ReportState.CONFIRMED, ReportState.ACCEPTED):
        raise _refusal("report_not_sent", plan, unit, period)
    return _returned(actor, report, to, why)


@service
def report_accept(actor: Actor, *, plan: Plan, unit: Unit, period: int) -> MonthlyReport:
    """Accept a confirmed report for the division."""
    return _accept(actor, plan, unit, period)


@service
def reports_confirm(actor: Actor, *, plan: Plan, period: int, units: Iterable[Unit]) -> BulkOutcome:
    """Confirm many reports of a period at once."""
    return _each(lambda unit: _confirm(actor, plan, unit, period), units)


@service
def reports_accept(actor: Actor, *, plan: Plan, period: int, units: Iterable[Unit]) -> BulkOutcome:
    """Accept many reports of a period at once."""
    return _each(lambda unit: _accept(actor, plan, unit, period), units)


def _confirm(actor: Actor, plan: Plan, unit: Unit, period: int) -> MonthlyReport:
    permit(actor, "report.confirm", plan=plan, unit=unit)
    report = _report(plan, unit, period)
    back = report is not None and report.state == ReportState.RETURNED and report.returned_to == "head"
    if report is None or not (back or report.state == ReportState.SUBMITTED):
        raise _refusal("report_not_submitted", plan, unit, period)
    if missing := missing_for(plan, unit, period) if back else ():
        raise _refusal("report_incomplete", plan, unit, period, count=len(missing), missing=missing)
    report.confirmed_at = timezone.now()
    return _moved(actor, report, "report.confirm", ReportState.CONFIRMED)


def _accept(actor: Actor, plan: Plan, unit: Unit, period: int) -> MonthlyReport:
    permit(actor, "report.accept", plan=plan, unit=unit)
    report = _report(plan, unit, period)
    if report is None or report.state != ReportState.CONFIRMED:
        raise _refusal("report_not_confirmed", plan, unit, period)
    report.accepted_at = timezone.now()
    return _moved(actor, report, "report.accept", ReportState.ACCEPTED)


def _returned(actor: Actor, report: MonthlyReport, to: str, reason: str) -> MonthlyReport:
    return _moved(actor, report, "report.return", ReportState.RETURNED, reason=reason, returned_to=to)


def _moved(
    actor: Actor, report: MonthlyReport, action: str, state: ReportState, *, reason: str = "", returned_to: str = ""
) -> MonthlyReport:
    """Write the report's new state with its history entry."""
    standing = _report(report.plan, report.unit, report.period)
    old = snapshot(standing) if standing is not None else {}
    report.state, report.returned_to, report.changed_at = state, returned_to, timezone.now()
    report.return_reason = reason if state == ReportState.RETURNED else ""
    report.save()
    history.record(
        person_of(actor),
        action,
        plan=report.plan,
        record="report",
        unit_code=report.unit.code,
        period=report.period,
        old=old,
        new=snapshot(report),
        reason=reason,
    )
    return report


def _each(move: Callable[[Unit], MonthlyReport], units: Iterable[Unit]) -> BulkOutcome:
    done, refused = [], []
    for unit in units:
        try:
            done.append(move(unit))
        except ServiceError as error:
            refused.append((unit, error))
    return BulkOutcome(tuple(done), tuple(refused))


def _report(plan: Plan, unit: Unit, period: int) -> MonthlyReport | None:
    return MonthlyReport.objects.select_related("unit", "plan").filter(plan=plan, unit=unit, period=period).first()


def _in_state(plan: Plan, unit: Unit, period: int, state: ReportState) -> MonthlyReport:
    report = _report(plan, unit, period)
    if report is None or report.state != state:
        raise _refusal("report_not_submitted", plan, unit, period)
    return report


def _may(actor: Actor, action: str, plan: Plan, unit: Unit) -> bool:
    try:
        permit(actor, action, plan=plan, unit=unit)
    except ServiceError:
        return False
    return True


def _refusal(code: str, plan: Plan, unit: Unit, period: int, **params: object) -> ServiceError:
    month = {name: period_name(plan.year_be, plan.calendar, period, name) for name in ("th", "en")}
    return ServiceError(code, record=unit.code, unit=unit.name, month=month, **params)
