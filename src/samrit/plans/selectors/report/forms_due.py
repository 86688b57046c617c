"""Which Excel forms somebody can take along: of their own units, and for the division those still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from samrit.plans import rights
from samrit.plans.models import Person, Plan, Unit
from samrit.plans.reporting.completeness import Matrix, matrix
from samrit.plans.reporting.days import period_of
from samrit.plans.reporting.locks import locks_of
from samrit.plans.reporting.transitions import ReportMove, ReportStage, outcome, stage_of
from samrit.plans.selectors.report.my_work import Task, my_work


@dataclass(frozen=True, slots=True)
class Chase:
    """A month of a plan as the division chases it: the units whose report has not come."""

    plan: Plan
    plans: tuple[Plan, ...]
    period: int
    periods: tuple[int, ...]
    due_on: date | None
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class FormsDue:
    """The page of forms: one's own reports to send, and what the division may fetch for others."""

    own: tuple[Task, ...]
    chase: Chase | None


def forms_due(person: Person, *, plan: str = "", period: int | None = None, today: date | None = None) -> FormsDue:
    """Return the forms ``person`` may fetch; a plan or a period that is none gives the latest."""
    day = today or timezone.localdate()
    plans = tuple(p for p in Plan.objects.all() if rights.may(person, "report.accept", plan=p))
    chosen = next((p for p in plans if p.code == plan), plans[0] if plans else None)
    return FormsDue(_own(person, day), _chase(chosen, plans, period, day) if chosen else None)


def awaits_sending(person: Person, plan: Plan, unit: Unit, period: int) -> bool:
    """Say whether ``unit``'s report of a month is still to be sent, and ``person`` may send it."""
    report = plan.reports.filter(unit=unit, period=period).first()
    found = outcome(stage_of(report), locks_of(plan, units=(unit,)).month(unit.code, period), ReportMove.SEND)
    return isinstance(found, ReportStage) and rights.may(person, "report.submit", plan=plan, unit=unit)


def units_owing(plan: Plan, period: int, today: date | None = None) -> tuple[Unit, ...]:
    """Return the units that still have to send their report of a month."""
    return _owing(matrix(plan, today), period)


def _owing(shown: Matrix, period: int) -> tuple[Unit, ...]:
    return tuple(r.unit for r in shown.rows for c in r.cells if c.period == period and c.is_owed)


def _own(person: Person, day: date) -> tuple[Task, ...]:
    if not rights.unit_codes(person):
        return ()
    work = my_work(person, day)
    return (*work.returned, *work.now, *(task for unit in work.late for task in unit.tasks))


def _chase(plan: Plan, plans: tuple[Plan, ...], period: int | None, day: date) -> Chase:
    periods = tuple(range(1, period_of(plan, day) + 1))
    chosen = period if period in periods else (periods[-1] if periods else 0)
    shown = matrix(plan, day)
    return Chase(plan, plans, chosen, periods, shown.due_on.get(chosen), _owing(shown, chosen))
