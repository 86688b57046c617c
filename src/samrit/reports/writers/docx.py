"""The report as a Word file that officers go on editing: real styles, captions, contents, headers and fields."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

from docx.oxml import parse_xml

from samrit.reports.document.columns import Setting, setting_that_fits
from samrit.reports.document.model import Document, Items, Section, TableBlock
from samrit.reports.look.paper import paper_of
from samrit.reports.writers.word.body import Body
from samrit.reports.writers.word.numbering import numbering_xml
from samrit.reports.writers.word.package import blank, describe, save
from samrit.reports.writers.word.styles import TableSettings, styles_xml
from samrit.reports.writers.word.xml import NAMESPACES

# Margins and rules take 190 or 80 twentieths of a point from a cell.  In the annex a few figures are much
# longer than all others; they are set smaller, so that they do not make the whole annex small.
_ORDINARY = tuple(Setting(points, padding=190) for points in (14, 13, 12))
_CHANGE = re.compile('(<w:(?:ins|del) )w:id="[0-9]+"')
_FIRST_CHANGE = 100_000  # far from the numbers of bookmarks
_DENSE = tuple(Setting(points, padding=80, percent=92) for points in (12, 11, 10))


def write(document: Document, path: Path | str) -> None:
    """Write the document to ``path`` as .docx; equal documents give equal bytes.

    Raises OSError if the file cannot be written; then no part of it is left behind.
    """
    settings = _table_settings(document)
    numbered = [block.start for block in document.blocks if isinstance(block, Items) and block.numbered]
    word = blank(styles_xml(document.language, settings), numbering_xml(numbered, document.digits), document.language)
    describe(word, document)
    content = _apart(Body(document, word.part, settings).xml())
    body = parse_xml(f"<w:body {NAMESPACES}>{content}</w:body>")
    root = word.element
    root.replace(root.body, body)
    save(word, Path(path))


def _apart(content: str) -> str:
    """Number the tracked changes of a whole document, so that Word tells them apart."""
    numbers = count(_FIRST_CHANGE)
    return _CHANGE.sub(lambda found: f'{found[1]}w:id="{next(numbers)}"', content)


def _table_settings(document: Document) -> TableSettings:
    """Return the largest type in which the tables fit: one size for all ordinary ones, one for all dense ones."""
    tables: dict[bool, list[tuple[TableBlock, int]]] = {False: [], True: []}
    width = paper_of(landscape=False).text_width
    for block in document.blocks:
        if isinstance(block, Section):
            width = paper_of(landscape=block.landscape).text_width
        if isinstance(block, TableBlock):
            tables[block.small].append((block, width))
    return TableSettings(setting_that_fits(tables[False], _ORDINARY), setting_that_fits(tables[True], _DENSE))
