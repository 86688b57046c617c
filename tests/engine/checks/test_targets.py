"""Targets against the monthly plan and over the years."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samrit.engine.model import Aggregation, Comparator, Direction, Level, Mark, Target
from tests.engine.checks.plans import YEAR, codes, indicator, levels, only, percentage, project

D = Decimal


def target(value: object, comparator: Comparator = Comparator.EQUAL, year: int = YEAR, unit: str = "") -> Target:
    return Target(year, value if isinstance(value, Mark) else D(str(value)), comparator, unit)


def test_a_target_that_is_not_the_plan_total_is_an_error() -> None:
    finding = only(indicator("125 125", "125 125", target=500), "target_differs_from_plan_total")
    assert finding.severity == "error"
    assert dict(finding.params) == {"target": 500, "plan_total": 250, "difference": -250}


@pytest.mark.parametrize(
    ("comparator", "value", "is_found"),
    [
        (Comparator.AT_LEAST, 25, False),
        (Comparator.AT_LEAST, 35, True),
        (Comparator.AT_MOST, 35, False),
        (Comparator.AT_MOST, 25, True),
        (Comparator.EQUAL, 30, False),
    ],
)
def test_at_least_and_at_most_leave_room_on_one_side(comparator: Comparator, value: int, is_found: bool) -> None:
    direction = Direction.LOWER if comparator is Comparator.AT_MOST else Direction.HIGHER
    found = codes(indicator(targets=(target(value, comparator),), direction=direction))
    assert found == (["target_differs_from_plan_total"] if is_found else [])


def test_a_target_printed_with_fewer_decimals_agrees() -> None:
    assert codes(percentage("66.6 66.7 66.7", "70 71 72.5", targets=(target(67),))) == []


def test_a_target_in_another_unit_of_measure_is_not_compared() -> None:
    assert "target_differs_from_plan_total" not in codes(indicator(targets=(target(85, unit="ร้อยละ"),)))


def test_the_sum_of_monthly_percentages_as_target_is_explained() -> None:
    finding = only(percentage("80 80 80", "99.6 99.4 98.2", target=240), "percent_months_summed")
    assert (finding.params["months"], finding.params["plan_total"]) == (3, 80)


def test_the_sum_of_two_months_is_one_too() -> None:
    assert only(percentage("80 80", "99.6 99.4", target=160), "percent_months_summed").params["months"] == 2


def test_the_sum_is_seen_from_the_period_where_the_months_are_lost() -> None:
    lost = percentage("- - - - - - - - - - - 85", "- - - - - - - - - - - 98", target=765)
    assert only(project(lost, first_period=4, last_period=12), "percent_months_summed").params["months"] == 9


def test_a_sum_is_the_right_target_of_a_count() -> None:
    assert codes(indicator("80 80 80", "80 81 82")) == []


def test_a_target_lower_than_the_year_before_is_a_notice() -> None:
    fallen = percentage("85", "86", targets=(target(90, year=YEAR - 1), target(85), target(90, year=YEAR + 1)))
    finding = only(fallen, "target_fell")
    assert (finding.params["year_be"], finding.params["before"], finding.params["after"]) == (YEAR, 90, 85)


def test_a_target_that_falls_is_progress_where_less_is_good() -> None:
    years = (target(10, Comparator.AT_MOST, YEAR - 1), target(8, Comparator.AT_MOST))
    assert codes(percentage("8", "8", direction=Direction.LOWER, targets=years)) == []


def test_a_year_without_target_does_not_hide_a_fall() -> None:
    years = (target(90, year=YEAR - 2), target(Mark.NOTHING, year=YEAR - 1), target(85))
    assert codes(percentage("85", "86", targets=years)) == ["target_fell"]


def test_a_unit_of_measure_that_changes_is_a_notice_and_no_fall() -> None:
    changed = percentage("85", "86", targets=(target(120, year=YEAR - 1, unit="แห่ง"), target(85, unit="ร้อยละ")))
    assert codes(changed) == ["target_unit_changed"]
    assert only(changed, "target_unit_changed").params["before"] == "แห่ง"


def test_no_target_for_the_year_is_found_and_a_dash_is_not() -> None:
    assert codes(indicator(targets=())) == ["indicator_without_target"]
    assert codes(indicator("", "", targets=(target(Mark.NOTHING),))) == []
    assert codes(indicator(targets=(Target(YEAR, text="ตามที่คณะกรรมการกำหนด"),))) == []


def test_milestones_are_their_own_target() -> None:
    steps = (Level(1, "หนึ่ง", 2), Level(2, "สอง", 3))
    assert codes(levels("- 1 2", "- 1 2", levels=steps, targets=())) == []


def test_a_target_without_any_monthly_plan_is_found_beside_planned_indicators() -> None:
    unplanned = indicator("", "", target=12)
    assert codes([indicator(), unplanned]) == ["indicator_without_plan"]


def test_a_plan_that_plans_no_months_at_all_is_left_alone() -> None:
    assert codes([indicator("", "", target=12), indicator("", "", target=5)]) == []


def test_a_result_without_any_plan_is_found() -> None:
    finding = only(indicator("- - -", "- 3 4", target=7), "result_without_plan")
    assert finding.params["actual"] == 7


def test_a_result_in_a_month_without_plan_is_allowed() -> None:
    assert codes(indicator("10 - 10", "10 4 8")) == []


@pytest.mark.parametrize(
    ("comparator", "direction", "is_found"),
    [
        (Comparator.AT_MOST, Direction.HIGHER, True),
        (Comparator.AT_LEAST, Direction.LOWER, True),
        (Comparator.AT_MOST, Direction.LOWER, False),
        (Comparator.AT_LEAST, Direction.HIGHER, False),
    ],
)
def test_a_comparator_against_the_direction_is_found(
    comparator: Comparator, direction: Direction, is_found: bool
) -> None:
    one = indicator("30", "30", direction=direction, targets=(target(30, comparator),), aggregation=Aggregation.LATEST)
    assert ("comparator_against_direction" in codes(one)) is is_found
