"""Documents made by the tests: one layout written in every format that is read, merged cells included."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
import typst
import xlsxwriter
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from samrit.intake.grid import Grid, SourceReading
from samrit.intake.tables.lattice import lay_out
from samrit.reports.look.fonts import font_directory
from samrit.vocabulary.findings import Severity

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice (soffice) is not installed: nothing can write an .xls or .odt file",
)


@dataclass(frozen=True)
class C:
    """A cell of a layout; one that is spanned from above is left out, as in HTML."""

    text: str
    wide: int = 1
    tall: int = 1


Layout = Sequence[Sequence[C | str]]

MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()

# Plan and result as rows, months under quarters, a group row over all columns.
MONITORING: Layout = [
    [
        C("ลำดับ", tall=2), C("งาน/โครงการ", tall=2), C("แผน/ผล", tall=2), C("หน่วยนับ", tall=2),
        C("ไตรมาส 1", wide=3), C("ไตรมาส 2", wide=3), C("ไตรมาส 3", wide=3), C("ไตรมาส 4", wide=3), C("รวม", tall=2),
    ],
    [*MONTHS],
    [C("ยุทธศาสตร์ที่ 1 การบริหาร", wide=17)],
    [
        C("1", tall=2), C("งานตรวจสถานประกอบการ", tall=2), "แผน", C("แห่ง", tall=2),
        *"10 10 10 20 20 20 5 5 5 5 5 5".split(), "120",
    ],
    ["ผล", *"9 11 10 18 21 20 5 5 5 5 5 6".split(), "120"],
    [
        C("2", tall=2), C("โครงการอบรมเครือข่าย", tall=2), "แผน", C("คน", tall=2),
        *"– – 50 – – 50 – – – – – –".split(), "100",
    ],
    ["ผล", *"– – 48 – – 55 – – – – – –".split(), "103"],
]  # fmt: skip

# An indicator card: labels and values, five years under one heading.
CARD: Layout = [
    [C("ตัวชี้วัดที่ 3 ร้อยละความพึงพอใจ", wide=6)],
    ["หน่วยวัด", C("ร้อยละ", wide=5)],
    [C("ค่าเป้าหมาย", tall=2), "2566", "2567", "2568", "2569", "2570"],
    ["80", "82", "84", "86", "88"],
    ["ผู้รับผิดชอบ", C("กองนโยบายและแผนงาน", wide=5)],
]

# Months as rows, plan and result as columns, quarter sub-totals as merged rows.
UPRIGHT: Layout = [
    [C("เดือน", tall=2), C("จำนวนผู้ประกันตน", wide=2), C("เงินสมทบ (บาท)", wide=2), C("หมายเหตุ", tall=2)],
    ["แผน", "ผล", "แผน", "ผล"],
    ["ตุลาคม 2568", "1,200", "1,180", "15,000,000", "14,950,500.25", "ล่าช้า"],
    ["พฤศจิกายน 2568", "1,300", "1,350", "15,200,000", "15,300,000", ""],
    ["ธันวาคม 2568", "1,250", "1,240", "15,100,000", "15,080,000", "ครบถ้วน"],
    [C("รวมไตรมาส 1", wide=1), "3,750", "3,770", "45,300,000", "45,330,500.25", ""],
]

LAYOUTS = {"monitoring": MONITORING, "card": CARD, "upright": UPRIGHT}


def cells(layout: Layout) -> list[tuple[int, int, C]]:
    """Return row and column, from 0, of every cell of a layout."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row, line in enumerate(layout):
        column = 0
        for thing in line:
            cell = thing if isinstance(thing, C) else C(thing)
            while (row, column) in taken:
                column += 1
            found.append((row, column, cell))
            taken |= {(row + r, column + c) for r in range(cell.tall) for c in range(cell.wide)}
            column += cell.wide
    return found


def expected(layout: Layout) -> list[list[str]]:
    """Return the text that covers each place, without blanks at the end of rows."""
    width = max(column + cell.wide for _, column, cell in cells(layout))
    places = [["" for _ in range(width)] for _ in layout]
    for row, column, cell in cells(layout):
        for r in range(row, row + cell.tall):
            for c in range(column, column + cell.wide):
                places[r][c] = cell.text
    return [trimmed(row) for row in places]


def trimmed(row: Sequence[str]) -> list[str]:
    texts = list(row)
    while texts and not texts[-1]:
        texts.pop()
    return texts


def covering(grid: Grid) -> list[list[str]]:
    """Return the cleaned text that covers each place of a grid."""
    return [trimmed([slot.covering for slot in line]) for line in lay_out(grid)]


def tables_of(reading: SourceReading) -> list[Grid]:
    return [grid for grid in reading.grids if grid.is_table]


