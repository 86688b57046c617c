"""The Excel round trip: a form per unit, filled off-line and merged cell by cell, many at once in a zip."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.as_planned import planned_for
from samrit.engine.indicators.levels import is_by_steps
from samrit.engine.model import Aggregation, Entry, Indicator, Level, Mark
from samrit.engine.model import Figure as AnyFigure
from samrit.intake.sources import limits
from samrit.intake.sources.confined import Confined
from samrit.intake.sources.refusal import Refused
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.evaluation import scoring
from samrit.plans.fields import text_of
from samrit.plans.models import Figure, LevelReached, Narrative, Plan, Unit
from samrit.plans.reporting.days import due_on
from samrit.plans.reporting.duties import Duty, units_reporting
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.reporting.register import unit_then
from samrit.plans.selectors.office.speech import speech_of
from samrit.plans.selectors.report.forms_due import units_owing
from samrit.plans.selectors.report.seen_rows import SeenRows, laid_over, rows_seen, sees_typed
from samrit.plans.services.report.figures import FiguresOutcome, figures_save
from samrit.plans.services.report.levels import LevelOutcome, save_levels
from samrit.plans.services.report.narratives import WordsOutcome, save_words
from samrit.plans.services.writing import Actor, permit, person_of, service
from samrit.plans.unit_form.model import FilledForm, FormLine, LevelLine, UnitForm, WordsLine, form_file_name
from samrit.plans.unit_form.reader import forms_in, read_form
from samrit.plans.unit_form.words import word
from samrit.plans.unit_form.writer import write_form
from samrit.vocabulary.figures import Ends
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.narrative import texts_of
from samrit.vocabulary.periods import format_date, period_name, report_name
from samrit.vocabulary.speech import PLAIN, speaking, speech


@dataclass(frozen=True, slots=True)
class MergedForm:
    """What became of one uploaded form: what was taken, in conflict or refused, or why the file was refused."""

    name: str
    plan: Plan | None = None
    unit: Unit | None = None
    period: int = 0
    outcome: FiguresOutcome = FiguresOutcome()
    levels: LevelOutcome = LevelOutcome()
    words: WordsOutcome = WordsOutcome()
    findings: tuple[Finding, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether everything in the form was taken or was there already."""
        parts = (self.outcome, self.levels, self.words)
        return self.plan is not None and not (self.findings or any(p.conflicts or p.refused for p in parts))

    @property
    def taken(self) -> int:
        """How many cells, levels and works' words were written."""
        return len(self.outcome.saved) + len(self.levels.saved) + len(self.words.saved)


def unit_form(actor: Actor, *, plan: Plan, unit: Unit, period: int, language: str = "th") -> tuple[str, bytes]:
    """Return name and content of ``unit``'s form for ``period``, in the plan's words.

    ``language`` is "th" or "en"; a plan of one language speaks that.  Raises ServiceError ``not_allowed``.
    """
    permit(actor, "figure.edit", plan=plan, unit=unit)
    with speaking(speech_of(plan.code) or PLAIN):
        form = _form(actor, plan, unit, period, language=speech().language or language)
        return form_file_name(form), write_form(form)


def _form(actor: Actor, plan: Plan, unit: Unit, period: int, *, language: str) -> UnitForm:
    duties = units_reporting(plan, period).by_unit.get(unit.code, ())
    seen = rows_seen(plan, unit, period, duties, typed=sees_typed(person_of(actor), plan, unit))
    rows = {(f.indicator, f.unit_code): f for f in seen.figures.values() if (f.period, f.span) == (period, 1)}
    ordered = sorted(duties, key=lambda d: not d.is_due(period))
    mine = {d.project.id for d in duties}
    counted = (p for p in scoring.reported_plan(plan, period).plan.projects if p.id in mine)
    reported = {i.id: i for p in counted for i in laid_over(p, seen, duties, plan).measures}
    then, is_english = unit_then(unit, plan, period), language == "en"
    due = format_date(due_on(plan, period, unit.region), language)
    return UnitForm(
        plan_code=plan.code,
        plan_title=(is_english and plan.title_en) or plan.title,
        unit_code=unit.code,
        unit_name=(is_english and then.name_en) or then.name,
        period=period,
        month_text=report_name(plan.year_be, plan.calendar, period, language),
        due_text=word("text", "due", language, day=due),
        version=scoring.version_in_force(plan, period).number,
        lines=tuple(_line(d, rows.get((d.indicator.id, d.figure_unit)), period, reported) for d in ordered),
        levels=_level_lines(plan, ordered, seen, language),
        words=_words_lines(ordered, seen),
        language=language,
    )


def unit_forms_zip(actor: Actor, *, plan: Plan, period: int, language: str = "th") -> tuple[str, bytes]:
    """Return name and content of a zip with the form of every unit whose report of ``period`` has not come.

    Raises ServiceError ``not_allowed``, and ``forms_none_due`` where every report has come.
    """
    permit(actor, "report.accept", plan=plan)
    units = units_owing(plan, period)
    if not units:
        raise ServiceError("forms_none_due", record=plan.code)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for unit in units:
            bundle.writestr(*unit_form(actor, plan=plan, unit=unit, period=period, language=language))
    return f"{plan.code}-{period:02d}.zip", packed.getvalue()


