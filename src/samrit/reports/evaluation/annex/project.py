"""The rows of one work or project in the annex: name, plan and result per indicator, period, average, explanations."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.indicators.series import Side
from samrit.engine.indicators.totals import unit_total
from samrit.engine.model import Alignment, Mark, Project
from samrit.engine.results import IndicatorResult, ProjectResult, State, Total
from samrit.engine.tree import in_words_of
from samrit.reports.document.model import Cell, Row
from samrit.reports.evaluation.annex.columns import Cells, full_row, laid_out, split_row
from samrit.reports.evaluation.annex.explained import explanation_rows, site_rows
from samrit.reports.evaluation.annex.months import month_cells
from samrit.reports.evaluation.view import ReportView
from samrit.reports.evaluation.words.live_values import achieved_of, planned_of, target_text
from samrit.reports.texts.template import FundLayout
from samrit.vocabulary.numbers import format_number
from samrit.vocabulary.speech import speaking, speech
from samrit.vocabulary.terms import label


def project_rows(view: ReportView, layout: FundLayout, result: ProjectResult) -> list[Row]:
    """Return all rows of a project in printed order (R41, R239, R240)."""
    rows = [_title_row(view, layout, result.project)]
    for indicator in result.indicators:
        rows += _indicator_rows(view, layout, indicator)
    if not result.indicators:
        rows.append(full_row(layout, view.voice.say("row_no_indicator"), keep=True))
    rows += site_rows(view, layout, result)
    rows.append(_average_row(view, layout, result))
    rows += explanation_rows(view, layout, result)
    return rows


def _title_row(view: ReportView, layout: FundLayout, project: Project) -> Row:
    """Return number and title over the first two columns, unit, budget and remark (R41)."""
    number, name = title_of(view, project)
    cells = {
        "responsible": Cell(project.responsible_text or "/".join(project.responsible_units), "centre"),
        "budget": Cell(budget_text(view, project), "right"),
        "remark": Cell(remark_text(view, project)),
    }
    together = "number" in layout.columns and layout.columns.index("name") == layout.columns.index("number") + 1
    if together:
        cells["number"] = Cell(f"{number} {name}".strip(), bold=True, colspan=2)
        return Row(laid_out(layout, cells, spanned=frozenset({"name"})), keep_with_next=True)
    cells["number"] = Cell(number, "centre", bold=True)
    cells["name"] = Cell(name, bold=True)
    return Row(laid_out(layout, cells), keep_with_next=True)


def title_of(view: ReportView, project: Project) -> tuple[str, str]:
    """Return number and name as the annex prints them; what measures a goal is named by its level, with no number."""
    if not project.level:
        return f"{project.number}.", project.title
    return "", view.voice.say("row_measured", level=_level(view, project), title=project.title)


def average_text(view: ReportView, project: Project) -> str:
    """Return whose average is in the last row: the work's, or that of the level that the line measures (RU5)."""
    if not project.level:
        return view.voice.say("row_average_score" if view.by_points else "row_average")
    return view.voice.say("row_average_score_of" if view.by_points else "row_average_of", level=_level(view, project))


def _level(view: ReportView, project: Project) -> str:
    """Return what the plan calls the level that a line measures, of a tactic what those of its depth are called."""
    tactic = next((t for t in view.result.plan.tactics if t.code == project.tactic), None)
    with speaking(in_words_of(tactic) if project.level == "tactic" and tactic is not None else speech()):
        named = label(project.level, view.voice.language, "score_of")
    return named[:1].upper() + named[1:]


def budget_text(view: ReportView, project: Project) -> str:
    """Return the amount in baht, or the words that say that none is used (R51); blank where nothing is stated."""
    if project.budget is not None:
        return view.voice.money(project.budget)
    stated = next((line.text for line in project.budgets if line.text), "")
    return stated or (view.voice.say("no_budget") if project.budgets else "")


def remark_text(view: ReportView, project: Project) -> str:
    """Return the codes of the plans above, short as the office prints them, and the remark (R273)."""
    codes = " ".join(alignment_text(view, alignment) for alignment in project.alignments)
    return f"{codes} ({project.remark})" if codes and project.remark else codes or project.remark


def alignment_text(view: ReportView, alignment: Alignment) -> str:
    """Return one link to a plan above: "ยช. 6", "แผนแม่บทฯ 20", or its kind's name and code."""
    if alignment.kind in ("national_strategy", "master_plan"):
        return view.voice.say(f"align_{alignment.kind}", code=alignment.code)
    try:
        kind = label(alignment.kind, view.voice.language)
    except KeyError:  # a kind of plan that only this office knows
        kind = alignment.kind
    return f"{kind} {alignment.code}".strip()


@dataclass(frozen=True, slots=True)
class _Reporter:
    """Whose figures a pair of rows shows: one reporting unit's (``part`` where others follow), or all of them."""

    unit: str | None
    plan: Total
    actual: Total
    named: bool = True
    part: bool = False


