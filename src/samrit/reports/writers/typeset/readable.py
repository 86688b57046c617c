"""The finished PDF, made readable by programs and small.

The typesetter gives the first glyph of a Thai syllable the text of the whole syllable, and hints
beside it, which Firefox does not read and which say a syllable twice where it is cut in two;
searching, copying and reading aloud then double letters or lose them.  Here every Thai glyph
is told its own letter, and a hint stays only where it says what its glyphs say.  The tags of
tables of thousands of cells are most of the file as it comes; packed together they are a tenth.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import cache

import pikepdf
from fontTools.ttLib import TTFont

from samrit.reports.look.fonts import FAMILY
from samrit.reports.writers.typeset.thai_glyphs import Outline, is_thai, letters_by_outline, outline
from samrit.reports.writers.typeset.typeface import made

# A line of the table from glyphs to text, and a stretch of page with a hint of Thai.
_LINE = re.compile(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>(?=\n)")
_HINTED = re.compile(rb"/Span<</ActualText<FEFF((?:0E[0-7][0-9A-F])+)>>>BDC(.*?EMC)", re.DOTALL)
_FONT = re.compile(rb"/(\w+) [\d.]+ Tf")
_STRING = re.compile(rb"\(((?:\\.|[^\\()])*)\)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

Letters = Mapping[int, str]


def readable(pdf: bytes) -> bytes:
    """Return a PDF of the typesetter with the letters of every Thai glyph, packed; equal input gives equal bytes."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        told: dict[tuple[int, int], Letters] = {}
        for page in document.pages:
            fonts = {name.lstrip("/"): font for name, font in page.Resources.get("/Font", {}).items()}
            for font in fonts.values():
                if font.objgen not in told:
                    told[font.objgen] = _name_letters(font)
            content = page.Contents.read_bytes()
            page.Contents.write(_honest(content, {name: told[font.objgen] for name, font in fonts.items()}))
        written = io.BytesIO()
        document.save(
            written, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True, recompress_flate=True
        )
    return written.getvalue()


def _name_letters(font: pikepdf.Object) -> Letters:
    """Tell each Thai glyph of a subset of our typeface its own letters, and return them by glyph."""
    told: dict[int, str] = {}
    if f"+{FAMILY}-" not in str(font.BaseFont):
        return told
    letters = _letters(str(font.BaseFont).rpartition("-")[2])
    subset = TTFont(io.BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()))
    names = subset.getGlyphOrder()

    def line(found: re.Match[bytes]) -> bytes:
        if not is_thai(bytes.fromhex(found[2].decode()).decode("utf-16-be")):
            return found[0]
        glyph = int(found[1], 16)
        told[glyph] = letters[outline(subset, names[glyph])]
        return b"<%b> <%b>" % (found[1], _hexadecimal(told[glyph]))

    font.ToUnicode.write(_LINE.sub(line, font.ToUnicode.read_bytes()))
    return told


def _honest(content: bytes, fonts: Mapping[str, Letters]) -> bytes:
    """Return the content of a page without the hints that say something else than their glyphs."""

    def span(found: re.Match[bytes]) -> bytes:
        font = _FONT.search(found[2])
        letters = fonts.get(font[1].decode(), {}) if font else {}
        shown = "".join(letters.get(glyph, "\0") for glyph in _glyphs(found[2]))
        return found[0] if _hexadecimal(shown) == found[1] else b"/Span BMC" + found[2]

    return _HINTED.sub(span, content)


def _glyphs(content: bytes) -> list[int]:
    """Return the numbers of the glyphs that a stretch of page shows, two bytes each."""
    shown = b"".join(_ESCAPE.sub(_unescaped, found[1]) for found in _STRING.finditer(content))
    return [int.from_bytes(shown[place : place + 2], "big") for place in range(0, len(shown), 2)]


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 8)]) if found[1].isdigit() else _ESCAPED.get(found[1], found[1])


def _hexadecimal(text: str) -> bytes:
    return text.encode("utf-16-be").hex().upper().encode()


@cache
def _letters(face: str) -> Mapping[Outline, str]:
    return letters_by_outline(made(face))
