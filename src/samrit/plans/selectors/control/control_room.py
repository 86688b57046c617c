"""The division's control room: who has reported what, who is late, what looks wrong, what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from samrit.engine.model import Fund
from samrit.plans import rights
from samrit.plans.errors import NotVisible
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import version_in_force
from samrit.plans.evaluation.what_counts import only_typed
from samrit.plans.models import Evaluation, HistoryEntry, Person, Plan, Unlock, Waiver
from samrit.plans.reporting.completeness import Matrix, MonthStanding, matrix
from samrit.plans.reporting.days import period_of
from samrit.plans.reporting.duties import units_reporting_by_period
from samrit.plans.reporting.separation import waivers_of
from samrit.plans.selectors.control.finding_list import decided_findings
from samrit.plans.selectors.control.reporting_units import UnitsPage, Wish, sheet
from samrit.plans.selectors.office import history
from samrit.vocabulary.periods import period_dates

MOST_CHANGES = 50
MOST_COUNTED = 1000  # more is "many" to anybody
SENT = (MonthStanding.SUBMITTED, MonthStanding.CONFIRMED, MonthStanding.ACCEPTED)
# From the end of the way to its beginning: how a month's bar is stacked.
_STACKED = (
    MonthStanding.ACCEPTED,
    MonthStanding.CONFIRMED,
    MonthStanding.SUBMITTED,
    MonthStanding.RETURNED,
    MonthStanding.CORRECTING,
    MonthStanding.MISSING,
    MonthStanding.AWAITED,
    MonthStanding.CAME,
)


@dataclass(frozen=True, slots=True)
class BarPart:
    """How many units are at one point of the way; ``start`` and ``width`` place it in the bar, in units."""

    standing: MonthStanding
    count: int
    start: int


@dataclass(frozen=True, slots=True)
class MonthOverview:
    """The month in question in figures: how many units owe a report, and where these are."""

    period: int
    due_on: date
    owed: int
    late: int
    parts: tuple[BarPart, ...]
    counts: Mapping[str, int]

    @property
    def sent(self) -> int:
        """How many units have sent."""
        return sum(self.counts.get(s, 0) for s in SENT)


@dataclass(frozen=True, slots=True)
class Changes:
    """The figures that changed since the last look, latest first, no more than a page takes."""

    entries: tuple[HistoryEntry, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.entries)


@dataclass(frozen=True, slots=True)
class ControlRoom:
    """The control room's page."""

    plan: Plan
    today: date
    now: int
    periods: tuple[int, ...]
    months: tuple[MonthOverview, ...]  # the latest first: the month whose reports are owed now
    sheet: UnitsPage
    changes: Changes
    open_findings: Mapping[str, int]
    closed: frozenset[int]
    unlocks: tuple[Unlock, ...]
    waivers: tuple[Waiver, ...]
    evaluations: tuple[Evaluation, ...]
    may_decide: bool
    units: tuple[tuple[str, str], ...]  # code and name of those that a month can be reopened for
    funds: tuple[Fund, ...] = ()  # to choose from, where there are several


def plan_to_control(person: Person, code: str) -> Plan:
    """Return the plan whose control room ``person`` may enter; raises NotVisible for any other."""
    plan = Plan.objects.select_related("owner").filter(code=code).first()
    if plan is None or not rights.may(person, "control.view", plan=plan):
        raise NotVisible(code)
    return plan


