"""The summary for executives: how the plan stands, which works are behind and why, what is done and decided (R263)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from samrit.engine.choices import CarryOverState
from samrit.engine.results import ProjectResult
from samrit.engine.year import YearRecord
from samrit.reports.document.digits import in_thai
from samrit.reports.document.model import Cell, Document, Heading, Paragraph, Row, Run, TableBlock
from samrit.reports.evaluation.front import headline
from samrit.reports.evaluation.red_list import line_band, listed_projects
from samrit.reports.evaluation.report import document_of
from samrit.reports.evaluation.summary_tables import bands_table
from samrit.reports.evaluation.view import Blocks, ReportView, head_row
from samrit.reports.evaluation.words.drafted import cause_name
from samrit.vocabulary.speech import speaking
from samrit.vocabulary.terms import label

MOST = 12  # works on the page: those that are worst; how many more there are is said
Known = Mapping[str, Sequence[YearRecord]]  # what was told of each work by then, in the order it happened
_KEPT = (CarryOverState.REQUESTED, CarryOverState.APPROVED)


def build(view: ReportView, known: Known) -> Document:
    """Return the summary of an evaluation on about a page; ``known`` are a work's records as they were told (R263)."""
    plan = view.result.plan
    with speaking(plan.speech):
        voice = view.voice
        title = voice.say("executive_title", plan=voice.name(plan.title, plan.title_en), period=view.timing.label)
        blocks = (
            Paragraph((Run(title, bold=True),), "centre"),
            Paragraph(headline(view), "lead"),
            *(bands_table(view, voice.say("executive_bands")) if view.counted else ()),
            *_behind(view, known),
            *_kept(view, known),
        )
        document = replace(document_of(view, blocks), title=title)
        return in_thai(document) if document.digits == "thai" else document


def _behind(view: ReportView, known: Known) -> Blocks:
    """Return the works that need an explanation, the worst first, each with its cause, its action and its decision."""
    voice = view.voice
    listed = sorted(listed_projects(view), key=lambda result: (view.figure_of(result) or Decimal(), result.project.id))
    heading = Heading(voice.say("executive_behind", band=view.band_label(line_band(view))), 2)
    if not listed:
        return heading, Paragraph(voice.say("executive_none"))
    keys = ("work", "result", "cause", "action", "decision")
    heads = head_row(*(voice.say(f"executive_{key}") for key in keys))
    rows = tuple(_row(view, result, known.get(result.project.id, ())) for result in listed[:MOST])
    more = len(listed) - MOST
    rest = (Paragraph(voice.say("executive_more", count=voice.count(more)), "note"),) if more > 0 else ()
    return (heading, TableBlock(heads, rows, (3.0, 1.0, 2.0, 2.6, 1.8)), *rest)


def _row(view: ReportView, result: ProjectResult, records: Sequence[YearRecord]) -> Row:
    band = result.band.code if result.band is not None else ""
    cause = _last(records, "causes")
    said = "–" if cause is None else cause_name(view, cause.value("cause"))
    review = _last(records, "reviews")
    decided = "–" if review is None else f"{_word(view, review, 'decision')} ({view.voice.date(review.happened_on)})"
    return Row(
        (
            Cell(view.project_name(result)),
            Cell(view.percent_text(view.figure_of(result)), "right", band=band),
            Cell(said),
            Cell(_action(view, records)),
            Cell(decided),
        )
    )


def _action(view: ReportView, records: Sequence[YearRecord]) -> str:
    """Return what was agreed last: by whom, by when, how far."""
    action = _last(records, "actions")
    if action is None:
        return "–"
    due, state = action.value("due_on"), _word(view, action, "state")
    day = view.voice.date(due) if isinstance(due, date) else "–"
    owner, what = (str(action.value(name) or "") for name in ("owner", "words"))
    return view.voice.say("executive_agreed", what=what, owner=owner, due=day, state=state)


def _kept(view: ReportView, known: Known) -> Blocks:
    """Return what is asked for to be kept for the next year, and what of it is granted, each with its exact sum."""
    sums = dict.fromkeys(_KEPT, Decimal())
    counts = dict.fromkeys(_KEPT, 0)
    for records in known.values():
        for record in records:
            amount = record.value("amount") if record.kind == "carry_overs" else None
            state = record.value("state") if isinstance(amount, Decimal) else None
            if isinstance(amount, Decimal) and isinstance(state, CarryOverState) and state in sums:
                sums[state] += amount
                counts[state] += 1
    told = {state.value: view.voice.money(amount) for state, amount in sums.items()}
    if not any(counts.values()):
        return ()
    numbers = {f"{state.value}_count": view.voice.count(count) for state, count in counts.items()}
    return (Paragraph(view.voice.say("executive_kept", **told, **numbers)),)


def _last(records: Sequence[YearRecord], kind: str) -> YearRecord | None:
    return next((record for record in reversed(records) if record.kind == kind), None)


def _word(view: ReportView, record: YearRecord, field: str) -> str:
    return label(record.value(field), view.voice.language)  # type: ignore[arg-type]  # a choice by its kind
