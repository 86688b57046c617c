"""WordprocessingML as text: characters, runs, paragraphs and fields.

Tables of twenty thousand cells are written as text and parsed once; that is some
thirty times faster than building them through python-docx's objects.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from samrit.reports.document.inline import clean
from samrit.reports.document.model import BandStyle, Run
from samrit.reports.look import colour

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
SIGN_FONT = "Segoe UI Symbol"  # the official Thai fonts have no ✓ ◐ ▲ ✕
_QUOTE = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def attribute(value: str) -> str:
    """Return text for use inside a double-quoted attribute."""
    return escape(clean(value), _QUOTE)


def text(value: str) -> str:
    """Return the w:t, w:br and w:tab elements of a text."""
    value = clean(value)
    if "\n" not in value and "\t" not in value:
        return f'<w:t xml:space="preserve">{escape(value)}</w:t>' if value else ""
    lines = []
    for line in value.split("\n"):
        parts = (f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in line.split("\t"))
        lines.append("<w:tab/>".join(parts))
    return "<w:br/>".join(lines)


def run(value: str, properties: str = "") -> str:
    """Return a run; ``properties`` is the content of its w:rPr, in the schema's order."""
    inner = text(value)
    if not inner:
        return ""
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>" if properties else f"<w:r>{inner}</w:r>"


def weight(*, bold: bool = False, italic: bool = False) -> str:
    """Return the run properties of bold and italic, for Latin and for Thai (complex script) characters."""
    return ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")


def runs(
    pieces: tuple[Run, ...],
    bands: Mapping[str, BandStyle],
    *,
    ground: str = "#ffffff",
    points: int = 16,
    smaller: bool = False,
) -> str:
    """Return the runs of inline text; a band's sign is in its colour before the text (BA3).

    ``points`` is the size of the text around; it is written only where it is ``smaller`` than the style's.
    """
    sized = size(points * 2) if smaller else ""
    parts = []
    for piece in pieces:
        band = bands.get(piece.band) if piece.band else None
        properties = weight(bold=piece.bold, italic=piece.italic)
        if band is not None:
            parts.append(_sign(band, ground, properties, points))
            parts.append(run(f"\u00a0{piece.text}", properties + sized))
        else:
            parts.append(_tracked(run(piece.text, properties + sized), piece.change, len(parts)))
    return "".join(parts)


def _tracked(content: str, change: str, at: int) -> str:
    """Return runs as a change that Word tracks; without a name and a day they are nobody's, which Word allows."""
    if not content or change not in ("added", "removed"):
        return content
    if change == "removed":
        content = content.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    element = "ins" if change == "added" else "del"
    return f'<w:{element} w:id="{at}" w:author="Samrit">{content}</w:{element}>'


def size(half_points: int) -> str:
    """Return the type size of Latin and of Thai characters."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph; ``properties`` follows the style in its w:pPr."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = named + properties
    return f"<w:p><w:pPr>{inner}</w:pPr>{content}</w:p>" if inner else f"<w:p>{content}</w:p>"


def field(instruction: str, result: str, *, properties: str = "", dirty: bool = False) -> str:
    """Return a field with the result that a viewer shows until it computes the field itself."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    flag = ' w:dirty="true"' if dirty else ""
    return (
        f'<w:r>{rpr}<w:fldChar w:fldCharType="begin"{flag}/></w:r>'
        f'<w:r>{rpr}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{rpr}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(result, properties)}"
        f'<w:r>{rpr}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def rgb(value: str) -> str:
    """Return a colour as Word writes it."""
    return colour.safe(value)[1:].upper()


def _sign(band: BandStyle, ground: str, properties: str, points: int) -> str:
    """Return a band's sign; its font is drawn much larger than the official Thai ones."""
    fonts = f'<w:rFonts w:ascii="{SIGN_FONT}" w:eastAsia="{SIGN_FONT}" w:hAnsi="{SIGN_FONT}" w:cs="{SIGN_FONT}"/>'
    shown = f'<w:color w:val="{rgb(colour.ink(band.colour, ground))}"/>{size(points * 5 // 4)}'
    return run(band.sign, fonts + properties + shown)
