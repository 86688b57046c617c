"""The sheet of the report's words: what the editors wrote, with the figures of the evaluation (R227–R236)."""

from __future__ import annotations

from samrit.engine.model import ReportText
from samrit.reports.document.inline import plain
from samrit.reports.evaluation.red_list import listed_projects
from samrit.reports.evaluation.view import ReportView, view_of
from samrit.reports.evaluation.words.edited import said, tables_of, texts_of, words_of
from samrit.reports.evaluation.words.live_values import rich
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.text_sheet import TextSheet
from samrit.reports.workbook.writing.words import word

_WIDTHS = (26, 34, 40)
_SECTIONS = ("achievement", "red", "problem", "remedy", "closing")
_INDENT = "    "


class TextsSheet:
    """Writes the texts of each section one below the other; a plan without texts gets no such sheet."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def write(self) -> None:
        """Write the whole sheet, where there is anything to write."""
        view = view_of(self.book.result, self.book.language, self.book.template)
        found = [(section, texts) for section in _SECTIONS if (texts := _printed(view, section))]
        if not found:
            return
        name = self.book.sheet_name("texts")
        page = TextSheet(self.book, self.book.workbook.add_worksheet(name), _WIDTHS, portrait=True)
        page.line(word("texts", "title", self.book.language), self.book.styles.title)
        for section, texts in found:
            page.skip()
            page.line(word("texts", section, self.book.language), self.book.styles.subtitle)
            for text in texts:
                self._text(page, view, text)

    def _text(self, page: TextSheet, view: ReportView, text: ReportText) -> None:
        where = text.project or (view.voice.strategy_short(text.strategy) if text.strategy else "")
        words = plain(rich(view, words_of(said(view, text))))
        page.text(
            f"{_INDENT * text.depth}{where}: {words}" if where and not text.depth else _INDENT * text.depth + words
        )
        for table in tables_of(view, said(view, text)):
            for at, row in enumerate((*table.head, *table.rows)):
                cells = [plain(cell.text) for cell in row.cells]
                if len(cells) > len(_WIDTHS):
                    page.text(" | ".join(cells))
                else:
                    page.cells(cells, self.book.styles.boxed("wrap") if at else self.book.styles.head)


def _printed(view: ReportView, section: str) -> list[ReportText]:
    """Return the texts of a section that the report prints: of the works below the line those alone, in their order."""
    texts = texts_of(view, section)
    if section != "red":
        return texts
    places = {result.project.id: at for at, result in enumerate(listed_projects(view))}
    return sorted((text for text in texts if text.project in places), key=lambda text: places[text.project])
