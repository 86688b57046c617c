"""The Excel form of one unit's month: what it looks like, and how a filled one is read.

The form carries machine tags: a hidden sheet names plan, unit, period and version, and a
hidden column of every row the indicator and the revision that the form was made from.  So
a filled form is merged without guessing, and a figure that somebody changed meanwhile is
seen (users-elsewhere: owner-chasing that works by e-mailed Excel).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import openpyxl
import xlsxwriter

from samrit.engine.model import Figure as Value
from samrit.engine.model import Mark
from samrit.plans.fields import text_of
from samrit.plans.services.figures import CellInput
from samrit.vocabulary.findings import Finding, Place

TAG = "samrit-unit-form-1"
_TAGS_SHEET, _SHEET = "_samrit", "รายงาน"
_FIRST_ROW = 5  # of the figures, counted from 0
_MOST_BYTES, _MOST_UNPACKED, _MOST_ROWS = 5 * 1024 * 1024, 60 * 1024 * 1024, 5000

# Heading, width, and whether the reporter types there.
_COLUMNS = (
    ("_tag", 0, False),
    ("รหัส", 11, False),
    ("งาน/โครงการ", 34, False),
    ("ตัวชี้วัด", 44, False),
    ("หน่วยนับ", 12, False),
    ("แผนเดือนนี้", 14, False),
    ("ผลเดือนนี้", 14, True),
    ("ตัวตั้ง", 12, True),
    ("ตัวหาร", 12, True),
    ("หมายเหตุ", 30, True),
    ("คำอธิบายค่าที่ผิดปกติ", 34, True),
)
_TYPED = ("actual", "numerator", "denominator", "note", "explanation")
_FIRST_TYPED = 6


@dataclass(frozen=True, slots=True)
class FormLine:
    """One indicator of the form; ``has_parts`` opens numerator and denominator instead of the figure."""

    indicator: str
    project_title: str
    name: str
    unit_of_measure: str
    planned: Value
    actual: Value = Mark.BLANK
    numerator: Value = Mark.BLANK
    denominator: Value = Mark.BLANK
    note: str = ""
    explanation: str = ""
    revision: int = 0
    has_parts: bool = False


@dataclass(frozen=True, slots=True)
class UnitForm:
    """A unit's month as a form; ``due_text`` and ``month_text`` are words for its head."""

    plan_code: str
    plan_title: str
    unit_code: str
    unit_name: str
    period: int
    month_text: str
    due_text: str
    version: int
    lines: tuple[FormLine, ...]


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A filled form as read: where it belongs, its cells, and what was wrong with the file."""

    plan_code: str
    unit_code: str
    period: int
    cells: tuple[CellInput, ...]
    findings: tuple[Finding, ...] = ()


_NOT_IN_NAMES = frozenset('\\/:*?"<>|. ')


def form_file_name(form: UnitForm) -> str:
    """Return the file's name: plan, unit and month, in letters that every system keeps."""
    unit = "".join(c if c not in _NOT_IN_NAMES and c.isprintable() else "-" for c in form.unit_code)
    return f"{form.plan_code}-{unit}-{form.period:02d}.xlsx"


