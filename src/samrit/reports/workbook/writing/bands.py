"""Bands as the workbook writes them: sign and word, and how many limits divide them."""

from __future__ import annotations

from collections.abc import Sequence

from samrit.engine.ruleset import Band, RuleSet


def band_label(band: Band, language: str) -> str:
    """Return sign and word of a band (BA3)."""
    name = band.name_en if language == "en" and band.name_en else band.name
    return f"{band.sign} {name}".strip()


def band_limits(ruleset: RuleSet) -> int:
    """Return how many upper limits divide the bands."""
    uppers = [band.upper for band in ruleset.bands[:-1]]
    return uppers.index(None) if None in uppers else len(uppers)


def band_order(band: Band | None, bands: Sequence[Band]) -> int | None:
    """Return the number of a band, 1 for the worst; None for none."""
    return None if band is None else bands.index(band) + 1
