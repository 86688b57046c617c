"""The report model: a document as a list of blocks, the same for every writer.

Builders (``evaluation``, ``plan_book``) turn a scored plan into a :class:`Document`;
writers (``docx``, ``pdf``, ``html``) turn a Document into a file.  No writer knows
what a project is, and no builder knows a file format.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; ``band`` puts the band's sign and colour before the text (BA3).

    ``change`` says of a text that it is "added" or "removed": a tracked change in Word, which can be accepted or
    rejected there, and underlined or struck through elsewhere.
    """

    text: str
    bold: bool = False
    italic: bool = False
    band: str = ""
    change: str = ""


Inline = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: title lines from large to small, and the lines at its foot."""

    title: str
    subtitles: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """Where the table of contents is; the writer makes it from the headings."""

    title: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1..4; it enters the contents, the bookmarks and the navigation pane."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``style`` is "body", "lead", "note" or "centre"."""

    text: Inline
    style: str = "body"
    keep_with_next: bool = False  # the name of an entry must not be left alone at the foot of a page


@dataclass(frozen=True, slots=True)
class Items:
    """A list; ``depths`` gives each item's depth from 0, ``numbered`` prints 1. / 1) / (1) instead of bullets.

    ``start`` is the number of its first item: a list that a table interrupts goes on counting.
    """

    items: tuple[Inline, ...]
    depths: tuple[int, ...] = ()
    numbered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``align`` is "left", "centre" or "right"; ``band`` colours it with sign and word."""

    text: Inline = ""
    align: str = "left"
    bold: bool = False
    colspan: int = 1
    rowspan: int = 1
    band: str = ""
    shade: str = ""  # "", "head", "group", "total", "quiet"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of cells; a cell spanned from a row above is left out, as in HTML."""

    cells: tuple[Cell, ...]
    keep_with_next: bool = False  # a heading row or the first row of a project must not be orphaned


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table: ``widths`` are relative column widths, ``head`` rows repeat on every page."""

    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    caption: str = ""
    small: bool = False  # the dense annex


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart; values are exact, None leaves a gap; ``band`` fixes its colour and sign."""

    name: str
    values: tuple[Decimal | None, ...]
    band: str = ""
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: ``kind`` is "bar", "stacked", "line", "pie" or "heat"; its data is its own table."""

    kind: str
    title: str  # the finding, not the axes (ux.md)
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    caption: str = ""
    unit: str = ""
    marked: int | None = None  # index of the category to mark (the evaluated month)


@dataclass(frozen=True, slots=True)
class Node:
    """A box of a diagram."""

    id: str
    text: str
    level: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes on levels from top to bottom, joined by lines (R328, R329)."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A new page; ``landscape`` turns it, ``header`` runs at the head of its pages (R237)."""

    landscape: bool = False
    header: str = ""


Block = Cover | Contents | Heading | Paragraph | Items | TableBlock | Chart | Diagram | Section


@dataclass(frozen=True, slots=True)
class BandStyle:
    """How a band looks, from the rule set: sign, colour and name (BA3)."""

    code: str
    name: str
    sign: str
    colour: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report, ready to be written.

    Builders have already written every figure in ``digits``; writers use ``digits`` only
    for what they number or label themselves: pages, captions, list numbers, chart axes.
    """

    title: str
    language: str  # "th" or "en"
    author: str
    subject: str
    blocks: tuple[Block, ...]
    bands: tuple[BandStyle, ...]
    digits: str = "arabic"  # or "thai" (R287)
    plan_id: str = ""
    as_of: int = 0
