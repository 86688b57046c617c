"""Why a work is in its band, and how it counts where it could not be scored (BA1, WE4, WE5, AC4)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.bands import band_of
from samrit.engine.explain.derivation import Derivation, number
from samrit.engine.results import ProjectResult
from samrit.engine.ruleset import Band, Method, RuleSet


def standing_step(result: ProjectResult, band: Band, figure: Decimal, ruleset: RuleSet) -> Derivation:
    """Return the step that says why the work is in ``band``."""
    return _held(result, band, figure, ruleset) if "WE5" in result.rules else _band(result, band, figure, ruleset)


def _band(result: ProjectResult, band: Band, figure: Decimal, ruleset: RuleSet) -> Derivation:
    record, override = result.project.id, result.override
    params = {"band": band.name, "band_en": band.named("en"), "sign": band.sign, "exact": number(figure)}
    if ruleset.method is Method.TRANSPARENCY:
        return Derivation("band", record, "M-E", figure, number(figure), {**params, "interval": band.range_text})
    if override is not None and override.band and band_of(figure, ruleset) is not band:
        return Derivation("band_settled", record, "WE4", figure, number(figure), {**params, "reason": override.reason})
    return Derivation("band", record, "BA1", figure, number(figure), {**params, "interval": interval(band, ruleset)})


def _held(result: ProjectResult, band: Band, figure: Decimal, ruleset: RuleSet) -> Derivation:
    """Return why a work is not in the best band although its figure is (WE5, R186)."""
    by_points, best = ruleset.method is not Method.PERCENT_OF_PLAN, ruleset.bands[-1]
    figures = ((i.score if by_points else i.percent, i.indicator.id) for i in result.indicators)
    lowest, own = min(((f, own) for f, own in figures if f is not None), key=lambda at: at[0], default=(Decimal(), ""))
    params = {
        "band": band.name,
        "band_en": band.named("en"),
        "sign": band.sign,
        "exact": number(figure),
        "best": best.name,
        "best_en": best.name_en,
        "limit": number(ruleset.lowest_for_best or Decimal()),
        "indicator": own,
        "lowest": number(lowest),
    }
    return Derivation("band_held", result.project.id, "WE5", figure, number(figure), params)


def interval(band: Band, ruleset: RuleSet) -> str:
    """Return the band's limits as text: "75 < x ≤ 99", "x > 99"."""
    at = ruleset.bands.index(band)
    below = ruleset.bands[at - 1] if at else None
    if below is None or below.upper is None:
        return f"x {'≤' if band.upper_inclusive else '<'} {number(band.upper)}" if band.upper is not None else "x"
    if band.upper is None:
        return f"x {'>' if below.upper_inclusive else '≥'} {number(below.upper)}"
    low = "<" if below.upper_inclusive else "≤"
    high = "≤" if band.upper_inclusive else "<"
    return f"{number(below.upper)} {low} x {high} {number(band.upper)}"


def without_plan_step(result: ProjectResult, ruleset: RuleSet) -> Derivation:
    """Return how a work counts that had nothing to be scored by at the year's end (AC4)."""
    code = f"without_plan_{ruleset.without_plan.value}"
    if result.computed_percent is None:
        code = "without_plan_listed"
    return Derivation(code, result.project.id, "AC4", result.computed_percent)
