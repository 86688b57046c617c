"""``samrit evaluate``: the summary tables of an evaluation, beside what the document prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import click
from rich.table import Table

from samrit.cli import shared
from samrit.cli.figures import band_text, figure_text
from samrit.engine.overall import Scores, scores
from samrit.engine.results import IndicatorResult, PlanResult, ProjectResult, TableRow
from samrit.engine.results import Table as Counts
from samrit.engine.rollup import NO_PLAN_COLUMN, BudgetTotal, budget_total, says_kinds, share, tabulate
from samrit.engine.ruleset import Method
from samrit.engine.score import score
from samrit.vocabulary.numbers import format_money
from samrit.vocabulary.speech import currency, speech
from samrit.vocabulary.terms import label


@click.command(
    "evaluate",
    context_settings=shared.BILINGUAL,
    help="ประเมินผลถึงเดือนที่กำหนด: จำนวนงาน/โครงการตามระดับ ยุทธศาสตร์ และกองทุน\n\n"
    "Evaluate up to a month: works and projects by band, strategy and fund.",
)
@click.argument("package", type=shared.PACKAGE)
@click.option("--works", "with_works", is_flag=True, help="แสดงทุกงาน/โครงการ / list every work and project")
@shared.month_option
@shared.ruleset_option
@shared.language_option
@shared.json_option
def command(  # noqa: PLR0917
    package: Path, with_works: bool, as_of: int | None, ruleset_id: str, language: str, as_json: bool
) -> None:
    """Print the evaluation's tables."""
    loaded = shared.load(package, language)
    result = shared.evaluated(loaded, as_of, ruleset_id, language)
    tables = summary_tables(result)
    if as_json:
        shared.print_json(as_data(result, tables))
        return
    out = shared.console()
    for one in tables:
        _print(one, result, language)
    if (found := scores(result)) is not None:
        _print_scores(found, result, language)
    if any(project.budgets for project in loaded.plan.projects):
        _print_budget(budget_total(loaded.plan.projects), language)
    if with_works:
        out.print(works_table(result.projects, result, language))


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """One summary table: ``kind`` is "kinds" (R206–R208) or "bands" (R209–R211), ``fund`` empty for all."""

    kind: str
    fund: str
    counts: Counts


def summary_tables(result: PlanResult) -> tuple[SummaryTable, ...]:
    """Return the tables that the report prints: kinds and bands, all funds together and each alone."""
    strategies = [s.code for s in result.plan.strategies]
    planned = score(result.plan, result.ruleset, 12).projects
    made = []
    for kind, columns in (("kinds", "kind_group"), ("bands", "band")):
        for fund in ("", *(f.code for f in result.plan.funds)):
            # The first table counts the year's plan, the second what is due by the evaluated month (R213).
            chosen = [
                r for r in (planned if kind == "kinds" else result.projects) if not fund or r.project.fund == fund
            ]
            if kind == "bands":
                chosen = [r for r in chosen if r.counts]
            made.append(SummaryTable(kind, fund, tabulate(chosen, columns=columns, keys=_keys(chosen, strategies))))
    return tuple(made)


def _keys(chosen: Sequence[ProjectResult], strategies: Sequence[str]) -> list[str]:
    present = {r.project.strategy for r in chosen}
    return [code for code in strategies if code in present]


def _columns(one: SummaryTable, result: PlanResult) -> list[str]:
    if one.kind == "kinds":
        return ["routine", "project"] if says_kinds(result.plan) else []
    return [*(band.code for band in reversed(result.ruleset.bands)), *_without_plan(result)]


def _without_plan(result: PlanResult) -> tuple[str, ...]:
    """Return the column of works that count without a band, where there are such (AC4)."""
    return (NO_PLAN_COLUMN,) if any(r.counts and r.band is None for r in result.projects) else ()


def _heads(one: SummaryTable, result: PlanResult, language: str) -> list[str]:
    if one.kind == "kinds":
        return [label(code, language, "kind_group") for code in _columns(one, result)]
    english = language == "en"
    bands = [f"{b.sign} {b.named('en' if english else 'th')}" for b in reversed(result.ruleset.bands)]
    return [*bands, *(label("no_plan_column", language, "word") for _ in _without_plan(result))]


def _print(one: SummaryTable, result: PlanResult, language: str) -> None:
    english = language == "en"
    fund = next((f for f in result.plan.funds if f.code == one.fund), None)
    every = ("All funds" if english else "ทุกกองทุน") if result.plan.funds else ""
    name = every if fund is None else ((fund.name_en or fund.name) if english else fund.name)
    kinds = "kind" if says_kinds(result.plan) else "project"
    what = label(kinds if one.kind == "kinds" else "band", language, "word")
    made = shared.table(
        f"{what}: {name}" if name else what,
        label("strategy", language, "word"),
        "Total" if english else "รวม",
        *_heads(one, result, language),
        numbers=range(1, 12),
    )
    printed = {
        (c.strategy, c.column): c.value for c in result.plan.printed if c.table == one.kind and c.fund == one.fund
    }
    total = one.counts.total
    for row in (*one.counts.rows, total):
        key = "" if row is total else row.key
        cells = [_cell(row.cell(c), printed.get((key, c))) for c in _columns(one, result)]
        head = ("Total" if english else "รวม") if row is total else row.key
        made.add_row(head, _cell(row.total, printed.get((key, "total"))), *cells, style="bold" if row is total else "")
    if one.kind == "bands":
        made.add_row("%", "100" if total.total else "–", *_shares(one, result).values())
    shared.console().print(made)


