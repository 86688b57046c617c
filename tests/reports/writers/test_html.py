"""The page read back: what it means to a screen reader, that it holds nothing foreign, and that text stays text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import lxml.html
import pytest

from samrit.reports.document.model import (
    BandStyle,
    Cell,
    Chart,
    Contents,
    Cover,
    Diagram,
    Document,
    Heading,
    Items,
    Node,
    Paragraph,
    Row,
    Run,
    Section,
    Series,
    TableBlock,
)
from samrit.reports.look import colour
from samrit.reports.writers import html
from samrit.reports.writers.hypertext.css import quoted
from tests.reports.sample_document import BANDS, sample_document

VOID = {"meta", "col", "br"}


def of(*blocks: object, **fields: str) -> Document:
    return Document("เรื่อง", fields.pop("language", "th"), "ผู้เขียน", "", blocks, BANDS, **fields)  # type: ignore[arg-type]


def page(document: Document) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(html.render(document))


def words(element: lxml.html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


@pytest.fixture(scope="module")
def sample() -> lxml.html.HtmlElement:
    return page(sample_document())


class Balance(HTMLParser):
    """Notes every tag that is closed out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Elements of a picture close themselves."""

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"{tag} at {self.getpos()}")


def test_every_tag_is_closed_in_turn() -> None:
    parser = Balance()
    parser.feed(html.render(sample_document()))
    assert parser.faults == []
    assert parser.open == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_page_says_its_language_and_title(language: str) -> None:
    tree = page(sample_document(language))
    assert tree.get("lang") == language
    assert words(tree.find(".//title")) == sample_document().title


def test_the_page_is_self_contained_and_runs_nothing() -> None:
    text = html.render(sample_document())
    assert "<script" not in text
    addresses = re.findall(r"""(?:href|src|action|url)\s*[=(]\s*["']?([^"')\s>]+)""", text)
    assert addresses
    assert all(address.startswith(("#", "data:font/woff;base64,")) for address in addresses)
    outside = re.findall(r"https?://[^\"' <]+", text)
    assert set(outside) <= {"http://www.w3.org/2000/svg"}
    assert "default-src 'none'" in text


def test_one_h1_and_no_level_of_heading_left_out(sample: lxml.html.HtmlElement) -> None:
    levels = [int(node.tag[1]) for node in sample.iter("h1", "h2", "h3", "h4", "h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_without_a_cover_the_title_is_the_h1() -> None:
    assert words(page(of(Heading("บทที่ 1"))).find(".//h1")) == "เรื่อง"


def test_a_second_cover_is_no_second_h1() -> None:
    tree = page(of(Cover("กองทุนที่หนึ่ง"), Section(), Cover("กองทุนที่สอง")))
    assert [words(node) for node in tree.iter("h1")] == ["กองทุนที่หนึ่ง"]
    assert "กองทุนที่สอง" in words(tree)


def test_the_contents_leads_to_the_headings(sample: lxml.html.HtmlElement) -> None:
    links = sample.findall(".//nav//a")
    targets = {node.get("id"): words(node) for node in sample.iter("h2", "h3", "h4", "h5")}
    assert [(targets[link.get("href")[1:]], True) for link in links] == [(words(link), True) for link in links]
    assert len(links) == sum(isinstance(block, Heading) for block in sample_document().blocks)


def test_a_heading_below_a_missing_level_is_nested_once() -> None:
    tree = page(of(Contents("สารบัญ"), Heading("ก", 1), Heading("ข", 3), Heading("ค", 1)))
    top = tree.find(".//nav/ol")
    assert [words(item.find("a")) for item in top.findall("li")] == ["ก", "ค"]
    assert [words(item) for item in top.findall("li/ol/li")] == ["ข"]


def test_identifiers_are_unique_also_with_the_same_picture_twice() -> None:
    chart = next(block for block in sample_document().blocks if isinstance(block, Chart))
    tree = page(of(chart, chart, Heading("ก"), Heading("ก")))
    identifiers = [node.get("id") for node in tree.iter() if node.get("id")]
    assert len(identifiers) == len(set(identifiers))
    for node in tree.iter():
        for name in (node.get("aria-labelledby") or "").split():
            assert name in identifiers


def tables(tree: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    found = list(tree.iter("table"))
    assert found
    yield from found


def test_tables_scroll_in_a_named_box_that_the_keyboard_reaches(sample: lxml.html.HtmlElement) -> None:
    for table in tables(sample):
        box = table.getparent()
        assert (box.get("role"), box.get("tabindex")) == ("region", "0")
        assert box.get("aria-label") or sample.get_element_by_id(box.get("aria-labelledby")).tag == "caption"


def test_head_cells_say_what_they_are_the_head_of(sample: lxml.html.HtmlElement) -> None:
    for table in tables(sample):
        assert all(cell.get("scope") in {"col", "colgroup"} for cell in table.iterfind("thead/tr/*"))
        assert all(cell.tag == "th" for cell in table.iterfind("thead/tr/*"))
        assert all(cell.get("scope") in {"row", "rowgroup"} for cell in table.iterfind("tbody/tr/th"))


def test_captions_are_numbered(sample: lxml.html.HtmlElement) -> None:
    assert [words(node) for node in sample.iter("caption")] == [
        "ตารางที่ 1 สรุปผลการประเมินจำแนกตามยุทธศาสตร์",
        "ตารางที่ 2 ตารางที่มีเซลล์รวมทั้งแนวตั้งและแนวนอน",
    ]
    assert [words(node)[:8] for node in sample.iter("figcaption")] == ["ภาพที่ 1", "ภาพที่ 2", "ภาพที่ 3"]


def test_thai_digits_number_captions_and_pages() -> None:
    text = html.render(sample_document(digits="thai"))
    assert "ตารางที่ ๒" in text
    assert "counter(page,thai)" in text


def test_spans_cover_the_whole_grid() -> None:
    rows = (
        Row((Cell("ก", rowspan=2), Cell("ข", colspan=2))),
        Row((Cell("ค"), Cell("ง"))),
        Row((Cell("จ", colspan=9),)),
        Row((Cell("ฉ", rowspan=7),)),
    )
    table = next(tables(page(of(TableBlock((), rows, (1, 1, 1))))))
    spans = [[(cell.get("colspan"), cell.get("rowspan")) for cell in row] for row in table.iter("tr")]
    assert spans[0] == [(None, "2"), ("2", None)]
    assert spans[1] == [(None, None)] * 2
    assert sum(int(span or 1) for span, _ in spans[2]) == sum(int(span or 1) for span, _ in spans[3])


def test_a_group_row_begins_a_body_of_its_own() -> None:
    group = Row((Cell("กลยุทธ์ที่ 1", colspan=2, shade="group"),))
    row = Row((Cell("งาน"), Cell("1", "right")))
    table = next(tables(page(of(TableBlock((), (group, row, row, group, row), (1, 1))))))
    assert [len(body.findall("tr")) for body in table.iter("tbody")] == [3, 2]
    assert [cell.get("scope") for cell in table.iterfind("tbody/tr[1]/th")] == ["rowgroup", "rowgroup"]


def test_a_band_is_sign_and_word() -> None:
    rows = (Row((Cell("62.5", band="low"), Cell("", band="fair"), Cell("ระดับดี", band="good"), Cell("9", band="?"))),)
    table = next(tables(page(of(TableBlock((), rows, (1, 1, 1, 1))))))
    assert [words(cell) for cell in table.iterfind(".//tr/*")] == ["▲ 62.5 ต่ำ", "◐ ปานกลาง", "✓ ระดับดี", "9"]


def test_every_band_reads_on_its_ground() -> None:
    for band in (*BANDS, BandStyle("pale", "ซีด", "?", "#ffff00"), BandStyle("white", "ขาว", "?", "#ffffff")):
        for ground in ("#ffffff", colour.tint(band.colour)):
            assert colour.contrast(colour.ink(band.colour, ground), ground) >= 4.5
            assert colour.contrast(colour.INK, ground) >= 4.5


@pytest.mark.parametrize("fill", ["#ffffff", *colour.SHADES.values()])
def test_the_other_colours_read_too(fill: str) -> None:
    for text in (colour.INK, colour.NAVY, colour.QUIET):
        assert colour.contrast(text, fill) >= 4.5
    assert colour.contrast(colour.TEAL, "#ffffff") >= 4.5


def test_lists_nest_by_depth() -> None:
    tree = page(of(Items(("ก", "ข", "ค", "ง", "จ"), depths=(0, 1, 2, 0), numbered=True)))
    top = tree.find(".//main//ol")
    assert [item.text for item in top.findall("li")] == ["ก", "ง", "จ"]
    assert [item.text for item in top.findall("li/ol/li")] == ["ข"]
    assert [item.text for item in top.findall("li/ol/li/ol/li")] == ["ค"]


def test_charts_are_pictures_with_words_and_figures(sample: lxml.html.HtmlElement) -> None:
    document = sample_document()
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    figures = sample.findall(".//figure")
    for chart, figure in zip(charts, figures, strict=False):
        picture = figure.find(".//svg")
        assert [words(picture.find(tag)) for tag in ("title", "desc")] == [chart.title, chart.alt]
        shown = words(figure.find("details//table"))
        assert all(category in shown for category in chart.categories)
    assert len(figures) == len(charts) + 1
    assert figures[-1].find("details") is None


def test_print_turns_the_annex_and_repeats_its_running_head() -> None:
    style = page(sample_document()).find(".//style").text
    turned = re.findall(r"@page (s\d+)\{size:A4 landscape", style)
    assert len(turned) == 1
    assert f"#{turned[0]}{{page:{turned[0]}}}" in style
    assert f"@top-left{{content:{quoted('กองทุนที่หนึ่ง – ยุทธศาสตร์ที่ 1')}}}" in style


ATTACK = "</style></title></textarea>\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}\\22 };*{x:y}"


def attacked(payload: str) -> Document:
    band = BandStyle(payload, payload, payload, f"red}}{payload}")
    rows = (Row((Cell(payload, payload, colspan=1, band=payload, shade=payload), Cell((Run(payload, band=payload),)))),)
    return Document(
        title=payload,
        language=payload,
        author=payload,
        subject=payload,
        blocks=(
            Cover(payload, (payload,), (payload,)),
            Section(landscape=True, header=payload),
            Contents(payload),
            Heading(payload),
            Paragraph((Run(payload, bold=True, band=payload),), style=payload),
            Items((payload, payload), depths=(0, 1)),
            TableBlock(rows, rows, (1, 1), caption=payload),
            TableBlock(rows, rows, (1, 1)),
            Chart("bar", payload, (payload,), (Series(payload, (None,), band=payload),), payload, payload, payload),
            Diagram(payload, (Node(payload, payload, 0, payload),), (), payload, payload),
        ),
        bands=(band,),
        digits="arabic",
        plan_id=payload,
    )


def elements(tree: lxml.html.HtmlElement) -> list[str]:
    """Return all elements but the lines of text that a picture sets, which depend on the length of the text."""
    return [node.tag for node in tree.iter() if node.tag not in {"text", "rect", "path", "g"}]


def test_no_text_of_a_document_becomes_markup() -> None:
    hostile, harmless = page(attacked(ATTACK)), page(attacked("ข้อความ"))
    assert elements(hostile) == elements(harmless)
    assert not list(hostile.iter("script", "img"))
    assert not [name for node in hostile.iter() for name in node.attrib if name.startswith("on")]
    assert words(hostile).count("<script>alert(1)</script>") > 20


def test_no_text_of_a_document_becomes_style() -> None:
    style = page(attacked(ATTACK)).find(".//style").text
    assert "alert" not in style.replace("alert\\28 1\\29 ", "")
    assert "*{x:y}" not in style
    assert "red}" not in style


def test_a_css_string_cannot_end_early() -> None:
    assert quoted('a"b\\c</style>\n') == '"a\\22 b\\5c c\\3c \\2f style\\3e \\a "'


def test_control_characters_are_left_out() -> None:
    hard = "ก\x00\x08\ud800ข"
    text = html.render(of(Cover(hard, (hard,), (hard,)), Section(header=hard), Paragraph(hard)))
    assert text.count("กข") == 6  # in the cover, the running head on screen and in print, and the text
    assert text.encode("utf-8")


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "1.html", tmp_path / "2.html"
    html.write(sample_document(), one)
    html.write(sample_document(), other)
    assert one.read_bytes() == other.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.html", "2.html"]


def test_an_empty_document_is_a_page() -> None:
    assert words(page(of()).find(".//h1")) == "เรื่อง"


def test_the_annex_is_fitted_and_its_odd_long_figure_set_smaller() -> None:
    row = Row((Cell("โครงการ"), *(Cell("12", "right") for _ in range(12))))
    odd = Row((Cell("โครงการ"), *(Cell("12", "right") for _ in range(11)), Cell("4,000,000,000", "right")))
    table = next(tables(page(of(TableBlock((), (*(row,) * 30, odd), (4, *(0.8,) * 12), small=True)))))
    assert "--width:" in table.get("style")
    smaller = [words(cell) for cell in table.iter("td") if "font-size" in (cell.get("style") or "")]
    assert smaller == ["4,000,000,000"]


def test_a_kept_row_stays_with_the_next_in_print() -> None:
    rows = (Row((Cell("กลุ่ม"),), keep_with_next=True), Row((Cell("งาน"),)))
    table = next(tables(page(of(TableBlock((), rows, (1,))))))
    assert [row.get("class") for row in table.iter("tr")] == ["keep", None]
