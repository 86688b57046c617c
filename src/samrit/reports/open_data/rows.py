"""The rows of the flat tables, each a plain reading of the evaluation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from samrit.engine.bands import format_percent
from samrit.engine.model import Indicator, Override, Source
from samrit.engine.results import IndicatorResult, PlanResult, ProjectResult, Table
from samrit.engine.rollup import NO_PLAN_COLUMN, share, tabulate
from samrit.reports.open_data.columns import Cell
from samrit.reports.workbook.writing.sources import source_text
from samrit.vocabulary.months import CALENDARS, month_name

Row = tuple[Cell, ...]


def _evaluation(result: PlanResult) -> Row:
    return result.plan.id, result.plan.year_be, result.as_of, result.ruleset.id


def projects(result: PlanResult) -> list[Row]:
    """Return one row a project."""
    return [(*_evaluation(result), *_described(r), *_scored(result, r)) for r in result.projects]


def _described(r: ProjectResult) -> Row:
    project = r.project
    return (
        project.id,
        project.key,
        project.shares_with,
        project.fund,
        project.strategy,
        project.tactic,
        project.programme,
        project.kind.value if project.kind else None,
        project.number,
        project.title,
        project.responsible_text or "/".join(project.responsible_units),
        project.budget,
        project.first_period,
        project.last_period,
        project.status.value if project.status else None,
    )


def _scored(result: PlanResult, r: ProjectResult) -> Row:
    lowest = r.lowest
    return (
        r.state.value,
        int(r.counts),
        r.weight_sum,
        r.computed_percent,
        r.percent,
        None if r.figure is None else format_percent(r.figure, result.ruleset).replace(",", ""),
        r.score,
        r.band.code if r.band else None,
        r.band.name if r.band else None,
        r.normalised_percent,
        r.second_percent,
        r.second_band.code if r.second_band else None,
        lowest.indicator.id if lowest else None,
        lowest.percent if lowest else None,
        r.override.reason if r.override else None,
        source_text(r.project.source),
    )


def indicators(result: PlanResult) -> list[Row]:
    """Return one row an indicator."""
    year = result.plan.year_be
    rows: list[Row] = []
    for r in result.projects:
        where: Row = (r.project.id, r.project.fund, r.project.strategy)
        rows += [
            (*_evaluation(result), i.indicator.id, *where, *_defined(i.indicator, year), *_achieved(i))
            for i in r.indicators
        ]
    return rows


def _defined(indicator: Indicator, year: int) -> Row:
    target = indicator.target_of(year)
    return (
        indicator.number,
        indicator.name,
        indicator.unit_of_measure,
        target.comparator.value if target else None,
        target.value if target else None,
        target.text if target else None,
        indicator.aggregation.value,
        indicator.consolidation.value if indicator.consolidation else None,
        indicator.direction.value,
        indicator.formula.value,
        indicator.baseline,
    )


def _achieved(i: IndicatorResult) -> Row:
    claim = i.indicator.claim
    return (
        i.weight,
        i.effective_weight,
        i.plan_total.value,
        i.actual_total.value,
        i.level_planned,
        i.level_reached,
        i.state.value,
        i.computed_percent,
        i.percent,
        i.score,
        i.band.code if i.band else None,
        claim.percent if claim else None,
        i.override.reason if i.override else None,
        " ".join(i.rules),
        source_text(i.indicator.source),
        i.indicator.note,
    )


def monthly(result: PlanResult) -> list[Row]:
    """Return one row an entry: indicator, unit and period."""
    plan = result.plan
    return [
        (
            plan.id,
            plan.year_be,
            indicator.id,
            project.id,
            project.fund,
            project.strategy,
            e.unit,
            indicator.unit_of_measure,
            e.period,
            _month(e.period, plan.calendar),
            e.span,
            e.planned,
            e.actual,
            e.numerator,
            e.denominator,
            e.planned_numerator,
            e.planned_denominator,
            e.note,
            source_text(e.source, is_typed=e.is_typed),
            e.confidence,
        )
        for project in plan.projects
        for indicator in project.indicators
        for e in sorted(indicator.entries, key=lambda e: (e.unit, e.period, e.span))
    ]


def _month(period: int, calendar: str) -> str:
    """Return the name of a period's month; empty for a period outside the year."""
    if not 1 <= period <= 12:
        return ""
    return month_name((period - 1 + CALENDARS.get(calendar, 1) - 1) % 12 + 1, "en")


def overrides(result: PlanResult) -> list[Row]:
    """Return one row an override, the computed percent beside it where it is the evaluated period's (WE4)."""
    return [
        (
            result.plan.id,
            scope,
            record,
            o.period,
            o.percent,
            o.band,
            computed if o.period == result.as_of else None,
            o.reason,
            o.decided_by,
            o.decided_on,
            _source(o.source),
        )
        for scope, record, computed, o in _settled(result)
    ]


def _source(source: Source) -> str:
    return source_text(source)


def _settled(result: PlanResult) -> Iterator[tuple[str, str, Cell, Override]]:
    for r in result.projects:
        for o in r.project.overrides:
            yield "project", r.project.id, r.computed_percent, o
        for i in r.indicators:
            for o in i.indicator.overrides:
                yield "indicator", i.indicator.id, i.computed_percent, o


def counts(result: PlanResult, columns: str) -> list[Row]:
    """Return the counts by strategy, of all funds ("") and of each, one count a row; "" is the total's strategy."""
    funds = list(dict.fromkeys(r.project.fund for r in result.projects))
    rows: list[Row] = []
    for fund in ["", *funds] if len(funds) > 1 else [""]:
        table = tabulate(result.projects, rows="strategy", columns=columns, where=_chosen(columns, fund))
        rows += _counted(result, table, fund, columns)
    return rows


def _counted(result: PlanResult, table: Table, fund: str, columns: str) -> list[Row]:
    codes = [b.code for b in result.ruleset.bands] if columns == "band" else ["routine", "project"]
    if columns == "band" and table.total.cell(NO_PLAN_COLUMN):
        codes.append(NO_PLAN_COLUMN)
    rows: list[Row] = []
    for row in (*table.rows, table.total):
        for code in codes:
            counted: Row = (*_evaluation(result), fund, row.key, code or "no_plan", row.cell(code))
            if columns == "band":
                counted = (*counted, row.total, share(row.cell(code), row.total, result.ruleset))
            rows.append(counted)
    return rows


def _chosen(columns: str, fund: str) -> Callable[[ProjectResult], bool]:
    return lambda r: (r.counts or columns != "band") and fund in ("", r.project.fund)
