"""``samrit score``: thousands of plans on all cores, into tables of results."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from samrit.cli import parquet, places, shared
from samrit.package.notes import Notes
from samrit.package.tables.csv_rows import csv_rows
from samrit.package.tables.decoding import decode

if TYPE_CHECKING:
    from samrit.nation.results import RunSummary

# Columns of the list that says where plans belong.
TOLD = 10  # broken plans that are named on the screen; all of them are in the results
PLACES = ("plan", "ministry", "region")


@click.command(
    "score",
    context_settings=shared.BILINGUAL,
    help="ให้คะแนนหลายแผนพร้อมกัน: โฟลเดอร์ zip และแฟ้ม Parquet ปนกันได้ สั่งซ้ำเพื่อทำต่อจากที่ค้าง\n\n"
    "Score many plans: any mix of folders, zips and Parquet files. Run it again to go on where it broke off.",
)
@click.argument("packages", type=shared.PACKAGE, nargs=-1, required=True)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="โฟลเดอร์ผลลัพธ์ / folder of results"
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=None,
    help="จำนวนกระบวนการ (ไม่ระบุ: เท่าจำนวนแกน) / processes (default: one per core)",
)
@click.option(
    "--places",
    "places_file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="CSV: plan,ministry,region บอกกระทรวงและภาคของแต่ละแผน / where each plan belongs",
)
@shared.month_option
@shared.ruleset_option
@shared.language_option
@shared.json_option
def command(  # noqa: PLR0917
    packages: tuple[Path, ...],
    out: Path,
    workers: int | None,
    places_file: Path | None,
    as_of: int | None,
    ruleset_id: str,
    language: str,
    as_json: bool,
) -> None:
    """Score the packages and print what came out."""
    pool = parquet.needed("samrit.nation.pool", language)
    outcome = parquet.needed("samrit.nation.outcome", language)
    belonging = _places(places_file, language) if places_file else None
    settings = outcome.Settings(as_of, ruleset_id, belonging)
    count = workers or os.cpu_count() or 1
    try:
        made = _score(pool, packages, out, settings, count)
    except FileExistsError:
        shared.stop(
            language,
            f"{out} มีสิ่งอื่นอยู่ ไม่ใช่ผลการให้คะแนน ให้ระบุโฟลเดอร์อื่น",
            f"{out} holds something other than results; name another folder",
        )
    except OSError as error:
        places.refuse(out, error, language)
    if as_json:
        shared.print_json(asdict(made))
    else:
        _print(made, out, language)
    if made.broken:
        _print_broken(made.broken, parquet.needed("samrit.nation.results", language).faults(out, TOLD), language)
    sys.exit(shared.FAULTY if made.broken else shared.DONE)


def _score(pool: ModuleType, packages: Sequence[Path], out: Path, settings: object, workers: int) -> RunSummary:
    bar = Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=shared.progress_console())
    with bar:
        task = bar.add_task("", total=None)
        made: RunSummary = pool.score_all(
            packages,
            out,
            settings,
            workers=workers,
            progress=lambda done, of: bar.update(task, completed=done, total=of),
        )
    return made


def _places(file: Path, language: str) -> Mapping[str, tuple[str, str]]:
    """Return ministry and region of each plan; leaves with exit code 2 when the list has no such columns."""
    notes = Notes()
    text = decode(file.name, file.read_bytes(), notes)
    lines = csv_rows(file.name, text or "", notes)
    _, heading = next(lines, (1, []))
    at = {name.strip(): place for place, name in enumerate(heading)}
    if not set(PLACES) <= at.keys():
        shared.stop(
            language,
            f"{file.name} ต้องมีคอลัมน์ {', '.join(PLACES)} ในบรรทัดแรก",
            f"{file.name} needs the columns {', '.join(PLACES)} in its first line",
            notes.findings(),
            code=shared.MISUSED,
        )
    rows = ([cell.strip() for cell in cells] + [""] * len(heading) for _, cells in lines)
    return {row[at["plan"]]: (row[at["ministry"]], row[at["region"]]) for row in rows}


def _print(made: RunSummary, out: Path, language: str) -> None:
    english = language == "en"
    words = (
        ("plans", "of them broken", "works", "indicators", "findings", "digest", "given more than once")
        if english
        else ("แผน", "ในจำนวนนี้อ่านไม่ได้", "งาน/โครงการ", "ตัวชี้วัด", "ข้อสังเกต", "ลายนิ้วมือของผล", "แผนที่ซ้ำกัน")
    )
    table = shared.table(str(out), "", "", numbers=(1,))
    for word, value in zip(words, asdict(made).values(), strict=True):
        table.add_row(word, value if isinstance(value, str) else f"{value:,}")
    shared.console().print(table)


def _print_broken(count: int, faults: Sequence[Mapping[str, str]], language: str) -> None:
    """Name the first plans that could not be scored, with the first error of each, on standard error."""
    out = shared.progress_console()
    for row in faults:
        file = Path(row["source"]).name
        name = f"{file} {row['plan']}" if row["plan"] and not file.startswith(row["plan"]) else file
        out.print(f"✕ {name}: {row[language]}", markup=False, soft_wrap=True)
    if count > len(faults):
        more = f"{count - len(faults):,}"
        out.print(f"… {more} more, in findings/" if language == "en" else f"… อีก {more} แผน ใน findings/", markup=False)
