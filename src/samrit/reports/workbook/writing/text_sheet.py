"""A sheet that is read from top to bottom: titles, texts and small tables, each row as high as its text."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.heights import points_of, row_height
from samrit.reports.workbook.writing.layout import Value
from samrit.reports.workbook.writing.page_breaks import PAGE
from samrit.reports.workbook.writing.styles import SIZE

_LINE = 21.0  # points of an empty row
_FULL = 0.96  # of a page


class TextSheet:
    """Writes rows one below the other; ``row`` is the next one, from 0."""

    def __init__(self, book: Book, worksheet: Worksheet, widths: Sequence[float], *, portrait: bool = False) -> None:
        self.book = book
        self.worksheet = worksheet
        self.widths = tuple(widths)
        self.row = 0
        self._filled = 0.0
        self._portrait = portrait
        book.page(worksheet, f"{book.title} · {worksheet.get_name()}")
        worksheet.fit_to_pages(1, 0)
        if portrait:
            worksheet.set_portrait()
        for column, width in enumerate(self.widths):
            worksheet.set_column(column, column, width)

    def skip(self) -> None:
        """Leave a row empty."""
        self._end_row(_LINE)

    def line(self, text: str, style: Format) -> None:
        """Write a title, which may run over the empty cells beside it."""
        self.worksheet.write_string(self.row, 0, text, style)
        self._end_row(28)

    def text(self, text: str) -> None:
        """Write running text over the whole width."""
        style = self.book.styles.note
        self.worksheet.merge_range(self.row, 0, self.row, len(self.widths) - 1, "", style)
        self.worksheet.write_string(self.row, 0, text, style)
        self._end_row(row_height([(text, sum(self.widths))], SIZE))

    def cells(self, values: Sequence[Value], styles: Format | Sequence[Format]) -> None:
        """Write one row of cells from the first column on."""
        for column, value in enumerate(values):
            style = styles if isinstance(styles, Format) else styles[column]
            self.book.write(self.worksheet, self.row, column, value, style)
        texts = [(v, self.widths[c]) for c, v in enumerate(values) if isinstance(v, str)]
        self._end_row(row_height(texts, SIZE))

    def keep_together(self, height: float) -> None:
        """Begin a new printed page where the next ``height`` points would be cut by its end."""
        width, room = PAGE[::-1] if self._portrait else PAGE
        scale = min(1.0, width / sum(points_of(w) for w in self.widths))
        if self._filled % (room / scale) + height > room / scale * _FULL:
            self.worksheet.set_h_pagebreaks([self.row])

    def _end_row(self, height: float) -> None:
        self.worksheet.set_row(self.row, height)
        self._filled += height
        self.row += 1

    def name(self, name: str, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Give cells a name that formulas on any sheet use."""
        cells = [xl_rowcol_to_cell(*at, row_abs=True, col_abs=True) for at in dict.fromkeys((first, last))]
        self.book.define(name, self.worksheet, ":".join(cells))
