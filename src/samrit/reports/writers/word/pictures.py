"""Pictures of the Word file: in the line of text, as wide as the page allows, with a text alternative."""

from __future__ import annotations

import io
from typing import Any

from samrit.reports.look.paper import POINT, Paper
from samrit.reports.writers.word.xml import attribute

_EMU_PER_POINT = 12_700
_EMU_PER_PIXEL = 9_525  # at 96 pixels an inch, the unit of the charts' own size
_HIGHEST = 70  # percent of the text's height, so that title and caption stay on the page


def picture_xml(part: Any, png: bytes, *, scale: int, alt: str, paper: Paper, identifier: int) -> str:
    """Return the run of a picture drawn at ``scale`` times its own size; ``part`` is the document part."""
    relation, image = part.get_or_add_image(io.BytesIO(png))
    width, height = _extent(image.px_width, image.px_height, scale, paper)
    text = attribute(alt)
    name = f"Picture {identifier}"
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{identifier}" name="{name}" descr="{text}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{identifier}" name="{name}" descr="{text}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def _extent(pixels_wide: int, pixels_high: int, scale: int, paper: Paper) -> tuple[int, int]:
    """Return width and height, shrunk to the text's width and most of its height."""
    width = pixels_wide * _EMU_PER_PIXEL // scale
    height = pixels_high * _EMU_PER_PIXEL // scale
    widest = paper.text_width * _EMU_PER_POINT // POINT
    highest = paper.text_height * _EMU_PER_POINT // POINT * _HIGHEST // 100
    if width > widest:
        width, height = widest, height * widest // width
    if height > highest:
        width, height = width * highest // height, highest
    return width, height
