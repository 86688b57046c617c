"""One file of a package as columns of typed values; every cell that can't be read is noted with its line and column.

Columns and not rows: a plan's cells repeat, so each text of a column is read once and its value shared, and the
records of the plan are made from whole columns at a time (``records``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from samrit.package.notes import Notes
from samrit.package.schema import Field, Resource, Type
from samrit.package.tables.cells import BadCell, CellError, ReadAs, blank, format_cell, parse_cell
from samrit.package.tables.csv_rows import Line, csv_rows
from samrit.vocabulary.findings import Place

LONGEST_SHOWN = 40
# Rows that are held as text at one time.
CHUNK = 4096


@dataclass(slots=True)
class ResourceTable:
    """The rows of one file: a list of values per column and the line each row starts on.

    A cell that could not be read holds what a blank one would.  ``whole`` is False when
    part of the file could not be read.  ``is_sorted`` says that the rows are known to be in the
    order of their keys, none of them twice.
    """

    resource: Resource
    lines: Sequence[int] = ()
    columns: dict[str, list[Any]] = field(default_factory=dict)
    whole: bool = True
    is_sorted: bool = False

    def __post_init__(self) -> None:
        for column in self.resource.fields:
            if column.name not in self.columns:
                self.columns[column.name] = [blank(column)] * len(self.lines)

    def keys(self, columns: Iterable[str]) -> list[tuple[Any, ...]]:
        """Return the values of these columns, a tuple per row."""
        return list(zip(*(self.columns[column] for column in columns), strict=True))

    def record(self, row: int) -> str:
        """Return the name of a row for people: the first part of its key that is text."""
        parts = (self.columns[column][row] for column in self.resource.key)
        return next((part for part in parts if isinstance(part, str) and part), "")

    def place(self, row: int, column: str = "") -> Place:
        """Return where a row, or one cell of it, stands."""
        return Place(self.resource.path, line=self.lines[row], column=column, record=self.record(row))


def read_table(resource: Resource, text: str, notes: Notes) -> ResourceTable:
    """Return the rows of a file, noting everything wrong with its heading and its cells."""
    before = notes.count("package_quote_open", resource.path)
    lines = csv_rows(resource.path, text, notes)
    heading = next(lines, None)
    if heading is None:
        notes.add("package_file_empty", Place(resource.path))
        return ResourceTable(resource, whole=False)
    positions = heading_positions(resource, heading, notes)
    body = _Body(resource, positions, len(heading[1]))
    while chunk := list(islice(lines, CHUNK)):
        body.add(chunk)
    needed = [f.name for f in resource.fields if f.required or f.name in resource.key]
    is_cut = notes.count("package_quote_open", resource.path) > before
    table = ResourceTable(resource, body.lines, body.columns(), whole=positions.keys() >= set(needed) and not is_cut)
    body.note_faults(table, notes)
    if not text.endswith(("\n", "\r")):
        notes.add("package_no_final_newline", Place(resource.path, line=text.count("\n") + 1))
    return table


def table_of(resource: Resource, lines: Sequence[Line], notes: Notes) -> ResourceTable:
    """Return rows that are in no file: their numbers and cells, in the order of the resource's columns."""
    columns = resource.columns
    body = _Body(resource, {name: at for at, name in enumerate(columns)}, len(columns))
    if lines:
        body.add(list(lines))
    table = ResourceTable(resource, body.lines, body.columns())
    body.note_faults(table, notes)
    return table


def heading_positions(resource: Resource, heading: Line, notes: Notes) -> dict[str, int]:
    """Return the position of each known column in the file, noting columns that are unknown, missing or there twice."""
    positions: dict[str, int] = {}
    number, cells = heading
    for at, cell in enumerate(cells):
        name, place = cell.strip(), Place(resource.path, line=number, column=cell.strip())
        if name in positions:
            notes.add("package_column_twice", place)
        elif name in resource.columns:
            positions[name] = at
        else:
            notes.add("package_column_unknown", place)
    for column in resource.fields:
        if column.name not in positions and not column.later:
            needed = column.required or column.name in resource.key
            code = "package_column_missing" if needed else "package_column_absent"
            notes.add(code, Place(resource.path, line=number, column=column.name))
    return positions


