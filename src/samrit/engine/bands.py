"""Bands: which one a figure falls in, and how the figure is printed beside it (BA1–BA3, DI1)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from samrit.engine.arithmetic import quantised, round_half_up, settle
from samrit.engine.ruleset import Band, Method, RuleSet

CLASSES = 5  # of a transparency assessment (M-E)
IMPROVE_FROM, PASSED_FROM, EXCELLENT_FROM = Decimal(70), Decimal(85), Decimal(95)  # its limits
_MOST_PLACES = 30


def band_of(value: Decimal, ruleset: RuleSet) -> Band:
    """Return the band of the unrounded ``value``: the first whose upper limit it does not pass (BA1)."""
    settled = quantised(value)
    for band in ruleset.bands:
        if band.upper is None or settled < band.upper or (band.upper_inclusive and settled == band.upper):
            return band
    return ruleset.bands[-1]


def band_by_code(code: str, ruleset: RuleSet) -> Band | None:
    """Return the rule set's band of that code, or None."""
    return next((band for band in ruleset.bands if band.code == code), None)


def held_band(band: Band | None, lowest: Decimal | None, ruleset: RuleSet) -> Band | None:
    """Return ``band``, or the one below the best where the lowest figure is short of what the best asks for (WE5).

    Percents under M-A, points under methods of points, as the bands themselves (I6).

    Off unless the rule set says ``lowest_for_best``; the classes of M-E have a rule of their own.
    """
    limit = ruleset.lowest_for_best
    if limit is None or lowest is None or band is not ruleset.bands[-1] or ruleset.method is Method.TRANSPARENCY:
        return band
    return band if quantised(lowest) >= limit or len(ruleset.bands) == 1 else ruleset.bands[-2]


def shown_percent(value: Decimal, ruleset: RuleSet) -> Decimal:
    """Return ``value`` rounded for print, with as many places as keep it in its own band (BA2).

    99.20 is green under "> 99": printed 99.2, since 99 would be yellow.
    """
    first = ruleset.percent_places if ruleset.method is Method.PERCENT_OF_PLAN else ruleset.score_places
    band = band_of(value, ruleset)
    for places in range(first, _MOST_PLACES):
        shown = round_half_up(value, places)
        if band_of(shown, ruleset) is band:
            return shown
    return settle(value)


def format_percent(value: Decimal, ruleset: RuleSet) -> str:
    """Return ``value`` as printed: :func:`shown_percent` in plain notation with thousands separators."""
    return f"{shown_percent(value, ruleset):,f}"


def transparency_band(total: Decimal, tools: Sequence[Decimal], ruleset: RuleSet) -> Band:
    """Return the class of a transparency assessment from its total and its tools' own scores (M-E).

    The rule set's five bands stand worst first: below 70, below 85, then three
    classes that share 85–100 and differ by the lowest tool.  With any other number of bands the total's own stands.
    """
    if len(ruleset.bands) != CLASSES:
        return band_of(total, ruleset)
    return ruleset.bands[transparency_place(total, tools)]


def transparency_place(total: Decimal, tools: Sequence[Decimal]) -> int:
    """Return the place of the class among the five, the worst 0, by the limits of the method itself (M-E)."""
    return class_place(total, tools, (IMPROVE_FROM, PASSED_FROM, EXCELLENT_FROM))


def class_place(total: Decimal, tools: Sequence[Decimal], limits: tuple[Decimal, Decimal, Decimal]) -> int:
    """Return the place of the class among the five, the worst 0; ``limits`` as scores, the lowest first (M-E, R264)."""
    improve_from, passed_from, excellent_from = limits
    settled = settle(total)
    lowest = min((settle(tool) for tool in tools), default=settled)  # a total without tools has only itself
    if settled < improve_from:
        return 0
    if settled < passed_from:
        return 1
    if settled >= excellent_from and lowest >= excellent_from:
        return 4
    return 3 if lowest >= passed_from else 2
