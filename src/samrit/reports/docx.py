"""The report as a Word file that officers go on editing: real styles, captions, contents, headers and fields."""

from __future__ import annotations

from pathlib import Path

from docx.oxml import parse_xml

from samrit.reports import columns
from samrit.reports.chart_table import chart_table
from samrit.reports.model import Chart, Document, Items, Section, TableBlock
from samrit.reports.word.body import Body
from samrit.reports.word.numbering import numbering_xml
from samrit.reports.word.package import blank, describe, save
from samrit.reports.word.pages import page_of
from samrit.reports.word.styles import TableSizes, styles_xml
from samrit.reports.word.tables import PADDING
from samrit.reports.word.xml import NAMESPACES

_ORDINARY_SIZES = (14, 13, 12)
_DENSE_SIZES = (12, 11, 10, 9)


def write(document: Document, path: Path | str) -> None:
    """Write the document to ``path`` as .docx; equal documents give equal bytes.

    Raises OSError if the file cannot be written; then no part of it is left behind.
    """
    sizes = _table_sizes(document)
    numbered = sum(isinstance(block, Items) and block.numbered for block in document.blocks)
    word = blank(styles_xml(document.language, sizes), numbering_xml(numbered, document.digits), document.language)
    describe(word, document)
    content = Body(document, word.part, sizes).xml()
    body = parse_xml(f"<w:body {NAMESPACES}>{content}</w:body>")
    root = word.element
    root.replace(root.body, body)
    save(word, Path(path))


def _table_sizes(document: Document) -> TableSizes:
    """Return the largest type in which no number of any table is cut: one size for all ordinary, one for all dense."""
    tables: dict[bool, list[tuple[TableBlock, int]]] = {False: [], True: []}
    width = page_of(landscape=False).text_width
    for block in document.blocks:
        if isinstance(block, Section):
            width = page_of(landscape=block.landscape).text_width
        table = chart_table(block, document) if isinstance(block, Chart) else block
        if isinstance(table, TableBlock):
            tables[table.small].append((table, width))
    return TableSizes(
        ordinary=columns.size_that_fits(tables[False], _ORDINARY_SIZES, PADDING[False]),
        dense=columns.size_that_fits(tables[True], _DENSE_SIZES, PADDING[True]),
    )
