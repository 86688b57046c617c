"""The empty Excel form of a plan: one sheet per table, choices as lists, every column explained (point 7 of intake)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from samrit.intake.forms.columns import FormColumn, FormTable, tables
from samrit.intake.forms.filled import Cell, Row, rows_of_form, typed
from samrit.package import PlanPackage
from samrit.package.whole import write_whole
from samrit.vocabulary.periods import CALENDARS, month_name
from samrit.vocabulary.speech import PLAIN, LevelName, speaking, speech
from samrit.vocabulary.terms import groups, label

ROWS = 500  # that get lists of choices
FONT = "TH Sarabun New"
_WIDTHS = {"text": 28, "money": 16, "number": 12, "year": 12, "list": 20, "period": 10, "yes": 8}
_WIDE = {"title", "name", "goal", "definition", "method", "steps"}
_CHOICES = 3  # the notes' first column of what there is to choose from
_NOTES = {"th": "คำอธิบาย", "en": "Notes"}
_SIDES = {"th": ("แผน", "ผล"), "en": ("Planned", "Actual")}


@dataclass(frozen=True, slots=True)
class _Styles:
    heading: Format
    required: Format
    text: Format
    number: Format
    title: Format


def write_filled(path: Path, package: PlanPackage, *, language: str = "th") -> None:
    """Write a plan as its form to ``path``, as a person would have filled it in; see ``filled`` for what is left out.

    Raises OSError where the file cannot be written.
    """
    # Headings are read again by the product's own words for strategy, tactic and work; the plan's are on its sheet.
    own = package.plan.speech
    plain = replace(own, strategy=LevelName(), tactic=LevelName(), project=LevelName(), planner=LevelName())
    with speaking(plain):
        rows = rows_of_form(package, language)
        write_template(path, language=language, calendar=package.plan.calendar, rows=rows)


def write_template(
    path: Path,
    *,
    language: str = "th",
    calendar: str = "calendar",
    rows: Mapping[str, Sequence[Row]] | None = None,
) -> None:
    """Write the form to ``path`` (.xlsx), empty or with the ``rows`` of each table.

    ``calendar`` orders the months: the key of ``CALENDARS`` whose month the plan year starts in.
    The form asks in the words of the plan in hand (``speech()``), and for funds only where it has them.
    Raises OSError where the file cannot be written.
    """
    stream = BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})
    styles = _styles(workbook)
    written = [t for t in tables().values() if not t.only_read and (t.code != "funds" or speech().has_funds)]
    asked = [(table, _asked(table, (rows or {}).get(table.code, ()))) for table in written]
    lines = _lines(asked, language)
    for table, columns in asked:
        sheet = workbook.add_worksheet(table.sheet_en if language == "en" else table.sheet_th)
        held = (rows or {}).get(table.code, ())
        if table.pairs:
            _pairs(sheet, table, columns, styles, language, calendar)
            _fill_pairs(sheet, columns, held)
        else:
            _sheet(sheet, table, columns, styles, language, calendar)
            _fill(sheet, columns, held)
        _offer(sheet, table, lines, language)
    _notes(workbook.add_worksheet(_NOTES[language]), lines, styles, language)
    workbook.close()
    write_whole(path, stream.getvalue())


def _styles(workbook: Workbook) -> _Styles:
    base = {"font_name": FONT, "font_size": 14, "valign": "top"}
    heading = base | {"bold": True, "text_wrap": True, "border": 1, "bg_color": "#E8EEF7"}
    return _Styles(
        heading=workbook.add_format(heading),
        required=workbook.add_format(heading | {"bg_color": "#FFF2CC"}),
        text=workbook.add_format(base | {"text_wrap": True}),
        number=workbook.add_format(base),
        title=workbook.add_format(base | {"bold": True, "font_size": 18}),
    )


def _asked(table: FormTable, rows: Sequence[Row] = ()) -> list[FormColumn]:
    """Return the columns that are asked for, and those only kept that one of ``rows`` says something in."""
    said = {code for row in rows for code, value in row.items() if value not in (None, "")}
    return [c for c in table.columns if (not c.kept or c.code in said) and (c.code != "fund" or speech().has_funds)]


def _fill_pairs(sheet: Worksheet, columns: Sequence[FormColumn], rows: Sequence[Row]) -> None:
    for row in rows:
        for at, column in enumerate(columns):
            _write(sheet, (at, 1), row.get(column.code))


def _fill(sheet: Worksheet, columns: Sequence[FormColumn], rows: Sequence[Row]) -> None:
    """Write the rows below the headings; months are behind the columns, planned before reported."""
    for line, row in enumerate(rows, 1):
        for at, column in enumerate(columns):
            _write(sheet, (line, at), row.get(column.code))
        for code, value in row.items():
            if isinstance(code, tuple):
                side, period = code
                _write(sheet, (line, len(columns) + (12 if side == "actual" else 0) + period - 1), value)


def _write(sheet: Worksheet, place: tuple[int, int], value: Cell) -> None:
    written = typed(value)
    if isinstance(written, str):
        if written:
            sheet.write_string(*place, written)
    else:
        sheet.write_number(*place, written)


def _must(table: FormTable, column: FormColumn) -> bool:
    return column.code in table.required and not column.made


def _pairs(  # noqa: PLR0917
    sheet: Worksheet, table: FormTable, columns: Sequence[FormColumn], styles: _Styles, language: str, calendar: str
) -> None:
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 70)
    for at, column in enumerate(columns):
        style = styles.required if _must(table, column) else styles.heading
        sheet.write_string(at, 0, column.heading(language), style)
        if value := _known(column.code, language, calendar):
            sheet.write_string(at, 1, value, styles.text)


def _known(code: str, language: str, calendar: str) -> str:
    """Return what is known of a plan before its form is filled in, "" for what is not."""
    words = speech()
    return {
        "calendar": label(calendar, language, "calendar"),
        "era": "" if words.era == PLAIN.era else label(words.era, language, "era"),
        "currency": "" if words.money == PLAIN.money else words.money.code,
        "holiday_country": "" if words.country == PLAIN.country else words.country,
    }.get(code, "")


def _sheet(  # noqa: PLR0917
    sheet: Worksheet, table: FormTable, columns: Sequence[FormColumn], styles: _Styles, language: str, calendar: str
) -> None:
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 42)
    for at, column in enumerate(columns):
        width = 48 if column.code in _WIDE else _WIDTHS.get(column.type.partition(":")[0], 18)
        sheet.set_column(at, at, width, styles.text)
        style = styles.required if _must(table, column) else styles.heading
        sheet.write_string(0, at, column.heading(language), style)
        if explained := column.explained(language):
            sheet.write_comment(0, at, explained)
    if table.code == "indicators":
        _months(sheet, len(columns), styles, language, calendar)


def _months(sheet: Worksheet, first: int, styles: _Styles, language: str, calendar: str) -> None:
    """Write the headings of twelve planned and twelve reported months."""
    order = [(CALENDARS[calendar] - 1 + at) % 12 + 1 for at in range(12)]
    at = first
    for side in _SIDES[language]:
        for month in order:
            sheet.write_string(0, at, f"{side} {month_name(month, language, short=True)}", styles.heading)
            at += 1
    sheet.set_column(first, at - 1, 9, styles.number)


@dataclass(frozen=True, slots=True)
class _Line:
    """A column as the sheet of notes explains it: where it is in its table, and in the notes, and its choices."""

    table: FormTable
    column: FormColumn
    at: int
    note: int
    choices: tuple[str, ...]


def _lines(asked: Sequence[tuple[FormTable, Sequence[FormColumn]]], language: str) -> list[_Line]:
    first = len(_INTRODUCTION[language]) + 3
    every = [(table, column, at) for table, columns in asked for at, column in enumerate(columns)]
    return [_Line(*one, note, _choices(one[1], language)) for note, one in enumerate(every, first)]


def _choices(column: FormColumn, language: str) -> tuple[str, ...]:
    """Return the words that a column may hold; none for one that holds any text."""
    kind, _, group = column.type.partition(":")
    return tuple(label(code, language, group) for code in groups()[group].terms) if kind == "choice" else ()


def _offer(sheet: Worksheet, table: FormTable, lines: Sequence[_Line], language: str) -> None:
    """Offer the choices of a sheet's columns as lists, from the notes: each in a cell of its own may hold commas."""
    notes = _NOTES[language]
    for line in (line for line in lines if line.table is table and line.choices):
        source = f"='{notes}'!{xl_range_abs(line.note, _CHOICES, line.note, _CHOICES + len(line.choices) - 1)}"
        area = (line.at, 1, line.at, 1) if table.pairs else (1, line.at, ROWS, line.at)
        sheet.data_validation(*area, {"validate": "list", "source": source, "error_type": "warning"})


