"""Sheets: several tables, blank rows and columns, merged and hidden cells, formulas."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from samrit.intake.grid import Grid
from samrit.intake.sources import read_document
from samrit.vocabulary.findings import sentence
from tests.intake.sources.documents import codes, covering, write_ods_content


def sheet(tmp_path: Path, rows: list[list[object]], *merges: str) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for area in merges:
        book.active.merge_cells(area)
    book.active.title = "S"
    path = tmp_path / "book.xlsx"
    book.save(path)
    return path


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def test_blank_rows_part_tables(tmp_path: Path) -> None:
    path = sheet(tmp_path, [["ลำดับ", "งาน"], [1, "ก"], [], ["หน่วยงาน", "จำนวน"], ["กพน.", 3]])
    first, second = read_document(path).grids
    assert texts(first) == [["ลำดับ", "งาน"], ["1", "ก"]]
    assert texts(second) == [["หน่วยงาน", "จำนวน"], ["กพน.", "3"]]
    assert second.rows[0][0].name == "S!A4"


def test_blank_columns_part_tables_side_by_side(tmp_path: Path) -> None:
    path = sheet(tmp_path, [["งาน", "ผล", None, "หน่วย", "คน"], ["ก", 1, None, "กพน.", 5], ["ข", 2, None, "สบท.", 6]])
    left, right = read_document(path).grids
    assert texts(left) == [["งาน", "ผล"], ["ก", "1"], ["ข", "2"]]
    assert texts(right) == [["หน่วย", "คน"], ["กพน.", "5"], ["สบท.", "6"]]
    assert right.rows[1][1].name == "S!E2"


def test_a_blank_row_between_figures_does_not_part_a_table(tmp_path: Path) -> None:
    path = sheet(tmp_path, [["งาน", "แผน", "ผล"], ["ก", 10, 9], [], ["ข", 20, 21]])
    (grid,) = read_document(path).grids
    assert texts(grid) == [["งาน", "แผน", "ผล"], ["ก", "10", "9"], ["ข", "20", "21"]]
    assert [row[0].line for row in grid.rows] == [1, 2, 4]


def test_a_blank_column_before_bare_figures_does_not_part_a_table(tmp_path: Path) -> None:
    path = sheet(tmp_path, [["งาน", None, "ม.ค.", "ก.พ."], ["ก", None, 10, 9], ["ข", None, 20, 21]])
    (grid,) = read_document(path).grids
    assert texts(grid) == [["งาน", "", "ม.ค.", "ก.พ."], ["ก", "", "10", "9"], ["ข", "", "20", "21"]]


def test_years_after_a_blank_row_are_headings_of_a_new_table(tmp_path: Path) -> None:
    path = sheet(tmp_path, [["งาน", "แผน", "ผล"], ["ก", 10, 9], ["ข", 3, 4], [], ["ตัวชี้วัด", 2567, 2568], ["ค", 1, 2]])
    assert len(read_document(path).grids) == 2


def test_a_merged_title_over_a_blank_column_keeps_the_table_whole(tmp_path: Path) -> None:
    rows = [["แผนปฏิบัติการ", None, None], ["งาน", None, "หน่วยงาน"], ["ก", None, "กพน."]]
    (grid,) = read_document(sheet(tmp_path, rows, "A1:C1")).grids
    assert covering(grid) == [["แผนปฏิบัติการ"] * 3, ["งาน", "", "หน่วยงาน"], ["ก", "", "กพน."]]


def test_a_single_column_is_running_text(tmp_path: Path) -> None:
    path = sheet(tmp_path, [["คำชี้แจง"], ["กรอกทุกเดือน"], [], ["งาน", "ผล"], ["ก", 1]])
    assert [grid.is_table for grid in read_document(path).grids] == [False, True]


def test_a_merge_is_cut_to_the_filled_part(tmp_path: Path) -> None:
    (grid,) = read_document(sheet(tmp_path, [["หัวเรื่อง"], ["ก", "ข"], [1, 2]], "A1:XFD1")).grids
    assert (grid.rows[0][0].colspan, grid.rows[0][0].rowspan) == (2, 1)


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    book = Workbook()
    for row in [["งาน", "ลับ", "ผล"], ["ก", "x", 1], ["ข", "y", 2], ["ค", "z", 3]]:
        book.active.append(row)
    book.active.title = "S"
    book.active.row_dimensions[3].hidden = True
    book.active.row_dimensions[9].hidden = True
    book.active.column_dimensions["B"].hidden = True
    path = tmp_path / "hidden.xlsx"
    book.save(path)
    reading = read_document(path)
    assert [len(row) for row in reading.grids[0].rows] == [3, 3, 3, 3]
    assert [(f.code, f.params.get("rows", f.params.get("columns")), f.place.column) for f in reading.findings] == [
        ("intake_hidden_rows", "3", "S"),
        ("intake_hidden_columns", "B", "S"),
    ]
    assert "แถว 3" in sentence(reading.findings[0])


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_read_and_said(tmp_path: Path, state: str) -> None:
    book = Workbook()
    book.active.append(["ก", 1])
    old = book.create_sheet("ปีก่อน")
    old.append(["ข", 2])
    old.sheet_state = state
    path = tmp_path / "hidden.xlsx"
    book.save(path)
    reading = read_document(path)
    assert [texts(grid) for grid in reading.grids] == [[["ก", "1"]]]
    assert [(f.code, f.place.column) for f in reading.findings] == [("intake_hidden_sheet", "ปีก่อน")]


def test_formulas_never_calculated_are_said(tmp_path: Path) -> None:
    reading = read_document(sheet(tmp_path, [["งาน", "รวม"], ["ก", "=1+1"], ["ข", "=2+2"]]))
    assert [(f.code, f.params["count"]) for f in reading.findings] == [("intake_formula_without_value", 2)]


def test_text_left_under_a_merged_cell_is_not_read_and_said(tmp_path: Path) -> None:
    path = sheet(tmp_path, [["หัว", "ใต้"], ["ก", "ข"]])
    parts = {}
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = "xl/worksheets/sheet1.xml"
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    parts[part] = parts[part].replace(b"</sheetData>", merged)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    reading = read_document(path)
    assert covering(reading.grids[0]) == [["หัว", "หัว"], ["ก", "ข"]]
    assert [(f.code, f.params["count"]) for f in reading.findings] == [("intake_text_under_merge", 1)]


def test_errors_and_truth_values_come_as_shown(tmp_path: Path) -> None:
    (grid,) = read_document(sheet(tmp_path, [["ก", True, "#DIV/0!"], ["ข", False, "#N/A"]])).grids
    assert texts(grid) == [["ก", "TRUE", "#DIV/0!"], ["ข", "FALSE", "#N/A"]]


def test_repeated_cells_of_ods_are_spread_out(tmp_path: Path) -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    thrice = "table:number-columns-repeated='3'"
    rows = (
        f"<table:table-row>{cell('งาน')}{cell('–', thrice)}</table:table-row>"
        f"<table:table-row table:number-rows-repeated='2'>{cell('ก')}<table:table-cell/>{cell('5')}</table:table-row>"
    )
    sheets = f"<table:table table:name='S'>{rows}</table:table><table:table table:style-name='off'>{rows}</table:table>"
    reading = read_document(write_ods_content(sheets, tmp_path / "r.ods"))
    assert texts(reading.grids[0]) == [["งาน", "–", "–", "–"], ["ก", "", "5"], ["ก", "", "5"]]
    assert codes(reading) == ["intake_hidden_sheet"]


def test_ods_shows_typed_decimals_and_notes_stay_out(tmp_path: Path) -> None:
    row = (
        "<table:table-row><table:table-cell office:value-type='float' office:value='33.333'>"
        "<office:annotation><text:p>หมายเหตุลับ</text:p></office:annotation><text:p>33.33</text:p></table:table-cell>"
        "<table:table-cell><text:p>ก<text:s text:c='2'/>ข</text:p><text:p>ค</text:p></table:table-cell>"
        "</table:table-row>"
    )
    (grid,) = read_document(
        write_ods_content(f"<table:table table:name='S'>{row}</table:table>", tmp_path / "r.ods")
    ).grids
    assert texts(grid) == [["33.333", "ก  ข\nค"]]
