"""Headings that name plan or result and a month or quarter in one cell as two rows of headings (R42).

"แผน ม.ค.", "ม.ค. (ผล)", "Q1 plan", "Actual Q1".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings
from samrit.intake.tables.lattice import Line, lay_out
from samrit.intake.tables.layout import FEWEST_MONTHS, month_of
from samrit.intake.tables.quarters import part_of_year

_HEADING_ROWS = 10
_FEWEST_PARTS = 2
_PARTS = re.compile(r"[\s()\[\]/:_–-]+")
_SIDES = ("planned", "actual")
_Named = dict[int, tuple[str, str]]  # position → month and side as printed


def months_apart(grids: Iterable[Grid], words: Headings) -> Iterator[Grid]:
    """Yield the grids, those with months and sides in one cell with a row of headings for each."""
    for grid in grids:
        found = _heading(grid, words) if grid.is_table else None
        yield grid if found is None else replace(grid, rows=tuple(_rows(grid, *found)))


def _heading(grid: Grid, words: Headings) -> tuple[int, _Named] | None:
    for at, line in enumerate(lay_out(grid)[:_HEADING_ROWS]):
        named = {p: pair for p, slot in enumerate(line) if (pair := _named(slot.text, words)) is not None}
        parts = {p: pair for p, pair in named.items() if part_of_year(pair[0])}
        if len(named) - len(parts) >= 2 * FEWEST_MONTHS:
            return at, {p: pair for p, pair in named.items() if p not in parts}
        if len(parts) >= 2 * _FEWEST_PARTS and _is_paired(parts):
            return at, parts
    return None


def _is_paired(parts: _Named) -> bool:
    """Say whether two columns beside each other hold plan and result of every part."""
    places = sorted(parts)
    return all(
        other == one + 1 and parts[one][0] == parts[other][0]
        for one, other in zip(places[::2], places[1::2], strict=False)
    )


def _named(text: str, words: Headings) -> tuple[str, str] | None:
    """Return the month, or part of a year, and the side that a heading names, None where it does not name both."""
    parts = [part for part in _PARTS.split(text) if part]
    if not 2 <= len(parts) <= 4:
        return None
    for side, month in ((parts[0], " ".join(parts[1:])), (parts[-1], " ".join(parts[:-1]))):
        match = words.find("side", side)
        if match is not None and match.code in _SIDES and (month_of(month, None) is not None or part_of_year(month)):
            return month, side
    return None


def _rows(grid: Grid, at: int, named: _Named) -> Iterator[tuple[GridCell, ...]]:
    for number, (row, line) in enumerate(zip(grid.rows, lay_out(grid), strict=True)):
        if number != at:
            yield row
            continue
        yield tuple(_above(line, named))
        yield tuple(_part(line, p, side) for p, (_, side) in named.items())


def _above(line: Line, named: _Named) -> Iterator[GridCell]:
    """Yield the headings of the upper row: months, parts of a year over both sides, all others over both rows."""
    merged: set[int] = set()
    for position, slot in enumerate(line):
        if position in merged:
            continue
        if position in named:
            part = part_of_year(named[position][0])
            merged |= {position + 1} if part else set()
            yield replace(_part(line, position, named[position][0]), colspan=2 if part else 1)
        elif slot.cell is None:
            yield GridCell("", rowspan=2)
        elif slot.begins:
            yield replace(slot.cell, rowspan=slot.cell.rowspan + 1)


def _part(line: Line, position: int, text: str) -> GridCell:
    cell = line[position].cell
    return GridCell(text) if cell is None else cell.part(text)
