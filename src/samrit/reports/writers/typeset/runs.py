"""Stretches of text as the template takes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from samrit.reports.document.inline import clean
from samrit.reports.document.model import BandStyle, Run
from samrit.reports.drawing.wrapping import words
from samrit.reports.look import colour

# The line breaker would let a line begin with ฯ or ๆ.
_TRAILING = re.compile("[ฯๆ]")
_CHANGES = {"added": "u", "removed": "s"}
_TOGETHER = 20  # letters of a figure with its band ("33 ปรับปรุง") that stay on one line


def run_data(
    runs: Sequence[Run], bands: Mapping[str, BandStyle], ground: str = "#ffffff", *, together: int = _TOGETHER
) -> list[Any]:
    """Return runs: a plain text as a string, any other as text, styles, band and ink.

    Styles are "b" bold, "i" italic, "u" underlined, "s" struck through, "w" a word that must stay on one line.  A
    stretch with a band is printed in the band's colour, darkened until it can be read on ``ground``; up to
    ``together`` letters of it stay on the line of its sign (in a narrow cell they may not).
    """
    names = {band.name for band in bands.values()}
    written: list[Any] = []
    for run in runs:
        band = bands.get(run.band)
        styles = ("b" if run.bold else "") + ("i" if run.italic else "") + _CHANGES.get(run.change, "")
        ink = colour.ink(band.colour, ground) if band else ""
        for place, (text, whole) in enumerate(_pieces(clean(run.text), band, names, together)):
            sign = run.band if band and place == 0 else ""
            look = styles + "w" * whole
            written.append([text, look, sign, ink] if look or ink else text)
    return written


def _pieces(text: str, band: BandStyle | None, names: Collection[str], together: int) -> list[tuple[str, bool]]:
    """Return ``text`` in parts, and of each whether it must stay whole.

    Whole are the name of a band, the first word after a band's sign, and a word with ฯ or ๆ.
    """
    if text.strip() in names and " " not in text.strip():
        space = text[: len(text) - len(text.lstrip())]
        return [(space, False), (text.strip(), True)] if space else [(text, True)]
    if band is None and not _TRAILING.search(text):
        return [(text, False)]
    if band is not None and len(text) <= together:
        return [(text, True)]
    pieces: list[tuple[str, bool]] = []
    for word in _words(text, band):
        whole = (band is not None and not pieces) or word.rstrip()[-1:] in ("ฯ", "ๆ")
        bare = word.rstrip() if whole else word
        if pieces and not whole and not pieces[-1][1]:
            pieces[-1] = (pieces[-1][0] + bare, False)
        else:
            pieces.append((bare, whole))
        if bare != word:
            pieces.append((word[len(bare) :], False))
    return pieces


def _words(text: str, band: BandStyle | None) -> tuple[str, ...]:
    """Return the words of a text; where it begins with the name of its band, that name is one."""
    if band is not None and text.startswith(band.name) and " " not in band.name:
        return (band.name, *words(text[len(band.name) :]))
    return words(text) or ("",)
