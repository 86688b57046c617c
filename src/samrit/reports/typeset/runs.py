"""Stretches of text as the template takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samrit.reports import colour
from samrit.reports.inline import clean
from samrit.reports.model import BandStyle, Run


def run_data(runs: Sequence[Run], bands: Mapping[str, BandStyle], ground: str = "#ffffff") -> list[Any]:
    """Return runs: a plain text as a string, any other as text, styles ("bi"), band and ink.

    A stretch with a band is printed in the band's colour, darkened until it can be read on ``ground``.
    """
    written: list[Any] = []
    for run in runs:
        band = bands.get(run.band)
        styles = ("b" if run.bold else "") + ("i" if run.italic else "")
        text = clean(run.text)
        if not styles and band is None:
            written.append(text)
        else:
            ink = colour.ink(band.colour, ground) if band else ""
            written.append([text, styles, run.band if band else "", ink])
    return written
