"""Reports on their way: what waits for a head, what waits for the division, and what in them is worth a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from samrit.engine.model import Direction, Figure
from samrit.plans import models, rights
from samrit.plans.errors import NotVisible
from samrit.plans.fields import figure_of
from samrit.plans.models import MonthlyReport, ReportState, Role
from samrit.plans.reporting.register import unit_then
from samrit.plans.reporting.separation import waivers_of
from samrit.plans.selectors.report.entry import report_entry
from samrit.plans.selectors.report.entry_lines import Report, ReportLine, ReportWork
from samrit.plans.selectors.report.sending_content import revision_of, senders_of
from samrit.vocabulary.numbers import whole

_REMEMBERED = 8  # reasons offered again
MOST_REPORTS, MOST_LOOKED = 20, 100  # reports, and lines worth a look, that a head's page carries at once
PER_PAGE = 80  # reports of the division's list: a page stays light on the evening of the 5th


@dataclass(frozen=True, slots=True)
class Looked:
    """A line that is worth a look, and why; ``changed_from`` is the figure that was sent before."""

    line: ReportLine
    reasons: tuple[str, ...]  # "below_plan", "not_reported", "changed", "unusual", "explained"
    changed_from: Figure | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that waits for a decision: what to look at, and how much of it is as planned."""

    sent: MonthlyReport
    report: Report
    looked: tuple[Looked, ...]
    usual: int
    as_planned: tuple[ReportLine, ...]  # whose figure of the month is the plan's, to the digit
    words: tuple[ReportWork, ...]  # works that the reporter wrote about
    files: int
    revision: str  # what is decided about
    is_own: bool = False  # whoever looks sent or corrected it, and so does not confirm it
    returned: models.HistoryEntry | None = None  # its last return, which what comes now answers

    @property
    def is_decidable(self) -> bool:
        """Whether whoever looks may confirm it."""
        return not self.is_own or self.report.waiver is not None

    @property
    def key(self) -> str:
        """The report's name in forms."""
        return str(self.sent.pk)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The head's page: of ``found`` reports those from ``start`` on that fit one page."""

    waiting: tuple[Waiting, ...]
    reasons: tuple[str, ...]
    found: int
    start: int

    @property
    def decidable(self) -> int:
        """How many of this page whoever looks may confirm."""
        return sum(item.is_decidable for item in self.waiting)

    @property
    def after(self) -> int:
        """How many are before the next page."""
        return self.start + len(self.waiting)

    @property
    def more(self) -> int:
        """How many wait on the pages after this one."""
        return self.found - self.after


@dataclass(frozen=True, slots=True)
class SentReport:
    """A report of the division's list; ``explained`` counts figures that needed a word."""

    sent: MonthlyReport
    unit: models.Unit  # as it was called in the report's month
    explained: int
    files: int
    is_own: bool = False  # whoever looks confirmed it, and so does not accept it
    waiver: models.Waiver | None = None

    @property
    def number(self) -> str:
        """The report's name in forms."""
        return str(self.sent.pk)

    @property
    def is_decidable(self) -> bool:
        """Whether whoever looks may accept it."""
        return not self.is_own or self.waiver is not None

    @property
    def revision(self) -> str:
        """What is decided about."""
        return revision_of(self.sent)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The division's page: what can be accepted, by month, and how much still waits for its head."""

    plan: models.Plan
    period: int | None
    periods: tuple[int, ...]
    rows: tuple[SentReport, ...]  # of one page
    found: int  # on all pages
    page: int
    pages: int
    unconfirmed: int
    reasons: tuple[str, ...]

    @property
    def decidable(self) -> int:
        """How many of this page whoever looks may accept."""
        return sum(row.is_decidable for row in self.rows)


def waiting_for_head(person: models.Person) -> tuple[MonthlyReport, ...]:
    """Return the reports that ``person`` can confirm now, oldest month first."""
    codes = rights.unit_codes(person, roles=frozenset({Role.HEAD}))
    state = Q(state=ReportState.SUBMITTED) | Q(state=ReportState.RETURNED, returned_to="head")
    rows = MonthlyReport.objects.filter(state, unit__code__in=codes).select_related("plan", "unit", "submitted_by")
    found = rows.order_by("plan__year_be", "period", "unit__code")
    return tuple(r for r in found if rights.may(person, "report.confirm", plan=r.plan, unit=r.unit))


def confirmation(person: models.Person, today: date | None = None, *, start: int = 0) -> Confirmation:
    """Return what waits for ``person`` as a head, with what changed and what looks unusual, a page at a time."""
    rows = waiting_for_head(person)
    start = start if 0 <= start < len(rows) else 0
    waiting: list[Waiting] = []
    lines = 0
    for sent in rows[start : start + MOST_REPORTS]:
        item = waiting_looked_at(person, sent, today)
        lines += len(item.looked)
        if waiting and lines > MOST_LOOKED:
            break
        waiting.append(item)
    return Confirmation(tuple(waiting), reasons_before(person), len(rows), start)