def codes(reading: SourceReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def errors(reading: SourceReading) -> list[str]:
    return [finding.code for finding in reading.findings if finding.severity is Severity.ERROR]


def as_number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


# -- one writer per format ---------------------------------------------------------


def write_xlsx(layout: Layout, path: Path) -> Path:
    """By openpyxl; figures are stored as numbers with a format that shows them as in the layout."""
    book = Workbook()
    sheet = book.active
    for row, column, cell in cells(layout):
        place = sheet.cell(row + 1, column + 1)
        number = as_number(cell.text)
        place.value = cell.text if number is None else number
        if number is not None:
            place.number_format = "#,##0.00" if "." in cell.text else "#,##0" if "," in cell.text else "0"
        if cell.wide > 1 or cell.tall > 1:
            corner = get_column_letter(column + cell.wide) + str(row + cell.tall)
            sheet.merge_cells(f"{get_column_letter(column + 1)}{row + 1}:{corner}")
    book.save(path)
    return path


def write_xlsx_by_xlsxwriter(layout: Layout, path: Path) -> Path:
    """Texts only, by another library than openpyxl."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("แผน 2568")
        for row, column, cell in cells(layout):
            if cell.wide > 1 or cell.tall > 1:
                sheet.merge_range(row, column, row + cell.tall - 1, column + cell.wide - 1, cell.text)
            else:
                sheet.write_string(row, column, cell.text)
    return path


def write_html(layout: Layout, path: Path) -> Path:
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td colspan={cell.wide} rowspan='{cell.tall}'>{html.escape(cell.text)}</td>"
            for cell in (thing if isinstance(thing, C) else C(thing) for thing in line)
        )
        for line in layout
    )
    page = f"<!doctype html><html><head><title>x</title></head><body><p>ก่อน</p><table>{rows}</table></body></html>"
    path.write_text(page, "utf-8")
    return path


def write_docx(layout: Layout, path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("ตารางที่ 1 แผนและผล")
    width = max(column + cell.wide for _, column, cell in cells(layout))
    table = document.add_table(len(layout), width)
    for row, column, cell in cells(layout):
        place = table.cell(row, column)
        if cell.wide > 1 or cell.tall > 1:
            place = place.merge(table.cell(row + cell.tall - 1, column + cell.wide - 1))
        place.text = cell.text
    document.save(str(path))
    return path


_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>
<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>"""


def write_ods(layout: Layout, path: Path) -> Path:
    width = max(column + cell.wide for _, column, cell in cells(layout))
    by_place = {(row, column): cell for row, column, cell in cells(layout)}
    rows = []
    for row in range(len(layout)):
        line = ""
        for column in range(width):
            cell = by_place.get((row, column))
            if cell is None:
                line += "<table:covered-table-cell/>"
                continue
            spans = f'table:number-columns-spanned="{cell.wide}" table:number-rows-spanned="{cell.tall}"'
            number = as_number(cell.text)
            value = "" if number is None else f' office:value-type="float" office:value="{number}"'
            line += f"<table:table-cell {spans}{value}><text:p>{html.escape(cell.text)}</text:p></table:table-cell>"
        rows.append(f'<table:table-row>{line}<table:table-cell table:number-columns-repeated="900"/></table:table-row>')
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    write_ods_content(f'<table:table table:name="แผน">{"".join(rows)}{empty}</table:table>', path)
    return path


def write_ods_content(tables: str, path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _ODS % tables)
    return path


def write_pdf(layout: Layout, path: Path, *, before: str = "", setup: str = "") -> Path:
    things = ", ".join(
        f"table.cell(colspan: {cell.wide}, rowspan: {cell.tall})[#{json.dumps(cell.text, ensure_ascii=False)}]"
        for cell in (thing if isinstance(thing, C) else C(thing) for line in layout for thing in line)
    )
    width = max(column + cell.wide for _, column, cell in cells(layout))
    columns = f"columns: ({', '.join(['auto'] * width)})"
    return typeset(f"{before}\n#table({columns}, {setup} {things})", path)


def typeset(body: str, path: Path, *, page: str = 'paper: "a4", flipped: true, margin: 1cm') -> Path:
    """Write a PDF of typst source in the office's font."""
    source = path.with_suffix(".typ")
    head = f'#set page({page})\n#set text(font: "Sarabun", size: 9pt, lang: "th")\n'
    source.write_text(head + body, "utf-8")
    path.write_bytes(typst.compile(str(source), font_paths=[str(font_directory())], ignore_system_fonts=True))
    return path


def converted(source: Path, to: str) -> Path:
    """Return ``source`` as LibreOffice saves it in another format."""
    profile = source.parent / "profile"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", to]
    out = source.parent / "converted"
    subprocess.run([*command, "--outdir", str(out), str(source)], check=True, capture_output=True, timeout=240)
    return out / f"{source.stem}.{to.partition(':')[0]}"


WRITERS: dict[str, Callable[[Layout, Path], Path]] = {
    "xlsx": write_xlsx,
    "xlsx_by_xlsxwriter": write_xlsx_by_xlsxwriter,
    "html": write_html,
    "docx": write_docx,
    "ods": write_ods,
    "pdf": write_pdf,
}


def written(kind: str, layout: Layout, folder: Path) -> Path:
    return WRITERS[kind](layout, folder / f"document.{kind.partition('_')[0]}")
