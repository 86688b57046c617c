"""Every table of an evaluation as CSV or a plain workbook with one heading row (R290, open data).

CSV files are UTF-8 with English column codes, ISO dates and exact figures; a text that a
spreadsheet program would run as a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

from xlsxwriter import Workbook

from samrit.engine.arithmetic import settle
from samrit.engine.model import Mark
from samrit.engine.results import PlanResult
from samrit.reports.open_data.columns import BANDS, INDICATORS, KINDS, MONTHLY, OVERRIDES, PROJECTS, Cell, Columns
from samrit.reports.open_data.rows import counts, indicators, monthly, overrides, projects
from samrit.reports.workbook.writing.book import decimals
from samrit.reports.workbook.writing.heights import letters_of
from samrit.reports.workbook.writing.safety import cell_text, neutral
from samrit.reports.workbook.writing.styles import Styles
from samrit.reports.workbook.writing.words import word

# A fixed date, so that the same table gives the same bytes.
_CREATED = datetime(2025, 1, 1)  # noqa: DTZ001
_WIDEST = 60
_MOST_PLACES = 30  # the engine's own settling; an indicator's quotient carries more


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table as it leaves the house: its name, its column codes, and rows of plain values."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(result: PlanResult) -> tuple[FlatTable, ...]:
    """Return every table of an evaluation: projects, indicators, monthly, overrides, and the counts by strategy."""
    made: tuple[tuple[str, Columns, Sequence[tuple[Cell, ...]]], ...] = (
        ("projects", PROJECTS, projects(result)),
        ("indicators", INDICATORS, indicators(result)),
        ("monthly", MONTHLY, monthly(result)),
        ("overrides", OVERRIDES, overrides(result)),
        ("kinds", KINDS, counts(result, "kind_group")),
        ("bands", BANDS, counts(result, "band")),
    )
    return tuple(_spoken(result, FlatTable(name, columns, tuple(rows))) for name, columns, rows in made)


def _spoken(result: PlanResult, table: FlatTable) -> FlatTable:
    """Return a table in the plan's words: without funds where it has none, its year in its own era."""
    speech = result.plan.speech
    kept = [at for at, name in enumerate(table.columns) if name != "fund" or speech.has_funds]
    names = tuple(
        "year_ce" if table.columns[at] == "year_be" and speech.era == "ce" else table.columns[at] for at in kept
    )
    year = speech.year(result.plan.year_be)
    rows = tuple(tuple(year if table.columns[at] == "year_be" else row[at] for at in kept) for row in table.rows)
    return FlatTable(table.name, names, rows)


def headings(table: FlatTable, language: str) -> tuple[str, ...]:
    """Return the heading row: column codes for "code", else labels in "th" or "en"."""
    return table.columns if language == "code" else tuple(word("flat", c, language) for c in table.columns)


def to_csv(table: FlatTable, language: str = "code") -> str:
    """Return the table as CSV text with LF line ends; no cell can be run as a formula."""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([neutral(heading) for heading in headings(table, language)])
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return target.getvalue()


def _text(cell: Cell) -> str:
    """Return a cell as CSV text: figures as they are, text made harmless."""
    if cell is None or isinstance(cell, Mark):
        return cell.value if isinstance(cell, Mark) else ""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, Decimal):
        return f"{settle(cell) if decimals(cell, 60) > _MOST_PLACES else cell:f}"
    return cell.isoformat() if isinstance(cell, date) else neutral(cell) if isinstance(cell, str) else str(cell)


def to_xlsx(table: FlatTable, language: str = "th") -> bytes:
    """Return the table as a workbook of one sheet: heading row, filter, frozen heading, text as text."""
    target = BytesIO()
    workbook = Workbook(target, {"in_memory": True})
    workbook.set_properties({"title": table.name, "created": _CREATED})
    styles = Styles(workbook, 0, 2)
    sheet = workbook.add_worksheet(table.name)
    for column, heading in enumerate(headings(table, language)):
        sheet.write_string(0, column, heading, styles.head)
        sheet.set_column(column, column, _width(heading, [row[column] for row in table.rows]))
    text, number, day = styles.of("text"), styles.of("count", num_format="General"), styles.of("date")
    for index, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, Decimal | int):
                sheet.write_number(index, column, float(cell), number)
            elif isinstance(cell, date):
                sheet.write_datetime(index, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
            elif shown := (cell.value if isinstance(cell, Mark) else cell):
                sheet.write_string(index, column, cell_text(shown), text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    sheet.repeat_rows(0)
    workbook.close()
    return target.getvalue()


def _width(heading: str, cells: Sequence[Cell]) -> float:
    figures = [letters_of(c) for c in cells if isinstance(c, Decimal | int)]
    texts = [len(c) for c in cells if isinstance(c, str)]
    return float(min(_WIDEST, max(len(heading), 8, *figures, *texts) + 3))


def write_all(result: PlanResult, folder: Path, file_format: str = "csv", language: str = "code") -> tuple[Path, ...]:
    """Write every table into ``folder`` as "csv" or "xlsx" and return the files.

    CSV files begin with a byte order mark, without which spreadsheet programs misread Thai.
    Raises OSError when a file cannot be written, ValueError for another format.
    """
    if file_format not in ("csv", "xlsx"):
        raise ValueError(f"unknown format {file_format!r}")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in tables(result):
        path = folder / f"{table.name}.{file_format}"
        if file_format == "csv":
            path.write_bytes(to_csv(table, language).encode("utf-8-sig"))
        else:
            path.write_bytes(to_xlsx(table, language))
        written.append(path)
    return tuple(written)
