"""Which cells a reader took, by their very place: said by the readers of cards, summaries and stacked months.

Words that are elsewhere too say nothing of a cell; a reader that took it says so here.
"""

from __future__ import annotations

from samrit.intake.grid import Grid, GridCell


class Claims:
    """The tables that were read by place, and the cells of them that were taken."""

    def __init__(self) -> None:
        self._grids: dict[int, Grid] = {}  # kept, so that no other has its identity
        self._cells: set[int] = set()
        self._names: set[int] = set()

    def read(self, grid: Grid) -> None:
        """Say that a table was read cell by cell: what is not taken of it was not used."""
        self._grids[id(grid)] = grid

    def take(self, *cells: GridCell | None) -> None:
        """Say of cells that something was taken from them."""
        self._cells.update(id(cell) for cell in cells if cell is not None)

    def name(self, *cells: GridCell | None) -> None:
        """Say of cells that they only say what those are that were taken: headings of a column."""
        self._names.update(id(cell) for cell in cells if cell is not None)

    def names(self, cell: GridCell) -> bool:
        """Say whether a cell is the heading of what was taken."""
        return id(cell) in self._names

    def covers(self, grid: Grid) -> bool:
        """Say whether a table was read by place."""
        return id(grid) in self._grids

    def holds(self, cell: GridCell) -> bool:
        """Say whether something was taken from a cell."""
        return id(cell) in self._cells
