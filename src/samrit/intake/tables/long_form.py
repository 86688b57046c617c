"""Tables with one row for each month, as systems export them, laid out with the months beside each other (R42)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from samrit.intake.cleaning import cleaned
from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings
from samrit.intake.tables.lattice import Line, lay_out, slot_at
from samrit.intake.tables.layout import FEWEST_MONTHS
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.periods import month_name, parse_month, parse_year

_HEADING_ROWS = 10
_SIDES = ("planned", "actual")
_YEAR_MONTHS = 12
_FISCAL_START = 10
_Group = dict[int, dict[str, GridCell]]  # calendar month → side → figure


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where month, year, plan and result stand, and the positions of all that tells what is counted."""

    month: int
    sides: dict[str, int]
    told: tuple[int, ...]
    year: int | None


def wide(grids: Iterable[Grid], words: Headings) -> Iterator[Grid]:
    """Yield the grids, those with a month per row as one row of plan and one of result per indicator."""
    for grid in grids:
        yield (_wide(grid, words) if grid.is_table else None) or grid


def _wide(grid: Grid, words: Headings) -> Grid | None:
    lines = lay_out(grid)
    side = words.words("column", "side")[0]
    for at, line in enumerate(lines[:_HEADING_ROWS]):
        columns = _columns(line, words)
        if columns is not None:
            groups = _groups(lines[at + 1 :], columns)
            return None if groups is None else replace(grid, rows=tuple(_rows(grid, at, columns, groups, side)))
    return None


def _columns(line: Line, words: Headings) -> _Columns | None:
    codes = {at: _code(slot.text, words) for at, slot in enumerate(line) if slot.text}
    places = {code: at for at, code in reversed(codes.items())}
    sides = {side: places[side] for side in _SIDES if side in places}
    if "month" not in places or not sides or not {"name", "indicator"} & set(places):
        return None
    taken = {places["month"], *sides.values(), places.get("year", -1)}
    return _Columns(places["month"], sides, tuple(at for at in codes if at not in taken), places.get("year"))


def _code(text: str, words: Headings) -> str:
    for group in ("long", "side", "column"):
        if (match := words.find(group, text)) is not None:
            return match.code
    return ""


def _groups(lines: Sequence[Line], columns: _Columns) -> list[tuple[Line, _Group]] | None:
    """Return the rows that tell the same, with their figures by month; None where a month occurs twice or is none."""
    groups: dict[tuple[str, ...], tuple[Line, _Group]] = {}
    for line in lines:
        if not any(slot.text for slot in line):
            continue
        month = _month(slot_at(line, columns.month).text)
        told = tuple(slot_at(line, at).text for at in columns.told)
        group = groups.setdefault(told, (line, {}))[1]
        if month is None or month in group:
            return None
        cells = {side: slot_at(line, at).cell for side, at in columns.sides.items()}
        group[month] = {side: cell for side, cell in cells.items() if cell is not None}
    most = max((len(group) for _, group in groups.values()), default=0)
    return [*groups.values()] if most >= FEWEST_MONTHS else None


def _month(text: str) -> int | None:
    number = whole(text, 0)
    return number if 1 <= number <= _YEAR_MONTHS else parse_month(text).month


def _rows(
    grid: Grid, at: int, columns: _Columns, groups: Sequence[tuple[Line, _Group]], side_heading: str
) -> Iterator[tuple[GridCell, ...]]:
    yield from grid.rows[:at]
    yield from _years(lay_out(grid)[at + 1 :], columns)
    heading = lay_out(grid)[at]
    start = _FISCAL_START if next(iter(groups[0][1])) == _FISCAL_START else 1
    months = [(start + n - 1) % _YEAR_MONTHS + 1 for n in range(_YEAR_MONTHS)]
    line = next((cell.line for cell in grid.rows[at]), None)
    named = [GridCell(month_name(month), line) for month in months]
    yield (*_told(heading, columns), GridCell(side_heading, line), *named)
    for row, group in groups:
        for order, (side, place) in enumerate(columns.sides.items()):
            told = [GridCell("", cell.line) if order else cell for cell in _told(row, columns)]
            marked = heading[place].cell
            figures = (group.get(month, {}).get(side, GridCell("")) for month in months)
            yield (*told, replace(marked, line=told[0].line) if marked else GridCell(side), *figures)


def _told(line: Line, columns: _Columns) -> list[GridCell]:
    return [slot_at(line, at).cell or GridCell("") for at in columns.told]


def _years(lines: Sequence[Line], columns: _Columns) -> Iterator[tuple[GridCell, ...]]:
    """Yield a caption with the plan's year: the last one that the rows name."""
    cells = [cell for line in lines if columns.year is not None and (cell := slot_at(line, columns.year).cell)]
    years = [(year, cell) for cell in cells if (year := parse_year(cleaned(cell.text)).year_be) is not None]
    if years:
        year, cell = max(years, key=lambda found: found[0])
        yield (cell.part(str(year)),)
