"""The Excel file of an office as somebody fills it in."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl

from samrit.package.kinds import kind_named
from samrit.plans.unit_form.year_model import HEAD_ROW, sheet_names

UNITS = ("รหัส/ชื่อย่อ", "ชื่อหน่วยงาน", "ประเภท", "สังกัด")
PEOPLE = ("ชื่อผู้ใช้", "ชื่อที่แสดง", "อีเมล", "บทบาท", "หน่วยงาน", "แผน")


def office_sheets(*, units: Sequence[Sequence[object]] = (), people: Sequence[Sequence[object]] = ()) -> bytes:
    """Return the file with these rows under the usual headings."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, heads, rows in (("หน่วยงาน", UNITS, units), ("ผู้ใช้", PEOPLE, people)):
        sheet = book.create_sheet(title)
        sheet.append(heads)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def year_sheets(content: bytes, **rows: Sequence[tuple[int, dict[str, object]]]) -> bytes:
    """Return a form of the year's records with cells filled: by kind, its rows (1: the first) and cells by heading."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, lines in rows.items():
        kind = kind_named(name)
        assert kind is not None
        sheet = next(book[title] for title in sheet_names(kind) if title in book.sheetnames)
        heads = {cell.value: cell.column for cell in sheet[HEAD_ROW + 1] if cell.value}
        for at, cells in lines:
            for head, value in cells.items():
                sheet.cell(HEAD_ROW + 1 + at, heads[head]).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
