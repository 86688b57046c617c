"""Saying what a spreadsheet hides: its figures are read, but nobody saw them on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from samrit.intake.sources.job import Job
from samrit.intake.sources.sheets.cells import SheetCells, column_letters

_LISTED = 10  # ranges named in one sentence


def note_hidden(job: Job, cells: SheetCells, rows: Iterable[int], columns: Sequence[tuple[int, int]]) -> None:
    """Note hidden rows and columns that hold something."""
    filled_rows = sorted(row for row in rows if cells.rows.get(row))
    if filled_rows:
        job.note("intake_hidden_rows", column=cells.name, rows=_ranges(filled_rows), count=len(filled_rows))
    if not columns:
        return
    used = sorted({column for texts in cells.rows.values() for column in texts})
    filled = [column for column in used if any(first <= column <= last for first, last in columns)]
    if filled:
        names = ", ".join(column_letters(column) for column in filled[:_LISTED])
        more = "…" if len(filled) > _LISTED else ""
        job.note("intake_hidden_columns", column=cells.name, columns=names + more, count=len(filled))


def _ranges(numbers: Sequence[int]) -> str:
    """Return sorted numbers in short: 3, 5–9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:_LISTED]]
    return ", ".join(shown) + ("…" if len(runs) > _LISTED else "")
