"""Running text and tables as they follow each other in a document, tables inside tables included."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from samrit.intake.grid import Grid, GridCell
from samrit.intake.sources import limits
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import refuse

_LONGEST_HEADING = 200
_MOST_NESTED = 64


@dataclass(slots=True)
class OpenTable:
    """A table whose end has not come yet."""

    number: int
    heading: str
    rows: list[list[GridCell]] = field(default_factory=list)
    inner: list[Grid] = field(default_factory=list)
    texts: list[str] | None = None  # of the open cell
    colspan: int = 1
    rowspan: int = 1


class Flow:
    """Collects paragraphs and tables in document order.

    Cells are named by the table's number in the document and their column: "T3:C5";
    ``line`` is the row of the table, or the number of the paragraph.
    """

    def __init__(self, job: Job) -> None:
        self.grids: list[Grid] = []
        self._job = job
        self._open: list[OpenTable] = []
        self._lines: list[tuple[GridCell, ...]] = []
        self._heading = ""
        self._tables = 0
        self._paragraphs = 0

    @property
    def in_table(self) -> bool:
        """Whether a table is open."""
        return bool(self._open)

    @property
    def in_cell(self) -> bool:
        """Whether a cell is open."""
        return bool(self._open) and self._open[-1].texts is not None

    def paragraph(self, text: str) -> None:
        """Add a paragraph to the open cell, or to the running text; one with tabs becomes a row of cells."""
        text = text.strip(" \r\n")
        if self.in_cell:
            texts = self._open[-1].texts
            if texts is not None and text:
                self._job.kept_text(text)
                texts.append(text.replace("\t", " "))
            return
        self._paragraphs += 1
        if not text.strip():
            self._end_text()
            return
        parts = [part.strip() for part in text.split("\t")]
        if (len(parts) > 1) != (len(self._lines[-1]) > 1 if self._lines else len(parts) > 1):
            self._end_text()
        for part in parts:
            self._job.cell(part)
        named = enumerate(parts, 1)
        self._lines.append(tuple(GridCell(p, self._paragraphs, str(n) if len(parts) > 1 else "") for n, p in named))
        self._heading = " ".join(text.split())[:_LONGEST_HEADING]

    def begin_table(self) -> None:
        """Open a table; inside another one's cell it becomes a grid of its own after that table."""
        if len(self._open) >= _MOST_NESTED:
            refuse("intake_xml_depth", limit=_MOST_NESTED)
        if not self._open:
            self._end_text()
        self._tables += 1
        self._open.append(OpenTable(self._tables, self._heading))

    def begin_row(self) -> None:
        """Open a row."""
        if self._open:
            self.end_cell()
            self._open[-1].rows.append([])

    def begin_cell(self, colspan: int = 1, rowspan: int = 1) -> None:
        """Open a cell; one that is still open ends."""
        if not self._open:
            return
        self.end_cell()
        table = self._open[-1]
        if not table.rows:
            table.rows.append([])
        table.texts = []
        self.span(colspan, rowspan)

    def span(self, colspan: int = 1, rowspan: int = 1) -> None:
        """Say how far the open cell reaches."""
        if self._open:
            self._open[-1].colspan = min(max(colspan, 1), limits.MOST_COLUMNS)
            self._open[-1].rowspan = min(max(rowspan, 1), limits.MOST_ROWS)

    def end_cell(self) -> None:
        """Close the open cell."""
        if not self.in_cell:
            return
        table = self._open[-1]
        text = "\n".join(table.texts or ())
        self._job.cell(text)
        row = table.rows[-1]
        column = sum(cell.colspan for cell in row) + 1
        name = f"T{table.number}:C{column}"
        row.append(GridCell(text, len(table.rows), name, table.colspan, table.rowspan))
        table.texts = None

    def end_table(self) -> OpenTable | None:
        """Close the innermost table, and return it."""
        if not self._open:
            return None
        self.end_cell()
        table = self._open.pop()
        grids = [grid for grid in (self._grid(table),) if grid is not None] + table.inner
        if self._open:
            self._open[-1].inner.extend(grids)
        else:
            self.grids.extend(grids)
            self._heading = ""
        return table

    @property
    def rows(self) -> list[list[GridCell]]:
        """The rows of the innermost open table, which a reader may still put right before it ends."""
        return self._open[-1].rows if self._open else []

    def finish(self) -> list[Grid]:
        """Close whatever is open and return all grids."""
        while self._open:
            self.end_table()
        self._end_text()
        return self.grids

    def _grid(self, table: OpenTable) -> Grid | None:
        height = len(table.rows)
        rows = []
        for at, row in enumerate(table.rows):
            cells = []
            for cell in row:
                rowspan = min(cell.rowspan, height - at)
                # Whoever lays the table out pays for every place that a cell covers.
                self._job.cell(times=cell.colspan * rowspan - 1)
                cells.append(cell if rowspan == cell.rowspan else replace(cell, rowspan=rowspan))
            rows.append(tuple(cells))
        if not any(cell.text for row in rows for cell in row):
            return None
        is_table = any(len(row) > 1 for row in rows)
        return Grid(self._job.document, tuple(rows), sheet=table.heading, is_table=is_table)

    def _end_text(self) -> None:
        if self._lines:
            is_table = len(self._lines[-1]) > 1
            self.grids.append(Grid(self._job.document, tuple(self._lines), is_table=is_table))
            self._lines = []
