"""Money of the plan: each fund's framework, what its works are given of it, how they stand, and what they spent.

Every work's budget is counted once (RU1), and so is what was spent of it up to the month
seen (MO1, MO2); where no payment is recorded that is said, and never taken for 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine import money
from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact, round_half_up
from samrit.engine.funding.allotments import framework_total, frameworks
from samrit.engine.model import MoneyState
from samrit.engine.money import MoneyTotal, money_sum, moved_by_key
from samrit.engine.results import ProjectResult
from samrit.engine.rollup import DIMENSIONS, budget_total, is_work, tabulate
from samrit.engine.ruleset import Band
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.results.spending import spending_chart
from samrit.reports.document.model import Chart


@dataclass(frozen=True, slots=True)
class BandMoney:
    """Baht given to works of one band and its share of the money given, in percent."""

    band: Band | None  # None: works that do not count yet
    amount: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class FundMoney:
    """One fund: its framework (None when the plan has none), what works are given, and the share of the framework."""

    code: str
    name: str
    framework: Decimal | None
    given: Decimal
    share: Decimal | None
    parts: tuple[BandMoney, ...]


@dataclass(frozen=True, slots=True)
class Spent:
    """What the works of one fund or strategy have spent; ``rows`` is the dimension, "" for the whole plan.

    An amount of which nothing is recorded is None; ``unknown`` of ``funded`` works have no payment recorded.
    """

    rows: str
    key: str
    name: str
    budget: Decimal | None
    committed: Decimal | None
    spent: Decimal | None
    percent: Decimal | None
    unknown: int
    funded: int
    kept: Decimal | None = None  # carried over to the next year
    returned: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """The money of a whole plan; ``listed`` counts a work as often as it is in the plan (R121)."""

    total: FundMoney
    funds: tuple[FundMoney, ...]
    listed: Decimal
    spent: Spent
    spent_by: tuple[tuple[str, tuple[Spent, ...]], ...]  # by fund where there are several, and by strategy
    curve: Chart | None  # planned spending of the whole plan against payments


@exact
def money_of(names: Names) -> Money:
    """Return the plan's money by fund and band."""
    plan = names.result.plan
    as_of, results = names.result.as_of, names.result.projects
    frames = frameworks(plan, as_of)
    total = _fund(names, "", "", framework_total(plan, as_of), results)
    funds = tuple(
        _fund(
            names, f.code, names.named("fund", f.code), frames[f.code], [r for r in results if r.project.fund == f.code]
        )
        for f in plan.funds
    )
    listed = budget_total(r.project for r in results).listed
    spent, spent_by = _spending(names)
    curve = spending_chart(names, (r.project for r in filter(is_work, results)))
    return Money(total, funds, listed, spent, spent_by, curve)


def _fund(names: Names, code: str, name: str, framework: Decimal | None, results: Sequence[ProjectResult]) -> FundMoney:
    given = tabulate(results, rows="band").total.budget
    by_band = {row.key: row.budget for row in tabulate(results, rows="band").rows}
    marks: list[Band | None] = [*names.bands, None]
    parts = tuple(
        BandMoney(mark, amount, _share(amount, given))
        for mark in marks
        if (amount := by_band.get(mark.code if mark else "", ZERO)) or mark
    )
    share = _share(given, framework) if framework else None
    return FundMoney(code, name, framework, given, share, parts)


def _spending(names: Names) -> tuple[Spent, tuple[tuple[str, tuple[Spent, ...]], ...]]:
    plan, results = names.result.plan, [r for r in names.result.projects if is_work(r)]
    moved = moved_by_key(plan, names.result.as_of)
    each = [money.money_of(r.project, moved) for r in results]
    groups = []
    for rows, keys in (("fund", [f.code for f in plan.funds]), ("strategy", [s.code for s in plan.strategies])):
        members: dict[str, dict[str, MoneyTotal]] = {key: {} for key in keys}
        for result, own in zip(results, each, strict=True):
            for key in DIMENSIONS[rows](result):
                members.setdefault(key, {}).setdefault(result.project.key, own)
        made = [_spent(names, rows, key, money_sum(once.values())) for key, once in members.items()]
        groups.append((rows, tuple(s for s in made if s.funded or s.spent is not None)))
    first: dict[str, MoneyTotal] = {}
    for result, own in zip(results, each, strict=True):
        first.setdefault(result.project.key, own)
    whole = _spent(names, "", "", money_sum(first.values()))
    return whole, tuple((rows, made) for rows, made in groups if len(made) > 1 or rows == "strategy")


def _spent(names: Names, rows: str, key: str, total: MoneyTotal) -> Spent:
    name = names.named(rows, key) if rows else ""
    committed = total.moved.get(MoneyState.COMMITTED)
    kept, returned = (total.moved.get(state) for state in (MoneyState.CARRIED_OVER, MoneyState.RETURNED))
    whole = (total.budget, committed, total.spent, total.percent, total.unknown, total.funded)
    return Spent(rows, key, name, *whole, kept, returned)


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return round_half_up(divide(part * HUNDRED, whole), 2) if whole else round_half_up(ZERO, 2)