def write_form(form: UnitForm) -> bytes:
    """Return the form as an .xlsx: locked but for the cells to fill, with validation and machine tags."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = _formats(book)
    sheet = book.add_worksheet(_SHEET)
    sheet.protect("", {"select_locked_cells": True, "format_columns": True, "format_rows": True})
    _head(sheet, form, formats)
    for row, line in enumerate(form.lines, _FIRST_ROW):
        _line(sheet, row, line, formats)
    sheet.freeze_panes(_FIRST_ROW, 4)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST_ROW - 1)
    tags = book.add_worksheet(_TAGS_SHEET)
    tags.very_hidden()
    for row, (name, value) in enumerate(_tags(form)):
        tags.write_string(row, 0, name)
        tags.write_string(row, 1, str(value))
    book.close()
    return stream.getvalue()


def read_form(content: bytes, name: str) -> FilledForm | tuple[Finding, ...]:
    """Return what a filled form says, or the findings that refuse the file ``name``; never raises on its content."""
    refused = _refusal(content, name)
    if refused:
        return refused
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        tags = {str(r[0]): str(r[1]) for r in book[_TAGS_SHEET].iter_rows(max_col=2, max_row=10, values_only=True)}
        rows = list(book[_SHEET].iter_rows(min_row=_FIRST_ROW + 1, max_col=len(_COLUMNS), max_row=_MOST_ROWS))
    except Exception:  # noqa: BLE001  the reader library has no common error for what a file may hold
        return (_finding("form_unreadable", name),)
    if tags.get("form") != TAG or not tags.get("period", "").isdigit():
        return (_finding("form_not_ours", name),)
    findings: list[Finding] = []
    cells = tuple(_cells(rows, name, findings))
    return FilledForm(tags["plan"], tags["unit"], int(tags["period"]), cells, tuple(findings))


def forms_in(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the forms of an upload: the file itself, or every .xlsx of a zip of forms.

    Yields nothing for a zip that unpacks too large; the caller says that no form was found.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)) or _is_workbook(content):
        yield name, content
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [m for m in archive.infolist() if m.filename.lower().endswith(".xlsx") and not m.is_dir()]
        if sum(m.file_size for m in members) > _MOST_UNPACKED:
            return
        for member in members:
            yield member.filename.rsplit("/", 1)[-1], archive.read(member)


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "TH SarabunPSK", "font_size": 14, "valign": "top", "text_wrap": True}
    return {
        "title": book.add_format({**base, "font_size": 18, "bold": True, "text_wrap": False}),
        "text": book.add_format({**base, "text_wrap": False}),
        "head": book.add_format({**base, "bold": True, "bg_color": "#dbe5f1", "border": 1}),
        "locked": book.add_format({**base, "border": 1, "bg_color": "#f3f4f6"}),
        "planned": book.add_format(
            {**base, "border": 1, "bg_color": "#f3f4f6", "align": "right", "num_format": "#,##0.######"}
        ),
        "open": book.add_format({**base, "border": 1, "locked": False, "align": "right", "num_format": "#,##0.######"}),
        "words": book.add_format({**base, "border": 1, "locked": False}),
    }


def _head(sheet: Any, form: UnitForm, formats: dict[str, Any]) -> None:
    sheet.write_string(0, 1, f"รายงานผล {form.month_text}", formats["title"])
    sheet.write_string(1, 1, f"{form.plan_title} · {form.unit_name}", formats["text"])
    sheet.write_string(2, 1, form.due_text, formats["text"])
    sheet.write_string(
        3, 1, "กรอกช่องสีขาวเท่านั้น: ตัวเลข หรือ – เมื่อไม่มีผลที่ต้องรายงาน เว้นว่างไว้หมายถึงยังไม่รายงาน", formats["text"]
    )
    for column, (heading, width, _) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width, None, {"hidden": column == 0})
        sheet.write_string(_FIRST_ROW - 1, column, heading, formats["head"])


def _line(sheet: Any, row: int, line: FormLine, formats: dict[str, Any]) -> None:
    sheet.write_string(row, 0, f"{line.indicator}|{line.revision}")
    for column, text in enumerate((line.indicator, line.project_title, line.name, line.unit_of_measure), 1):
        sheet.write_string(row, column, text, formats["locked"])
    _figure(sheet, row, 5, line.planned, formats["planned"])
    for column, value in ((6, line.actual), (7, line.numerator), (8, line.denominator)):
        is_open = (column > 6) == line.has_parts
        _figure(sheet, row, column, value, formats["open" if is_open else "planned"])
        if is_open:
            sheet.data_validation(row, column, row, column, _rule(row, column))
    sheet.write_string(row, 9, line.note, formats["words"])
    sheet.write_string(row, 10, line.explanation, formats["words"])


def _rule(row: int, column: int) -> dict[str, Any]:
    cell = f"{chr(ord('A') + column)}{row + 1}"
    return {
        "validate": "custom",
        "value": f'=OR(ISNUMBER({cell}),{cell}="–",{cell}="-")',
        "ignore_blank": True,
        "error_title": "ต้องเป็นตัวเลข",
        "error_message": "พิมพ์ตัวเลข หรือ – เมื่อไม่มีผลที่ต้องรายงาน",
    }


def _figure(sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
    """Write a figure: a number where a spreadsheet holds it exactly, else text."""
    if isinstance(value, Decimal) and len(value.as_tuple().digits) <= 15:
        sheet.write_number(row, column, float(value), style)
    elif value is Mark.BLANK:
        sheet.write_blank(row, column, None, style)
    else:
        sheet.write_string(row, column, text_of(value), style)


def _tags(form: UnitForm) -> Sequence[tuple[str, object]]:
    return (
        ("form", TAG),
        ("plan", form.plan_code),
        ("unit", form.unit_code),
        ("period", form.period),
        ("version", form.version),
    )


def _refusal(content: bytes, name: str) -> tuple[Finding, ...]:
    if len(content) > _MOST_BYTES:
        return (_finding("form_too_large", name),)
    if not _is_workbook(content):
        return (_finding("form_unreadable", name),)
    return ()


def _is_workbook(content: bytes) -> bool:
    """Say whether the bytes are an Excel workbook without macros that unpacks to a sane size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    names = {m.filename for m in members}
    sane = len(members) < 200 and sum(m.file_size for m in members) <= _MOST_UNPACKED
    return "xl/workbook.xml" in names and not any("vbaProject" in n for n in names) and sane


def _cells(rows: Sequence[Sequence[Any]], name: str, findings: list[Finding]) -> Iterator[CellInput]:
    for row in rows:
        tag = str(row[0].value or "")
        if not tag:
            continue
        indicator, _, revision = tag.partition("|")
        if not revision.isdigit():
            findings.append(_finding("form_row_damaged", name, row[0].row, tag=tag[:60]))
            continue
        typed = {field: _typed(row[_FIRST_TYPED + at].value) for at, field in enumerate(_TYPED)}
        yield CellInput(indicator, expected_revision=int(revision), **typed)  # type: ignore[arg-type]


def _typed(value: object) -> str:
    """Return a cell's content as the reporter would have typed it; numbers without binary noise."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        # repr gives the shortest text that is the same number, which is what the sheet shows.
        return f"{Decimal(repr(value)):f}"
    return str(value).strip()


def _finding(code: str, name: str, line: int | None = None, **params: object) -> Finding:
    return Finding(code, Place(document=name, line=line), params)
