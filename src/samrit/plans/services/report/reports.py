"""A month's report on its way: submitted, confirmed by the head, accepted by the division, or returned (R151, R325)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from samrit.plans import rights
from samrit.plans.errors import ServiceError
from samrit.plans.models import MonthlyReport, Person, Plan, ReportState, Unit
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.days import due_on
from samrit.plans.reporting.locks import locks_of
from samrit.plans.reporting.separation import waivers_of
from samrit.plans.reporting.transitions import LEADS_TO, ReportMove, ReportStage, columns_of, outcome, stage_of
from samrit.plans.selectors.report.readiness import missing_for
from samrit.plans.selectors.report.sending_content import content_now, is_as_sent, revision_of, senders_of, typed_in
from samrit.plans.services.report.sendings import send
from samrit.plans.services.writing import Actor, is_of_unit, permit, person_of, reason_of, service
from samrit.vocabulary.periods import report_name

Shown = Mapping[str, str]  # the revision that was seen, by unit


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of many reports at once: those done, and why each of the others was not."""

    done: tuple[MonthlyReport, ...] = ()
    refused: tuple[tuple[Unit, ServiceError], ...] = ()


@service
def report_submit(actor: Actor, *, plan: Plan, unit: Unit, period: int) -> MonthlyReport:
    """Send ``unit``'s report of ``period`` to its head: what it holds now counts from now on.

    Late is the first sending after the due day; sending again neither makes nor heals it.
    Raises ServiceError ``report_incomplete`` with ``missing`` findings where something due
    has no figure, or an unusual one no word of explanation.
    """
    permit(actor, "report.submit", plan=plan, unit=unit)
    now = timezone.now()
    report, stage = _next(plan, unit, period, ReportMove.SEND)
    if not is_of_unit(actor, unit) and (typed := typed_in(report)):
        raise ServiceError("unit_is_typing", record=typed[0], unit=unit.name)  # nobody sends what they do not see
    missing = missing_for(plan, unit, period)
    if missing:
        raise _refusal("report_incomplete", plan, unit, period, count=len(missing), missing=missing)
    if report.submitted_at is None:
        report.is_late, report.first_sent_at = timezone.localdate(now) > due_on(plan, period, unit.region), now
    report.submitted_at, report.submitted_by, report.waived = now, person_of(actor), ""
    if report._state.adding:
        report.changed_at = now
        report.save()
    send(actor, report, content_now(report))
    return _moved(actor, report, "report.submit", stage)


@service
def report_take_back(actor: Actor, *, plan: Plan, unit: Unit, period: int, reason: str = "") -> MonthlyReport:
    """Take back a report that the head has not confirmed yet, to go on writing."""
    permit(actor, "report.submit", plan=plan, unit=unit)
    report, stage = _next(plan, unit, period, ReportMove.TAKE_BACK)
    return _moved(actor, report, "report.take_back", stage, reason=reason)


@service
def report_return(
    actor: Actor, *, plan: Plan, unit: Unit, period: int, reason: str, to: str = "reporter"
) -> MonthlyReport:
    """Return a report with a reason: the head to the reporter, the division to the reporter or the head."""
    why = reason_of(reason)
    if to not in ("reporter", "head"):
        raise ServiceError("report_return_to_unknown", record=unit.code, to=to)
    by_head = to == "reporter" and _may(actor, "report.return_to_reporter", plan, unit)
    if not (by_head and _is_with_head(_report(plan, unit, period))):
        permit(actor, "report.return", plan=plan, unit=unit)
        by_head = False
    move = ReportMove.HEAD_RETURNS if by_head else ReportMove.TO_HEAD if to == "head" else ReportMove.DIVISION_RETURNS
    report, stage = _next(plan, unit, period, move)
    return _moved(actor, report, "report.return", stage, reason=why)


@service
def reports_confirm(
    actor: Actor, *, plan: Plan, period: int, units: Iterable[Unit], shown: Shown | None = None
) -> BulkOutcome:
    """Confirm reports of a period that were submitted, or returned to the head, and say what became of each.

    ``shown`` gives the revision that the head saw of each unit's (``revision_of``): a report that was changed
    meanwhile is refused with ``report_changed_since``.
    """
    return _each(lambda unit: _confirm(actor, plan, unit, period, _seen(shown, unit)), units)


@service
def reports_accept(
    actor: Actor, *, plan: Plan, period: int, units: Iterable[Unit], shown: Shown | None = None
) -> BulkOutcome:
    """Accept confirmed reports of a period for the division; ``shown`` as in ``reports_confirm``."""
    return _each(lambda unit: _accept(actor, plan, unit, period, _seen(shown, unit)), units)