def control_room(person: Person, code: str, *, seen: int = 0, wish: Wish | None = None) -> ControlRoom:
    """Return the control room of a plan; ``seen`` is the history's sequence at the last look."""
    plan = plan_to_control(person, code)
    today, funds = timezone.localdate(), _funds(plan)
    wish = wish or Wish()
    if wish.fund not in {fund.code for fund in funds}:
        wish = replace(wish, fund="")
    now = period_of(plan, today)
    shown = matrix(plan, today)
    owed = _latest_owed(plan, now, today)
    return ControlRoom(
        plan=plan,
        today=today,
        now=now,
        periods=tuple(range(1, now + 1)),
        months=_months(shown, owed),
        sheet=sheet(shown, now, wish, _units_of(plan, wish, now)),
        changes=changes_since(plan, seen),
        open_findings=Counter(d.finding.severity.value for d in decided_findings(plan, now) if d.state == "open"),
        closed=frozenset(plan.closures.values_list("period", flat=True)),
        unlocks=tuple(plan.unlocks.filter(until__gte=today).select_related("unit", "opened_by")),
        waivers=tuple(waivers_of(plan, today).values()),
        evaluations=tuple(plan.evaluations.defer("content").select_related("closed_by").order_by("-period", "-number")),
        may_decide=rights.may(person, "period.close", plan=plan),
        units=tuple((row.unit.code, row.unit.name) for row in shown.rows),
        funds=funds,
    )


def _funds(plan: Plan) -> tuple[Fund, ...]:
    """Return the funds to choose from: nothing where the plan has one or none (R3)."""
    funds = package_of(version_in_force(plan)).plan.funds
    return funds if len(funds) > 1 else ()


def _units_of(plan: Plan, wish: Wish, now: int) -> frozenset[str] | None:
    """Return the units with anything due, in the month wished or up to now, of the works of the wished fund."""
    if not wish.fund:
        return None
    months = range(1, now + 1) if wish.period is None else (wish.period,)
    duties = units_reporting_by_period(plan)
    every = ((m, duty) for m in months if m in duties for own in duties[m].by_unit.values() for duty in own)
    return frozenset(duty.unit for m, duty in every if duty.is_due(m) and duty.project.fund == wish.fund)


def _latest_owed(plan: Plan, now: int, today: date) -> int:
    """Return the latest month that is over, whose reports are owed; the running one only while it is the first."""
    is_over = now > 0 and period_dates(plan.year_be, plan.calendar, now)[1] < today
    return now if is_over else max(now - 1, min(now, 1))


def changes_since(plan: Plan, sequence: int, most: int | None = MOST_CHANGES) -> Changes:
    """Return the changes of figures after an entry of the history, the latest ``most`` of them."""
    changed = history.since(plan, sequence).order_by("-sequence")
    entries = tuple(changed.select_related("actor")[:most])
    typed = only_typed(plan, entries)
    for entry in entries:
        if entry.sequence in typed:  # the division sees that a unit has begun, and no figure
            entry.old, entry.new = {}, {}
    return Changes(entries, changed[:MOST_COUNTED].count())


def _months(shown: Matrix, latest: int) -> tuple[MonthOverview, ...]:
    """Return the last three months that ask anybody for a report; the latest where none has asked so far.

    A plan that reports by quarters asks in the last month of each: the others are no months without reports.
    """
    every = tuple(_month(shown, period) for period in range(latest, 0, -1))
    return tuple(month for month in every if month.owed)[:3] or every[:1]


def _month(shown: Matrix, period: int) -> MonthOverview:
    counts = shown.counts(period)
    parts, start = [], 0
    for standing in _STACKED:
        if counts[standing]:
            parts.append(BarPart(standing, counts[standing], start))
            start += counts[standing]
    return MonthOverview(
        period, shown.due_on[period], start, shown.late(period), tuple(parts), {str(s): n for s, n in counts.items()}
    )


def evaluation_of(person: Person, code: str, period: int, number: int) -> Evaluation:
    """Return a closed evaluation that ``person`` may see; raises NotVisible for any other."""
    found = (
        Evaluation.objects.defer("content")
        .select_related("plan", "version", "closed_by")
        .filter(plan__code=code, period=period, number=number)
        .first()
    )
    if found is None or not rights.may(person, "evaluation.view", plan=found.plan):
        raise NotVisible(f"{code} {period}.{number}")
    return found
