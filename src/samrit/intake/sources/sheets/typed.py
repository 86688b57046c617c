"""Cells of named sheets as somebody typed them, hidden sheets included: what our own forms are read by.

Unlike ``xlsx``, which gives what a sheet shows, this gives what its cells hold: a number is
the number, however it is formatted, a day is a day, and a percent is the text that shows it: "95%".
A formula without its result, as programs write that compute nothing, is its own text: whoever asks for a figure says
that it is none, where an empty cell would be taken for one that nobody filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from samrit.intake.sources.archive import Archive
from samrit.intake.sources.job import Job
from samrit.intake.sources.sheets.cells import SheetCells
from samrit.intake.sources.sheets.number_formats import section_for
from samrit.intake.sources.sheets.shown_values import shown, stored_number
from samrit.intake.sources.sheets.workbook import Workbook, read_workbook
from samrit.intake.sources.sheets.xlsx import SheetReader, refuse_flood
from samrit.intake.sources.xml_events import parse

NUMBER, DAY, TEXT = "number", "day", "text"
EVERY = "*"  # in place of the names of sheets: whatever they are called; no sheet may bear this name
_ISO = "yyyy-mm-dd"
_LONGEST_FORMULA = 60
_AS_TYPED = 15  # decimals of a number written out; a spreadsheet holds no more


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A filled cell: row and column from 1; ``text`` is a plain number for "number", an ISO day for "day"."""

    row: int
    column: int
    kind: str
    text: str


Extent = tuple[int, int]  # the last row and the last column that are read


def read_typed(archive: Archive, job: Job, wanted: Mapping[str, Extent]) -> dict[str, list[TypedCell]]:
    """Return the filled cells of the ``wanted`` sheets that are there (:data:`EVERY`: of all), each up to its end."""
    book = read_workbook(archive, job)
    sheets = [sheet for sheet in book.sheets if sheet.name in wanted or EVERY in wanted]
    refuse_flood(archive, sheets)
    found = {}
    for sheet in sheets:
        extent = wanted[sheet.name if sheet.name in wanted else EVERY]
        handler = _TypedSheet(SheetCells(job, sheet.name), book, extent)
        parse(archive.chunks(sheet.part), handler, job)
        found[sheet.name] = handler.typed
    return found


class _TypedSheet(SheetReader):
    """Takes the events of a sheet's part and keeps what its cells hold."""

    def __init__(self, cells: SheetCells, book: Workbook, extent: Extent) -> None:
        super().__init__(cells, book)
        self.typed: list[TypedCell] = []
        self._extent = extent

    def keep(self, row: int, column: int, raw: str) -> None:
        """Keep a cell within the extent; what lies beyond is not looked at."""
        if row > self._extent[0] or column > self._extent[1]:
            return
        self._take(row, column, *self._held(raw))

    def keep_uncomputed(self, row: int, column: int, formula: str) -> None:
        """Keep the formula itself."""
        if row <= self._extent[0] and column <= self._extent[1]:
            self._take(row, column, TEXT, formula[:_LONGEST_FORMULA])

    def _take(self, row: int, column: int, kind: str, text: str) -> None:
        if text:
            self.cells.job.cell(text)
            self.typed.append(TypedCell(row, column, kind, text))

    def _held(self, raw: str) -> tuple[str, str]:
        number = stored_number(raw) if self.kind == "n" else None
        if number is not None:
            return self._number(number)
        if self.kind == "d":
            return DAY, raw.strip()[:10]
        return TEXT, self.text_of(raw).strip()

    def _number(self, number: Decimal) -> tuple[str, str]:
        if section_for(self.book.format_of(self.style), number)[0].is_date:
            day = shown(number, _ISO, since_1904=self.book.since_1904)
            if day.count("-") == 2 and not day.startswith("-"):
                return DAY, day
        if section_for(self.book.format_of(self.style), number)[0].is_percent and abs(number.adjusted()) <= _AS_TYPED:
            return TEXT, f"{(number * 100).normalize():f}%"
        # Written out where that is how people write numbers; 1E+300 stays as it is.
        return NUMBER, f"{number:f}" if abs(number.adjusted()) <= _AS_TYPED else f"{number:E}"
