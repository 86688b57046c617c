"""Columns of the day or month in which a work begins and ends, brought into one column of its period (R50).

Settled before any reader sees the table.  Where a row says only one of the two nothing is
made of it: it stays in the second column, with the heading of its own, and is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from samrit.intake.cleaning import cleaned
from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings
from samrit.intake.tables.lattice import Line, lay_out
from samrit.vocabulary.dates import format_date, parse_date

_HEADING_ROWS = 12  # among so many first rows the headings are looked for


@dataclass(frozen=True, slots=True)
class _Ends:
    """Where the headings are: the row, and the positions of the first and the last day."""

    row: int
    first: int
    last: int
    is_headed: bool  # a heading above both says that they are a period


def with_periods(grids: Iterable[Grid], words: Headings) -> Iterator[Grid]:
    """Yield the grids, those with columns of beginning and end with one column of periods in their place."""
    for grid in grids:
        lines = lay_out(grid) if grid.is_table and grid.certain else []
        found = _ends(lines, words)
        yield grid if found is None else replace(grid, rows=tuple(_rows(lines, found, words)))


def _ends(lines: Sequence[Line], words: Headings) -> _Ends | None:
    for row, line in enumerate(lines[:_HEADING_ROWS]):
        codes = {at: m.code for at, slot in enumerate(line) if slot.text and (m := words.find("day", slot.text))}
        firsts, lasts = ([at for at, code in codes.items() if code == wanted] for wanted in ("first", "last"))
        if len(firsts) != 1 or len(lasts) != 1 or firsts[0] > lasts[0]:
            continue
        above = _period_above(lines[max(row - 1, 0)], words)
        others = any(_names_period(slot.text, words) for near in lines[max(row - 1, 0) : row + 1] for slot in near)
        is_headed = bool(above) and above <= {firsts[0], lasts[0]} and row > 0
        if not others or is_headed:
            return _Ends(row, firsts[0], lasts[0], is_headed)
    return None


def _names_period(text: str, words: Headings) -> bool:
    match = words.find("column", text) if text else None
    return match is not None and match.code == "period"


def _period_above(line: Line, words: Headings) -> set[int]:
    """Return the positions that a heading of periods covers."""
    return {at for at, slot in enumerate(line) if _names_period(slot.covering, words)}


def _rows(lines: Sequence[Line], ends: _Ends, words: Headings) -> Iterator[tuple[GridCell, ...]]:
    head = lines[ends.row]
    names = head[ends.first].text, head[ends.last].text
    for row, line in enumerate(lines):
        cells = {at: slot.cell for at, slot in enumerate(line) if slot.cell is not None and slot.begins}
        first, last = cells.get(ends.first), cells.get(ends.last)
        if row == ends.row and first is not None:
            heading = "" if ends.is_headed else words.words("column", "period")[0]
            cells[ends.first] = first.part(heading)
            if ends.is_headed and last is not None:
                cells[ends.last] = last.part("")
        elif row > ends.row and first is not None and last is not None:
            cells[ends.first], cells[ends.last] = _joined(first, last, names)
        number = next((slot.cell.line for slot in line if slot.cell is not None), None)
        yield tuple(
            cells[at] if at in cells else GridCell("", number)
            for at, slot in enumerate(line)
            if at in cells or slot.cell is None
        )


def _joined(first: GridCell, last: GridCell, names: tuple[str, str]) -> tuple[GridCell, GridCell]:
    """Return the cell of a row's period and what is left of the other."""
    if first.colspan > 1 or last.colspan > 1:
        return first, last  # a heading over the table
    texts = cleaned(first.text), cleaned(last.text)
    if all(texts):
        return first.part(" - ".join(map(_said, texts))), last.part("")
    alone = next((f"{name}: {text}" for name, text in zip(names, texts, strict=True) if text), "")
    return first.part(""), (first if texts[0] else last).part(alone)


def _said(text: str) -> str:
    """Return a day in numbers with its month in words, as periods are written; other words as they are."""
    day = parse_date(text).day
    return text if day is None else format_date(day)
