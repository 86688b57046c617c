"""Sarabun inside the page: the letters of Thai and of Western Europe, small enough to embed."""

from __future__ import annotations

import base64
import io
from functools import cache

from fontTools import subset

from samrit.reports.look.fonts import FAMILY, font_directory

_LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *range(0xE00, 0xE5C),
    *range(0x2010, 0x2028),
    *(0x2030, 0x20AC, 0x2190, 0x2192, 0x25B2, 0x25CC, 0x2264, 0x2265),
)


@cache
def font_faces() -> str:
    """Return the @font-face rules of the regular and the bold face, with the fonts in them (some 70 kB)."""
    return "\n".join(_face(name, weight) for name, weight in (("Regular", 400), ("Bold", 700)))


def _face(name: str, weight: int) -> str:
    options = subset.Options(flavor="woff", layout_features=["*"], hinting=False, notdef_outline=True)
    options.recalc_timestamp = False  # the same page must be the same bytes
    stream = io.BytesIO()
    with subset.load_font(str(font_directory() / f"{FAMILY}-{name}.ttf"), options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=_LETTERS)
        subsetter.subset(font)
        subset.save_font(font, stream, options)
    data = base64.b64encode(stream.getvalue()).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:normal;font-display:swap;'
        f'src:url(data:font/woff;base64,{data}) format("woff")}}'
    )
