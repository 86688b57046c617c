"""A document before it has a format: lines of text and tables of cells, merged ones once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Cell:
    """A cell at its top left place; ``number`` is what a workbook stores where the text is a figure."""

    text: str = ""
    wide: int = 1
    tall: int = 1
    number: Decimal | None = None


@dataclass(frozen=True)
class Table:
    """Rows of cells, those that a merged cell covers left out as in HTML; the first ``heads`` rows are headings."""

    rows: list[list[Cell]]
    heads: int

    def placed(self) -> list[tuple[int, int, Cell]]:
        """Return row and column, from 0, of every cell."""
        taken: set[tuple[int, int]] = set()
        found = []
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                found.append((row, column, cell))
                taken |= {(row + down, column + along) for down in range(cell.tall) for along in range(cell.wide)}
                column += cell.wide
        return found

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(column + cell.wide for _, column, cell in self.placed())


Part = str | Table


@dataclass(frozen=True)
class Sheet:
    """A document: its parts from top to bottom."""

    parts: Sequence[Part]
