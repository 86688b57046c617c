"""OpenDocument files: sheets (.ods) with values as shown, and texts (.odt) with their tables."""

from __future__ import annotations

from decimal import Decimal

from samrit.intake.grid import Grid
from samrit.intake.sources import limits
from samrit.intake.sources.archive import Archive
from samrit.intake.sources.flow import Flow
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import refuse
from samrit.intake.sources.sheets.cells import LAST_COLUMN, LAST_ROW, SheetCells
from samrit.intake.sources.sheets.hidden import note_hidden
from samrit.intake.sources.sheets.shown_values import meant, stored_number, with_typed_decimals
from samrit.intake.sources.sheets.tables import tables
from samrit.intake.sources.xml_events import Attributes, parse

_ASIDE = frozenset({"office:annotation", "text:note", "table:shapes", "text:tracked-changes", "office:forms"})
_HIDDEN = frozenset({"collapse", "filter"})
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})


def read_odf(archive: Archive, job: Job) -> list[Grid]:
    """Return the tables of a spreadsheet, or the paragraphs and tables of a text."""
    _refuse_encrypted(archive, job)
    content = _Content(job)
    parse(archive.chunks("content.xml"), content, job)
    if content.flow is not None:
        return content.flow.finish()
    grids: list[Grid] = []
    for done, (sheet, hidden) in enumerate(content.sheets):
        job.told(done, len(content.sheets))
        if hidden:
            job.note("intake_hidden_sheet", column=sheet.cells.name)
            continue
        note_hidden(job, sheet.cells, sheet.hidden_rows, sheet.hidden_columns)
        grids.extend(tables(sheet.cells))
    if not content.sheets:
        job.note("intake_no_sheets")
    return grids


class _Manifest:
    """Looks for parts that are encrypted with a password."""

    def start(self, name: str, _: Attributes) -> None:
        if name == "manifest:encryption-data":
            refuse("intake_encrypted")

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, text: str) -> None:
        """Nothing to do."""


def _refuse_encrypted(archive: Archive, job: Job) -> None:
    parse(archive.chunks("META-INF/manifest.xml"), _Manifest(), job)
    if "encrypted-package" in archive:
        refuse("intake_encrypted")


