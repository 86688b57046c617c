"""The invariants I1–I5 of the rules over random plans; SAMRIT_PLANS gives another number of plans (make prove)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from samrit.engine.arithmetic import quantised
from samrit.engine.checks import check_plan
from samrit.engine.indicators.coverage import due_figures
from samrit.engine.indicators.mergers import successors_of
from samrit.engine.model import Aggregation, Direction, Entry, EntryBasis, Formula, Indicator, Mark, Plan, Unit
from samrit.engine.results import IndicatorResult, State
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from tests.engine import naive
from tests.engine.random_plans import random_office

PLANS = int(os.environ.get("SAMRIT_PLANS", "300"))
BATCHES = 10
D = Decimal


def each_plan(batch: int) -> Iterator[tuple[Plan, int]]:
    """Yield the plans of one batch, each with a month to evaluate."""
    for seed in range(batch, PLANS, BATCHES):
        yield random_office(seed), 12 if seed % 3 else 1 + seed % 12


batched = pytest.mark.parametrize("batch", range(BATCHES))


def evaluated(plan: Plan, indicator: Indicator, as_of: int) -> IndicatorResult:
    """Evaluate one indicator of the plan, as given."""
    project = replace(plan.projects[0], indicators=(indicator,))
    return score(replace(plan, projects=(project,)), PERCENT_OF_PLAN, as_of).projects[0].indicators[0]


def _exchanged(indicator: Indicator, old: Entry, new: Entry) -> Indicator:
    return replace(indicator, entries=tuple(new if e is old else e for e in indicator.entries))


def _not_worse(after: Decimal | None, before: Decimal | None) -> bool:
    return after is None or before is None or quantised(after) >= quantised(before)


@batched
def test_i1_leaving_a_due_figure_of_a_sum_out_never_pays(batch: int) -> None:
    """AC8 (a) and (b), and nothing reported at all (AC6)."""
    held = 0
    for plan, as_of in each_plan(batch):
        for indicator in filter(_is_sum, plan.projects[0].indicators):
            before = evaluated(plan, indicator, as_of)
            for entry in _missing(plan, indicator, as_of):
                after = evaluated(plan, _as_planned(indicator, [entry]), as_of)
                if after.coverage.reported == before.coverage.reported + 1:  # a successor reports for two
                    held += 1
                    assert _not_worse(after.percent, before.percent), f"{plan.id} {indicator.id} {as_of} {entry}"
    assert held or PLANS < 100


@batched
def test_i1_a_silent_unit_never_pays(batch: int) -> None:
    """AC8 (d): a unit that reported nothing, against the same unit with all its figures as planned."""
    held = 0
    for plan, as_of in each_plan(batch):
        for indicator in plan.projects[0].indicators:
            before = evaluated(plan, indicator, as_of)
            if before.partial is None or before.partial.case != "d" or _has_mergers(plan, indicator):
                continue
            missing = _missing(plan, indicator, as_of)
            for unit in sorted({e.unit for e in missing}):
                own = [e for e in missing if e.unit == unit]
                after = evaluated(plan, _as_planned(indicator, own), as_of)
                if after.coverage.reported == before.coverage.reported + len(own) and not _is_heard(indicator, unit):
                    held += 1
                    assert _not_worse(after.percent, before.percent), f"{plan.id} {indicator.id} {as_of} {unit}"
    assert held or PLANS < 100


def _is_sum(indicator: Indicator) -> bool:
    return indicator.aggregation is Aggregation.SUM and indicator.entry_basis is EntryBasis.MONTH


def _missing(plan: Plan, indicator: Indicator, as_of: int) -> tuple[Entry, ...]:
    return due_figures(indicator, as_of, successors_of(plan.units, plan.year_be, plan.calendar)).missing


def _as_planned(indicator: Indicator, entries: Iterable[Entry]) -> Indicator:
    for entry in entries:
        indicator = _exchanged(indicator, entry, replace(entry, actual=entry.planned))
    return indicator


def _has_mergers(plan: Plan, indicator: Indicator) -> bool:
    """Say whether one of its units reports for another, so that one report is for two."""
    units = {e.unit for e in indicator.entries}
    return any(u.code in units and u.successor in units for u in plan.units)


def _is_heard(indicator: Indicator, unit: str) -> bool:
    return any(e.unit == unit and (isinstance(e.actual, D) or isinstance(e.numerator, D)) for e in indicator.entries)


@batched
def test_i1_what_is_missing_is_said(batch: int) -> None:
    for plan, as_of in each_plan(batch):
        results = score(plan, PERCENT_OF_PLAN, as_of).projects[0].indicators
        lacking = [r for r in results if r.state is State.SCORED and r.coverage.reported < r.coverage.due]
        codes = {finding.code for finding in check_plan(plan, PERCENT_OF_PLAN, as_of)}
        assert ("partly_reported" in codes) is bool(lacking), plan.id


@batched
def test_i2_zero_is_a_report(batch: int) -> None:
    for plan, as_of in each_plan(batch):
        for indicator in plan.projects[0].indicators:
            if indicator.direction is not Direction.LOWER or indicator.formula is not Formula.RATIO:
                continue
            zeros = tuple(
                replace(e, planned=D(0) if isinstance(e.planned, Decimal) else e.planned, actual=D(0),
                        numerator=Mark.BLANK, denominator=Mark.BLANK)
                for e in indicator.entries
            )  # fmt: skip
            planned = [e for e in zeros if isinstance(e.planned, Decimal) and e.period <= as_of]
            kept = evaluated(plan, replace(indicator, entries=zeros), as_of)
            if not planned or kept.state is State.NO_DATA:
                continue
            assert (kept.state, kept.percent) == (State.SCORED, 100), f"{plan.id} {indicator.id}"
            some = replace(indicator, entries=tuple(replace(e, actual=D(3)) for e in zeros))
            assert evaluated(plan, some, as_of).percent == 0, f"{plan.id} {indicator.id}"


@batched
def test_i3_a_merger_changes_no_month_before_it(batch: int) -> None:
    for plan, _ in each_plan(batch):
        apart = replace(plan, units=tuple(Unit(u.code, u.name) for u in plan.units))
        closed = [u.valid_to for u in plan.units if u.successor]
        known = [day for day in closed if day is not None]
        if len(known) < len(closed):
            continue
        months = min([13 if d.year > 2025 else d.month if d.year == 2025 else 0 for d in known], default=13)
        for as_of in range(1, min(months, 13)):
            ours, theirs = (score(p, PERCENT_OF_PLAN, as_of).projects[0] for p in (plan, apart))
            assert [i.percent for i in ours.indicators] == [i.percent for i in theirs.indicators], f"{plan.id} {as_of}"


@batched
def test_i3_what_comes_later_changes_no_month_before_it(batch: int) -> None:
    for plan, as_of in each_plan(batch):
        project = plan.projects[0]
        past = tuple(replace(i, entries=tuple(e for e in i.entries if e.period <= as_of)) for i in project.indicators)
        before = score(replace(plan, projects=(replace(project, indicators=past),)), PERCENT_OF_PLAN, as_of)
        now = score(plan, PERCENT_OF_PLAN, as_of)
        assert [i.percent for i in before.projects[0].indicators] == [i.percent for i in now.projects[0].indicators]


@batched
def test_i5_better_is_never_worse(batch: int) -> None:
    for plan, as_of in each_plan(batch):
        for indicator in plan.projects[0].indicators:
            before = evaluated(plan, indicator, as_of)
            for entry in indicator.entries:
                for step in (1, 7):
                    after = evaluated(
                        plan, _exchanged(indicator, entry, _better(indicator, before, entry, step)), as_of
                    )
                    assert _not_worse(after.percent, before.percent), f"{plan.id} {indicator.id} {as_of} {entry}"


def _better(indicator: Indicator, before: IndicatorResult, entry: Entry, step: int) -> Entry:
    """Return the entry with a result that is better by ``step``."""
    rises = indicator.direction is Direction.HIGHER
    plan = before.partial.plan if before.partial else before.plan_total.value
    if indicator.formula is Formula.BASELINE and indicator.baseline is not None and plan is not None:
        rises = indicator.baseline < plan if indicator.baseline != plan else rises
    by = D(step if rises else -step)
    if isinstance(entry.numerator, Decimal) and isinstance(entry.denominator, Decimal):
        return replace(entry, numerator=entry.numerator + by)
    return replace(entry, actual=entry.actual + by) if isinstance(entry.actual, Decimal) else entry


@batched
def test_the_second_reading_agrees(batch: int) -> None:
    for plan, as_of in each_plan(batch):
        ours, theirs = score(plan, PERCENT_OF_PLAN, as_of), naive.evaluate(plan, PERCENT_OF_PLAN, as_of)
        for i, j in zip(ours.projects[0].indicators, theirs[0].indicators, strict=True):
            where = f"{plan.id} {i.indicator.id} {as_of}"
            assert i.state.value == j.state, where
            for mine, other in ((i.plan_total.value, j.plan), (i.actual_total.value, j.actual), (i.percent, j.percent)):
                assert _same(mine, other), where


def _same(mine: Decimal | None, other: Fraction | None) -> bool:
    return (None if mine is None else quantised(mine)) == naive.to_30_places(other)
