"""The PDF read back: pages, outline, tags, fonts, figures, what stays together, and what must stay text."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdf
import pytest

from samrit.reports.document.model import (
    BandStyle,
    Cell,
    Chart,
    Contents,
    Cover,
    Document,
    Heading,
    Items,
    Paragraph,
    Row,
    Run,
    Section,
    Series,
    TableBlock,
)
from samrit.reports.writers import pdf
from tests.reports.sample_document import BANDS, sample_document

pytestmark = pytest.mark.documents
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None,
    reason="poppler (pdftotext) is not installed, so the text of the PDF cannot be read back",
)
PORTRAIT, LANDSCAPE = (595, 842), (842, 595)


def of(*blocks: object, bands: tuple[BandStyle, ...] = BANDS, **fields: str) -> Document:
    return Document(fields.pop("title", "เรื่อง"), fields.pop("language", "th"), "ผู้เขียน", "", blocks, bands, **fields)  # type: ignore[arg-type]


def written(document: Document, tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    pdf.write(document, path)
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(sample_document(), tmp_path_factory.mktemp("sample"))


def pages_of(path: Path) -> list[str]:
    """Return the text of every page as poppler reads it, in its printed layout."""
    command = ["pdftotext", "-layout", str(path), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return text.split("\f")[:-1]


def words_of(path: Path, page: int) -> list[tuple[float, float, float, float, str]]:
    """Return the words of a page with their rectangles: left, top, right, bottom, word."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(path), "-"]
    found = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    pattern = r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<'
    return [(*(float(part) for part in match[:4]), match[4]) for match in re.findall(pattern, found)]  # type: ignore[misc]


def outline_of(path: Path) -> list[tuple[int, str]]:
    def walk(entries: list[Any], depth: int) -> Iterator[tuple[int, str]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, depth + 1)
            else:
                yield depth, str(entry.title)

    return list(walk(pypdf.PdfReader(path).outline, 1))


def elements_of(path: Path) -> list[Any]:
    """Return every element of the structure tree."""

    def walk(node: Any) -> Iterator[Any]:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif isinstance(node, dict) and "/S" in node:
            yield node
            if "/K" in node:
                yield from walk(node["/K"])

    root: Any = pypdf.PdfReader(path).trailer["/Root"]
    return list(walk(root["/StructTreeRoot"]["/K"]))


def sizes_of(path: Path) -> list[tuple[int, int]]:
    return [(round(page.mediabox.width), round(page.mediabox.height)) for page in pypdf.PdfReader(path).pages]


def grid(rows: int, *, small: bool = True, held: int = 0, columns: int = 3) -> TableBlock:
    """Return a table of numbered rows; with ``held``, the first of every that many rows is kept with the next."""
    head = Row(tuple(Cell(f"H{column}") for column in range(columns)))
    body = tuple(
        Row(
            (Cell(f"R{row}"), *(Cell(f"{row * 1000 + column:,}", "right") for column in range(1, columns))),
            keep_with_next=bool(held) and row % held < held - 1,
        )
        for row in range(rows)
    )
    return TableBlock((head,), body, (1.0,) * columns, small=small)


# ---- the file ----


def test_the_file_declares_that_it_is_accessible(sample: Path) -> None:
    root: Any = pypdf.PdfReader(sample).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "th"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/L", "/TOC"} <= {e["/S"] for e in elements_of(sample)}


def test_title_author_and_subject_are_in_the_file(sample: Path) -> None:
    found = pypdf.PdfReader(sample).metadata
    assert found is not None
    assert found.title == "การประเมินผลตามแผนปฏิบัติการ 2568 ไตรมาส 2"
    assert found.author == "สำนักงานตัวอย่าง"
    assert found.subject == "ผลการดำเนินงานเดือนมกราคม – มิถุนายน 2568"


def test_pictures_have_their_text_alternative(sample: Path) -> None:
    found = {str(element.get("/Alt")) for element in elements_of(sample) if element["/S"] == "/Figure"}
    pictures = [block for block in sample_document().blocks if hasattr(block, "alt")]
    assert {picture.alt for picture in pictures} <= found


def test_equal_documents_give_equal_bytes(sample: Path, tmp_path: Path) -> None:
    assert written(sample_document(), tmp_path).read_bytes() == sample.read_bytes()


def test_headings_are_bookmarks(sample: Path) -> None:
    wanted = [(block.level, block.text) for block in sample_document().blocks if isinstance(block, Heading)]
    assert outline_of(sample) == wanted


def test_a_skipped_heading_level_is_closed_and_does_not_fail(tmp_path: Path) -> None:
    path = written(of(Heading("หนึ่ง", 2), Heading("สอง", 4), Heading("สาม", 1)), tmp_path)
    assert outline_of(path) == [(1, "หนึ่ง"), (2, "สอง"), (1, "สาม")]


