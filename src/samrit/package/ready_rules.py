"""Rule sets that a plan may take as they are, from ``ready_rules.toml``: four bands, five levels, logframe, anchors."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from samrit.engine.ruleset import Band, Method, PointScale, RuleSet
from samrit.vocabulary.terms import term

GROUP = "ready_rules"
_SINCE = date(2020, 1, 1)  # earlier than any plan that takes them
# Colour, its name in both languages, and sign, by the code of a band (BA3).
LOOKS: Mapping[str, tuple[str, str, str, str]] = {
    code: (colour, named.th, named.en, sign)
    for code, colour, sign in (
        ("improve", "#b42318", "✕"),
        ("low", "#c2410c", "▲"),
        ("fair", "#b58900", "◐"),
        ("good", "#1a7f37", "✓"),
        ("best", "#1d4ed8", "★"),
        ("other", "#475569", "•"),
    )
    for named in (term(f"colour_{code}", "band_colour"),)
}
_CODES = {1: ("good",), 2: ("improve", "good"), 3: ("improve", "fair", "good"), 4: ("improve", "low", "fair", "good")}


def looks_of(count: int) -> tuple[str, ...]:
    """Return the codes of so many bands, the worst first; from the sixth on those between have none of their own."""
    if count in _CODES:
        return _CODES[count]
    between = tuple(f"level{number}" for number in range(5, count))
    return (*_CODES[4][:3], *between, "good", "best")[:count] if count else ()


@cache
def ready_rules() -> Mapping[str, RuleSet]:
    """Return the ready-made rule sets by id; the first is for a plan that names none."""
    text = resources.files(__package__).joinpath("ready_rules.toml").read_text("utf-8")
    return {code: _ruleset(code, entry) for code, entry in tomllib.loads(text, parse_float=Decimal).items()}


def default_rules() -> RuleSet:
    """Return the rule set of a plan that names none."""
    return next(iter(ready_rules().values()))


def _ruleset(code: str, entry: Mapping[str, Any]) -> RuleSet:
    named, scale = term(code, GROUP), entry.get("scale")
    worst = entry["bands"][0][0]
    return RuleSet(
        id=code,
        name=named.th,
        name_en=named.en,
        effective_from=_SINCE,
        method=Method(entry["method"]),
        bands=tuple(map(_band, entry["bands"])),
        cap=_number(entry.get("cap")),
        second_cap=_number(entry.get("second_cap")),
        percent_places=1,
        score_places=entry.get("score_places", 2),
        scale=None if scale is None else _scale(scale),
        explain_below=worst,
    )


def _band(band: Sequence[Any]) -> Band:
    code, th, en, *upper = band
    colour, colour_th, colour_en, sign = LOOKS[code]
    return Band(code, th, en, _number(upper[0]) if upper else None, False, colour, colour_th, colour_en, sign)


def _scale(scale: Mapping[str, Any]) -> PointScale:
    thresholds, points = (tuple(map(Decimal, scale[name])) for name in ("thresholds", "points"))
    return PointScale(thresholds, points, floor=Decimal(scale["floor"]))


def _number(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)
