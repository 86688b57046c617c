"""Why a figure cannot be changed: every locked field can say so (R151).

An unlock opens whatever is closed, submitted or accepted, for one unit or for all, until its last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from samrit.plans import models
from samrit.plans.errors import in_language
from samrit.plans.reporting.days import has_begun
from samrit.plans.reporting.transitions import MonthState, ReportMove, ReportStage, outcome, stage_in
from samrit.vocabulary.findings import Finding, Place, sentence
from samrit.vocabulary.periods import format_date, report_name

_STAGE_CODES = {
    ReportStage.SUBMITTED: "locked_submitted",
    ReportStage.CONFIRMED: "locked_confirmed",
    ReportStage.ACCEPTED: "locked_accepted",
}


@dataclass(frozen=True, slots=True)
class LockReason:
    """Why nothing can be changed; ``code`` names a sentence of the catalogue."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str = "th") -> str:
        """Return the reason and what to do about it."""
        return sentence(Finding(self.code, Place(), in_language(self.params, language)), language)


@dataclass(frozen=True, slots=True)
class Locks:
    """Everything about a plan's locks, read with three queries: ask for any unit and period."""

    plan: models.Plan
    today: date
    closed: Mapping[int, date]
    states: Mapping[tuple[str, int], str]
    unlocked: frozenset[tuple[str, int]]

    def why(self, unit: str, period: int) -> LockReason | None:
        """Return why the figures of ``unit`` in ``period`` are locked, None when they are open."""
        where, stage = self.month(unit, period), stage_in(self.states.get((unit, period), ""))
        if isinstance(outcome(stage, where, ReportMove.WRITE), ReportStage):
            return None
        month = {name: report_name(self.plan.year_be, self.plan.calendar, period, name) for name in ("th", "en")}
        if where is MonthState.NOT_BEGUN:
            return LockReason("locked_not_begun", {"month": month})
        if where is MonthState.CLOSED:
            day = {name: format_date(self.closed[period], name) for name in ("th", "en")}
            return LockReason("locked_closed", {"month": month, "day": day})
        return LockReason(_STAGE_CODES[stage], {"month": month})

    def month(self, unit: str, period: int) -> MonthState:
        """Return where the month stands for ``unit``: an unlock in force opens a closed one."""
        if not has_begun(self.plan, period, self.today):
            return MonthState.NOT_BEGUN
        if self.is_unlocked(unit, period):
            return MonthState.UNLOCKED
        return MonthState.CLOSED if period in self.closed else MonthState.OPEN

    def is_unlocked(self, unit: str, period: int) -> bool:
        """Say whether an unlock is in force for ``unit`` in ``period``."""
        return bool({(unit, period), ("", period)} & self.unlocked)


def locks_of(plan: models.Plan, today: date | None = None, *, units: Iterable[models.Unit] = ()) -> Locks:
    """Read the locks of a plan as of ``today``: of some units, or of all without any named."""
    day = today or timezone.localdate()
    closures = plan.closures.values_list("period", "closed_at")
    of_whom = Q(unit__in=list(units)) if units else Q()
    states = plan.reports.filter(of_whom).values_list("unit__code", "period", "state")
    unlocks = plan.unlocks.filter(until__gte=day).values_list("unit__code", "period")
    return Locks(
        plan,
        day,
        {period: timezone.localdate(at) for period, at in closures},
        {(code, period): state for code, period, state in states},
        frozenset((code or "", period) for code, period in unlocks),
    )