def waiting_looked_at(person: models.Person, sent: MonthlyReport, today: date | None = None) -> Waiting:
    """Return a report with the lines that are worth a look."""
    report = report_entry(person, sent.plan, sent.unit, sent.period, today=today)
    before = _sent_before(sent)
    looked = tuple(found for line in report.lines if (found := _looked(line, before)) is not None)
    words = tuple(w for w in report.works if w.words.said)
    files = sum(len(w.evidence) for w in report.works)
    return Waiting(
        sent,
        report,
        looked,
        len(report.lines) - len(looked),
        tuple(line for line in report.lines if line.now.is_as_planned),
        words,
        files,
        revision_of(sent),
        is_own=person.pk in senders_of(sent),
        returned=_last_return(sent),
    )


def acceptance(person: models.Person, code: str, period: int | None = None, page: int = 1) -> Acceptance:
    """Return the confirmed reports of a plan; raises NotVisible for a plan that is not the person's to accept for."""
    plan = models.Plan.objects.filter(code=code).first()
    if plan is None or not rights.may(person, "report.accept", plan=plan):
        raise NotVisible(code)
    rows = MonthlyReport.objects.filter(plan=plan).select_related("unit", "submitted_by", "plan")
    confirmed = rows.filter(state=ReportState.CONFIRMED).order_by("period", "unit__code")
    periods = tuple(sorted(set(confirmed.values_list("period", flat=True))))
    wanted = confirmed.filter(period=period) if period else confirmed
    found = wanted.count()
    pages = max(1, -(-found // PER_PAGE))
    page = min(max(page, 1), pages)
    chosen = tuple(wanted[(page - 1) * PER_PAGE : page * PER_PAGE])
    explained: Counter[tuple[int | None, int]] = Counter(
        models.Figure.objects.filter(plan=plan).exclude(explanation="").values_list("changed_by", "period")
    )
    waivers = waivers_of(plan)
    files = Counter(models.Evidence.objects.filter(plan=plan, withdrawn=False).values_list("unit_code", "period"))
    return Acceptance(
        plan=plan,
        period=period,
        periods=periods,
        rows=tuple(
            SentReport(
                r,
                unit_then(r.unit, plan, r.period),
                explained[r.submitted_by.pk if r.submitted_by else None, r.period],
                files[r.unit.code, r.period],
                is_own=r.confirmed_by_id == person.pk,
                waiver=waivers.get(r.unit.code),
            )
            for r in chosen
        ),
        found=found,
        page=page,
        pages=pages,
        unconfirmed=rows.filter(state=ReportState.SUBMITTED).count(),
        reasons=reasons_before(person),
    )


def report_to_decide(person: models.Person, number: str) -> MonthlyReport:
    """Return a report by its number for a decision; raises NotVisible for one that is not the person's to see."""
    row = MonthlyReport.objects.select_related("plan", "unit").filter(pk=whole(number, 0, most=10**12)).first()
    if row is None or not rights.may(person, "figure.edit", plan=row.plan, unit=row.unit):
        raise NotVisible(number)
    return row


def reasons_before(person: models.Person) -> tuple[str, ...]:
    """Return the reasons with which ``person`` returned reports before, latest first."""
    mine = models.HistoryEntry.objects.filter(actor=person, action="report.return").order_by("-sequence")
    return tuple(dict.fromkeys(mine.values_list("reason", flat=True)[:40]))[:_REMEMBERED]


def _looked(line: ReportLine, before: Mapping[tuple[str, str], Figure]) -> Looked | None:
    cell = line.now
    old = before.get((line.indicator.id, line.figure_unit))
    changed = old is not None and old != cell.actual
    tests = {
        "changed": changed,
        "unusual": bool(line.findings),
        "explained": bool(cell.explanation.strip()),
        "not_reported": line.is_due and not isinstance(cell.counted, Decimal) and not line.is_levels,
        "below_plan": _is_below_plan(line) or any(s.is_due and s.level.reached_on is None for s in line.steps),
    }
    reasons = tuple(name for name, holds in tests.items() if holds)
    return Looked(line, reasons, old if changed else None) if reasons else None


def _is_below_plan(line: ReportLine) -> bool:
    planned, actual = line.now.planned, line.now.counted
    if not isinstance(planned, Decimal) or not isinstance(actual, Decimal):
        return False
    return actual > planned if line.indicator.direction is Direction.LOWER else actual < planned


def _last_return(sent: MonthlyReport) -> models.HistoryEntry | None:
    """Return the entry with which the report was returned last, None where it never was."""
    entries = models.HistoryEntry.objects.filter(plan=sent.plan, unit_code=sent.unit.code, period=sent.period)
    return entries.filter(action="report.return").select_related("actor").order_by("-sequence").first()


def _sent_before(sent: MonthlyReport) -> Mapping[tuple[str, str], Figure]:
    """Return the figures as they were when the report was last returned or taken back: what was changed since."""
    entries = models.HistoryEntry.objects.filter(plan=sent.plan, period=sent.period)
    back = entries.filter(
        unit_code=sent.unit.code, action__in=("report.return", "report.take_back", "report.reopen")
    ).order_by("-sequence")
    last = back.first()
    if last is None:
        return {}
    changes = entries.filter(sequence__gt=last.sequence, action__startswith="figure.").order_by("sequence")
    before: dict[tuple[str, str], Figure] = {}
    for entry in changes:
        before.setdefault((entry.record, entry.unit_code), figure_of(str(entry.old.get("actual", ""))))
    return before
