"""What the glyphs of a Thai font stand for, and how a glyph is known again in a subset that kept no names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fontTools.ttLib import TTFont

RING, LEG, AM = "\u0e4d", "\u0e32", "\u0e33"  # what ำ is drawn from, and ำ
LEG_AFTER_TONE = "uni0E32.am"  # a glyph of our typeface: the leg of ำ where a tone stands over its ring
_SINGLE, _LIGATURE = 1, 4  # kinds of substitution

Outline = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]


def is_thai(text: str) -> bool:
    """Say whether any letter of ``text`` is Thai."""
    return any("\u0e00" <= letter <= "\u0e7f" for letter in text)


def thai_letters(font: TTFont) -> dict[str, str]:
    """Return the letters that each Thai glyph stands for, in the order in which people type them.

    Glyphs without a code of their own (a narrow or small tone mark) stand for what they
    replace.  A ring joined with a tone stands for the tone alone: the ring belongs to a
    ำ whose letter comes with its leg.
    """
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items() if is_thai(chr(code))}
    letters[LEG_AFTER_TONE] = AM
    found = -1
    while found != len(letters):
        found = len(letters)
        for parts, glyph in _replacements(font):
            if glyph not in letters and all(part in letters for part in parts):
                letters[glyph] = "".join(letters[part] for part in parts)
    return {glyph: _typed(text) for glyph, text in letters.items()}


def _typed(text: str) -> str:
    """Return what people type for the letters of a joined glyph."""
    if len(text) > 1:
        return AM if text == RING + LEG else text.replace(RING, "")
    return text


def _replacements(font: TTFont) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the glyphs that are replaced by one glyph, and that glyph."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            if table.LookupType == _SINGLE:
                yield from (((glyph,), other) for glyph, other in table.mapping.items())
            elif table.LookupType == _LIGATURE:
                for first, ligatures in table.ligatures.items():
                    yield from (((first, *ligature.Component), ligature.LigGlyph) for ligature in ligatures)


def outline(font: TTFont, glyph: str) -> Outline:
    """Return the points of a glyph and where its contours end; equal glyphs have equal ones."""
    points, ends, _ = font["glyf"][glyph].getCoordinates(font["glyf"])
    return tuple(points), tuple(ends)


def letters_by_outline(font: TTFont) -> Mapping[Outline, str]:
    """Return the letters of every Thai glyph by its outline."""
    return {outline(font, glyph): text for glyph, text in thai_letters(font).items() if glyph in font["glyf"].glyphs}
