"""A sheet that is read from top to bottom: titles, texts and small tables, each row as high as its text."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from samrit.reports.workbook.book import Book
from samrit.reports.workbook.heights import row_height
from samrit.reports.workbook.layout import Value
from samrit.reports.workbook.styles import SIZE


class Page:
    """Writes rows one below the other; ``row`` is the next one, from 0."""

    def __init__(self, book: Book, worksheet: Worksheet, widths: Sequence[float], *, portrait: bool = False) -> None:
        self.book = book
        self.worksheet = worksheet
        self.widths = tuple(widths)
        self.row = 0
        book.page(worksheet, f"{book.result.plan.title} · {worksheet.get_name()}")
        worksheet.fit_to_pages(1, 0)
        if portrait:
            worksheet.set_portrait()
        for column, width in enumerate(self.widths):
            worksheet.set_column(column, column, width)

    def skip(self) -> None:
        """Leave a row empty."""
        self.row += 1

    def line(self, text: str, style: Format) -> None:
        """Write a title, which may run over the empty cells beside it."""
        self.worksheet.write_string(self.row, 0, text, style)
        self.worksheet.set_row(self.row, 28)
        self.row += 1

    def text(self, text: str) -> None:
        """Write running text over the whole width."""
        style = self.book.styles.note
        self.worksheet.merge_range(self.row, 0, self.row, len(self.widths) - 1, "", style)
        self.worksheet.write_string(self.row, 0, text, style)
        self.worksheet.set_row(self.row, row_height([(text, sum(self.widths))], SIZE))
        self.row += 1

    def cells(self, values: Sequence[Value], styles: Format | Sequence[Format]) -> None:
        """Write one row of cells from the first column on."""
        for column, value in enumerate(values):
            style = styles if isinstance(styles, Format) else styles[column]
            self.book.write(self.worksheet, self.row, column, value, style)
        texts = [(v, self.widths[c]) for c, v in enumerate(values) if isinstance(v, str)]
        self.worksheet.set_row(self.row, row_height(texts, SIZE))
        self.row += 1

    def name(self, name: str, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Give cells a name that formulas on any sheet use."""
        cells = [xl_rowcol_to_cell(*at, row_abs=True, col_abs=True) for at in dict.fromkeys((first, last))]
        self.book.define(name, self.worksheet, ":".join(cells))
