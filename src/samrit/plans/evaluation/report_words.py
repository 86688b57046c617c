"""The report's words as they are: the latest entering of each paragraph, laid over what the version says (R227–R236).

A section of a period that has rows is told by them alone; any other is told as the plan's version tells it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from samrit.engine.model import Plan as EnginePlan
from samrit.engine.model import Project, ReportText
from samrit.engine.results import PlanResult
from samrit.engine.year import told
from samrit.plans import models
from samrit.plans.evaluation.causes import cause_list
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import ReportParagraph
from samrit.reports.document.model import Document
from samrit.reports.evaluation import executive
from samrit.reports.evaluation.red_list import listed_projects
from samrit.reports.evaluation.view import ReportView, view_of
from samrit.reports.evaluation.words.drafted import Drafted, drafted
from samrit.reports.evaluation.words.live_values import fields_in, live
from samrit.vocabulary.periods import period_dates
from samrit.vocabulary.speech import speaking

SECTIONS = ("achievement", "red", "problem", "remedy", "closing")  # in the order of the report
HELD = "held"
Key = tuple[str, str]  # section and key of a paragraph


@dataclass(frozen=True, slots=True)
class DraftParagraph:
    """One paragraph of a draft with its place in its section; ``text_en`` is "" for a plan of one language."""

    of: Drafted
    text_en: str
    place: int


def latest(plan: int, period: int | None = None) -> tuple[ReportParagraph, ...]:
    """Return each paragraph as it was entered last, those taken out too, in the order of the report."""
    rows = ReportParagraph.objects.filter(plan=plan).select_related("entered_by").order_by("revision")
    if period is not None:
        rows = rows.filter(period=period)
    last = {(row.period, row.section, row.key): row for row in rows}
    return tuple(sorted(last.values(), key=_order))


def _order(row: ReportParagraph) -> tuple[int, int, int, int]:
    section = SECTIONS.index(row.section) if row.section in SECTIONS else len(SECTIONS)
    return row.period, section, row.place, row.pk


def worded(plan: int, engine: EnginePlan) -> EnginePlan:
    """Return the plan with the words of its reports as they are now."""
    rows = latest(plan)
    return replace(engine, texts=laid(engine.texts, rows)) if rows else engine


def laid(texts: Iterable[ReportText], rows: Sequence[ReportParagraph]) -> tuple[ReportText, ...]:
    """Return the version's texts without those of a section and period that has rows, and the rows' own.

    A text for every period stays for those that have no rows.
    """
    written = {(row.section, row.period) for row in rows}
    kept: list[ReportText] = []
    for text in texts:
        taken = {period for section, period in written if section == text.section}
        if text.as_of is not None:
            kept += [] if text.as_of in taken else [text]
        elif not taken:
            kept.append(text)
        else:
            kept += [replace(text, as_of=period) for period in range(1, 13) if period not in taken]
    return (*kept, *(_text(row, order) for order, row in enumerate(rows, 1) if row.state == HELD))


def _text(row: ReportParagraph, order: int) -> ReportText:
    own = {"strategy": row.strategy, "project": row.project, "text_en": row.text_en}
    return ReportText(row.section, row.text, order=order, depth=row.depth, as_of=row.period, **own)  # type: ignore[arg-type]


def drafts_of(result: PlanResult, until: datetime | None) -> Mapping[Key, DraftParagraph]:
    """Return a draft of every section from what was known at ``until`` (None: now), by section and key."""
    known = {project.id: told(project.records, until) for project in result.plan.projects if project.records}
    if until is not None:
        result = _as_told(result, until)
    own, *others = languages_of(result.plan)
    with speaking(result.plan.speech):
        first = drafted(_view(result, own), known)
        texts_en = {(d.section, d.key): d.text for other in others for d in drafted(_view(result, other), known)}
    return {
        (one.section, one.key): DraftParagraph(one, texts_en.get((one.section, one.key), ""), place * 10)
        for place, one in enumerate(first, 1)
    }


def executive_of(plan: models.Plan, period: int, language: str) -> Document:
    """Return the summary for executives of a month: its results, and the records of days up to its end (R263).

    March's summary knows nothing of May: of a record that went on it tells how it stood by the month's end.
    """
    result = evaluate(plan, period)
    last = period_dates(result.plan.year_be, result.plan.calendar, period)[1]
    by_then = {p.id: told(r for r in p.records if r.happened_on <= last) for p in result.plan.projects if p.records}
    return executive.build(_view(result, language), by_then)


def _view(result: PlanResult, language: str) -> ReportView:
    """Return what a draft is built from, with the causes as the office calls them."""
    words = {cause.code: cause.word(language) for cause in cause_list().values()}
    return replace(view_of(result, language, None), cause_words=words)


def languages_of(plan: EnginePlan) -> tuple[str, ...]:
    """Return the languages of a plan's words: that of ``text``, then that of ``text_en`` where it has another."""
    return (plan.language,) if plan.language else ("th", "en")


def _as_told(result: PlanResult, until: datetime) -> PlanResult:
    """Return the evaluation without words that were written after a moment."""
    day = until.date()
    return replace(result, projects=tuple(own._replace(project=_told_by(own.project, day)) for own in result.projects))


def _told_by(project: Project, day: date) -> Project:
    kept = tuple(n for n in project.narratives if n.written_on is None or n.written_on <= day)
    return project if len(kept) == len(project.narratives) else replace(project, narratives=kept)


def view_at(plan: models.Plan, period: int, language: str = "") -> ReportView:
    """Return the evaluation of a period as the builders of the report see it, in the plan's first language for ""."""
    result = evaluate(plan, period)
    return view_of(result, language or languages_of(result.plan)[0], None)


def figures_in(view: ReportView, *texts: str) -> dict[str, str]:
    """Return the live values of texts as printed now, by field; "" for one with nothing to show."""
    return {name: value or "" for name, value in fields_in(view, "\n".join(texts)).items()}


def writers_of(plan: int, held: Sequence[ReportParagraph]) -> frozenset[int | None]:
    """Return who entered what is in ``held``, by their keys, whoever entered it again since.

    A draft that moves a paragraph, or a check of its figures, makes another entering of the same words.
    """
    now = {(row.period, row.section, row.key): {row.text, row.text_en} - {""} for row in held}
    rows = ReportParagraph.objects.filter(plan=plan, period__in={row.period for row in held})
    return frozenset(
        row.entered_by_id  # type: ignore[attr-defined]
        for row in rows
        if {row.text, row.text_en} & now.get((row.period, row.section, row.key), set())
    )


def mark_of(view: ReportView, section: str, rows: Iterable[ReportParagraph]) -> str:
    """Return the hash of what a section says with its figures filled: it changes with any word, order or figure."""
    said: list[object] = [
        [row.key, row.depth, live(view, row.text), live(view, row.text_en)]
        for row in rows
        if row.section == section and row.state == HELD
    ]
    if section == "red":
        said += [[r.project.id, view.percent_text(view.figure_of(r))] for r in listed_projects(view)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
