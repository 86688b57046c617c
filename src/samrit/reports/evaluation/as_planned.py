"""Results that are the plan's own figure to the digit: how many, and where (E.2); only in the planner's file."""

from __future__ import annotations

from samrit.engine.as_planned import results_as_planned
from samrit.engine.model import Entry
from samrit.engine.results import IndicatorResult, ProjectResult
from samrit.reports.document.model import Cell, Heading, Paragraph, Row, TableBlock
from samrit.reports.evaluation.view import Blocks, ReportView, head_row


def as_planned(view: ReportView) -> Blocks:
    """Return which indicators have such results, a row each; nothing where none has."""
    found = [
        (result, measured, same, reported)
        for result in view.result.projects
        for measured in result.indicators
        for same, reported in [results_as_planned(measured.indicator, view.result.as_of)]
        if same
    ]
    if not found:
        return ()
    voice = view.voice
    counts = {"count": sum(len(same) for *_, same, _ in found), "indicators": len(found)}
    said = voice.say("as_planned_sentence", **{name: voice.count(number) for name, number in counts.items()})
    keys = ("head_id", "head_project", "head_indicator", "as_planned_months", "as_planned_of")
    heads = head_row(*(voice.say(key) for key in keys))
    rows = tuple(_row(view, *one) for one in found)
    table = TableBlock(heads, rows, (1.0, 3.0, 3.0, 2.6, 1.0), voice.say("as_planned_caption"))
    return Heading(voice.say("as_planned_heading"), 2), Paragraph(said), table


def _row(
    view: ReportView, result: ProjectResult, measured: IndicatorResult, same: tuple[Entry, ...], reported: int
) -> Row:
    of = view.voice.say("as_planned_count", same=view.voice.count(len(same)), reported=view.voice.count(reported))
    ends = (tuple(view.timing.name(month, short=True) for month in run) for run in _runs(same))
    months = ", ".join(first if first == last else f"{first} – {last}" for first, last in ends)
    return Row(
        (
            Cell(result.project.id),
            Cell(view.project_name(result)),
            Cell(measured.indicator.name),
            Cell(months),
            Cell(of, "right"),
        )
    )


def _runs(entries: tuple[Entry, ...]) -> list[tuple[int, int]]:
    """Return the months of some figures as runs, first and last: 1, 2, 3, 6 gives 1-3 and 6-6."""
    runs: list[tuple[int, int]] = []
    for month in sorted({m for e in entries for m in range(e.period - e.span + 1, e.period + 1)}):
        first = runs.pop()[0] if runs and runs[-1][1] == month - 1 else month
        runs.append((first, month))
    return runs
