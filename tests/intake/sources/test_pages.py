"""Web pages: spans, nested tables, hidden parts, broken markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from samrit.intake.sources import read_document
from tests.intake.sources.documents import codes, covering, errors, tables_of


def page(tmp_path: Path, body: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(f"<html><body>{body}</body></html>".encode(encoding))
    return path


def test_rowspan_zero_reaches_to_the_end_of_the_table(tmp_path: Path) -> None:
    body = "<table><tr><td rowspan=0>ก<td>1<tr><td>2<tr><td>3</table>"
    assert covering(read_document(page(tmp_path, body)).grids[0]) == [["ก", "1"], ["ก", "2"], ["ก", "3"]]


def test_unclosed_tags_are_repaired(tmp_path: Path) -> None:
    body = "<table><tr><th>งาน<th>ผล<tr><td>ก<b>า<td>5</table><p>ท้าย"
    grids = read_document(page(tmp_path, body)).grids
    assert [covering(grid) for grid in grids] == [[["งาน", "ผล"], ["กา", "5"]], [["ท้าย"]]]


def test_a_nested_table_is_a_grid_of_its_own(tmp_path: Path) -> None:
    body = "<table><tr><td>นอก<td>ก<table><tr><td>ใน<td>1</table>ข</table>"
    grids = read_document(page(tmp_path, body)).grids
    assert [covering(grid) for grid in grids] == [[["นอก", "ก ข"]], [["ใน", "1"]]]


def test_scripts_styles_and_hidden_parts_stay_out(tmp_path: Path) -> None:
    body = (
        "<script>var x='<td>'</script><style>td{}</style><p>อยู่</p><p style='display: none'>ซ่อน<b>ลึก</b></p>"
        "<p hidden>ซ่อน</p><table><tr><td>ก<td>1</table>"
    )
    reading = read_document(page(tmp_path, body))
    assert [covering(grid) for grid in reading.grids] == [[["อยู่"]], [["ก", "1"]]]
    assert codes(reading) == ["intake_hidden_text"]


def test_the_text_above_a_table_is_its_heading(tmp_path: Path) -> None:
    body = "<h2>ตารางที่ 5</h2><table><tr><td>ก<td>1</table>"
    assert [grid.sheet for grid in tables_of(read_document(page(tmp_path, body)))] == ["ตารางที่ 5"]


def test_line_breaks_and_values_of_filled_forms_are_read(tmp_path: Path) -> None:
    body = "<table><tr><td>ก<br>ข<td><input type=text value='12'></table>"
    assert covering(read_document(page(tmp_path, body)).grids[0]) == [["ก ข", "12"]]


@pytest.mark.parametrize(
    ("encoding", "said"), [("cp874", "package_encoding_thai"), ("utf-16", "package_encoding_utf16")]
)
def test_old_encodings_are_read_and_said(tmp_path: Path, encoding: str, said: str) -> None:
    reading = read_document(page(tmp_path, "<table><tr><td>งานตรวจสอบ<td>5</table>", encoding))
    assert covering(reading.grids[0]) == [["งานตรวจสอบ", "5"]]
    assert codes(reading) == [said]


def test_html_behind_the_name_of_an_excel_file_is_read_and_said(tmp_path: Path) -> None:
    path = page(tmp_path, "<table><tr><td>ก<td>1</table>").rename(tmp_path / "export.xls")
    reading = read_document(path)
    assert (reading.origin, covering(reading.grids[0])) == ("html", [["ก", "1"]])
    assert [(f.code, f.params) for f in reading.findings] == [
        ("intake_kind_mismatch", {"promised": "xls", "kind": "html"})
    ]


@pytest.mark.parametrize("spans", ["colspan=999999999", "rowspan=999999999 colspan=1000"])
def test_enormous_spans_cost_nothing(tmp_path: Path, spans: str) -> None:
    reading = read_document(page(tmp_path, f"<table><tr><td {spans}>ก<td>1<tr><td>2</table>"))
    assert errors(reading) == []
    assert max(cell.colspan * cell.rowspan for row in reading.grids[0].rows for cell in row) <= 2000


def test_many_wide_spans_are_refused_before_anyone_lays_them_out(tmp_path: Path) -> None:
    body = "<table>" + "<tr><td colspan=1000>ก" * 3000 + "</table>"
    assert errors(read_document(page(tmp_path, body))) == ["intake_too_many_cells"]
