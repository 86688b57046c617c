"""Reading plans from Parquet: from typed columns straight into the model, some fifty plans at a time.

A plan is checked as one from CSV files is, and its faults are the same findings: what Parquet holds is no better
than what somebody wrote.  Rows are told as the lines of the CSV files that would be written.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from samrit.package.assemble import assemble
from samrit.package.files import LARGEST_PACKAGE, MEGABYTE
from samrit.package.model import Reading
from samrit.package.notes import Notes
from samrit.package.ordering import SortKeys
from samrit.package.parquet.layout import FORMAT, ID, format_of
from samrit.package.records import no_collection
from samrit.package.references import note_relations
from samrit.package.resources import RESOURCES
from samrit.package.schema import Field, Resource
from samrit.package.tables.cells import format_cell
from samrit.package.tables.table import Meanings, Table, note_cell
from samrit.vocabulary.findings import Place

MAGIC = b"PAR1"
# The heading of a CSV file is its line 1.
_FIRST_LINE = 2


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
    file = _open(path, path.name, notes)
    if file is None:
        return [PlanGroup(str(path), 0, 0, notes.findings())]
    about = file.metadata
    return [PlanGroup(str(path), n, about.row_group(n).num_rows) for n in range(about.num_row_groups)]


def read_group(path: Path, number: int) -> Iterator[tuple[str, Reading]]:
    """Yield the plans of one group with the id under which each stands in the file."""
    notes = Notes()
    file = _open(path, path.name, notes)
    table = None if file is None else _group(file, number, path.name, notes)
    if table is None:
        yield "", Reading(None, notes.findings())
        return
    yield from read_rows(table)


def read_single(source: Path | bytes, name: str) -> Reading:
    """Return the only plan of a Parquet file."""
    notes = Notes()
    file = _open(source, name, notes)
    if file is None:
        return Reading(None, notes.findings())
    if file.metadata.num_rows != 1:
        notes.add("package_parquet_plans", Place(name), count=file.metadata.num_rows)
        return Reading(None, notes.findings())
    table = _group(file, 0, name, notes)
    return Reading(None, notes.findings()) if table is None else next(read_rows(table))[1]


def read_rows(table: pa.Table | pa.RecordBatch) -> Iterator[tuple[str, Reading]]:
    """Yield each plan of a table of the layout; columns it lacks read as blank, as in a CSV file."""
    names = table.column_names
    ids = table.column(ID).to_pylist() if ID in names else [""] * table.num_rows
    lists = {r.name: _Lists(r, table.column(r.name)) for r in RESOURCES if r.name in names}
    sort_keys = SortKeys()
    for row, plan_id in enumerate(ids):
        with no_collection():
            reading = _plan(lists, row, sort_keys)
        yield plan_id or "", reading


def _plan(lists: Mapping[str, _Lists], row: int, sort_keys: SortKeys) -> Reading:
    notes = Notes()
    tables = {r.name: lists[r.name].table(row, notes) if r.name in lists else Table(r) for r in RESOURCES}
    if len(tables["plan"].lines) != 1:
        notes.add("package_plan_rows", Place("plan.csv"), count=len(tables["plan"].lines))
    note_relations(tables, notes)
    return Reading(None if notes.has_errors() else assemble(tables, sort_keys), notes.findings())


class _Lists:
    """One file of the package for all plans of a group: its columns as values, and where each plan's rows begin."""

    def __init__(self, resource: Resource, column: pa.ChunkedArray | pa.Array) -> None:
        array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        array = array.fill_null([]) if array.null_count else array
        self._resource = resource
        self._empty = Table(resource)
        self._offsets: list[int] = array.offsets.to_pylist()
        structs = array.values
        self._absent = [f for f in resource.fields if structs.type.get_field_index(f.name) < 0]
        self._columns: dict[str, list[Any]] = {}
        self._faults: list[tuple[int, Field, Any]] = []
        for field in resource.fields:
            if field not in self._absent:
                self._columns[field.name] = self._values(field, structs.field(field.name))
        self._faults.sort(key=lambda fault: fault[0])

    def _values(self, field: Field, column: pa.Array) -> list[Any]:
        meanings = _TypedMeanings(field)
        if column.null_count == len(column) and not field.required:  # most columns of most files
            return [meanings[None]] * len(column)
        cells = column.to_pylist()
        values = list(map(meanings.__getitem__, cells))
        if meanings.odd:
            found = ((row, meanings.odd.get(format_cell(cell))) for row, cell in enumerate(cells))
            self._faults += ((row, field, fault) for row, fault in found if fault is not None)
        return values

    def table(self, plan: int, notes: Notes) -> Table:
        """Return the rows of one plan, noting what is wrong with its cells."""
        start, stop = self._offsets[plan], self._offsets[plan + 1]
        if start == stop:
            return self._empty
        lines = range(_FIRST_LINE, stop - start + _FIRST_LINE)
        columns = {name: values[start:stop] for name, values in self._columns.items()}
        table = Table(self._resource, lines, columns)
        for field in (f for f in self._absent if not f.later):
            is_needed = field.required or field.name in self._resource.key
            code = "package_column_missing" if is_needed else "package_column_absent"
            notes.add(code, Place(self._resource.path, line=1, column=field.name))
            table.whole = table.whole and not is_needed
        for row, field, fault in self._faults:
            if start <= row < stop:
                note_cell(field, fault, table.place(row - start, field.name), notes)
        return table


class _TypedMeanings(dict[Any, Any]):
    """What each typed cell of a column means: what its text in a CSV file would."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._texts = Meanings(field)

    @property
    def odd(self) -> Mapping[str, Any]:
        return self._texts.odd

    def __missing__(self, cell: Any) -> Any:
        self[cell] = value = self._texts[format_cell(cell)]
        return value


def _open(source: Path | bytes, name: str, notes: Notes) -> pq.ParquetFile | None:
    place = Place(name)
    try:
        file = pq.ParquetFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except (pa.ArrowException, OSError, ValueError) as error:
        notes.add("package_parquet_damaged", place, reason=str(error))
        return None
    found = format_of(file.schema_arrow)
    if found != FORMAT:
        notes.add("package_parquet_format", place, found=found or "–", expected=FORMAT)
        return None
    for resource in RESOURCES:
        at = file.schema_arrow.get_field_index(resource.name)
        if at >= 0 and not _is_table(file.schema_arrow.field(at).type):
            notes.add("package_parquet_column", Place(name, column=resource.name))
    return None if notes.has_errors() else file


def _is_table(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) and pa.types.is_struct(kind.value_type))


def _group(file: pq.ParquetFile, number: int, name: str, notes: Notes) -> pa.Table | None:
    size = file.metadata.row_group(number).total_byte_size
    if size > LARGEST_PACKAGE:
        notes.add("package_too_large", Place(name), size=size // MEGABYTE, limit=LARGEST_PACKAGE // MEGABYTE)
        return None
    try:
        # Not on many threads: the machine's cores are busy with groups of their own.
        return file.read_row_group(number, use_threads=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        notes.add("package_parquet_damaged", Place(name), reason=str(error))
        return None
