"""Charts and diagrams: what stands in the SVG, that no words overlap or leave the sheet, and that the PNG is drawn."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.reports.document.model import BandStyle, Chart, Diagram, Node, Series
from samrit.reports.drawing.charts import png, svg
from samrit.reports.drawing.line import ticks
from samrit.reports.look.fonts import text_width
from tests.reports.sample_document import BANDS, sample_document

SVG = "{http://www.w3.org/2000/svg}"
PICTURES = [block for block in sample_document().blocks if isinstance(block, Chart | Diagram)]
NAMES = (
    "ยุทธศาสตร์ที่ 1 การพัฒนาเทคโนโลยีและนวัตกรรมเพื่อสร้างการให้บริการเชิงรุกแก่ทุกคน (Modernized service)",
    "กองทุนเงินทดแทน",
    "ดี",
    "A" * 80,
    "น้ำมันเชื้อเพลิง ค่าซ่อมบำรุงเครื่องกำเนิดไฟฟ้า",
    "",
)


def chart(kind: str, categories: tuple[str, ...], *series: Series, **fields: object) -> Chart:
    return Chart(kind, str(fields.pop("title", "ข้อค้นพบ")), categories, series, "ข้อความแทนภาพ", **fields)  # type: ignore[arg-type]


def numbers(*values: object) -> tuple[Decimal | None, ...]:
    return tuple(None if value is None else Decimal(str(value)) for value in values)


def texts(drawing: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(drawing).iter(f"{SVG}text")]  # noqa: S314


def boxes(drawing: str) -> list[tuple[float, float, float, float, str]]:
    """Return the rectangle of every text: left, top, right, bottom, words."""
    found = []
    for element in ET.fromstring(drawing).iter(f"{SVG}text"):  # noqa: S314
        size = float(element.get("font-size", "0"))
        width = text_width(element.text or "", size, element.get("font-weight") == "bold")
        left = float(element.get("x", "0")) - {"middle": width / 2, "end": width}.get(element.get("text-anchor", ""), 0)
        base = float(element.get("y", "0"))
        found.append((left, base - 0.72 * size, left + width, base + 0.2 * size, element.text or ""))
    return found


def assert_legible(drawing: str) -> None:
    """No text lies on another, and none leaves the sheet."""
    root = ET.fromstring(drawing)  # noqa: S314
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    rectangles = boxes(drawing)
    for left, top, right, bottom, words in rectangles:
        assert left >= -0.5, f"{words!r} leaves the sheet at the left"
        assert right <= width + 0.5, f"{words!r} leaves the sheet at the right"
        assert top >= -0.5, f"{words!r} leaves the sheet above"
        assert bottom <= height + 0.5, f"{words!r} leaves the sheet below"
    for index, one in enumerate(rectangles):
        for other in rectangles[index + 1 :]:
            apart = one[2] <= other[0] + 0.5 or other[2] <= one[0] + 0.5 or one[3] <= other[1] or other[3] <= one[1]
            assert apart, f"{one[4]!r} lies on {other[4]!r}"


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: getattr(picture, "kind", "diagram"))
def test_every_kind_is_legible_and_says_what_it_shows(picture: Chart | Diagram) -> None:
    drawing = svg(picture, BANDS)
    root = ET.fromstring(drawing)  # noqa: S314
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == picture.title
    assert root.findtext(f"{SVG}desc") == picture.alt
    assert picture.title in "".join(texts(drawing))
    assert_legible(drawing)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: getattr(picture, "kind", "diagram"))
def test_the_png_is_drawn_at_the_scale_asked_for_and_always_alike(picture: Chart | Diagram) -> None:
    image = png(picture, BANDS, 1.5)
    assert image.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", image[16:24])
    asked = ET.fromstring(svg(picture, BANDS))  # noqa: S314
    assert (width, height) == (1080, pytest.approx(float(asked.get("height", "0")) * 1.5, abs=2))
    assert image == png(picture, BANDS, 1.5)


def test_letters_leave_ink_on_the_png() -> None:
    """Without a registered font every label would be blank, and no error would say so."""
    with_words = png(chart("bar", ("กองทุน",), Series("จำนวน", numbers(3))), BANDS)
    without = png(chart("bar", (" ",), Series("จำนวน", numbers(3)), title=" "), BANDS)
    assert len(with_words) > len(without) + 1000


def test_the_png_takes_sara_am_apart_and_the_svg_keeps_it() -> None:
    picture = chart("bar", ("น้ำ ดำเนินงาน",), Series("จำนวน", numbers(1)))
    taken_apart = chart("bar", ("น\u0e4d\u0e49\u0e32 ด\u0e4d\u0e32เนินงาน",), Series("จำนวน", numbers(1)))
    assert "น้ำ ดำเนินงาน" in "".join(texts(svg(picture, BANDS)))
    assert png(picture, BANDS)[-2000:] == png(taken_apart, BANDS)[-2000:]


def test_bands_have_a_sign_and_a_pattern_of_their_own() -> None:
    series = [Series(band.name, numbers(25), band=band.code) for band in BANDS]
    drawing = svg(chart("stacked", ("ทั้งแผน",), *series), BANDS)
    assert {band.name for band in BANDS} <= set(texts(drawing))
    for band in BANDS:
        assert band.colour in drawing
    patterns = re.findall(r"<pattern.*?</pattern>", drawing)
    assert len(patterns) == 3  # the best band is plain
    assert len({re.sub(r'id="[^"]*"|#[0-9a-f]{6}', "", pattern) for pattern in patterns}) == 3
    assert not set("✓◐▲✕") & set(drawing), "signs are drawn, since the font has no letters for them"


def test_a_bar_that_bears_the_name_of_a_band_gets_its_colour_and_sign() -> None:
    drawing = svg(chart("bar", ("ดี", "ปรับปรุง"), Series("จำนวน", numbers(199, 12))), BANDS)
    assert "#1a7f37" in drawing
    assert "#b42318" in drawing


def test_figures_are_rounded_half_up_with_thousands() -> None:
    drawing = svg(chart("bar", ("ก", "ข", "ค"), Series("บาท", numbers("1234567.895", "8.085", "112.50"))), BANDS)
    assert {"1,234,567.90", "8.09", "112.5"} <= set(texts(drawing))


def test_thai_digits_are_used_when_asked_for() -> None:
    drawing = svg(chart("line", ("ม.ค.", "ก.พ."), Series("ผล", numbers(10, 25)), unit="คน"), BANDS, digits="thai")
    assert "๒๕" in texts(drawing)
    assert not re.search("[0-9]", "".join(texts(drawing)))


def test_the_plan_is_dashed_and_the_result_solid_with_gaps() -> None:
    plan, actual = Series("แผน", numbers(1, 2, 3, 4), dashed=True), Series("ผล", numbers(1, None, 2, None))
    root = ET.fromstring(svg(chart("line", ("1", "2", "3", "4"), plan, actual), BANDS))  # noqa: S314
    curves = [path for path in root.iter(f"{SVG}path") if path.get("stroke-width") == "2.5"]
    assert [path.get("stroke-dasharray") is not None for path in curves] == [True, False]
    assert [path.get("d", "").count("M") for path in curves] == [1, 2]
    assert len(list(root.iter(f"{SVG}circle"))) == 2


def test_the_marked_month_is_shown_in_bold() -> None:
    root = ET.fromstring(svg(chart("line", ("ม.ค.", "ก.พ."), Series("ผล", numbers(1, 2)), marked=1), BANDS))  # noqa: S314
    bold = [element.text for element in root.iter(f"{SVG}text") if element.get("font-weight") == "bold"]
    assert "ก.พ." in bold
    assert "ม.ค." not in bold


def test_a_heat_map_tells_zero_from_nothing_reported() -> None:
    drawing = svg(chart("heat", ("ม.ค.", "ก.พ."), Series("หน่วยงาน", numbers(0, None))), BANDS)
    assert texts(drawing).count("0") == 1
    assert "none" in re.findall(r'<pattern id="s[0-9a-f]+-(\w+)"', drawing)


def test_shares_of_a_pie_are_half_up_and_say_the_whole() -> None:
    parts = Series("คน", numbers(2020, 95, 328, 4510))
    drawing = svg(chart("pie", ("ข้าราชการ", "ลูกจ้าง", "พนักงานราชการ", "พนักงาน"), parts, unit="คน"), BANDS)
    found = " ".join(texts(drawing))
    for share in ("29.05%", "1.37%", "4.72%", "64.86%", "6,953"):
        assert share in found


def test_a_pie_of_one_slice_is_a_whole_ring() -> None:
    drawing = svg(chart("pie", ("ทั้งหมด",), Series("คน", numbers(7))), BANDS)
    assert "100.00%" in " ".join(texts(drawing))
    assert_legible(drawing)


def test_a_chart_without_figures_holds_its_title_only() -> None:
    for kind in ("bar", "stacked", "line", "pie", "heat"):
        drawing = svg(chart(kind, ("ก",), Series("ผล", numbers(None))), BANDS)
        assert texts(drawing) == ["ข้อค้นพบ"]
    assert texts(svg(chart("bar", ()), BANDS)) == ["ข้อค้นพบ"]


def test_a_pie_of_zeros_and_a_line_of_equal_values_are_drawn() -> None:
    assert_legible(svg(chart("pie", ("ก", "ข"), Series("คน", numbers(0, 0))), BANDS))
    assert_legible(svg(chart("line", ("ก", "ข"), Series("คน", numbers(0, 0))), BANDS))
    assert_legible(svg(chart("stacked", ("ก",), Series("คน", numbers(0))), BANDS))


def test_user_text_never_becomes_markup() -> None:
    evil = "</text><script>alert(1)</script>&amp; \" ' \x00\x0b"
    band = BandStyle("x", evil, "<", 'red" onload="x')
    picture = chart("bar", (evil,), Series(evil, numbers(1), band="x"), title=evil, unit=evil)
    root = ET.fromstring(svg(picture, (band,)))  # noqa: S314
    assert not list(root.iter(f"{SVG}script"))
    assert all(element.get("onload") is None for element in root.iter())
    assert png(picture, (band,)).startswith(b"\x89PNG")


def test_two_pictures_on_one_page_share_no_names() -> None:
    names = [set(re.findall(r'id="([^"]+)"', svg(picture, BANDS))) for picture in PICTURES]
    assert not set.intersection(*names)


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no chart of kind 'radar'"):
        svg(chart("radar", ("ก",), Series("ผล", numbers(1))), BANDS)
    with pytest.raises(ValueError, match="2 values for 1"):
        svg(chart("bar", ("ก",), Series("ผล", numbers(1, 2))), BANDS)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [("0", "120", "0 50 100 150"), ("0", "4", "0 1 2 3 4"), ("0", "0", "0 1"), ("-3", "5", "-4 -2 0 2 4 6")],
)  # fmt: skip
def test_the_scale_has_round_figures_and_holds_every_value(low: str, high: str, expected: str) -> None:
    found = ticks(Decimal(low), Decimal(high))
    assert [Decimal(tick) for tick in expected.split()] == list(found)


values = st.one_of(st.none(), st.decimals(0, 10**8, places=2), st.integers(0, 500).map(Decimal))


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    kind = draw(st.sampled_from(["bar", "stacked", "line", "pie", "heat"]))
    categories = tuple(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=12)))
    count = 1 if kind == "pie" else draw(st.integers(1, 4))
    series = tuple(
        Series(
            draw(st.sampled_from(NAMES[1:5])),
            tuple(draw(st.lists(values, min_size=len(categories), max_size=len(categories)))),
            band=draw(st.sampled_from(["", "good", "improve"])),
        )
        for _ in range(count)
    )
    marked = draw(st.one_of(st.none(), st.integers(0, len(categories) - 1)))
    return Chart(kind, draw(st.sampled_from(NAMES)), categories, series, "ก", unit="งาน/โครงการ", marked=marked)


@settings(max_examples=150)
@given(charts())
def test_no_words_overlap_whatever_the_data(picture: Chart) -> None:
    assert_legible(svg(picture, BANDS))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(NAMES), st.sampled_from(["", "ระดับ 1"])), max_size=20))
def test_no_boxes_of_a_diagram_overlap_or_cut_their_words(found: list[tuple[int, str, str]]) -> None:
    nodes = tuple(Node(f"n{i}", text, level, group) for i, (level, text, group) in enumerate(found))
    edges = tuple((one.id, other.id) for one in nodes for other in nodes if other.level == one.level + 1)
    drawing = svg(Diagram("แผน", nodes, edges, "ก"), BANDS)
    assert_legible(drawing)
    printed = re.sub(r"\s", "", "".join(texts(drawing)))
    for node in nodes:
        assert re.sub(r"\s", "", node.text) in printed


def test_a_diagram_ignores_lines_to_boxes_that_do_not_exist() -> None:
    picture = replace(next(p for p in PICTURES if isinstance(p, Diagram)), edges=(("v", "ไม่มี"), ("s1", "t11")))
    assert_legible(svg(picture, BANDS))
