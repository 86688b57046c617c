"""Writing plans as Parquet: the same plans give the same bytes, and nothing is ever half written."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from samrit.package.flatten import Row, rows_of
from samrit.package.model import PlanPackage
from samrit.package.parquet.layout import PLANS_PER_GROUP, arrow_type, format_of, schema, struct_of
from samrit.package.resources import RESOURCES
from samrit.package.schema import Field, Resource
from samrit.package.tables.cells import format_cell


def write_all(packages: Iterable[PlanPackage], path: Path) -> int:
    """Write plans to a Parquet file in the order given and return how many.

    An earlier file of plans at ``path`` is replaced.  Raises FileExistsError when something else is there,
    OSError when the disk refuses; the destination is then as it was.
    """
    if path.exists() and not _is_ours(path):
        raise FileExistsError(errno.EEXIST, "exists and is not a file of plans", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    fresh, count = Path(name), 0
    try:
        with pq.ParquetWriter(fresh, schema(), compression="zstd") as writer:
            for group in _groups(packages):
                writer.write_table(record_table(group), row_group_size=PLANS_PER_GROUP)
                count += len(group)
        fresh.chmod(0o644)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return count


def record_table(packages: Sequence[PlanPackage]) -> pa.Table:
    """Return plans as a table of the layout, a row each."""
    plans = [rows_of(package) for package in packages]
    columns = [_texts([package.plan.id for package in packages])]
    columns += [_lists(resource, [rows[resource.name] for rows in plans]) for resource in RESOURCES]
    return pa.Table.from_arrays(columns, schema=schema())


def _groups(packages: Iterable[PlanPackage]) -> Iterator[list[PlanPackage]]:
    rest = iter(packages)
    while group := list(islice(rest, PLANS_PER_GROUP)):
        yield group


def _lists(resource: Resource, plans: Sequence[Sequence[Row]]) -> pa.ListArray:
    """Return one file of several plans: a list of structs for each."""
    offsets = [0]
    for rows in plans:
        offsets.append(offsets[-1] + len(rows))
    every = [row for rows in plans for row in rows]
    columns = [_column(field, [row.get(field.name) for row in every]) for field in resource.fields]
    structs = pa.StructArray.from_arrays(columns, fields=list(struct_of(resource)))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), structs)


def _column(field: Field, values: list[Any]) -> pa.Array:
    if pa.types.is_string(arrow_type(field)):
        return _texts([format_cell(value) or None for value in values])  # a blank cell is null
    return pa.array(values, arrow_type(field))


def _texts(values: list[str | None]) -> pa.Array:
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        # Half a surrogate pair is no character; it is written out as the CSV writer does.
        return pa.array([v and v.encode("utf-8", "backslashreplace").decode("utf-8") for v in values], pa.string())


def _is_ours(path: Path) -> bool:
    try:
        return bool(format_of(pq.read_schema(path)))
    except (OSError, pa.ArrowException):
        return False
