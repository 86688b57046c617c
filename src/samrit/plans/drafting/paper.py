"""A draft as the paper for the meeting that decides about it, and two versions as a document with tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from samrit.engine.bands import format_percent
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import Band
from samrit.package import PlanPackage
from samrit.plans.drafting.comparing import Effect, RowChange, ScoreChange, between, changes, effect
from samrit.plans.drafting.overview import StrategyLine, overview
from samrit.plans.drafting.reading import DraftReading
from samrit.plans.models import PlanDraft
from samrit.reports.document.model import Document
from samrit.reports.plan_book import meeting
from samrit.reports.plan_book.meeting import ChangedRecord, ChangedScore, MeetingPaper, PlanPart
from samrit.vocabulary.periods import period_name

# A draft that began with a plan has changes to show; one that began with nothing is new in every row.
_WITH_CHANGES = frozenset({"version", "year"})


def meeting_paper(
    draft: PlanDraft,
    reading: DraftReading,
    language: str,
    *,
    since: str,
    way: Sequence[str] = (),
    remarks: Sequence[str] = (),
) -> Document:
    """Return the paper about a draft as it is; ``since``, ``way`` and ``remarks`` are told by the page."""
    shown, found = overview(reading, language), effect(draft, reading)
    is_compared = draft.origin in _WITH_CHANGES
    plan = next((r.cells for r in reading.rows["plan"].values() if not r.is_removed), {})
    paper = MeetingPaper(
        draft.title or plan.get("title", ""),
        plan.get("organisation", ""),
        draft.stages[draft.stage] if draft.stage < len(draft.stages) else "",
        tuple(map(_part, shown.strategies)),
        _part(shown.total) if shown.total is not None else None,
        since if is_compared else "",
        _records(changes(draft, reading, language)) if is_compared else (),
        _month(found, language),
        tuple(_score(s, found.before, found.after, language) for s in found.works) if found is not None else (),
        tuple(remarks),
        tuple(way),
        draft.reason,
        _effective(draft, language),
    )
    return meeting.build(paper, language=language)


def comparison_paper(old: PlanPackage, new: PlanPackage, language: str, *, since: str) -> Document:
    """Return two versions of a plan compared, every changed cell with its text before and after."""
    plan = new.plan
    title = plan.title_en if language == "en" and plan.title_en else plan.title
    return meeting.comparison(title, plan.organisation, since, _records(between(old, new, language)), language=language)


def _effective(draft: PlanDraft, language: str) -> str:
    plan = draft.plan
    return "" if plan is None else period_name(plan.year_be, plan.calendar, draft.effective_period, language)


def _part(line: StrategyLine) -> PlanPart:
    return PlanPart(f"{line.code} {line.name}".strip(), line.works, line.indicators, line.budget, line.listed)


def _records(rows: Sequence[RowChange]) -> tuple[ChangedRecord, ...]:
    return tuple(
        ChangedRecord(row.title, row.name, row.what, tuple((c.title, c.before, c.after) for c in row.cells))
        for row in rows
    )


def _month(found: Effect | None, language: str) -> str:
    if found is None or not found.as_of:
        return ""
    plan = found.before.plan
    return period_name(plan.year_be, plan.calendar, found.as_of, language)


def _score(change: ScoreChange, before: PlanResult, after: PlanResult, language: str) -> ChangedScore:
    return ChangedScore(
        f"{change.project} {change.title}",
        _said(change.before, change.band_before, before, language),
        _said(change.after, change.band_after, after, language),
    )


def _said(percent: Decimal | None, band: Band | None, result: PlanResult, language: str) -> str:
    name = ((band.name_en if language == "en" else "") or band.name) if band is not None else ""
    shown = format_percent(percent, result.ruleset) if percent is not None else ""
    return f"{shown} {name}".strip()