def _indicator_rows(view: ReportView, layout: FundLayout, result: IndicatorResult) -> list[Row]:
    """Return plan and result row; with several reporting units a pair for each, then the pair of all."""
    units = sorted({entry.unit for entry in result.indicator.entries})
    plan = result.plan_total._replace(value=planned_of(result))
    actual = result.actual_total._replace(value=achieved_of(result))
    if len(units) < 2:
        return _pair(view, layout, result, _Reporter(units[0] if units else "", plan, actual))
    rows = []
    for place, unit in enumerate(units):
        planned, done = (unit_total(result.indicator, side, view.result.as_of, unit) for side in Side)
        reporter = _Reporter(unit, planned, done, place == 0, part=True)
        rows += _pair(view, layout, result, reporter)
    return rows + _pair(view, layout, result, _Reporter(None, plan, actual, named=False))


def _pair(view: ReportView, layout: FundLayout, result: IndicatorResult, reporter: _Reporter) -> list[Row]:
    """Return the plan row and the result row of one reporter."""
    voice, own = view.voice, result.indicator
    entries = [e for e in own.entries if e.unit == reporter.unit]
    as_of = view.result.as_of
    first = _described(view, result, reporter) | {
        "plan_actual": Cell(voice.say("row_plan"), "centre"),
        "months": month_cells(voice, entries, actual=False, as_of=as_of),
        "total": Cell(_planned_total(view, result, reporter), "right"),
        "percent": Cell(),
    }
    second: Cells = {
        "plan_actual": Cell(voice.say("row_actual"), "centre"),
        "months": month_cells(voice, entries, actual=True, as_of=as_of),
        "total": Cell(voice.total(reporter.actual.value), "right"),
        "percent": Cell("" if reporter.part else indicator_percent(view, result), "right"),
    }
    given: Cells = {c: cell for c, cell in first.items() if c in layout.columns}
    covered = frozenset(layout.columns) - frozenset(second)
    return [
        Row(laid_out(layout, given), keep_with_next=True),
        Row(laid_out(layout, second, spanned=covered), keep_with_next=not reporter.part),
    ]


def _planned_total(view: ReportView, result: IndicatorResult, reporter: _Reporter) -> str:
    """Return what was planned to date, both ends of a range (AC13)."""
    text = view.voice.total(reporter.plan.value)
    upper = None if reporter.part else result.plan_upper
    return text if upper is None else f"{text}–{view.voice.total(upper)}"


def _described(view: ReportView, result: IndicatorResult, reporter: _Reporter) -> dict[str, Cell | tuple[Cell, ...]]:
    """Return the cells over both rows: what is measured, by whom, its target and weight."""
    own, named = result.indicator, reporter.named
    whose = reporter.unit if reporter.part else view.voice.say("row_all_units") if reporter.unit is None else ""
    return {
        "number": Cell(view.voice.say("row_indicator", number=str(own.number)) if named else "", rowspan=2),
        "name": Cell(own.name if named else "", rowspan=2),
        "responsible": Cell(whose or "", "centre", rowspan=2),
        "budget": Cell(rowspan=2),
        "target": Cell(target_text(view, result) if named else "", "right", rowspan=2),
        "unit_of_measure": Cell(own.unit_of_measure if named else "", "centre", rowspan=2),
        "weight": Cell(_weight(result) if named else "", "right", rowspan=2),
        "remark": Cell(rowspan=2),
    }


def _weight(result: IndicatorResult) -> str:
    return "" if result.indicator.weight is None else format_number(result.indicator.weight, None)


def indicator_percent(view: ReportView, result: IndicatorResult) -> str:
    """Return the percent or score of an indicator; in words where it has none, and beside a zero for no report."""
    figure = view.indicator_figure(result)
    if figure is None:
        return view.voice.say(f"state_{result.state.value}")
    shown = view.percent_text(figure)
    if result.state is State.NOT_REPORTED and not result.override:
        return f"{shown} {view.voice.say('state_not_reported')}"
    return shown


def _average_row(view: ReportView, layout: FundLayout, result: ProjectResult) -> Row:
    """Return period on the left and the weighted figure with its band on the right (R239)."""
    figure = view.figure_of(result)
    text = view.percent_text(figure) if figure is not None else view.voice.say(f"state_{result.state.value}")
    band = result.band.code if result.band else ""
    said = average_text(view, result.project)
    return split_row(layout, period_text(view, result.project), said, Cell(text, "right", bold=True, band=band))


def period_text(view: ReportView, project: Project) -> str:
    """Return the period as printed, from its months, or derived from the planned months and said so (R46, R49)."""
    voice, timing = view.voice, view.timing
    first, last = project.first_period, project.last_period
    if first and last and 1 <= first <= last <= 12:
        return voice.say("row_period", range=timing.span(first, last))
    if project.period_text:
        return voice.say("row_period", range=project.period_text)
    months = [
        p
        for i in project.indicators
        for e in i.entries
        if _planned(e.planned)
        for p in (e.period - e.span + 1, e.period)
    ]
    inside = [p for p in months if 1 <= p <= 12]
    if not inside:
        return voice.say("row_period_none")
    return voice.say("row_period_derived", range=timing.span(min(inside), max(inside)))


def _planned(figure: Decimal | Mark) -> bool:
    return isinstance(figure, Decimal)
