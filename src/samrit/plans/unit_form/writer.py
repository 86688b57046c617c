"""Making a form: an .xlsx that is locked but for the cells to fill, with validation, hints and machine tags."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

import xlsxwriter

from samrit.engine.model import Figure as Value
from samrit.engine.model import Mark
from samrit.plans.fields import text_of
from samrit.plans.reporting.inputs import LONGEST_EVIDENCE
from samrit.plans.unit_form.model import (
    FIGURE_COLUMNS,
    FIGURES,
    FIRST_ROW,
    LEVEL_COLUMNS,
    LEVELS,
    OF_LEVELS,
    TAG,
    TAGS_SHEET,
    WORDS_COLUMNS,
    WORDS_ON_WORKS,
    Columns,
    FormLine,
    LevelLine,
    UnitForm,
    WordsLine,
    heading,
)
from samrit.plans.unit_form.words import word
from samrit.reports.look.fonts import text_width
from samrit.vocabulary.narrative import WORDS
from samrit.vocabulary.periods import format_date

_SOME_DAY = date(2026, 3, 31)
_FONT, _SIZE = "TH SarabunPSK", 14
_LINE, _LETTER = 21, 5.3  # points: a line of that size, and one unit of a column's width


def write_form(form: UnitForm) -> bytes:
    """Return the form as an .xlsx: figures, levels where the unit reports any, and the hidden tags."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = _formats(book)
    sheet = _sheet(book, FIGURES, form, FIGURE_COLUMNS, formats)
    for row, line in enumerate(form.lines, FIRST_ROW):
        _figure_row(sheet, row, line, formats, form.language)
    if form.levels:
        count, name = len({line.indicator for line in form.levels}), word("sheet", LEVELS, form.language)
        link = word("text", "levels_elsewhere", form.language, count=count, sheet=name)
        sheet.write_url(2, 3, f"internal:'{name}'!H{FIRST_ROW + 1}", formats["link"], link)
        sheet = _sheet(book, LEVELS, form, LEVEL_COLUMNS, formats)
        for row, level in enumerate(form.levels, FIRST_ROW):
            _level_row(sheet, row, level, formats, form.language)
    if form.words:
        sheet = _sheet(book, WORDS_ON_WORKS, form, WORDS_COLUMNS, formats)
        for row, words in enumerate(form.words, FIRST_ROW):
            _words_row(sheet, row, words, formats)
    tags = book.add_worksheet(TAGS_SHEET)
    tags.very_hidden()
    for row, (name, value) in enumerate(_tags(form)):
        tags.write_string(row, 0, name)
        tags.write_string(row, 1, str(value))
    book.close()
    return stream.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": _FONT, "font_size": _SIZE, "valign": "top", "text_wrap": True}
    grey = {**base, "border": 1, "bg_color": "#f3f4f6"}
    white = {**base, "border": 1, "locked": False}
    figure = {"align": "right", "num_format": "#,##0.######"}
    return {
        "title": book.add_format({**base, "font_size": 18, "bold": True, "text_wrap": False}),
        "text": book.add_format({**base, "text_wrap": False}),
        "link": book.add_format({**base, "text_wrap": False, "underline": 1, "font_color": "#1d4ed8"}),
        "head": book.add_format({**base, "bold": True, "bg_color": "#dbe5f1", "border": 1}),
        "locked": book.add_format(grey),
        "number": book.add_format({**grey, "align": "center"}),
        "planned": book.add_format({**grey, **figure}),
        "open": book.add_format({**white, **figure}),
        "words": book.add_format(white),
        # Text: of "31/3/69" a spreadsheet would otherwise make the year 1969.
        "day": book.add_format({**white, "num_format": "@"}),
    }


def _sheet(book: Any, name: str, form: UnitForm, columns: Columns, formats: dict[str, Any]) -> Any:
    """Add a protected sheet with the form's head, ready to be printed."""
    sheet, language = book.add_worksheet(word("sheet", name, form.language)), form.language
    sheet.protect("", {"select_locked_cells": True, "format_columns": True, "format_rows": True})
    sheet.write_string(0, 1, word("text", "title", language, month=form.month_text), formats["title"])
    sheet.write_string(1, 1, f"{form.plan_title} · {form.unit_name}", formats["text"])
    sheet.write_string(2, 1, form.due_text, formats["text"])
    sheet.write_string(3, 1, word("fill", name, language, day=_example(language, "short")), formats["text"])
    for column, (key, width, _) in enumerate(columns):
        sheet.set_column(column, column, width, None, {"hidden": column == 0})
        sheet.write_string(FIRST_ROW - 1, column, heading(key, language), formats["head"])
    sheet.set_row(0, 28)
    for row in range(1, FIRST_ROW):
        sheet.set_row(row, _LINE)
    first_input = next(at for at, (_, _, field) in enumerate(columns) if field)
    sheet.freeze_panes(FIRST_ROW, min(first_input, 4))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST_ROW - 1)
    return sheet


def _example(language: str, style: str) -> str:
    """Return a day as people of the plan in hand write it."""
    return format_date(_SOME_DAY, language, style=style)


