"""Widths of the columns of a table: no figure is cut, no word torn, and long texts get what room is left.

One figure of millions among many small ones would make its column wide on every page of
the annex, at the cost of the texts.  Such a figure may therefore be set a little smaller
than the others instead (:func:`figure_scale`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from samrit.reports.document import columns
from samrit.reports.document.grid import GridSlot, column_count, place
from samrit.reports.document.inline import plain
from samrit.reports.document.model import BandStyle, Row, TableBlock
from samrit.reports.look.fonts import text_width
from samrit.reports.look.paper import OFFICE_POINT

LINE = 1.36  # height of a line of a table, in sizes of its type: from the highest mark to the lowest
ABOVE = {False: 2.5, True: 1.4}  # space above and below the text of a cell, in points; by ``small``
_BESIDE = {False: (4.5,), True: (3.5, 2.5, 1.5)}  # space at its left and right, the widest that leaves room
_ROOMY = 0.8  # of the table's width: if the narrowest columns take less, the wider space is affordable
_RULES = 0.8  # width that rules and rounding take from a column, in points
_SIGN = 1.3  # width of a sign and the space after it, in sizes of the type
_WIDEST_WORD = 0.3  # of the table's width: a longer "word" (an address) is broken rather than widening its column
_SMALLEST_FIGURE = 0.75  # of the size of the type: how much a rare long figure may be set smaller
_USUAL = 0.92  # the share of a column's figures that must fit at full size
_COMFORT_LINES = 4  # a usual text should not take more lines in its cell
_WIDEST_COMFORT = 0.24  # of the table's width
_FIGURE = re.compile(r"[-–+]?[0-9๐-๙][0-9๐-๙,.]*%?")


@dataclass(frozen=True, slots=True)
class Room:
    """What a table has to fit: width and height of the text in points, and the size of type in office points."""

    width: float
    height: float
    points: int

    @property
    def size(self) -> float:
        """The size of type in points."""
        return self.points * OFFICE_POINT


@dataclass(frozen=True, slots=True)
class Measures:
    """How wide the contents of each column are, for type of size 1; nothing is wider at another size but by it.

    ``words`` must not be torn, ``longest`` is the longest figure of a column and ``figures``
    its usual one; ``texts`` is the length of a usual text set in one line.
    """

    words: tuple[float, ...]
    figures: tuple[float, ...]
    longest: tuple[float, ...]
    texts: tuple[float, ...]


def measure(table: TableBlock, bands: Mapping[str, BandStyle]) -> Measures:
    """Return the measures of a table."""
    count = column_count((*table.head, *table.rows), table.widths)
    words = [0.0] * count
    figures: list[list[float]] = [[0.0] for _ in range(count)]
    texts: list[list[float]] = [[0.0] for _ in range(count)]
    for slot in _single(table.head, count):
        need = columns.uncuttable(slot.cell, bold=True)
        if slot.cell.band in bands:
            need = max(need, _banded(bands[slot.cell.band].name, bands[slot.cell.band]))
        words[slot.column] = max(words[slot.column], need)
    for slot in _single(table.rows, count):
        text = plain(slot.cell.text).strip()
        if slot.cell.band in bands:
            words[slot.column] = max(words[slot.column], _banded(text, bands[slot.cell.band]))
        elif _FIGURE.fullmatch(text):
            bold = slot.cell.bold or slot.cell.shade == "total"
            figures[slot.column].append(text_width(text, 1, bold))
        elif text:
            words[slot.column] = max(words[slot.column], columns.uncuttable(slot.cell, bold=False))
            texts[slot.column].append(text_width(text, 1))
    longest = (max(widths) for widths in figures)
    return Measures(tuple(words), tuple(map(_usual, figures)), tuple(longest), tuple(map(_usual, texts)))


def narrowest(measures: Measures, beside: float, room: Room) -> tuple[int, ...]:
    """Return the narrowest width of every column in twentieths of a point, with space ``beside`` the texts."""
    most = room.width * _WIDEST_WORD
    needed = (
        max(word, figure, longest * _SMALLEST_FIGURE) * room.size
        for word, figure, longest in zip(measures.words, measures.figures, measures.longest, strict=True)
    )
    return tuple(int((min(width, most) + 2 * beside + _RULES) * 20) for width in needed)


def fits(measures: Measures, small: bool, room: Room) -> bool:
    """Say whether no figure and no word of a table is cut at the room's size of type."""
    return sum(narrowest(measures, _BESIDE[small][-1], room)) <= room.width * 20


def space_beside(measures: Measures, small: bool, room: Room) -> float:
    """Return the space at the left and right of the texts: narrow only where the columns need the room."""
    *wide, narrow = _BESIDE[small]
    limit = room.width * 20 * _ROOMY
    return next((space for space in wide if sum(narrowest(measures, space, room)) <= limit), narrow)


def column_widths(table: TableBlock, measures: Measures, beside: float, room: Room) -> tuple[float, ...]:
    """Return the width of every column in points: what it needs, room for long texts, the rest as declared."""
    total, least = int(room.width * 20), narrowest(measures, beside, room)
    wanted = [max(pair) for pair in zip(least, _comfort(measures, beside, room), strict=True)]
    spare, asked = max(total - sum(least), 0), sum(wanted) - sum(least)
    share = min(1.0, spare / asked) if asked else 0.0
    needs = [low + int((high - low) * share) for low, high in zip(least, wanted, strict=True)]
    return tuple(width / 20 for width in columns.fit(columns.relative(table, len(least)), needs, total))


def figure_scale(text: str, bold: bool, width: float, size: float) -> float:
    """Return how much smaller a figure must be set to fit ``width``; 1 for what fits, and for any other text."""
    figure = text.strip()
    if not _FIGURE.fullmatch(figure):
        return 1.0
    return min(1.0, width / max(text_width(figure, size, bold), 0.1))


def _usual(widths: list[float]) -> float:
    """Return the width that all but a few of the contents of a column keep to."""
    return sorted(widths)[int((len(widths) - 1) * _USUAL)]


def _banded(text: str, band: BandStyle) -> float:
    """Return the width of a figure with its sign, or of the band's name if that is wider: neither may be torn."""
    figure = max(text.split() or [band.name], key=len)
    return max(text_width(figure, 1, bold=True) + _SIGN, text_width(band.name, 1, bold=True))


def _comfort(measures: Measures, beside: float, room: Room) -> list[int]:
    """Return the widths at which the usual text of each column takes few lines, in twentieths of a point."""
    widths = (text * room.size * 1.1 / _COMFORT_LINES + 2 * beside for text in measures.texts)
    return [int(min(width, room.width * _WIDEST_COMFORT) * 20) for width in widths]


def _single(rows: Sequence[Row], count: int) -> Iterator[GridSlot]:
    """Yield the cells that are in one column."""
    for slots in place(rows, count):
        yield from (slot for slot in slots if slot.span == 1 and not slot.continued)
