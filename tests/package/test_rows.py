"""Rows as they were typed: nothing is lost on the way in, out and back, and they read as files do."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from samrit.package import read
from samrit.package.rows import Files, TypedRow, packed, read_typed, typed, typed_files
from samrit.package.writer import package_files
from tests.plans.office import EXAMPLES, small_plan


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def changed(files: Files, file: str, number: int, **cells: str) -> Files:
    """Return the rows with some cells of one of them typed otherwise."""
    rows = [replace(r, cells={**r.cells, **cells}) if r.number == number else r for r in files[file]]
    return {**files, file: tuple(rows)}


@pytest.mark.parametrize("name", ["sso-2568", "hr-2569"])
def test_an_example_reads_the_same_as_rows_and_as_files(name: str) -> None:
    rows, _ = typed_files(EXAMPLES / name)
    assert rows is not None
    as_rows, as_files = read_typed(rows), read(EXAMPLES / name)
    assert as_rows.package == as_files.package
    assert as_rows.findings == as_files.findings


def test_faults_stand_at_their_cells_all_at_once_and_what_was_typed_stays() -> None:
    rows = typed(small_plan())
    rows = changed(rows, "indicators", 1, weight="มาก", direction="up")
    rows = changed(rows, "monthly", 3, planned="สิบ")
    kept, _ = typed_files(packed(rows))
    assert kept is not None
    assert kept["indicators"][0].cells["weight"] == "มาก"
    reading = read_typed(kept)
    assert reading.package is None
    assert {(f.code, f.place.document, f.place.line, f.place.column) for f in reading.findings} == {
        ("package_cell_not_number", "indicators.csv", 1, "weight"),
        ("package_cell_not_choice", "indicators.csv", 1, "direction"),
        ("package_cell_not_figure", "monthly.csv", 3, "planned"),
    }


def test_a_row_keeps_its_number_as_the_line_of_its_findings() -> None:
    rows = typed(small_plan())
    only = TypedRow(41, {"project": "P9", "order": "1", "text": "x"})
    found = read_typed({**rows, "steps": (only,)}).findings
    assert [(f.code, f.place.line) for f in found] == [("package_reference_unknown", 41)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no zip", "package_zip_damaged"),
        (zipped({"readme.txt": b"x"}), "package_not_a_package"),
        (zipped({"plan.csv": b'id,title\n"x'}), "package_quote_open"),
        (zipped({"steps.csv": b"project,order,text\nP1,1,a,lost\n"}), "package_row_long"),
    ],
)
def test_what_would_lose_something_is_refused_with_its_reason(content: bytes, code: str) -> None:
    files, found = typed_files(content)
    assert code in {f.code for f in found}
    assert files is None


def test_thousands_of_faults_are_all_told() -> None:
    rows = typed(small_plan())
    many = tuple(TypedRow(n, {"project": "P1", "order": "x", "text": "y"}) for n in range(1, 1001))
    found = read_typed({**rows, "steps": many}).findings
    assert sum(f.code == "package_cell_not_integer" for f in found) == 1000


def test_the_files_of_a_package_are_the_same_rows() -> None:
    package = small_plan()
    files, _ = typed_files(zipped(dict(package_files(package))))
    assert files == typed(package)
