"""How months become a total."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.model import Aggregation
from samrit.vocabulary.findings import sentence
from tests.engine.checks.plans import codes, indicator, levels, only, percentage

D = Decimal
CLAIMS = (
    "350000 140000 130000 50000 70000 50000 40000 40000 40000 30000 30000 50000",
    "364789 119814 115283 47928 34525 682339 31805 28836 24502 20146 17115 43694",
)


def test_a_half_year_subtotal_among_the_months_is_an_error() -> None:
    finding = only(indicator(*CLAIMS), "subtotal_counted_as_month")
    assert finding.severity == "error"
    assert finding.params["month"] == 6
    assert finding.params["added"] == "1, 2, 3, 4, 5"
    assert (finding.params["total"], finding.params["corrected"]) == (1530776, 848437)
    assert "848,437" in sentence(finding, "th")


def test_subtotals_are_found_in_plan_and_result_alike() -> None:
    found = codes(indicator("- - 600000 - 600000 1200000", "- - 557143 - 666405 1223548", target=1200000))
    assert "planned_subtotal_counted_as_month" in found
    assert "subtotal_counted_as_month" in found


def test_two_subtotals_each_add_the_months_since_the_last() -> None:
    doubled = indicator("1000 1000 2000 1000 1000 2000", "1111 1234 2345 1357 1246 2603", target=4000)
    months = [f for f in codes(doubled) if f == "subtotal_counted_as_month"]
    assert len(months) == 2


def test_small_counts_that_happen_to_add_up_are_no_subtotal() -> None:
    assert codes(indicator("1 1 2 1", "1 1 2 2")) == []
    assert codes(indicator("10 20 30 10", "10 20 30 15")) == []


def test_small_counts_are_a_subtotal_where_the_target_says_so() -> None:
    found = codes(indicator("10 20 30 10", "11 18 27 12", target=40))
    assert found == ["planned_subtotal_counted_as_month", "target_differs_from_plan_total"]


def test_increments_closed_by_their_sum_are_found() -> None:
    mixed = percentage("- - - - - - - - - - - 100", "- - - - - 5 20 15 15 45 - 100", aggregation=Aggregation.LATEST)
    assert only(mixed, "increments_then_total").params["total"] == 100


def test_a_rising_percentage_is_no_row_of_increments() -> None:
    rising = percentage("10 30 50 100", "10 30 60 100", aggregation=Aggregation.LATEST)
    assert codes(rising) == []


def test_followers_added_up_are_found() -> None:
    followers = indicator("11650000 11800000 12000000", "11843258 11882796 12036265", unit_of_measure="คน")
    finding = only(followers, "cumulative_summed")
    assert (finding.params["sum"], finding.params["latest"]) == (35762319, 12036265)


def test_a_constant_plan_with_rising_results_is_a_plain_count() -> None:
    assert codes(indicator("1000 1000 1000", "1010 1020 1035")) == []


def test_a_plan_that_doubles_is_a_plain_count() -> None:
    assert codes(indicator("10 15 25", "11 16 26")) == []


def test_the_latest_of_separate_measurements_is_a_notice() -> None:
    satisfaction = percentage("85 85 85", "100 100 90", aggregation=Aggregation.LATEST)
    finding = only(satisfaction, "latest_of_flat_plan")
    assert (finding.params["latest"], finding.params["mean"]) == (90, D("96.67"))


def test_a_count_of_which_only_the_last_month_counts_is_a_notice() -> None:
    assert codes(indicator("- 1 1", "- 1 1", aggregation=Aggregation.LATEST)) == ["latest_of_flat_plan"]
    two_plans = indicator("10 20 10", "9 18 12", aggregation=Aggregation.LATEST, target=10)
    assert "latest_of_flat_plan" not in codes(two_plans)


def test_levels_and_unchanged_shares_lose_nothing() -> None:
    assert codes(levels("5 5 5", "5 4 5")) == []
    assert codes(percentage("85 85 85", "90 90 90", aggregation=Aggregation.LATEST)) == []
    assert codes(percentage("85", "90", aggregation=Aggregation.LATEST)) == []


def test_a_plan_that_rises_says_that_the_latest_counts() -> None:
    assert codes(percentage("30 60 85", "40 70 90", aggregation=Aggregation.LATEST)) == []
