"""The derivation of plan and actual totals: from the total down to months, units, entries and sites."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from samrit.engine.explain.derivation import Derivation, Month, number
from samrit.engine.explain.recorded import from_records
from samrit.engine.indicators.deadlines import deadline_of
from samrit.engine.indicators.levels import has_milestones, milestone_planned, milestone_reached
from samrit.engine.indicators.series import Side
from samrit.engine.indicators.totals import consolidation_of, share_of, takes_last
from samrit.engine.model import Aggregation, Consolidation, Entry, Formula, Indicator, Mark, Project
from samrit.engine.results import Part, Total
from samrit.engine.sites import progress_planned, site_progress

_CODE = {Side.PLANNED: "plan_total", Side.ACTUAL: "actual_total"}
_NO_MONTH = Month(0, "calendar", 0)
_NOTHING = {Side.PLANNED: "nothing_planned", Side.ACTUAL: "nothing_reported"}


def explain_total(
    indicator: Indicator, total: Total, side: Side, as_of: Month, project: Project, *, share: Decimal
) -> Derivation:
    """Return how one total came about: its rule, its arithmetic and the entries or sites below it.

    ``share`` is the rule set's ``site_contract_share``.
    """
    if indicator.formula is Formula.SITE_PROGRESS:
        return _progress(total, side, as_of, project, share)
    if indicator.formula is Formula.SITES:
        return _sites(total, side, as_of, project)
    if indicator.formula is Formula.DEADLINE:
        return _deadline(indicator, side, as_of)
    if total.value is None and indicator.formula is Formula.LEVELS and has_milestones(indicator):
        return _steps(indicator, side, as_of)
    notes = (Derivation(total.note, indicator.id, "RU3"),) if total.note else ()
    aside = tuple(_aside(entry, side, as_of) for entry in total.set_aside)
    records = from_records(indicator, side, as_of, project)
    children = (*notes, *_children(indicator, total, side, as_of), *records, *aside)
    if total.value is None:
        return Derivation(_NOTHING[side], indicator.id, total.rule, params={"as_of": as_of}, children=children)
    params = {
        "as_of": as_of,
        "how": (indicator.aggregation, "aggregation"),
        "arithmetic": _arithmetic(indicator, total, total.value, side),
    }
    return Derivation(
        _CODE[side], indicator.id, total.rule, total.value, number(total.value), params, children=children
    )


def _children(indicator: Indicator, total: Total, side: Side, as_of: Month) -> tuple[Derivation, ...]:
    if not total.several:
        return tuple(_entry(e, side, as_of) for part in total.parts for e in part.entries)
    if _adds_up(indicator):
        return _by_unit(total, side, as_of)
    if len(total.parts) == 1:
        return tuple(_entry(e, side, as_of, of_unit=True) for e in total.parts[0].entries)
    return tuple(_month(indicator, part, side, as_of) for part in total.parts)


def _adds_up(indicator: Indicator) -> bool:
    """Say whether the order of units and months changes nothing, so that units may be shown one by one."""
    is_sum = indicator.aggregation is Aggregation.SUM and not takes_last(indicator)
    return is_sum and consolidation_of(indicator) is Consolidation.SUM


def _by_unit(total: Total, side: Side, as_of: Month) -> tuple[Derivation, ...]:
    """Return a sum over units and months by unit: few lines that can be opened, however many months there are."""
    units: dict[str, list[Entry]] = {}
    for part in total.parts:
        for entry in part.entries:
            units.setdefault(entry.unit, []).append(entry)
    return tuple(_unit(unit, units[unit], side, as_of) for unit in sorted(units))


def _unit(unit: str, entries: Sequence[Entry], side: Side, as_of: Month) -> Derivation:
    figures = [f for f in map(side.figure, entries) if isinstance(f, Decimal)]
    value = sum(figures, Decimal())
    params = {"unit": unit, "arithmetic": _sum_text(figures, value)}
    children = tuple(_entry(e, side, as_of) for e in entries)
    code = "unit_total" if unit else "whole_total"
    return Derivation(code, unit, "TO1", value, number(value), params, children=children)


def _month(indicator: Indicator, part: Part, side: Side, as_of: Month) -> Derivation:
    """Return one month over its units (RU4)."""
    arithmetic = "–" if part.value is None else _over_units(indicator, part, part.value, side)
    params = {"period": replace(as_of, period=part.period), "arithmetic": arithmetic}
    shown = "–" if part.value is None else number(part.value)
    entries = tuple(_entry(e, side, as_of, of_unit=True) for e in part.entries)
    return Derivation("month_total", indicator.id, "RU4", part.value, shown, params, children=entries)


def _entry(entry: Entry, side: Side, as_of: Month, *, of_unit: bool = False) -> Derivation:
    figure = side.figure(entry)
    numerator, denominator = side.parts(entry)
    shown = figure.value if isinstance(figure, Mark) else number(figure)
    if isinstance(numerator, Decimal) and isinstance(denominator, Decimal):
        shown = f"{number(numerator)} ÷ {number(denominator)}"
    params: dict[str, object] = {
        "period": replace(as_of, period=entry.period),
        "first": replace(as_of, period=max(1, entry.period - entry.span + 1)),
        "unit": entry.unit,
    }
    code = "entry_span" if entry.span > 1 else "entry"
    value = figure if isinstance(figure, Decimal) else None
    code += "_of_unit" if of_unit and entry.unit else ""
    return Derivation(code, entry.unit, "", value, shown, params, side.source(entry))


def _aside(entry: Entry, side: Side, as_of: Month) -> Derivation:
    """Return a unit's figure that a figure for all units sets aside (SP1)."""
    shown = _entry(entry, side, as_of).shown
    params = {"period": replace(as_of, period=entry.period), "unit": entry.unit}
    return Derivation("set_aside", entry.unit, "SP1", None, shown, params, side.source(entry))


