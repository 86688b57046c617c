"""Making the form of the year's records: a sheet for each kind, with what stands, and lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from samrit.package.schema import Type
from samrit.plans.unit_form.model import TAGS_SHEET
from samrit.plans.unit_form.words import word
from samrit.plans.unit_form.year_model import (
    BLANK_ROWS,
    DAY,
    HEAD_ROW,
    LISTS_SHEET,
    REASON,
    TAG,
    WORK,
    YearForm,
    YearSheet,
    headings,
    sheet_names,
)

_FONT = {"font_name": "TH SarabunPSK", "font_size": 14, "valign": "top"}
_WIDE, _NARROW = 34, 18


def write_year_form(form: YearForm) -> bytes:
    """Return the form as an .xlsx: hidden tags name each record and its revision; no cell can run anything."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = {
        "title": book.add_format({**_FONT, "font_size": 18, "bold": True}),
        "text": book.add_format(_FONT),
        "head": book.add_format({**_FONT, "bold": True, "bg_color": "#dbe5f1", "border": 1, "text_wrap": True}),
        "known": book.add_format({**_FONT, "bg_color": "#f3f4f6", "border": 1, "num_format": "@"}),
        # Text: of "31/3/69" a spreadsheet would otherwise make the year 1969.
        "open": book.add_format({**_FONT, "border": 1, "text_wrap": True, "num_format": "@"}),
        "number": book.add_format({**_FONT, "border": 1, "num_format": "#,##0.00########"}),
    }
    lists = _Lists(book)
    for sheet in form.sheets:
        _sheet(book, form, sheet, lists, formats)
    lists.write([code for code, _ in form.works])
    tags = book.add_worksheet(TAGS_SHEET)
    tags.very_hidden()
    for row, (name, value) in enumerate((("form", TAG), ("plan", form.plan_code))):
        tags.write_string(row, 0, name)
        tags.write_string(row, 1, value)
    book.close()
    return stream.getvalue()


class _Lists:
    """The words to choose from, a column a list on a hidden sheet; the works are the first."""

    def __init__(self, book: Any) -> None:
        self._book, self._lists = book, [[""]]

    def range(self, words: Sequence[str]) -> str:
        """Return where a list will be."""
        own = list(words)
        if own not in self._lists:
            self._lists.append(own)
        return self._range(self._lists.index(own), len(own))

    def works(self, count: int) -> str:
        """Return where the works will be."""
        return self._range(0, count)

    def write(self, works: Sequence[str]) -> None:
        """Write the sheet, which comes after those that lead to it."""
        sheet = self._book.add_worksheet(LISTS_SHEET)
        sheet.hide()
        for column, words in enumerate([list(works), *self._lists[1:]]):
            for row, text in enumerate(words):
                sheet.write_string(row, column, text)

    @staticmethod
    def _range(column: int, count: int) -> str:
        name = xlsxwriter.utility.xl_col_to_name(column, col_abs=True)
        return f"='{LISTS_SHEET}'!{name}$1:{name}${max(count, 1)}"


def _sheet(book: Any, form: YearForm, own: YearSheet, lists: _Lists, formats: dict[str, Any]) -> None:
    """Add the sheet of a kind: heading, records as they are, blank rows with lists to choose from."""
    is_english = form.language == "en"
    sheet = book.add_worksheet(sheet_names(own.kind)[is_english])
    columns = headings(own.kind)
    sheet.write_string(0, 1, f"{own.kind.title(form.language)} · {form.title}", formats["title"])
    sheet.write_string(1, 1, word("year", "fill", form.language), formats["text"])
    sheet.set_column(0, 0, 0, None, {"hidden": True})
    sheet.set_row(0, 28)
    last = HEAD_ROW + len(own.records) + BLANK_ROWS
    for at, (name, titles) in enumerate(columns.items(), 1):
        wide = name == REASON or name in own.kind.long
        sheet.set_column(at, at, _WIDE if wide else _NARROW)
        sheet.write_string(HEAD_ROW, at, titles[is_english], formats["head"])
        words = lists.works(len(form.works)) if name == WORK else ""
        if name in own.choices:
            words = lists.range(own.choices[name])
        if words:
            sheet.data_validation(HEAD_ROW + 1, at, last, at, {"validate": "list", "source": words})
    title = at + 1
    sheet.set_column(title, title, _WIDE)
    sheet.write_string(HEAD_ROW, title, word("year", "work", form.language), formats["head"])
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    for row in range(HEAD_ROW + 1, last + 1):
        place = row - HEAD_ROW - 1
        _row(sheet, row, own, place, formats)


def _row(sheet: Any, row: int, own: YearSheet, place: int, formats: dict[str, Any]) -> None:
    """Write one record, or a blank row where there are no more."""
    known = own.records[place] if place < len(own.records) else None
    numbers = {f.name for f in own.kind.fields if f.kind is Type.NUMBER}
    if known is not None:
        sheet.write_string(row, 0, f"{known.revision}|{known.project}|{known.record}")
        sheet.write_string(row, len(headings(own.kind)) + 1, known.title, formats["known"])
    fixed = {WORK, *own.kind.key} if known is not None else set()
    for at, name in enumerate((WORK, DAY, *(f.name for f in own.kind.fields), REASON), 1):
        text = "" if known is None else known.project if name == WORK else known.texts.get(name, "")
        style = formats["known" if name in fixed else "number" if name in numbers else "open"]
        if not text:
            sheet.write_blank(row, at, None, style)
        elif name in numbers and len(text.replace("-", "").replace(".", "")) <= 15:
            sheet.write_number(row, at, float(text), style)
        else:
            sheet.write_string(row, at, text, style)