def unit_forms_merge(actor: Actor, *, name: str, content: bytes) -> tuple[MergedForm, ...]:
    """Merge an uploaded form, or every form of a zip, and report on each.

    Each form is one transaction: of a form that cannot be taken nothing is written.  All forms of an
    upload are read within one document's time; those that it did not reach are told and not taken.
    Raises ServiceError ``not_allowed``, before anything is read, for who reports for no unit.
    """
    permit(actor, "figure.edit")
    merged: list[MergedForm] = []
    with Confined(together=limits.SECONDS) as confined:
        try:
            for file_name, file in forms_in(content, name):
                merged.append(_merged(actor, file_name, file, confined))
        except Refused:  # a zip that is damaged farther on: what came before it has been taken
            merged.append(MergedForm(name, findings=(Finding("form_unreadable", Place(document=name)),)))
    return tuple(merged) or (MergedForm(name, findings=(Finding("form_none_found", Place(document=name)),)),)


def _line(duty: Duty, row: Figure | None, period: int, reported: Mapping[str, Indicator]) -> FormLine:
    indicator = duty.indicator
    planned = planned_for(duty.reported, duty.figure_unit, period)
    current = next(
        (
            e
            for e in (reported[indicator.id].entries if indicator.id in reported else ())
            if (e.period, e.unit, e.span) == (period, duty.figure_unit, 1)
        ),
        None,
    )
    return FormLine(
        indicator=indicator.id,
        project_title=duty.project.title,
        name=f"↳ {indicator.dimension}: {indicator.name}" if indicator.part_of else indicator.name,
        unit_of_measure=indicator.unit_of_measure,
        planned=_planned(planned),
        actual=current.actual if current else Mark.BLANK,
        numerator=current.numerator if current else Mark.BLANK,
        denominator=current.denominator if current else Mark.BLANK,
        note=row.note if row else "",
        explanation=row.explanation if row else "",
        revision=row.revision if row else 0,
        has_parts=indicator.aggregation is Aggregation.RATIO,
        has_levels=_has_levels(indicator),
    )


def _planned(entry: Entry | None) -> AnyFigure | str:
    """Return what is planned as a form shows it: both ends of a range (AC13) and the parts of a share (TO6) as text."""
    if entry is None:
        return Mark.BLANK
    parts = (entry.planned_numerator, entry.planned_denominator)
    if entry.planned is Mark.BLANK and all(isinstance(part, Decimal) for part in parts):
        return " ÷ ".join(map(text_of, parts))
    shown = entry.planned_shown
    return shown.written(text_of) if isinstance(shown, Ends) else shown


def _has_levels(indicator: Indicator) -> bool:
    """Say whether the indicator is reported by the days its levels were reached, as on the page of entry."""
    return is_by_steps(indicator)


def _level_lines(plan: Plan, duties: Iterable[Duty], seen: SeenRows, language: str) -> tuple[LevelLine, ...]:
    reported_so = [d for d in duties if _has_levels(d.indicator)]
    return tuple(
        _level_line(plan, duty, level, row=seen.levels.get((duty.indicator.id, level.number)), language=language)
        for duty in reported_so
        for level in duty.indicator.levels
    )


def _level_line(plan: Plan, duty: Duty, level: Level, *, row: LevelReached | None, language: str) -> LevelLine:
    due = level.due_period
    return LevelLine(
        indicator=duty.indicator.id,
        project_title=duty.project.title,
        name=duty.indicator.name,
        number=level.number,
        text=level.text,
        due_text=period_name(plan.year_be, plan.calendar, due, language, short=True) if due else "",
        reached_on=row.reached_on if row is not None else level.reached_on,
        evidence_text=row.evidence_text if row is not None else level.evidence,
        revision=row.revision if row is not None else 0,
    )


def _words_lines(duties: Iterable[Duty], seen: SeenRows) -> tuple[WordsLine, ...]:
    """Return a line for every work of the unit, those with something due first."""
    titles = {duty.project.id: duty.project.title for duty in duties}
    rows = {code: seen.words.get(code, Narrative(revision=0)) for code in titles}
    return tuple(WordsLine(code, titles[code], texts_of(row), row.revision) for code, row in rows.items())


def _merged(actor: Actor, name: str, content: bytes, confined: Confined) -> MergedForm:
    filled = read_form(content, name, confined)
    if not isinstance(filled, FilledForm):
        return MergedForm(name, findings=filled)
    plan = Plan.objects.filter(code=filled.plan_code).first()
    unit = Unit.objects.filter(code=filled.unit_code).first()
    if plan is None or unit is None:
        return MergedForm(name, findings=(Finding("form_place_unknown", Place(document=name)),))
    try:
        outcome, levels, words = _taken(actor, plan, unit, filled)
    except (ServiceError, NotVisible):
        return MergedForm(name, findings=(Finding("form_not_allowed", Place(document=name)),))
    return MergedForm(name, plan, unit, filled.period, outcome, levels, words, filled.findings)


@service
def _taken(
    actor: Actor, plan: Plan, unit: Unit, filled: FilledForm
) -> tuple[FiguresOutcome, LevelOutcome, WordsOutcome]:
    """Take figures, levels and words of one form together: where one cannot be written, none is."""
    cells = _changed(plan, filled.cells, filled)
    outcome = figures_save(actor, plan=plan, unit=unit, period=filled.period, cells=cells)
    levels = save_levels(actor, plan=plan, unit=unit, period=filled.period, cells=filled.levels)
    return outcome, levels, save_words(actor, plan=plan, unit=unit, period=filled.period, cells=filled.words)


def _changed(plan: Plan, cells: Iterable[CellInput], filled: FilledForm) -> list[CellInput]:
    """Leave out cells that are empty in the form and in the system: an unfilled row reports nothing."""
    known = set(
        Figure.objects.filter(plan=plan, period=filled.period, indicator__in=[c.indicator for c in cells]).values_list(
            "indicator", flat=True
        )
    )
    return [
        cell
        for cell in cells
        if cell.indicator in known or any((cell.actual, cell.numerator, cell.denominator, cell.note, cell.explanation))
    ]
