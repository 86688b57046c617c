"""The styles of the Word file: an officer changes the look of the whole report by changing these.

Font and sizes follow the official letter (TH SarabunPSK 16 pt, thai-domain.md §5).  No theme font is
named anywhere, since a theme's font would win over ours for Thai characters.
"""

from __future__ import annotations

from dataclasses import dataclass

from samrit.reports.document.columns import Setting
from samrit.reports.document.model import TableBlock
from samrit.reports.look import colour
from samrit.reports.writers.word.xml import NAMESPACES, rgb

FONT = "TH SarabunPSK"
BODY_SIZE = 16
FOOTER_SIZE = 14
_CM = 567  # twentieths of a point


@dataclass(frozen=True, slots=True)
class TableSettings:
    """How ordinary tables and the dense annex are set: one type size each, so that the styles hold it."""

    ordinary: Setting
    dense: Setting

    def of(self, table: TableBlock) -> Setting:
        """Return the setting of a table."""
        return self.dense if table.small else self.ordinary


def styles_xml(language: str, settings: TableSettings) -> str:
    """Return word/styles.xml."""
    parts = (_defaults(language), _text_styles(), _list_styles(), _table_styles(settings))
    return f"<w:styles {NAMESPACES}>{''.join(parts)}</w:styles>"


def _defaults(language: str) -> str:
    latin = "en-GB" if language == "en" else "en-US"
    fonts = f'<w:rFonts w:ascii="{FONT}" w:eastAsia="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'
    languages = f'<w:lang w:val="{latin}" w:eastAsia="{latin}" w:bidi="th-TH"/>'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{_size(BODY_SIZE)}{languages}</w:rPr></w:rPrDefault>"
        '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" w:defUnhideWhenUsed="0" '
        'w:defQFormat="0" w:count="376"/>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:uiPriority w:val="99"/>'
        f'<w:rPr><w:color w:val="{rgb(colour.TEAL)}"/><w:u w:val="single"/></w:rPr></w:style>'
    )


def _text_styles() -> str:
    navy = _colour(colour.NAVY)
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="8" w:color="{rgb(colour.NAVY)}"/></w:pBdr>'
    hair = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="2" w:color="{rgb(colour.LINE)}"/></w:pBdr>'
    return "".join(
        (
            _paragraph("Title", "Title", rule + _spacing(3600, 240) + _jc("center"), _bold() + navy + _size(32)),
            _paragraph("Subtitle", "Subtitle", _spacing(60, 60) + _jc("center"), navy + _size(24)),
            _paragraph("CoverFoot", "Cover Foot", _jc("center"), _bold() + navy + _size(20)),
            *(_heading(level) for level in (1, 2, 3, 4)),
            _paragraph("BodyText", "Body Text", _spacing(120, 0) + _first_line() + _jc("thaiDistribute"), ""),
            _paragraph("Lead", "Lead Paragraph", _spacing(120, 60) + _first_line() + _jc("thaiDistribute"), _size(17)),
            _paragraph("Note", "Note", _spacing(60, 60), _colour(colour.QUIET) + _size(14)),
            _paragraph("Centred", "Centred", _spacing(120, 0) + _jc("center"), ""),
            _paragraph("Caption", "caption", "<w:keepNext/>" + _spacing(200, 60), _bold() + navy + _size(15)),
            _paragraph("Figure", "Figure", "<w:keepNext/>" + _spacing(60, 60) + _jc("center"), ""),
            _paragraph("FigureCaption", "Figure Caption", _spacing(0, 120) + _jc("center"), "", based="Caption"),
            _paragraph("FigureData", "Figure Data", "<w:keepNext/>" + _spacing(60, 40), _size(13), based="Note"),
            _paragraph("AfterTable", "After Table", _tight(6), _size(4)),
            _paragraph("SectionEnd", "Section End", _tight(1), _size(1)),
            _paragraph("TOCHeading", "TOC Heading", _spacing(0, 160) + _jc("center"), _bold() + navy + _size(20)),
            *(_contents_entry(level) for level in (1, 2, 3)),
            _paragraph("Header", "header", hair + _spacing(0, 60), _colour(colour.QUIET) + _size(14)),
            _paragraph("Footer", "footer", _tabs(16), _colour(colour.QUIET) + _size(FOOTER_SIZE)),
            _paragraph("FooterWide", "Footer Wide", _tabs(26.7, instead_of=16), "", based="Footer"),
        )
    )


