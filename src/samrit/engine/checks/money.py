"""Checks of budgets (R51, R120–R123, R310)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from samrit.engine.arithmetic import ZERO
from samrit.engine.checks.scene import Scene, found, on
from samrit.engine.choices import AllotmentSort
from samrit.engine.funding.allotments import money_by_source, source_of_fund
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
    """A fund's announced budget beside the sum of its projects, each counted once (R118, R120).

    Where lines of its source say how the one comes to the other, ``allotments_unexplained`` holds them against it.
    """
    told = {allotment.funding_source for allotment in scene.plan.allotments}
    for fund in scene.plan.funds:
        if source_of_fund(fund) in told:
            continue
        total: Decimal = budget_total(p for p in scene.plan.projects if p.fund == fund.code).once
        if fund.budget is not None and total and total != fund.budget:
            sums = {"budget": fund.budget, "sum": total, "difference": total - fund.budget}
            yield found("fund_budget_differs", fund.code, scene.plan.source, **sums)


def allotments_unexplained(scene: Scene) -> Iterator[Finding]:
    """Works' budgets of a source that announcements and explanations of it do not come to (R33, R120)."""
    told = {allotment.funding_source for allotment in scene.plan.allotments}
    for source in money_by_source(scene.plan, scene.as_of):
        if source.name in told and source.unexplained:
            sums = {"sum": source.given, "budget": source.for_works, "difference": source.unexplained}
            yield found("allotments_unexplained", source.name, scene.plan.source, **sums)


def announcement_replaces_unknown(scene: Scene) -> Iterator[Finding]:
    """An announcement that replaces one which is not before it, so that both count (R33)."""
    for at, line in enumerate(scene.plan.allotments):
        before = (a for a in scene.plan.allotments[:at] if a.sort is AllotmentSort.ANNOUNCED)
        if line.replaces and line.replaces not in {a.number for a in before if a.funding_source == line.funding_source}:
            named = {"number": line.number or str(at + 1), "replaces": line.replaces}
            yield found("announcement_replaces_unknown", line.funding_source, line.source, **named)


def announcement_twice(scene: Scene) -> Iterator[Finding]:
    """Two announcements of a source with one number: one of them may be counted twice (R33)."""
    announced = (a for a in scene.plan.allotments if a.sort is AllotmentSort.ANNOUNCED and a.number)
    for (source, number), count in Counter((a.funding_source, a.number) for a in announced).items():
        if count > 1:
            yield found("announcement_twice", source, scene.plan.source, number=number, count=count)