def test_every_font_is_embedded_and_it_is_sarabun(sample: Path) -> None:
    names = set()
    for page in pypdf.PdfReader(sample).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor), "a font is not in the file"
            names.add(descriptor["/FontName"].partition("+")[2])
    assert names == {"Sarabun-Regular", "Sarabun-Bold", "Sarabun-Italic"}


def test_the_pages_turn_with_their_sections(sample: Path) -> None:
    sizes = sizes_of(sample)
    assert sizes[0] == PORTRAIT
    assert sizes[-1] == PORTRAIT
    assert sizes.count(LANDSCAPE) == 1


def test_an_empty_section_leaves_no_empty_page(tmp_path: Path) -> None:
    path = written(of(Section(), Cover("ปก"), Section(), Section(True), Paragraph("ก"), Section()), tmp_path)
    assert sizes_of(path) == [PORTRAIT, LANDSCAPE]


def test_a_document_without_blocks_is_a_page(tmp_path: Path) -> None:
    assert len(sizes_of(written(of(), tmp_path))) == 1


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        pdf.write(of(Paragraph("ก")), tmp_path / "missing" / "report.pdf")
    target = tmp_path / "report.pdf"
    target.mkdir()
    with pytest.raises(OSError, match=r"report\.pdf"):
        pdf.write(of(Paragraph("ก")), target)
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.pdf"]


# ---- the text ----


@needs_poppler
def test_pages_are_numbered_but_not_the_cover(sample: Path) -> None:
    pages = pages_of(sample)
    assert "หน้า" not in pages[0]
    for number, text in enumerate(pages[1:], start=2):
        assert f"หน้า {number} จาก {len(pages)}" in text


@needs_poppler
def test_pages_are_numbered_in_thai_digits_and_in_english(tmp_path: Path) -> None:
    thai = written(of(Contents("สารบัญ"), Heading("บทที่ ๑"), grid(1), digits="thai"), tmp_path)
    assert "หน้า ๑ จาก ๑" in pages_of(thai)[0]
    assert "Page 1 of 1" in pages_of(written(of(Paragraph("x"), language="en"), tmp_path))[0]


@needs_poppler
def test_the_contents_name_the_pages_of_the_headings(sample: Path) -> None:
    pages = pages_of(sample)
    for title, start in (("บทสรุปผู้บริหาร", 3), ("แผนภูมิ", 4)):
        line = next(line for line in pages[1].splitlines() if title in line)
        assert line.split()[-1] == str(start)
        assert title in pages[start - 1]


@needs_poppler
def test_captions_are_numbered_apart_for_tables_and_figures(sample: Path) -> None:
    text = " ".join("".join(pages_of(sample)).split())
    for caption in (
        "ตารางที่ 1 สรุปผลการประเมิน",
        "ตารางที่ 2 ตารางที่มีเซลล์รวม",
        "ภาพที่ 1 จำแนกตามยุทธศาสตร์",
        "ภาพที่ 3",
    ):
        assert caption in text


@needs_poppler
def test_every_figure_of_a_table_is_found_in_the_text(sample: Path) -> None:
    text = "".join(pages_of(sample))
    for figure in ("1,234,567.89", "86.07", "4.92", "1.64", "7.38", "122", "62.5", "1,250", "4,000"):
        assert figure in text


@needs_poppler
def test_bands_are_said_in_words(tmp_path: Path) -> None:
    table = TableBlock((), (Row((Cell("62.5", "right", band="low"), Cell("ปานกลาง", band="fair"))),), (1.0, 1.0))
    words = pages_of(written(of(table, Paragraph((Run("ดีเยี่ยม", band="good"),))), tmp_path))[0].split()
    assert "62.5" in words
    assert words.count("ปานกลาง") == 1, "a name that stands there already is not repeated"
    assert any("ต่ำ" in word for word in words)


@needs_poppler
def test_lists_are_numbered_as_offices_number(tmp_path: Path) -> None:
    items = Items(("A", "B", "C", "D", "E"), depths=(0, 1, 2, 2, 0), numbered=True)
    lines = [line.split() for line in pages_of(written(of(items), tmp_path))[0].splitlines() if line.strip()]
    assert lines[:5] == [["1.", "A"], ["1)", "B"], ["(1)", "C"], ["(2)", "D"], ["2.", "E"]]


