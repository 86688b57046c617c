"""Whatever a builder hands over, the Word and HTML writers write it, whole and well formed."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx as python_docx
import lxml.html
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samrit.reports.document.inline import clean, plain
from samrit.reports.document.model import (
    BandStyle,
    Cell,
    Contents,
    Cover,
    Document,
    Heading,
    Items,
    Paragraph,
    Row,
    Run,
    Section,
    TableBlock,
)
from samrit.reports.writers import docx, html

TEXTS = st.text(max_size=20) | st.sampled_from(
    ["น้ำ", "<b>", "]]>", "\x00", "\ud800", "1,234,567.89", "a\tb\nc", "&amp;"]
)
SMALL = st.integers(-1, 4)
BANDS = st.lists(st.builds(BandStyle, TEXTS, TEXTS, TEXTS, TEXTS | st.just("#b58900")), max_size=3).map(tuple)
RUNS = st.lists(st.builds(Run, TEXTS, st.booleans(), st.booleans(), TEXTS), max_size=3).map(tuple)
INLINE = TEXTS | RUNS
CELLS = st.builds(
    Cell,
    text=INLINE,
    align=st.sampled_from(["left", "centre", "right", "?"]),
    bold=st.booleans(),
    colspan=SMALL,
    rowspan=SMALL,
    band=TEXTS,
    shade=st.sampled_from(["", "head", "group", "total", "quiet", "?"]),
)
ROWS = st.lists(st.builds(Row, st.lists(CELLS, max_size=4).map(tuple), st.booleans()), max_size=4).map(tuple)
WIDTHS = st.lists(st.floats(-1, 9), max_size=4).map(tuple)
BLOCKS = st.one_of(
    st.builds(Cover, TEXTS, st.lists(TEXTS, max_size=2).map(tuple), st.lists(TEXTS, max_size=2).map(tuple)),
    st.builds(Contents, TEXTS),
    st.builds(Heading, TEXTS, st.integers(0, 6)),
    st.builds(Paragraph, INLINE, TEXTS),
    st.builds(Items, st.lists(INLINE, max_size=3).map(tuple), st.lists(SMALL, max_size=3).map(tuple), st.booleans()),
    st.builds(TableBlock, ROWS, ROWS, WIDTHS, TEXTS, st.booleans()),
    st.builds(Section, st.booleans(), TEXTS),
)
DOCUMENTS = st.builds(
    Document,
    title=TEXTS,
    language=st.sampled_from(["th", "en", "?"]),
    author=TEXTS,
    subject=TEXTS,
    blocks=st.lists(BLOCKS, max_size=6).map(tuple),
    bands=BANDS,
    digits=st.sampled_from(["arabic", "thai"]),
    plan_id=TEXTS,
    as_of=st.integers(0, 12),
)


def bare(text: str) -> str:
    return "".join(text.split())


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(document=DOCUMENTS)
def test_any_document_becomes_a_word_file(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "any.docx"
    docx.write(document, path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
    word = python_docx.Document(str(path))
    for table in word.tables:
        assert {len(row.cells) for row in table.rows} <= {len(table.columns)}
    written = bare("".join(paragraph.text for paragraph in word.paragraphs))
    for text in {bare(plain(block.text)) for block in document.blocks if isinstance(block, Paragraph | Heading)}:
        if not any(run.band for block in document.blocks if isinstance(block, Paragraph) for run in _runs(block)):
            assert text in written


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=DOCUMENTS)
def test_any_document_becomes_a_page(document: Document) -> None:
    text = html.render(document)
    assert text.encode("utf-8")
    tree = lxml.html.document_fromstring(text)
    assert not list(tree.iter("script", "img", "iframe", "object"))
    assert tree.find(".//main") is not None
    shown = bare(tree.text_content())
    for block in document.blocks:
        if isinstance(block, Heading):
            assert bare(clean(block.text)) in shown


def _runs(block: Paragraph) -> tuple[Run, ...]:
    return () if isinstance(block.text, str) else block.text
