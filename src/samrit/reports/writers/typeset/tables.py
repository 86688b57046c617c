"""Tables as the template takes them: columns that fit their figures, and rows that must stay together.

The typesetter splits a table between any two rows.  Rows that belong together (a heading
row with its first project, the rows of a project's first indicator) are given as a group;
the template holds a group together by an empty cell beside it that spans its rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from samrit.reports.document.grid import GridSlot, column_count, place
from samrit.reports.document.inline import cell_runs, clean, plain
from samrit.reports.document.model import BandStyle, Cell, Row, TableBlock
from samrit.reports.look import colour
from samrit.reports.look.fonts import text_width
from samrit.reports.writers.typeset.runs import run_data
from samrit.reports.writers.typeset.widths import ABOVE, LINE, Measures, Room, column_widths, figure_scale, space_beside

_HIGHEST_GROUP = 0.6  # of the text's height: rows that are higher together are not held together
_WHOLE_TABLE = 0.5  # of the text's height: a table lower than this is not split
_LONG = 12
_LONG_WORD = re.compile(rf"[^\s\u0e00-\u0e7f]{{{_LONG},}}")
_BREAK_HERE = "\u200b"
_ALIGN = {"centre": "center", "right": "right"}


def table_data(table: TableBlock, measures: Measures, bands: Mapping[str, BandStyle], room: Room) -> dict[str, Any]:
    """Return the table as the template takes it; all lengths in points."""
    count = column_count((*table.head, *table.rows), table.widths)
    inset = (space_beside(measures, table.small, room), ABOVE[table.small])
    layout = _Layout(column_widths(table, measures, inset[0], room), room, inset, bands)
    head, body = place(table.head, count), place(table.rows, count)
    heights = [layout.height(slots) for slots in body]
    whole = layout.total(place(table.head, count)) + sum(heights) <= room.height * _WHOLE_TABLE
    highest = room.height * _HIGHEST_GROUP
    groups = _groups(table.rows, body, heights, highest)
    rows = [
        [layout.cell(slot, head=False, whole=height <= highest) for slot in slots if not slot.continued]
        for slots, height in zip(body, heights, strict=True)
    ]
    return {
        "kind": "table",
        "caption": clean(table.caption),
        "small": table.small,
        "size": room.size,
        "inset": inset,
        "widths": layout.widths,
        "head": [[layout.cell(s, head=True, whole=True) for s in slots if not s.continued] for slots in head],
        "groups": [rows[start:end] for start, end in groups],
        "held": any(end - start > 1 for start, end in groups),
        "whole": whole,
    }


def _groups(
    rows: Sequence[Row], body: Sequence[Sequence[GridSlot]], heights: Sequence[float], highest: float
) -> list[tuple[int, int]]:
    """Return the rows as stretches (first, past the last) that stay on one page.

    A row is held to the next by ``keep_with_next``, by a cell that spans both, and by
    being the last before a total, which must not stand alone.
    """
    groups, start = [], 0
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else None
        spanned = following is not None and any(slot.continued for slot in body[index + 1])
        total = following is not None and any(cell.shade == "total" for cell in following.cells)
        wanted = following is not None and (row.keep_with_next or total)
        fits = sum(heights[start : index + 2]) <= highest
        if spanned or (wanted and fits):
            continue
        groups.append((start, index + 1))
        start = index + 1
    return groups


class _Layout:
    """The fitted columns of a table, and what follows from them for its cells."""

    def __init__(
        self, widths: tuple[float, ...], room: Room, inset: tuple[float, float], bands: Mapping[str, BandStyle]
    ) -> None:
        self.widths, self._room, self._bands = widths, room, bands
        self._beside, self._above = inset
        self._cells: dict[tuple[Cell, float, bool, bool], list[Any]] = {}

    def cell(self, slot: GridSlot, *, head: bool, whole: bool) -> list[Any]:
        """Return a cell as the template takes it; most cells of an annex are alike and are made once."""
        key = (slot.cell, self._inner(slot), head, whole)
        if key not in self._cells:
            self._cells[key] = self._made(slot, head=head, whole=whole)
        made = self._cells[key]
        return made if (made[3], made[4]) == (slot.span, slot.rows) else self._made(slot, head=head, whole=whole)

    def _made(self, slot: GridSlot, *, head: bool, whole: bool) -> list[Any]:
        """Return a cell as runs, alignment, spans, ground, ink, whether it stays on one page, and scale."""
        cell = slot.cell
        shade = "head" if head and not cell.shade else cell.shade
        band = self._bands.get(cell.band)
        ground = colour.tint(band.colour) if band else colour.SHADES.get(shade, "")
        pieces = cell_runs(cell, self._bands)
        if cell.bold or shade in ("head", "total"):
            pieces = tuple(replace(piece, bold=True) for piece in pieces)
        pieces = tuple(replace(piece, text=self._softened(piece.text, slot)) for piece in pieces)
        ink = {"head": colour.NAVY, "quiet": colour.QUIET}.get(shade, "")
        align = "center" if head and cell.align == "left" else _ALIGN.get(cell.align, "left")
        across = "horizon" if head or slot.rows > 1 else "top"
        runs = run_data(pieces, self._bands, ground or "#ffffff", together=0)
        scale = figure_scale(plain(cell.text), cell.bold or shade == "total", self._inner(slot), self._room.size)
        return [runs, align, across, slot.span, slot.rows, ground, ink, whole, scale]

    def height(self, slots: Sequence[GridSlot]) -> float:
        """Return about how high a row will be; cells that span several rows are shared between them."""
        return max((self._cell_height(slot) / slot.rows for slot in slots), default=0.0)

    def total(self, rows: Sequence[Sequence[GridSlot]]) -> float:
        """Return about how high all ``rows`` will be together."""
        return sum(self.height(slots) for slots in rows)

    def _cell_height(self, slot: GridSlot) -> float:
        size, room = self._room.size, self._inner(slot)
        # A line breaks between words and is seldom filled to the end.
        text = plain(slot.cell.text)
        lines = sum(int(text_width(line, size) / room * 1.15) + 1 for line in text.split("\n")) if text else 1
        return lines * size * LINE + 2 * self._above

    def _inner(self, slot: GridSlot) -> float:
        """Return the width that the text of a cell has."""
        return max(sum(self.widths[slot.column : slot.column + slot.span]) - 2 * self._beside, 1.0)

    def _softened(self, text: str, slot: GridSlot) -> str:
        """Return ``text`` with places to break in words that are wider than their cell, so that nothing is cut."""
        room = self._inner(slot)
        if len(text) < _LONG:
            return text

        def soften(match: re.Match[str]) -> str:
            word, size = match[0], self._room.size
            if text_width(word, size, bold=True) <= room:
                return word
            step = max(1, int(len(word) * room / text_width(word, size, bold=True)) - 1)
            return _BREAK_HERE.join(word[start : start + step] for start in range(0, len(word), step))

        return _LONG_WORD.sub(soften, text)


def blank_row(count: int, dash: str) -> Row:
    """Return the row that says that a table has no rows: a dash over all columns."""
    return Row((Cell(dash, "centre", colspan=max(count, 1)),))
