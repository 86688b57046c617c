"""No figure hangs on the decimal context of the thread that asks for it (docs/decisions/0002-decimal-arithmetic.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, localcontext
from random import Random

import pytest

from samrit.engine.checks import check_plan
from samrit.engine.choices import AllotmentSort
from samrit.engine.compare import compare_evaluations
from samrit.engine.explain import as_data, explain, explain_money, explain_money_sum
from samrit.engine.forecast.project import forecast
from samrit.engine.forecast.warnings import early_warnings
from samrit.engine.funding.allotments import framework_total, frameworks, money_by_source
from samrit.engine.model import BudgetLine, Fund, MoneyMovement, MoneyState, Plan, Project
from samrit.engine.money import money_of, money_sum, money_total, moved_by_key, spending_curve
from samrit.engine.overall import scores
from samrit.engine.rollup import budget_total, source_totals, tabulate
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.engine.surroundings import Allotment
from tests.engine.random_plans import random_plan

BAHT = "9999999.99"  # more digits than a narrow context holds


def funded(seed: int) -> Plan:
    """Return a random plan with money: budgets of several sources, payments, announcements."""
    rng = Random(seed)

    def amount() -> Decimal:
        return Decimal(BAHT) + Decimal(rng.randint(1, 10**9)) / 100

    def paid(work: Project) -> tuple[MoneyMovement, ...]:
        return tuple(MoneyMovement(month, state, amount()) for month in (1, 3, 5) for state in MoneyState)

    made = random_plan(seed)
    works = tuple(
        replace(
            work,
            fund="F",
            budgets=(BudgetLine(amount(), "ก"), BudgetLine(amount(), "ข")),
            movements=paid(work),
        )
        for work in made.projects
    )
    given = tuple(Allotment("ก", AllotmentSort.ANNOUNCED, amount(), number) for number in "12")
    return replace(made, projects=works, funds=(Fund("F", "ก", budget_source="ก"),), allotments=given)


def asked(plan: Plan) -> dict[str, object]:
    """Return what the engine says of a plan, by what was asked."""
    before, result = score(plan, PERCENT_OF_PLAN, 3), score(plan, PERCENT_OF_PLAN, 6)
    foretold, moved = forecast(plan, PERCENT_OF_PLAN, 6), moved_by_key(plan, 6)
    questions: dict[str, Callable[[], object]] = {
        "results": lambda: result,
        "findings": lambda: check_plan(plan, PERCENT_OF_PLAN, 6),
        "forecast": lambda: (foretold, early_warnings(foretold)),
        "movement": lambda: compare_evaluations(before, result),
        "table": lambda: tabulate(result.projects, rows="fund"),
        "budgets": lambda: (budget_total(plan.projects), source_totals(plan.projects)),
        "sources": lambda: (money_by_source(plan), dict(frameworks(plan)), framework_total(plan)),
        "payments": lambda: (
            money_total(plan.projects, moved),
            money_sum(money_of(p, moved) for p in plan.projects),
            spending_curve(plan.projects, 6),
        ),
        "scores": lambda: scores(result),
        "why": lambda: [as_data(explain(result, work.id)) for work in plan.projects],
        "why money": lambda: [
            *(as_data(explain_money(result, work.id)) for work in plan.projects),
            as_data(explain_money_sum(result, rows="fund", row="F")),
        ],
    }
    return {name: ask() for name, ask in questions.items()}


@pytest.mark.parametrize("seed", range(12))
def test_a_thread_that_counts_with_three_digits_gets_the_same_figures(seed: int) -> None:
    plan = funded(seed)
    usual = asked(plan)
    with localcontext(prec=3):
        narrow = asked(plan)
    assert [name for name in usual if narrow[name] != usual[name]] == []


def test_a_sum_that_is_made_in_the_threads_own_context_would_be_seen() -> None:
    work = funded(1).projects[0]
    with localcontext(prec=3):
        assert sum((line.amount for line in work.budgets), Decimal(0)) != budget_total([work]).once
