"""Sarabun made ready for the typesetter, so that programs can read the text of the PDF.

Two things of the font keep Thai from being read in order.  A shaper takes ำ apart into a ring
and a leg, so that no glyph is ำ: here the two are joined again, and where a tone stands
between them the leg becomes a glyph of its own.  Tone marks over some vowels have a height of
their own, at which the typesetter begins a new stretch of text in the middle of a syllable:
here all of them have one height, at most a twentieth of a letter's away.  The font's licence (OFL)
allows the change and reserves no name.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.otlLib.builder import (
    ChainContextSubstBuilder,
    ChainContextualRule,
    LigatureSubstBuilder,
    SingleSubstBuilder,
)
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from samrit.reports.look.fonts import FAMILY, font_directory
from samrit.reports.writers.typeset.thai_glyphs import LEG_AFTER_TONE

FACES = ("Regular", "Bold", "Italic", "BoldItalic")
_AM, _LEG, _RING = "uni0E33", "uni0E32", "uni0E4D"
_SMALL_TONES = tuple(f"uni0E{code:02X}.small" for code in range(0x48, 0x4D))
_MARK_TO_MARK = 6
_BASE = 1  # of the classes of glyphs


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Return a directory that lives as long as the process and goes with it."""
    folder: tempfile.TemporaryDirectory[str] = tempfile.TemporaryDirectory(prefix="samrit-fonts-")
    for face in FACES:
        made(face).save(Path(folder.name) / f"{FAMILY}-{face}.ttf")
    return folder


def typeface_directory() -> Path:
    """Return the directory that holds the four faces made ready."""
    return Path(_folder().name)


def made(face: str) -> TTFont:
    """Return a face of Sarabun ("Regular", "Bold", "Italic", "BoldItalic") made ready for the typesetter."""
    font = TTFont(font_directory() / f"{FAMILY}-{face}.ttf", recalcTimestamp=False)
    _one_height(font)
    _one_glyph_for_am(font)
    return font


def _one_height(font: TTFont) -> None:
    """Let tones stand at one height over every vowel that can carry one."""
    for table in (t for lookup in font["GPOS"].table.LookupList.Lookup for t in lookup.SubTable):
        if table.LookupType != _MARK_TO_MARK:
            continue
        tones = [mark for glyph, mark in _records(table.Mark1Coverage, table.Mark1Array.MarkRecord) if _small(glyph)]
        if not tones:
            continue
        height = max(mark.MarkAnchor.YCoordinate for mark in tones)
        for mark in tones:
            mark.MarkAnchor.YCoordinate = height
        for glyph, mark in _records(table.Mark2Coverage, table.Mark2Array.Mark2Record):
            if glyph.startswith("uni0E") and not _small(glyph) and mark.Mark2Anchor[0].YCoordinate > 0:
                mark.Mark2Anchor[0].YCoordinate = height


def _records(coverage: Any, records: Sequence[Any]) -> Sequence[tuple[str, Any]]:
    return tuple(zip(coverage.glyphs, records, strict=True))


def _small(glyph: str) -> bool:
    return glyph in _SMALL_TONES


def _one_glyph_for_am(font: TTFont) -> None:
    """Join ring and leg to ำ, and give the leg after a tone a glyph that is known apart from า."""
    glyphs = font.getGlyphSet()
    narrow = f"{_AM}.narrow"  # the ring of ป ฝ ฟ is to the left of their stem
    _add(font, narrow, (glyphs[f"{_RING}.narrow"], (0, 0)), (glyphs[_LEG], (0, 0)))
    _add(font, LEG_AFTER_TONE, (glyphs[_LEG], (1, 0)))  # a thousandth aside, so that its outline differs
    whole = LigatureSubstBuilder(font, None)
    whole.ligatures = {(_RING, _LEG): _AM, (f"{_RING}.narrow", _LEG): narrow}
    leg = SingleSubstBuilder(font, None)
    leg.mapping = {_LEG: LEG_AFTER_TONE}
    after_tone = ChainContextSubstBuilder(font, None)
    rings = [glyph for glyph in font.getGlyphOrder() if glyph.startswith(f"{_RING}0E")]
    after_tone.rules.append(ChainContextualRule([rings], [[_LEG]], [], [[leg]]))
    _compose(font, [whole, after_tone], leg)


def _add(font: TTFont, name: str, *parts: tuple[Any, tuple[int, int]]) -> None:
    """Add a glyph drawn from others, each moved by so many units, as wide as the leg."""
    pen = TTGlyphPen(None)
    for part, (across, up) in parts:
        part.draw(TransformPen(pen, (1, 0, 0, 1, across, up)))
    font["glyf"][name] = pen.glyph()
    font.setGlyphOrder(list(font["glyf"].glyphOrder))
    font["glyf"][name].recalcBounds(font["glyf"])
    font["hmtx"][name] = (font["hmtx"][_LEG][0], font["glyf"][name].xMin)
    font["GDEF"].table.GlyphClassDef.classDefs[name] = _BASE


def _compose(font: TTFont, builders: Sequence[Any], used: Any) -> None:
    """Let the typesetter apply ``builders`` last when it composes Thai; ``used`` is what they call for."""
    table = font["GSUB"].table
    lookups = table.LookupList.Lookup
    for builder in (used, *builders):
        builder.lookup_index = len(lookups)
        lookups.append(builder.build())
    table.LookupList.LookupCount = len(lookups)
    for system in (s.Script.DefaultLangSys for s in table.ScriptList.ScriptRecord if s.ScriptTag == "thai"):
        for feature in (table.FeatureList.FeatureRecord[place] for place in system.FeatureIndex):
            if feature.FeatureTag == "ccmp":
                feature.Feature.LookupListIndex += [builder.lookup_index for builder in builders]
                feature.Feature.LookupCount = len(feature.Feature.LookupListIndex)
