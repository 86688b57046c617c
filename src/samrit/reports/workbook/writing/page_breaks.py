"""Row heights for merged text, and page breaks that keep a project together.

A spreadsheet program fits the height of a row to its text only where no cell is merged,
and breaks pages wherever they are full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samrit.reports.document.grid import GridSlot
from samrit.reports.document.inline import plain
from samrit.reports.workbook.writing.heights import points_of, row_height

PAGE = (842 - 2 * 0.4 * 72, 595 - 2 * 0.6 * 72)  # points of an A4 page lying, within the margins
_FILLED = 0.94  # of a page's height, since programs differ by a few points


@dataclass(frozen=True, slots=True)
class MeasuredBlock:
    """A block of rows that should stay on one page: its first row, and the heights of its rows."""

    first: int
    heights: tuple[float, ...]


def slots_height(slots: Sequence[GridSlot], widths: Sequence[float], size: int) -> float:
    """Return the height of a row in points that shows the longest text of its cells, spanned ones in part."""
    texts = [(s, sum(widths[s.column : s.column + s.span])) for s in slots if not s.continued]
    rows = [(row_height([(plain(s.cell.text), letters)], size) / s.rows) for s, letters in texts]
    return round(max((row_height([], size), *rows)), 1)


def breaks(blocks: Sequence[MeasuredBlock], head: float, widths: Sequence[float]) -> list[int]:
    """Return the rows before which a page ends, so that a block that fits a page is never broken."""
    scale = min(1.0, PAGE[0] / sum(points_of(w) for w in widths))
    room = PAGE[1] / scale * _FILLED - head
    found, filled = [], 0.0
    for block in blocks:
        height = sum(block.heights)
        if filled and filled + height > room:
            found.append(block.first)
            filled = 0.0
        filled += height
        if filled > room:
            filled %= room
    return found
