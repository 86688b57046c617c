"""Counts of works by band, as bars: of the plan, by fund, by strategy; with the change since the quarter before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact, round_half_up
from samrit.engine.results import PlanResult, ProjectResult, TableRow
from samrit.engine.rollup import share, tabulate
from samrit.engine.ruleset import Band
from samrit.plans.selectors.results.naming import Names


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many works stand in one band; ``change`` is since the quarter before, None where there is none.

    ``start``, ``width`` and ``middle`` place the band in the bar, in hundredths of its length.
    """

    band: Band
    count: int
    share: Decimal
    change: int | None
    start: Decimal
    width: Decimal
    middle: Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: works that count, by band, best band first; ``key`` is the code of the fund or strategy, "" for all."""

    key: str
    name: str
    total: int
    parts: tuple[BandCount, ...]
    budget: Decimal
    waiting: int  # works that do not count yet at this period (BA4)


def bar_of_all(names: Names, previous: PlanResult | None) -> Bar:
    """Return the bar of the whole plan, each work counted once (RU1)."""
    return _bars(names, "strategy", previous, whole=True)[0]


def bars_by(names: Names, dimension: str, previous: PlanResult | None) -> tuple[Bar, ...]:
    """Return one bar per fund or strategy, in the plan's order, those without any work left out."""
    return tuple(bar for bar in _bars(names, dimension, previous, whole=False) if bar.total or bar.waiting)


def _bars(names: Names, dimension: str, previous: PlanResult | None, *, whole: bool) -> Sequence[Bar]:
    result = names.result
    plan = result.plan
    keys = [f.code for f in plan.funds] if dimension == "fund" else [s.code for s in plan.strategies]
    now = tabulate(result.projects, rows=dimension, where=_counts, keys=keys)
    then = tabulate(previous.projects, rows=dimension, where=_counts, keys=keys) if previous else None
    waiting = tabulate(result.projects, rows=dimension, where=_waits, keys=keys)
    olds = {row.key: row for row in then.rows} if then else {}
    idle = {row.key: row.total for row in waiting.rows}
    if whole:
        return (_bar(names, "", now.total, then.total if then else None, waiting.total.total),)
    return [_bar(names, row.key, row, olds.get(row.key), idle.get(row.key, 0), group=dimension) for row in now.rows]


def _bar(names: Names, key: str, now: TableRow, then: TableRow | None, waiting: int, *, group: str = "") -> Bar:
    parts, start = [], 0
    for band in names.bands:
        count = now.cell(band.code)
        change = None if then is None else count - then.cell(band.code)
        fair = share(count, now.total, names.result.ruleset)
        places = (_place(2 * start, now.total), _place(2 * count, now.total), _place(2 * start + count, now.total))
        parts.append(BandCount(band, count, fair, change, *places))
        start += count
    name = names.named(group, key) if group and key else ""
    return Bar(key, name, now.total, tuple(parts), now.budget, waiting)


@exact
def _place(halves: int, total: int) -> Decimal:
    """Return a place in the bar, given in half works, in hundredths of its length."""
    return round_half_up(divide(halves * HUNDRED, Decimal(2 * total)), 2) if total else ZERO


def _counts(result: ProjectResult) -> bool:
    return result.counts and result.band is not None


def _waits(result: ProjectResult) -> bool:
    return not _counts(result)