def _arithmetic(indicator: Indicator, total: Total, value: Decimal, side: Side) -> str:
    """Return the arithmetic of the total: over months, or over the units of the one month that counts."""
    if total.several and _adds_up(indicator):
        return _sum_text([u.value or Decimal() for u in _by_unit(total, side, _NO_MONTH)], value)
    if len(total.parts) > 1:
        parts = total.parts
        if indicator.aggregation is Aggregation.RATIO and all(p.denominator is not None for p in parts):
            pairs = [(p.numerator, p.denominator) for p in parts]
            return _ratio_text(pairs, value, indicator.per)
        return _ARITHMETIC[indicator.aggregation.value]([p.value for p in parts if p.value is not None], value)
    (part,) = total.parts
    if total.several:
        return _over_units(indicator, part, value, side)
    entries = (
        part.entries[-1:] if indicator.aggregation is Aggregation.RATIO and takes_last(indicator) else part.entries
    )
    how = "latest" if takes_last(indicator) else indicator.aggregation.value
    return _of_entries(how, indicator, part._replace(entries=entries), value, side)


def _over_units(indicator: Indicator, part: Part, value: Decimal, side: Side) -> str:
    """Return the arithmetic of one month over its units."""
    if len(part.entries) == 1:
        return _of_entries("latest", indicator, part, value, side)
    how = consolidation_of(indicator)
    return _of_entries(how.value if how else "latest", indicator, part, value, side)


def _of_entries(how: str, indicator: Indicator, part: Part, value: Decimal, side: Side) -> str:
    if indicator.aggregation is not Aggregation.RATIO:
        figures = [f for f in map(side.figure, part.entries) if isinstance(f, Decimal)]
        return _ARITHMETIC[how](figures, value)
    shares = [share_of(side, e, indicator.per) for e in part.entries]
    if part.denominator is not None:
        return _ratio_text([(s.numerator, s.denominator) for s in shares], value, indicator.per)
    return _ARITHMETIC[how]([s.value for s in shares if s.value is not None], value)


def _ratio_text(pairs: Sequence[tuple[Decimal | None, Decimal | None]], value: Decimal, scale: Decimal) -> str:
    numerators = " + ".join(number(n) for n, _ in pairs if n is not None)
    denominators = " + ".join(number(d) for _, d in pairs if d is not None)
    return f"({numerators}) ÷ ({denominators}) × {number(scale)} = {number(value)}"


