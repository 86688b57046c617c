"""What happened to a work's money (R129, R133, MO1–MO3)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.model import MoneyMovement, MoneyState, Project
from tests.engine.checks.plans import codes, only, plan, project

D = Decimal


def moved(text: str, note: str = "") -> tuple[MoneyMovement, ...]:
    """Return the movements of "disbursed 100@3, returned 5@6"."""
    made = []
    for part in text.split(", "):
        state, figure = part.split()
        amount, month = figure.split("@")
        made.append(MoneyMovement(int(month), MoneyState(state), D(amount), note=note))
    return tuple(made)


def spending(text: str, note: str = "", **fields: object) -> Project:
    return project(movements=moved(text, note), **fields)


def test_money_within_the_budget_is_in_order_at_every_month() -> None:
    sound = spending("allocated 1000@1, committed 900@2, delivered 400@5, disbursed 400@5, carried_over 600@12")
    for month in range(13):
        assert "money" not in "".join(codes(sound, month))
    assert codes(sound) == []


def test_more_spent_than_the_budget_is_found_once_it_is_so() -> None:
    over = spending("disbursed 700@3, disbursed 500@8")
    assert "money_spent_over_budget" not in codes(over, 7)
    finding = only(over, "money_spent_over_budget", 8)
    assert (finding.params["spent"], finding.params["budget"], finding.params["difference"]) == (1200, 1000, 200)


def test_a_work_on_two_lines_spends_one_budget() -> None:
    same = [
        spending("disbursed 700@3", id="P1"),
        spending("disbursed 500@3", id="P2", number=2, identity="P1", strategy="2", tactic=""),
    ]
    assert only(plan(*same), "money_spent_over_budget").place.record == "P1"


def test_money_on_a_work_without_budget_is_found() -> None:
    assert only(spending("committed 5@1, disbursed 5@2", budgets=()), "money_without_budget").params["count"] == 2
    assert codes(spending("disbursed 0@2", budgets=())) == []


def test_money_spent_before_the_work_begins_is_found_but_not_after_it() -> None:
    early = spending("committed 10@1, disbursed 10@2", first_period=4, last_period=6)
    assert only(early, "money_before_period").params["months"] == "2"
    assert "money_before_period" not in codes(spending("disbursed 10@9", first_period=4, last_period=6))


def test_a_correction_of_more_than_was_recorded_is_found_in_its_month_even_when_later_months_cover_it() -> None:
    finding = only(spending("disbursed 100@3, disbursed -150@4, disbursed 80@6", "แก้ยอด"), "money_below_zero")
    assert finding.params["amount"] == -50
    assert codes(spending("disbursed 100@3, disbursed -100@3", "แก้ยอด")) == []


def test_a_correction_says_why() -> None:
    assert codes(spending("disbursed 100@3, disbursed -40@5")) == ["money_correction_unexplained"]
    assert codes(spending("disbursed 100@3, disbursed -40@5", "จ่ายซ้ำ")) == []
