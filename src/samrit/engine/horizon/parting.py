"""Where a year's plan parts from the plan of several years that it is under: names and targets (R7, R14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from samrit.engine.horizon.over_years import horizon_of
from samrit.engine.model import Comparator, Indicator, Mark, Plan, Target
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.numbers import format_number
from samrit.vocabulary.text import search_key


def parted(annual: Plan, longer: Plan) -> Iterator[Finding]:
    """Yield every difference between a year's plan and the longer plan: nothing here is refused, all is told."""
    if annual.year_be not in horizon_of(longer):
        first, last = horizon_of(longer)[0], horizon_of(longer)[-1]
        years = {"year_be": annual.year_be, "first_year_be": first, "last_year_be": last}
        yield Finding("year_outside_horizon", Place("plan.csv"), {"plan": longer.id, **years})
        return
    yield from _strategies(annual, longer)
    own = _by_key(annual)
    for key, aimed in _by_key(longer).items():
        target = aimed.target_of(annual.year_be)
        found = own.get(key)
        if found is None:
            if target is not None and isinstance(target.value, Decimal):
                yield _on("year_indicator_missing", key, name=aimed.name, target=_shown(target, aimed))
            continue
        if search_key(found.name) != search_key(aimed.name):
            yield _on("year_indicator_renamed", found.id, own=found.name, longer=aimed.name)
        yield from _target(annual.year_be, found, aimed)


def _strategies(annual: Plan, longer: Plan) -> Iterator[Finding]:
    names = {s.code: s.name for s in longer.strategies}
    for strategy in annual.strategies:
        name = names.get(strategy.code)
        if name is None:
            yield Finding("year_strategy_unknown", Place("strategies.csv"), {"code": strategy.code, "plan": longer.id})
        elif search_key(name) != search_key(strategy.name):
            params = {"code": strategy.code, "own": strategy.name, "longer": name}
            yield Finding("year_strategy_renamed", Place("strategies.csv"), params)


def _target(year_be: int, found: Indicator, aimed: Indicator) -> Iterator[Finding]:
    own, longer = found.target_of(year_be), aimed.target_of(year_be)
    if longer is None or longer.value is Mark.BLANK or _same(own, found, longer, aimed):
        return
    said = "–" if own is None else _shown(own, found)
    yield _on("year_target_differs", found.id, year_be=year_be, own=said, longer=_shown(longer, aimed))


def _same(own: Target | None, found: Indicator, longer: Target, aimed: Indicator) -> bool:
    if own is None:
        return longer.value is Mark.NOTHING
    units = (own.unit_of_measure or found.unit_of_measure, longer.unit_of_measure or aimed.unit_of_measure)
    parts = ((own.value, longer.value), (own.comparator, longer.comparator), (own.upper, longer.upper))
    return all(a == b for a, b in parts) and search_key(units[0]) == search_key(units[1])


def _shown(target: Target, indicator: Indicator) -> str:
    """Return a target as people read it: "≥ 80 แห่ง"."""
    signs = {
        Comparator.AT_LEAST: "≥ ",
        Comparator.AT_MOST: "≤ ",
        Comparator.MORE_THAN: "> ",
        Comparator.LESS_THAN: "< ",
    }
    if not isinstance(target.value, Decimal):
        return "–"
    upper = "" if target.upper is None else f"–{format_number(target.upper, None)}"
    unit = target.unit_of_measure or indicator.unit_of_measure
    return f"{signs.get(target.comparator, '')}{format_number(target.value, None)}{upper} {unit}".strip()


def _by_key(plan: Plan) -> Mapping[str, Indicator]:
    found: dict[str, Indicator] = {}
    for project in plan.projects:
        for indicator in project.indicators:
            found.setdefault(indicator.key, indicator)
    return found


def _on(code: str, record: str, **params: object) -> Finding:
    return Finding(code, Place(record=record), params)
