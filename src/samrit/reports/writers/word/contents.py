"""The table of contents: a field that Word fills, already holding the headings for viewers that do not."""

from __future__ import annotations

from samrit.reports.document.model import Contents, Document, Heading
from samrit.reports.look.paper import Paper
from samrit.reports.writers.word.xml import field, paragraph, run

_DEEPEST = 3


def level_of(heading: Heading) -> int:
    """Return the level of a heading, kept within 1..4."""
    return max(1, min(heading.level, 4))


def bookmark(index: int) -> str:
    """Return the bookmark of the document's heading ``index``; Word knows such names as its own."""
    return f"_Toc{260_000_000 + index}"


def marked(content: str, index: int) -> str:
    """Return a heading's runs inside its bookmark."""
    return (
        f'<w:bookmarkStart w:id="{index + 1}" w:name="{bookmark(index)}"/>{content}<w:bookmarkEnd w:id="{index + 1}"/>'
    )


def contents_xml(block: Contents, document: Document, paper: Paper) -> str:
    """Return the contents with its title, inside the control that gives officers the "update" button."""
    entries = [
        (index, heading)
        for index, heading in enumerate(item for item in document.blocks if isinstance(item, Heading))
        if level_of(heading) <= _DEEPEST
    ]
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{_DEEPEST}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{paper.text_width}"/></w:tabs>'
    lines = [
        _entry(index, heading, tab, begin if not number else "") for number, (index, heading) in enumerate(entries)
    ]
    if not lines:
        lines = [paragraph(begin, "TOC1")]
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{paragraph(run(block.title), 'TOCHeading')}{''.join(lines)}{paragraph(end)}"
        "</w:sdtContent></w:sdt>"
    )


def _entry(index: int, heading: Heading, tab: str, before: str) -> str:
    page = field(f"PAGEREF {bookmark(index)} \\h", "…")
    link = (
        f'<w:hyperlink w:anchor="{bookmark(index)}" w:history="1">{run(heading.text)}<w:r><w:tab/></w:r>'
        f"{page}</w:hyperlink>"
    )
    return paragraph(before + link, f"TOC{level_of(heading)}", tab)
