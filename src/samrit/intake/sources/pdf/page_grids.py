"""One page: its letters shared out among its tables, what is left as aligned tables and running text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from samrit.intake.grid import Grid, GridCell
from samrit.intake.sources.job import Job
from samrit.intake.sources.pdf.aligned import Stretch, stretches
from samrit.intake.sources.pdf.cell_text import cell_text
from samrit.intake.sources.pdf.letters import Letter
from samrit.intake.sources.pdf.lines import LineNumbers, PdfLine, is_figure, lines_of
from samrit.intake.sources.pdf.page_breaks import PageGrid, RuledRow
from samrit.intake.sources.pdf.ruled import RuledTable

_LONGEST_HEADING = 200
_FEWEST_RULED = 12  # lines down a table that has a column for each month
_MOST_FIRST = 8  # ruled rows at the top, where a row of the page before may go on
_TOUCHING = 0.12  # of a letter's height: nearer than any cell
_SAME_LINE = 0.35  # of a letter's height


@dataclass(slots=True)
class _Placed:
    """A grid and where it begins on the page."""

    top: float
    found: PageGrid


def page_grids(
    job: Job, number: int, letters: list[Letter], tables: list[RuledTable], *, certain: bool = False
) -> list[PageGrid]:
    """Return the grids of a page from the top; ``tables`` are what its lines draw.

    ``certain`` says that letters stand where they belong: then every cell of a ruled table is in its column.
    """
    numbers = LineNumbers(letters)
    inside: dict[int, list[list[Letter]]] = {at: [[] for _ in table.spans] for at, table in enumerate(tables)}
    free: list[Letter] = []
    # A frame around the whole page must not take the letters of the tables inside it.
    order = sorted(range(len(tables)), key=lambda n: _area(tables[n]))
    before: tuple[Letter, tuple[int, int] | None] | None = None
    for letter in letters:
        place = _place(letter, tables, order)
        if before is not None and _runs_on(before[0], letter):
            place = before[1]
        before = letter, place
        if place is None:
            free.append(letter)
        else:
            inside[place[0]][place[1]].append(letter)
    found: list[_Placed] = []
    for at, table in enumerate(tables):
        grid = _RuledGrid(job, table, [lines_of(group) for group in inside[at]], numbers).grid(number)
        if grid is not None:
            sure = certain and len(table.xs) > _FEWEST_RULED
            found.append(_Placed(table.ys[0], replace(grid, grid=replace(grid.grid, certain=sure))))
    tops = sorted(placed.top for placed in found)
    found.extend(
        _Placed(stretch.lines[0].base, PageGrid(_stretch_grid(job, number, stretch, numbers)))
        for stretch in _between(lines_of(free), tops)
    )
    found.sort(key=lambda placed: placed.top)
    return list(_headed([placed.found for placed in found]))


def _place(letter: Letter, tables: list[RuledTable], order: list[int]) -> tuple[int, int] | None:
    """Return the table and the cell in which a letter stands, None where it is in none."""
    for at in order:
        cell = tables[at].cell_at(letter.x, letter.base - letter.size / 4 if letter.angle == 0 else letter.y)
        if cell is not None:
            return at, cell
    return None


def _runs_on(before: Letter, letter: Letter) -> bool:
    """Say whether a letter goes on with the text of the one before, without a space: then it is of the same cell.

    Spreadsheets let a text that is too long run over the cell beside it, behind what is written there.
    """
    near = abs(letter.begin - before.end) < _TOUCHING * letter.size and abs(letter.base - before.base) < _TOUCHING
    return near and letter.angle == before.angle and bool(letter.text.strip() and before.text.strip())


def _area(table: RuledTable) -> float:
    return (table.xs[-1] - table.xs[0]) * (table.ys[-1] - table.ys[0])


def _between(lines: list[PdfLine], tops: list[float]) -> Iterator[Stretch]:
    """Yield the tables and texts of the lines that lie between ruled tables."""
    parts: dict[int, list[PdfLine]] = {}
    for line in lines:
        parts.setdefault(sum(top < line.base for top in tops), []).append(line)
    for part in sorted(parts):
        yield from stretches(parts[part])


def _headed(found: list[PageGrid]) -> Iterator[PageGrid]:
    """Give every table the last line of text above it as its heading."""
    heading = ""
    for one in found:
        if one.grid.is_table:
            yield replace(one, grid=replace(one.grid, sheet=heading))
        else:
            heading = one.grid.rows[-1][0].text[:_LONGEST_HEADING]
            yield one


def _stretch_grid(job: Job, page: int, stretch: Stretch, numbers: LineNumbers) -> Grid:
    rows: list[tuple[GridCell, ...]] = []
    for at, line in enumerate(stretch.lines):
        where = numbers.at(line.base)
        if stretch.rows is None:
            job.cell(line.text)
            rows.append((GridCell(line.text, where),))
            continue
        cells: list[GridCell] = []
        column = 0
        for place in stretch.rows[at]:
            cells.extend(GridCell("", where, str(n + 1)) for n in range(column, place.column))
            cells.append(GridCell(place.text, where, str(place.column + 1), place.span))
            column = place.column + place.span
        for cell in cells:
            job.cell(cell.text)
        rows.append(tuple(cells))
    return Grid(job.document, tuple(rows), page, is_table=stretch.rows is not None)


class _RuledGrid:
    """A ruled table on its way to a grid; rows that only lack the line between them are taken apart."""

    def __init__(self, job: Job, table: RuledTable, texts: list[list[PdfLine]], numbers: LineNumbers) -> None:
        self._job = job
        self._table = table
        self._texts = texts
        self._numbers = numbers
        height = len(table.ys) - 1
        self._anchors = [self._row_anchors(row) for row in range(height)]

    def grid(self, page: int) -> PageGrid | None:
        """Return the grid, None when it has no text."""
        if not any(self._texts):
            return None
        rows: list[list[GridCell]] = []
        starts: list[int] = []
        for anchors in self._anchors:
            starts.append(len(rows))
            rows.extend([] for _ in range(max(len(anchors), 1)))
        starts.append(len(rows))
        for cell, (row, column, tall, wide) in sorted(self._table.spans.items(), key=lambda item: item[1]):
            bands = self._bands(cell, row, tall)
            height = starts[row + tall] - starts[row]
            self._job.cell(times=wide * height)
            for at, lines in enumerate(bands):
                spans = (wide, height if len(bands) == 1 else 1)
                rows[starts[row] + at].append(self._cell(lines, row, column, spans))
        kept = _without_blank_ends(rows)
        grid = Grid(self._job.document, tuple(tuple(row) for row in kept), page)
        whole = len(kept) == len(starts) - 1 == len(self._table.ys) - 1  # each ruled row is one of the grid
        if not whole:
            return PageGrid(grid)
        first = tuple(self._ruled_row(row) for row in range(min(len(kept), _MOST_FIRST)))
        last = self._ruled_row(len(kept) - 1)
        return PageGrid(grid, tuple(self._table.xs), first, last if len(last.lines) == len(kept[-1]) else None)

    def _ruled_row(self, row: int) -> RuledRow:
        """Return the cells that begin in a ruled row."""
        cells = {column: (cell, wide) for cell, (top, column, _, wide) in self._table.spans.items() if top == row}
        return RuledRow(
            {column: self._texts[cell] for column, (cell, _) in cells.items()},
            {column: wide for column, (_, wide) in cells.items()},
        )

    def _cell(self, lines: list[PdfLine], row: int, column: int, spans: tuple[int, int]) -> GridCell:
        text = cell_text(lines, (self._table.xs[column], self._table.xs[column + spans[0]]))
        self._job.kept_text(text)
        where = lines[0].base if lines else self._table.ys[row] + 1
        return GridCell(text, self._numbers.at(where), str(column + 1), *spans)

    def _row_anchors(self, row: int) -> list[float]:
        """Return the base lines of the rows inside a ruled row: where most columns of figures agree on them."""
        counted: Counter[int] = Counter()
        bases: dict[int, list[float]] = {}
        figures = 0
        for cell, (top, _, tall, _) in self._table.spans.items():
            lines = self._texts[cell]
            if top != row or tall != 1 or not _is_figures(lines):
                continue
            figures += 1
            if len(lines) > 1:
                counted[len(lines)] += 1
                bases.setdefault(len(lines), [line.base for line in lines])
        if not counted:
            return []
        count, times = max(counted.items(), key=lambda item: (item[1], item[0]))
        return bases[count] if times > 1 and 2 * times >= figures else []

    def _bands(self, cell: int, row: int, tall: int) -> list[list[PdfLine]]:
        """Return the lines of a cell per row inside its ruled row; one band where the cell reaches over all of them."""
        anchors = self._anchors[row] if tall == 1 else []
        lines = self._texts[cell]
        if len(anchors) < 2 or not all(any(_same(line, anchor) for line in lines) for anchor in anchors):
            if len(anchors) > 1 and _is_figures(lines):
                return _shared_out(lines, anchors)
            return [lines]
        return _shared_out(lines, anchors)


def _without_blank_ends(rows: list[list[GridCell]]) -> list[list[GridCell]]:
    """Return the rows without blank ones at the top and at the end, which frames and double lines make."""
    first, last = 0, len(rows)
    while first < last and not any(cell.text or cell.rowspan > 1 for cell in rows[first]):
        first += 1
    while last > first and rows[last - 1] and not any(cell.text for cell in rows[last - 1]):
        last -= 1
    return rows[first:last]


def _is_figures(lines: list[PdfLine]) -> bool:
    return bool(lines) and all(is_figure(line.text) for line in lines)


def _same(line: PdfLine, anchor: float) -> bool:
    return abs(line.base - anchor) <= _SAME_LINE * line.size


def _shared_out(lines: list[PdfLine], anchors: list[float]) -> list[list[PdfLine]]:
    """Return the lines per anchor: each belongs to the last anchor at or above it."""
    bands: list[list[PdfLine]] = [[] for _ in anchors]
    for line in lines:
        above = [n for n, anchor in enumerate(anchors) if anchor <= line.base + _SAME_LINE * line.size]
        bands[above[-1] if above else 0].append(line)
    return bands
