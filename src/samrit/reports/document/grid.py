"""Tables with spans laid out on a full grid, for writers whose format wants every cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samrit.reports.document.model import Cell, Row

_EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class GridSlot:
    """A cell at its place: first column, columns and rows covered; ``continued`` is the part below a row span's top."""

    cell: Cell
    column: int
    span: int = 1
    rows: int = 1
    continued: bool = False


def column_count(rows: Sequence[Row], widths: Sequence[float] = ()) -> int:
    """Return how many columns the rows take.

    The widths say it, unless a row has more cells than they; without widths the
    spans say it.  There is always at least one.
    """
    return max(1, len(widths), max(_reach(rows, spans_count=not widths), default=0))


def place(rows: Sequence[Row], columns: int) -> tuple[tuple[GridSlot, ...], ...]:
    """Return the rows as full rows of slots.

    Cells spanned from above are put back as continued slots, short rows are filled
    with empty cells, and spans that leave the table are cut.
    """
    open_slots: dict[int, tuple[GridSlot, int]] = {}  # first column -> slot, rows still to cover
    placed = []
    for index, row in enumerate(rows):
        placed.append(_place_row(row, columns, len(rows) - index, open_slots))
    return tuple(placed)


def _place_row(
    row: Row, columns: int, rows_left: int, open_slots: dict[int, tuple[GridSlot, int]]
) -> tuple[GridSlot, ...]:
    slots: list[GridSlot] = []
    cells = iter(row.cells)
    column = 0
    while column < columns:
        if column in open_slots:
            slot, left = open_slots.pop(column)
            if left > 1:
                open_slots[column] = (slot, left - 1)
            slots.append(GridSlot(slot.cell, column, slot.span, slot.rows, continued=True))
            column += slot.span
            continue
        cell = next(cells, _EMPTY)
        slot = _slot(cell, column, columns, rows_left, open_slots)
        if slot.rows > 1:
            open_slots[column] = (slot, slot.rows - 1)
        slots.append(slot)
        column += slot.span
    return tuple(slots)


def _slot(
    cell: Cell, column: int, columns: int, rows_left: int, open_slots: dict[int, tuple[GridSlot, int]]
) -> GridSlot:
    rows = max(1, min(cell.rowspan, rows_left))
    if cell.colspan <= 1:
        return GridSlot(cell, column, 1, rows)
    limit = min((taken for taken in open_slots if taken > column), default=columns)
    return GridSlot(cell, column, min(cell.colspan, limit - column), rows)


def _reach(rows: Sequence[Row], *, spans_count: bool) -> list[int]:
    """Return the width of every row, counting what row spans from above push to the right."""
    widths = []
    covering: list[tuple[int, int]] = []  # rows still to cover, columns
    for row in rows:
        taken = [max(1, cell.colspan) if spans_count else 1 for cell in row.cells]
        widths.append(sum(span for _, span in covering) + sum(taken))
        covering = [(left - 1, span) for left, span in covering if left > 1]
        covering += [(cell.rowspan - 1, span) for cell, span in zip(row.cells, taken, strict=True) if cell.rowspan > 1]
    return widths
