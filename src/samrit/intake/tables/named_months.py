"""Headings that name plan or result and a month in one cell ("แผน ม.ค.", "ม.ค. (ผล)") as two rows of headings (R42)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings
from samrit.intake.tables.lattice import Line, lay_out
from samrit.intake.tables.layout import FEWEST_MONTHS, month_of

_HEADING_ROWS = 10
_PARTS = re.compile(r"[\s()\[\]/:_–-]+")
_SIDES = ("planned", "actual")
_Named = dict[int, tuple[str, str]]  # position → month and side as printed


def months_apart(grids: Iterable[Grid], words: Headings) -> Iterator[Grid]:
    """Yield the grids, those with months and sides in one cell with a row of headings for each."""
    for grid in grids:
        found = _heading(grid, words) if grid.is_table else None
        yield grid if found is None else replace(grid, rows=tuple(_rows(grid, *found)))


def _heading(grid: Grid, words: Headings) -> tuple[int, _Named] | None:
    for at, line in enumerate(lay_out(grid)[:_HEADING_ROWS]):
        named = {p: pair for p, slot in enumerate(line) if (pair := _named(slot.text, words)) is not None}
        if sum(words.find("side", side) is not None for _, side in named.values()) >= 2 * FEWEST_MONTHS:
            return at, named
    return None


def _named(text: str, words: Headings) -> tuple[str, str] | None:
    """Return the month and the side that a heading names, None where it does not name both."""
    parts = [part for part in _PARTS.split(text) if part]
    if not 2 <= len(parts) <= 4:
        return None
    for side, month in ((parts[0], " ".join(parts[1:])), (parts[-1], " ".join(parts[:-1]))):
        match = words.find("side", side)
        if match is not None and match.code in _SIDES and month_of(month, None) is not None:
            return month, side
    return None


def _rows(grid: Grid, at: int, named: _Named) -> Iterator[tuple[GridCell, ...]]:
    for number, (row, line) in enumerate(zip(grid.rows, lay_out(grid), strict=True)):
        if number != at:
            yield row
            continue
        yield tuple(_above(line, named))
        yield tuple(_part(line, p, side) for p, (_, side) in named.items())


def _above(line: Line, named: _Named) -> Iterator[GridCell]:
    """Yield the headings of the upper row: months, and all others over both rows."""
    for position, slot in enumerate(line):
        if position in named:
            yield _part(line, position, named[position][0])
        elif slot.cell is None:
            yield GridCell("", rowspan=2)
        elif slot.begins:
            yield replace(slot.cell, rowspan=slot.cell.rowspan + 1)


def _part(line: Line, position: int, text: str) -> GridCell:
    cell = line[position].cell
    return GridCell(text) if cell is None else cell.part(text)
