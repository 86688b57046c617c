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
# Worst first, of as many bands as a set has: colour, its name in both languages, sign (BA3).
_LOOKS = (
    ("#b42318", "แดง", "red", "✕"),
    ("#c2410c", "ส้ม", "orange", "▲"),
    ("#b58900", "เหลือง", "yellow", "◐"),
    ("#1a7f37", "เขียว", "green", "✓"),
)


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
    worst, looks = entry["bands"][0][0], _LOOKS if len(entry["bands"]) == len(_LOOKS) else (_LOOKS[0], *_LOOKS[2:])
    return RuleSet(
        id=code,
        name=named.th,
        name_en=named.en,
        effective_from=_SINCE,
        method=Method(entry["method"]),
        bands=tuple(_band(band, look) for band, look in zip(entry["bands"], looks, strict=True)),
        cap=_number(entry.get("cap")),
        second_cap=_number(entry.get("second_cap")),
        percent_places=1,
        score_places=entry.get("score_places", 2),
        scale=None if scale is None else _scale(scale),
        explain_below=worst,
    )


def _band(band: Sequence[Any], look: tuple[str, str, str, str]) -> Band:
    code, th, en, *upper = band
    colour, colour_th, colour_en, sign = look
    return Band(code, th, en, _number(upper[0]) if upper else None, False, colour, colour_th, colour_en, sign)


def _scale(scale: Mapping[str, Any]) -> PointScale:
    thresholds, points = (tuple(map(Decimal, scale[name])) for name in ("thresholds", "points"))
    return PointScale(thresholds, points, floor=Decimal(scale["floor"]))


def _number(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)
