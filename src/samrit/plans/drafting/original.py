"""The original of a value: the rows of its document around the place where it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samrit.engine.model import Source
from samrit.intake.grid import Grid, GridCell

AROUND = 6  # rows above and below
_HEADS = 3  # rows of a table that name its columns


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as its document has it; ``is_it``: the value was read from here."""

    text: str
    wide: int
    is_it: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row: its line, its cells, whether the value is in it, and how many rows before it are left out."""

    line: int | None
    cells: tuple[ShownCell, ...]
    is_here: bool
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is around a value: the document, page or sheet, and the rows; a table's headings go first."""

    document: str
    page: int | None
    sheet: str
    rows: tuple[ShownRow, ...]
    is_table: bool


def excerpt(grids: Sequence[Grid], source: Source) -> Excerpt | None:
    """Return the rows around a place of a document; None where it is not to be found."""
    found = _found(grids, source)
    if found is None:
        return None
    grid, at = found
    near = range(max(at - AROUND, 0), min(at + AROUND + 1, len(grid.rows)))
    heads = [n for n in range(min(_HEADS, len(grid.rows))) if n not in near] if grid.is_table else []
    rows = tuple(_rows(grid, [*heads, *near], at, source.cell))
    return Excerpt(grid.document, grid.page, grid.sheet, rows, grid.is_table)


def _rows(grid: Grid, numbers: Sequence[int], at: int, name: str) -> Iterator[ShownRow]:
    before = -1
    for n in numbers:
        cells = tuple(
            ShownCell(c.text, max(c.colspan, 1), n == at and bool(name) and c.name == name) for c in grid.rows[n]
        )
        yield ShownRow(_line(grid.rows[n]), cells, n == at, n - before - 1)
        before = n


def _found(grids: Sequence[Grid], source: Source) -> tuple[Grid, int] | None:
    """Return the grid and row of a place: that of the named cell, else the first of the line."""
    first: tuple[Grid, int] | None = None
    for grid in grids:
        if grid.document != source.document or (source.page is not None and grid.page != source.page):
            continue
        for at, row in enumerate(grid.rows):
            if source.line is None or all(cell.line != source.line for cell in row):
                continue
            if any(cell.line == source.line and cell.name == source.cell for cell in row):
                return grid, at
            first = first or (grid, at)
    return first


def _line(row: Sequence[GridCell]) -> int | None:
    return next((cell.line for cell in row if cell.line is not None), None)
