"""Two tables that stand side by side are two tables: taken apart where the headings begin again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings, key
from samrit.intake.tables.lattice import Line, lay_out

_HEADING_ROWS = 10  # among so many first rows the headings are looked for
_FEWEST_ALIKE = 4  # headings that must come again in the same order


def taken_apart(grids: Iterable[Grid], words: Headings) -> Iterator[Grid]:
    """Yield the grids, those with tables side by side as one grid for each table."""
    for grid in grids:
        begins = _begins_anew(lay_out(grid), words) if grid.is_table else None
        if begins is None:
            yield grid
            continue
        left, right = _halves(grid, begins)
        yield left
        yield from taken_apart([right], words)


def _begins_anew(lines: list[Line], words: Headings) -> int | None:
    """Return the position at which the headings of a second table begin, or None."""
    for line in lines[:_HEADING_ROWS]:
        filled = [(at, key(slot.text)) for at, slot in enumerate(line) if slot.text]
        names = [text for _, text in filled]
        for n in range(1, len(names)):
            alike = _alike(names, n)
            if alike >= _FEWEST_ALIKE and _are_headings(line, [at for at, _ in filled[:alike]], words):
                return filled[n][0]
    return None


def _alike(names: list[str], start: int) -> int:
    """Return how many headings from ``start`` on repeat the first ones in order, 0 where others follow."""
    count = 0
    while start + count < len(names) and count < start and names[count] == names[start + count]:
        count += 1
    return count if start + count == len(names) or count == start else 0


def _are_headings(line: Line, places: list[int], words: Headings) -> bool:
    known = [m.code for at in places if (m := words.find("column", line[at].text)) is not None]
    return (
        len(known) >= _FEWEST_ALIKE - 1 and len(set(known)) == len(known) and bool({"name", "indicator"} & set(known))
    )


def _halves(grid: Grid, begins: int) -> tuple[Grid, Grid]:
    left, right = [], []
    for line in lay_out(grid):
        cells: tuple[list[GridCell], list[GridCell]] = ([], [])
        for at, slot in enumerate(line):
            side = cells[at >= begins]
            if slot.cell is None or not slot.begins:
                if slot.cell is None:
                    side.append(GridCell("", next((s.cell.line for s in line if s.cell), None)))
                continue
            side.append(slot.cell)
        left.append(tuple(cells[0]))
        right.append(tuple(cells[1]))
    return replace(grid, rows=tuple(left)), replace(grid, rows=tuple(right))
