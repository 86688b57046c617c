"""Level scales, thresholds, baselines."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.model import Aggregation, Direction, Formula, Level
from tests.engine.checks.plans import codes, indicator, levels, only, percentage, project

D = Decimal


def scale(*due: int, reached: tuple[int | None, ...] = ()) -> tuple[Level, ...]:
    months = reached or (None,) * len(due)
    return tuple(Level(n, f"ขั้น {n}", d, None, r) for n, (d, r) in enumerate(zip(due, months, strict=True), 1))


def thresholds(*values: str) -> tuple[Level, ...]:
    return tuple(Level(n, threshold=D(v)) for n, v in enumerate(values, 1))


def test_scoring_by_levels_needs_levels() -> None:
    assert "levels_missing" in codes(levels(formula=Formula.LEVELS))
    assert codes(levels()) == []


def test_a_missing_level_is_named() -> None:
    gap = levels("- 2 3", "- 2 3", levels=(Level(2), Level(3)))
    assert only(gap, "level_numbers_missing").params["missing"] == "1"


def test_a_level_above_the_scale_is_an_error() -> None:
    finding = only(levels("1 2 3", "1 2 4", levels=scale(1, 2, 3)), "level_above_scale")
    assert (finding.params["month"], finding.params["value"], finding.params["top"]) == (3, 4, 3)


def test_measured_values_are_not_levels() -> None:
    measured = percentage("97 97", "98 99", levels=thresholds("95", "96", "97"), aggregation=Aggregation.MIN)
    assert codes(measured) == []


def test_a_climbed_level_that_falls_is_found() -> None:
    assert only(levels("1 2 3", "1 3 2"), "level_falls").params["month"] == 3


def test_a_level_of_service_may_fall() -> None:
    assert codes(levels("5 5 5", "5 3 5")) == []


def test_a_level_planned_in_another_month_than_its_text_says_is_found() -> None:
    finding = only(levels("1 2 - 3", "1 2 2 3", levels=scale(1, 2, 3)), "level_planned_off_due_month")
    assert (finding.params["level"], finding.params["planned"], finding.params["due"]) == (3, 4, 3)
    assert codes(levels("1 2 3", "1 2 3", levels=scale(1, 2, 3))) == []


def test_due_months_must_rise_with_the_levels() -> None:
    assert "level_due_out_of_order" in codes(levels("1 3 -", "1 3 -", levels=scale(1, 3, 2)))


def test_two_levels_may_be_due_in_one_month() -> None:
    assert codes(levels("2 3 -", "2 3 3", levels=scale(1, 1, 2))) == []


def test_a_level_due_outside_the_period_is_found() -> None:
    late = project(levels("- 1 2", "- 1 2", levels=scale(2, 3, 5)), first_period=2, last_period=3)
    assert only(late, "level_due_outside_period").params["levels"] == "3"


def test_a_skipped_level_is_found_and_a_later_open_one_is_not() -> None:
    skipped = levels("1 2 3", "1 2 3", levels=scale(1, 2, 3, reached=(1, None, 3)))
    assert only(skipped, "level_skipped").params == {"level": 3, "open": 2}
    assert "level_skipped" not in codes(levels("1 2 3", "1 2 2", levels=scale(1, 2, 3, reached=(1, 2, None))))


def test_thresholds_run_the_way_of_the_direction() -> None:
    lower = {"direction": Direction.LOWER, "aggregation": Aggregation.LATEST}
    assert codes(percentage("8", "9", levels=thresholds("10", "9.5", "9", "8.5", "8"), **lower)) == []
    assert "thresholds_out_of_order" in codes(percentage("8", "9", levels=thresholds("8", "9", "10"), **lower))
    assert "thresholds_out_of_order" in codes(percentage("97", "98", levels=thresholds("95", "97", "96")))


def test_a_baseline_formula_needs_a_baseline_away_from_the_plan() -> None:
    way = {"formula": Formula.BASELINE, "direction": Direction.LOWER, "aggregation": Aggregation.LATEST}
    assert "baseline_missing" in codes(indicator("50", "60", **way))
    assert "baseline_missing" in codes(indicator("50", "60", baseline=D(50), **way))
    assert codes(indicator("50", "60", baseline=D(100), **way)) == []
