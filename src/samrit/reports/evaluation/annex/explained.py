"""What is under a project in the annex: levels, reasons, settled results, wrong weights, sites (R240, R55)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from samrit.engine.model import Direction, Indicator, Level, Site
from samrit.engine.results import IndicatorResult, ProjectResult
from samrit.reports.document.model import Cell, Row
from samrit.reports.evaluation.annex.columns import Cells, full_row, laid_out
from samrit.reports.evaluation.red_list import narrative_of, site_state
from samrit.reports.evaluation.unknowns import FULL_WEIGHT
from samrit.reports.evaluation.view import ReportView
from samrit.reports.texts.template import FundLayout
from samrit.vocabulary.narrative import said
from samrit.vocabulary.numbers import format_number

_FULL = Decimal(100)


def explanation_rows(view: ReportView, layout: FundLayout, result: ProjectResult) -> list[Row]:
    """Return the rows "คำอธิบาย": level definitions, the reason told, what evaluators settled, wrong weights."""
    texts = [text for indicator in result.indicators for text in _levels(view, result, indicator)]
    narrative = narrative_of(view, result)
    if narrative is not None:
        told = " ".join(one.text for one in said(narrative))
        texts += [f"{view.voice.say('row_explanation')} : {told}"] if told else []
    texts += _settled(view, result)
    texts += _normalised(view, result)
    return [full_row(layout, text, shade="quiet") for text in texts]


def _levels(view: ReportView, result: ProjectResult, indicator: IndicatorResult) -> list[str]:
    own = indicator.indicator
    if not own.levels:
        return []
    alone = len(result.indicators) == 1
    label = view.voice.say("row_explanation" if alone else "row_explanation_n", number=str(own.number))
    return [f"{label} : " + "; ".join(level_text(view, own, level) for level in own.levels)]


def level_text(view: ReportView, indicator: Indicator, level: Level) -> str:
    """Return one level: its text or threshold, due month, and when it was reached (R107, R110)."""
    voice = view.voice
    text = level.text
    if level.threshold is not None:
        sign = "≤" if indicator.direction is Direction.LOWER else "≥"
        value = voice.measured(format_number(level.threshold, None), indicator.unit_of_measure)
        limit = voice.say("row_level_threshold", sign=sign, value=value)
        text = f"{text} {limit}".strip()
    said = voice.say("row_level", number=str(level.number), text=text).strip()
    if level.due_period and 1 <= level.due_period <= 12:
        said += voice.say("row_level_due", month=view.timing.month_year(level.due_period))
    if level.reached_on and (level.reached_period is None or level.reached_period <= view.result.as_of):
        said += voice.say("row_level_reached", date=voice.date(level.reached_on))
    return said


def _settled(view: ReportView, result: ProjectResult) -> list[str]:
    """Return what evaluators settled, the computed figure beside it (WE4)."""
    texts = []
    for indicator in result.indicators:
        if indicator.override:
            said = view.voice.say(
                "row_override",
                settled=view.percent_text(view.indicator_figure(indicator)),
                computed=view.percent_text(view.computed_indicator_figure(indicator)),
                reason=indicator.override.reason,
            )
            texts.append(f"{view.voice.say('row_indicator', number=str(indicator.indicator.number))} : {said}")
    if result.override:
        band = view.band_name(result.band) if result.band else ""
        settled = f"{view.percent_text(view.figure_of(result))} {band}".strip()
        computed = view.percent_text(view.computed_figure(result))
        texts.append(view.voice.say("row_override", settled=settled, computed=computed, reason=result.override.reason))
    return texts


def _normalised(view: ReportView, result: ProjectResult) -> list[str]:
    """Return the second result where printed weights do not add up to 100 (WE1)."""
    weighted = any(i.indicator.weight is not None for i in result.indicators)
    if not weighted or result.weight_sum == _FULL or result.normalised_percent is None or view.by_points:
        return []
    total, value = format_number(result.weight_sum, None), view.percent_text(result.normalised_percent)
    return [view.voice.say("row_normalised", sum=total, value=value, full=FULL_WEIGHT)]


def site_rows(view: ReportView, layout: FundLayout, result: ProjectResult) -> list[Row]:
    """Return a plan row and a result row per site, with texts per quarter where they were given (R55, R162)."""
    rows: list[Row] = []
    for order, site in enumerate(result.project.sites, 1):
        rows += _site(view, layout, f"{result.project.number}.{order}", site)
    return rows


def _site(view: ReportView, layout: FundLayout, number: str, site: Site) -> list[Row]:
    voice = view.voice
    first: dict[str, Cell | Sequence[Cell]] = {
        "number": Cell(number, "centre", rowspan=2),
        "name": Cell(site.title, rowspan=2),
        "responsible": Cell(site.unit, "centre", rowspan=2),
        "budget": Cell("" if site.budget is None else voice.money(site.budget), "right", rowspan=2),
        "plan_actual": Cell(voice.say("row_plan"), "centre"),
        "months": _quarters(site.planned_texts),
        "remark": Cell(site_state(view, site), rowspan=2),
    }
    blank = [c for c in layout.columns if c not in first and c not in ("total", "percent")]
    first |= {column: Cell(rowspan=2) for column in blank} | {"total": Cell(), "percent": Cell()}
    second: Cells = {
        "plan_actual": Cell(voice.say("row_actual"), "centre"),
        "months": _quarters(_up_to(site.actual_texts, view.result.as_of)),
        "total": Cell(),
        "percent": Cell(),
    }
    given: Cells = {c: cell for c, cell in first.items() if c in layout.columns}
    covered = frozenset(layout.columns) - frozenset(second)
    return [
        Row(laid_out(layout, given), keep_with_next=True),
        Row(laid_out(layout, second, spanned=covered), keep_with_next=True),
    ]


def _up_to(texts: tuple[str, ...], as_of: int) -> tuple[str, ...]:
    return texts[: (as_of + 2) // 3]


def _quarters(texts: tuple[str, ...]) -> tuple[Cell, ...]:
    """Return four cells over three months each."""
    return tuple(Cell(texts[q] if q < len(texts) else "", colspan=3) for q in range(4))
