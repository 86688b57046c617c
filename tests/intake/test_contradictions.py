"""Figures that come out, though something else printed speaks against them: the very cell is doubted (R293)."""

from __future__ import annotations

import pytest

from samrit.intake.facts import RecordFacts, Status
from tests.intake.printed_work import DASHES, drafted

FRONT = "ตัวชี้วัดที่ 1|จำนวนผู้เข้าร่วมอบรม|||{target}|แผน|คน|100|"
RESULT = "|||||ผล|||"


def record(plan: str, result: str | None = RESULT, target: str = "10", **other: str) -> RecordFacts:
    """Return the facts of one indicator whose rows go on with these cells."""
    rows = [FRONT.format(target=target) + plan] + ([RESULT + result] if result is not None else [])
    return drafted(*rows, **other).facts[0].indicators[0]


def doubted(facts: RecordFacts) -> set[str]:
    return {
        name for name, fact in facts.facts.items() if fact.status in (Status.DOUBTFUL, Status.MISSING) and fact.codes
    }


def months(side: str) -> set[str]:
    return {f"{side}.{period}" for period in range(1, 13)}


GOOD = f"{DASHES}10|10"


def test_what_nothing_speaks_against_is_not_doubted() -> None:
    assert not doubted(record(GOOD, f"{DASHES}9|9|90"))


def test_a_total_without_a_month_is_some_months_figure() -> None:
    facts = record(GOOD, "|" * 12 + "9|90")
    assert months("actual") <= doubted(facts)
    assert all(fact.number is None for fact in facts.months("actual"))


def test_an_empty_result_row_beside_a_percent_has_lost_its_figures() -> None:
    facts = record(f"{GOOD}|90", "|" * 12)
    assert {"actual_total", *months("actual")} <= doubted(facts)


def test_an_empty_result_row_without_a_percent_is_simply_empty() -> None:
    assert not doubted(record(GOOD, "|" * 12)) & {"actual_total", *months("actual")}


def test_a_percent_on_the_plan_row_counts_where_the_totals_give_it() -> None:
    assert "percent" not in doubted(record(f"{GOOD}|90", f"{DASHES}9|9"))
    assert "percent" in doubted(record(f"{GOOD}|75", f"{DASHES}9|9"))


@pytest.mark.parametrize("result", [None, f"{DASHES}9|9|100"])
def test_the_total_of_a_moved_row_that_is_not_the_target_is_doubted(result: str | None) -> None:
    """One dash too many moved the row; a row that stands alone may be anybody's result, and its total is left empty."""
    facts = record(f"-|{DASHES}10|10", result, target="25")
    assert "plan_total" in doubted(facts)
    assert (facts["plan_total"].number is None) is (result is None)


def test_a_figure_left_over_may_be_the_total_or_the_percent() -> None:
    facts = record("1|2|1|-|-|-|-|-|-|-|-|-|4|17|31", f"{DASHES}9|9|90", target="4")
    assert "plan_total" in doubted(facts)


def test_months_outside_the_works_period_may_have_moved() -> None:
    rows = FRONT.format(target="10") + "-|-|10|-|-|-|-|-|-|-|-|-|10", RESULT + "-|-|9|-|-|-|-|-|-|-|-|-|9|90"
    period = "|ระยะเวลาโครงการ : เมษายน 2568"
    facts = drafted(*rows, period).facts[0].indicators[0]
    assert {"plan.3", "plan.4", "actual.3", "actual.4"} <= doubted(facts)
    assert not doubted(facts) & {"plan.1", "plan.12", "actual.12"}


def test_a_result_after_the_period_is_only_late() -> None:
    rows = FRONT.format(target="10") + "-|-|10|-|-|-|-|-|-|-|-|-|10", RESULT + "-|-|-|-|9|-|-|-|-|-|-|-|9|90"
    facts = drafted(*rows, "|ระยะเวลาโครงการ : มีนาคม 2568").facts[0].indicators[0]
    assert not doubted(facts) & months("actual")


def test_a_sum_that_only_comes_out_without_a_lone_number_proves_no_month() -> None:
    """Thirteen different months: some twelve of them always give something."""
    facts = record("1|2|3|4|5|6|7|8|9|10|11|12|13|88", f"{DASHES}9|9|10", target="88")
    assert months("plan") <= doubted(facts) | {name for name in months("plan") if facts[name].value is None}
