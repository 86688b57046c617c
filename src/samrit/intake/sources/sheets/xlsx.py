"""Excel files (.xlsx): every sheet's tables with values as shown, merged cells, and what is hidden said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from samrit.intake.grid import Grid
from samrit.intake.sources import limits
from samrit.intake.sources.archive import Archive
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import refuse
from samrit.intake.sources.sheets.cells import SheetCells
from samrit.intake.sources.sheets.hidden import note_hidden
from samrit.intake.sources.sheets.shown_values import meant, shown, stored_number
from samrit.intake.sources.sheets.tables import tables
from samrit.intake.sources.sheets.workbook import SheetPart, Workbook, read_workbook, unescaped
from samrit.intake.sources.xml_events import Attributes, parse

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_LONGEST_TEXT = 32_767  # of one cell, Excel's own limit
_LARGE_SHEET = 16 * limits.MEGABYTE
_FAR_TOO_MANY = 1.1
_YES = frozenset({"1", "true", "on"})


def read_xlsx(archive: Archive, job: Job) -> list[Grid]:
    """Return the tables of all visible sheets in their order."""
    book = read_workbook(archive, job)
    if not book.sheets:
        job.note("intake_no_sheets")
    if any(name.startswith("xl/externalLinks/") for name in archive.names()):
        job.note("intake_external_links")
    refuse_flood(archive, [sheet for sheet in book.sheets if not sheet.hidden])
    grids: list[Grid] = []
    formulas: list[tuple[str, int, int]] = []
    for done, sheet in enumerate(book.sheets):
        job.told(done, len(book.sheets))
        if sheet.hidden:
            job.note("intake_hidden_sheet", column=sheet.name)
        else:
            handler = SheetReader(SheetCells(job, sheet.name), book)
            parse(archive.chunks(sheet.part), handler, job)
            note_hidden(job, handler.cells, handler.hidden_rows, handler.hidden_columns)
            grids.extend(tables(handler.cells))
            formulas.append((sheet.name, handler.with_value, handler.without_value))
    _note_formulas(formulas, job)
    job.told(len(book.sheets), len(book.sheets))
    return grids


def refuse_flood(archive: Archive, sheets: Sequence[SheetPart]) -> None:
    """Refuse sheets of far too many cells at a glance; to count them as they are read takes ten times longer."""
    large = [sheet.part for sheet in sheets if archive.size(sheet.part) > _LARGE_SHEET]
    if sum(archive.count(part, (b"<v>", b"<t>")) for part in large) > limits.MOST_CELLS * _FAR_TOO_MANY:
        refuse("intake_too_many_cells", limit=limits.MOST_CELLS)


def _note_formulas(sheets: Sequence[tuple[str, int, int]], job: Job) -> None:
    """Note formulas without result, unless others have one: then they are the formulas whose result is empty."""
    if any(with_value for _, with_value, _ in sheets):
        return
    for name, _, without_value in sheets:
        if without_value:
            job.note("intake_formula_without_value", column=name, count=without_value)


@lru_cache(maxsize=65536)
def _place(address: str) -> tuple[int, int] | None:
    """Return row and column of "C7", or None for what is no address."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


@lru_cache(maxsize=65536)  # the same few figures fill most sheets
def _number(raw: str, code: str, computed: bool, since_1904: bool) -> str:
    number = stored_number(raw)
    return raw if number is None else meant(number, shown(number, code, computed=computed, since_1904=since_1904))


class SheetReader:
    """Takes the events of a sheet's part and fills in its cells."""

    def __init__(self, cells: SheetCells, book: Workbook) -> None:
        self.cells = cells
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.with_value = 0
        self.without_value = 0
        self.book = book
        self._row = 0
        self._column = 0
        self.kind = "n"
        self.style: str | None = None
        self._computed = False
        self._collecting = False
        self._aside = False
        self._pieces: list[str] = []
        self._in_formula = False
        self._formula: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the begin of an element."""
        match name:
            case "x:c":
                self._cell(attributes)
            case "x:v" | "x:t":
                self._collecting = not self._aside
            case "x:f":
                self._computed = self._in_formula = True
            case "x:row":
                self._begin_row(attributes)
            case "x:rPh":
                self._aside = True
            case "x:mergeCell":
                self._merge(attributes.get("ref", ""))
            case "x:col":
                self._hide_columns(attributes)
            case _:
                return

    def end(self, name: str) -> None:
        """Take the end of an element."""
        match name:
            case "x:v" | "x:t":
                self._collecting = False
            case "x:f":
                self._in_formula = False
            case "x:rPh":
                self._aside = False
            case "x:c":
                if self._pieces or self._computed:
                    self._close_cell()
            case _:
                return

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if self._collecting:
            self._pieces.append(text)
        elif self._in_formula:
            self._formula.append(text)

    def _begin_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
        self._column = 0
        if attributes.get("hidden") in _YES:
            self.hidden_rows.add(self._row)

    def _cell(self, attributes: Attributes) -> None:
        place = _place(attributes.get("r", ""))
        if place is None:
            self._column += 1
        else:
            self._row, self._column = place
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s")
        self._computed = False
        self._pieces, self._formula = [], []

    def _close_cell(self) -> None:
        raw = "".join(self._pieces)
        if not raw and self._computed and self.kind != "str":
            self.without_value += 1
            self.keep_uncomputed(self._row, self._column, f"={''.join(self._formula)}")
            return
        self.with_value += self._computed
        self.keep(self._row, self._column, raw)

    def keep_uncomputed(self, row: int, column: int, formula: str) -> None:
        """Take a formula whose result the file does not hold: a sheet shows nothing there."""

    def keep(self, row: int, column: int, raw: str) -> None:
        """Keep a cell as it is shown."""
        self.cells.put(row, column, self.text_of(raw)[:_LONGEST_TEXT].strip())

    def text_of(self, raw: str) -> str:
        """Return what a cell with this stored content shows."""
        match self.kind:
            case "s":
                at = int(raw) if raw.isdecimal() and len(raw) < 10 else -1
                return self.book.texts[at] if 0 <= at < len(self.book.texts) else ""
            case "n":
                return _number(raw, self.book.format_of(self.style), self._computed, self.book.since_1904)
            case "b":
                return "TRUE" if raw.strip() in _YES else "FALSE"
            case "e":
                return raw
            case "d":
                return raw.removesuffix("T00:00:00")
            case _:
                return unescaped(raw)

    def _merge(self, area: str) -> None:
        first, _, last = area.partition(":")
        begin, end = _place(first), _place(last or first)
        if begin and end:
            self.cells.merge(*begin, *end)

    def _hide_columns(self, attributes: Attributes) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in _YES and first.isdecimal() and last.isdecimal():
            self.hidden_columns.append((int(first[:6]), int(last[:6])))
