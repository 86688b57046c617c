"""Tables drawn with lines: the cells between the lines, those with a missing border between them merged."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from samrit.intake.sources.pdf.rulings import Rule

_NEAR = 3.0  # points; a line this near touches, a place this near is the same
_COVERS = 0.6  # of a cell's side, for a border to be there
_THINNEST = 2.5  # a row or column narrower than this is a double line
_MOST_PLACES = 60_000  # of one table on one page


@dataclass(slots=True)
class RuledTable:
    """The rows and columns between the lines of one table; ``owner`` gives each place the cell that covers it."""

    xs: list[float]
    ys: list[float]
    owner: list[list[int]] = field(default_factory=list)
    spans: dict[int, tuple[int, int, int, int]] = field(default_factory=dict)  # cell: row, column, height, width

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the cell that holds a point, None outside the table."""
        if not (self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1):
            return None
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        return self.owner[row][column]


def ruled_tables(across: list[Rule], down: list[Rule]) -> list[RuledTable]:
    """Return the tables that the lines of a page draw, from the top; frames around a single place are none."""
    tables = []
    for rows, columns in _groups(across, down):
        xs = _places([r.at for r in columns] + [x for r in rows for x in (r.begin, r.end)])
        ys = _places([r.at for r in rows] + [y for r in columns for y in (r.begin, r.end)])
        if len(xs) < 2 or len(ys) < 2 or not 2 <= (len(xs) - 1) * (len(ys) - 1) <= _MOST_PLACES:
            continue
        table = RuledTable(xs, ys)
        _merge(table, rows, columns)
        if len(table.spans) > 1:
            tables.append(table)
    return sorted(tables, key=lambda table: (table.ys[0], table.xs[0]))


def _groups(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the lines that touch each other, group by group."""
    parent = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    ordered = sorted(range(len(down)), key=lambda n: down[n].at)
    places = [down[n].at for n in ordered]
    for number, row in enumerate(across):
        first = bisect_right(places, row.begin - _NEAR)
        for n in ordered[first : bisect_right(places, row.end + _NEAR)]:
            if down[n].begin - _NEAR <= row.at <= down[n].end + _NEAR:
                parent[root(number)] = root(len(across) + n)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, rule in enumerate([*across, *down]):
        group = groups.setdefault(root(number), ([], []))
        group[number >= len(across)].append(rule)
    return [group for group in groups.values() if group[0] and group[1] and len(group[0]) + len(group[1]) > 2]


def _places(values: list[float]) -> list[float]:
    """Return the values in order, near ones as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _THINNEST:
            found.append(value)
    return found


def _merge(table: RuledTable, rows: list[Rule], columns: list[Rule]) -> None:
    """Find the borders between neighbouring places and join the places without one into rectangular cells."""
    height, width = len(table.ys) - 1, len(table.xs) - 1
    right = [[False] * width for _ in range(height)]  # a border to the right of the place
    below = [[False] * width for _ in range(height)]
    for rule in columns:
        at = _nearest(table.xs, rule.at)
        if 0 < at < width:
            for row in range(height):
                right[row][at - 1] |= _covers(rule, table.ys[row], table.ys[row + 1])
    for rule in rows:
        at = _nearest(table.ys, rule.at)
        if 0 < at < height:
            for column in range(width):
                below[at - 1][column] |= _covers(rule, table.xs[column], table.xs[column + 1])
    _number_cells(table, right, below)


def _number_cells(table: RuledTable, right: list[list[bool]], below: list[list[bool]]) -> None:
    """Give every place its cell: as wide as there is no border to the right, then as tall as that width is open."""
    height, width = len(right), len(right[0])
    table.owner = [[-1] * width for _ in range(height)]
    number = 0
    for row in range(height):
        for column in range(width):
            if table.owner[row][column] >= 0:
                continue
            wide = 1
            while column + wide < width and not right[row][column + wide - 1] and table.owner[row][column + wide] < 0:
                wide += 1
            tall = 1
            while row + tall < height and _is_open(right, below, (row + tall, column, wide)):
                tall += 1
            for r in range(row, row + tall):
                table.owner[r][column : column + wide] = [number] * wide
            table.spans[number] = (row, column, tall, wide)
            number += 1


def _is_open(right: list[list[bool]], below: list[list[bool]], part: tuple[int, int, int]) -> bool:
    """Say whether a row's part belongs to the cell above it: no border between them, none inside."""
    row, column, wide = part
    if any(below[row - 1][column : column + wide]):
        return False
    return not any(right[row][column : column + wide - 1])


def _covers(rule: Rule, begin: float, end: float) -> bool:
    return min(rule.end, end) - max(rule.begin, begin) >= _COVERS * (end - begin)


def _nearest(places: list[float], value: float) -> int:
    return min(range(len(places)), key=lambda n: abs(places[n] - value))
