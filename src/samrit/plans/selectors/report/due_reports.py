"""The reports that a person's units still owe, or have sent and can look at (R152)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from samrit.plans import models, rights
from samrit.plans.reporting.days import due_days, period_of
from samrit.plans.reporting.duties import Duty, units_reporting_by_period
from samrit.plans.reporting.register import register


@dataclass(frozen=True, slots=True)
class DueReport:
    """A report that somebody has to send, or has sent: what is in it, by when, and where it stands."""

    plan: models.Plan
    unit: models.Unit
    period: int
    due_on: date
    duties: tuple[Duty, ...]  # what is planned in the period
    report: models.MonthlyReport | None
    is_direct: bool  # the person's own unit, not one below it

    @property
    def state(self) -> str:
        """The report's state, "" when it was not begun."""
        return self.report.state if self.report is not None else ""

    def is_late(self, today: date) -> bool:
        """Say whether it is past its day and was never sent; what was taken back or returned was."""
        was_sent = self.report is not None and self.report.submitted_at is not None
        return today > self.due_on and not was_sent


def due_for(person: models.Person, plan: models.Plan, today: date | None = None) -> tuple[DueReport, ...]:
    """Return the reports of ``person``'s units that are due up to the month of ``today``, latest period first.

    Accepted reports and closed periods are left out; submitted ones stay, to be seen as sent.
    """
    day = today or timezone.localdate()
    codes = rights.unit_codes(person)
    direct = {a.unit.code for a in rights.assignments(person) if a.unit is not None}
    last = period_of(plan, day)
    if not codes or not last:
        return ()
    known = register()
    closed = set(plan.closures.values_list("period", flat=True))
    reports = {(r.unit.code, r.period): r for r in plan.reports.select_related("unit").filter(unit__code__in=codes)}
    open_again = {(u.unit.code if u.unit else "", u.period) for u in plan.unlocks.filter(until__gte=day)}
    found = []
    days, by_period = due_days(plan), units_reporting_by_period(plan, known=known)
    for period in range(last, 0, -1):
        if period not in by_period:
            continue
        duties = by_period[period]
        reporting = {code: duties.by_unit.get(code, ()) for code in codes}
        for code in sorted((c for c, own in reporting.items() if own), key=lambda c: (c not in direct, c)):
            report = reports.get((code, period))
            due = tuple(d for d in duties.by_unit[code] if d.is_due(period))
            reopened = bool({(code, period), ("", period)} & open_again)
            if (not due and report is None) or (period in closed and not reopened):
                continue
            if report is not None and report.state == models.ReportState.ACCEPTED and not reopened:
                continue
            found.append(DueReport(plan, known.units[code], period, days[period], due, report, code in direct))
    return tuple(found)
