"""``samrit explain``: why this number? — a project, an indicator, or a cell of a table."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click

from samrit.cli import shared
from samrit.engine.explain import (
    Derivation,
    as_data,
    explain,
    explain_cell,
    explain_money,
    explain_money_sum,
    explain_score,
    render,
)
from samrit.engine.results import PlanResult
from samrit.engine.rollup import DIMENSIONS


@click.command(
    "explain",
    context_settings=shared.BILINGUAL,
    help="อธิบายที่มาของตัวเลข: งาน/โครงการ ตัวชี้วัด หรือช่องในตาราง ลงไปถึงข้อมูลรายเดือน\n\n"
    "Explain a figure: a work (S2-57), one of its indicators (S2-57 2), or a table's cell\n"
    "(--cell strategy=2,band=good,fund=SSF), down to the monthly entries; with --money what a work,\n"
    "a fund (--cell fund=SSF) or the whole plan has spent; --score plan or strategy=1 a score above the works.",
)
@click.argument("package", type=shared.PACKAGE)
@click.argument("work", required=False)
@click.argument("indicator", required=False)
@click.option("--cell", help="ช่องในตาราง / a table's cell: DIMENSION=VALUE,DIMENSION=VALUE[,fund=CODE]")
@click.option(
    "--score", "scored", help="คะแนนรวม / a score above the works: plan, strategy=CODE, tactic=CODE, unit=CODE"
)
@click.option("--money", is_flag=True, help="เงินที่เบิกจ่าย / money spent, in place of the result")
@shared.month_option
@shared.ruleset_option
@shared.language_option
@shared.json_option
def command(  # noqa: PLR0917
    package: Path,
    work: str | None,
    indicator: str | None,
    cell: str | None,
    scored: str | None,
    money: bool,
    as_of: int | None,
    ruleset_id: str,
    language: str,
    as_json: bool,
) -> None:
    """Print the derivation."""
    if [work, cell, scored].count(None) != 2 and not (money and work is None and scored is None):
        raise click.UsageError(
            "ระบุงาน/โครงการ --cell หรือ --score อย่างใดอย่างหนึ่ง / name a work, --cell or --score, one of them"
        )
    result = shared.evaluated(shared.load(package, language), as_of, ruleset_id, language)
    if scored:
        derivation = _of_score(result, scored, language)
    elif money:
        derivation = _of_money(result, work, cell, language)
    else:
        derivation = _of_cell(result, cell) if cell else _of_record(result, work or "", indicator, language)
    if as_json:
        shared.print_json(as_data(derivation))
    else:
        click.echo(render(derivation, language))


def _of_record(result: PlanResult, work: str, indicator: str | None, language: str) -> Derivation:
    record = work if indicator is None or "." in indicator else f"{work}.{indicator}"
    if indicator is not None and "." in indicator:
        record = indicator
    try:
        return explain(result, record)
    except KeyError:
        _missing(result, record, language)


def _of_score(result: PlanResult, scored: str, language: str) -> Derivation:
    level, _, key = scored.partition("=")
    try:
        return explain_score(result, level, key)
    except KeyError:
        shared.stop(
            language,
            f"แผนนี้ไม่มีคะแนนรวมของ {scored} (ต้องมีน้ำหนักเหนืองาน/โครงการ)",
            f"This plan has no score of {scored}: nothing above its works is weighed, or there is no such part",
            code=shared.MISUSED,
        )


def _of_money(result: PlanResult, work: str | None, cell: str | None, language: str) -> Derivation:
    if work is not None:
        try:
            return explain_money(result, work)
        except KeyError:
            _missing(result, work, language)
    rows, _, row = (cell or "strategy=").partition("=")
    if rows not in DIMENSIONS or "," in row:
        raise click.UsageError(f"--cell: {cell!r}; ใช้หนึ่งมิติจาก / use one of: {', '.join(DIMENSIONS)}")
    return explain_money_sum(result, rows=rows, row=row)


def _missing(result: PlanResult, record: str, language: str) -> NoReturn:
    near = ", ".join(_near(result, record)) or "–"
    shared.stop(
        language,
        f"ไม่มี {record} ในแผนนี้ ใกล้เคียง: {near}",
        f"There is no {record} in this plan; near it: {near}",
        code=shared.MISUSED,
    )


def _near(result: PlanResult, record: str) -> list[str]:
    """Return ids that share the record's beginning, for a helpful message."""
    wanted = record.casefold()
    ids = [r.project.id for r in result.projects]
    ids += [i.indicator.id for r in result.projects for i in r.indicators]
    exact = [known for known in ids if known.casefold() == wanted]
    return exact or [known for known in ids if known.casefold().startswith(wanted[:3])][:6]


def _of_cell(result: PlanResult, cell: str) -> Derivation:
    given = dict(part.partition("=")[::2] for part in cell.split(","))
    fund = given.pop("fund", "") if len(given) > 1 else ""
    unknown = [name for name in given if name not in DIMENSIONS]
    if unknown or not given or len(given) > 2:
        known = ", ".join(DIMENSIONS)
        raise click.UsageError(f"--cell: {cell!r}; ใช้หนึ่งหรือสองมิติจาก / use one or two of: {known}")
    (rows, row), (columns, column) = [*given.items(), ("band", "")][:2]
    return explain_cell(result, rows=rows, columns=columns, row=row, column=column, fund=fund)
