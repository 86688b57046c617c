"""A document as xlsx, docx, pdf, html and txt."""

from __future__ import annotations

import html
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import typst
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.shared import Mm
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.layouts.sheet import Cell, Sheet, Table

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FONTS = str(resources.files("fontpkg_sarabun").joinpath("files"))
_WIDE = 14  # letters; a column whose figures are longer than that wraps as text does


def write_txt(sheet: Sheet, path: Path) -> None:
    """Write text with tabs between cells; what a merged cell covers is empty."""
    lines: list[str] = []
    for part in sheet.parts:
        lines += [part, ""] if isinstance(part, str) else ["\t".join(row).rstrip("\t") for row in _texts(part)] + [""]
    path.write_text("\n".join(lines), "utf-8")


def _texts(table: Table) -> list[list[str]]:
    rows = [[""] * table.width for _ in table.rows]
    for row, column, cell in table.placed():
        rows[row][column] = cell.text
    return rows


def write_html(sheet: Sheet, path: Path) -> None:
    """Write a web page."""
    parts = [f"<p>{html.escape(part)}</p>" if isinstance(part, str) else _html_table(part) for part in sheet.parts]
    path.write_text(f"<!doctype html><html lang=th><meta charset=utf-8><body>{''.join(parts)}</body></html>", "utf-8")


def _html_table(table: Table) -> str:
    rows = []
    for at, row in enumerate(table.rows):
        tag = "th" if at < table.heads else "td"
        cells = (f"<{tag}{_spans(cell)}>{html.escape(cell.text)}</{tag}>" for cell in row)
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border=1>{''.join(rows)}</table>"


def _spans(cell: Cell) -> str:
    wide = f" colspan={cell.wide}" if cell.wide > 1 else ""
    return wide + (f" rowspan={cell.tall}" if cell.tall > 1 else "")


def write_xlsx(sheet: Sheet, path: Path) -> None:
    """Write a workbook: figures as numbers with a format that shows them as printed."""
    book = Workbook()
    page = book.worksheets[0]
    row = 1
    for part in sheet.parts:
        if isinstance(part, str):
            page.cell(row, 1, part)
            row += 1
            continue
        for down, along, cell in part.placed():
            _put(page, (row + down, along + 1), cell)
        row += len(part.rows) + 1
    book.save(path)


def _put(page: Worksheet, at: tuple[int, int], cell: Cell) -> None:
    row, column = at
    if cell.text:
        # Thai digits are text: no number format shows them everywhere.
        number = cell.number if cell.text.isascii() else None
        put = page.cell(row, column, cell.text if number is None else number)
        if number is not None:
            put.number_format = "#,##0.00" if "." in cell.text else "#,##0"
    if cell.wide * cell.tall > 1:
        page.merge_cells(
            start_row=row, end_row=row + cell.tall - 1, start_column=column, end_column=column + cell.wide - 1
        )


def write_docx(sheet: Sheet, path: Path) -> None:
    """Write a Word document."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(420), Mm(297)
    for part in sheet.parts:
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            document.element.body.insert_element_before(parse_xml(_word_table(part)), "w:sectPr")
            document.add_paragraph("")
    document.save(str(path))


def _word_table(table: Table) -> str:
    """Return a table as Word keeps it: what a cell covers below itself stands as cells that go on with it."""
    rows: list[list[tuple[int, str]]] = [[] for _ in table.rows]
    for row, column, cell in table.placed():
        for down in range(cell.tall):
            merge = "" if cell.tall == 1 else '<w:vMerge w:val="restart"/>' if down == 0 else "<w:vMerge/>"
            span = f'<w:gridSpan w:val="{cell.wide}"/>' if cell.wide > 1 else ""
            text = f'<w:r><w:t xml:space="preserve">{escape(cell.text)}</w:t></w:r>' if down == 0 and cell.text else ""
            rows[row + down].append((column, f"<w:tc><w:tcPr>{span}{merge}</w:tcPr><w:p>{text}</w:p></w:tc>"))
    grid = "<w:gridCol/>" * table.width
    body = "".join(f"<w:tr>{''.join(cell for _, cell in sorted(row))}</w:tr>" for row in rows)
    return f'<w:tbl xmlns:w="{_WORD}"><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'


def write_pdf(sheet: Sheet, path: Path) -> None:
    """Write a PDF: ruled tables on wide pages, headings repeated on each."""
    _typeset(sheet, path, f"width: {_width(sheet, 420, _NARROW)}mm, height: 297mm, margin: 12mm", repeated=True)


_NARROWEST, _NARROW = 8, 12  # mm of a column, on average, in small and in larger letters


def write_narrow_pdf(sheet: Sheet, path: Path) -> None:
    """Write a PDF on small pages: words broken in narrow cells, works parted by page ends, headings only once.

    A table of many columns gets a wider page: at no width at all its words would lie on each other, for any reader.
    """
    _typeset(sheet, path, f"width: {_width(sheet, 297, _NARROWEST)}mm, height: 150mm, margin: 6mm", repeated=False)


def _width(sheet: Sheet, least: int, column: int) -> int:
    """Return how wide a page is, in mm, so that the columns have ``column`` mm each on average."""
    return max(least, column * max(part.width for part in sheet.parts if not isinstance(part, str)))


def _typeset(sheet: Sheet, path: Path, page: str, *, repeated: bool) -> None:
    head = f'#set page({page})\n#set text(font: "Sarabun", size: {7 if repeated else 5}pt, lang: "th")\n'
    parts = [f"#{_quoted(part)}\n\n" if isinstance(part, str) else _typst_table(part, repeated) for part in sheet.parts]
    source = (head + "".join(parts)).encode()
    path.write_bytes(typst.compile(source, font_paths=[_FONTS]))


def _typst_table(table: Table, repeated: bool) -> str:
    rows = [
        ", ".join(f"table.cell(colspan: {c.wide}, rowspan: {c.tall}, {_quoted(c.text)})" for c in row)
        for row in table.rows
    ]
    header = f"table.header(repeat: {str(repeated).lower()}, {', '.join(rows[: table.heads])})"
    columns = ", ".join("auto" if longest <= _WIDE else "1fr" for longest in _longest(table))
    body = ",\n".join(row for row in rows[table.heads :] if row)
    return f"#table(columns: ({columns}), inset: 2pt, stroke: 0.4pt, {header},\n{body})\n"


def _longest(table: Table) -> list[int]:
    found = [0] * table.width
    for _, column, cell in table.placed():
        if cell.wide == 1:
            found[column] = max(found[column], len(cell.text))
    return found


def _quoted(text: str) -> str:
    kept = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{kept}"'


WRITERS: dict[str, Callable[[Sheet, Path], None]] = {
    "xlsx": write_xlsx,
    "docx": write_docx,
    "pdf": write_pdf,
    "narrow.pdf": write_narrow_pdf,
    "html": write_html,
    "txt": write_txt,
}
