"""Scores above the works in the evaluation report: of the plan, its strategies, tactics and units (RU5)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from samrit.engine.model import Strategy, Tactic, Unit
from samrit.engine.overall import Overall, Scores, scores
from samrit.engine.results import PlanResult
from samrit.reports.document.model import Cell, Heading, Paragraph, Row, TableBlock
from samrit.reports.evaluation.view import Blocks, ReportView, head_row
from samrit.reports.texts.timing import timing_of
from samrit.reports.texts.voice import NOTHING
from samrit.vocabulary.numbers import format_number
from samrit.vocabulary.terms import label


def overall_scores(view: ReportView, previous: PlanResult | None = None) -> Blocks:
    """Return the scores with their weights and, beside an earlier evaluation, what they were; nothing without any."""
    found = scores(view.result)
    if found is None:
        return ()
    before = scores(previous) if previous is not None else None
    voice, period = view.voice, view.timing.label
    caption = "scores_caption" if found.tactics else "scores_caption_flat"
    return (
        Heading(voice.say("scores_heading"), 2),
        Paragraph(voice.say("scores_sentence", score=view.percent_text(found.plan.figure), period=period)),
        _table(view, found.rows(), (found, before), previous, voice.say(caption, period=period)),
        *(
            (_table(view, found.units, (found, before), previous, voice.say("scores_units_caption", period=period)),)
            if found.units
            else ()
        ),
    )


def _table(
    view: ReportView,
    rows: tuple[Overall, ...],
    both: tuple[Scores, Scores | None],
    previous: PlanResult | None,
    caption: str,
) -> TableBlock:
    voice, (found, before) = view.voice, both
    weights = {at: part.weight for at, part in found.weighed().items()}
    heads = [voice.say("scores_of"), voice.say("scores_weight"), voice.say("scores_score"), voice.say("scores_band")]
    if before is not None and previous is not None:
        heads.append(timing_of(previous.plan, voice, previous.as_of).label)
    lines = [_line(view, row, weights.get((row.level, row.key)), before) for row in rows]
    return TableBlock(head_row(*heads), tuple(lines), (4.0, 1.2, 1.4, 1.8, 1.4)[: len(heads)], caption)


def _line(view: ReportView, row: Overall, weight: Decimal | None, before: Scores | None) -> Row:
    cells = [
        Cell(_name(view, row)),
        Cell("" if weight is None else format_number(weight.quantize(Decimal("0.01")), None), "right"),
        Cell(view.percent_text(row.figure), "right"),
        Cell(view.band_name(row.band) if row.band else NOTHING, band=row.band.code if row.band else ""),
    ]
    if before is not None:
        try:
            cells.append(Cell(view.percent_text(before.of(row.level, row.key).figure), "right"))
        except KeyError:
            cells.append(Cell(NOTHING, "right"))
    return Row(tuple(cells))


def _name(view: ReportView, row: Overall) -> str:
    plan, language = view.result.plan, view.voice.language
    if row.level == "plan":
        return label("plan", language, "score_level")
    items: dict[str, Sequence[Strategy | Tactic | Unit]] = {
        "strategy": plan.strategies,
        "tactic": plan.tactics,
        "unit": plan.units,
    }
    named = next((item for item in items[row.level] if item.code == row.key), None)
    name = view.voice.name(named.name, named.name_en) if named is not None else ""
    number = named.printed if isinstance(named, Tactic) else row.key
    return name or row.key if row.level == "unit" else f"{number} {name}".strip()
