"""Word files: automatic numbers, nested tables, merged cells, tracked and hidden text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from samrit.intake.sources import read_document
from samrit.intake.sources.word.numbering import numeral
from tests.intake.sources.documents import codes, covering

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(tmp_path: Path, body: str, *, numbering: str = "", strict: bool = False) -> Path:
    """Write a Word file with the given body and numbering definitions."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    space = "http://purl.oclc.org/ooxml/wordprocessingml/main" if strict else W[9:-1]
    parts = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "word/document.xml": f'<w:document xmlns:w="{space}" xmlns:mc="http://schemas.openxmlformats.org/'
        f'markup-compatibility/2006"><w:body>{body}</w:body></w:document>',
        "word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>",
    }
    path = tmp_path / "word.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return path


def p(text: str, more: str = "") -> str:
    return f"<w:p>{more}<w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, more: str = "") -> str:
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, more: str = "") -> str:
    return f"<w:tr><w:trPr>{more}</w:trPr>{''.join(cells)}</w:tr>"


def level(number: int, kind: str, text: str, start: int = 1) -> str:
    about = f'<w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{number}">{about}</w:lvl>'


def numbered(text: str, number: int = 1, depth: int = 0) -> str:
    return p(text, f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>')


LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}{level(1, "decimal", "%1.%2")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "thaiNumbers", "(%1)")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "bullet", chr(0xF0B7))}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    '</w:lvlOverride></w:num><w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
)


def lines(path: Path) -> list[str]:
    return [cell.text for grid in read_document(path).grids for row in grid.rows for cell in row]


def test_automatic_numbers_are_counted_as_word_counts_them(tmp_path: Path) -> None:
    body = (
        numbered("ก") + numbered("ก.1", depth=1) + numbered("ก.2", depth=1) + numbered("ข") + numbered("ข.1", depth=1)
        + numbered("ค", 2) + numbered("ใหม่", 3) + numbered("จุด", 4)
    )  # fmt: skip
    assert lines(word(tmp_path, body, numbering=LISTS)) == [
        "1. ก", "1.1 ก.1", "1.2 ก.2", "2. ข", "2.1 ข.1", "(๑) ค", "1. ใหม่", "• จุด",
    ]  # fmt: skip


def test_an_empty_numbered_cell_shows_its_number(tmp_path: Path) -> None:
    table = "".join(tr(tc(numbered("")), tc(text)) for text in ("งานหนึ่ง", "งานสอง"))
    (grid,) = read_document(word(tmp_path, f"<w:tbl>{table}</w:tbl>", numbering=LISTS)).grids
    assert covering(grid) == [["1.", "งานหนึ่ง"], ["2.", "งานสอง"]]


@pytest.mark.parametrize(
    ("kind", "number", "written"),
    [("thaiLetters", 3, "ค"), ("thaiLetters", 42, "กก"), ("upperRoman", 14, "XIV"), ("lowerLetter", 2, "b"),
     ("decimalZero", 7, "07"), ("chineseCounting", 7, "7"), ("upperRoman", 5000, "5000")],
)  # fmt: skip
def test_numbers_come_in_the_writing_of_their_list(kind: str, number: int, written: str) -> None:
    assert numeral(number, kind) == written


def test_a_list_of_a_style_numbers_its_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("หนึ่ง", style="List Number")
    document.add_paragraph("สอง", style="List Number")
    document.save(str(tmp_path / "s.docx"))
    assert lines(tmp_path / "s.docx") == ["1. หนึ่ง", "2. สอง"]


def test_merged_cells_reach_down_and_across(tmp_path: Path) -> None:
    rows = (
        tr(tc("หัว", '<w:gridSpan w:val="3"/>'))
        + tr(tc("ก", '<w:vMerge w:val="restart"/>'), tc("1"), tc("2"))
        + tr(tc("", "<w:vMerge/>"), tc("3"), tc("4"))
        + tr(tc("ข"), tc("5", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'))
        + tr(tc("ค"), tc("", '<w:gridSpan w:val="2"/><w:vMerge w:val="continue"/>'))
        + tr(tc("ง"), more='<w:gridBefore w:val="1"/>')
    )
    (grid,) = read_document(word(tmp_path, f"<w:tbl>{rows}</w:tbl>")).grids
    assert covering(grid) == [
        ["หัว", "หัว", "หัว"], ["ก", "1", "2"], ["ก", "3", "4"], ["ข", "5", "5"], ["ค", "5", "5"], ["", "ง"],
    ]  # fmt: skip


def test_a_nested_table_is_a_grid_of_its_own_after_the_outer_one(tmp_path: Path) -> None:
    inner = f"<w:tbl>{tr(tc('ใน1'), tc('ใน2'))}</w:tbl>"
    outer = f"<w:tbl>{tr(tc('นอก'), tc(p('ก่อน') + inner + p('หลัง')))}</w:tbl>"
    grids = read_document(word(tmp_path, outer + p("ท้าย"))).grids
    assert [covering(grid) for grid in grids] == [[["นอก", "ก่อน หลัง"]], [["ใน1", "ใน2"]], [["ท้าย"]]]


def test_deleted_hidden_and_repeated_text_stays_out(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>อยู่</w:t></w:r><w:del><w:r><w:delText>ลบ</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>เพิ่ม</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>ซ่อน</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<mc:AlternateContent><mc:Choice><w:r><w:t>หนึ่ง</w:t></w:r></mc:Choice>"
        "<mc:Fallback><w:r><w:t>หนึ่ง</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    path = word(tmp_path, body)
    assert lines(path) == ["อยู่เพิ่มหนึ่ง"]
    assert codes(read_document(path)) == ["intake_hidden_text", "intake_tracked_changes"]


def test_tabs_make_columns_and_breaks_make_lines(tmp_path: Path) -> None:
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="100"/></w:tabs></w:pPr>'
    row = f"<w:p>{stops}<w:r><w:t>งาน</w:t><w:tab/><w:t>ผล</w:t></w:r></w:p>"
    cell = "<w:p><w:r><w:t>ก</w:t><w:br/><w:t>ข</w:t></w:r></w:p>"
    grids = read_document(word(tmp_path, p("นำ") + row + row + f"<w:tbl>{tr(tc(cell), tc('1'))}</w:tbl>")).grids
    assert [grid.is_table for grid in grids] == [False, True, True]
    assert [cell.text for cell in grids[1].rows[0]] == ["งาน", "ผล"]
    assert grids[2].rows[0][0].text == "ก\nข"


def test_the_strict_edition_of_the_format_reads_too(tmp_path: Path) -> None:
    assert lines(word(tmp_path, p("ข้อความ"), strict=True)) == ["ข้อความ"]


def test_text_boxes_and_content_controls_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    box = (
        f'<w:p {nsdecls("w")}><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>ในกล่อง</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>ในช่อง</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(control))
    document.element.body.insert(0, parse_xml(box))
    document.save(str(tmp_path / "b.docx"))
    assert lines(tmp_path / "b.docx") == ["ในกล่อง", "ในช่อง"]
