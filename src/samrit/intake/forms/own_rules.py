"""Rules that a form describes itself: its own bands, limits, points and choices over a ready-made set (BA1, AC7, DI1).

What a form leaves empty is as the chosen ready-made set has it; "–" is none, as of a cap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from samrit.engine.model import CarryOverKind, Mark
from samrit.engine.ruleset import Band, Method, PointScale, RollUp, RuleSet, SilentUnits, WithoutPlan
from samrit.intake.forms.indicators import RowsByTable
from samrit.intake.forms.rows import FormRow
from samrit.package.ready_rules import LOOKS, looks_of, ready_rules
from samrit.vocabulary.dates import typed_day

OWN = "own"  # the id of rules that a form describes without one
_NUMBERS = (
    "cap", "second_cap", "lower_ceiling", "late_month", "lowest_for_best", "target_review_above", "site_contract_share",
)  # fmt: skip
_WHOLE = ("percent_places", "share_places", "score_places", "report_due_day", "carry_over_months")
_CHOICES: dict[str, tuple[str, type[StrEnum]]] = {  # the words they are chosen from
    "method": ("method", Method),
    "roll_up": ("roll_up", RollUp),
    "silent_units": ("silent_units", SilentUnits),
    "without_plan": ("without_plan", WithoutPlan),
    "carry_over_sort": ("carry_over_kind", CarryOverKind),
}
# Those that may be none at all; any other keeps what the ready-made set says.
_MAY_BE_NONE = frozenset({"cap", "second_cap", "lowest_for_best", "carry_over_months"})
_MADE_FOR = {Method.FIVE_LEVEL: "level-5", Method.STEPS: "level-5", Method.ANCHORS: "anchors-3"}


def described(base: RuleSet, rows: RowsByTable) -> RuleSet:
    """Return the rules of a form: ``base``, with whatever its sheets of rules, bands and points say otherwise.

    The band that asks for an explanation may be named by its code or its name.
    """
    about = next(iter(rows.get("own_rules", ())), None)
    if about is None and not rows.get("bands") and not rows.get("scale"):
        return base
    made = replace(base, id=OWN) if about is None else _chosen(base, about)
    if rows.get("bands"):
        made = replace(made, bands=_bands(rows["bands"]))
        if about is None or not about.text("explain_below"):
            made = replace(made, explain_below=made.bands[0].code)
    by_name = {name: band.code for band in made.bands for name in (band.name, band.name_en) if name}
    made = replace(made, explain_below=by_name.get(made.explain_below, made.explain_below))
    return replace(made, scale=_scale(made, about, rows.get("scale", ())))


def _chosen(base: RuleSet, row: FormRow) -> RuleSet:
    """Return ``base`` with what the sheet of rules says."""
    name, name_en = row.text("name"), row.text("name_en")
    said: dict[str, Any] = {"id": row.text("id") or OWN}
    if name or name_en:
        said |= {"name": name or name_en, "name_en": name_en or name}
    for code in _NUMBERS:
        figure = row.figure(row.cells.get(code), code)
        if isinstance(figure, Decimal):
            said[code] = figure
        elif figure is Mark.NOTHING and code in _MAY_BE_NONE:
            said[code] = None
    for code in _WHOLE:
        if row.whole(code) is not None:
            said[code] = row.whole(code)
    for code, (group, kind) in _CHOICES.items():
        if chosen := row.choice(code, group):
            said[code] = kind(chosen)
    if rolls := row.choice("report_due_rolls", "yes_no"):
        said["report_due_rolls"] = rolls == "yes"
    if row.text("explain_below"):
        said["explain_below"] = "" if row.text("explain_below") == "–" else row.text("explain_below")
    if day := _day(row.text("effective_from")):
        said["effective_from"] = day
    return replace(base, **said)


def _day(text: str) -> date | None:
    return typed_day(text) if text else None


def _bands(rows: Sequence[FormRow]) -> tuple[Band, ...]:
    """Return the bands of a form, the worst first; the best one is whatever lies above the others."""
    return tuple(_band(row, look) for row, look in zip(rows, looks_of(len(rows)), strict=True))


def _band(row: FormRow, usual: str) -> Band:
    code = row.text("code") or usual
    colour, colour_name, colour_name_en, sign = LOOKS.get(code, LOOKS[usual] if usual in LOOKS else LOOKS["other"])
    below, up_to = row.number("below"), row.number("up_to")
    name, name_en = row.text("name"), row.text("name_en")
    return Band(
        code,
        name or name_en,
        name_en or name,
        up_to if below is None else below,
        below is None and up_to is not None,
        row.text("colour") or colour,
        row.text("colour_name") or colour_name,
        row.text("colour_name_en") or colour_name_en,
        row.text("sign") or sign,
        row.text("range_text"),
    )


def _scale(rules: RuleSet, about: FormRow | None, rows: Sequence[FormRow]) -> PointScale | None:
    """Return the points of the rules: the form's, else the ready-made ones for a method that needs some."""
    usual = rules.scale
    if usual is None and rules.method in _MADE_FOR:
        usual = ready_rules()[_MADE_FOR[rules.method]].scale
    floor = None if about is None else about.number("scale_floor")
    between = "" if about is None else about.choice("scale_interpolated", "yes_no")
    pairs = [(row.number("threshold"), row.number("points")) for row in rows]
    own = [(threshold, worth) for threshold, worth in pairs if threshold is not None and worth is not None]
    if not own and usual is None:
        return None
    base = usual or PointScale((), ())
    if own:
        base = replace(base, thresholds=tuple(t for t, _ in own), points=tuple(p for _, p in own))
    return replace(
        base,
        floor=base.floor if floor is None else floor,
        interpolated=base.interpolated if not between else between == "yes",
    )


# -- the other way -------------------------------------------------------------------------


def rule_rows(rules: RuleSet) -> dict[str, list[Any]]:
    """Return the rows of the three sheets from which ``rules`` are read again, whatever ready-made set is chosen."""
    scale = rules.scale
    # A row is known by its name: what has none is called by its id or code.
    about: dict[str, Any] = {"id": rules.id, "name": rules.name or rules.id, "name_en": rules.name_en}
    about |= {code: getattr(rules, code) for code in (*_NUMBERS, *_WHOLE, *_CHOICES)}
    about |= {code: "–" for code in _MAY_BE_NONE if about[code] is None}
    about |= {
        "explain_below": rules.explain_below or "–",
        "report_due_rolls": _yes(rules.report_due_rolls),
        "effective_from": rules.effective_from.isoformat(),
        "scale_interpolated": "" if scale is None else _yes(scale.interpolated),
        "scale_floor": None if scale is None else scale.floor,
    }
    pairs = () if scale is None else zip(scale.thresholds, scale.points, strict=True)
    return {
        "own_rules": [about],
        "bands": list(map(_band_row, rules.bands)),
        "scale": [{"threshold": threshold, "points": worth} for threshold, worth in pairs],
    }


def _band_row(band: Band) -> dict[str, Any]:
    names = ("name", "name_en", "code", "colour", "colour_name", "colour_name_en", "sign", "range_text")
    limit = "up_to" if band.upper_inclusive else "below"
    return {name: getattr(band, name) for name in names} | {"name": band.name or band.code, limit: band.upper}


def _yes(value: bool) -> str:
    return "yes" if value else "no"
