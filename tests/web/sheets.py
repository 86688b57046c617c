"""The Excel file of an office as somebody fills it in."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl

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
