"""Past months of all units taken in at once, as accepted and with their source: all of a file, or nothing.

An office that starts in mid-year has reported some months elsewhere.  Nothing that a unit has typed or sent is
written over, and the file looked at first is the file taken: a look does everything and takes it back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from samrit.engine.indicators.breakdown import added_up
from samrit.engine.indicators.levels import is_by_steps
from samrit.engine.model import Indicator
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.scoring import reported_plan
from samrit.plans.models import Figure, MonthlyReport, Plan, ReportState, Unit
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.duties import Duty, units_reporting
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.selectors.report.readiness import is_reported
from samrit.plans.selectors.report.sending_content import content_of_rows, typed_in
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.sendings import send
from samrit.plans.services.writing import Actor, is_of_unit, permit, person_of, service
from samrit.plans.unit_form.past_file import PARTS, SHEET, PastLine, cell_text
from samrit.vocabulary.figures import parse_figure
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.periods import period_dates

LONGEST_SOURCE = 1_000
Rows = Mapping[tuple[str, int], PastLine]  # by indicator and period: the row to name in a finding


@dataclass(frozen=True, slots=True)
class PastOutcome:
    """What a file brings: figures written, those that stand so already, reports accepted, and those not complete."""

    figures: int = 0
    same: int = 0
    accepted: int = 0
    open: tuple[tuple[str, int], ...] = ()  # unit and month with something due that neither file nor system has
    faults: tuple[Finding, ...] = ()


def months_over(plan: Plan) -> tuple[int, ...]:
    """Return the periods of the plan whose last day is over."""
    today = timezone.localdate()
    return tuple(p for p in range(1, 13) if period_dates(plan.year_be, plan.calendar, p)[1] < today)


def past_lines(plan: Plan) -> tuple[PastLine, ...]:
    """Return a row for every figure that units report, with what is known of the months that are over."""
    months, units = months_over(plan), {unit.code: unit.name for unit in Unit.objects.all()}
    if not months:
        return ()
    counted = {i.id: i for p in reported_plan(plan, months[-1]).plan.projects for i in p.measures}
    duties = units_reporting(plan, months[-1]).by_unit
    return tuple(
        line
        for unit in sorted(duties)
        for duty in duties[unit]
        if not is_by_steps(duty.indicator)  # its result are days, which its unit gives
        for line in _lines(duty, counted[duty.indicator.id], months, units.get(unit, unit))
    )


def _lines(duty: Duty, counted: Indicator, months: Sequence[int], unit: str) -> Iterable[PastLine]:
    has_parts = duty.indicator.aggregation.value == "ratio"
    own = {e.period: e for e in counted.entries if e.unit == duty.figure_unit and e.span == 1}
    texts = (unit, duty.project.title, duty.indicator.name, duty.indicator.unit_of_measure)
    for part in PARTS[1:] if has_parts else PARTS[:1]:
        known = {month: cell_text(getattr(own[month], part)) for month in months if month in own}
        yield PastLine(duty.unit, duty.indicator.id, part, known, texts=texts)


def past_look(actor: Actor, *, plan: Plan, lines: Sequence[PastLine], source: str) -> PastOutcome:
    """Return what taking the file in would do, with a finding for every row that cannot be; nothing is kept.

    Raises ServiceError ``not_allowed`` or ``past_source_missing``.
    """
    with transaction.atomic():
        outcome = _taken(actor, plan, lines, source)
        transaction.set_rollback(True)
    return outcome


@service
def past_take(actor: Actor, *, plan: Plan, lines: Sequence[PastLine], source: str) -> PastOutcome:
    """Take in the figures of past months; a unit's month that is then complete is accepted, with the source on it.

    Raises ServiceError ``not_allowed``, ``past_source_missing``, ``past_has_faults`` or ``past_nothing_new``; then
    nothing of the file is kept.
    """
    outcome = _taken(actor, plan, lines, source)
    if outcome.faults:
        raise ServiceError("past_has_faults", record=plan.code, count=len(outcome.faults))
    if not outcome.figures:
        raise ServiceError("past_nothing_new", record=plan.code)
    return outcome


@service
def _taken(actor: Actor, plan: Plan, lines: Sequence[PastLine], source: str) -> PastOutcome:
    permit(actor, "past.take", plan=plan)
    why = source.strip()
    if not why:
        raise ServiceError("past_source_missing", record=plan.code)
    if len(why) > LONGEST_SOURCE:
        raise ServiceError("text_too_long", record=plan.code, limit=LONGEST_SOURCE)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={line.unit for line in lines})}
    by_unit: dict[str, list[PastLine]] = defaultdict(list)
    for line in lines:
        by_unit[line.unit].append(line)
    faults = [_fault("past_unit_unknown", own[0], unit=code) for code, own in by_unit.items() if code not in units]
    taking = _Taking(actor, plan, why, {(k.unit, k.indicator, k.part): k.months for k in past_lines(plan)})
    for code, own in by_unit.items():
        if code in units:
            taking.unit(units[code], own)
    accepted, waiting = (0, ()) if taking.faults or faults else taking.accept()
    return PastOutcome(taking.figures, taking.same, accepted, waiting, (*faults, *taking.faults))


class _Taking:
    """A file on its way in: what was written of it so far, and what could not be."""

    def __init__(
        self, actor: Actor, plan: Plan, why: str, known: Mapping[tuple[str, str, str], Mapping[int, str]]
    ) -> None:
        self.actor, self.plan, self.why, self.known = actor, plan, why, known
        self.over = frozenset(months_over(plan))
        self.figures = self.same = 0
        self.faults: list[Finding] = []
        self.written: dict[tuple[Unit, int], list[Figure]] = defaultdict(list)

    def unit(self, unit: Unit, lines: Sequence[PastLine]) -> None:
        """Write what one unit's rows say that is not there already."""
        cells, rows = self._cells(lines)
        if not cells:
            return
        done = figures_save(self.actor, plan=self.plan, unit=unit, period=cells[0].period or 1, cells=cells)
        self.figures += len(done.saved)
        self.same += len(done.unchanged)
        for row in done.saved:
            self.written[unit, row.period].append(row)
        for conflict in done.conflicts:
            line, theirs = rows[conflict.cell.indicator, conflict.cell.period or 0], conflict.theirs
            stands = cell_text(theirs.actual) or f"{cell_text(theirs.numerator)}/{cell_text(theirs.denominator)}"
            self.faults.append(_fault("past_stands_otherwise", line, month=theirs.period, stands=stands))
        for refusal in done.refused:
            line = rows[refusal.cell.indicator, refusal.cell.period or 0]
            text = {language: refusal.error.text(language) for language in ("th", "en")}
            self.faults.append(_fault("past_cell_refused", line, month=refusal.cell.period, **_both(text)))

    def _cells(self, lines: Sequence[PastLine]) -> tuple[list[CellInput], Rows]:
        """Return a cell for each indicator and month of the rows; blank ones say nothing."""
        parts: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
        rows: dict[tuple[str, int], PastLine] = {}
        for line in lines:
            stands = self.known.get((line.unit, line.indicator, line.part), {})
            for month, text in line.months.items():
                if _is_same(stands.get(month, ""), text):
                    self.same += 1
                elif month not in self.over:
                    self.faults.append(_fault("past_month_not_over", line, month=month))
                else:
                    parts[line.indicator, month][line.part] = text
                    rows[line.indicator, month] = line
        cells = [
            CellInput(code, **own, explanation=rows[code, month].source or self.why, period=month)  # type: ignore[arg-type]
            for (code, month), own in parts.items()
        ]
        return cells, rows

    def accept(self) -> tuple[int, tuple[tuple[str, int], ...]]:
        """Accept every unit's month that is complete, and return how many those are and which are not."""
        self._send_own()
        accepted, waiting = 0, []
        for month in sorted({period for _, period in self.written}):
            plan = reported_plan(self.plan, month).plan
            counted = {i.id: i for p in plan.projects for i in map(added_up, p.measures)}
            duties = units_reporting(self.plan, month).by_unit
            for unit, period in [key for key in self.written if key[1] == month]:
                due = [d for d in duties.get(unit.code, ()) if d.is_due(period)]
                report = MonthlyReport.objects.select_related("plan", "unit").get(
                    plan=self.plan, unit=unit, period=period
                )
                is_complete = all(is_reported(counted[d.indicator.id], d, period) for d in due)
                if is_complete and not typed_in(report):  # nobody accepts what its unit is typing
                    self._accepted(report)
                    accepted += 1
                else:
                    waiting.append((unit.code, period))
        return accepted, tuple(waiting)

    def _send_own(self) -> None:
        """Send what somebody wrote for a unit of their own; what the division writes for another is sent already."""
        for (unit, period), rows in self.written.items():
            if is_of_unit(self.actor, unit):
                report = MonthlyReport.objects.select_related("plan", "unit").get(
                    plan=self.plan, unit=unit, period=period
                )
                send(self.actor, report, content_of_rows(rows), is_whole=False)
                report.save(update_fields=["sent"])

    def _accepted(self, report: MonthlyReport) -> None:
        """Put a report down as sent, confirmed and accepted, with the file's source in place of the other hands."""
        unit, period = report.unit, report.period
        old, now, person = snapshot(report), timezone.now(), person_of(self.actor)
        report.confirmed = report.accepted = report.sent
        report.submitted_at = report.confirmed_at = report.accepted_at = report.changed_at = now
        report.first_sent_at = report.first_sent_at or now
        report.submitted_by = report.confirmed_by = report.accepted_by = person
        report.state, report.returned_to, report.waived = ReportState.ACCEPTED, "", self.why
        report.save()
        at = {"plan": self.plan, "record": "report", "unit_code": unit.code, "period": period}
        history.record(person, "report.take_in", **at, old=old, new=snapshot(report), reason=self.why)


def _is_same(stands: str, text: str) -> bool:
    """Say whether a cell says what stands already: the same figure, however it is written."""
    return bool(stands) and (stands == text or parse_figure(stands) == parse_figure(text))


def _both(text: Mapping[str, str]) -> dict[str, str]:
    return {"text": text["th"], "text_en": text["en"]}


def _fault(code: str, line: PastLine, **params: object) -> Finding:
    return Finding(code, Place(SHEET, line=line.line, record=line.indicator), params)