class _OdsSheet:
    """A sheet being filled, with repeated rows and cells spread out."""

    def __init__(self, cells: SheetCells) -> None:
        self.cells = cells
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self._columns = 0
        self._row = 0
        self._times = 1
        self._column = 0
        self._filled: list[tuple[int, int, str]] = []

    def column(self, attributes: Attributes) -> None:
        """Take a description of columns."""
        times = _repeated(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility") in _HIDDEN and self._columns < LAST_COLUMN:
            self.hidden_columns.append((self._columns + 1, self._columns + times))
        self._columns += times

    def begin_row(self, attributes: Attributes) -> None:
        """Begin a row that stands ``number-rows-repeated`` times."""
        self._times = _repeated(attributes, "table:number-rows-repeated")
        self._column = 0
        self._filled = []
        if attributes.get("table:visibility") in _HIDDEN and self._times <= limits.MOST_ROWS:
            self.hidden_rows.extend(range(self._row + 1, self._row + self._times + 1))

    def cell(self, attributes: Attributes, text: str) -> None:
        """Take a cell with its text, as often as it is repeated."""
        times = _repeated(attributes, "table:number-columns-repeated")
        first = self._column + 1
        self._column += times
        if not text:
            return
        self._filled.append((first, times, text))
        wide, tall = (_repeated(attributes, f"table:number-{what}-spanned") for what in ("columns", "rows"))
        self.cells.merge(self._row + 1, first, self._row + tall, first + wide - 1)

    def end_row(self) -> None:
        """Write the row, as often as it is repeated; a flood of repeated cells is counted before it is written."""
        if self._filled:
            places = self._times * sum(times for _, times, _ in self._filled)
            if places > limits.MOST_CELLS:
                refuse("intake_too_many_cells", limit=limits.MOST_CELLS)
            for row in range(self._row + 1, min(self._row + self._times, LAST_ROW) + 1):
                for first, times, text in self._filled:
                    for column in range(first, min(first + times, LAST_COLUMN + 1)):
                        self.cells.put(row, column, text)
        self._row += self._times


def _repeated(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "1")
    return min(max(int(text), 1), LAST_ROW) if text.isdecimal() and len(text) < 9 else 1


class _Content:
    """Takes the events of content.xml."""

    def __init__(self, job: Job) -> None:
        self.sheets: list[tuple[_OdsSheet, bool]] = []
        self.flow: Flow | None = None
        self._job = job
        self._aside = 0
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._cells: list[Attributes] = []
        self._texts: list[list[str]] = []  # per open paragraph
        self._paragraphs: list[str] = []  # of the open cell of a sheet
        self._tables = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self._aside or name in _ASIDE:
            self._aside += 1
            return
        match name:
            case "office:text":
                self.flow = Flow(self._job)
            case "style:style":
                self._style = attributes.get("style:name", "")
            case "style:table-properties" if attributes.get("table:display") == "false":
                self._hidden_styles.add(self._style)
            case "text:p" | "text:h":
                self._texts.append([])
            case "text:s":
                self._put(" " * min(_repeated(attributes, "text:c"), 100))
            case "text:tab":
                self._put("\t")
            case "text:line-break":
                self._put("\n")
            case _ if self.flow is not None:
                self._start_in_text(self.flow, name, attributes)
            case _:
                self._start_in_sheet(name, attributes)

    def end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
            return
        if name in {"text:p", "text:h"} and self._texts:
            text = "".join(self._texts.pop())
            if self.flow is not None:
                self.flow.paragraph(text)
            else:
                self._paragraphs.append(text)
        elif self.flow is not None:
            if name == "table:table-cell":
                self.flow.end_cell()
            elif name == "table:table":
                self.flow.end_table()
        else:
            self._end_in_sheet(name)

    def text(self, text: str) -> None:
        if not self._aside:
            self._put(text)

    def _put(self, text: str) -> None:
        if self._texts:
            self._job.kept_text(text)
            self._texts[-1].append(text)

    def _start_in_text(self, flow: Flow, name: str, attributes: Attributes) -> None:
        match name:
            case "table:table":
                flow.begin_table()
            case "table:table-row":
                flow.begin_row()
            case "table:table-cell":
                wide, tall = (_repeated(attributes, f"table:number-{what}-spanned") for what in ("columns", "rows"))
                flow.begin_cell(wide, tall)
            case _:
                return

    def _start_in_sheet(self, name: str, attributes: Attributes) -> None:
        if name == "table:table":
            self._tables += 1
            hidden = attributes.get("table:style-name", "") in self._hidden_styles
            if self._tables == 1:
                self.sheets.append((_OdsSheet(SheetCells(self._job, attributes.get("table:name", ""))), hidden))
            return
        if not self.sheets or self._tables != 1:
            return
        match name:
            case "table:table-column":
                self.sheets[-1][0].column(attributes)
            case "table:table-row":
                self.sheets[-1][0].begin_row(attributes)
            case _ if name in _CELLS:
                self._cells.append(attributes)
                self._paragraphs = []
            case _:
                return

    def _end_in_sheet(self, name: str) -> None:
        if name == "table:table":
            self._tables -= 1
        elif self.sheets and self._tables == 1:
            if name == "table:table-row":
                self.sheets[-1][0].end_row()
            elif name in _CELLS and self._cells:
                attributes = self._cells.pop()
                text = _shown(attributes, "\n".join(self._paragraphs).strip())
                self.sheets[-1][0].cell(attributes, text if name == "table:table-cell" else "")


def _shown(attributes: Attributes, text: str) -> str:
    """Return the text that the file shows, with the decimals that were typed."""
    if "table:formula" in attributes or attributes.get("office:value-type") not in {"float", "percentage"}:
        return text
    value = stored_number(attributes.get("office:value", ""))
    if value is None:
        return text
    typed = with_typed_decimals(text, value) if text else format(value.normalize() + Decimal(0), "f")
    return meant(value, typed)
