"""The derivation of plan and actual totals: from the total down to the entries and sites."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from samrit.engine.explain.derivation import Derivation, Month, number
from samrit.engine.model import Aggregation, Consolidation, Entry, EntryBasis, Formula, Indicator, Mark, Project
from samrit.engine.results import Total, UnitTotal
from samrit.engine.series import Side

_CODE = {Side.PLANNED: "plan_total", Side.ACTUAL: "actual_total"}
_NOTHING = {Side.PLANNED: "nothing_planned", Side.ACTUAL: "nothing_reported"}


def explain_total(indicator: Indicator, total: Total, side: Side, as_of: Month, project: Project) -> Derivation:
    """Return how one total came about: its rule, its arithmetic and the entries or sites below it."""
    if indicator.formula is Formula.SITES:
        return _sites(total, side, as_of, project)
    notes = (Derivation(total.note, indicator.id, "RU3"),) if total.note else ()
    children = notes + _children(total, side, as_of)
    if total.value is None:
        return Derivation(_NOTHING[side], indicator.id, total.rule, params={"as_of": as_of}, children=children)
    params = {
        "as_of": as_of,
        "how": (indicator.aggregation, "aggregation"),
        "arithmetic": _over_units(indicator, total, total.value, side),
    }
    return Derivation(
        _CODE[side], indicator.id, total.rule, total.value, number(total.value), params, children=children
    )


def _children(total: Total, side: Side, as_of: Month) -> tuple[Derivation, ...]:
    if len(total.units) == 1:
        return _entries(total.units[0], side, as_of)
    return tuple(
        Derivation(
            "unit_total",
            unit.unit,
            unit.rule,
            unit.value,
            "–" if unit.value is None else number(unit.value),
            {"unit": unit.unit, "arithmetic": "–" if unit.value is None else number(unit.value)},
            children=_entries(unit, side, as_of),
        )
        for unit in total.units
    )


def _entries(unit: UnitTotal, side: Side, as_of: Month) -> tuple[Derivation, ...]:
    return tuple(_entry(entry, side, as_of) for entry in unit.entries)


def _entry(entry: Entry, side: Side, as_of: Month) -> Derivation:
    figure = side.figure(entry)
    numerator, denominator = side.parts(entry)
    shown = figure.value if isinstance(figure, Mark) else number(figure)
    if isinstance(numerator, Decimal) and isinstance(denominator, Decimal):
        shown = f"{number(numerator)} ÷ {number(denominator)}"
    params: dict[str, object] = {
        "period": replace(as_of, period=entry.period),
        "first": replace(as_of, period=entry.period - entry.span + 1),
    }
    value = figure if isinstance(figure, Decimal) else None
    return Derivation("entry_span" if entry.span > 1 else "entry", entry.unit, "", value, shown, params, entry.source)


def _over_units(indicator: Indicator, total: Total, value: Decimal, side: Side) -> str:
    """Return the arithmetic of the total, over months of one unit or over the totals of several."""
    units = total.units
    if len(units) > 1:
        how = (indicator.consolidation or Consolidation(indicator.aggregation.value)).value
        figures = [u.value for u in units if u.value is not None]
    else:
        to_date = indicator.aggregation is Aggregation.SUM and indicator.entry_basis is EntryBasis.TO_DATE
        how = "latest" if to_date else indicator.aggregation.value
        figures = _figures(units[0], side)
    if how == "ratio" and all(u.denominator for u in units):
        return _share(units, value)
    return _ARITHMETIC[how](figures, value)


def _figures(unit: UnitTotal, side: Side) -> list[Decimal]:
    return [f for f in map(side.figure, unit.entries) if isinstance(f, Decimal)]


def _share(units: Sequence[UnitTotal], value: Decimal) -> str:
    numerators = " + ".join(number(u.numerator) for u in units if u.numerator is not None)
    denominators = " + ".join(number(u.denominator) for u in units if u.denominator is not None)
    return f"({numerators}) ÷ ({denominators}) × 100 = {number(value)}"


def _sum_text(values: Sequence[Decimal], value: Decimal) -> str:
    return number(value) if len(values) == 1 else f"{' + '.join(map(number, values))} = {number(value)}"


def _mean_text(values: Sequence[Decimal], value: Decimal) -> str:
    if len(values) == 1:
        return number(value)
    return f"({' + '.join(map(number, values))}) ÷ {len(values)} = {number(value)}"


def _picked_text(values: Sequence[Decimal], value: Decimal) -> str:
    return number(value) if len(values) == 1 else f"{', '.join(map(number, values))} → {number(value)}"


_ARITHMETIC: dict[str, Callable[[Sequence[Decimal], Decimal], str]] = {
    "sum": _sum_text,
    "average": _mean_text,
    "ratio": _mean_text,
    "latest": _picked_text,
    "max": _picked_text,
    "min": _picked_text,
}


def _sites(total: Total, side: Side, as_of: Month, project: Project) -> Derivation:
    shown = "–" if total.value is None else number(total.value)
    children = tuple(
        Derivation("site", site.id, "R189", params={"title": site.title, "outcome": site.outcome}, source=site.source)
        for site in project.sites
    )
    params = {"as_of": as_of, "how": ("sum", "aggregation"), "arithmetic": shown}
    return Derivation(_CODE[side], project.id, total.rule, total.value, shown, params, children=children)
