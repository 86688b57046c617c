"""The ground under every entry: whose duty it is, whether the month is open, and the report it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.utils import timezone

from samrit.plans.errors import ServiceError
from samrit.plans.models import Figure, LevelReached, MonthlyReport, Narrative, Plan, Unit
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.duties import Duties, Duty, units_reporting
from samrit.plans.reporting.locks import Locks, locks_of
from samrit.plans.reporting.register import Register, register
from samrit.plans.reporting.transitions import MonthState, ReportMove, ReportStage, columns_of, outcome, stage_of
from samrit.plans.selectors.report.sending_content import content_of_rows, name_of, sent_revisions
from samrit.plans.services.report.sendings import send
from samrit.plans.services.writing import Actor, is_of_unit, permit, person_of


@dataclass
class MonthDraft:
    """One unit's month being written: read once, asked for every cell."""

    actor: Actor
    plan: Plan
    unit: Unit
    duties: dict[int, Duties]
    locks: Locks
    known: Register
    is_of_unit: bool
    sent: Mapping[tuple[object, ...], int] | None = None  # revisions that were sent, read for the division

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

    def require_covered_open(self, duty: Duty, period: int, span: int) -> None:
        """Refuse a figure of several months that the plan does not have, or that would be over a locked month.

        A figure of a quarter whose months the plan gives one by one takes their place, so they
        have to be open too; where the plan has the quarter only, its last month decides.
        """
        indicator = duty.indicator
        self.require_open(period, indicator.id)
        if span == 1:
            return
        own = [e for e in indicator.entries if e.unit == duty.figure_unit]
        if not any((e.period, e.span) == (period, span) for e in own or indicator.entries):
            raise ServiceError("span_unknown", record=indicator.id, span=span, period=period)
        covered = range(period - span + 1, period)
        stored = Figure.objects.filter(plan=self.plan, indicator=indicator.id, unit_code=duty.figure_unit)
        within = {e.period for e in own if e.span < span} | set(
            stored.filter(period__in=covered, span__lt=span).values_list("period", flat=True)
        )
        for month in sorted(within & set(covered)):
            self.require_open(month, indicator.id)

    def wrote(self, period: int, *rows: Model) -> None:
        """Note that ``rows`` of a month were written; what the division writes for a unit is sent by it at once."""
        report = self.touch(period)
        if rows and not self.is_of_unit:
            send(self.actor, report, content_of_rows(rows), is_whole=False)
            report.save(update_fields=["sent"])

    def require_seen(self, row: Figure | LevelReached | Narrative) -> None:
        """Refuse the division a change over what the unit has typed and not sent: nothing is overwritten unseen."""
        if self.is_of_unit or row.pk is None:
            return
        if self.sent is None:
            self.sent = sent_revisions(self.plan, self.unit)
        if self.sent.get(name_of(row)) != row.revision:
            raise ServiceError("unit_is_typing", record=str(name_of(row)[1]), unit=self.unit.name)

    def touch(self, period: int) -> MonthlyReport:
        """Return the month's report, begun where there was none, taken back to draft where it was opened again."""
        report = MonthlyReport.objects.filter(plan=self.plan, unit=self.unit, period=period).first()
        if report is not None:
            report.plan, report.unit = self.plan, self.unit
        stage = outcome(
            stage_of(report), MonthState.UNLOCKED, ReportMove.WRITE
        )  # whoever writes has asked whether it is open
        if report is not None and stage is stage_of(report):
            return report
        action = "report.begin" if report is None else "report.reopen"
        old = snapshot(report) if report is not None else {}
        report = report or MonthlyReport(plan=self.plan, unit=self.unit, period=period)
        report.state, report.returned_to = columns_of(ReportStage(stage))
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


def draft(actor: Actor, plan: Plan, unit: Unit) -> MonthDraft:
    """Open ``unit``'s months of ``plan`` for writing; raises ServiceError ``not_allowed``."""
    permit(actor, "figure.edit", plan=plan, unit=unit)
    return MonthDraft(actor, plan, unit, {}, locks_of(plan, units=(unit,)), register(), is_of_unit(actor, unit))
