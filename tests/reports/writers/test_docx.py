"""The Word file read back through python-docx and as raw XML."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest
from lxml import etree

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
    Paragraph,
    Row,
    Run,
    Section,
    TableBlock,
)
from samrit.reports.writers import docx as writer
from tests.reports.sample_document import BANDS, sample_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {
    "w": W[1:-1],
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
# The order in which Word's schema wants these children; Word calls a file with another order damaged.
ORDER = {
    "pPr": "pStyle keepNext keepLines framePr numPr pBdr tabs spacing ind jc outlineLvl sectPr",
    "rPr": "rFonts b bCs i iCs color sz szCs u lang",
    "tcPr": "tcW gridSpan vMerge shd vAlign",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr tblStylePr",
}


def written(document: Document, tmp_path: Path) -> Path:
    path = tmp_path / "report.docx"
    writer.write(document, path)
    return path


def of(*blocks: object, **fields: str) -> Document:
    return Document("เรื่อง", fields.pop("language", "th"), "ผู้เขียน", "", blocks, BANDS, **fields)  # type: ignore[arg-type]


def part(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(f"word/{name}.xml"))


def text_of(element: etree._Element) -> str:
    return "".join(element.itertext(f"{W}t"))


def instructions(path: Path, name: str = "document") -> list[str]:
    return [(node.text or "").strip() for node in part(path, name).iter(f"{W}instrText")]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(sample_document(), tmp_path_factory.mktemp("docx"))


def test_every_style_that_the_text_names_exists(sample: Path) -> None:
    known = {style.get(f"{W}styleId") for style in part(sample, "styles").iter(f"{W}style")}
    used = {
        node.get(f"{W}val")
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")
        for name in ("document", "styles")
        for node in part(sample, name).iter(f"{W}{tag}")
    }
    assert used <= known
    assert {"Heading1", "Caption", "TableText", "ListNumber2", "TOC1"} <= used | known


def test_headings_have_the_styles_that_make_the_navigation_pane(tmp_path: Path) -> None:
    blocks = tuple(Heading(f"หัวข้อ {level}", level) for level in (1, 2, 3, 4))
    word = docx.Document(str(written(of(*blocks), tmp_path)))
    found = [(p.style.name, p.text) for p in word.paragraphs if p.text]
    assert found == [(f"Heading {level}", f"หัวข้อ {level}") for level in (1, 2, 3, 4)]


@pytest.mark.parametrize("name", ["document", "styles"])
def test_properties_stand_in_the_order_of_the_schema(sample: Path, name: str) -> None:
    for tag, order in ORDER.items():
        wanted = order.split()
        for element in part(sample, name).iter(f"{W}{tag}"):
            places = [wanted.index(etree.QName(child).localname) for child in element]
            assert places == sorted(places), etree.tostring(element)


def test_thai_characters_get_the_official_font_and_their_own_sizes(sample: Path) -> None:
    styles = part(sample, "styles")
    fonts = styles.find("w:docDefaults/w:rPrDefault/w:rPr/w:rFonts", NS)
    assert fonts is not None
    assert {fonts.get(f"{W}{kind}") for kind in ("ascii", "hAnsi", "cs", "eastAsia")} == {"TH SarabunPSK"}
    language = styles.find("w:docDefaults/w:rPrDefault/w:rPr/w:lang", NS)
    assert language is not None
    assert language.get(f"{W}bidi") == "th-TH"
    size = styles.find("w:docDefaults/w:rPrDefault/w:rPr/w:szCs", NS)
    assert size is not None
    assert size.get(f"{W}val") == "32"
    for tree in (styles, part(sample, "document")):
        for latin, thai in (("b", "bCs"), ("i", "iCs"), ("sz", "szCs")):
            for element in tree.iter(f"{W}{latin}"):
                assert element.getparent().find(f"{W}{thai}") is not None
    with zipfile.ZipFile(sample) as archive:
        assert not any(b"Theme" in archive.read(name) for name in archive.namelist() if name != "word/settings.xml")


def test_running_text_is_spread_as_thai_is(sample: Path) -> None:
    styles = {style.get(f"{W}styleId"): style for style in part(sample, "styles").iter(f"{W}style")}
    alignment = styles["BodyText"].find("w:pPr/w:jc", NS)
    assert alignment is not None
    assert alignment.get(f"{W}val") == "thaiDistribute"


def test_head_rows_repeat_and_no_row_breaks(sample: Path) -> None:
    tables = list(part(sample, "document").iter(f"{W}tbl"))
    heads = [len(block.head) for block in sample_document().blocks if isinstance(block, TableBlock)]
    written_heads = []
    for table in tables:
        rows = table.findall("w:tr", NS)
        marked = [row.find("w:trPr/w:tblHeader", NS) is not None for row in rows]
        assert marked == sorted(marked, reverse=True)
        assert all(row.find("w:trPr/w:cantSplit", NS) is not None for row in rows)
        written_heads.append(sum(marked))
    assert Counter(heads) <= Counter(written_heads)


def test_a_group_row_stays_with_the_row_below_it(tmp_path: Path) -> None:
    rows = (Row((Cell("กลุ่ม", shade="group"),), keep_with_next=True), Row((Cell("งาน"),)))
    table = part(written(of(TableBlock((), rows, (1.0,))), tmp_path), "document").find(".//w:tbl", NS)
    kept = [bool(row.findall(".//w:keepNext", NS)) for row in table.findall("w:tr", NS)]
    assert kept == [True, False]


def test_every_row_of_every_table_fills_the_grid(sample: Path) -> None:
    for table in part(sample, "document").iter(f"{W}tbl"):
        widths = [int(column.get(f"{W}w")) for column in table.findall("w:tblGrid/w:gridCol", NS)]
        assert min(widths) > 0
        for row in table.findall("w:tr", NS):
            assert sum(_span(cell) for cell in row.findall("w:tc", NS)) == len(widths)
            given = sum(int(cell.find("w:tcPr/w:tcW", NS).get(f"{W}w")) for cell in row.findall("w:tc", NS))
            assert given == sum(widths)


def _span(cell: etree._Element) -> int:
    span = cell.find("w:tcPr/w:gridSpan", NS)
    return 1 if span is None else int(span.get(f"{W}val"))


def test_merged_cells_are_one_cell(tmp_path: Path) -> None:
    rows = (
        Row((Cell("ก", rowspan=2), Cell("ข", colspan=2))),
        Row((Cell("ค"), Cell("ง"))),
        Row((Cell("จ", colspan=3),)),
    )
    table = docx.Document(str(written(of(TableBlock((), rows, (1, 1, 1))), tmp_path))).tables[0]
    read = [[table.cell(row, column).text for column in range(3)] for row in range(3)]
    assert read == [["ก", "ข", "ข"], ["ก", "ค", "ง"], ["จ", "จ", "จ"]]
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc


@pytest.mark.parametrize(
    "rows",
    [
        (Row((Cell("สั้น"),)), Row((Cell("1"), Cell("2"), Cell("3")))),
        (Row((Cell("ลึก", rowspan=9), Cell("1"), Cell("2"))),),
        (Row((Cell("กว้าง", colspan=9),)), Row((Cell("1"), Cell("2")))),
        (Row((Cell("1"), Cell("ลึก", rowspan=2), Cell("3"))), Row((Cell("กว้าง", colspan=3),))),
        (),
    ],
)
def test_a_crooked_table_still_fills_its_grid(tmp_path: Path, rows: tuple[Row, ...]) -> None:
    path = written(of(TableBlock((), rows, (1, 1, 1))), tmp_path)
    test_every_row_of_every_table_fills_the_grid(path)
    texts = text_of(part(path, "document"))
    assert all(str(cell.text) in texts for row in rows for cell in row.cells)


def test_sections_turn_the_page_and_carry_their_own_head(sample: Path) -> None:
    word = docx.Document(str(sample))
    landscape = [section.page_width > section.page_height for section in word.sections]
    assert landscape == [False, False, False, True, False]
    heads = ["".join(p.text for p in section.header.paragraphs) for section in word.sections]
    assert heads == ["", "", "", "กองทุนที่หนึ่ง – ยุทธศาสตร์ที่ 1", ""]
    for section in word.sections:
        assert section.orientation == (1 if section.page_width > section.page_height else 0)
    margins = {
        (round(s.left_margin.cm, 1), round(s.top_margin.cm, 1)) for s in word.sections if s.page_width < s.page_height
    }
    assert margins == {(3.0, 2.5)}


def test_every_page_but_the_cover_is_numbered(sample: Path) -> None:
    word = docx.Document(str(sample))
    feet = [[n.text.strip() for n in s.footer._element.iter(f"{W}instrText")] for s in word.sections]
    assert feet[0] == []
    assert all(foot == ["PAGE", "NUMPAGES"] for foot in feet[1:])


def test_a_cover_has_its_page_for_itself_also_without_a_section_after_it(tmp_path: Path) -> None:
    path = written(of(Cover("กองทุนที่หนึ่ง"), Paragraph("เนื้อหา"), Cover("กองทุนที่สอง"), Paragraph("เนื้อหา")), tmp_path)
    assert len(docx.Document(str(path)).sections) == 4


@pytest.mark.parametrize(("language", "table", "figure"), [("th", "ตารางที่", "ภาพที่"), ("en", "Table", "Figure")])
def test_captions_are_numbered_by_fields(tmp_path: Path, language: str, table: str, figure: str) -> None:
    path = written(sample_document(language), tmp_path)
    fields = [text for text in instructions(path) if text.startswith("SEQ")]
    assert Counter(fields) == {f"SEQ {table} \\* ARABIC": 2, f"SEQ {figure} \\* ARABIC": 3}
    captions = [p.text for p in docx.Document(str(path)).paragraphs if p.style.name == "Caption"]
    assert captions == [
        f"{table} 1 สรุปผลการประเมินจำแนกตามยุทธศาสตร์",
        f"{table} 2 ตารางที่มีเซลล์รวมทั้งแนวตั้งและแนวนอน",
    ]


def test_thai_digits_reach_pages_captions_and_lists(tmp_path: Path) -> None:
    path = written(sample_document(digits="thai"), tmp_path)
    assert "SEQ ตารางที่ \\* ThaiArabic" in instructions(path)
    assert text_of(part(path, "document")).count("ตารางที่ ๒") == 1
    forms = {node.get(f"{W}fmt") for node in part(path, "document").iter(f"{W}pgNumType")}
    assert forms == {"thaiNumbers"}
    assert "thaiNumbers" in {node.get(f"{W}val") for node in part(path, "numbering").iter(f"{W}numFmt")}


def test_the_contents_is_a_field_that_already_names_the_headings(sample: Path) -> None:
    body = part(sample, "document")
    control = body.find(".//w:sdt", NS)
    assert control is not None
    begin = control.find(".//w:fldChar[@w:fldCharType='begin']", NS)
    assert begin.get(f"{W}dirty") == "true"
    assert instructions(sample)[0] == 'TOC \\o "1-3" \\h \\z \\u'
    shown = text_of(control)
    bookmarks = {node.get(f"{W}name") for node in body.iter(f"{W}bookmarkStart")}
    links = [node.get(f"{W}anchor") for node in control.iter(f"{W}hyperlink")]
    headings = [block.text for block in sample_document().blocks if isinstance(block, Heading)]
    assert all(heading in shown for heading in headings)
    assert len(links) == len(headings)
    assert set(links) <= bookmarks


def test_fields_are_closed(tmp_path: Path) -> None:
    path = written(of(Contents("สารบัญ"), TableBlock((), (), (1,), caption="ว่าง")), tmp_path)
    for tree in (part(path, "document"), part(path, "footer1")):
        kinds = Counter(node.get(f"{W}fldCharType") for node in tree.iter(f"{W}fldChar"))
        assert kinds["begin"] == kinds["separate"] == kinds["end"] > 0


def test_lists_are_real_lists_and_each_counts_from_one(tmp_path: Path) -> None:
    numbered = Items(("ก", "ข", "ค", "ง"), depths=(0, 1, 2, 7), numbered=True)
    path = written(of(numbered, numbered, Items(("จุด",))), tmp_path)
    word = docx.Document(str(path))
    assert [p.style.name for p in word.paragraphs if p.text][:4] == [
        "List Number", "List Number 2", "List Number 3", "List Number 3",
    ]  # fmt: skip
    used = [node.get(f"{W}val") for node in part(path, "document").iter(f"{W}numId")]
    assert len(set(used)) == 2
    defined = {node.get(f"{W}numId"): node for node in part(path, "numbering").iter(f"{W}num")}
    for identifier in used:
        assert len(defined[identifier].findall("w:lvlOverride/w:startOverride", NS)) == 3
    assert [node.get(f"{W}val") for node in part(path, "numbering").iter(f"{W}lvlText")][3:] == ["%1.", "%2)", "(%3)"]


def test_a_band_is_sign_and_word_and_shade(tmp_path: Path) -> None:
    rows = (Row((Cell("62.5", band="low"), Cell("ระดับดี", band="good"), Cell("", band="fair"), Cell("9", band="?"))),)
    path = written(of(TableBlock((), rows, (1, 1, 1, 1))), tmp_path)
    cells = docx.Document(str(path)).tables[0].rows[0].cells
    assert [cell.text for cell in cells] == ["▲\u00a062.5 ต่ำ", "✓\u00a0ระดับดี", "◐\u00a0ปานกลาง", "9"]
    fills = [cell._tc.find("w:tcPr/w:shd", NS) is not None for cell in cells]
    assert fills == [True, True, True, False]


def test_a_band_inside_a_sentence_has_its_sign(tmp_path: Path) -> None:
    sentence = Paragraph((Run("อยู่ใน"), Run("ระดับดี", bold=True, band="good")))
    paragraph = docx.Document(str(written(of(sentence), tmp_path))).paragraphs[0]
    assert paragraph.text == "อยู่ใน✓\u00a0ระดับดี"


def test_pictures_have_a_text_alternative_and_their_figures_below(sample: Path) -> None:
    document = sample_document()
    figures = [block for block in document.blocks if isinstance(block, Chart | Diagram)]
    described = [node.get("descr") for node in part(sample, "document").iter(f"{{{NS['wp']}}}docPr")]
    assert described == [figure.alt for figure in figures]
    tables = docx.Document(str(sample)).tables
    charts = [block for block in figures if isinstance(block, Chart)]
    assert len(tables) == len(charts) + sum(isinstance(block, TableBlock) for block in document.blocks)
    stacked = next(table for table in tables if "ธรรมาภิบาล" in table.rows[-1].cells[0].text)
    assert [cell.text for cell in stacked.rows[-1].cells[1:]] == ["89", "5", "2", "6"]


def test_no_picture_is_wider_than_the_text(sample: Path) -> None:
    extents = [int(node.get("cx")) for node in part(sample, "document").iter(f"{{{NS['wp']}}}extent")]
    section = docx.Document(str(sample)).sections[0]
    assert extents
    assert max(extents) <= section.page_width - section.left_margin - section.right_margin


def test_the_core_properties_say_what_the_document_is(sample: Path) -> None:
    properties = docx.Document(str(sample)).core_properties
    document = sample_document()
    assert (properties.title, properties.author, properties.subject) == (
        document.title,
        document.author,
        document.subject,
    )
    assert properties.language == "th-TH"
    assert properties.identifier == "sample-2568 6"


HARD = "a<b & \"c\" 'd' ]]> \x00\x0b\x1f\ud800\ufffe \u0e19\u0e49\u0e33"
KEPT = "a<b & \"c\" 'd' ]]>  น้ำ"


def test_characters_that_xml_cannot_hold_are_left_out_and_the_others_stay(tmp_path: Path) -> None:
    band = BandStyle("x", HARD, HARD, '"/><w:evil/>')
    document = Document(
        title=HARD,
        language="th",
        author=HARD,
        subject=HARD,
        blocks=(
            Cover(HARD, (HARD,), (HARD,)),
            Section(header=HARD),
            Contents(HARD),
            Heading(HARD),
            Paragraph(HARD),
            Items((HARD,)),
            TableBlock((), (Row((Cell(HARD, band="x"),)),), (1,), caption=HARD),
        ),
        bands=(band,),
        plan_id=HARD,
    )
    path = written(document, tmp_path)
    word = docx.Document(str(path))
    texts = [p.text for p in word.paragraphs]
    assert texts.count(KEPT) == 6  # cover, subtitle, foot, heading, paragraph, item
    assert KEPT in word.tables[0].cell(0, 0).text
    assert not list(part(path, "document").iter(f"{W}evil"))


def test_line_ends_and_tabs_become_breaks_and_tabs(tmp_path: Path) -> None:
    paragraph = docx.Document(str(written(of(Paragraph("ก\r\nข\tค")), tmp_path))).paragraphs[0]
    assert paragraph.text == "ก\nข\tค"


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "1.docx", tmp_path / "2.docx"
    writer.write(sample_document(), one)
    writer.write(sample_document(), other)
    assert one.read_bytes() == other.read_bytes()


def test_an_empty_document_is_a_document(tmp_path: Path) -> None:
    assert docx.Document(str(written(of(), tmp_path))).sections


def test_nothing_is_left_behind_when_the_file_cannot_be_written(tmp_path: Path) -> None:
    target = tmp_path / "taken.docx"
    target.mkdir()
    with pytest.raises(OSError, match="taken"):
        writer.write(of(Heading("ก")), target)
    assert [path.name for path in tmp_path.iterdir()] == ["taken.docx"]


@pytest.mark.documents
def test_libreoffice_reads_every_letter(sample: Path, tmp_path: Path) -> None:
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if office is None or reader is None:
        pytest.skip("LibreOffice or poppler is not installed, so the Word file cannot be read back")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(sample)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pdf = tmp_path / "report.pdf"
    printed = subprocess.run([reader, str(pdf), "-"], check=True, capture_output=True, text=True, timeout=60).stdout
    written_text = re.sub(r"…", "", text_of(part(sample, "document")))
    missing = _letters(written_text) - _letters(printed)
    assert not missing


def _letters(text: str) -> Counter[str]:
    """Count what PDF readers give back safely: not the marks, nor sara am, which some take apart."""
    return Counter(
        letter for letter in text if unicodedata.category(letter) in {"Lo", "Ll", "Lu", "Nd"} and letter != "ำ"
    )
