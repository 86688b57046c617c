"""The ground under every entry: whose duty it is, whether the month is open, and the report it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from samrit.plans.errors import ServiceError
from samrit.plans.models import MonthlyReport, Plan, ReportState, Unit
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.duties import Duties, Duty, units_reporting
from samrit.plans.reporting.locks import Locks, locks_of
from samrit.plans.reporting.register import Register, register
from samrit.plans.services.writing import Actor, permit, person_of

_SENT = (ReportState.SUBMITTED, ReportState.CONFIRMED, ReportState.ACCEPTED)


@dataclass
class Draft:
    """One unit's month being written: read once, asked for every cell."""

    actor: Actor
    plan: Plan
    unit: Unit
    duties: dict[int, Duties]
    locks: Locks
    known: Register

    def duty(self, indicator: str, period: int) -> Duty:
        """Return the unit's duty to report ``indicator``; raises ServiceError ``figure_not_yours``."""
        duty = self._duties(period).of(indicator, self.unit.code)
        if duty is None:
            raise ServiceError("figure_not_yours", record=indicator, unit=self.unit.name)
        return duty

    def reports_for(self, project: str, period: int) -> bool:
        """Say whether the unit reports any indicator of ``project``."""
        return any(d.project.id == project for d in self.duties_in(period))

    def duties_in(self, period: int) -> tuple[Duty, ...]:
        """Return everything that the unit reports in ``period``."""
        return self._duties(period).by_unit.get(self.unit.code, ())

    def _duties(self, period: int) -> Duties:
        if period not in self.duties:
            self.duties[period] = units_reporting(self.plan, period, known=self.known)
        return self.duties[period]

    def require_open(self, period: int, record: str = "") -> None:
        """Refuse, with the reason, where the month is locked."""
        if not 1 <= period <= 12:
            raise ServiceError("period_unknown", record=record, period=period)
        reason = self.locks.why(self.unit.code, period)
        if reason is not None:
            raise ServiceError(reason.code, record=record, **reason.params)

    def touch(self, period: int) -> MonthlyReport:
        """Return the month's report, begun where there was none, taken back to draft where it was opened again."""
        report = MonthlyReport.objects.filter(plan=self.plan, unit=self.unit, period=period).first()
        if report is not None and report.state not in _SENT:
            return report
        action = "report.begin" if report is None else "report.reopen"
        old = snapshot(report) if report is not None else {}
        report = report or MonthlyReport(plan=self.plan, unit=self.unit, period=period)
        report.state = ReportState.DRAFT
        report.changed_at = timezone.now()
        report.save()
        history.record(
            person_of(self.actor),
            action,
            plan=self.plan,
            record="report",
            unit_code=self.unit.code,
            period=period,
            old=old,
            new=snapshot(report),
        )
        return report


def draft(actor: Actor, plan: Plan, unit: Unit) -> Draft:
    """Open ``unit``'s months of ``plan`` for writing; raises ServiceError ``not_allowed``."""
    permit(actor, "figure.edit", plan=plan, unit=unit)
    return Draft(actor, plan, unit, {}, locks_of(plan, units=(unit,)), register())
