"""A package's files as rows of cells as they were typed: what a draft is made of, and how it is read again.

A cell that can't be read stays what it is, so that its fault can be told beside it.  Each row has a number
that names it in its file for as long as the draft lasts; findings give it as the line.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from samrit.package.assemble import assemble
from samrit.package.files import read_files
from samrit.package.flatten import rows_of
from samrit.package.model import PackageReading, PlanPackage
from samrit.package.notes import Notes
from samrit.package.records import no_collection
from samrit.package.references import note_relations
from samrit.package.resources import RESOURCES
from samrit.package.schema import Field, Resource
from samrit.package.tables.cells import format_cell
from samrit.package.tables.csv_rows import csv_rows
from samrit.package.tables.csv_text import csv_text
from samrit.package.tables.decoding import decode
from samrit.package.tables.table import heading_positions, table_of
from samrit.vocabulary.findings import Finding, Place

# Faults of one kind in one file that a draft tells one by one: each is beside its cell.
LISTED = 5000
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One row as typed: its number, and its cells by column; blank cells are left out."""

    number: int
    cells: Mapping[str, str]


Files = Mapping[str, Sequence[TypedRow]]


def typed_files(
    source: bytes | Path, name: str = "package", counted: Callable[[TypedRow], None] | None = None
) -> tuple[Files | None, tuple[Finding, ...]]:
    """Return the rows of the package in a zip or folder, cell by cell as they are, and what was found.

    None where an error is in the way: no package, a damaged file, a column or cell that would be lost.
    What single cells hold is not judged here; :func:`read_typed` does that.  ``counted`` is told of every row as it
    is read and may raise to stop the reading.
    """
    notes = Notes()
    contents = read_files(source, name, notes)
    if contents is not None and not any(resource.path in contents for resource in RESOURCES):
        notes.add("package_not_a_package", Place(name))
    files: dict[str, Sequence[TypedRow]] = {}
    for resource in RESOURCES:
        content = (contents or {}).get(resource.path)
        text = None if content is None else decode(resource.path, content, notes)
        rows = iter(()) if text is None else _typed(resource, text, notes)
        files[resource.name] = tuple(rows if counted is None else _counted(rows, counted))
    found = notes.findings()
    return (None if contents is None or notes.has_errors() else files), found


def _counted(rows: Iterator[TypedRow], counted: Callable[[TypedRow], None]) -> Iterator[TypedRow]:
    for row in rows:
        counted(row)
        yield row


def typed(package: PlanPackage) -> Files:
    """Return the rows of a package as they would be written, numbered in the order of their keys."""
    rows = rows_of(package)
    return {
        resource.name: tuple(
            TypedRow(number, {f.name: format_cell(row.get(f.name)) for f in resource.fields if _is_written(f, row)})
            for number, row in enumerate(rows[resource.name], 1)
        )
        for resource in RESOURCES
    }


def _is_written(field: Field, row: Mapping[str, object]) -> bool:
    """Say whether a cell has anything in it; "no" in a later column is what a file without the column says."""
    value = row.get(field.name)
    return format_cell(value) != "" and not (field.later and value is False)


def read_typed(files: Files) -> PackageReading:
    """Read rows as the package reader reads files: the same findings, with a row's number as its line."""
    notes = Notes(listed=LISTED)
    with no_collection():
        tables = {r.name: table_of(r, _lines(r, files.get(r.name, ())), notes) for r in RESOURCES}
        if len(tables["plan"].lines) != 1:
            notes.add("package_plan_rows", Place("plan.csv"), count=len(tables["plan"].lines))
        note_relations(tables, notes)
        return PackageReading(None if notes.has_errors() else assemble(tables), notes.findings())


def packed(files: Files) -> bytes:
    """Return the rows as the bytes of a zip of CSV files; the same rows give the same bytes, faulty cells and all."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for resource in RESOURCES:
            rows = files.get(resource.name, ())
            if rows:
                text = csv_text(resource.columns, (cells for _, cells in _lines(resource, rows)))
                entry = zipfile.ZipInfo(resource.path, _ZIP_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, text.encode("utf-8", "backslashreplace"))
    return stream.getvalue()


def _lines(resource: Resource, rows: Sequence[TypedRow]) -> list[tuple[int, list[str]]]:
    return [(row.number, [row.cells.get(column, "") for column in resource.columns]) for row in rows]


def _typed(resource: Resource, text: str, notes: Notes) -> Iterator[TypedRow]:
    lines = csv_rows(resource.path, text, notes)
    heading = next(lines, None)
    if heading is None:
        notes.add("package_file_empty", Place(resource.path))
        return
    positions = heading_positions(resource, heading, notes)
    width = len(heading[1])
    for number, (line, cells) in enumerate(lines, 1):
        if any(cells[width:]):
            notes.add("package_row_long", Place(resource.path, line=line), cells=len(cells), columns=width)
        shown = ((name, cells[at]) for name, at in positions.items() if at < len(cells))
        yield TypedRow(number, {name: cell for name, cell in shown if cell != ""})
