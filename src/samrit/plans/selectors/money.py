"""Money of the plan: each fund's framework, what its works are given of it, and how that work stands.

Every work's budget is counted once (RU1).  Disbursements are not part of the plan
packages yet; nothing is shown for them rather than something guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact, round_half_up
from samrit.engine.results import ProjectResult
from samrit.engine.rollup import budget_total, tabulate
from samrit.engine.ruleset import Band
from samrit.plans.selectors.naming import Names


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
class Money:
    """The money of a whole plan; ``listed`` counts a work as often as it stands in the plan (R121)."""

    total: FundMoney
    funds: tuple[FundMoney, ...]
    listed: Decimal


@exact
def money_of(names: Names) -> Money:
    """Return the plan's money by fund and band."""
    plan = names.result.plan
    every = [f.budget for f in plan.funds]
    framework = sum((b for b in every if b is not None), ZERO) if every and None not in every else None
    results = names.result.projects
    total = _fund(names, "", "", framework, results)
    funds = tuple(
        _fund(names, f.code, names.named("fund", f.code), f.budget, [r for r in results if r.project.fund == f.code])
        for f in plan.funds
    )
    listed = budget_total(r.project for r in results).listed
    return Money(total, funds, listed)


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


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return round_half_up(divide(part * HUNDRED, whole), 2) if whole else round_half_up(ZERO, 2)
