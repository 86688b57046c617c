"""Column widths that fit: relative widths made absolute, widened where a number or a word would be cut.

Thai breaks between words, so a Thai text needs only room for a word of some ten
letters; a number must never break, so its column must hold the longest one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from samrit.reports.fonts import text_width
from samrit.reports.grid import Slot, column_count, place
from samrit.reports.inline import plain
from samrit.reports.model import Cell, TableBlock

_THAI_WORD = 7  # letters that a column must hold before a Thai word may look bad
_TOKEN = re.compile(r"[\u0e00-\u0e7f]+|[^\s\u0e00-\u0e7f]+")
_LONGEST_LINE = 4000  # 7 cm, in twentieths of a point
_SIGN = "✓ "
_BREAKABLE = re.compile(r"(?<=[-/–])")
# The office's TH SarabunPSK is the same design as our Sarabun, drawn smaller in its square.
_SMALLER = 0.74


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


def minimums(table: TableBlock, *, points: int, padding: int) -> tuple[int, ...]:
    """Return the narrowest width of every column, in twentieths of a point, at a type size in points."""
    columns = column_count((*table.head, *table.rows), table.widths)
    needs = [0] * columns
    for part, bold in ((table.head, True), (table.rows, False)):
        for slot in _own_cells(place(part, columns)):
            if slot.span == 1:
                longest = _longest(slot.cell, points, bold=bold)
                needs[slot.column] = max(needs[slot.column], longest + padding)
    return tuple(needs)


def size_that_fits(tables: Iterable[tuple[TableBlock, int]], sizes: Sequence[int], padding: int) -> int:
    """Return the largest of ``sizes`` (falling) at which every table's narrowest columns fit its width."""
    tables = tuple(tables)
    for size in sizes:
        if all(sum(minimums(table, points=size, padding=padding)) <= width for table, width in tables):
            return size
    return sizes[-1]


def natural_width(table: TableBlock, *, points: int, padding: int) -> int:
    """Return the width at which few cells need a second line, in twentieths of a point."""
    columns = column_count((*table.head, *table.rows), table.widths)
    widest = [0.0] * columns
    for slot in _own_cells(place((*table.head, *table.rows), columns)):
        if slot.span == 1:
            full = text_width(plain(slot.cell.text), points * 20, bold=True) * _SMALLER
            widest[slot.column] = max(widest[slot.column], min(full, _LONGEST_LINE) + padding)
    return int(sum(widest)) + 1


def relative(table: TableBlock, columns: int) -> tuple[float, ...]:
    """Return the relative widths of all columns; a column without one gets the average."""
    given = [width if width > 0 else 1.0 for width in table.widths[:columns]]
    usual = sum(given) / len(given) if given else 1.0
    return (*given, *(usual for _ in range(columns - len(given))))


def _own_cells(rows: Sequence[Sequence[Slot]]) -> Iterable[Slot]:
    return (slot for row in rows for slot in row if not slot.continued)


def _longest(cell: Cell, points: int, *, bold: bool) -> int:
    """Return the width of what may not break in a cell, in twentieths of a point."""
    tokens = [part for token in _TOKEN.findall(plain(cell.text)) for part in _BREAKABLE.split(token) if part]
    bold = bold or cell.bold or cell.shade in ("head", "total")
    sign = text_width(_SIGN, points) if cell.band else 0.0
    widest = max((text_width(_uncuttable(token), points, bold) for token in tokens), default=0.0) + sign
    return int(widest * 20 * _SMALLER) + 1


@lru_cache(maxsize=4096)
def _uncuttable(token: str) -> str:
    """Return the part of a token that must stay on one line: all of a number, the length of a word of Thai."""
    if not "\u0e00" <= token[0] <= "\u0e7f":
        return token
    letters = [letter for letter in token if unicodedata.category(letter) != "Mn"]
    return "".join(letters[:_THAI_WORD])


def _exact(widths: Sequence[float], total: int) -> tuple[int, ...]:
    """Return whole widths whose sum is exactly ``total``: each edge is rounded, not each width."""
    scale = total / (sum(widths) or 1)
    edges = [0]
    reach = 0.0
    for width in widths:
        reach += width
        edges.append(int(reach * scale + 0.5))
    return tuple(right - left for left, right in pairwise(edges))
