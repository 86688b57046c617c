"""How the commands show a figure and a band in a terminal."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.bands import format_percent
from samrit.engine.results import ProjectResult
from samrit.engine.ruleset import Band, RuleSet
from samrit.vocabulary.terms import label


def figure_text(figure: Decimal | None, ruleset: RuleSet) -> str:
    """Return a figure as printed (BA2), "–" when there is none."""
    return "–" if figure is None else format_percent(figure, ruleset)


def band_name(band: Band | None, language: str) -> str:
    """Return sign and name of a band, "–" when there is none (BA3)."""
    if band is None:
        return "–"
    return f"{band.sign} {band.named(language)}"


def band_text(result: ProjectResult, language: str) -> str:
    """Return the band of a result, or its state in words where it has none; an override is marked."""
    if result.band is None:
        return label(result.state, language)
    return band_name(result.band, language) + (" *" if result.override else "")
