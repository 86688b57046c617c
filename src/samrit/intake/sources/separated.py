"""Text with separators: .csv with commas, semicolons or tabs and quoted cells, or plain text with tabs."""

from __future__ import annotations

import csv
import io
from collections import Counter
from contextlib import suppress
from itertools import islice

from samrit.intake.grid import Grid
from samrit.intake.sources import limits
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import refuse
from samrit.intake.sources.sheets.cells import LAST_COLUMN, LAST_ROW, SheetCells
from samrit.intake.sources.sheets.tables import tables

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 200  # rows that are looked at
_MOSTLY = 0.8


def separator_of(text: str, *, named_csv: bool) -> str | None:
    """Return what separates the cells of a CSV file, None for other text.

    A file that is called .csv needs a separator in some rows; any other text needs the
    same number of cells in most rows, since commas are in sentences too.
    """
    if not named_csv and "\t" in text:
        return None
    best, best_score = None, 0.0
    for separator in _SEPARATORS:
        score = _score(text, separator)
        if score > best_score:
            best, best_score = separator, score
    return best if best_score >= (0.05 if named_csv else _MOSTLY) else None


def _score(text: str, separator: str) -> float:
    """Return which part of the first rows has the commonest number of cells, if that is more than one."""
    head = text[: _SAMPLE * 2000]
    if separator not in head:
        return 0.0
    widths: list[int] = []
    with suppress(csv.Error):  # whoever reads the whole file will say so
        rows = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
        widths.extend(len(row) for row in islice(rows, _SAMPLE) if row)
    counted = Counter(width for width in widths if width > 1)
    if not counted or len(widths) < 2:
        return 0.1 if counted else 0.0
    width, count = max(counted.items(), key=lambda item: (item[1], item[0]))
    return count / len(widths) + width / 100_000


def read_separated(text: str, separator: str, job: Job) -> list[Grid]:
    """Return the tables of a CSV file, which fall apart at blank rows and columns."""
    cells = SheetCells(job, addressed=False)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for row in reader:
            job.element()
            if line > LAST_ROW or len(row) > LAST_COLUMN:
                refuse("intake_too_many_cells", limit=limits.MOST_CELLS)
            for column, value in enumerate(row, 1):
                cells.put(line, column, value.strip())
            line = reader.line_num + 1
    except csv.Error as error:
        refuse("intake_damaged", reason=f"CSV: {error}")
    return list(tables(cells))