def _print_scores(found: Scores, result: PlanResult, language: str) -> None:
    """Print the scores above the works (RU5)."""
    words = [label(code, language, "word") for code in ("score", "band")]
    made = shared.table(words[0], "", *words, numbers=(1,))
    for row in (*found.rows(), *found.units):
        name = f"{label(row.level, language, 'score_level')} {row.key}".strip()
        band = "" if row.band is None else row.band.named(language)
        made.add_row(name, figure_text(row.figure, result.ruleset), band)
    shared.console().print(made)


def _scores_data(result: PlanResult) -> list[dict[str, object]]:
    found = scores(result)
    rows = () if found is None else (*found.rows(), *found.units)
    return [
        {"level": r.level, "key": r.key, "figure": r.figure, "band": None if r.band is None else r.band.code}
        for r in rows
    ]


def _shares(one: SummaryTable, result: PlanResult) -> dict[str, str]:
    """Return each column's share of the table in percent (DI2)."""
    total = one.counts.total
    return {c: f"{share(total.cell(c), total.total, result.ruleset):f}" for c in _columns(one, result)}


def _cell(count: int, printed: Decimal | None) -> str:
    """Return a count, with what the document prints beside it where that differs."""
    shown = str(count) if count else "–"
    return shown if printed is None or printed == count else f"{shown} (≠ {printed})"


def _print_budget(total: BudgetTotal, language: str) -> None:
    words = ("Budget, each work once", "as listed") if language == "en" else ("งบประมาณ นับแต่ละงานครั้งเดียว", "ตามรายการ")
    once, listed = (speech().says(text, language) for text in words)
    unit = "" if speech().money == currency() else f" {speech().money.name(language)}"
    shared.console().print(f"{once}: {format_money(total.once)}{unit}  {listed}: {format_money(total.listed)}{unit}")


def works_table(results: Sequence[ProjectResult], result: PlanResult, language: str) -> Table:
    """Return one row per project: id, title, figure, band or state, lowest indicator."""
    english = language == "en"
    made = shared.table(
        label("project", language, "word"),
        "ID" if english else "รหัส",
        label("project", language, "word"),
        "%" if result.ruleset.method is Method.PERCENT_OF_PLAN else label("score", language, "word"),
        label("band", language, "word"),
        "Lowest" if english else "ต่ำสุด",
        numbers=(2, 4),
    )
    for item in results:
        lowest = figure_text(_own_figure(item.lowest), result.ruleset) if item.lowest else "–"
        made.add_row(
            item.project.id,
            item.project.title,
            figure_text(item.figure, result.ruleset),
            band_text(item, language),
            lowest,
        )
    return made


def _own_figure(indicator: IndicatorResult) -> Decimal | None:
    """Return the indicator's figure under the method: points where it has them."""
    return indicator.percent if indicator.score is None else indicator.score


def as_data(result: PlanResult, tables: Sequence[SummaryTable]) -> dict[str, object]:
    """Return an evaluation as plain data: tables, shares, budgets and every project's figure."""
    budget = budget_total(result.plan.projects)
    return {
        "plan": result.plan.id,
        "year_be": result.plan.year_be,
        "as_of": result.as_of,
        "ruleset": result.ruleset.id,
        "budget": {"once": budget.once, "listed": budget.listed},
        "tables": [
            {
                "table": t.kind,
                "fund": t.fund,
                "rows": [_row_data(row, row.key, t, result) for row in t.counts.rows],
                "total": _row_data(t.counts.total, "", t, result),
                "shares": {column or "no_plan": text for column, text in _shares(t, result).items()},
            }
            for t in tables
        ],
        "scores": _scores_data(result),
        "projects": [project_data(r) for r in result.projects],
    }


def _row_data(row: TableRow, key: str, one: SummaryTable, result: PlanResult) -> dict[str, object]:
    return {
        "strategy": key,
        "total": row.total,
        "repeated": row.repeated,
        **{column or "no_plan": row.cell(column) for column in _columns(one, result)},
    }


def project_data(result: ProjectResult) -> dict[str, object]:
    """Return one project's result as plain data, figures exact."""
    return {
        "id": result.project.id,
        "title": result.project.title,
        "state": result.state.value,
        "counts": result.counts,
        "percent": result.percent,
        "computed_percent": result.computed_percent,
        "normalised_percent": result.normalised_percent,
        "second_percent": result.second_percent,
        "score": result.score,
        "band": result.band.code if result.band else None,
        "weight_sum": result.weight_sum,
        "lowest": result.lowest.indicator.id if result.lowest else None,
        "override": result.override.reason if result.override else None,
        "rules": result.rules,
        "indicators": [
            {
                "id": i.indicator.id,
                "state": i.state.value,
                "plan_total": i.plan_total.value,
                "actual_total": i.actual_total.value,
                "percent": i.percent,
                "computed_percent": i.computed_percent,
                "score": i.score,
                "weight": i.weight,
                "effective_weight": i.effective_weight,
                "rules": i.rules,
            }
            for i in result.indicators
        ],
    }
