"""One layout in every format gives the same cells at the same places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from samrit.intake.grid import Grid
from samrit.intake.sources import Confined, read_document
from tests.intake.sources.documents import (
    LAYOUTS,
    MONITORING,
    WRITERS,
    Layout,
    codes,
    converted,
    covering,
    expected,
    needs_office,
    tables_of,
    write_docx,
    write_xlsx,
    written,
)

LAYOUT = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)


@pytest.fixture(scope="module")
def confined() -> Iterator[Confined]:
    with Confined() as process:
        yield process


def only_table(path: Path, confined: Confined) -> Grid:
    reading = read_document(path, confined=confined)
    assert codes(reading) == []
    (grid,) = tables_of(reading)
    return grid


@LAYOUT
@pytest.mark.parametrize("kind", WRITERS)
def test_a_table_reads_the_same_from_every_format(
    kind: str, layout: Layout, tmp_path: Path, confined: Confined
) -> None:
    assert covering(only_table(written(kind, layout, tmp_path), confined)) == expected(layout)


@needs_office
@LAYOUT
def test_a_table_reads_the_same_from_old_excel(layout: Layout, tmp_path: Path, confined: Confined) -> None:
    path = converted(write_xlsx(layout, tmp_path / "old.xlsx"), "xls")
    assert covering(only_table(path, confined)) == expected(layout)


@needs_office
@LAYOUT
def test_a_table_reads_the_same_from_what_libreoffice_saves(layout: Layout, tmp_path: Path, confined: Confined) -> None:
    sheet = write_xlsx(layout, tmp_path / "sheet.xlsx")
    text = write_docx(layout, tmp_path / "text.docx")
    for path in (converted(sheet, "ods"), converted(text, "odt")):
        assert covering(only_table(path, confined)) == expected(layout), path.suffix
    # LibreOffice writes the address of the sheet above its tables; only the cells are compared.
    page = read_document(converted(sheet, "html:HTML (StarCalc)"))
    assert [covering(grid) for grid in tables_of(page)] == [expected(layout)]


@needs_office
def test_a_table_reads_the_same_from_a_pdf_that_libreoffice_prints(tmp_path: Path, confined: Confined) -> None:
    card = LAYOUTS["card"]
    document = write_docx(card, tmp_path / "card.docx")
    import docx

    bordered = docx.Document(str(document))
    bordered.tables[0].style = "Table Grid"
    bordered.save(str(document))
    reading = read_document(converted(document, "pdf"), confined=confined)
    assert [[["".join(t.split()) for t in row] for row in covering(grid)] for grid in tables_of(reading)] == [
        [["".join(t.split()) for t in row] for row in expected(card)]
    ]


def test_every_cell_of_a_sheet_keeps_its_address(tmp_path: Path) -> None:
    (grid,) = read_document(written("xlsx_by_xlsxwriter", MONITORING, tmp_path)).grids
    assert grid.sheet == "แผน 2568"
    first = grid.rows[3][0]
    assert (first.text, first.line, first.name, first.rowspan) == ("1", 4, "'แผน 2568'!A4", 2)
    result = grid.rows[4][0]
    assert (result.text, result.name) == ("ผล", "'แผน 2568'!C5")
    source = grid.source(result)
    assert (source.document, source.line, source.cell) == ("document.xlsx", 5, "'แผน 2568'!C5")


def test_every_cell_of_a_word_table_keeps_its_table_row_and_column(tmp_path: Path) -> None:
    grids = read_document(written("docx", MONITORING, tmp_path)).grids
    assert [grid.is_table for grid in grids] == [False, True]
    assert grids[1].sheet == "ตารางที่ 1 แผนและผล"
    cell = grids[1].rows[4][1]
    assert (cell.text, cell.line, cell.name) == ("9", 5, "T1:C5")


def test_every_cell_of_a_pdf_keeps_its_page_line_and_column(tmp_path: Path, confined: Confined) -> None:
    grid = only_table(written("pdf", MONITORING, tmp_path), confined)
    assert grid.page == 1
    cell = grid.rows[4][0]
    assert (cell.text, cell.name) == ("ผล", "3")
    assert cell.line is not None
    assert cell.line > (grid.rows[0][0].line or 0)
