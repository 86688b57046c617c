"""PDFs written glyph by glyph, as no program here writes them: any place, any anchors, any meaning in Unicode."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from fontTools.ttLib import TTFont

SARABUN = Path(str(resources.files("fontpkg_sarabun").joinpath("files", "Sarabun-Regular.ttf")))
MARKS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
SIZE = 20.0


@dataclass(frozen=True)
class Face:
    """A font whose marks are drawn ``moved`` em to the right of where they stand in Sarabun."""

    content: bytes
    names: Mapping[str, int]  # letter → glyph
    widths: Mapping[str, float]  # letter → em
    moved: float


def face(moved: float = 0.0) -> Face:
    with TTFont(SARABUN) as font:
        em, cmap, table, metrics = font["head"].unitsPerEm, font.getBestCmap(), font["glyf"], font["hmtx"]
        for mark in MARKS:
            name = cmap[ord(mark)]
            table[name].coordinates.translate((round(moved * em), 0))
            table[name].recalcBounds(table)
            metrics[name] = (metrics[name][0], table[name].xMin)
        out = io.BytesIO()
        font.save(out)
        names = {chr(code): font.getGlyphID(name) for code, name in cmap.items()}
        widths = {chr(code): metrics[name][0] / em for code, name in cmap.items()}
        return Face(out.getvalue(), names, widths, moved)


def placed(text: str, font: Face, at: tuple[float, float] = (40.0, 300.0)) -> list[tuple[str, float, float]]:
    """Return letter, x and y of a text set in a line: marks stand where they stand in Sarabun."""
    x, y = at
    found = []
    for letter in text:
        mark = letter in MARKS
        found.append((letter, x - font.moved * SIZE if mark else x, y))
        x += 0.0 if mark else font.widths[letter] * SIZE
    return found


def write(
    path: Path,
    letters: Sequence[tuple[str, float, float]],
    font: Face,
    *,
    meaning: Mapping[str, str] | None = None,
    without_meaning: bool = False,
    name: str = "AAAAAA+Sarabun",
    drawn: str = "",
) -> Path:
    """Write letters, each a text object of its own; ``meaning`` gives some of them another text in Unicode."""
    meaning = meaning or {}
    content = drawn + "".join(
        f"BT /F {SIZE} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm <{font.names[letter]:04x}> Tj ET\n" for letter, x, y in letters
    )
    used = sorted({letter for letter, _, _ in letters})
    pairs = "\n".join(f"<{font.names[one]:04x}> <{meaning.get(one, one).encode('utf-16-be').hex()}>" for one in used)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(used)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
    )
    widths = " ".join(f"{font.names[one]} [{1000 * font.widths[one]:.0f}]" for one in used)
    to_unicode = "" if without_meaning else "/ToUnicode 8 0 R"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 800 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        _stream(content.encode()),
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[6 0 R]{to_unicode}>>".encode(),
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        f"/Supplement 0>>/FontDescriptor 7 0 R/CIDToGIDMap/Identity/DW 0/W[{widths}]>>".encode(),
        f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[-600 -400 1400 1300]/ItalicAngle 0/Ascent 1068"
        "/Descent -232/CapHeight 700/StemV 80/FontFile2 9 0 R>>".encode(),
        _stream(cmap.encode()),
        _stream(font.content),
    ]
    body = b"".join(b"%d 0 obj%b endobj\n" % (number, thing) for number, thing in enumerate(objects, 1))
    path.write_bytes(b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF")
    return path


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed)
