"""Column widths that fit: relative widths made absolute, widened where a number or a word would be cut.

Thai breaks between words, so a Thai text needs only room for a word of some eight
letters; a number must never break, so its column must hold it, or its cell must be
set in smaller type where it is the odd one out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from samrit.reports.document.grid import GridSlot, column_count, place
from samrit.reports.document.inline import plain
from samrit.reports.document.model import Cell, TableBlock
from samrit.reports.look.fonts import text_width
from samrit.reports.look.paper import OFFICE_POINT

_THAI_WORD = 8  # letters that a column must hold before a Thai word may look bad
_UNBROKEN = 8  # a code as short as "W3-61.1" is not broken at its hyphen
_THAI = re.compile(r"[\u0e00-\u0e7f]+")
_BREAKABLE = re.compile(r"(?<=[-/–])")
_SIGN = "✓ "
_SERIES = 4  # neighbours of one width that are taken for a series
_NAMES_KEEP = 0.75  # of its declared width, by a column of names among columns of figures
_LONGEST_LINE = 4000  # 7 cm, in twentieths of a point


def fit(widths: Sequence[float], minimums: Sequence[int], total: int) -> tuple[int, ...]:
    """Return absolute widths that add up to ``total``.

    They keep the proportions of ``widths`` as far as no column falls below its
    minimum; if the minimums together do not fit, they are shrunk alike.
    """
    needed = sum(minimums)
    if needed >= total:
        return _exact([minimum * total / needed for minimum in minimums], total)
    fixed: set[int] = set()
    while True:
        free = [index for index in range(len(widths)) if index not in fixed]
        room = total - sum(minimums[index] for index in fixed)
        share = sum(widths[index] for index in free) or 1
        short = {index for index in free if widths[index] * room / share < minimums[index]}
        if not short:
            break
        fixed |= short
    return _exact(
        [minimums[i] if i in fixed else widths[i] * room / share for i in range(len(widths))],
        total,
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """How a table is set: its type in points, and what margins and rules take from a cell's width.

    ``percent`` of a column's body cells fit at that size; the odd ones out are set in
    smaller type, down to ``smallest``, at which all fit.
    """

    points: int
    padding: int
    percent: int = 100
    smallest: int = 7


def minimums(table: TableBlock, setting: Setting) -> tuple[int, ...]:
    """Return the narrowest width of every column, in twentieths of a point.

    Four or more neighbours that are declared equally wide, such as the twelve months, stay so.
    """
    columns = column_count((*table.head, *table.rows), table.widths)
    heads, bodies = _by_column(table, columns)
    needs: list[int] = []
    for alike in _alike(relative(table, columns)):
        head = max((need for column in alike for need in heads[column]), default=0.0)
        body = sorted(need for column in alike for need in bodies[column]) or [0.0]
        usual = body[max(0, -(-len(body) * setting.percent // 100) - 1)]
        least = max(_at(max(head, usual), setting.points), _at(body[-1], setting.smallest))
        needs += [least + setting.padding] * len(alike)
    return tuple(needs)


def widths_of(table: TableBlock, setting: Setting, total: int) -> tuple[int, ...]:
    """Return the widths of a table's columns, which add up to ``total``."""
    declared = relative(table, column_count((*table.head, *table.rows), table.widths))
    return fit(declared, _with_room_for_names(minimums(table, setting), declared, total), total)


def setting_that_fits(tables: Iterable[tuple[TableBlock, int]], settings: Sequence[Setting]) -> Setting:
    """Return the first of ``settings`` in which every table's narrowest columns fit its width, else the last."""
    tables = tuple(tables)
    for setting in settings:
        if all(sum(minimums(table, setting)) <= width for table, width in tables):
            return setting
    return settings[-1]


