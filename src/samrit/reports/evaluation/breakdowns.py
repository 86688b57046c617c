"""Breakdowns in the evaluation report: each indicator that has one, by its categories, with what they make (BD1)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from samrit.engine.indicators.breakdown import Breakdown, breakdowns_in
from samrit.engine.results import IndicatorResult
from samrit.reports.document.model import Cell, Heading, Row, TableBlock
from samrit.reports.evaluation.view import Blocks, ReportView, head_row
from samrit.reports.texts.voice import NOTHING
from samrit.vocabulary.numbers import format_number


def breakdown_tables(view: ReportView) -> Blocks:
    """Return the table of all breakdowns up to the evaluated month; nothing for a plan without any."""
    broken = [i for r in view.result.projects for i in r.indicators if i.indicator.parts]
    if not broken:
        return ()
    say = view.voice.say
    heads = head_row(*(say(key) for key in ("breakdown_of", "breakdown_by", "breakdown_category", "breakdown_result")))
    rows = tuple(row for indicator in broken for row in _rows(view, indicator))
    caption = say("breakdown_caption", period=view.timing.label)
    return Heading(say("breakdown_heading"), 2), TableBlock(heads, rows, (4.0, 1.6, 2.4, 1.4), caption)


def _rows(view: ReportView, result: IndicatorResult) -> Iterator[Row]:
    name = f"{result.indicator.id} {result.indicator.name}"
    for found in breakdowns_in(view.result, result.indicator):
        for part, value in found.parts:
            yield _row(name, found, part.name, value)
            name = ""
        yield _row("", found, view.voice.say("breakdown_together"), found.together, bold=True)
        if found.gap:
            yield _row("", found, view.voice.say("breakdown_gap"), found.gap)
    whole = result.actual_total.value
    yield Row((Cell(name), Cell(), Cell(view.voice.say("breakdown_whole"), bold=True), _figure(whole, bold=True)))


def _row(name: str, found: Breakdown, category: str, value: Decimal | None, *, bold: bool = False) -> Row:
    return Row((Cell(name), Cell(found.dimension), Cell(category, bold=bold), _figure(value, bold=bold)))


def _figure(value: Decimal | None, *, bold: bool = False) -> Cell:
    places = None if value is None or value == value.to_integral_value() else 2
    return Cell(NOTHING if value is None else format_number(value, places), "right", bold)
