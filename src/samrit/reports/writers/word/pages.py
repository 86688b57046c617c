"""Pages of the Word file: sections, running heads and page numbers."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml

from samrit.reports.document.inline import clean
from samrit.reports.document.model import Document
from samrit.reports.look.fonts import text_width
from samrit.reports.look.paper import OFFICE_POINT, POINT, Paper, paper_of
from samrit.reports.writers.word.styles import FOOTER_SIZE
from samrit.reports.writers.word.xml import NAMESPACES, field, paragraph, run
from samrit.reports.writers.words import number, word

_NUMBER_ROOM = 2268  # 4 cm, in twentieths of a point


class RunningParts:
    """The header and footer parts of a document, made when first asked for and shared by sections."""

    def __init__(self, document: Document, part: Any) -> None:
        self._document = document
        self._part = part
        self._headers: dict[str, str] = {}
        self._footers: dict[bool, str] = {}
        self._blank: tuple[str, str] | None = None

    def references(self, *, landscape: bool, header: str, bare: bool) -> str:
        """Return the header and footer references of a section; a ``bare`` one (a cover) has empty ones."""
        if bare:
            head, foot = self._empty()
        else:
            head, foot = self._header(header), self._footer(landscape=landscape)
        return f'<w:headerReference w:type="default" r:id="{head}"/><w:footerReference w:type="default" r:id="{foot}"/>'

    def _header(self, text: str) -> str:
        if text not in self._headers:
            content = paragraph(run(text), "Header") if text else paragraph("", "Normal")
            self._headers[text] = self._add("header", content)
        return self._headers[text]

    def _footer(self, *, landscape: bool) -> str:
        if landscape not in self._footers:
            content = self._footer_content(landscape=landscape)
            self._footers[landscape] = self._add("footer", content)
        return self._footers[landscape]

    def _footer_content(self, *, landscape: bool) -> str:
        """Return the title and the page number in one line, or in two where the title is too long."""
        style = "FooterWide" if landscape else "Footer"
        title = clean(self._document.title).replace("\n", " ")
        room = paper_of(landscape=landscape).text_width - _NUMBER_ROOM
        if text_width(title, FOOTER_SIZE * POINT) * OFFICE_POINT > room:
            return paragraph(run(title), style) + paragraph(run("\t") + self._page_number(), style)
        return paragraph(run(f"{title}\t") + self._page_number(), style)

    def _page_number(self) -> str:
        language = self._document.language
        switch = " \\* ThaiArabic" if self._document.digits == "thai" else ""
        first = number(1, self._document)
        return (
            run(f"{word('page', language)} ")
            + field(f"PAGE{switch}", first)
            + run(f" {word('of', language)} ")
            + field(f"NUMPAGES{switch}", first)
        )

    def _empty(self) -> tuple[str, str]:
        if self._blank is None:
            self._blank = self._add("header", paragraph("")), self._add("footer", paragraph(""))
        return self._blank

    def _add(self, kind: str, content: str) -> str:
        """Add a part and return its relationship id."""
        part, relation = self._part.add_header_part() if kind == "header" else self._part.add_footer_part()
        tag = "hdr" if kind == "header" else "ftr"
        part._element = parse_xml(f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>")
        return str(relation)


def section_xml(paper: Paper, references: str, digits: str) -> str:
    """Return the w:sectPr that closes a section."""
    turned = ' w:orient="landscape"' if paper.landscape else ""
    numbers = '<w:pgNumType w:fmt="thaiNumbers"/>' if digits == "thai" else ""
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{paper.width}" w:h="{paper.height}"{turned}/>'
        f'<w:pgMar w:top="{paper.top}" w:right="{paper.right}" w:bottom="{paper.bottom}" w:left="{paper.left}" '
        f'w:header="709" w:footer="567" w:gutter="0"/>{numbers}<w:cols w:space="708"/></w:sectPr>'
    )
