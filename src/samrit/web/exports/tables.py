"""Tables as they go out: one heading row, as CSV for any program and as a workbook (R323).

Text that a spreadsheet would run as a formula is made harmless in CSV and is a plain
string in a workbook; figures are figures in both.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from django.http import HttpResponse
from xlsxwriter import Workbook

from samrit.plans.errors import NotVisible
from samrit.reports.workbook.writing.safety import cell_text, neutral

Value = str | int | Decimal | None
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WIDTHS = {"text": 18, "long": 60, "number": 12, "money": 18}
_NUMBERS = {"number": "#,##0.##########", "money": "#,##0.00"}
_MOST_SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: its heading and its kind, "text", "long", "number" or "money"."""

    title: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class OutTable:
    """A table that goes out; ``name`` becomes the file's and the sheet's name."""

    name: str
    columns: Sequence[ExportColumn]
    rows: Sequence[Sequence[Value]]


def written(table: OutTable, form: str) -> bytes:
    """Return the table as "csv" or "xlsx"; raises KeyError for another form."""
    return {"csv": _csv, "xlsx": _xlsx}[form](table)


def sent(table: OutTable, form: str) -> HttpResponse:
    """Return the table as a download; raises NotVisible for a form that there is none of."""
    if form not in FORMATS:
        raise NotVisible(form)
    response = HttpResponse(written(table, form), content_type=FORMATS[form])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{table.name}.{form}')}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _csv(table: OutTable) -> bytes:
    """Return UTF-8 with a byte order mark: without it a spreadsheet reads Thai as gibberish."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([neutral(column.title) for column in table.columns])
    writer.writerows([[_plain(value) for value in row] for row in table.rows])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if isinstance(value, int) else neutral(cell_text(value))


def _xlsx(table: OutTable) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        base = {"font_name": "Sarabun", "font_size": 11, "valign": "top"}
        head = book.add_format({**base, "bold": True, "bg_color": "#dbe5ef", "text_wrap": True, "bottom": 1})
        kinds = {
            kind: book.add_format(
                {**base, **({"num_format": _NUMBERS[kind]} if kind in _NUMBERS else {"text_wrap": True})}
            )
            for kind in _WIDTHS
        }
        sheet = book.add_worksheet(_sheet_name(table.name))
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, _WIDTHS[column.kind])
            sheet.write_string(0, at, cell_text(column.title), head)
        for line, row in enumerate(table.rows, 1):
            for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                if isinstance(value, str):
                    sheet.write_string(line, at, cell_text(value), kinds[column.kind])
                elif value is not None:
                    sheet.write_number(line, at, float(value), kinds[column.kind])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    return out.getvalue()


def _sheet_name(name: str) -> str:
    return "".join(c for c in name if c not in "[]:*?/\\'")[:_MOST_SHEET_NAME] or "data"
