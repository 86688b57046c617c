"""Rows that the end of a page cuts in two, put together again.

Nothing in a PDF says that a row goes on.  What tells is the text: on the next page stand only words that had no room
left in the deepest cells of the row above, and nothing in its other columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from samrit.intake.grid import Grid, GridCell
from samrit.intake.sources.pdf.cell_text import Sides, cell_text, goes_on, is_inside_a_word
from samrit.intake.sources.pdf.lines import PdfLine, is_figure

_SAME_EDGE = 3.0  # points
_SAME_DEPTH = 0.6  # of a letter's height
_ONE_LINE = 1.6  # of a letter's height, at the most
_ONE_LETTER = 0.6  # of a letter's height
_MOST_HEADS = 6  # rows of headings that a page may repeat
_NUMBERED = re.compile(r"[0-9๐-๙]{1,3}\s*[.)]")


@dataclass(frozen=True, slots=True)
class RuledRow:
    """A row between two ruled lines: the lines of each cell by its first column, and how many columns each is wide."""

    lines: Mapping[int, Sequence[PdfLine]]
    wide: Mapping[int, int]

    @property
    def filled(self) -> set[int]:
        """The columns with text."""
        return {column for column, lines in self.lines.items() if lines}

    def depth(self) -> float:
        """Return the base of the lowest line."""
        return max(lines[-1].base for lines in self.lines.values() if lines)


@dataclass(frozen=True, slots=True)
class PageGrid:
    """A grid of a page; of a ruled table with its columns' edges, and its rows as ruled where the grid's are.

    ``first`` are the rows from the top, ``last`` the one at the bottom (None where it is not one row of the grid).
    """

    grid: Grid
    xs: tuple[float, ...] = ()
    first: tuple[RuledRow, ...] = ()
    last: RuledRow | None = None


def joined(above: PageGrid, below: PageGrid) -> tuple[Grid, Grid] | None:
    """Return both grids with the cut row whole in the upper one, None where none is cut.

    Headings that the lower page repeats stay where they are.
    """
    at = _heads(above.grid, below.grid)
    if above.last is None or at >= len(below.first) or not _same_columns(above.xs, below.xs):
        return None
    row, rest = above.last, below.first[at]
    if not _goes_on(row, rest, above.xs):
        return None
    cells, columns = [], iter(sorted(row.lines))
    for cell in above.grid.rows[-1]:
        column = next(columns)
        more = rest.lines.get(column, ())
        text = cell_text([*row.lines[column], *more], _sides(above.xs, column, row.wide[column])) if more else cell.text
        cells.append(replace(cell, text=text))
    upper = replace(above.grid, rows=(*above.grid.rows[:-1], tuple(cells)))
    return upper, replace(below.grid, rows=(*below.grid.rows[:at], *_moved_down(below.grid.rows[at:])))


def _moved_down(rows: Sequence[tuple[GridCell, ...]]) -> Iterator[tuple[GridCell, ...]]:
    """Yield the rows without the first; its merged cells begin a row lower."""
    merged = [replace(cell, text="", rowspan=cell.rowspan - 1) for cell in rows[0] if cell.rowspan > 1]
    for row in rows[1:]:
        yield tuple(sorted((*merged, *row), key=lambda cell: int(cell.name or 0))) if merged else row
        merged = []


def _heads(above: Grid, below: Grid) -> int:
    """Return how many rows at the top of both are the same."""
    count = 0
    for one, other in zip(above.rows[:_MOST_HEADS], below.rows, strict=False):
        if [cell.text for cell in one] != [cell.text for cell in other]:
            break
        count += 1
    return count


def _same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(abs(a - b) < _SAME_EDGE for a, b in zip(one, other, strict=True))


def _sides(xs: Sequence[float], column: int, wide: int) -> Sides:
    return xs[column], xs[column + wide]


def _goes_on(row: RuledRow, rest: RuledRow, xs: Sequence[float]) -> bool:
    """Say whether ``rest`` can only be what ``row`` had no room for."""
    more = rest.filled
    # Of a row beneath merged cells only its own cells count: below, the place of the merged ones is empty.
    if not more or not more <= row.filled or any(rest.wide.get(at, 0) != wide for at, wide in row.wide.items()):
        return False
    ends = {column: (row.lines[column][-1], rest.lines[column][0]) for column in more}
    depth = row.depth()
    deep = {at for at in row.filled if depth - row.lines[at][-1].base < _SAME_DEPTH * row.lines[at][-1].size}
    going = [at for at, pair in ends.items() if goes_on(*pair, _sides(xs, at, row.wide[at]))]
    # A line with high marks may have found no room where that of a cell beside it did.
    near = {at for at in going if depth - ends[at][0].base < _ONE_LINE * ends[at][0].size}
    if not more <= deep | near or not more & deep or any(_begins_anew(*pair) for pair in ends.values()):
        return False
    if more == row.filled:  # as a row of its own would be: only a figure cut in two tells
        return any(ends[at][1].text[:1].isdigit() for at in going)
    certain = (
        deep < row.filled or len(more) > 1 or any(_cuts_a_word(*ends[at], _sides(xs, at, row.wide[at])) for at in going)
    )
    return bool(going) and certain


def _cuts_a_word(before: PdfLine, line: PdfLine, sides: Sides) -> bool:
    """Say whether a word is cut where not one letter more had room: no program cuts words elsewhere."""
    full = sides[1] - before.end < before.begin - sides[0] + _ONE_LETTER * before.size
    return full and is_inside_a_word(before, line)


def _begins_anew(before: PdfLine, line: PdfLine) -> bool:
    """Say whether a line is a value of its own: a numbered title, or a figure below a figure."""
    figures = is_figure(before.text) and is_figure(line.text)
    return bool(_NUMBERED.match(line.text)) or figures
