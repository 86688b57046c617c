"""Reading plans from Parquet: from typed columns straight into the model, some fifty plans at a time.

A plan is checked as one from CSV files is, and its faults are the same findings: what Parquet holds is no better
than what somebody wrote.  Rows are told as the lines of the CSV files that would be written.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from samrit.package.assemble import assemble
from samrit.package.files import LARGEST_PACKAGE, MEGABYTE
from samrit.package.model import PackageReading
from samrit.package.notes import Notes
from samrit.package.ordering import SortKeys
from samrit.package.parquet.directory import broken_directory
from samrit.package.parquet.layout import FORMAT, ID, format_of
from samrit.package.parquet.lists import Lists
from samrit.package.records import no_collection
from samrit.package.references import note_relations
from samrit.package.resources import RESOURCES
from samrit.package.tables.table import ResourceTable
from samrit.vocabulary.findings import Place


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """Some plans of a file that are read together; ``findings`` say why they can't be."""

    path: str
    number: int
    plans: int
    findings: tuple[Any, ...] = ()


def plan_groups(path: Path) -> list[PlanGroup]:
    """Return the groups of plans in a file, found without reading them; one without plans when it is damaged."""
    notes = Notes()
    opened = _open(path, path.name, notes)
    if opened is None:
        return [PlanGroup(str(path), 0, 0, notes.findings())]
    about = opened.file.metadata
    if about.num_rows > 1 and (reason := broken_directory(path)):
        notes.add("package_parquet_damaged", Place(path.name), reason=reason)
        return [PlanGroup(str(path), 0, 0, notes.findings())]
    return [PlanGroup(str(path), n, about.row_group(n).num_rows) for n in range(about.num_row_groups)]


def read_group(path: Path, number: int) -> Iterator[tuple[str, PackageReading]]:
    """Yield the plans of one group of :func:`plan_groups` with the id under which each is in the file."""
    notes = Notes()
    opened = _open(path, path.name, notes)
    table = None if opened is None else _group(opened.file, number, path.name, notes)
    if opened is None or table is None:
        yield "", PackageReading(None, notes.findings())
        return
    yield from _plans(table, opened.schema)


def read_single(source: Path | bytes, name: str) -> PackageReading:
    """Return the only plan of a Parquet file."""
    notes = Notes()
    opened = _open(source, name, notes)
    if opened is None:
        return PackageReading(None, notes.findings())
    count = opened.file.metadata.num_rows
    if count != 1:
        notes.add("package_parquet_plans", Place(name), count=count)
        return PackageReading(None, notes.findings())
    table = _group(opened.file, 0, name, notes)
    return PackageReading(None, notes.findings()) if table is None else next(_plans(table, opened.schema))[1]


def read_rows(table: pa.Table | pa.RecordBatch) -> Iterator[tuple[str, PackageReading]]:
    """Yield each plan of a table of the layout; columns it lacks read as blank, as in a CSV file."""
    yield from _plans(table, table.schema)


def _plans(table: pa.Table | pa.RecordBatch, said: pa.Schema) -> Iterator[tuple[str, PackageReading]]:
    """Yield each plan; columns that the table lacks and the file has, as ``said``, are blank throughout."""
    names = table.column_names
    ids = table.column(ID).to_pylist() if ID in names else [""] * table.num_rows
    lists = {
        r.name: Lists(r, table.column(r.name), said.field(r.name).type.value_type) for r in RESOURCES if r.name in names
    }
    sort_keys = SortKeys()
    for row, plan_id in enumerate(ids):
        with no_collection():
            reading = _plan(lists, row, sort_keys)
        yield plan_id or "", reading


def _plan(lists: Mapping[str, Lists], row: int, sort_keys: SortKeys) -> PackageReading:
    notes = Notes()
    tables = {r.name: lists[r.name].table(row, notes) if r.name in lists else ResourceTable(r) for r in RESOURCES}
    if len(tables["plan"].lines) != 1:
        notes.add("package_plan_rows", Place("plan.csv"), count=len(tables["plan"].lines))
    note_relations(tables, notes)
    return PackageReading(None if notes.has_errors() else assemble(tables, sort_keys), notes.findings())


class _Opened(NamedTuple):
    """A file of plans and its schema, which Arrow would make again at every look at it."""

    file: pq.ParquetFile
    schema: pa.Schema


def _open(source: Path | bytes, name: str, notes: Notes) -> _Opened | None:
    place = Place(name)
    if isinstance(source, Path) and not source.is_file():
        notes.add("package_not_found", place)
        return None
    try:
        if isinstance(source, bytes):
            file = pq.ParquetFile(io.BytesIO(source))
            opened = _Opened(file, file.schema_arrow)
        else:
            state = source.stat()
            metadata, schema = _head(source, state.st_size, state.st_mtime_ns, state.st_ino)
            opened = _Opened(pq.ParquetFile(source, metadata=metadata), schema)
    except (pa.ArrowException, OSError, ValueError) as error:
        notes.add("package_parquet_damaged", place, reason=str(error))
        return None
    found = format_of(opened.schema)
    if found != FORMAT:
        notes.add("package_parquet_format", place, found=found or "–", expected=FORMAT)
        return None
    for resource in RESOURCES:
        at = opened.schema.get_field_index(resource.name)
        if at >= 0 and not _is_table(opened.schema.field(at).type):
            notes.add("package_parquet_column", Place(name, column=resource.name))
    return None if notes.has_errors() else opened


@lru_cache(maxsize=16)
def _head(path: Path, _size: int, _written: int, _inode: int) -> tuple[pq.FileMetaData, pa.Schema]:
    """Return a file's own directory and schema, read once: those of a million works outweigh many a group."""
    with pq.ParquetFile(path) as file:
        return file.metadata, file.schema_arrow


def _is_table(kind: pa.DataType) -> bool:
    """Say whether a column is a file of the package: a list of structs, each cell of them one value."""
    if not (pa.types.is_list(kind) and pa.types.is_struct(kind.value_type)):
        return False
    return not any(pa.types.is_nested(cell.type) or pa.types.is_binary(cell.type) for cell in kind.value_type)


def _group(file: pq.ParquetFile, number: int, name: str, notes: Notes) -> pa.Table | None:
    size = file.metadata.row_group(number).total_byte_size
    if size > LARGEST_PACKAGE:
        notes.add("package_too_large", Place(name), size=size // MEGABYTE, limit=LARGEST_PACKAGE // MEGABYTE)
        return None
    # Of one plan every column is read, each with its own fault: what is said about columns isn't asked for (directory).
    columns = _filled(file.metadata.row_group(number)) if file.metadata.num_rows > 1 else None
    try:
        # Not on many threads: the machine's cores are busy with groups of their own.
        return file.read_row_group(number, columns=columns, use_threads=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        notes.add("package_parquet_damaged", Place(name), reason=str(error))
        return None


def _filled(group: pq.RowGroupMetaData) -> list[str]:
    """Return the columns of a group that hold anything, and one at least of each file: most of most files are blank."""
    kept: dict[str, list[str]] = {}
    for column in map(group.column, range(group.num_columns)):
        path = column.path_in_schema
        paths = kept.setdefault(path.partition(".")[0], [])
        about = column.statistics
        is_blank = about is not None and about.has_null_count and about.null_count == column.num_values
        if not (is_blank and paths):
            paths.append(path)
    return [path for paths in kept.values() for path in paths]
