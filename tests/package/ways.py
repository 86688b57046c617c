"""The ways in which a plan package goes out and comes back: folder, zip, rows as typed, Parquet."""

import dataclasses
import tempfile
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from samrit.package import PlanPackage, read, write
from samrit.package.parquet import plan_groups, read_group, write_all
from samrit.package.rows import packed, read_typed, typed, typed_files
from samrit.vocabulary.findings import Severity


def exact(value):
    """A form in which 95.50 and 95.5 differ."""
    if dataclasses.is_dataclass(value):
        return {f.name: exact(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [exact(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value


def faults(reading):
    """Findings but for units that stand in no register, which a plan may have."""
    return [f for f in reading.findings if f.severity is not Severity.NOTICE and f.code != "package_unit_unknown"]


def every(path):
    """All readings of a Parquet file."""
    return [reading for group in plan_groups(path) for _, reading in read_group(path, group.number)]


def lost(package: PlanPackage) -> Iterator[str]:
    """Yield whatever is not as it was after a way out and back; drawing a plan costs more than all ways together."""
    with tempfile.TemporaryDirectory() as name:
        yield from _in_files(package, Path(name))
        yield from in_parquet([package], Path(name))
    yield from _in_rows(package)


def _in_files(package: PlanPackage, folder: Path) -> Iterator[str]:
    one, two = folder / "plan", folder / "plan.zip"
    write(package, one)
    reading = read(one)
    yield from (f"a folder: {fault}" for fault in faults(reading))
    if exact(reading.package) != exact(package):
        yield "a folder gives another plan"
    write(reading.package or package, two)
    if exact(read(two).package) != exact(package):
        yield "a zip gives another plan"
    with zipfile.ZipFile(two) as archive:
        if {n: archive.read(n) for n in archive.namelist()} != {p.name: p.read_bytes() for p in one.iterdir()}:
            yield "written twice, the bytes differ"
    if any(b"\r\n" in p.read_bytes() and b'"' not in p.read_bytes() for p in one.iterdir()):
        yield "a line ends with a carriage return"


def _in_rows(package: PlanPackage) -> Iterator[str]:
    rows = typed(package)
    if read_typed(rows).package != package:
        yield "rows give another plan"
    again, found = typed_files(packed(rows))
    if {name: list(own) for name, own in (again or {}).items()} != {name: list(own) for name, own in rows.items()}:
        yield "the zip of rows gives other rows"
    yield from (f"the zip of rows: {f}" for f in found if f.severity == "error")


def in_parquet(packages: list[PlanPackage], folder: Path) -> Iterator[str]:
    """Yield whatever is not as it was after a way through one file of plans."""
    one, two = folder / "one.parquet", folder / "two.parquet"
    if write_all(packages, one) != len(packages):
        yield "Parquet counts other plans"
    readings = every(one)
    yield from (f"Parquet: {fault}" for reading in readings for fault in faults(reading))
    if [exact(reading.package) for reading in readings] != [exact(package) for package in packages]:
        yield "Parquet gives another plan"
    write_all([reading.package for reading in readings if reading.package is not None], two)
    if one.read_bytes() != two.read_bytes():
        yield "written to Parquet twice, the bytes differ"
