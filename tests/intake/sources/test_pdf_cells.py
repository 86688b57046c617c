"""Cells of PDFs that ran out of room: words broken in narrow columns, rows cut by the end of a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from samrit.intake.cleaning import cleaned
from samrit.intake.grid import Grid
from samrit.intake.sources import Confined, read_document
from tests.intake.sources.documents import codes, tables_of, typeset
from tests.intake.sources.test_pdf import plain_pdf

TITLES = (
    "โครงการพัฒนาป่าชายเลนสำหรับกลุ่มเปราะบาง",
    "งานสำรวจศูนย์ดูแลผู้สูงอายุในพื้นที่ต้นน้ำ",
    "โครงการอนุรักษ์ระบบเตือนภัยดินถล่มประจำปี",
    "กิจกรรมส่งเสริมการปลูกพันธุ์ข้าวพื้นเมือง",
)
ROWS = [[str(at), f"{title}ระยะที่ {at}", "กพน.", f"{at},500"] for at, title in enumerate(TITLES * 3, 1)]


@pytest.fixture(scope="module")
def confined() -> Iterator[Confined]:
    with Confined() as process:
        yield process


def table(rows: list[list[str]], wide: str, more: str = "") -> str:
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    return f"#table(columns: (1cm, {wide}, 2cm, 2cm), {more} {cells})"


def rows_of(grids: list[Grid]) -> list[list[str]]:
    return [[cleaned(cell.text).replace("\n", " ") for cell in row] for grid in grids for row in grid.rows]


@pytest.mark.parametrize("wide", ["1.6cm", "2cm", "2.7cm", "3.5cm", "5cm"])
def test_a_narrow_column_puts_no_space_into_words(wide: str, tmp_path: Path, confined: Confined) -> None:
    path = typeset(table(ROWS[:4], wide), tmp_path / "narrow.pdf")
    read = rows_of(tables_of(read_document(path, confined=confined)))
    assert [row[1] for row in read] == [row[1] for row in ROWS[:4]]


def test_lines_that_were_ended_on_purpose_stay_lines(tmp_path: Path, confined: Confined) -> None:
    path = typeset("#table(columns: (4cm, 6cm), [แผน\\ ผล], [จำนวนแห่ง\\ จำนวนคน])", tmp_path / "lines.pdf")
    (grid,) = tables_of(read_document(path, confined=confined))
    assert [cell.text for cell in grid.rows[0]] == ["แผน\nผล", "จำนวนแห่ง\nจำนวนคน"]


@pytest.mark.parametrize("heads", [False, True])
@pytest.mark.parametrize("height", range(60, 130, 5))
def test_a_row_cut_by_the_end_of_a_page_is_one_row(
    height: int, heads: bool, tmp_path: Path, confined: Confined
) -> None:
    """Wherever the pages end, the rows are the same."""
    more = "table.header([ลำดับ], [ชื่อโครงการ], [หน่วยงาน], [งบประมาณ])," if heads else ""
    body = f"#set page(flipped: false, width: 200mm, height: {height}mm)\n{table(ROWS, '2cm', more)}"
    reading = read_document(typeset(body, tmp_path / "cut.pdf"), confined=confined)
    grids = tables_of(reading)
    read = [row for row in rows_of(grids) if row[0] != "ลำดับ"]
    assert read == ROWS
    assert set(codes(reading)) <= {"intake_pdf_rows_joined"}


def test_a_heading_at_the_top_of_a_page_joins_no_row(tmp_path: Path, confined: Confined) -> None:
    rows = [["ก", "งานตรวจ", "กพน.", "1"], ["ข", "งานสำรวจ", "กพน.", "2"]]
    body = table(rows, "5cm") + "\n#pagebreak()\n" + table([["งานใหม่", "", "", ""], ["ค", "งานจัดหา", "", "3"]], "5cm")
    reading = read_document(typeset(body, tmp_path / "kinds.pdf"), confined=confined)
    assert [row[0] for row in rows_of(tables_of(reading))] == ["ก", "ข", "งานใหม่", "ค"]
    assert codes(reading) == []


def test_text_that_runs_over_the_next_cell_mixes_with_nothing(tmp_path: Path, confined: Confined) -> None:
    """Spreadsheets print what is too long behind the cell beside it."""
    words = "BT /F 12 Tf 52 245 Td (Percentage) Tj ET BT /F 12 Tf 84 245 Td (Remark) Tj ET"
    path = tmp_path / "over.pdf"
    path.write_bytes(plain_pdf("50 240 30 20 re 80 240 100 20 re S " + words))
    (grid,) = tables_of(read_document(path, confined=confined))
    assert [cell.text for cell in grid.rows[0]] == ["Percentage", "Remark"]


@pytest.mark.parametrize("height", range(60, 130, 5))
def test_a_row_beneath_merged_cells_is_joined_over_a_page_end(height: int, tmp_path: Path, confined: Confined) -> None:
    """The merged cells have no part in the row's own line; on the next page their places are empty."""
    cells = ", ".join(
        f"table.cell(rowspan: 2)[{at}], [{one[1]}], [{one[3]}], [{other[1]}], [{other[3]}]"
        for at, (one, other) in enumerate(zip(ROWS[::2], ROWS[1::2], strict=True), 1)
    )
    body = f"#set page(flipped: false, width: 200mm, height: {height}mm)\n#table(columns: (1cm, 2cm, 2cm), {cells})"
    grids = tables_of(read_document(typeset(body, tmp_path / "cut.pdf"), confined=confined))
    read = [row[-2:] for row in rows_of(grids)]
    assert read == [[row[1], row[3]] for row in ROWS]