def _sum_text(values: Sequence[Decimal], value: Decimal) -> str:
    return number(value) if len(values) == 1 else f"{' + '.join(map(number, values))} = {number(value)}"


def _mean_text(values: Sequence[Decimal], value: Decimal) -> str:
    if len(values) == 1:
        return number(value)
    return f"({' + '.join(map(number, values))}) ÷ {len(values)} = {number(value)}"


def _picked(word: str) -> Callable[[Sequence[Decimal], Decimal], str]:
    """Return the text of a figure that is one of several; ``word`` is a function of spreadsheets."""

    def text(values: Sequence[Decimal], value: Decimal) -> str:
        if len(values) == 1:
            return number(value)
        figures = "; ".join(map(number, values))
        return f"{word}({figures}) = {number(value)}" if word else f"{figures} → {number(value)}"

    return text


_ARITHMETIC: dict[str, Callable[[Sequence[Decimal], Decimal], str]] = {
    "sum": _sum_text,
    "average": _mean_text,
    "ratio": _mean_text,
    "latest": _picked(""),
    "max": _picked("max"),
    "min": _picked("min"),
}


def _steps(indicator: Indicator, side: Side, as_of: Month) -> Derivation:
    """Return which level is due by now, or reached, from the steps' own months (AC5)."""
    find = milestone_planned if side is Side.PLANNED else milestone_reached
    level = find(indicator.levels, as_of.period)
    if level is None:
        return Derivation(_NOTHING[side], indicator.id, "AC5", params={"as_of": as_of})
    params = {"as_of": as_of, "level": number(level)}
    code = "level_due" if side is Side.PLANNED else "level_reached"
    return Derivation(code, indicator.id, "AC5", level, number(level), params)


def _deadline(indicator: Indicator, side: Side, as_of: Month) -> Derivation:
    """Return when the thing is due, or when it was reached (AC11)."""
    level = deadline_of(indicator.levels)
    if level is None or level.due_period is None:
        return Derivation(_NOTHING[side], indicator.id, "AC11", params={"as_of": as_of})
    if side is Side.PLANNED:
        code = "deadline_due" if level.due_period <= as_of.period else "deadline_later"
        params = {"period": as_of.moved_to(level.due_period - level.due_before), "text": level.text}
        return Derivation(code, indicator.id, "AC11", params=params, source=level.source)
    reached = level.reached_period
    if reached is None or reached > as_of.period:
        return Derivation("deadline_open", indicator.id, "AC11", params={"as_of": as_of})
    return Derivation("deadline_reached", indicator.id, "AC11", params={"period": replace(as_of, period=reached)})


def _sites(total: Total, side: Side, as_of: Month, project: Project) -> Derivation:
    shown = "–" if total.value is None else number(total.value)
    children = tuple(
        Derivation("site", site.id, "R189", params={"title": site.title, "outcome": site.outcome}, source=site.source)
        for site in project.sites
    )
    params = {"as_of": as_of, "how": ("sum", "aggregation"), "arithmetic": shown}
    return Derivation(_CODE[side], project.id, total.rule, total.value, shown, params, children=children)


def _progress(total: Total, side: Side, as_of: Month, project: Project, share: Decimal) -> Derivation:
    """Return how the mean progress of the sites came about, each with what is planned of it and reached (R191)."""
    if total.value is None:
        return Derivation(_NOTHING[side], project.id, total.rule, params={"as_of": as_of})
    children = []
    for site in project.sites:
        planned, reached = progress_planned(site, share, as_of.period), site_progress(site, share, as_of.period)
        told = {
            "title": site.title,
            "planned": number(planned),
            "reached": number(reached),
            "instalments": str(site.instalments or 0),
            "share": number(share),
        }
        children.append(Derivation("site_progress", site.id, "R191", params=told, source=site.source))
    shown = number(total.value)
    params = {"as_of": as_of, "how": ("average", "aggregation"), "arithmetic": shown}
    return Derivation(_CODE[side], project.id, total.rule, total.value, shown, params, children=tuple(children))
