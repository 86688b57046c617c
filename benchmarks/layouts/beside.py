"""Two tables beside each other, an empty column between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from benchmarks.layouts.sheet import Cell, Table
from benchmarks.layouts.style import Style
from benchmarks.layouts.tables import table
from benchmarks.layouts.truth import Work


def beside(halves: Sequence[Sequence[Work]], style: Style, headings: Sequence[str]) -> Table:
    """Return the tables of ``halves`` as one, each below its heading."""
    tables = [table(half, style) for half in halves]
    width = tables[0].width
    rows = [[Cell(headings[0], width), Cell(), Cell(headings[1], width)]]
    missing = [Cell() for _ in range(width)]
    for left, right in zip_longest(*(one.rows for one in tables), fillvalue=missing):
        rows.append([*left, Cell(), *right])
    return Table(rows, 1 + tables[0].heads)
