"""Counts of works by band, as bars: of the plan, by fund, by strategy; with the change since the quarter before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact, round_half_up
from samrit.engine.results import PlanResult, ProjectResult, TableRow
from samrit.engine.rollup import NO_PLAN_COLUMN, share, tabulate
from samrit.engine.ruleset import Band
from samrit.plans.selectors.results.naming import Names


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many works are in one band; ``change`` is since the quarter before, None where there is none.

    It compares like with like: only works that counted then and count now.

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
    """One bar: works that count, by band, best band first; ``key`` is the code of the fund or strategy, "" for all.

    Its parts, and the works ``without`` a band (the "no plan" column, AC4), add up to its total.
    """

    key: str
    name: str
    total: int
    parts: tuple[BandCount, ...]
    budget: Decimal
    waiting: int  # works that do not count yet at this period (BA4)
    without: int = 0  # works that count and had no plan to be measured by (AC4)
    repeated: int = 0  # of its works, those that an earlier bar holds too: bars less these add up to the whole


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
    now = tabulate(result.projects, rows=dimension, where=counts, keys=keys)
    listed = tabulate(result.projects, rows=dimension, keys=keys)
    pairs = _compared(previous, result, dimension, keys) if previous else None
    if whole:
        return (_bar(names, now.total, listed.total, None if pairs is None else pairs(None)),)
    every = {row.key: row for row in now.rows}
    nothing = TableRow("", 0, (), ZERO)
    return [
        _bar(names, every.get(r.key, nothing), r, None if pairs is None else pairs(r.key), group=dimension)
        for r in listed.rows
    ]


def counts(result: ProjectResult) -> bool:
    """Say whether a line counts at its period, in a band or the "no plan" column: as in every printed table (AC4)."""
    return result.counts


def counted_in_both(before: PlanResult, after: PlanResult) -> frozenset[str]:
    """Return the keys of the works that count in both evaluations: what one is compared with the other by."""
    then, now = ({r.project.key for r in one.projects if counts(r)} for one in (before, after))
    return frozenset(then & now)


Pair = tuple[TableRow, TableRow]  # a row then and now, of the works that count at both times


def _compared(
    before: PlanResult, after: PlanResult, dimension: str, keys: Sequence[str]
) -> Callable[[str | None], Pair]:
    """Return what gives a row then and now; None names the whole."""
    both = counted_in_both(before, after)

    def compared(result: ProjectResult) -> bool:
        return counts(result) and result.project.key in both

    then, now = (tabulate(one.projects, rows=dimension, where=compared, keys=keys) for one in (before, after))
    rows = [{row.key: row for row in table.rows} for table in (then, now)]

    def pair(key: str | None) -> Pair:
        if key is None:
            return then.total, now.total
        nothing = TableRow(key, 0, (), ZERO)
        return rows[0].get(key, nothing), rows[1].get(key, nothing)

    return pair


def _bar(names: Names, now: TableRow, listed: TableRow, pair: Pair | None, *, group: str = "") -> Bar:
    parts, start = [], 0
    for band in names.bands:
        count = now.cell(band.code)
        change = None if pair is None else pair[1].cell(band.code) - pair[0].cell(band.code)
        fair = share(count, now.total, names.result.ruleset)
        places = (_place(2 * start, now.total), _place(2 * count, now.total), _place(2 * start + count, now.total))
        parts.append(BandCount(band, count, fair, change, *places))
        start += count
    name = names.named(group, listed.key) if group and listed.key else ""
    waiting, without = listed.total - now.total, now.cell(NO_PLAN_COLUMN)
    key = listed.key if group else ""
    return Bar(key, name, now.total, tuple(parts), now.budget, waiting, without, listed.repeated)


@exact
def _place(halves: int, total: int) -> Decimal:
    """Return a place in the bar, given in half works, in hundredths of its length."""
    return round_half_up(divide(halves * HUNDRED, Decimal(2 * total)), 2) if total else ZERO
