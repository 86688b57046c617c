"""Tables of the Word file: fixed columns, repeated heads, merged cells, rows that stay whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from samrit.reports.document import columns
from samrit.reports.document.columns import Setting
from samrit.reports.document.grid import GridSlot, column_count, place
from samrit.reports.document.inline import cell_runs
from samrit.reports.document.model import BandStyle, Cell, Run, TableBlock
from samrit.reports.look import colour
from samrit.reports.writers.word.xml import attribute, paragraph, rgb, runs

_ALIGN = {"centre": "center", "right": "right"}
_KEPT_WHOLE = 15  # a table of so many rows is not broken over pages


@dataclass(frozen=True, slots=True)
class _Part:
    """What all cells of one part of a table (its head or its body) share."""

    bands: Mapping[str, BandStyle]
    widths: tuple[int, ...]
    styles: str  # first word of its paragraph styles: "Table" or "Dense"
    head: bool
    setting: Setting


def table_xml(table: TableBlock, bands: Mapping[str, BandStyle], *, width: int, setting: Setting) -> str:
    """Return a w:tbl of ``width`` twentieths of a point, its narrowest columns fitted to type of ``points``."""
    count = column_count((*table.head, *table.rows), table.widths)
    widths = columns.widths_of(table, setting, width)
    kind = "Dense" if table.small else "Table"
    together = len(table.rows) <= _KEPT_WHOLE
    parts = []
    for section, is_head in ((table.head, True), (table.rows, False)):
        part = _Part(bands, widths, kind, is_head, setting)
        placed = place(section, count)
        height = _head_height(placed, part) if is_head else 0
        for index, (slots, row) in enumerate(zip(placed, section, strict=True), 1):
            keep = is_head or row.keep_with_next or (together and index < len(section))
            parts.append(_row(slots, part, keep=keep, height=height if index == len(section) else 0))
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


def _row(slots: tuple[GridSlot, ...], part: _Part, *, keep: bool, height: int) -> str:
    head = "<w:tblHeader/>" if part.head else ""
    least = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    cells = "".join(_cell(slot, "<w:keepNext/>" if keep else "", part) for slot in slots)
    return f"<w:tr><w:trPr><w:cantSplit/>{least}{head}</w:trPr>{cells}</w:tr>"


def _head_height(rows: tuple[tuple[GridSlot, ...], ...], part: _Part) -> int:
    """Return the least height of the last head row, so that the cells spanning down to it have all their lines.

    Some viewers give a spanned cell only the height of the rows' other cells when they repeat the head.
    """
    line = part.setting.points * 20 * 5 // 4
    missing = 0
    for slot in (slot for row in rows for slot in row if slot.rows > 1 and not slot.continued):
        width = sum(part.widths[slot.column : slot.column + slot.span]) - part.setting.padding
        missing = max(missing, columns.lines(slot.cell, max(width, 1), part.setting.points) - (slot.rows - 1))
    return missing * line if missing > 1 else 0


def _cell(slot: GridSlot, keep: str, part: _Part) -> str:
    cell = slot.cell
    shade = "head" if part.head and not cell.shade else cell.shade
    band = part.bands.get(cell.band)
    ground = colour.tint(band.colour) if band else colour.SHADES.get(shade, "")
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{rgb(ground)}"/>' if ground else ""
    middle = "center" if part.head or slot.rows > 1 else "top"
    style = part.styles + {"head": "Head", "quiet": "Quiet"}.get(shade, "Text")
    content = "" if slot.continued else _content(slot, shade, ground, part)
    jc = f'<w:jc w:val="{_align(cell, part)}"/>'
    return (
        f'<w:tc><w:tcPr>{_spans(slot, part.widths)}{fill}<w:vAlign w:val="{middle}"/></w:tcPr>'
        f"{paragraph(content, style, keep + jc)}</w:tc>"
    )


def _content(slot: GridSlot, shade: str, ground: str, part: _Part) -> str:
    """Return the runs of a cell, in smaller type where its number would not fit."""
    width = sum(part.widths[slot.column : slot.column + slot.span])
    points = columns.size_in(slot.cell, width, part.setting, head=part.head)
    return runs(
        _weighted(slot.cell, shade, part.bands),
        part.bands,
        ground=ground or "#ffffff",
        points=points,
        smaller=points < part.setting.points,
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


def _spans(slot: GridSlot, widths: tuple[int, ...]) -> str:
    width = sum(widths[slot.column : slot.column + slot.span])
    span = f'<w:gridSpan w:val="{slot.span}"/>' if slot.span > 1 else ""
    merge = "<w:vMerge/>" if slot.continued else '<w:vMerge w:val="restart"/>' if slot.rows > 1 else ""
    return f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}'
