"""Reading a plan package: every fault at once, as findings; never an exception for what a file holds.

The order of work: raw files → text → typed rows → relations → the plan.
"""

from __future__ import annotations

import io
import json
from importlib import import_module
from pathlib import Path
from typing import Any

from samrit.package.assemble import assemble
from samrit.package.descriptor import FORMAT, NAME
from samrit.package.files import read_files
from samrit.package.model import PackageReading
from samrit.package.notes import Notes
from samrit.package.records import no_collection
from samrit.package.references import note_relations
from samrit.package.resources import RESOURCES
from samrit.package.tables.decoding import decode
from samrit.package.tables.table import ResourceTable, read_table
from samrit.vocabulary.findings import Place

# Without these there is nothing to evaluate; other files may be absent when they would be empty.
CORE = ("plan", "projects", "indicators")
# How a Parquet file begins.
PARQUET = b"PAR1"


def read(source: str | Path | bytes, name: str = "package") -> PackageReading:
    """Read the package in a folder, a zip or a Parquet file of one plan, or in the bytes of such a file.

    ``Reading.package`` is None as soon as one finding is an error.  Records come in the
    order of their keys, whatever the order of the rows.  ``name`` is what findings call bytes.
    """
    place = source if isinstance(source, bytes) else Path(source)
    shown = name if isinstance(place, bytes) else place.name
    if _is_parquet(place):
        return _read_parquet(place, shown)
    with no_collection():
        return _read(place, shown)


def _is_parquet(source: Path | bytes) -> bool:
    if isinstance(source, bytes):
        return source.startswith(PARQUET)
    try:
        with source.open("rb") if source.is_file() else io.BytesIO() as stream:
            return stream.read(len(PARQUET)) == PARQUET
    except OSError:
        return False


def _read_parquet(source: Path | bytes, name: str) -> PackageReading:
    notes = Notes()
    try:
        # Parquet is an extra: who reads only CSV needs no pyarrow.
        parquet = import_module("samrit.package.parquet")
    except ModuleNotFoundError:
        notes.add("package_parquet_missing", Place(name))
        return PackageReading(None, notes.findings())
    reading: PackageReading = parquet.read_single(source, name)
    return reading


def _read(source: Path | bytes, name: str) -> PackageReading:
    notes = Notes()
    files = read_files(source, name, notes)
    if files is None:
        return PackageReading(None, notes.findings())
    if not files and not notes.findings():
        notes.add("package_not_a_package", Place(name))
        return PackageReading(None, notes.findings())
    promised = _descriptor(files.get(NAME), notes)
    tables = {r.name: ResourceTable(r) for r in RESOURCES}
    for resource in RESOURCES:
        if resource.path in files:
            text = decode(resource.path, files.pop(resource.path), notes)
            tables[resource.name] = (
                ResourceTable(resource, whole=False) if text is None else read_table(resource, text, notes)
            )
        elif resource.name in (CORE if promised is None else promised):
            if not notes.names(resource.path):  # a file that was refused is there
                notes.add("package_file_missing", Place(resource.path))
            tables[resource.name].whole = False
    _note_lost_rows(tables, promised or {}, notes)
    if tables["plan"].whole and len(tables["plan"].lines) != 1:
        notes.add("package_plan_rows", Place("plan.csv"), count=len(tables["plan"].lines))
    note_relations(tables, notes)
    return PackageReading(None if notes.has_errors() else assemble(tables), notes.findings())


def _descriptor(data: bytes | None, notes: Notes) -> dict[str, int] | None:
    """Return the files that the descriptor promises with their numbers of rows (-1: not said), or None without one."""
    place = Place(NAME)
    if data is None:
        notes.add("package_descriptor_missing", place)
        return None
    try:
        content = json.loads(data.decode("utf-8-sig"))
        resources = [(str(r["name"]), r) for r in content["resources"]]
        written = content.get("samrit")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        notes.add("package_descriptor_damaged", place)
        return None
    if not isinstance(written, dict) or written.get("format") != FORMAT:
        notes.add("package_format_unknown", place, expected=FORMAT)
    return {name: _rows_said(resource) for name, resource in resources}


def _rows_said(resource: dict[str, Any]) -> int:
    rows = resource.get("samrit:rows")
    return rows if isinstance(rows, int) and not isinstance(rows, bool) else -1


def _note_lost_rows(tables: dict[str, ResourceTable], promised: dict[str, int], notes: Notes) -> None:
    """Note a file that has fewer rows than when it was written: it was cut, or rows were taken out by hand."""
    for name, rows in promised.items():
        table = tables.get(name)
        if table is not None and 0 < len(table.lines) < rows:
            notes.add("package_rows_lost", Place(table.resource.path), count=len(table.lines), before=rows)
