"""A document as the data of the typesetting template: sections, and their blocks in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from samrit.reports.document.grid import column_count
from samrit.reports.document.inline import bands_of, clean, runs_of
from samrit.reports.document.model import (
    BandStyle,
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
from samrit.reports.drawing.charts import png
from samrit.reports.drawing.marks import has_shape, sign_svg
from samrit.reports.look import colour
from samrit.reports.look.paper import OFFICE_POINT, POINT, Paper, paper_of
from samrit.reports.writers.typeset.runs import run_data
from samrit.reports.writers.typeset.tables import blank_row, table_data
from samrit.reports.writers.typeset.widths import Measures, Room, fits, measure
from samrit.reports.writers.words import word

_ORDINARY_SIZES = (14, 13, 12, 11, 10)
_DENSE_SIZES = (12, 11, 10, 9, 8)  # 8 office points are 5.9 pt: the least that can be read on paper
_PICTURE_SCALE = 3  # 720 units across 16 cm are then 340 dots per inch
_WIDEST_PICTURE, _HIGHEST_PICTURE = 560.0, 0.8  # in points; of the text's height


class Content:
    """The data and the pictures of a document; pictures are files that the template asks for by name."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._bands = bands_of(document)
        self._tables = list(_tables(document, self._bands))
        self._sizes = {small: _size(self._tables, small) for small in (False, True)}
        self._level = 0
        self.pictures: dict[str, bytes] = {}

    def data(self) -> dict[str, Any]:
        """Return all that the template needs."""
        document = self._document
        return {
            "title": clean(document.title),
            "author": clean(document.author),
            "subject": clean(document.subject),
            "language": "en" if document.language == "en" else "th",
            "digits": document.digits,
            "words": {code: word(code, document.language) for code in ("table", "figure", "page", "of")},
            "point": OFFICE_POINT,
            "bands": {band.code: _sign(band) for band in document.bands},
            "sections": list(self._sections()),
        }

    def _sections(self) -> Iterator[dict[str, Any]]:
        for section, blocks in sections(self._document.blocks):
            paper = paper_of(landscape=section.landscape)
            yield {
                "landscape": section.landscape,
                "header": clean(section.header),
                "cover": isinstance(blocks[0], Cover),
                "margins": {side: getattr(paper, side) / POINT for side in ("top", "right", "bottom", "left")},
                "blocks": [self._block(block, paper) for block in blocks],
            }

    def _block(self, block: Block, paper: Paper) -> dict[str, Any]:
        match block:
            case Cover():
                return {
                    "kind": "cover",
                    "title": clean(block.title),
                    "subtitles": [clean(line) for line in block.subtitles],
                    "foot": [clean(line) for line in block.foot],
                }
            case Contents():
                return {"kind": "contents", "title": clean(block.title)}
            case Heading():
                return self._heading(block)
            case Paragraph():
                runs = run_data(runs_of(block.text), self._bands)
                return {"kind": "paragraph", "style": block.style, "runs": runs, "keep": block.keep_with_next}
            case Items():
                items = self._items(block)
                return {"kind": "items", "numbered": block.numbered, "start": block.start, "items": items}
            case TableBlock():
                return self._table(block, paper)
            case Chart() | Diagram():
                return self._picture(block, paper)
            case _:
                raise TypeError(f"no writer for {type(block).__name__}")

    def _heading(self, heading: Heading) -> dict[str, Any]:
        """Return a heading; the outline of an accessible PDF may not skip a level, so one too deep is raised."""
        self._level = max(1, min(heading.level, self._level + 1))
        return {"kind": "heading", "text": clean(heading.text), "level": self._level, "look": heading.level}

    def _items(self, items: Items) -> list[list[Any]]:
        """Return the items as depth and runs; no item is more than one deeper than the one before."""
        found: list[list[Any]] = []
        depth = -1
        for index, item in enumerate(items.items):
            wanted = items.depths[index] if index < len(items.depths) else 0
            depth = max(0, min(wanted, depth + 1))
            found.append([depth, run_data(runs_of(item), self._bands)])
        return found

    def _table(self, block: TableBlock, paper: Paper) -> dict[str, Any]:
        table, measures = next((t.table, t.measures) for t in self._tables if t.block is block)
        room = _room(paper, self._sizes[block.small])
        return table_data(table, measures, self._bands, room)

    def _picture(self, picture: Chart | Diagram, paper: Paper) -> dict[str, Any]:
        image = png(picture, self._document.bands, _PICTURE_SCALE, digits=self._document.digits)
        name = f"picture-{len(self.pictures) + 1}.png"
        self.pictures[name] = image
        width, height = _extent(image, paper)
        return {
            "kind": "picture",
            "file": name,
            "alt": clean(picture.alt) or clean(picture.title) or name,
            "caption": clean(picture.caption),
            "width": width,
            "height": height,
        }


def _sign(band: BandStyle) -> dict[str, str]:
    """Return the drawing of a band's sign; a sign without one is set as a letter, since drawings hold no text here."""
    if not has_shape(band):
        return {"drawing": "", "letter": clean(band.sign) or "●"}
    inked = replace(band, colour=colour.ink(band.colour, colour.tint(band.colour)))
    return {"drawing": sign_svg(inked), "letter": ""}


def sections(blocks: Sequence[Block]) -> Iterator[tuple[Section, list[Block]]]:
    """Return the sections that hold something, each with its blocks; a cover is on a page of its own."""
    section, held = Section(), list[Block]()
    for block in blocks:
        if isinstance(block, Section | Cover) or (held and isinstance(held[0], Cover)):
            if held:
                yield section, held
            section, held = block if isinstance(block, Section) else Section(), []
        if not isinstance(block, Section):
            held.append(block)
    if held:
        yield section, held


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the document, with a row if it has none, and what was measured of it."""

    block: TableBlock
    table: TableBlock
    measures: Measures
    paper: Paper


def _tables(document: Document, bands: Mapping[str, BandStyle]) -> Iterator[_Table]:
    paper = paper_of(landscape=False)
    for block in document.blocks:
        if isinstance(block, Section):
            paper = paper_of(landscape=block.landscape)
        if isinstance(block, TableBlock):
            table = block
            if not table.rows:
                count = column_count(table.head, table.widths)
                table = replace(table, rows=(blank_row(count, word("no_value", document.language)),))
            yield _Table(block, table, measure(table, bands), paper)


def _size(tables: Sequence[_Table], small: bool) -> int:
    """Return the largest size of type in which no figure of any table is cut: one for all tables of a kind."""
    sizes = _DENSE_SIZES if small else _ORDINARY_SIZES
    for points in sizes:
        rooms = [(t.measures, _room(t.paper, points)) for t in tables if t.table.small is small]
        if all(fits(measures, small, room) for measures, room in rooms):
            return points
    return sizes[-1]


def _room(paper: Paper, points: int) -> Room:
    """Return what a page gives a table set in ``points``."""
    return Room(paper.text_width / POINT, paper.text_height / POINT, points)


def _extent(image: bytes, paper: Paper) -> tuple[float, float]:
    """Return width and height of a picture in points, as wide as the text and never higher than most of a page."""
    across, down = (int.from_bytes(image[start : start + 4], "big") for start in (16, 20))  # PNG: IHDR
    width = min(paper.text_width / POINT, _WIDEST_PICTURE)
    height = width * down / across
    highest = paper.text_height / POINT * _HIGHEST_PICTURE
    if height > highest:
        width, height = width * highest / height, highest
    return width, height