def size_in(cell: Cell, width: int, setting: Setting, *, head: bool = False) -> int:
    """Return the type size at which no figure of the cell is cut in a column of ``width``; never below the smallest."""
    need = _at(uncuttable(cell, bold=head, figures=True), setting.points)
    if need + setting.padding <= width:
        return setting.points
    return max(setting.smallest, min(setting.points, setting.points * max(width - setting.padding, 0) // need))


def natural_widths(table: TableBlock, setting: Setting) -> tuple[int, ...]:
    """Return the widths at which few cells need a second line, in twentieths of a point."""
    columns = column_count((*table.head, *table.rows), table.widths)
    widest = [0.0] * columns
    for slot in _own_cells(place((*table.head, *table.rows), columns)):
        if slot.span == 1:
            text = (_SIGN if slot.cell.band else "") + plain(slot.cell.text)
            widest[slot.column] = max(widest[slot.column], text_width(text, 1, bold=True))
    return tuple(min(_at(width, setting.points), _LONGEST_LINE) + setting.padding for width in widest)


def lines(cell: Cell, width: int, points: int) -> int:
    """Return how many lines a bold cell takes in a column of ``width``, guessed a little high: words leave gaps."""
    full = text_width(plain(cell.text), points * 20, bold=True) * OFFICE_POINT
    return max(1 + plain(cell.text).count("\n"), -int(-full * 1.05 // width))


def relative(table: TableBlock, columns: int) -> tuple[float, ...]:
    """Return the relative widths of all columns; a column without one gets the average."""
    given = [width if width > 0 else 1.0 for width in table.widths[:columns]]
    usual = sum(given) / len(given) if given else 1.0
    return (*given, *(usual for _ in range(columns - len(given))))


def uncuttable(cell: Cell, *, bold: bool, figures: bool = False) -> float:
    """Return the width of what may not break in a cell, at a type size of 1; with ``figures``, Thai words may."""
    heavy = bold or cell.bold or cell.shade in ("head", "total")
    return _longest(plain(cell.text), heavy, bool(cell.band), figures)


@lru_cache(maxsize=1 << 14)
def _longest(text: str, bold: bool, banded: bool, figures: bool) -> float:
    pieces = [piece for piece in _pieces(text) if not (figures and _THAI.search(piece))]
    sign = text_width(_SIGN, 1) if banded and pieces else 0.0
    return max((text_width(piece, 1, bold) for piece in pieces), default=0.0) + sign


def _pieces(text: str) -> Iterable[str]:
    """Yield the stretches of text that must stay on one line: whole numbers, and of Thai the length of a word."""
    for token in text.split():
        for part in _BREAKABLE.split(token) if len(token) > _UNBROKEN else (token,):
            letters = "".join(letter for letter in part if unicodedata.category(letter) != "Mn")
            thai = "".join(_THAI.findall(letters))
            if len(thai) <= _THAI_WORD:
                yield letters
            else:
                yield thai[:_THAI_WORD]
                yield from _THAI.split(letters)


def _by_column(table: TableBlock, columns: int) -> tuple[list[list[float]], list[list[float]]]:
    """Return what the head cells and the body cells of every column need, at a type size of 1."""
    parts: list[list[list[float]]] = []
    for rows, bold in ((table.head, True), (table.rows, False)):
        needs: list[list[float]] = [[] for _ in range(columns)]
        for slot in _own_cells(place(rows, columns)):
            if slot.span == 1:
                needs[slot.column].append(uncuttable(slot.cell, bold=bold))
        parts.append(needs)
    return parts[0], parts[1]


def _alike(widths: Sequence[float]) -> Iterable[list[int]]:
    """Yield the columns in groups of neighbours that must be equally wide; most stand alone."""
    for _, group in groupby(range(len(widths)), key=widths.__getitem__):
        columns = list(group)
        if len(columns) >= _SERIES:
            yield columns
        else:
            yield from ([column] for column in columns)


def _with_room_for_names(least: Sequence[int], widths: Sequence[float], total: int) -> tuple[int, ...]:
    """Return the minimums, raised where a column is declared wide as for names: it keeps most of its share."""
    whole = sum(widths) or 1
    return tuple(
        max(need, int(_NAMES_KEEP * total * width / whole)) if width * len(widths) >= 2 * whole else need
        for need, width in zip(least, widths, strict=True)
    )


def _at(need: float, points: int) -> int:
    return int(need * points * 20 * OFFICE_POINT) + 1


def _own_cells(rows: Sequence[Sequence[GridSlot]]) -> Iterable[GridSlot]:
    return (slot for row in rows for slot in row if not slot.continued)


def _exact(widths: Sequence[float], total: int) -> tuple[int, ...]:
    """Return whole widths whose sum is exactly ``total``: each edge is rounded, not each width."""
    scale = total / (sum(widths) or 1)
    edges = [0]
    reach = 0.0
    for width in widths:
        reach += width
        edges.append(int(reach * scale + 0.5))
    return tuple(right - left for left, right in pairwise(edges))
