"""The reports that a person's units still owe, or have sent and can look at (R152)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from samrit.plans import models, rights
from samrit.plans.reporting.completeness import MonthStanding, scene_of
from samrit.plans.reporting.days import period_of
from samrit.plans.reporting.duties import Duty
from samrit.plans.reporting.register import register


@dataclass(frozen=True, slots=True)
class DueReport:
    """A report that somebody has to send, or has sent: what is in it, by when, and where it is."""

    plan: models.Plan
    unit: models.Unit
    period: int
    due_on: date
    duties: tuple[Duty, ...]  # what is planned in the period
    report: models.MonthlyReport | None
    is_direct: bool  # the person's own unit, not one below it
    is_late: bool  # its day is past, and it was never sent

    @property
    def state(self) -> str:
        """The report's state, "" when it was not begun."""
        return self.report.state if self.report is not None else ""


def due_for(person: models.Person, plan: models.Plan, today: date | None = None) -> tuple[DueReport, ...]:
    """Return the reports of ``person``'s units that are due up to the month of ``today``, latest period first.

    Accepted reports and closed periods are left out; submitted ones stay, to be seen as sent.
    """
    day = today or timezone.localdate()
    codes = rights.unit_codes(person, plan=plan)
    direct = {a.unit.code for a in rights.assignments(person) if a.unit is not None}
    last = period_of(plan, day)
    if not codes or not last:
        return ()
    known = register()
    scene = scene_of(plan, day, known=known)
    reports = {(r.unit.code, r.period): r for r in plan.reports.select_related("unit").filter(unit__code__in=codes)}
    found = []
    for period in range(last, 0, -1):
        by_unit = scene.duties[period].by_unit if period in scene.duties else {}
        for code in sorted(codes & by_unit.keys(), key=lambda c: (c not in direct, c)):
            report, cell = reports.get((code, period)), scene.cell(code, period)
            due = tuple(d for d in by_unit[code] if d.is_due(period))
            reopened = bool({(code, period), ("", period)} & scene.unlocked)
            if (not due and report is None) or cell.is_shut or cell.standing is MonthStanding.CAME:
                continue
            if cell.standing is MonthStanding.ACCEPTED and not reopened:
                continue
            unit, own = known.of_month(plan, period).units[code], code in direct
            day_due = scene.due_on(code, period) or scene.days[period]
            found.append(DueReport(plan, unit, period, day_due, due, report, own, cell.is_missing))
    return tuple(found)
