"""One file of a package for all plans of a group: columns of values out of nested lists of structs.

Cells repeat: Arrow finds the different ones of a column, each is read once, and rows share its value.
"""

from __future__ import annotations

from math import prod
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from samrit.engine.model import Source
from samrit.package.notes import Notes
from samrit.package.ordering import SortKeys
from samrit.package.records import sources
from samrit.package.schema import SOURCE, Field, Resource
from samrit.package.tables.cells import blank, format_cell
from samrit.package.tables.table import Meanings, ResourceTable, note_cell
from samrit.vocabulary.findings import Place

# The heading of a CSV file is its line 1.
FIRST_LINE = 2
_MOST = 2**62


class Lists:
    """The columns of one file for all plans of a group, and where each plan's rows begin.

    ``said`` is the type of the file's rows as the file has it: a column that it has and ``column`` lacks is blank
    throughout and was not read.
    """

    def __init__(self, resource: Resource, column: pa.ChunkedArray | pa.Array, said: pa.StructType) -> None:
        self._resource = resource
        self._empty = ResourceTable(resource)
        self._absent = [f for f in resource.fields if said.get_field_index(f.name) < 0]
        self._offsets, structs = _rows(column)
        self._columns: dict[str, list[Any]] = {}
        self._codes: dict[str, tuple[pa.Array, list[Any]]] = {}
        self._faults: list[tuple[int, Field, Any]] = []
        self._is_sorted = False
        if len(structs):
            self._fill(structs)

    def _fill(self, structs: pa.StructArray) -> None:
        count = len(structs)
        for field in self._resource.fields:
            if field in self._absent:
                continue
            at = structs.type.get_field_index(field.name)
            column = structs.field(at) if at >= 0 else pa.nulls(count)
            if column.null_count == count and not field.required:  # most columns of most files
                self._columns[field.name] = [blank(field)] * count
            else:
                self._columns[field.name] = self._values(field, column)
        self._faults.sort(key=lambda fault: fault[0])
        self._is_sorted = not self._faults and self._rises()
        own = {f.name for f in SOURCE} & self._columns.keys()
        if own.isdisjoint(self._codes):
            self._columns["source"] = [Source()] * count
        elif len(own) == len(SOURCE):
            self._columns["source"] = sources(*(self._columns[f.name] for f in SOURCE))

    def table(self, plan: int, notes: Notes) -> ResourceTable:
        """Return the rows of one plan, noting what is wrong with its cells."""
        start, stop = self._offsets[plan], self._offsets[plan + 1]
        if start == stop:
            return self._empty
        lines = range(FIRST_LINE, stop - start + FIRST_LINE)
        columns = {name: values[start:stop] for name, values in self._columns.items()}
        table = ResourceTable(self._resource, lines, columns, is_sorted=self._is_sorted)
        for field in (f for f in self._absent if not f.later):
            is_needed = field.required or field.name in self._resource.key
            code = "package_column_missing" if is_needed else "package_column_absent"
            notes.add(code, Place(self._resource.path, line=1, column=field.name))
            table.whole = table.whole and not is_needed
        for row, field, fault in self._faults:
            if start <= row < stop:
                note_cell(field, fault, table.place(row - start, field.name), notes)
        return table

    def _values(self, field: Field, column: pa.Array) -> list[Any]:
        codes, cells = _coded(column)
        meanings = Meanings(field)
        texts = [format_cell(cell) for cell in cells]
        values = [meanings[text] for text in texts]
        self._codes[field.name] = codes, values
        rows = _integers(codes)
        if meanings.odd:
            odd = {code: meanings.odd[text] for code, text in enumerate(texts) if text in meanings.odd}
            self._faults += [(row, field, odd[code]) for row, code in enumerate(rows) if code in odd]
        return [values[row] for row in rows] if len(values) > 1 else values * len(rows)

    def _rises(self) -> bool:
        """Say whether each plan's rows are in the order of their keys and no key is there twice."""
        sort_keys, ranks = SortKeys(), []
        for name in self._resource.key:
            if name not in self._codes:  # blank throughout
                continue
            codes, values = self._codes[name]
            rank = {value: at for at, value in enumerate(sorted(set(values), key=sort_keys.__getitem__))}
            ranks.append((pc.take(pa.array([rank[value] for value in values], pa.int64()), codes), len(rank)))
        if len(self._offsets) * prod(count for _, count in ranks) > _MOST:
            return False
        keys = _owners(self._offsets)
        for rank_, count in ranks:
            keys = pc.add(pc.multiply(keys, count), rank_)
        return bool(pc.all(pc.less(keys[:-1], keys[1:])).as_py())


def _rows(column: pa.ChunkedArray | pa.Array) -> tuple[list[int], pa.StructArray]:
    """Return where each plan's rows begin, and the rows of all plans."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    array = array.fill_null([]) if array.null_count else array
    offsets = array.offsets.to_pylist()
    first = offsets[0]
    return [offset - first for offset in offsets], array.values.slice(first, offsets[-1] - first)


def _coded(column: pa.Array) -> tuple[pa.Array, list[Any]]:
    """Return for each row the number of its cell among the different cells, and these."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    coded = column.dictionary_encode(null_encoding="encode")
    return coded.indices, coded.dictionary.to_pylist()


def _integers(codes: pa.Array) -> list[int]:
    """Return an array of 32 bits without nulls as a list; several times as fast as its own ``to_pylist``."""
    if not len(codes):
        return []
    return memoryview(codes.buffers()[1]).cast("i")[codes.offset : codes.offset + len(codes)].tolist()


def _owners(offsets: list[int]) -> pa.Array:
    """Return the number of its plan for each row."""
    lists = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.nulls(offsets[-1]))
    return pc.list_parent_indices(lists)