def _seen(shown: Shown | None, unit: Unit) -> str | None:
    return None if shown is None else shown.get(unit.code, "")


def _confirm(actor: Actor, plan: Plan, unit: Unit, period: int, shown: str | None) -> MonthlyReport:
    permit(actor, "report.confirm", plan=plan, unit=unit)
    report, stage = _next(plan, unit, period, ReportMove.CONFIRM)
    _require_shown(report, shown)
    waiver = _require_other_hands(actor, report, senders_of(report), "sent_by_yourself")
    if stage_of(report) is ReportStage.WITH_HEAD:
        if missing := missing_for(plan, unit, period):
            raise _refusal("report_incomplete", plan, unit, period, count=len(missing), missing=missing)
        if not is_as_sent(report):  # what the head corrected is sent by confirming it
            send(actor, report, content_now(report))
    report.confirmed, report.confirmed_at, report.confirmed_by = report.sent, timezone.now(), person_of(actor)
    report.waived = waiver
    return _moved(actor, report, "report.confirm", stage, reason=waiver)


def _accept(actor: Actor, plan: Plan, unit: Unit, period: int, shown: str | None) -> MonthlyReport:
    permit(actor, "report.accept", plan=plan, unit=unit)
    report, stage = _next(plan, unit, period, ReportMove.ACCEPT)
    _require_shown(report, shown)
    waiver = _require_other_hands(actor, report, frozenset({report.confirmed_by_id}), "confirmed_by_yourself")
    report.accepted, report.accepted_at, report.accepted_by = report.confirmed, timezone.now(), person_of(actor)
    report.waived = report.waived or waiver
    return _moved(actor, report, "report.accept", stage, reason=waiver)


def _require_other_hands(actor: Actor, report: MonthlyReport, hands: frozenset[int | None], code: str) -> str:
    """Refuse a decision about one's own work, unless the unit has a waiver (R325): return its reason, "" without."""
    person = person_of(actor)
    if person is None or person.pk not in hands:
        return ""
    waiver = waivers_of(report.plan).get(report.unit.code)
    if waiver is None:
        raise _refusal(code, report.plan, report.unit, report.period)
    return waiver.reason


def _require_shown(report: MonthlyReport, shown: str | None) -> None:
    """Refuse a decision about something else than what is there now; None is a decision made without a page."""
    if shown is not None and shown != revision_of(report):
        raise _refusal("report_changed_since", report.plan, report.unit, report.period)


def _next(plan: Plan, unit: Unit, period: int, move: ReportMove) -> tuple[MonthlyReport, ReportStage]:
    """Return the report and the stage that ``move`` leads to; raises ServiceError with the table's refusal."""
    if not 1 <= period <= 12:
        raise ServiceError("period_unknown", record=unit.code, period=period)
    report = _report(plan, unit, period) or MonthlyReport(plan=plan, unit=unit, period=period)
    found = outcome(stage_of(report), locks_of(plan, units=(unit,)).month(unit.code, period), move)
    if not isinstance(found, ReportStage):
        raise _refusal(found, plan, unit, period)
    return report, found


def _is_with_head(report: MonthlyReport | None) -> bool:
    return stage_of(report) in LEADS_TO[ReportMove.HEAD_RETURNS]


def _moved(actor: Actor, report: MonthlyReport, action: str, stage: ReportStage, *, reason: str = "") -> MonthlyReport:
    """Write the report's new stage with its history entry."""
    standing = _report(report.plan, report.unit, report.period)
    old = snapshot(standing) if standing is not None else {}
    report.state, report.returned_to = columns_of(stage)
    report.changed_at = timezone.now()
    report.return_reason = reason if report.state == ReportState.RETURNED else ""
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
    report = MonthlyReport.objects.filter(plan=plan, unit=unit, period=period).first()
    if report is not None:
        report.plan, report.unit = plan, unit  # known already: read with every move, a plan's row takes most of it
    return report


def _may(actor: Actor, action: str, plan: Plan, unit: Unit) -> bool:
    if isinstance(actor, Person) and not rights.may(actor, action, plan=plan, unit=unit):
        return False
    permit(actor, action, plan=plan, unit=unit)  # which remembers in whose place it is done
    return True


def _refusal(code: str, plan: Plan, unit: Unit, period: int, **params: object) -> ServiceError:
    month = {name: report_name(plan.year_be, plan.calendar, period, name) for name in ("th", "en")}
    return ServiceError(code, record=unit.code, unit=unit.name, month=month, **params)