@needs_poppler
@pytest.mark.parametrize(
    "evil",
    [
        '#eval("1+1") #image("/etc/passwd") #let x = 1',
        r"\#strong[x] \n \u{41} C:\new\table",
        "*star* _under_ `code` $x^2$ <label> @ref = heading - item + 1. /term: x // note",
        "\"quote\" 'quote' ] } ) [ { ( ~ -- ---",
        "{{ name }} ${HOME} %s &amp; <b>",
    ],
)
def test_text_is_never_run_as_markup(evil: str, tmp_path: Path) -> None:
    table = TableBlock((Row((Cell(evil),)),), (Row((Cell(evil, band="good"),)),), (1.0,), caption=evil)
    blocks = (Heading(evil), Paragraph(evil), Paragraph((Run(evil, True, True),)), Items((evil,)), table)
    path = written(of(Cover(evil, (evil,), (evil,)), Section(True, evil), *blocks, title=evil), tmp_path)
    text = "".join("".join(pages_of(path)).split())
    wanted = "".join(evil.split())
    assert text.count(wanted) >= 9
    assert pypdf.PdfReader(path).metadata.title == evil  # type: ignore[union-attr]


@needs_poppler
def test_letters_that_no_font_has_do_not_stop_the_report(tmp_path: Path) -> None:
    text = "ก่อน 😀 ກ 中文 \ue000 \x00\x07 ≥ ✓ หลัง"
    blocks = (Cover(text), Heading(text), Paragraph(text), TableBlock((), (Row((Cell(text),)),), (1.0,), caption=text))
    found = pages_of(written(of(*blocks, title=text), tmp_path))
    assert "□" in found[1]
    assert "≥ ✓ หลัง" in found[1]
    assert "😀" not in found[1]


@needs_poppler
def test_a_band_without_a_drawn_sign_is_shown_by_its_letter(tmp_path: Path) -> None:
    bands = (BandStyle("one", "พอใช้", "1", "not a colour"), BandStyle("two", "ดีมาก", "<x>", "#12345"))
    table = TableBlock((), (Row((Cell("3.5", band="one"), Cell("4.5", band="two"))),), (1.0, 1.0))
    text = " ".join(pages_of(written(of(table, bands=bands), tmp_path))[0].split())
    assert "1 3.5 พอใช้" in text
    assert "<x> 4.5 ดีมาก" in text


# ---- tables over pages ----


@needs_poppler
def test_the_head_of_a_table_and_of_its_section_stand_on_every_page(tmp_path: Path) -> None:
    path = written(of(Section(True, "Fund 1"), grid(150)), tmp_path)
    pages = pages_of(path)
    assert len(pages) > 3
    for page in pages:
        assert ["H0", "H1", "H2"] in [line.split() for line in page.splitlines()]
        assert "Fund 1" in page
    assert [row for page in pages for row in re.findall(r"R\d+", page)] == [f"R{number}" for number in range(150)]


@needs_poppler
def test_rows_that_belong_together_stay_on_one_page(tmp_path: Path) -> None:
    pages = pages_of(written(of(Section(True), grid(140, held=7)), tmp_path))
    assert len(pages) > 2
    for page in pages:
        found = [int(row) for row in re.findall(r"R(\d+)", page)]
        assert found[0] % 7 == 0, "a page begins in the middle of a group"
        assert found[-1] % 7 == 6, "a group is torn at the end of a page"


@needs_poppler
def test_a_total_does_not_stand_alone_on_a_page(tmp_path: Path) -> None:
    for count in range(25, 45):
        table = grid(count)
        total = Row((Cell("TOTAL", shade="total", colspan=3),))
        long = TableBlock(table.head, (*table.rows, total), table.widths, small=True)
        for page in pages_of(written(of(Section(True), long), tmp_path)):
            assert "TOTAL" not in page or f"R{count - 1}" in page


@needs_poppler
def test_a_group_higher_than_a_page_is_printed_whole(tmp_path: Path) -> None:
    pages = pages_of(written(of(Section(True), grid(120, held=120)), tmp_path))
    assert [row for page in pages for row in re.findall(r"R\d+", page)] == [f"R{number}" for number in range(120)]


@needs_poppler
def test_a_row_higher_than_a_page_is_printed_whole(tmp_path: Path) -> None:
    words = [f"w{number}" for number in range(3000)]
    table = TableBlock(
        (Row((Cell("H0"), Cell("H1"))),), (Row((Cell("R0"), Cell(" ".join(words)))),), (1.0, 3.0), small=True
    )
    pages = pages_of(written(of(table), tmp_path))
    assert re.findall(r"\bw\d+", "".join(pages)) == words
    assert sum("R0" in page for page in pages) == 1


@needs_poppler
def test_a_caption_stays_with_its_table(tmp_path: Path) -> None:
    for lines in range(20, 34):
        filler = tuple(Paragraph(f"line {number}") for number in range(lines))
        table = grid(40, small=False)
        captioned = TableBlock(table.head, table.rows, table.widths, caption="CAPTION")
        page = next(page for page in pages_of(written(of(*filler, captioned), tmp_path)) if "CAPTION" in page)
        assert "R0" in page, f"the caption is left behind after {lines} lines"


