"""Reports on their way: how many wait for whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from samrit.plans.models import MonthlyReport, Plan, ReportState

_WAITING = (ReportState.SUBMITTED, ReportState.CONFIRMED, ReportState.RETURNED)


@dataclass(frozen=True, slots=True)
class ReportsWaiting:
    """How many units' reports are in one state."""

    state: str
    count: int


def reports_waiting(plan: Plan, as_of: int) -> tuple[ReportsWaiting, ...]:
    """Return the reports up to ``as_of`` that wait for a head, the division or a correction, by state."""
    rows = MonthlyReport.objects.filter(plan=plan, period__lte=as_of, state__in=_WAITING)
    counts = dict(rows.values_list("state").annotate(n=Count("pk")))
    return tuple(ReportsWaiting(state.value, counts[state.value]) for state in _WAITING if counts.get(state.value))
