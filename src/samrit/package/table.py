"""One file of a package as typed rows; every cell that can't be read is noted with its line and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from samrit.package.cells import BadCell, CellError, ReadAs, blank, format_cell, parse_cell
from samrit.package.csv_rows import Line, csv_rows
from samrit.package.notes import Notes
from samrit.package.schema import Field, Resource
from samrit.vocabulary.findings import Place

LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row with a value per column; a cell that could not be read holds what a blank one would."""

    line: int
    values: dict[str, Any]

    def key(self, columns: Iterable[str]) -> tuple[Any, ...]:
        """Return the values of these columns."""
        return tuple(self.values[column] for column in columns)


@dataclass(slots=True)
class Table:
    """The rows of one file; ``whole`` is False when part of the file could not be read."""

    resource: Resource
    rows: list[TypedRow] = field(default_factory=list)
    whole: bool = True

    def record(self, row: TypedRow) -> str:
        """Return the name of a row for people: the first part of its key that is text."""
        return next((str(v) for v in row.key(self.resource.key) if isinstance(v, str) and v), "")


def read_table(resource: Resource, text: str, notes: Notes) -> Table:
    """Return the rows of a file, noting everything wrong with its heading and its cells."""
    table = Table(resource)
    before = notes.count("package_quote_open", resource.path)
    lines = csv_rows(resource.path, text, notes)
    heading = next(lines, None)
    if heading is None:
        notes.add("package_file_empty", Place(resource.path))
        table.whole = False
        return table
    columns = _columns(resource, heading, notes, table)
    layout = _Layout(
        width=len(heading.cells),
        columns=tuple((f, columns[f.name]) for f in resource.fields if f.name in columns),
        blanks={f.name: blank(f) for f in resource.fields},
    )
    for line in lines:
        table.rows.append(_row(table, layout, line, notes))
    if notes.count("package_quote_open", resource.path) > before:
        table.whole = False
    if not text.endswith(("\n", "\r")):
        notes.add("package_no_final_newline", Place(resource.path, line=text.count("\n") + 1))
    return table


def _columns(resource: Resource, heading: Line, notes: Notes, table: Table) -> dict[str, int]:
    """Return the position of each known column in the file."""
    positions: dict[str, int] = {}
    for at, cell in enumerate(heading.cells):
        name, place = cell.strip(), Place(resource.path, line=heading.number, column=cell.strip())
        if name in positions:
            notes.add("package_column_twice", place)
        elif name in resource.columns:
            positions[name] = at
        else:
            notes.add("package_column_unknown", place)
    for column in resource.fields:
        if column.name not in positions:
            needed = column.required or column.name in resource.key
            code = "package_column_missing" if needed else "package_column_absent"
            notes.add(code, Place(resource.path, line=heading.number, column=column.name))
            table.whole = table.whole and not needed
    return positions


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where each column stands in the file at hand, and what its cells hold when blank."""

    width: int
    columns: tuple[tuple[Field, int], ...]
    blanks: Mapping[str, Any]


def _row(table: Table, layout: _Layout, line: Line, notes: Notes) -> TypedRow:
    resource, width = table.resource, layout.width
    values = dict(layout.blanks)
    odd: list[tuple[Field, BadCell | ReadAs]] = []
    for column, at in layout.columns:
        if at >= len(line.cells) or not (line.cells[at] or column.required):
            continue
        value = parse_cell(column, line.cells[at])
        if isinstance(value, (BadCell, ReadAs)):
            odd.append((column, value))
        if not isinstance(value, BadCell):
            values[column.name] = value.value if isinstance(value, ReadAs) else value
    row = TypedRow(line.number, values)
    record = table.record(row)
    if len(line.cells) < width:
        place = Place(resource.path, line=line.number, record=record)
        notes.add("package_row_short", place, cells=len(line.cells), columns=width)
    elif any(line.cells[width:]):
        place = Place(resource.path, line=line.number, record=record)
        notes.add("package_row_long", place, cells=len(line.cells), columns=width)
    for column, cell in odd:
        _note_cell(column, cell, Place(resource.path, line=line.number, column=column.name, record=record), notes)
    return row


def _note_cell(column: Field, cell: BadCell | ReadAs, place: Place, notes: Notes) -> None:
    shown = cell.text if len(cell.text) <= LONGEST_SHOWN else cell.text[:LONGEST_SHOWN] + "…"
    params: dict[str, Any] = {"value": shown, "title": column.th, "title_en": column.en}
    if isinstance(cell, ReadAs):
        notes.add("package_cell_read_as", place, read=format_cell(cell.value), **params)
        return
    if cell.error is CellError.RANGE:
        params |= {"minimum": _limit(column.minimum), "maximum": _limit(column.maximum)}
    elif cell.error is CellError.CHOICE:
        params["allowed"] = ", ".join(column.allowed)
    notes.add(cell.error.value, place, **params)


def _limit(limit: int | None) -> str:
    return "…" if limit is None else str(limit)
