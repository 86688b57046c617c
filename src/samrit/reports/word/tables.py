"""Tables of the Word file: fixed columns, repeated heads, merged cells, rows that stay whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from samrit.reports import colour, columns
from samrit.reports.grid import Slot, column_count, place
from samrit.reports.inline import cell_runs
from samrit.reports.model import BandStyle, Cell, Row, Run, TableBlock
from samrit.reports.word.xml import attribute, paragraph, rgb, runs

_ALIGN = {"centre": "center", "right": "right"}
PADDING = {False: 190, True: 80}  # twentieths of a point that margins and rules take from a cell, by ``small``


@dataclass(frozen=True, slots=True)
class _Part:
    """What all cells of one part of a table (its head or its body) share."""

    bands: Mapping[str, BandStyle]
    widths: tuple[int, ...]
    styles: str  # first word of its paragraph styles: "Table" or "Dense"
    head: bool


def table_xml(table: TableBlock, bands: Mapping[str, BandStyle], *, width: int, points: int) -> str:
    """Return a w:tbl of ``width`` twentieths of a point, its narrowest columns fitted to type of ``points``."""
    rows = (*table.head, *table.rows)
    count = column_count(rows, table.widths)
    least = columns.minimums(table, points=points, padding=PADDING[table.small])
    widths = columns.fit(columns.relative(table, count), least, width)
    kind = "Dense" if table.small else "Table"
    parts = []
    for section, is_head in ((table.head, True), (table.rows, False)):
        part = _Part(bands, widths, kind, is_head)
        parts += [_row(slots, row, part) for slots, row in zip(place(section, count), section, strict=True)]
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
    return f"<w:tbl>{_properties(table, width)}<w:tblGrid>{grid}</w:tblGrid>{''.join(parts)}</w:tbl>"


def _properties(table: TableBlock, width: int) -> str:
    style = "DenseTable" if table.small else "ReportTable"
    first = "1" if table.head else "0"
    title = f'<w:tblCaption w:val="{attribute(table.caption)}"/>' if table.caption else ""
    return (
        f'<w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{width}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="{first}" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{title}</w:tblPr>'
    )


def _row(slots: tuple[Slot, ...], row: Row, part: _Part) -> str:
    head = "<w:tblHeader/>" if part.head else ""
    keep = "<w:keepNext/>" if part.head or row.keep_with_next else ""
    cells = "".join(_cell(slot, keep, part) for slot in slots)
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"


def _cell(slot: Slot, keep: str, part: _Part) -> str:
    cell = slot.cell
    shade = "head" if part.head and not cell.shade else cell.shade
    band = part.bands.get(cell.band)
    ground = colour.tint(band.colour) if band else colour.SHADES.get(shade, "")
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{rgb(ground)}"/>' if ground else ""
    middle = "center" if part.head or slot.rows > 1 else "top"
    style = part.styles + {"head": "Head", "quiet": "Quiet"}.get(shade, "Text")
    content = "" if slot.continued else runs(_weighted(cell, shade, part.bands), part.bands, ground or "#ffffff")
    jc = f'<w:jc w:val="{_align(cell, part)}"/>'
    return (
        f'<w:tc><w:tcPr>{_spans(slot, part.widths)}{fill}<w:vAlign w:val="{middle}"/></w:tcPr>'
        f"{paragraph(content, style, keep + jc)}</w:tc>"
    )


def _weighted(cell: Cell, shade: str, bands: Mapping[str, BandStyle]) -> tuple[Run, ...]:
    """Return the runs of a cell, all of them bold in a bold cell and in totals; heads are bold by their style."""
    pieces = cell_runs(cell, bands)
    if not (cell.bold or shade == "total") or shade == "head":
        return pieces
    return tuple(replace(piece, bold=True) for piece in pieces)


def _align(cell: Cell, part: _Part) -> str:
    """Return the alignment; a head without one is centred over its column, as offices print it."""
    if part.head and cell.align == "left":
        return "center"
    return _ALIGN.get(cell.align, "left")


def _spans(slot: Slot, widths: tuple[int, ...]) -> str:
    width = sum(widths[slot.column : slot.column + slot.span])
    span = f'<w:gridSpan w:val="{slot.span}"/>' if slot.span > 1 else ""
    merge = "<w:vMerge/>" if slot.continued else '<w:vMerge w:val="restart"/>' if slot.rows > 1 else ""
    return f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}'
