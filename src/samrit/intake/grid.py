"""A document as grids of cells: what every source reader gives and every recogniser reads.

A grid is one table, or one stretch of running text, in document order.  A merged
cell stands once, at its top left; ``value_at`` answers for every position it covers.
Texts are as the document has them; cleaning keeps the original (``text``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from samrit.engine.model import Source
from samrit.vocabulary.findings import Finding


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its text as printed and where it is in its document.

    ``line`` is the line of a text file, the row of a sheet or the line on a page, from
    1; ``name`` is a spreadsheet address ("C7") or a column number of the source.
    """

    text: str
    line: int | None = None
    name: str = ""
    colspan: int = 1
    rowspan: int = 1
    part_of: GridCell | None = field(default=None, compare=False, repr=False)

    def part(self, text: str) -> GridCell:
        """Return a cell that holds only ``text`` of this one, and knows which cell it was taken from."""
        return replace(self, text=text, part_of=self.whole)

    @property
    def whole(self) -> GridCell:
        """The cell of the document that this is, or is a part of."""
        return self if self.part_of is None else self.part_of


@dataclass(frozen=True, slots=True)
class Grid:
    """One table or stretch of text.

    ``rows`` hold the cells in source order; ``positions`` of a merged cell are given by
    its spans.  ``page`` counts from 1 where the format has pages; ``sheet`` is the
    sheet's name or the heading text just above the table, where known.  ``certain`` says
    that every cell is in its column: the file has columns of its own, nothing was
    recognised from print.
    """

    document: str
    rows: tuple[tuple[GridCell, ...], ...]
    page: int | None = None
    sheet: str = ""
    is_table: bool = True
    certain: bool = False

    def source(self, cell: GridCell) -> Source:
        """Return where ``cell`` stands, for the value read from it."""
        return Source(self.document, self.page, cell.line, cell.name)

    def texts(self) -> Iterator[tuple[str, ...]]:
        """Yield each row's texts."""
        for row in self.rows:
            yield tuple(cell.text for cell in row)


@dataclass(frozen=True, slots=True)
class SourceReading:
    """A document as read: its grids in order, and every fault found on the way.

    ``origin`` says what kind of file its content is ("xlsx", "docx", "pdf", "html",
    "csv", "text", "ods", "xls"), whatever its name claims.  A refused file has no grids.
    """

    document: str
    origin: str
    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = field(default_factory=tuple)
