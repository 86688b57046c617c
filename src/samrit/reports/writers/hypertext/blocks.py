"""The blocks of a report as the template shows them: sections of blocks, numbered captions, nested lists."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from samrit.reports.document.inline import clean
from samrit.reports.document.model import (
    Block,
    Chart,
    Contents,
    Cover,
    Diagram,
    Document,
    Heading,
    Items,
    Paragraph,
    Section,
    TableBlock,
)
from samrit.reports.drawing import charts
from samrit.reports.writers.chart_table import chart_table
from samrit.reports.writers.hypertext.tables import Bands, TableView, TextPiece, table_view
from samrit.reports.writers.words import number, word

_PICTURE_NAME = re.compile(r'aria-labelledby="(s[0-9a-f]+)-t')


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A heading or a line of the contents; ``level`` is 1..4."""

    id: str
    text: str
    level: int
    children: list[HeadingLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list with the list under it."""

    pieces: tuple[TextPiece, ...]
    children: list[ListItem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block for the template: ``kind`` names the macro that shows it, ``content`` is what it shows."""

    kind: str
    content: Any
    id: str = ""
    label: str = ""  # a caption's "Table 1", the name of a region, or the first number of a list
    caption: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class PageSection:
    """A section with its blocks."""

    id: str
    section: Section
    header: str
    blocks: list[BlockView] = field(default_factory=list)

    @property
    def is_cover(self) -> bool:
        """Whether the section is a cover and nothing else; such a page has no running head or foot."""
        return bool(self.blocks) and all(view.kind == "cover" for view in self.blocks)


class BlockViews:
    """Turns the blocks into views one after the other; knows the next numbers and the heading in force."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._bands = Bands(document.bands)
        self._headings = itertools.count()
        self._tables = itertools.count(1)
        self._pictures = itertools.count(1)
        self._captions = {"table": itertools.count(1), "figure": itertools.count(1)}
        self._heading_in_force = clean(document.title)
        self._titled = False

    def parts(self) -> tuple[PageSection, ...]:
        """Return the sections of the document; an empty first one is left out."""
        viewers: dict[type[Block], Callable[[Any], BlockView]] = {
            Cover: self._cover,
            Contents: self._contents,
            Heading: self._heading,
            Paragraph: lambda block: BlockView("paragraph", self._bands.pieces(block.text), style=block.style),
            Items: self._items,
            TableBlock: self._table,
            Chart: self._chart,
            Diagram: self._diagram,
        }
        parts = [PageSection("s0", Section(), "")]
        for block in self._document.blocks:
            if isinstance(block, Section):
                if not parts[-1].blocks:
                    parts.pop()
                parts.append(PageSection(f"s{len(parts)}", block, clean(block.header)))
            else:
                parts[-1].blocks.append(viewers[type(block)](block))
        return tuple(parts)

    def _cover(self, cover: Cover) -> BlockView:
        """Return the cover; only the first one is the page's own title."""
        first, self._titled = not self._titled, True
        subtitles, foot = (tuple(clean(line) for line in lines) for lines in (cover.subtitles, cover.foot))
        lines = {"title": clean(cover.title), "subtitles": subtitles, "foot": foot, "first": first}
        return BlockView("cover", lines)

    def _contents(self, block: Contents) -> BlockView:
        headings = [block for block in self._document.blocks if isinstance(block, Heading)]
        entries = [HeadingLine(f"h{index}", clean(h.text), _level(h)) for index, h in enumerate(headings)]
        return BlockView(
            "contents", nested([entry for entry in entries if entry.level < 4]), caption=clean(block.title)
        )

    def _heading(self, heading: Heading) -> BlockView:
        self._heading_in_force = clean(heading.text)
        return BlockView("heading", HeadingLine(f"h{next(self._headings)}", clean(heading.text), _level(heading)))

    def _items(self, block: Items) -> BlockView:
        depths = [block.depths[index] if index < len(block.depths) else 0 for index in range(len(block.items))]
        pairs = [(ListItem(self._bands.pieces(text)), depth) for text, depth in zip(block.items, depths, strict=True)]
        first = str(block.start) if block.numbered and block.start != 1 else ""
        return BlockView("items", tree(pairs), label=first, style="numbered" if block.numbered else "")

    def _table(self, table: TableBlock) -> BlockView:
        caption = clean(table.caption)
        label = self._numbered("table") if caption else self._heading_in_force
        return BlockView("table", table_view(table, self._bands), f"t{next(self._tables)}", label, caption)

    def _chart(self, chart: Chart) -> BlockView:
        data = self._data(chart)
        return self._figure(chart, data)

    def _diagram(self, diagram: Diagram) -> BlockView:
        return self._figure(diagram, None)

    def _figure(self, figure: Chart | Diagram, data: tuple[TableView, str, str] | None) -> BlockView:
        picture = f"f{next(self._pictures)}"
        drawing = charts.svg(figure, self._document.bands, digits=self._document.digits)
        name = _PICTURE_NAME.search(drawing)
        if name is not None:  # two pictures of one title would share their identifiers
            drawing = drawing.replace(f"{name[1]}-", f"{picture}-")
        caption = clean(figure.caption)
        label = self._numbered("figure") if caption else ""
        # The drawing escapes every text of the document itself (charts.svg), hence it is markup.
        return BlockView("figure", (Markup(drawing), data), picture, label, caption)  # noqa: S704

    def _data(self, chart: Chart) -> tuple[TableView, str, str]:
        table = chart_table(chart, self._document)
        return table_view(table, self._bands), f"t{next(self._tables)}", clean(chart.caption or chart.title)

    def _numbered(self, kind: str) -> str:
        return f"{word(kind, self._document.language)} {number(next(self._captions[kind]), self._document)}"


def nested(entries: Sequence[HeadingLine]) -> list[HeadingLine]:
    """Return the entries as a tree by their levels; a level left out does not make an empty one."""
    roots: list[HeadingLine] = []
    path: list[HeadingLine] = []
    for entry in entries:
        while path and path[-1].level >= entry.level:
            path.pop()
        (path[-1].children if path else roots).append(entry)
        path.append(entry)
    return roots


def tree(items: Sequence[tuple[ListItem, int]]) -> list[ListItem]:
    """Return list items as a tree by their depths."""
    roots: list[ListItem] = []
    path: list[tuple[ListItem, int]] = []
    for item, depth in items:
        while path and path[-1][1] >= depth:
            path.pop()
        (path[-1][0].children if path else roots).append(item)
        path.append((item, depth))
    return roots


def _level(heading: Heading) -> int:
    return max(1, min(heading.level, 4))
