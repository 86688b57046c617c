"""The spending plan and its curve against payments (R127, RU1)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samrit.engine.model import BudgetLine, MoneyMovement, MoneyState
from samrit.engine.money import money_total, moved_by_key, spending_curve
from samrit.reports.evaluation.spending import spending_line
from tests.engine.checks.plans import indicator, plan, project

D = Decimal
MONTHS = tuple("ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split())


def moved(*amounts: tuple[int, MoneyState, int]):
    made = tuple(MoneyMovement(period, state, D(amount)) for period, state, amount in amounts)
    return replace(project(indicator(), budgets=(BudgetLine(D(1000)),)), movements=made)


PLANNED, PAID = MoneyState.PLANNED, MoneyState.DISBURSED


def test_both_lines_are_totals_to_date_and_payments_end_at_the_month_looked_at() -> None:
    curve = spending_curve([moved((1, PLANNED, 100), (3, PLANNED, 200), (2, PAID, 50), (6, PAID, 70))], 3)
    assert curve.planned[:4] == (100, 100, 300, 300)
    assert curve.paid == (0, 50, 50, *(None,) * 9)


def test_nothing_known_is_no_line_of_zeros() -> None:
    curve = spending_curve([moved((1, PLANNED, 100))], 12)
    assert curve.paid == (None,) * 12
    assert spending_curve([moved((1, PAID, 5))], 12).is_planned is False


def test_a_month_that_was_planned_and_taken_back_is_gone() -> None:
    curve = spending_curve([moved((1, PLANNED, 100), (2, PLANNED, -100))], 12)
    assert curve.planned == (100, *(0,) * 11)


def test_the_spending_plan_is_no_money_that_moved() -> None:
    whole = plan(moved((1, PLANNED, 400)))
    total = money_total(whole.projects, moved_by_key(whole, 12))
    assert (total.spent, total.unknown, total.remaining) == (None, 1, None)


def test_the_charts_title_says_what_was_paid_of_what_was_planned() -> None:
    curve = spending_curve([moved((1, PLANNED, 200), (2, PAID, 50))], 2)
    assert "25.00" in spending_line(curve, MONTHS, 2, "th").title
    assert "no payment recorded" in spending_line(spending_curve([moved((1, PLANNED, 200))], 2), MONTHS, 2, "en").title
    early = spending_curve([moved((5, PLANNED, 200), (1, PAID, 50))], 1)
    assert "nothing planned yet" in spending_line(early, MONTHS, 1, "en").title
