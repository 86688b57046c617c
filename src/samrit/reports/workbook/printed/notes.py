"""The sheet of notes: how to use the workbook, what is live and what is not, what each heading means."""

from __future__ import annotations

from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.text_sheet import TextSheet
from samrit.reports.workbook.writing.words import word

_NOTES = ("use", "colours", "live", "fixed", "sort", "add", "folded", "guard", "blank", "shown", "exact")
_WIDTHS = (26, 34, 40)


class NotesSheet:
    """Writes the notes, then the dictionary of headings."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.page = TextSheet(book, book.workbook.add_worksheet(book.sheet_name("notes")), _WIDTHS, portrait=True)

    def write(self) -> None:
        """Write the whole sheet."""
        self.page.line(self._say("title"), self.book.styles.title)
        for number, code in enumerate(_NOTES, 1):
            large = "_large" if self.book.is_large and code in ("sort", "add") else ""
            self.page.text(f"{number}. {self._say(code + large)}")
        self._dictionary()

    def _dictionary(self) -> None:
        """Write sheet, heading and code of every column, for whoever reads the workbook by program."""
        styles = self.book.styles
        self.page.skip()
        self.page.line(self._say("dictionary"), styles.subtitle)
        self.page.cells([self._say(code) for code in ("sheet", "heading", "code")], styles.head)
        for sheet in self.book.sheets.values():
            for column in sheet.columns:
                month = column.key.rpartition("_")[2]
                if month.isdigit() and month != "1":
                    continue  # one month stands for all twelve
                cells = (sheet.worksheet.get_name(), column.heading, f"{sheet.prefix}_{column.key}")
                self.page.cells(cells, styles.boxed("wrap"))

    def _say(self, code: str) -> str:
        return word("notes", code, self.book.language)