def _set_height(sheet: Any, row: int, columns: Sequence[tuple[str, int, str]], texts: Sequence[str]) -> None:
    """Make the row as high as its longest text, which not every spreadsheet does by itself; ``texts`` from column 1."""
    widths = [width * _LETTER for _, width, _ in columns[1:]]
    lines = max(ceil(text_width(text, _SIZE) / width) for text, width in zip(texts, widths, strict=True))
    sheet.set_row(row, _LINE * max(lines, 1))


def _figure_row(sheet: Any, row: int, line: FormLine, formats: dict[str, Any], language: str) -> None:
    tag = (line.indicator, str(line.revision), *([OF_LEVELS] if line.has_levels else []))
    sheet.write_string(row, 0, "|".join(tag))
    words = (line.indicator, line.project_title, line.name, line.unit_of_measure)
    _set_height(sheet, row, FIGURE_COLUMNS, (*words, "", "", "", "", line.note, line.explanation))
    for column, text in enumerate(words, 1):
        sheet.write_string(row, column, text, formats["locked"])
    if isinstance(line.planned, str):
        sheet.write_string(row, 5, line.planned, formats["planned"])
    elif line.has_levels and line.planned is Mark.BLANK:
        sheet.write_string(
            row, 5, word("text", "on_sheet", language, sheet=word("sheet", LEVELS, language)), formats["locked"]
        )
    else:
        _figure(sheet, row, 5, line.planned, formats["planned"])
    for column, value in ((6, line.actual), (7, line.numerator), (8, line.denominator)):
        is_open = not line.has_levels and (column > 6) == line.has_parts
        _figure(sheet, row, column, value, formats["open" if is_open else "planned"])
        if is_open:
            sheet.data_validation(row, column, row, column, _figure_rule(row, column, language))
    sheet.write_string(row, 9, line.note, formats["words"])
    if line.has_levels:
        hint = {"input_title": word("text", "not_there", language), "input_message": word("text", "how_far", language)}
        sheet.data_validation(row, 9, row, 9, {"validate": "any", **hint})
    sheet.write_string(row, 10, line.explanation, formats["words"])


def _level_row(sheet: Any, row: int, line: LevelLine, formats: dict[str, Any], language: str) -> None:
    sheet.write_string(row, 0, f"{line.indicator}:{line.number}|{line.revision}")
    words = (line.indicator, line.project_title, line.name)
    _set_height(sheet, row, LEVEL_COLUMNS, (*words, "", line.text, line.due_text, "", line.evidence_text))
    for column, text in enumerate(words, 1):
        sheet.write_string(row, column, text, formats["locked"])
    sheet.write_number(row, 4, line.number, formats["number"])
    sheet.write_string(row, 5, line.text, formats["locked"])
    sheet.write_string(row, 6, line.due_text, formats["locked"])
    day = format_date(line.reached_on, language, style="short") if line.reached_on is not None else ""
    sheet.write_string(row, 7, day, formats["day"])
    sheet.data_validation(row, 7, row, 7, _day_rule(row, language))
    sheet.write_string(row, 8, line.evidence_text, formats["words"])
    sheet.data_validation(row, 8, row, 8, _evidence_rule(language))


def _words_row(sheet: Any, row: int, line: WordsLine, formats: dict[str, Any]) -> None:
    sheet.write_string(row, 0, f"{line.project}|{line.revision}")
    texts = [line.texts[word.name] for word in WORDS]
    _set_height(sheet, row, WORDS_COLUMNS, (line.project, line.title, *texts))
    for column, text in enumerate((line.project, line.title), 1):
        sheet.write_string(row, column, text, formats["locked"])
    for column, text in enumerate(texts, 3):
        sheet.write_string(row, column, text, formats["words"])


def _figure_rule(row: int, column: int, language: str) -> dict[str, Any]:
    cell = f"{chr(ord('A') + column)}{row + 1}"
    return {
        "validate": "custom",
        "value": f'=OR(ISNUMBER({cell}),{cell}="–",{cell}="-")',
        "ignore_blank": True,
        "error_title": word("text", "no_number", language),
        "error_message": word("text", "no_number_help", language),
    }


def _day_rule(row: int, language: str) -> dict[str, Any]:
    """A date as people write it ends with the digits of its year; whether it is one, the merging says."""
    cell = f"H{row + 1}"
    said = {"day": _example(language, "short"), "numeric": _example(language, "numeric")}
    ends_so = f'ISNUMBER(FIND(RIGHT({cell},1),"0123456789๐๑๒๓๔๕๖๗๘๙"))'
    return {
        "validate": "custom",
        "value": f'=OR(ISNUMBER({cell}),{cell}="–",{cell}="-",AND(LEN({cell})>=6,{ends_so}))',
        "ignore_blank": True,
        "input_title": word("heading", "day", language),
        "input_message": word("text", "day_help", language, **said),
        "error_title": word("text", "no_day", language),
        "error_message": word("text", "no_day_help", language, **said),
    }


def _evidence_rule(language: str) -> dict[str, Any]:
    return {
        "validate": "length",
        "criteria": "<=",
        "value": LONGEST_EVIDENCE,
        "input_title": word("heading", "evidence", language),
        "input_message": word("text", "evidence_help", language),
        "error_title": word("text", "too_long", language),
        "error_message": word("text", "too_long_help", language, limit=LONGEST_EVIDENCE),
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
        ("levels", len(form.levels)),
        ("words", len(form.words)),
    )
