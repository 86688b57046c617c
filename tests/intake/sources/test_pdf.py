"""PDFs: tables over pages, tables without lines, turned pages, scans, passwords."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from samrit.intake.grid import Grid
from samrit.intake.sources import Confined, page_picture, read_document
from tests import processor_time
from tests.intake.sources.documents import (
    MONITORING,
    C,
    codes,
    covering,
    errors,
    expected,
    tables_of,
    typeset,
    write_pdf,
)


@pytest.fixture(scope="module")
def confined() -> Iterator[Confined]:
    with Confined() as process:
        yield process


def bare(rows: list[list[str]]) -> list[list[str]]:
    """Return texts without spaces, which a PDF does not always hold."""
    return [["".join(text.split()) for text in row] for row in rows]


def texts(grid: Grid) -> list[str]:
    return [cell.text for row in grid.rows for cell in row]


def test_a_table_over_pages_is_one_grid_a_page_with_its_heads(tmp_path: Path, confined: Confined) -> None:
    rows = [[str(n), f"งานที่ {n}", str(n * 10)] for n in range(1, 121)]
    things = ", ".join(f"[{cell}]" for row in rows for cell in row)
    head = "table.header([ลำดับ], [งาน], [เป้าหมาย])"
    path = typeset(f"#table(columns: (auto, 1fr, auto), {head}, {things})", tmp_path / "long.pdf")
    told: list[tuple[int, int]] = []
    reading = read_document(path, confined=confined, progress=lambda done, total: told.append((done, total)))
    tables = tables_of(reading)
    assert [grid.page for grid in tables] == [1, 2, 3, 4]
    assert all(covering(grid)[0] == ["ลำดับ", "งาน", "เป้าหมาย"] for grid in tables)
    assert [row for grid in tables for row in covering(grid)[1:]] == rows
    assert told == [(n, 4) for n in range(5)]


def test_a_table_without_lines_is_read_by_its_columns(tmp_path: Path, confined: Confined) -> None:
    things = "[หน่วยงาน], [แผน], [ผล], [กพน.], [1,200], [1,180], [สบท.], [5], [–], [กบค.], [300], [299.5]"
    body = f"ข้อความนำที่ยาวพอจะเป็นบรรทัดหนึ่ง\n\n#table(stroke: none, columns: (8cm, 3cm, 3cm), {things})\n\nข้อความท้าย"
    grids = read_document(typeset(body, tmp_path / "plain.pdf"), confined=confined).grids
    assert [grid.is_table for grid in grids] == [False, True, False]
    assert covering(grids[1]) == [
        ["หน่วยงาน", "แผน", "ผล"], ["กพน.", "1,200", "1,180"], ["สบท.", "5", "–"], ["กบค.", "300", "299.5"],
    ]  # fmt: skip
    assert grids[1].sheet == "ข้อความนำที่ยาวพอจะเป็นบรรทัดหนึ่ง"


def test_running_text_is_no_table(tmp_path: Path, confined: Confined) -> None:
    body = "#set par(justify: true)\n" + "การประเมินผลตามแผนปฏิบัติการ ประจำปี 2568 รอบ 12 เดือน เป็นการติดตามผล " * 40
    grids = read_document(typeset(body, tmp_path / "text.pdf"), confined=confined).grids
    assert [grid.is_table for grid in grids] == [False]


def test_figures_stacked_in_one_ruled_row_become_rows(tmp_path: Path, confined: Confined) -> None:
    things = "[งาน], [แผน/ผล], [ม.ค.], [ก.พ.], [ตรวจสถานประกอบการ], [แผน\\ ผล], [10\\ 9], [20\\ 21]"
    path = typeset(f"#table(columns: (6cm, 2cm, 2cm, 2cm), {things})", tmp_path / "stacked.pdf")
    (grid,) = tables_of(read_document(path, confined=confined))
    assert covering(grid) == [
        ["งาน", "แผน/ผล", "ม.ค.", "ก.พ."],
        ["ตรวจสถานประกอบการ", "แผน", "10", "20"],
        ["ตรวจสถานประกอบการ", "ผล", "9", "21"],
    ]


def test_rows_parted_by_columns_of_lines_only_are_rows(tmp_path: Path, confined: Confined) -> None:
    """Many offices draw the columns and a frame, and no line between the rows."""
    rows = [[f"งานที่ {n}", str(n * 10), str(n * 9)] for n in range(1, 7)]
    things = ", ".join(f"[{cell}]" for row in rows for cell in row)
    stroke = "stroke: (x, y) => (left: 0.5pt, right: 0.5pt, top: if y < 2 { 0.5pt }, bottom: if y == 6 { 0.5pt })"
    path = typeset(f"#table(columns: (6cm, 3cm, 3cm), {stroke}, [งาน], [แผน], [ผล], {things})", tmp_path / "c.pdf")
    (grid,) = tables_of(read_document(path, confined=confined))
    assert covering(grid) == [["งาน", "แผน", "ผล"], *rows]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_upright(tmp_path: Path, turn: int, confined: Confined) -> None:
    """A landscape table on a page that viewers turn: its content lies on its side in the file."""
    plain = write_pdf(MONITORING, tmp_path / "plain.pdf")
    writer = PdfWriter()
    page = writer.add_page(PdfReader(plain).pages[0])
    page.rotate(turn)
    page.transfer_rotation_to_content()  # the content is turned for real ...
    page.rotate(-turn)  # ... and the page turned back
    path = tmp_path / "turned.pdf"
    writer.write(path)
    (grid,) = tables_of(read_document(path, confined=confined))
    assert covering(grid) == expected(MONITORING)


def test_headings_turned_on_their_side_are_read(tmp_path: Path, confined: Confined) -> None:
    months = ", ".join(f"rotate(-90deg, reflow: true)[{name}]" for name in ("มกราคม", "กุมภาพันธ์"))
    path = typeset(f"#table(columns: (6cm, 1cm, 1cm), [งาน], {months}, [ก], [1], [2])", tmp_path / "side.pdf")
    (grid,) = tables_of(read_document(path, confined=confined))
    assert covering(grid) == [["งาน", "มกราคม", "กุมภาพันธ์"], ["ก", "1", "2"]]


def test_thai_marks_are_neither_lost_nor_doubled(tmp_path: Path, confined: Confined) -> None:
    words = "เพิ่มสิทธิ์ผู้ทุพพลภาพให้น้ำดื่มซึ่งกู้ยืมได้ทั้งปีที่สำคัญ ฐานะญาติ ปรึกษาผู้เชี่ยวชาญ"
    path = typeset(f"#table(columns: (22cm, 2cm), [{words}], [1])", tmp_path / "marks.pdf")
    (grid,) = tables_of(read_document(path, confined=confined))
    assert covering(grid)[0][0] == words


def test_wrapped_thai_goes_on_without_a_space(tmp_path: Path, confined: Confined) -> None:
    words = "จำนวนสถานประกอบการที่ได้รับการตรวจสอบบัญชีค่าจ้างและติดตามให้ขึ้นทะเบียน"
    path = typeset(f"#table(columns: (4cm, 3cm), [{words}], [แผน\\ ผล])", tmp_path / "wrap.pdf")
    (grid,) = tables_of(read_document(path, confined=confined))
    assert [cell.text for cell in grid.rows[0]] == [words, "แผน\nผล"]


def test_two_tables_on_a_page_and_text_between_keep_their_order(tmp_path: Path, confined: Confined) -> None:
    body = "#table(columns: 2, [ก], [1])\nคั่นกลาง\n#table(columns: 2, [ข], [2])"
    grids = read_document(typeset(body, tmp_path / "two.pdf"), confined=confined).grids
    assert [texts(grid) for grid in grids] == [["ก", "1"], ["คั่นกลาง"], ["ข", "2"]]
    assert [grid.sheet for grid in grids] == ["", "", "คั่นกลาง"]


def test_a_frame_around_the_page_does_not_swallow_its_tables(tmp_path: Path, confined: Confined) -> None:
    frame = "#place(top + left, rect(width: 100%, height: 100%))\n#place(top + left, dy: 3cm, line(length: 100%))\n"
    body = frame + "#v(4cm)\n#table(columns: 2, [ก], [1], [ข], [2])"
    grids = tables_of(read_document(typeset(body, tmp_path / "frame.pdf"), confined=confined))
    assert [["ก", "1"], ["ข", "2"]] in [covering(grid) for grid in grids]


def test_a_scan_is_said(tmp_path: Path, confined: Confined) -> None:
    (tmp_path / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8")
    picture = _png(tmp_path / "scan.png")
    path = typeset(f'#image("{picture.name}", width: 100%)', tmp_path / "scan.pdf")
    reading = read_document(path, confined=confined)
    assert (errors(reading), reading.grids) == (["intake_pdf_no_text"], ())


def plain_pdf(content: str) -> bytes:
    """Return a PDF of one page with the given content, in a font that every reader has."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = "".join(f"{number} 0 obj{thing} endobj\n" for number, thing in enumerate(objects, 1))
    return f"%PDF-1.7\n{body}trailer<</Root 1 0 R>>\n%%EOF".encode()


