"""Reading a filled form: rows by their tags, nothing guessed, every fault a finding."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.utils.datetime import from_excel

from samrit.plans.reporting.inputs import CellInput, LevelInput
from samrit.plans.unit_form.model import (
    FIGURE_COLUMNS,
    FIGURES_SHEET,
    FIRST_ROW,
    LEVEL_COLUMNS,
    LEVELS_SHEET,
    OF_LEVELS,
    TAG,
    TAGS_SHEET,
    FilledForm,
)
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.periods import format_date, parse_date

_MOST_BYTES, _MOST_UNPACKED, _MOST_ROWS = 5 * 1024 * 1024, 60 * 1024 * 1024, 5000


def read_form(content: bytes, name: str) -> FilledForm | tuple[Finding, ...]:
    """Return what a filled form says, or the findings that refuse the file ``name``; never raises on its content."""
    refused = _refusal(content, name)
    if refused:
        return refused
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        tags = {str(r[0]): str(r[1]) for r in book[TAGS_SHEET].iter_rows(max_col=2, max_row=10, values_only=True)}
        figures = _rows(book[FIGURES_SHEET], FIGURE_COLUMNS)
        levels = _rows(book[LEVELS_SHEET], LEVEL_COLUMNS) if LEVELS_SHEET in book.sheetnames else None
    except Exception:  # noqa: BLE001  the reader library has no common error for what a file may hold
        return (_finding("form_unreadable", name),)
    if tags.get("form") != TAG or not _is_number(tags.get("period", "")):
        return (_finding("form_not_ours", name),)
    findings: list[Finding] = []
    if levels is None and tags.get("levels", "0") != "0":
        findings.append(_finding("form_sheet_missing", name, sheet=LEVELS_SHEET))
    return FilledForm(
        tags["plan"],
        tags["unit"],
        int(tags["period"]),
        tuple(_cells(figures, name, findings)),
        tuple(_levels(levels or (), name, findings)),
        tuple(findings),
    )


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


Row = tuple[int, str, Mapping[str, Any]]  # its number, its tag, and what was typed by input


def _rows(sheet: Any, columns: Sequence[tuple[str, int, str]]) -> tuple[Row, ...]:
    """Return the rows of a sheet that carry a tag, up to a sane number."""
    found = []
    for row in sheet.iter_rows(min_row=FIRST_ROW + 1, max_col=len(columns), max_row=_MOST_ROWS):
        tag = str(row[0].value or "")
        if tag:
            typed = {field: _as_typed(row[at].value, field) for at, (_, _, field) in enumerate(columns) if field}
            found.append((row[0].row, tag, typed))
    return tuple(found)


def _cells(rows: Sequence[Row], name: str, findings: list[Finding]) -> Iterator[CellInput]:
    for number, tag, typed in rows:
        indicator, revision, *kind = f"{tag}|".split("|")
        if not _is_number(revision):
            findings.append(_finding("form_row_damaged", name, number, tag=tag[:60]))
            continue
        values = dict(typed)
        if OF_LEVELS in kind:
            # As on the page: a word on how far it is stands for the month, and goes with its word.
            if values["note"] and not values["actual"]:
                values["actual"] = "–"
            elif not values["note"] and values["actual"] == "–":
                values["actual"] = ""
        yield CellInput(indicator, expected_revision=int(revision), **values)


def _levels(rows: Sequence[Row], name: str, findings: list[Finding]) -> Iterator[LevelInput]:
    for row, tag, typed in rows:
        key, _, revision = tag.rpartition("|")
        indicator, _, number = key.rpartition(":")
        if not (_is_number(revision) and _is_number(number)):
            findings.append(_finding("form_row_damaged", name, row, tag=tag[:60]))
            continue
        yield LevelInput(indicator, int(number), expected_revision=int(revision), **typed)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 9


def _as_typed(value: object, field: str) -> str:
    """Return a cell's content as the reporter would have typed it; numbers without binary noise."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)) and field == "day":
        value = _day_of(value)
    if isinstance(value, (int, float)):
        # repr gives the shortest text that is the same number, which is what the sheet shows.
        return f"{Decimal(repr(value)):f}"
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        # Of 31/3/2569 a spreadsheet makes a day in the year 2569 after Christ.
        meant = parse_date(value.isoformat()).day
        return format_date(meant, style="numeric") if meant is not None else value.isoformat()
    return str(value).strip()


def _day_of(serial: float) -> object:
    """Return the day of a date that was pasted without its look: its number in the spreadsheet's calendar."""
    try:
        return from_excel(serial)
    except (ValueError, OverflowError):
        return serial


def _finding(code: str, name: str, line: int | None = None, **params: object) -> Finding:
    return Finding(code, Place(document=name, line=line), params)
