"""What a reporter has to do: due by when, late, came back, sent; nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from samrit.engine.indicators.breakdown import dimensions_of
from samrit.engine.indicators.totals import consolidation_of
from samrit.engine.model import Indicator, Mark
from samrit.plans import models, rights
from samrit.plans.models import Role
from samrit.plans.selectors.report.confirmation import waiting_for_head
from samrit.plans.selectors.report.due_reports import DueReport, due_for

_SENT = frozenset({"submitted", "confirmed", "accepted"})


@dataclass(frozen=True, slots=True)
class Task:
    """A report to send or sent, with how far it is filled in."""

    due: DueReport
    filled: int
    today: date

    @property
    def count(self) -> int:
        """How many indicators have something planned."""
        return len(self.due.duties)

    @property
    def state(self) -> str:
        """Where the report is, "" when it was not begun."""
        return self.due.state

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it was not sent."""
        return self.due.is_late

    @property
    def days(self) -> int:
        """Days until it is due; negative when late."""
        return (self.due.due_on - self.today).days

    @property
    def days_late(self) -> int:
        """Days since it was due."""
        return -self.days


@dataclass(frozen=True, slots=True)
class LateUnit:
    """The late reports of one unit, oldest first."""

    unit: models.Unit
    plan: models.Plan
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class MyWork:
    """The page: what came back first, then what is due now, what is late, what was sent."""

    today: date
    returned: tuple[Task, ...]
    now: tuple[Task, ...]
    late: tuple[LateUnit, ...]
    sent: tuple[Task, ...]
    to_confirm: int
    has_units: bool

    @property
    def next_due(self) -> date | None:
        """The first day by which something has to be sent."""
        return min((task.due.due_on for task in self.now), default=None)

    @property
    def indicators_now(self) -> int:
        """Indicators to report by that day."""
        return sum(task.count - task.filled for task in self.now if task.due.due_on == self.next_due)

    @property
    def late_count(self) -> int:
        """How many reports are late."""
        return sum(len(unit.tasks) for unit in self.late)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.returned or self.now or self.late)


def my_work(person: models.Person, today: date | None = None) -> MyWork:
    """Return what ``person`` has to report, over all plans that are open to them."""
    day = today or timezone.localdate()
    tasks = [task for plan in _plans(person) for task in _tasks(person, plan, day)]
    open_ = [t for t in tasks if t.state not in _SENT and t.state != "returned"]
    # One's own units come first; those below matter once they are late.
    now = [t for t in open_ if not t.is_late and t.due.is_direct]
    return MyWork(
        today=day,
        returned=tuple(t for t in tasks if t.state == "returned"),
        now=tuple(sorted(now, key=lambda t: t.due.due_on)),
        late=_by_unit(t for t in open_ if t.is_late),
        sent=tuple(t for t in tasks if t.state in _SENT)[:_MOST_SENT],
        to_confirm=len(waiting_for_head(person)) if _is_head(person) else 0,
        has_units=bool(rights.unit_codes(person)),
    )


_MOST_SENT = 12


def _plans(person: models.Person) -> list[models.Plan]:
    plans = models.Plan.objects.select_related("owner")
    return [plan for plan in plans if rights.may(person, "report.submit", plan=plan)]


def _is_head(person: models.Person) -> bool:
    return any(a.role == Role.HEAD for a in rights.assignments(person))


def _tasks(person: models.Person, plan: models.Plan, day: date) -> list[Task]:
    due = due_for(person, plan, day)
    units = {d.figure_unit for report in due for d in report.duties}
    figures = models.Figure.objects.filter(plan=plan, unit_code__in=units, period__in={r.period for r in due})
    if "" in units:
        figures = figures.filter(indicator__in={d.indicator.id for report in due for d in report.duties})
    rows = figures.values_list("indicator", "unit_code", "period", "actual", "numerator", "note")
    reported = {row[:3] for row in rows if row[3] is not Mark.BLANK or row[4] is not Mark.BLANK or row[5]}
    return [Task(report, _filled(report, reported), day) for report in due]


def _filled(report: DueReport, reported: set[tuple[str, str, int]]) -> int:
    """Count the indicators that hold a figure, reported here, imported with the plan or made of categories (BD1)."""

    def is_said(indicator: Indicator, unit: str) -> bool:
        own = (e for e in indicator.entries if e.period == report.period and e.unit == unit)
        return (indicator.id, unit, report.period) in reported or any(e.actual is not Mark.BLANK for e in own)

    def is_made(indicator: Indicator, unit: str) -> bool:
        lists = dimensions_of(indicator).values() if consolidation_of(indicator) is not None else ()
        return any(all(is_said(part, unit) for part in parts) for parts in lists)

    return sum(is_said(*own) or is_made(*own) for own in ((d.indicator, d.figure_unit) for d in report.duties))


def _by_unit(tasks: Iterable[Task]) -> tuple[LateUnit, ...]:
    grouped: dict[tuple[int, int], list[Task]] = {}
    for task in tasks:
        grouped.setdefault((task.due.plan.pk, task.due.unit.pk), []).append(task)
    return tuple(
        LateUnit(own[0].due.unit, own[0].due.plan, tuple(sorted(own, key=lambda t: t.due.period)))
        for own in grouped.values()
    )