@pytest.mark.parametrize(("mode", "said"), [(0, []), (3, ["intake_pdf_recognised_pages"])])
def test_text_behind_a_scan_is_read_and_said(tmp_path: Path, mode: int, said: list[str], confined: Confined) -> None:
    path = tmp_path / "ocr.pdf"
    path.write_bytes(plain_pdf(f"BT /F 12 Tf {mode} Tr 50 300 Td (Plan 2568 total 1,234.50) Tj ET"))
    reading = read_document(path, confined=confined)
    assert [text for grid in reading.grids for text in texts(grid)] == ["Plan 2568 total 1,234.50"]
    assert codes(reading) == said


def test_letters_drawn_twice_to_look_bold_are_read_once(tmp_path: Path, confined: Confined) -> None:
    path = tmp_path / "bold.pdf"
    path.write_bytes(plain_pdf("BT /F 12 Tf 50 300 Td (Total 100) Tj 0.3 0 Td (Total 100) Tj ET"))
    assert texts(read_document(path, confined=confined).grids[0]) == ["Total 100"]


def test_text_printed_over_text_is_said(tmp_path: Path, confined: Confined) -> None:
    """Nobody can tell which letter belongs to which column."""
    path = tmp_path / "over.pdf"
    words = ("BT /F 12 Tf 50 300 Td (Responsible unit) Tj ET", "BT /F 12 Tf 51 300 Td (Indicator of work) Tj ET")
    for drawn, said in ((words, ["intake_pdf_overprinted_pages"]), (words[:1], [])):
        path.write_bytes(plain_pdf(" ".join(drawn)))
        assert codes(read_document(path, confined=confined)) == said


