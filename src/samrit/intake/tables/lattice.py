"""A grid laid out by position: every place of every row, with merged cells spread over what they cover."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from samrit.intake.cleaning import cleaned
from samrit.intake.grid import Grid, GridCell


@dataclass(frozen=True, slots=True)
class Slot:
    """One position of a row: its cell, if any, and whether the cell begins here or is merged from elsewhere."""

    cell: GridCell | None
    begins: bool = True

    @property
    def text(self) -> str:
        """The cleaned text that begins here; empty where a merged cell only reaches over."""
        return cleaned(self.cell.text) if self.cell is not None and self.begins else ""

    @property
    def covering(self) -> str:
        """The cleaned text of the cell that covers this position."""
        return cleaned(self.cell.text) if self.cell is not None else ""


NOWHERE = Slot(None)
Line = tuple[Slot, ...]


class _Same:
    """A grid as a key: every recogniser lays out the same grids."""

    __slots__ = ("grid",)

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    def __hash__(self) -> int:
        return id(self.grid)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.grid is self.grid


def lay_out(grid: Grid) -> list[Line]:
    """Return the rows of ``grid`` by position; a cell that spans rows or columns covers all of them."""
    return _laid_out(_Same(grid))


@lru_cache(maxsize=512)
def _laid_out(same: _Same) -> list[Line]:
    grid = same.grid
    lines: list[list[Slot | None]] = [[] for _ in grid.rows]
    for number, row in enumerate(grid.rows):
        at = 0
        for cell in row:
            line = lines[number]
            while at < len(line) and line[at] is not None:
                at += 1
            _cover(lines, number, at, cell)
            at += max(cell.colspan, 1)
    return [tuple(slot or NOWHERE for slot in line) for line in lines]


def _cover(lines: list[list[Slot | None]], number: int, at: int, cell: GridCell) -> None:
    for down in range(max(cell.rowspan, 1)):
        if number + down >= len(lines):
            return
        line = lines[number + down]
        line.extend([None] * (at + max(cell.colspan, 1) - len(line)))
        for along in range(max(cell.colspan, 1)):
            line[at + along] = Slot(cell, begins=down == 0 and along == 0)


def slot_at(line: Line, at: int) -> Slot:
    """Return the slot at a position, an empty one beyond the row's end."""
    return line[at] if 0 <= at < len(line) else NOWHERE
