"""Tables of the page: which cells are headings of what, so that a screen reader can say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from samrit.reports.document.columns import Setting, minimums, relative, size_in, widths_of
from samrit.reports.document.grid import GridSlot, column_count, place
from samrit.reports.document.inline import cell_runs, clean, runs_of
from samrit.reports.document.model import BandStyle, Inline, Row, TableBlock
from samrit.reports.look.paper import OFFICE_POINT

# A dense table's type is .8125rem, of 13 units; the widths are counted in twentieths of these units (columns.py).
_DENSE = Setting(points=13, padding=170, percent=92, smallest=10)
_REM = 0.8125 / (13 * 20 * OFFICE_POINT)
_DENSE_WIDTH = int(72 / _REM)


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A run for the template; ``band`` is the band's place in the document, or -1."""

    text: str
    bold: bool
    italic: bool
    band: int
    sign: str
    change: str = ""  # "ins" or "del"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell for the template; ``scope`` is empty for a data cell."""

    pieces: tuple[TextPiece, ...]
    scope: str
    colspan: int
    rowspan: int
    classes: str
    size: int = 100  # percent of the table's type


@dataclass(frozen=True, slots=True)
class HtmlRow:
    """A row for the template; ``keep`` asks print not to part it from the row below."""

    cells: tuple[TableCell, ...]
    keep: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    """A table for the template; each body is a group of rows under its group row."""

    head: tuple[HtmlRow, ...]
    bodies: tuple[tuple[HtmlRow, ...], ...]
    columns: tuple[str, ...]  # widths in percent
    small: bool
    width: str = ""  # of a dense table, in rem: the least at which no figure is cut


class Bands:
    """The bands of a document with their places, which name their classes in the style sheet."""

    def __init__(self, bands: Sequence[BandStyle]) -> None:
        self.styles: Mapping[str, BandStyle] = {band.code: band for band in bands}
        self.places: Mapping[str, int] = {band.code: place for place, band in enumerate(bands)}

    def pieces(self, text: Inline) -> tuple[TextPiece, ...]:
        """Return inline text as pieces."""
        return tuple(
            TextPiece(
                clean(run.text),
                run.bold,
                run.italic,
                self.places.get(run.band, -1),
                clean(self.styles[run.band].sign) if run.band in self.styles else "",
                {"added": "ins", "removed": "del"}.get(run.change, ""),
            )
            for run in runs_of(text)
        )


def table_view(table: TableBlock, bands: Bands) -> TableView:
    """Return a table ready for the template."""
    count = column_count((*table.head, *table.rows), table.widths)
    declared = relative(table, count)
    widths: tuple[int, ...] = ()
    shares: tuple[float, ...] = declared
    if table.small:
        widths = widths_of(table, _DENSE, max(_DENSE_WIDTH, sum(minimums(table, _DENSE))))
        shares = widths
    whole = sum(shares) or 1
    head = tuple(HtmlRow(tuple(_head_cell(slot, bands) for slot in _own(row))) for row in place(table.head, count))
    return TableView(
        head,
        _bodies(table.rows, count, bands, widths),
        tuple(f"{100 * share / whole:.2f}" for share in shares),
        table.small,
        f"{sum(widths) * _REM:.1f}" if widths else "",
    )


def _own(row: Sequence[GridSlot]) -> list[GridSlot]:
    return [slot for slot in row if not slot.continued]


def _bodies(rows: Sequence[Row], count: int, bands: Bands, widths: tuple[int, ...]) -> tuple[tuple[HtmlRow, ...], ...]:
    bodies: list[list[HtmlRow]] = [[]]
    for row, slots in zip(rows, place(rows, count), strict=True):
        starts_group = len(slots) == 1 and slots[0].cell.shade == "group" and not slots[0].continued
        if starts_group and bodies[-1]:
            bodies.append([])
        cells = (
            replace(_body_cell(slot, count, bands, starts_group=starts_group), size=_size(slot, widths))
            for slot in _own(slots)
        )
        bodies[-1].append(HtmlRow(tuple(cells), row.keep_with_next))
    return tuple(tuple(body) for body in bodies if body)


def _size(slot: GridSlot, widths: tuple[int, ...]) -> int:
    """Return the type size of a cell in percent, below 100 where its figure is longer than its column allows."""
    if not widths:
        return 100
    width = sum(widths[slot.column : slot.column + slot.span])
    return 100 * size_in(slot.cell, width, _DENSE) // _DENSE.points


def _head_cell(slot: GridSlot, bands: Bands) -> TableCell:
    align = slot.cell.align if slot.cell.align == "right" else "centre"
    return _cell(slot, "colgroup" if slot.span > 1 else "col", [align], bands)


def _body_cell(slot: GridSlot, count: int, bands: Bands, *, starts_group: bool) -> TableCell:
    cell = slot.cell
    scope = ""
    if starts_group:
        scope = "rowgroup"
    elif slot.column == 0 and slot.span * 2 <= count and cell.text and cell.shade != "quiet" and count > 1:
        scope = "rowgroup" if slot.rows > 1 else "row"
    return _cell(slot, scope, [cell.align, cell.shade, "bold" if cell.bold else ""], bands)


def _cell(slot: GridSlot, scope: str, classes: list[str], bands: Bands) -> TableCell:
    index = bands.places.get(slot.cell.band, -1)
    known = [name for name in classes if name in _CLASSES]
    if index >= 0:
        known.append(f"band b{index}")
    return TableCell(bands.pieces(cell_runs(slot.cell, bands.styles)), scope, slot.span, slot.rows, " ".join(known))


_CLASSES = frozenset({"centre", "right", "head", "group", "total", "quiet", "bold"})