class Meanings(dict[str | None, Any]):
    """What each text of a column means, read once; ``odd`` are the texts that were not written as a package does."""

    def __init__(self, column: Field) -> None:
        super().__init__({None: blank(column)})  # None: the row ends before this column
        self.column = column
        self.odd: dict[str, BadCell | ReadAs] = {}
        self._is_free = column.kind is Type.TEXT and not column.required and not column.allowed

    def __missing__(self, text: str) -> Any:
        value: Any = text
        if not self._is_free:
            value = parse_cell(self.column, text)
            if isinstance(value, (BadCell, ReadAs)):
                self.odd[text] = value
                value = value.value if isinstance(value, ReadAs) else blank(self.column)
        self[text] = value
        return value


class _Body:
    """The rows below a heading, taken in some thousand at a time."""

    def __init__(self, resource: Resource, positions: Mapping[str, int], width: int) -> None:
        self.lines: list[int] = []
        self._width = width
        known = [f for f in resource.fields if f.name in positions]
        self._columns: list[tuple[int, Meanings, list[Any]]] = [(positions[f.name], Meanings(f), []) for f in known]
        # Row, position among the columns (-1: the row as a whole), and what is wrong.
        self._faults: list[tuple[int, int, int | BadCell | ReadAs]] = []

    def columns(self) -> dict[str, list[Any]]:
        return {meanings.column.name: values for _, meanings, values in self._columns}

    def add(self, chunk: list[Line]) -> None:
        first = len(self.lines)
        rows: list[list[Any]] = [cells for _, cells in chunk]
        self.lines += [number for number, _ in chunk]
        if set(map(len, rows)) != {self._width}:
            for row, cells in enumerate(rows, first):
                self._fit(row, cells)
        cells_of = list(zip(*rows, strict=True))
        for order, (at, meanings, values) in enumerate(self._columns):
            values.extend(map(meanings.__getitem__, cells_of[at]))
            if meanings.odd:
                odd = ((row, meanings.odd.get(text)) for row, text in enumerate(cells_of[at], first))
                self._faults += ((row, order, fault) for row, fault in odd if fault is not None)

    def _fit(self, row: int, cells: list[Any]) -> None:
        """Bring a row that may be too short or too long to the width of the heading."""
        if len(cells) == self._width:
            return
        if len(cells) < self._width or any(cells[self._width :]):
            self._faults.append((row, -1, len(cells)))
        cells[self._width :] = []
        cells += [None] * (self._width - len(cells))

    def note_faults(self, table: ResourceTable, notes: Notes) -> None:
        """Note what is wrong, row by row as a person reads."""
        for row, order, fault in sorted(self._faults, key=lambda found: found[:2]):
            if isinstance(fault, int):
                code = "package_row_short" if fault < self._width else "package_row_long"
                notes.add(code, table.place(row), cells=fault, columns=self._width)
            else:
                column = self._columns[order][1].column
                note_cell(column, fault, table.place(row, column.name), notes)


def note_cell(column: Field, cell: BadCell | ReadAs, place: Place, notes: Notes) -> None:
    """Note what is wrong with a cell, with what it may hold."""
    shown = cell.text if len(cell.text) <= LONGEST_SHOWN else cell.text[:LONGEST_SHOWN] + "…"
    params: dict[str, Any] = {"value": shown, "title": column.th, "title_en": column.en}
    if isinstance(cell, ReadAs):
        notes.add("package_cell_read_as", place, read=format_cell(cell.value), **params)
        return
    if cell.error is CellError.RANGE:
        least = "> 0" if column.above_zero else _limit(column.minimum)
        params |= {"minimum": least, "maximum": _limit(column.maximum)}
    elif cell.error is CellError.CHOICE:
        params["allowed"] = ", ".join(column.allowed)
    notes.add(cell.error.value, place, **params)


def _limit(limit: int | None) -> str:
    return "…" if limit is None else str(limit)
