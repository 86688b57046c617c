"""Columns of money as headed: in millions, in other currency, by source or by year, brought into one cell (R51, R214).

A figure under "งบประมาณ (ล้านบาท)" is no amount in baht, and one under a heading that spans
several columns is a part of the amount.  Both are settled here, before any reader sees the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from samrit.intake.cleaning import cleaned
from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings, key, pattern
from samrit.intake.tables.lattice import Line, lay_out, slot_at
from samrit.intake.tables.money import read_money
from samrit.vocabulary.figures import parse_figure
from samrit.vocabulary.years import parse_year

_HEADING_ROWS = 12  # among so many first rows the headings are looked for
_FEWEST_HEADINGS = 3
_MONEY = re.compile(pattern("money"), re.IGNORECASE)
_UNIT = re.compile(f"({pattern('money_unit')})", re.IGNORECASE)
_UNIT_OF_ALL = re.compile(rf"\(?\s*{pattern('unit_of_all')}\s*:?\s*{_UNIT.pattern}\s*\)?", re.IGNORECASE)
_SPENT = re.compile(pattern("spent"), re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])(?:24|25|26|20)[0-9]{2}(?![0-9])")
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(slots=True)
class _Column:
    """A heading of money: the positions that it spans, the heading below each, and its unit where that is not baht."""

    first: int
    below: dict[int, str] = field(default_factory=dict)
    unit: str = ""

    def total(self, words: Headings) -> int | None:
        """Return the position of the sum of the others, None where there is none."""
        for at, text in self.below.items():
            match = words.find("column", text)
            if match is not None and match.code == "total":
                return at
        return None

    def years(self) -> dict[int, int]:
        """Return position → Buddhist year where the headings below are years."""
        found = {at: _YEAR.search(text) for at, text in self.below.items()}
        years = {at: parse_year(match[0]).year_be for at, match in found.items() if match}
        return {at: year for at, year in years.items() if year is not None}


def with_money(grids: Iterable[Grid], words: Headings, year_be: int | None) -> Iterator[Grid]:
    """Yield the grids with one cell of money where its heading spans several, and with its unit where that is not baht.

    ``year_be`` is the plan's year: of budgets by year its own is taken, the others stay in columns of their own.
    """
    unit = ""
    for grid in grids:
        if not grid.is_table:
            unit = next(
                (m[1] for row in grid.rows for c in row if (m := _UNIT_OF_ALL.fullmatch(cleaned(c.text)))), unit
            )
            yield grid
            continue
        lines = lay_out(grid)
        at = _heading_row(lines, words)
        if at is None:
            yield grid
            continue
        above = (m[1] for line in lines[:at] for s in line if s.text and (m := _UNIT_OF_ALL.search(s.text)))
        unit = next(above, unit)
        columns = [c for c in _columns(lines, at, words, unit) if c.unit or len(c.below) > 1]
        yield _rewritten(grid, at, columns, words, year_be) if columns else grid


def _heading_row(lines: Sequence[Line], words: Headings) -> int | None:
    for at, line in enumerate(lines[:_HEADING_ROWS]):
        known = sum(1 for slot in line if slot.text and words.find("column", slot.text))
        if known >= _FEWEST_HEADINGS:
            return at
    return None


def _columns(lines: Sequence[Line], at: int, words: Headings, unit: str) -> Iterator[_Column]:
    """Yield the columns of money under the headings of row ``at``; headings of several years are one column."""
    below = lines[at + 1] if at + 1 < len(lines) else ()
    yearly = _Column(-1)
    for position, slot in enumerate(lines[at]):
        if not slot.text or slot.cell is None or not _is_money(slot.text, words):
            continue
        column = _Column(position)
        if slot.cell.rowspan < 2 and slot.cell.colspan > 1:
            texts = {p: slot_at(below, p).text for p in range(position, position + slot.cell.colspan)}
            if not any(_number(text) is not None and not _YEAR.search(text) for text in texts.values()):
                column.below = texts  # else figures: no headings
        named = [m[1] for text in (slot.text, *column.below.values()) if (m := _UNIT.search(text))]
        column.unit = named[0] if named else unit
        if _YEAR.search(slot.text) and not column.below:
            yearly.first = position if yearly.first < 0 else yearly.first
            yearly.below[position], yearly.unit = slot.text, column.unit
            continue
        yield column
    if yearly.below:
        yield yearly


def _is_money(text: str, words: Headings) -> bool:
    match = words.find("column", text)
    return match.code == "budget" if match is not None else bool(_MONEY.match(key(text)))


def _rewritten(grid: Grid, at: int, columns: Sequence[_Column], words: Headings, year_be: int | None) -> Grid:
    rows = []
    for number, line in enumerate(lay_out(grid)):
        cells = {p: slot.cell for p, slot in enumerate(line) if slot.cell is not None and slot.begins}
        for column in columns if number > at else ():
            if number == at + 1 and any(p in cells and cleaned(cells[p].text) == t for p, t in column.below.items()):
                for position in column.below:  # headings: what they say goes with the amounts
                    cells.pop(position, None)
            else:
                _settle(cells, column, words, year_be)
        rows.append(_row(line, cells))
    return replace(grid, rows=tuple(rows))


def _row(line: Line, cells: dict[int, GridCell]) -> tuple[GridCell, ...]:
    """Return a row of cells: an empty one where nothing is, so that every cell keeps its position."""
    number = next((s.cell.line for s in line if s.cell is not None), None)
    made = []
    for position, slot in enumerate(line):
        if position in cells:
            made.append(cells[position])
        elif slot.cell is None or slot.begins:
            made.append(GridCell("", number))
    return tuple(made)


def _settle(cells: dict[int, GridCell], column: _Column, words: Headings, year_be: int | None) -> None:
    """Put the amount of a row into the first position of its column; what is in the others says what it is."""
    names = dict(column.below)
    if column.unit:
        for position in {column.first, *names} & set(cells):
            cells[position] = _measured(cells[position], column.unit)
    years = column.years()
    if len(years) > 1:
        _swap(cells, names, column.first, next((p for p, year in years.items() if year == year_be), column.first))
    elif len(names) > 1:
        _joined(cells, column, names, words)
    for position, name in names.items():
        cell = cells.get(position)
        if position != column.first and cell is not None and name and _amount(cell) is not None:
            cells[position] = cell.part(f"{cleaned(cell.text)} ({_BRACKETED.sub('', name)})")


def _measured(cell: GridCell, unit: str) -> GridCell:
    text = cleaned(cell.text)
    return cell.part(f"{text} {unit}") if _number(text) is not None else cell


def _swap(cells: dict[int, GridCell], names: dict[int, str], one: int, other: int) -> None:
    first, second = cells.pop(one, None), cells.pop(other, None)
    cells |= {at: cell for at, cell in ((one, second), (other, first)) if cell is not None}
    names[one], names[other] = names[other], names[one]


def _joined(cells: dict[int, GridCell], column: _Column, names: dict[int, str], words: Headings) -> None:
    """Join the sources of an amount ("50,000 (เงินอุดหนุน); 10,000 (เงินรายได้)") where they add up to the sum."""
    total = column.total(words)
    parts = {p: cells[p] for p in names if p != total and p in cells and _amount(cells[p]) is not None}
    spent = any(_SPENT.search(text) for text in names.values())
    if total is not None and (spent or not parts or not _adds_up(cells.get(total), [*parts.values()])):
        _swap(cells, names, column.first, total)
    elif parts and not spent:
        text = "; ".join(f"{cleaned(c.text)} ({_BRACKETED.sub('', names[p])})" for p, c in parts.items())
        first = next(iter(parts.values()))
        for position in (*parts, *(() if total is None else (total,))):
            cells.pop(position, None)
        cells[column.first] = first.part(text)


def _number(text: str) -> Decimal | None:
    figure = parse_figure(cleaned(text))
    return figure if isinstance(figure, Decimal) else None


def _amount(cell: GridCell) -> Decimal | None:
    return read_money(cell.text).amount


def _adds_up(total: GridCell | None, parts: Sequence[GridCell]) -> bool:
    amounts = [_amount(cell) for cell in parts]
    return total is not None and _amount(total) == sum((a for a in amounts if a is not None), Decimal())
