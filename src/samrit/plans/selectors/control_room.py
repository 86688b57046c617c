"""The division's control room: who has reported what, who is late, what looks wrong, what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from samrit.engine.checks import check_plan
from samrit.plans import rights, scoring
from samrit.plans.errors import NotVisible
from samrit.plans.fingerprints import fingerprint
from samrit.plans.models import Evaluation, FindingState, HistoryEntry, Person, Plan, Unlock
from samrit.plans.selectors.calendar import period_of
from samrit.plans.selectors.completeness import Matrix, Row, Standing, matrix
from samrit.vocabulary.findings import Finding, Severity

MOST_CHANGES = 50
SENT = (Standing.SUBMITTED, Standing.CONFIRMED, Standing.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Month:
    """The month in question in figures: how many units owe a report, and where these stand."""

    period: int
    due_on: date
    owed: int
    sent: int
    accepted: int
    returned: int
    missing: int
    late: int


@dataclass(frozen=True, slots=True)
class DecidedFinding:
    """A finding of the checks with what was decided about it ("open" until then)."""

    finding: Finding
    mark: str
    state: str
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class ControlRoom:
    """The control room's page."""

    plan: Plan
    today: date
    now: int
    periods: tuple[int, ...]
    months: tuple[Month, ...]
    rows: tuple[Row, ...]
    changes: tuple[HistoryEntry, ...]
    more_changes: int
    last_sequence: int
    open_findings: Mapping[str, int]
    closed: frozenset[int]
    unlocks: tuple[Unlock, ...]
    evaluations: tuple[Evaluation, ...]
    may_decide: bool


def plan_to_control(person: Person, code: str) -> Plan:
    """Return the plan whose control room ``person`` may enter; raises NotVisible for any other."""
    plan = Plan.objects.select_related("owner").filter(code=code).first()
    if plan is None or not rights.may(person, "control.view", plan=plan):
        raise NotVisible(code)
    return plan


def control_room(person: Person, code: str, *, seen: int = 0) -> ControlRoom:
    """Return the control room of a plan; ``seen`` is the history's sequence at the last look."""
    plan = plan_to_control(person, code)
    today = timezone.localdate()
    now = period_of(plan, today)
    shown = matrix(plan, today)
    changed = HistoryEntry.objects.filter(plan=plan, sequence__gt=seen, action__startswith="figure.").order_by(
        "-sequence"
    )
    latest = HistoryEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    return ControlRoom(
        plan=plan,
        today=today,
        now=now,
        periods=tuple(range(1, now + 1)),
        months=tuple(_month(shown, p) for p in range(now, max(now - 2, 0), -1)),
        rows=_worst_first(shown.rows, now),
        changes=tuple(changed.select_related("actor")[:MOST_CHANGES]),
        more_changes=max(0, changed.count() - MOST_CHANGES),
        last_sequence=latest,
        open_findings=Counter(d.finding.severity.value for d in decided_findings(plan, now) if d.state == "open"),
        closed=frozenset(plan.closures.values_list("period", flat=True)),
        unlocks=tuple(plan.unlocks.filter(until__gte=today).select_related("unit", "opened_by")),
        evaluations=tuple(plan.evaluations.defer("content").select_related("closed_by").order_by("-period", "-number")),
        may_decide=rights.may(person, "period.close", plan=plan),
    )


def _month(shown: Matrix, period: int) -> Month:
    counts = shown.counts(period)
    sent = sum(counts[s] for s in SENT)
    missing, returned = counts[Standing.MISSING], counts[Standing.RETURNED]
    owed = sent + missing + returned + counts[Standing.AWAITED] + counts[Standing.CLOSED]
    accepted = counts[Standing.ACCEPTED]
    return Month(period, shown.due_on[period], owed, sent, accepted, returned, missing, shown.late(period))


def _worst_first(rows: Iterable[Row], now: int) -> tuple[Row, ...]:
    """Return the rows cut to the months so far, units with the most gaps first, then the most often late."""
    cut = [Row(row.unit, row.cells[:now]) for row in rows]
    owing = [row for row in cut if any(cell.standing is not Standing.NOTHING_DUE for cell in row.cells)]
    return tuple(sorted(owing, key=lambda row: (-row.open, -row.late)))


def decided_findings(plan: Plan, as_of: int, *, severity: str = "", state: str = "") -> tuple[DecidedFinding, ...]:
    """Return the checks' findings on the plan as reported, with their states, gravest first."""
    package = scoring.reported_plan(plan, max(as_of, 1))
    decided = {row.fingerprint: row for row in FindingState.objects.filter(plan=plan).select_related("decided_by")}
    found = []
    for finding in check_plan(package.plan, scoring.ruleset_of(package), as_of):
        mark = fingerprint(finding)
        row = decided.get(mark)
        item = DecidedFinding(
            finding,
            mark,
            row.state if row else "open",
            row.reason if row else "",
            str(row.decided_by or "") if row else "",
        )
        if (not severity or finding.severity == Severity(severity)) and (not state or item.state == state):
            found.append(item)
    return tuple(found)


def finding_marked(plan: Plan, as_of: int, mark: str) -> Finding:
    """Return the finding with that fingerprint; raises NotVisible when it is not there any more."""
    for item in decided_findings(plan, as_of):
        if item.mark == mark:
            return item.finding
    raise NotVisible(mark)


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