@pytest.mark.parametrize(("mode", "certain"), [(0, True), (3, False)])
def test_columns_between_lines_are_certain_unless_recognised(
    tmp_path: Path, mode: int, certain: bool, confined: Confined
) -> None:
    boxes = " ".join(f"{20 + 25 * n} 300 25 20 re" for n in range(14))
    words = " ".join(f"BT /F 9 Tf {mode} Tr {22 + 25 * n} 305 Td ({n}0) Tj ET" for n in range(14))
    path = tmp_path / "ruled.pdf"
    path.write_bytes(plain_pdf(f"{boxes} S {words}"))
    (grid,) = tables_of(read_document(path, confined=confined))
    assert (len(grid.rows[0]), grid.certain) == (14, certain)


def _ruled(cells: str) -> bytes:
    """Return a PDF with two ruled cells, 30 and 100 points wide; ``cells`` draws their text."""
    return plain_pdf("50 200 30 60 re 80 200 100 60 re S " + cells)


def test_a_figure_broken_in_a_narrow_cell_is_put_together(tmp_path: Path, confined: Confined) -> None:
    path = tmp_path / "narrow.pdf"
    pieces = "BT /F 12 Tf 52 245 Td (12,5) Tj 0 -14 Td (00) Tj ET BT /F 12 Tf 90 245 Td (98.) Tj 0 -14 Td (56) Tj ET"
    path.write_bytes(_ruled(pieces))
    assert texts(read_document(path, confined=confined).grids[0]) == ["12,500", "98.56"]


def test_borders_drawn_as_thin_boxes_of_one_path_are_lines(tmp_path: Path, confined: Confined) -> None:
    """As spreadsheet programs print them; the shading under a cell is no border."""
    lines = [f"50 {y} 130 0.5 re" for y in (200, 220, 240)] + [f"{x} 200 0.5 40 re" for x in (50, 110, 180)]
    words = ((55, 225, "Plan"), (115, 225, "10"), (55, 205, "Result"), (115, 205, "9"))
    drawn = "".join(f"BT /F 9 Tf {x} {y} Td ({word}) Tj ET " for x, y, word in words)
    path = tmp_path / "thin.pdf"
    path.write_bytes(plain_pdf(f"0.9 g 60 205 20 10 re f 0 g {' '.join(lines)} f {drawn}"))
    assert [covering(grid) for grid in tables_of(read_document(path, confined=confined))] == [
        [["Plan", "10"], ["Result", "9"]]
    ]


def test_two_whole_figures_in_a_cell_are_not_put_together(tmp_path: Path, confined: Confined) -> None:
    path = tmp_path / "stacked.pdf"
    path.write_bytes(_ruled("BT /F 12 Tf 52 245 Td (100) Tj 0 -14 Td (98) Tj ET BT /F 12 Tf 90 245 Td (word) Tj ET"))
    assert texts(read_document(path, confined=confined).grids[0]) == ["100\n98", "word"]


def test_scanned_pages_among_others_are_named(tmp_path: Path, confined: Confined) -> None:
    picture = _png(tmp_path / "scan.png")
    body = f'#table(columns: 2, [งานตรวจ], [12])\n#pagebreak()\n#image("{picture.name}")\n#pagebreak()\nท้ายเล่ม'
    reading = read_document(typeset(body, tmp_path / "mixed.pdf"), confined=confined)
    assert [(f.code, f.params["pages"]) for f in reading.findings] == [("intake_pdf_scanned_pages", "2")]
    assert [grid.page for grid in reading.grids] == [1, 3]


