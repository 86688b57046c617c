"""Word files (.docx): paragraphs and tables in their order, merged and nested cells, automatic numbers as shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from samrit.intake.grid import Grid, GridCell
from samrit.intake.sources.archive import Archive
from samrit.intake.sources.flow import Flow
from samrit.intake.sources.job import Job
from samrit.intake.sources.parts import main_part
from samrit.intake.sources.word.numbering import Numbering, read_numbering
from samrit.intake.sources.xml_events import Attributes, parse

_OFF = frozenset({"0", "false", "off"})
# What is inside is not on the page, or is there twice.
_ASIDE = frozenset({"mc:Fallback", "w:moveFrom", "w:del", "w:instrText", "w:tabs"})
_SPACERS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-", "w:ptab": "\t"}


def read_docx(archive: Archive, job: Job) -> list[Grid]:
    """Return the paragraphs and tables of the document's body."""
    main = main_part(archive, job, "word/document.xml")
    flow = Flow(job)
    body = _Body(flow, read_numbering(archive, main, job), job)
    parse(archive.chunks(main), body, job)
    if body.hidden:
        job.note("intake_hidden_text", count=body.hidden)
    if body.deleted:
        job.note("intake_tracked_changes", count=body.deleted)
    return flow.finish()


@dataclass(slots=True)
class _Paragraph:
    """A paragraph being read, with the list level that gives it a number."""

    pieces: list[str] = field(default_factory=list)
    style: str = ""
    number: str | None = None
    level: str | None = None


@dataclass(slots=True)
class _Table:
    """What a table's rows say beyond their texts."""

    merges: list[dict[int, bool]] = field(default_factory=list)  # per row: index of the cell, whether it begins a merge
    left_out: int = 0


class _Body:
    """Takes the events of the main part."""

    def __init__(self, flow: Flow, numbering: Numbering, job: Job) -> None:
        self.hidden = 0
        self.deleted = 0
        self._flow = flow
        self._job = job
        self._numbering = numbering
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._aside = 0
        self._collecting = False
        self._run_hidden = False
        self._in_run_properties = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name in _ASIDE or self._aside:
            self._aside += 1
            self.deleted += name in {"w:del", "w:moveFrom"} and self._aside == 1 and not self._in_run_properties
            return
        if name.startswith(("w:t", "w:g", "w:v")) and self._table(name, attributes):
            return
        value = attributes.get("w:val", "")
        match name:
            case "w:p":
                self._paragraphs.append(_Paragraph())
            case "w:r":
                self._run_hidden = False
            case "w:rPr":
                self._in_run_properties = True
            case "w:vanish":
                self._run_hidden = value not in _OFF
            case "w:t" | "m:t":
                self._collecting = True
            case "w:pStyle" | "w:numId" | "w:ilvl":
                self._list_level(name, value)
            case _ if name in _SPACERS and self._paragraphs:
                self._put(_SPACERS[name])
            case _:
                return

    def end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
            return
        self._collecting = False
        match name:
            case "w:p" if self._paragraphs:
                self._close_paragraph(self._paragraphs.pop())
            case "w:rPr":
                self._in_run_properties = False
            case "w:tc":
                self._flow.end_cell()
            case "w:tr" if self._tables:
                self._end_row()
            case "w:tbl" if self._tables:
                _join_down(self._flow.rows, self._tables.pop().merges)
                self._flow.end_table()
            case _:
                return

    def text(self, text: str) -> None:
        if self._collecting and not self._aside:
            self._put(text)

    def _put(self, text: str) -> None:
        if self._run_hidden:
            self.hidden += 1
        elif self._paragraphs:
            self._job.kept_text(text)
            self._paragraphs[-1].pieces.append(text)

    def _list_level(self, name: str, value: str) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs[-1]
        if name == "w:pStyle":
            paragraph.style = value
        elif name == "w:numId":
            paragraph.number = value
        else:
            paragraph.level = value

    def _close_paragraph(self, paragraph: _Paragraph) -> None:
        label = self._numbering.label(paragraph.style, paragraph.number, paragraph.level)
        text = "".join(paragraph.pieces)
        self._flow.paragraph(f"{label} {text}" if label and text.strip() else label or text)

    def _table(self, name: str, attributes: Attributes) -> bool:
        """Take what makes tables; return whether the element was one of that."""
        value = attributes.get("w:val", "")
        match name:
            case "w:tbl":
                self._tables.append(_Table())
                self._flow.begin_table()
            case "w:tr" if self._tables:
                self._flow.begin_row()
                self._tables[-1].merges.append({})
            case "w:tc":
                self._flow.begin_cell()
            case "w:gridSpan":
                self._flow.span(_number(value))
            case "w:vMerge" if self._tables and self._flow.rows:
                self._tables[-1].merges[-1][len(self._flow.rows[-1])] = value == "restart"
            case "w:gridBefore" if self._tables:
                self._flow.begin_cell(_number(value))
                self._flow.end_cell()
            case _:
                return False
        return True

    def _end_row(self) -> None:
        self._flow.end_cell()


def _join_down(rows: list[list[GridCell]], merges: list[dict[int, bool]]) -> None:
    """Turn cells marked as going on from above into the height of the cell that they go on from."""
    heads: dict[int, tuple[int, int]] = {}  # by first column: row and index of the cell that goes on
    for at, row in enumerate(rows):
        marks = merges[at] if at < len(merges) else {}
        open_heads: dict[int, tuple[int, int]] = {}
        kept: list[GridCell] = []
        column = 0
        for index, cell in enumerate(row):
            begins = marks.get(index)
            if begins is False and column in heads:
                top, place = heads[column]
                rows[top][place] = replace(rows[top][place], rowspan=at - top + 1)
                open_heads[column] = heads[column]
            else:
                if begins is not None:
                    open_heads[column] = (at, len(kept))
                kept.append(cell)
            column += cell.colspan
        rows[at] = kept
        heads = open_heads


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 6 else 1
