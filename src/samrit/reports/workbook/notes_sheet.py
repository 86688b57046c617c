"""The sheet of notes: how to use the workbook, what is live and what is not, what each heading means."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from samrit.reports.workbook.book import Book
from samrit.reports.workbook.words import word

_NOTES = ("use", "colours", "live", "fixed", "sort", "add", "folded", "guard", "blank", "shown", "exact")
_LETTERS_IN_LINE = 120
_LINE = 22


class NotesSheet:
    """Writes the notes, then the dictionary of headings."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.worksheet: Worksheet = book.workbook.add_worksheet(book.sheet_name("notes"))

    def write(self) -> None:
        """Write the whole sheet."""
        book, ws = self.book, self.worksheet
        book.page(ws, f"{book.result.plan.title} · {ws.get_name()}")
        ws.set_portrait()
        ws.fit_to_pages(1, 0)
        ws.set_column(0, 0, 26)
        ws.set_column(1, 1, 34)
        ws.set_column(2, 2, 50)
        ws.write_string(0, 0, self._say("title"), book.styles.title)
        for row, code in enumerate(_NOTES, 1):
            text = f"{row}. {self._say(code)}"
            ws.merge_range(row, 0, row, 2, "", book.styles.note)
            ws.write_string(row, 0, text, book.styles.note)
            ws.set_row(row, _LINE * (1 + len(text) // _LETTERS_IN_LINE))
        self._dictionary(len(_NOTES) + 2)

    def _dictionary(self, row: int) -> None:
        """Write sheet, heading and code of every column, for whoever reads the workbook by program."""
        styles, ws = self.book.styles, self.worksheet
        ws.write_string(row, 0, self._say("dictionary"), styles.subtitle)
        for column, code in enumerate(("sheet", "heading", "code")):
            ws.write_string(row + 1, column, self._say(code), styles.head)
        row += 2
        for sheet in self.book.sheets.values():
            for column in sheet.columns:
                if column.key[-1].isdigit() and not column.key.endswith("_1"):
                    continue  # one month stands for all twelve
                for at, text in enumerate((sheet.worksheet.get_name(), column.heading, f"{sheet.prefix}_{column.key}")):
                    ws.write_string(row, at, text.replace("\n", " "), styles.boxed("wrap"))
                row += 1

    def _say(self, code: str) -> str:
        return word("notes", code, self.book.language)
