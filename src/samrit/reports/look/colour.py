"""Colours of bands made readable: tints for backgrounds, and inks dark enough to read on them (WCAG 2 AA)."""

from __future__ import annotations

import re
from functools import cache

INK = "#1f2933"  # text
NAVY = "#12355b"  # headings, heads of tables (ux.md)
TEAL = "#0f766e"  # links and focus (ux.md)
QUIET = "#52606d"  # notes
LINE = "#9aa5b1"  # table rules
HEAD_FILL = "#dbe5ef"
GROUP_FILL = "#eef2f6"
TOTAL_FILL = "#f3f4f6"
SHADES = {"head": HEAD_FILL, "group": GROUP_FILL, "total": TOTAL_FILL}

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_ENOUGH = 4.5  # WCAG 2 AA for text of ordinary size


@cache
def tint(colour: str, percent: int = 16) -> str:
    """Return the colour mixed with white; ``percent`` is the share of the colour."""
    mixed = ((channel * percent + 255 * (100 - percent)) // 100 for channel in _channels(colour))
    return _hex(*mixed)


@cache
def ink(colour: str, ground: str = "#ffffff") -> str:
    """Return the colour, darkened until it reads on ``ground`` with a contrast of 4.5 to 1."""
    red, green, blue = _channels(colour)
    for percent in range(100, 0, -4):
        darker = _hex(red * percent // 100, green * percent // 100, blue * percent // 100)
        if contrast(darker, ground) >= _ENOUGH:
            return darker
    return INK


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def safe(colour: str) -> str:
    """Return the colour if it is written as #rrggbb, else the colour of text: a rule set is user data."""
    return colour.lower() if _HEX.fullmatch(colour) else INK


def _channels(colour: str) -> tuple[int, int, int]:
    value = safe(colour)
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def _hex(red: int, green: int, blue: int) -> str:
    return f"#{red:02x}{green:02x}{blue:02x}"


def _luminance(colour: str) -> float:
    linear = [_linear(channel / 255) for channel in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
