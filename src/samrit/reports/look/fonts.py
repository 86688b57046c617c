"""The official font of every document: where its files are, and how wide a text is in it.

Sarabun comes from an installed package (design.md §3.8); nothing is looked up on the system,
so a document looks the same on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

from fontTools.ttLib import TTFont

FAMILY = "Sarabun"
# Of a letter that the font lacks, the width is not known; most signs are about as wide as a digit.
_UNKNOWN_ADVANCE = 0.6


def font_directory() -> Path:
    """Return the directory that holds the Sarabun files."""
    return Path(str(resources.files("fontpkg_sarabun").joinpath("files")))


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of ``text`` set in one line at ``size``, in the unit of ``size``."""
    return size * _ems(text, bold)


def has_glyph(letter: str) -> bool:
    """Say whether the font can draw ``letter`` (it has ▲ but neither ✓ nor ✕)."""
    return ord(letter) in _advances(False)


@lru_cache(maxsize=1 << 15)  # the cells of an annex are mostly "–" and small numbers
def _ems(text: str, bold: bool) -> float:
    advances = _advances(bold)
    return sum(advances.get(ord(letter), _UNKNOWN_ADVANCE) for letter in text)


@cache
def _advances(bold: bool) -> Mapping[int, float]:
    """Return the advance of every letter of the regular or bold face, in em."""
    face = "Bold" if bold else "Regular"
    with TTFont(font_directory() / f"{FAMILY}-{face}.ttf", lazy=True) as font:
        em = font["head"].unitsPerEm
        metrics = font["hmtx"]
        return {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}