def _heading(level: int) -> str:
    size, before = {1: (20, 240), 2: (18, 200), 3: (16, 160), 4: (16, 120)}[level]
    colours = _colour(colour.NAVY) if level < 4 else ""
    properties = f'<w:keepNext/><w:keepLines/>{_spacing(before, 60)}<w:outlineLvl w:val="{level - 1}"/>'
    weight = _bold() if level < 4 else "<w:b/><w:bCs/><w:i/><w:iCs/>"
    return _paragraph(
        f"Heading{level}", f"heading {level}", properties, weight + colours + _size(size), following="BodyText"
    )


def _contents_entry(level: int) -> str:
    indent = f'<w:ind w:left="{(level - 1) * 400}" w:right="567"/>'
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{16 * _CM}"/></w:tabs>'
    bold = _bold() if level == 1 else ""
    return _paragraph(f"TOC{level}", f"toc {level}", tab + _spacing(80 if level == 1 else 0, 0) + indent, bold)


def _list_styles() -> str:
    parts = []
    for kind, name, first in (("ListBullet", "List Bullet", 1), ("ListNumber", "List Number", 2)):
        for depth in range(3):
            ordinal = "" if depth == 0 else str(depth + 1)
            numbering = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{first}"/></w:numPr>'
            title = f"{name} {ordinal}".strip()
            parts.append(_paragraph(kind + ordinal, title, numbering + _spacing(60, 0) + _jc("thaiDistribute"), ""))
    return "".join(parts)


def _table_styles(settings: TableSettings) -> str:
    return "".join(
        (
            _NORMAL_TABLE,
            _table("ReportTable", "Report Table", 85),
            _table("DenseTable", "Dense Table", 34),
            _paragraph("TableText", "Table Text", "", _size(settings.ordinary.points)),
            _paragraph("TableHead", "Table Head", _jc("center"), _bold() + _colour(colour.NAVY), based="TableText"),
            _paragraph("TableQuiet", "Table Quiet", "", _colour(colour.QUIET), based="TableText"),
            _paragraph("DenseText", "Dense Text", "", _size(settings.dense.points), based="TableText"),
            _paragraph("DenseHead", "Dense Head", _jc("center"), _bold() + _colour(colour.NAVY), based="DenseText"),
            _paragraph("DenseQuiet", "Dense Quiet", "", _colour(colour.QUIET), based="DenseText"),
        )
    )


def _table(identifier: str, name: str, margin: int) -> str:
    line = rgb(colour.LINE)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{line}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    head = (
        f'<w:tblStylePr w:type="firstRow"><w:rPr>{_bold()}</w:rPr><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{rgb(colour.HEAD_FILL)}"/></w:tcPr></w:tblStylePr>'
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>{_cell_margins(margin)}</w:tblPr>{head}</w:style>"
    )


def _cell_margins(side: int) -> str:
    return (
        f'<w:tblCellMar><w:top w:w="15" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:bottom w:w="15" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'
    )


_NORMAL_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
_BUILT_IN = {"Title", "Subtitle", "BodyText", "Caption", "TOCHeading", "Header", "Footer"}


def _paragraph(
    identifier: str, name: str, properties: str, run: str, *, based: str = "Normal", following: str = ""
) -> str:
    built_in = identifier in _BUILT_IN or identifier.startswith(("Heading", "TOC", "ListBullet", "ListNumber"))
    custom = "" if built_in else ' w:customStyle="1"'
    after = f'<w:next w:val="{following}"/>' if following else ""
    shown = "" if identifier.startswith("TOC") else "<w:qFormat/>"
    inner = (f"<w:pPr>{properties}</w:pPr>" if properties else "") + (f"<w:rPr>{run}</w:rPr>" if run else "")
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/>{after}<w:uiPriority w:val="9"/>{shown}{inner}</w:style>'
    )


def _size(points: int) -> str:
    return f'<w:sz w:val="{points * 2}"/><w:szCs w:val="{points * 2}"/>'


def _bold() -> str:
    return "<w:b/><w:bCs/>"


def _colour(value: str) -> str:
    return f'<w:color w:val="{rgb(value)}"/>'


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _tight(points: int) -> str:
    return f'<w:spacing w:before="0" w:after="0" w:line="{points * 20}" w:lineRule="exact"/>'


def _jc(value: str) -> str:
    return f'<w:jc w:val="{value}"/>'


def _first_line() -> str:
    return f'<w:ind w:firstLine="{_CM * 5 // 2}"/>'


def _tabs(centimetres: float, instead_of: float = 0) -> str:
    cleared = f'<w:tab w:val="clear" w:pos="{int(instead_of * _CM)}"/>' if instead_of else ""
    return f'<w:tabs>{cleared}<w:tab w:val="right" w:pos="{int(centimetres * _CM)}"/></w:tabs>'
