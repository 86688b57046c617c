"""The page of a section of the report: each paragraph as it will be printed, beside its figures, and who signed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from samrit.engine.model import ReportText
from samrit.plans import rights
from samrit.plans.errors import NotVisible
from samrit.plans.evaluation.report_words import (
    HELD,
    SECTIONS,
    DraftParagraph,
    drafts_of,
    figures_in,
    languages_of,
    latest,
    mark_of,
    view_at,
    writers_of,
)
from samrit.plans.models import Evaluation, Person, Plan, ReportParagraph, SectionSigned
from samrit.plans.reporting.days import has_begun, period_of
from samrit.reports.document.inline import runs_of
from samrit.reports.document.model import Paragraph, Run, TableBlock
from samrit.reports.evaluation.red_list import listed_projects
from samrit.reports.evaluation.view import ReportView
from samrit.reports.evaluation.words.drafted import candidates
from samrit.reports.evaluation.words.edited import paragraphs, texts_of

Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of a text as it is printed, or a small table: ``rows`` of cells, the first the heading."""

    runs: Runs = ()
    rows: tuple[tuple[Runs, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class LiveFigure:
    """A live value of a text: what it is now, and what it was when the text was written or checked."""

    field: str
    now: str
    seen: str

    @property
    def is_changed(self) -> bool:
        """Whether it is another one since."""
        return self.now != self.seen


@dataclass(frozen=True, slots=True)
class ParagraphLine:
    """One paragraph: as stored, as printed, its figures, and how it stands to its draft.

    ``new_draft`` is what the records say now where an edited text has another one; ``off_list`` is true of a text
    about a work that is not on the list of works below the line, which is not printed.
    """

    row: ReportParagraph
    title: str
    shown: tuple[Shown, ...]
    figures: tuple[LiveFigure, ...]
    is_edited: bool
    new_draft: str
    off_list: bool

    @property
    def is_changed(self) -> bool:
        """Whether a figure is another one since somebody wrote or checked the text."""
        return any(figure.is_changed for figure in self.figures)


@dataclass(frozen=True, slots=True)
class SectionState:
    """How far a section is: "empty", "plan" (told by the version), "unsigned", "signed" or "changed" since."""

    code: str
    count: int
    state: str
    changed: int  # paragraphs with a changed figure
    signed_by: str = ""
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WordsPage:
    """One section of one period's report as its page shows it."""

    plan: Plan
    period: int
    section: str
    sections: tuple[SectionState, ...]
    lines: tuple[ParagraphLine, ...]
    of_plan: tuple[tuple[Shown, ...], ...]
    untold: tuple[tuple[str, str], ...]  # works below the line that have no paragraph: id and title
    strategies: tuple[tuple[str, str], ...]
    works: tuple[tuple[str, str], ...]  # what may be told as achieved
    mark: str
    has_english: bool  # a translation is asked for: the plan has two languages
    may_write: bool
    may_sign: bool
    closed: Evaluation | None
    periods: tuple[int, ...]  # the quarters' ends that have begun, and the month of today

    @property
    def state(self) -> SectionState:
        """How far this section is."""
        return next(own for own in self.sections if own.code == self.section)


def plan_to_word(person: Person, code: str) -> Plan:
    """Return the plan whose report's words ``person`` may see; raises NotVisible for any other."""
    plan = Plan.objects.select_related("owner").filter(code=code).first()
    if plan is None or not rights.may(person, "words.view", plan=plan):
        raise NotVisible(code)
    return plan


def words_page(person: Person, plan: Plan, *, period: int, section: str, language: str) -> WordsPage:
    """Return a section's page; raises NotVisible for a period or section that there is none of."""
    if section not in SECTIONS or not 1 <= period <= 12:
        raise NotVisible(section)
    today = timezone.localdate()
    view, rows = view_at(plan, period, language), latest(plan.pk, period)
    own = [row for row in rows if row.section == section and row.state == HELD]
    listed = {r.project.id: r.project.title for r in listed_projects(view)}
    drafts = drafts_of(view.result, None) if any(row.drafted for row in own) else {}
    main = view_at(plan, period)
    lines = tuple(_line(view, row, drafts, listed, figures_in(main, row.text, row.text_en)) for row in own)
    begun = any(row.section == section for row in rows)
    told = {row.project for row in own}
    return WordsPage(
        plan=plan,
        period=period,
        section=section,
        sections=section_states(plan, period, view=view, rows=rows),
        lines=lines,
        of_plan=() if begun else tuple(shown_of(view, _said(view, text)) for text in texts_of(view, section)),
        untold=tuple((i, t) for i, t in listed.items() if i not in told) if section == "red" else (),
        strategies=tuple((s.code, view.voice.strategy_full(s)) for s in view.strategies if s.code),
        works=tuple((r.project.id, r.project.title) for r in candidates(view)) if section == "achievement" else (),
        mark=mark_of(main, section, rows),
        has_english=len(languages_of(view.result.plan)) > 1,
        may_write=rights.may(person, "words.write", plan=plan),
        may_sign=rights.may(person, "words.sign", plan=plan) and person.pk not in writers_of(plan.pk, own),
        closed=Evaluation.objects.filter(plan=plan, period=period).order_by("number").last(),
        periods=tuple(
            sorted({*(p for p in (3, 6, 9, 12) if has_begun(plan, p, today)), period_of(plan, today), period} - {0})
        ),
    )


def section_states(
    plan: Plan, period: int, *, view: ReportView | None = None, rows: Sequence[ReportParagraph] | None = None
) -> tuple[SectionState, ...]:
    """Return how far each section of a period's report is."""
    main, seen = view_at(plan, period), latest(plan.pk, period) if rows is None else rows
    signings = SectionSigned.objects.filter(plan=plan, period=period).select_related("signed_by").order_by("pk")
    signed = {signing.section: signing for signing in signings}
    return tuple(_state(view or main, main, code, seen, signed.get(code)) for code in SECTIONS)


def _state(
    view: ReportView, main: ReportView, code: str, rows: Sequence[ReportParagraph], signed: SectionSigned | None
) -> SectionState:
    own = [row for row in rows if row.section == code and row.state == HELD]
    if not any(row.section == code for row in rows):
        texts = texts_of(view, code)
        return SectionState(code, len(texts), "plan" if texts else "empty", 0)
    changed = sum(figures_in(main, row.text, row.text_en) != row.figures for row in own)
    if signed is None or not own:
        return SectionState(code, len(own), "unsigned" if own else "empty", changed)
    state = "signed" if signed.mark == mark_of(main, code, rows) else "changed"
    return SectionState(code, len(own), state, changed, str(signed.signed_by or "–"), signed.signed_at)


def _line(
    view: ReportView,
    row: ReportParagraph,
    drafts: Mapping[tuple[str, str], DraftParagraph],
    listed: Mapping[str, str],
    now: Mapping[str, str],
) -> ParagraphLine:
    draft = drafts.get((row.section, row.key))
    is_edited = bool(row.drafted) and (row.text, row.text_en) != (row.drafted, row.drafted_en)
    moved_on = draft is not None and bool(row.drafted) and draft.of.text != row.drafted
    return ParagraphLine(
        row,
        listed.get(row.project, ""),
        shown_of(view, view.voice.name(row.text, row.text_en)),
        tuple(LiveFigure(name, value, row.figures.get(name, "")) for name, value in now.items()),
        is_edited,
        draft.of.text if draft is not None and is_edited and moved_on else "",
        row.section == "red" and row.project not in listed,
    )


def _said(view: ReportView, text: ReportText) -> str:
    return view.voice.name(text.text, text.text_en)


def shown_of(view: ReportView, text: str) -> tuple[Shown, ...]:
    """Return a text as it is printed: lines of runs and small tables, its live figures filled."""
    found = []
    for block in paragraphs(view, text):
        if isinstance(block, Paragraph):
            found.append(Shown(runs_of(block.text)))
        elif isinstance(block, TableBlock):
            found.append(
                Shown(rows=tuple(tuple(runs_of(c.text) for c in row.cells) for row in (*block.head, *block.rows)))
            )
    return tuple(found)
