"""The blocks of a report turned into the body of the Word file, one function a block."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from samrit.reports.document.columns import natural_widths
from samrit.reports.document.inline import bands_of, clean, runs_of
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
from samrit.reports.look.paper import Paper, paper_of
from samrit.reports.writers.chart_table import chart_table
from samrit.reports.writers.word import contents
from samrit.reports.writers.word.numbering import DEPTHS, numbered_list
from samrit.reports.writers.word.pages import RunningParts, section_xml
from samrit.reports.writers.word.pictures import picture_xml
from samrit.reports.writers.word.styles import TableSettings
from samrit.reports.writers.word.tables import table_xml
from samrit.reports.writers.word.xml import field, paragraph, run, runs
from samrit.reports.writers.words import number, word

_SCALE = 2  # pixels per unit of a picture: 192 an inch
_AT_THE_FOOT = (
    '<w:framePr w:w="{width}" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin" '
    'w:xAlign="center" w:yAlign="bottom"/>'
)
_PARAGRAPHS = {"body": "BodyText", "lead": "Lead", "note": "Note", "centre": "Centred"}


class Body:
    """Writes the blocks one after the other; knows the section it is in and the next numbers."""

    def __init__(self, document: Document, part: Any, settings: TableSettings) -> None:
        self._document = document
        self._part = part
        self._settings = settings
        self._bands = bands_of(document)
        self._running = RunningParts(document, part)
        self._xml: list[str] = []
        self._section = Section()
        self._bare = False
        self._started = False  # the section holds something already
        self._headings = itertools.count()
        self._lists = itertools.count()
        self._pictures = itertools.count(1)
        self._captions = {"table": itertools.count(1), "figure": itertools.count(1)}

    def xml(self) -> str:
        """Return the content of w:body."""
        writers: dict[type[Block], Callable[[Any], None]] = {
            Cover: self._cover,
            Contents: self._contents,
            Heading: self._heading,
            Paragraph: self._paragraph,
            Items: self._items,
            TableBlock: self._table,
            Chart: self._chart,
            Diagram: self._diagram,
            Section: self._turn,
        }
        for block in self._document.blocks:
            if self._bare and not isinstance(block, Section | Cover):
                self._turn(Section())  # a cover has its page for itself
            writers[type(block)](block)
        return "".join(self._xml) + self._section_end()

    def _add(self, xml: str) -> None:
        self._xml.append(xml)
        self._started = True

    @property
    def _paper(self) -> Paper:
        return paper_of(landscape=self._section.landscape)

    def _section_end(self) -> str:
        references = self._running.references(
            landscape=self._section.landscape, header=clean(self._section.header), bare=self._bare
        )
        return section_xml(self._paper, references, self._document.digits)

    def _turn(self, section: Section) -> None:
        """Close the section in force, unless nothing is in it yet, and open the next."""
        if self._started:
            self._xml.append(paragraph("", "SectionEnd", self._section_end()))
        self._section, self._bare, self._started = section, False, False

    def _cover(self, cover: Cover) -> None:
        if self._started:
            self._turn(Section())
        self._bare = True
        self._add(paragraph(run(cover.title), "Title"))
        for line in cover.subtitles:
            self._add(paragraph(run(line), "Subtitle"))
        for line in cover.foot:
            self._add(paragraph(run(line), "CoverFoot", _AT_THE_FOOT.format(width=self._paper.text_width)))

    def _contents(self, block: Contents) -> None:
        self._add(contents.contents_xml(block, self._document, self._paper))

    def _heading(self, heading: Heading) -> None:
        index = next(self._headings)
        self._add(paragraph(contents.marked(run(heading.text), index), f"Heading{contents.level_of(heading)}"))

    def _paragraph(self, block: Paragraph) -> None:
        style = _PARAGRAPHS.get(block.style, "BodyText")
        keep = "<w:keepNext/>" if block.keep_with_next else ""
        self._add(paragraph(runs(runs_of(block.text), self._bands), style, keep))

    def _items(self, block: Items) -> None:
        kind = "ListNumber" if block.numbered else "ListBullet"
        list_number = numbered_list(next(self._lists)) if block.numbered else None
        for index, item in enumerate(block.items):
            depth = max(0, min(block.depths[index] if index < len(block.depths) else 0, DEPTHS - 1))
            style = kind + (str(depth + 1) if depth else "")
            numbered = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_number}"/></w:numPr>'
            properties = numbered if list_number is not None else ""
            self._add(paragraph(runs(runs_of(item), self._bands), style, properties))

    def _table(self, table: TableBlock) -> None:
        if table.caption:
            self._add(paragraph(self._caption("table", table.caption), "Caption"))
        self._lay(table, self._paper.text_width)

    def _lay(self, table: TableBlock, width: int) -> None:
        self._add(table_xml(table, self._bands, width=width, setting=self._settings.of(table)))
        self._add(paragraph("", "AfterTable"))

    def _chart(self, chart: Chart) -> None:
        self._figure(chart)
        title = f"{word('data', self._document.language)}: {chart.caption or chart.title}"
        self._add(paragraph(run(title), "FigureData"))
        table = chart_table(chart, self._document)
        widths = natural_widths(table, self._settings.of(table))
        self._lay(replace(table, widths=widths), min(self._paper.text_width, sum(widths)))

    def _diagram(self, diagram: Diagram) -> None:
        self._figure(diagram)

    def _figure(self, figure: Chart | Diagram) -> None:
        png = charts.png(figure, self._document.bands, _SCALE, digits=self._document.digits)
        picture = picture_xml(
            self._part,
            png,
            scale=_SCALE,
            alt=figure.alt or figure.title,
            paper=self._paper,
            identifier=next(self._pictures),
        )
        if figure.caption:
            self._add(paragraph(picture, "Figure"))
            self._add(paragraph(self._caption("figure", figure.caption), "FigureCaption"))
        else:
            self._add(paragraph(picture, "Figure", '<w:keepNext w:val="0"/>'))

    def _caption(self, kind: str, text: str) -> str:
        label = word(kind, self._document.language)
        switch = "ThaiArabic" if self._document.digits == "thai" else "ARABIC"
        counted = number(next(self._captions[kind]), self._document)
        return run(f"{label} ") + field(f"SEQ {label} \\* {switch}", counted) + run(f" {text}")