def _notes(sheet: Worksheet, lines: Sequence[_Line], styles: _Styles, language: str) -> None:
    """Explain every sheet and column, with what there is to choose from."""
    english = language == "en"
    sheet.set_column(0, 0, 24, styles.text)
    sheet.set_column(1, 1, 34, styles.text)
    sheet.set_column(2, 2, 80, styles.text)
    sheet.set_column(_CHOICES, _CHOICES + max((len(line.choices) for line in lines), default=1) - 1, 24, styles.text)
    title = "How to fill in this form" if english else "วิธีกรอกแบบฟอร์มแผน"
    sheet.write_string(0, 0, title, styles.title)
    for at, sentence in enumerate(_INTRODUCTION[language], 1):
        sheet.write_string(at, 0, sentence, styles.number)
    for line in lines:
        table, column = line.table, line.column
        sheet.write_string(line.note, 0, table.sheet_en if english else table.sheet_th, styles.text)
        sheet.write_string(line.note, 1, column.heading(language), styles.text)
        explained = column.explained(language) or (table.help_en if english else table.help_th)
        sheet.write_string(line.note, 2, explained, styles.text)
        for at, word in enumerate(line.choices, _CHOICES):
            sheet.write_string(line.note, at, word, styles.text)


_INTRODUCTION = {
    "th": (
        "1. กรอกแผ่น “แผน” ก่อน แล้วจึงกรอกแผ่นอื่น ช่องหัวตารางสีเหลืองต้องกรอก",
        "2. ห้ามเปลี่ยนชื่อหัวคอลัมน์ สลับลำดับคอลัมน์ได้ และลบคอลัมน์ที่ไม่ใช้ได้",
        "3. แผนและผลรายเดือน: “–” คือไม่มีแผนหรือไม่ถึงกำหนด ช่องว่างคือยังไม่รายงาน และ 0 คือผลเป็นศูนย์",
        "4. เมื่อกรอกครบแล้ว โปรดส่งไฟล์ให้ผู้ดูแลระบบนำเข้า (samrit import ชื่อไฟล์)",
    ),
    "en": (
        "1. Fill in the sheet “Plan” first, then the others. Yellow headings must be filled in.",
        "2. Do not rename headings. Columns may change places, and unused ones may be deleted.",
        "3. Months: “–” is nothing planned or due, blank is not reported, 0 is zero.",
        "4. When done, run samrit import with the name of the file.",
    ),
}
