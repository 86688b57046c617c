"""Conditional formats of the data sheets: bands in colour, decimals as many as it takes, whole totals whole."""

from __future__ import annotations

from samrit.reports.workbook.writing.bands import band_label
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import DataSheet

EXTRA_PLACES = 5


def show_conditions(book: Book, sheet: DataSheet) -> None:
    """Set the conditional formats of a sheet of projects or indicators (BA2, BA3)."""
    _bands(book, sheet)
    _places(book, sheet)
    _whole_totals(book, sheet)


def _bands(book: Book, sheet: DataSheet) -> None:
    for key in ("band", "second_band", "issued_band"):
        if not sheet.has(key):
            continue
        column = sheet.index(key)
        for band in book.result.ruleset.bands:
            text = band_label(band, book.language).replace('"', '""')
            rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": book.styles.when_band(band)}
            sheet.worksheet.conditional_format(1, column, sheet.rows, column, rule)


def _places(book: Book, sheet: DataSheet) -> None:
    """Show more decimals where a rounded figure would contradict its band."""
    first = book.shown_first_places
    for key, helper in (("score" if book.by_points else "percent", "places"), ("second_percent", "second_places")):
        if not sheet.has(key):
            continue
        column = sheet.index(key)
        for places in range(first + 1, first + 1 + EXTRA_PLACES):
            formula = f"={sheet.cell(helper, 0)}={places}"
            rule = {"type": "formula", "criteria": formula, "format": book.styles.when_places(places)}
            sheet.worksheet.conditional_format(1, column, sheet.rows, column, rule)


def _whole_totals(book: Book, sheet: DataSheet) -> None:
    for key in ("plan_total", "actual_total"):
        if not sheet.has(key):
            continue
        column, cell = sheet.index(key), sheet.cell(key, 0)
        formula = f"=AND(ISNUMBER({cell}),N({cell})=INT(N({cell})))"
        rule = {"type": "formula", "criteria": formula, "format": book.styles.when_whole}
        sheet.worksheet.conditional_format(1, column, sheet.rows, column, rule)