@pytest.mark.parametrize("owner_only", [True, False])
def test_a_password_to_open_is_refused_one_to_edit_is_not(tmp_path: Path, owner_only: bool, confined: Confined) -> None:
    writer = PdfWriter(clone_from=write_pdf([["ก", "1"]], tmp_path / "plain.pdf"))
    writer.encrypt("" if owner_only else "ลับ", "เจ้าของ", algorithm="AES-256")
    path = tmp_path / "locked.pdf"
    writer.write(path)
    reading = read_document(path, confined=confined)
    assert errors(reading) == ([] if owner_only else ["intake_encrypted"])
    assert len(reading.grids) == (1 if owner_only else 0)


def test_too_many_pages_are_refused(tmp_path: Path, confined: Confined) -> None:
    writer = PdfWriter()
    for _ in range(1501):
        writer.add_blank_page(200, 200)
    path = tmp_path / "blank.pdf"
    writer.write(path)
    assert errors(read_document(path, confined=confined)) == ["intake_too_many_pages"]


@pytest.mark.slow
def test_150_pages_take_less_than_a_minute(tmp_path: Path) -> None:
    row = [C("1", tall=2), C("งานตรวจสถานประกอบการ", tall=2), "แผน", *(str(n) for n in range(13))]
    layout = [row, ["ผล", *(str(n) for n in range(13))]] * 2600
    path = write_pdf(layout, tmp_path / "long.pdf")
    start = processor_time.own()
    reading = read_document(path)
    seconds = processor_time.own() - start
    assert codes(reading) == []
    assert 150 <= len(reading.grids) < 250
    assert sum(len(grid.rows) for grid in reading.grids) == 5200
    assert seconds < 60


def _png(path: Path) -> Path:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((x * y) % 256 for x in range(200)) for y in range(200))
    header = struct.pack(">IIBBBBB", 200, 200, 8, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )
    return path


FORM = "<</Type/XObject/Subtype/Form/BBox[0 0 400 400]/Length {length}{more}>>stream\n{content}\nendstream"


def pdf_with_a_form(content: str, more: str = "") -> bytes:
    """Return a PDF of a page with text and one whose only content is a form, as programs write their empty pages."""
    form = FORM.format(length=len(content), content=content, more=more)
    picture = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 5 0 R/Resources<</Font<</F 7 0 R>>>>>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 6 0 R/Resources<</XObject<</X 8 0 R>>>>>>",
        "<</Length 55>>stream\nBT /F 12 Tf 50 300 Td (Plan 2568 total 1,234.50) Tj ET\nendstream",
        "<</Length 5>>stream\n/X Do\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        form,
        f"{picture}stream\nx\nendstream",
    ]
    body = "".join(f"{number} 0 obj{thing} endobj\n" for number, thing in enumerate(objects, 1))
    return f"%PDF-1.7\n{body}trailer<</Root 1 0 R>>\n%%EOF".encode()


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        ("", "", []),
        ("0.5 w 20 20 360 360 re S", "", []),
        ("300 0 0 300 0 0 cm /P Do", "/Resources<</XObject<</P 9 0 R>>>>", ["intake_pdf_scanned_pages"]),
    ],
)
def test_a_page_with_only_a_form_is_a_scan_where_it_shows_a_picture(
    content: str, more: str, said: list[str], tmp_path: Path, confined: Confined
) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(pdf_with_a_form(content, more))
    assert codes(read_document(path, confined=confined)) == said


def test_a_page_is_drawn_as_a_picture(confined: Confined) -> None:
    blank, drawn = plain_pdf(""), plain_pdf("0 g 100 100 200 200 re f")
    pictures = [page_picture(content, 1, confined=confined) for content in (blank, drawn)]
    greys = []
    for picture in pictures:
        assert picture is not None
        assert picture.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", picture[16:24])
        assert width == height == 800  # 400 points, two pixels each
        start = picture.index(b"IDAT")
        rows = zlib.decompress(picture[start + 4 : start + 4 + struct.unpack(">I", picture[start - 4 : start])[0]])
        greys.append(sum(rows[1:]) / len(rows))
    assert greys[0] > 250
    assert 0.7 < greys[1] / greys[0] < 0.8  # a quarter of the page is black


@pytest.mark.parametrize(("content", "page"), [(b"%PDF-1.7 broken", 1), (b"1. plan", 1), (b"", 1), (plain_pdf(""), 2)])
def test_what_is_no_page_gives_no_picture(content: bytes, page: int, confined: Confined) -> None:
    assert page_picture(content, page, confined=confined) is None