@needs_poppler
def test_a_heading_stays_with_what_follows(tmp_path: Path) -> None:
    for lines in range(20, 34):
        filler = tuple(Paragraph(f"line {number}") for number in range(lines))
        page = next(p for p in pages_of(written(of(*filler, Heading("HEADING"), grid(9)), tmp_path)) if "HEADING" in p)
        assert "R0" in page, f"the heading is left behind after {lines} lines"


@needs_poppler
def test_an_empty_table_says_so(tmp_path: Path) -> None:
    empty = TableBlock((Row((Cell("H0"), Cell("H1"))),), (), (1.0, 1.0), caption="CAPTION")
    text = pages_of(written(of(empty, TableBlock((), (), ())), tmp_path))[0].split()
    assert text[text.index("H1") + 1] == "–"


@needs_poppler
def test_spans_hold_their_cells(tmp_path: Path) -> None:
    rows = (
        Row((Cell("A", rowspan=3), Cell("B", colspan=2))),
        Row((Cell("C"), Cell("D", rowspan=2))),
        Row((Cell("E"),)),
    )
    path = written(of(TableBlock((), rows, (1.0, 1.0, 1.0))), tmp_path)
    places = {word: (left, top) for left, top, _, _, word in words_of(path, 1) if word in "ABCDE"}
    assert places["B"][0] == places["C"][0] == places["E"][0]
    assert places["A"][0] < places["B"][0] < places["D"][0]
    assert places["B"][1] < places["C"][1] < places["E"][1]


@needs_poppler
def test_spans_that_leave_the_table_are_cut(tmp_path: Path) -> None:
    rows = (Row((Cell("A", colspan=9),)), Row((Cell("B", rowspan=9), Cell("C"))), Row(()))
    words = pages_of(written(of(TableBlock((), rows, (1.0, 1.0))), tmp_path))[0].split()
    assert {"A", "B", "C"} <= set(words)


def test_figures_of_millions_and_endless_words_stay_in_their_columns(tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler (pdftotext) is not installed, so the places of the words cannot be read back")
    months = tuple(Cell(f"{(place + 1) * 1_234_567:,}", "right") for place in range(12))
    name = Cell("โครงการ " + "X" * 300)
    rows = tuple(
        Row((name, *months, Cell("104,770,000", "right", True), Cell("99.99", "right", band="fair"))) for _ in range(4)
    )
    table = TableBlock((Row(tuple(Cell(f"H{n}") for n in range(15))),), rows, (4.0, *(0.7,) * 12, 1.0, 1.0), small=True)
    path = written(of(Section(True), table), tmp_path)
    found = words_of(path, 1)
    for left, top, right, bottom, word in found:
        assert 0 < left < right < 842, f"{word} leaves the page"
        for other in found:
            level = abs(top - other[1]) < 2
            apart = right <= other[0] + 0.3 or other[2] <= left + 0.3
            assert not level or apart or other == (left, top, right, bottom, word), f"{word} runs into {other[4]}"
    for place in range(12):
        assert sum(word[4] == f"{(place + 1) * 1_234_567:,}" for word in found) == 4


def test_no_figure_of_the_annex_runs_into_the_next(sample: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler (pdftotext) is not installed, so the places of the words cannot be read back")
    figures = [word for word in words_of(sample, 6) if re.fullmatch(r"[\d,.]+|–", word[4])]
    assert len(figures) > 60
    for index, one in enumerate(figures):
        for other in figures[index + 1 :]:
            assert abs(one[1] - other[1]) > 2 or one[2] <= other[0] + 0.3 or other[2] <= one[0] + 0.3


# ---- pictures of pages ----


def test_nothing_is_drawn_outside_the_margins(sample: Path, tmp_path: Path) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("poppler (pdftoppm) is not installed, so the pages cannot be looked at")
    subprocess.run(["pdftoppm", "-r", "36", "-gray", str(sample), str(tmp_path / "page")], check=True)
    for image in sorted(tmp_path.glob("page-*.pgm")):
        _, size, _, pixels = image.read_bytes().split(b"\n", 3)
        width, height = (int(part) for part in size.split())
        rim = 14  # a centimetre
        for y in range(height):
            row = pixels[y * width : (y + 1) * width]
            edges = row if y < rim or y >= height - rim else row[:rim] + row[-rim:]
            assert min(edges) > 200, f"{image.name} is printed on at line {y}"


def test_a_chart_is_as_wide_as_the_text_and_a_tall_one_fits_its_page(tmp_path: Path) -> None:
    names = tuple(f"หน่วยงานที่ {number}" for number in range(60))
    series = Series("งาน", tuple(Decimal(number) for number in range(60)))
    tall = Chart("bar", "ข้อค้นพบ", names, (series,), "แท่งหกสิบแท่ง", caption="หน่วยงาน")
    path = written(of(Heading("ภาพ"), tall), tmp_path)
    assert sizes_of(path) == [PORTRAIT]
