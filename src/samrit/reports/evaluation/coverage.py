"""How much of what a report judges was reported at all: it is beside every headline and every table of bands."""

from __future__ import annotations

from typing import NamedTuple

from samrit.engine.results import ProjectResult, State
from samrit.reports.evaluation.summary_tables import Where
from samrit.reports.evaluation.view import ReportView


class WorksCovered(NamedTuple):
    """Works and projects that are due, and those of them with any result; each counted once (RU1)."""

    due: int
    reported: int


def coverage_of(view: ReportView, where: Where | None = None) -> WorksCovered:
    """Return how many of the works that are due have a result, of all or of those that ``where`` holds."""
    due = [result for result in view.counted if where is None or where(result)]
    return WorksCovered(
        len({result.project.key for result in due}),
        len({result.project.key for result in due if is_reported(result)}),
    )


def is_reported(result: ProjectResult) -> bool:
    """Say whether anything was reported of a work, or settled by the evaluators (AC6, WE4)."""
    told = any(i.override or i.state in (State.SCORED, State.NO_PLAN) for i in result.indicators)
    return bool(result.override) or told


def coverage_text(view: ReportView, where: Where | None = None) -> str:
    """Return the coverage as a sentence."""
    found = coverage_of(view, where)
    count = view.voice.count
    share = view.share_text(found.reported, found.due)
    return view.voice.say("coverage", reported=count(found.reported), due=count(found.due), share=share)


def with_coverage(view: ReportView, caption: str, where: Where | None = None) -> str:
    """Return the caption of a table of bands with how much of it was reported."""
    found = coverage_of(view, where)
    count = view.voice.count
    return view.voice.say("coverage_caption", caption=caption, reported=count(found.reported), due=count(found.due))
