"""Breakdowns: an indicator's figures by sex, age, place or any other list, and what they add up to (BD1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from samrit.engine.arithmetic import ZERO, divide, exact
from samrit.engine.indicators.mergers import Successors, successors_of
from samrit.engine.indicators.rhythm import last_end
from samrit.engine.indicators.series import Side
from samrit.engine.indicators.totals import consolidation_of, indicator_total, over_units
from samrit.engine.model import Consolidation, Entry, Figure, Indicator, Mark
from samrit.engine.results import PlanResult, Total

Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One list of an indicator's categories up to a period: each with its total, what they make, and the rest.

    ``together`` is None where the categories cannot be put together, ``gap`` where either side is missing:
    the indicator's own total less what its categories make.
    """

    dimension: str
    parts: tuple[tuple[Indicator, Decimal | None], ...]
    together: Decimal | None
    total: Decimal | None
    gap: Decimal | None


def dimensions_of(indicator: Indicator) -> Mapping[str, tuple[Indicator, ...]]:
    """Return the categories of an indicator by their list, in the plan's order, each measured as the whole is."""
    found: dict[str, tuple[Indicator, ...]] = {}
    for part in indicator.parts:
        found[part.dimension] = (*found.get(part.dimension, ()), alike(part, indicator))
    return found


def alike(part: Indicator, whole: Indicator) -> Indicator:
    """Return a category measured as its indicator is: a breakdown has no rules of its own."""
    return replace(
        part,
        unit_of_measure=whole.unit_of_measure,
        aggregation=whole.aggregation,
        consolidation=whole.consolidation,
        entry_basis=whole.entry_basis,
        direction=whole.direction,
        formula=whole.formula,
        is_share=whole.is_share,
        scale=whole.scale,
        quantity=whole.quantity,
        rhythm=whole.rhythm,
    )


@exact
def breakdowns(indicator: Indicator, as_of: int, successors: Successors | None = None) -> tuple[Breakdown, ...]:
    """Return what every list of categories makes up to ``as_of``, beside the indicator's own result (BD1)."""
    until = last_end(indicator.rhythm, as_of)
    whole = indicator_total(indicator, Side.ACTUAL, until, successors).value
    made = []
    for dimension, parts in dimensions_of(indicator).items():
        totals = [indicator_total(part, Side.ACTUAL, until, successors) for part in parts]
        together = _together(indicator, totals)
        gap = None if together is None or whole is None else whole - together
        told = tuple((part, total.value) for part, total in zip(parts, totals, strict=True))
        made.append(Breakdown(dimension, told, together, whole, gap))
    return tuple(made)


def breakdowns_in(evaluation: PlanResult, indicator: Indicator) -> tuple[Breakdown, ...]:
    """Return the breakdowns of one of its indicators as an evaluation counts: up to its month, merged units as one."""
    plan = evaluation.plan
    return breakdowns(indicator, evaluation.as_of, successors_of(plan.units, plan.year_be, plan.calendar))


def _together(indicator: Indicator, totals: Sequence[Total]) -> Decimal | None:
    """Return the categories' totals put together as several units' would be (RU3)."""
    how, values = consolidation_of(indicator), [t.value for t in totals if t.value is not None]
    if how is None or not values:
        return None
    if how is not Consolidation.RATIO:
        return over_units(how, values)
    sizes = [(part.numerator, part.denominator) for total in totals for part in total.parts]
    if not sizes or any(a is None or b is None for a, b in sizes):
        return None
    below = sum((b for _, b in sizes if b is not None), ZERO)
    above = sum((a for a, _ in sizes if a is not None), ZERO)
    return divide(above * indicator.per, below) if below else None


@exact
def added_up(indicator: Indicator) -> Indicator:
    """Return ``indicator`` with the figures that its categories make where it has none of its own (BD1).

    A month's figure is made, plan and result apart, by the first list of which every category says something and one
    has a number.  The same object where nothing is to make.
    """
    how = consolidation_of(indicator)
    if not indicator.parts or how is None:
        return indicator
    entries: dict[Key, Entry] = {(e.unit, e.period, e.span): e for e in indicator.entries}
    before = dict(entries)
    for parts in dimensions_of(indicator).values():
        held = [{(e.unit, e.period, e.span): e for e in part.entries} for part in parts]
        for key in sorted(set.intersection(*map(set, held))):
            own = entries.get(key, Entry(key[1], key[0], span=key[2]))
            made = _made(own, [entries_[key] for entries_ in held], how)
            if made is not own:
                entries[key] = made
    if entries == before:
        return indicator
    return replace(indicator, entries=tuple(entries[key] for key in sorted(entries)))


def _made(own: Entry, cells: Sequence[Entry], how: Consolidation) -> Entry:
    for side, names in (
        (Side.PLANNED, ("planned", "planned_numerator", "planned_denominator")),
        (Side.ACTUAL, ("actual", "numerator", "denominator")),
    ):
        figures = [[getattr(cell, name) for name in names] for cell in cells]
        if side.figure(own) is not Mark.BLANK or isinstance(side.parts(own)[1], Decimal):
            continue
        if any(value is Mark.BLANK and not isinstance(below, Decimal) for value, _, below in figures):
            continue
        own = replace(own, **_sums(names, figures, how))  # type: ignore[arg-type]
    return own


def _sums(names: Sequence[str], figures: Sequence[Sequence[Figure]], how: Consolidation) -> dict[str, Figure]:
    """Return the fields that the categories make: parts by their sums, figures as several units' (RU3)."""
    above = [a for _, a, b in figures if isinstance(a, Decimal) and isinstance(b, Decimal)]
    below = [b for _, a, b in figures if isinstance(a, Decimal) and isinstance(b, Decimal)]
    if how is Consolidation.RATIO:
        whole = len(below) == sum(value is not Mark.NOTHING for value, *_ in figures)
        return {names[1]: sum(above, ZERO), names[2]: sum(below, ZERO)} if below and whole else {}
    numbers = [value for value, *_ in figures if isinstance(value, Decimal)]
    return {names[0]: over_units(how, numbers)} if numbers else {}
