"""Checks of budgets (R51, R120–R123, R310)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from samrit.engine.arithmetic import ZERO
from samrit.engine.checks.scene import Scene, found, on
from samrit.engine.rollup import budget_total
from samrit.vocabulary.figures import NoNumber
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.money import parse_money


def budget_shares_differ(scene: Scene) -> Iterator[Finding]:
    """Shares of units that do not add up to the project's budget (R123)."""
    for project in scene.plan.projects:
        shares = [line.amount for line in project.budgets if line.unit and line.amount is not None]
        if shares and project.budget is not None and sum(shares, ZERO) != project.budget:
            total, budget = sum(shares, ZERO), project.budget
            yield on("budget_shares_differ", project, sum=total, budget=budget, difference=total - budget)


def budget_listed_twice(scene: Scene) -> Iterator[Finding]:
    """The same amount from the same source twice in one project: repeated on each indicator's row (R122)."""
    for project in scene.plan.projects:
        lines = Counter((b.funding_source, b.amount) for b in project.budgets if not b.unit and b.amount)
        for (_, amount), count in lines.items():
            if count > 1 and amount is not None:
                yield on("budget_listed_twice", project, amount=amount, count=count)


def budget_not_read(scene: Scene) -> Iterator[Finding]:
    """Words in the place of an amount that do not say that no budget is used: never a work without a budget (R51)."""
    for project in scene.plan.projects:
        for line in project.budgets:
            if line.amount is None and parse_money(line.text).amount is not NoNumber.NOTHING and line.text.strip():
                yield on("budget_not_read", project, text=line.text)


def budget_negative(scene: Scene) -> Iterator[Finding]:
    """Money below zero."""
    for project in scene.plan.projects:
        for line in project.budgets:
            if line.amount is not None and line.amount < ZERO:
                yield on("budget_negative", project, amount=line.amount)


def fund_budget_differs(scene: Scene) -> Iterator[Finding]:
    """A fund's announced budget beside the sum of its projects, each counted once (R118, R120)."""
    for fund in scene.plan.funds:
        total: Decimal = budget_total(p for p in scene.plan.projects if p.fund == fund.code).once
        if fund.budget is not None and total and total != fund.budget:
            sums = {"budget": fund.budget, "sum": total, "difference": total - fund.budget}
            yield found("fund_budget_differs", fund.code, scene.plan.source, **sums)
