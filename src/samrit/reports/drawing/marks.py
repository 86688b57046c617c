"""How bands look in a picture: a sign, a colour and a pattern that still differs on grey paper (BA3).

Sarabun has no ✓, ◐, ✕ or ●, so the signs are drawn as shapes; a document that set them as
text would show empty boxes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from samrit.reports.document.model import BandStyle
from samrit.reports.drawing.canvas import GREY, NAVY, TEAL, WHITE, Canvas
from samrit.reports.look.fonts import has_glyph

_BOX = 16  # the signs are drawn on a square of this size
_STROKE = 'fill="none" stroke="{c}" stroke-linecap="round" stroke-linejoin="round"'
_SHAPES = {
    "✓": f'<path d="M2.5 8.8 6.2 12.6 13.5 3.6" {_STROKE} stroke-width="2.6"/>',
    "◐": f'<circle cx="8" cy="8" r="6" {_STROKE} stroke-width="1.8"/><path d="M8 2a6 6 0 0 0 0 12z" fill="{{c}}"/>',
    "▲": '<path d="M8 2 14.6 13.6H1.4z" fill="{c}"/>',
    "▼": '<path d="M8 14 14.6 2.4H1.4z" fill="{c}"/>',
    "✕": f'<path d="M3.4 3.4 12.6 12.6M12.6 3.4 3.4 12.6" {_STROKE} stroke-width="2.8"/>',
    "●": '<circle cx="8" cy="8" r="6" fill="{c}"/>',
    "○": f'<circle cx="8" cy="8" r="6" {_STROKE} stroke-width="1.8"/>',
    "■": '<path d="M2.5 2.5h11v11h-11z" fill="{c}"/>',
    "◆": '<path d="M8 1.5 14.5 8 8 14.5 1.5 8z" fill="{c}"/>',
    "★": '<path d="M8 1.2 10.1 5.9 15.2 6.4 11.3 9.8 12.5 14.8 8 12.1 3.5 14.8 4.7 9.8 .8 6.4 5.9 5.9z" fill="{c}"/>',
}
_PATTERNS = {
    "✓": "",
    "◐": '<path d="M-2 2 2-2M0 8 8 0M6 10 10 6" stroke="#fff" stroke-width="1.6" opacity=".55"/>',
    "▲": '<circle cx="4" cy="4" r="1.5" fill="#fff" opacity=".65"/>',
    "✕": '<path d="M0 0 8 8M8 0 0 8" stroke="#fff" stroke-width="1.3" opacity=".6"/>',
}
_MORE_PATTERNS = (*_PATTERNS.values(), '<path d="M0 4H8" stroke="#fff" stroke-width="2" opacity=".5"/>')
_PALETTE = (NAVY, TEAL, "#7c5295", "#8a6d3b", "#4b5563", "#9d5b72", "#2f6f9f", "#5f7a2d")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")


def band_style(code: str, bands: Sequence[BandStyle]) -> BandStyle | None:
    """Return the style of the band ``code``, or None."""
    return next((band for band in bands if band.code == code), None)


def safe_colour(colour: str) -> str:
    """Return ``colour`` if it is written #rrggbb, otherwise grey; rule sets are user data."""
    return colour if _COLOUR.match(colour) else GREY


def has_shape(band: BandStyle) -> bool:
    """Say whether we draw the band's sign; otherwise it is set as a letter."""
    return band.sign in _SHAPES


def sign_svg(band: BandStyle) -> str:
    """Return the band's sign as an SVG picture of its own, for documents that cannot set it as text."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{_BOX}" height="{_BOX}">{_shape(band)}</svg>'


def draw_sign(canvas: Canvas, band: BandStyle, x: float, middle: float, size: float) -> float:
    """Draw the sign at ``x`` with its middle at the height ``middle``; return where text may begin."""
    scale = size / _BOX
    canvas.markup(f'<g transform="translate({x:.2f} {middle - size / 2:.2f}) scale({scale:.4f})">{_shape(band)}</g>')
    return x + size * 1.35


def fill(canvas: Canvas, place: int, band: BandStyle | None) -> str:
    """Return the paint of series ``place``: the band's colour with its pattern, or one of the palette."""
    colour = safe_colour(band.colour) if band else _PALETTE[place % len(_PALETTE)]
    pattern = _PATTERNS.get(band.sign if band else "", _MORE_PATTERNS[place % len(_MORE_PATTERNS)])
    if not pattern:
        return colour
    name = f"f{place}-{colour[1:]}"
    ground = f'<rect width="8" height="8" fill="{colour}"/>'
    frame = '<pattern id="{id}" width="8" height="8" patternUnits="userSpaceOnUse">'
    return canvas.define(name, f"{frame}{ground}{pattern}</pattern>")


def line_colour(place: int, band: BandStyle | None) -> str:
    """Return the colour of line ``place``."""
    return safe_colour(band.colour) if band else _PALETTE[place % len(_PALETTE)]


def hatch(canvas: Canvas) -> str:
    """Return the paint of "nothing reported": hatched grey, unlike any band."""
    lines = '<path d="M-2 2 2-2M0 8 8 0M6 10 10 6" stroke="#9ca3af" stroke-width="1"/>'
    ground = f'<rect width="8" height="8" fill="{WHITE}"/>'
    frame = '<pattern id="{id}" width="8" height="8" patternUnits="userSpaceOnUse">'
    return canvas.define("none", f"{frame}{ground}{lines}</pattern>")


def _shape(band: BandStyle) -> str:
    """Return the drawing of the sign; a sign we have no shape for is set as text if the font has it."""
    colour = safe_colour(band.colour)
    if band.sign in _SHAPES:
        return _SHAPES[band.sign].replace("{c}", colour)
    if len(band.sign) == 1 and has_glyph(band.sign) and band.sign not in "<&":
        return f'<text x="8" y="13" font-size="14" text-anchor="middle" fill="{colour}">{band.sign}</text>'
    return _SHAPES["●"].replace("{c}", colour)
