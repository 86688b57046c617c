"""Where monthly figures stand and how they run."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samrit.engine.model import Aggregation, Entry, EntryBasis, Indicator, Mark, Override
from samrit.vocabulary.findings import sentence
from tests.engine.checks.plans import codes, entries, indicator, only, percentage, plan, project

D = Decimal


@pytest.mark.parametrize(("first", "last"), [(9, 3), (1, 13), (0, 12)])
def test_an_impossible_period_is_an_error(first: int, last: int) -> None:
    assert "period_invalid" in codes(project(first_period=first, last_period=last))


def test_a_period_of_one_month_is_in_order() -> None:
    assert codes(project(indicator("- - 5", "- - 5"), first_period=3, last_period=3)) == []


@pytest.mark.parametrize("entry", [Entry(13, planned=D(1)), Entry(0, planned=D(1)), Entry(2, planned=D(1), span=3)])
def test_a_figure_outside_the_year_is_an_error(entry: Entry) -> None:
    assert "entry_outside_year" in codes(indicator(entries=(*entries("10 10", "10 10"), entry)))


def test_two_figures_for_one_month_are_an_error() -> None:
    twice = indicator(entries=(*entries("10 10", "10 10"), Entry(2, planned=D(10), actual=D(9))))
    assert only(twice, "entry_repeated").params["period"] == 2


def test_a_month_and_its_quarter_may_both_stand() -> None:
    quarter = Entry(3, planned=D(30), actual=D(30), span=3)
    assert codes(indicator(entries=(*entries("10 10 10", "10 10 10"), quarter), target=30)) == []


def test_a_plan_outside_the_period_names_the_months() -> None:
    finding = only(
        project(indicator("- 5 - 5 5", "- 5 - 5 5"), first_period=3, last_period=4), "planned_outside_period"
    )
    assert finding.params["months"] == "2, 5"
    assert "2, 5" in sentence(finding, "th")


def test_a_planned_zero_or_dash_outside_the_period_is_nothing() -> None:
    assert codes(project(indicator("0 - 5", "0 - 5"), first_period=3, last_period=3)) == []


def test_a_result_outside_the_period_is_only_a_notice() -> None:
    finding = only(project(indicator("- - 5", "2 - 3"), first_period=3, last_period=3), "reported_outside_period")
    assert (finding.severity, finding.params["months"]) == ("notice", "1")


def test_results_after_the_evaluated_month_are_not_looked_at() -> None:
    late = project(indicator("5 - -", "5 - 2"), first_period=1, last_period=1)
    assert codes(late, as_of=2) == []
    assert codes(late, as_of=3) == ["reported_outside_period"]


def test_an_indicator_due_and_not_reported_is_found_among_reported_ones() -> None:
    assert "not_reported" in codes([indicator(), indicator("5 5", ". .")])


def test_a_settled_or_a_later_indicator_is_not_missed() -> None:
    settled = indicator("5 5", ". .", overrides=(Override(12, "ตัวเลขอ่านไม่ออก", D(80)),))
    assert "not_reported" not in codes([indicator(), settled])
    assert codes([indicator("10", "10"), indicator("- - 5", ". . .", target=5)], as_of=2) == []


def test_a_reported_zero_is_a_report() -> None:
    assert "not_reported" not in codes([indicator(), indicator("5 5", "0 0")])


def test_a_plan_without_any_report_is_said_once() -> None:
    silent = plan(*(project(indicator("5 5", ". ."), id=f"P{n}", number=n, title=f"งาน {n}") for n in range(1, 4)))
    finding = only(silent, "plan_not_reported")
    assert (finding.place.record, finding.params["indicators"]) == ("example", 3)
    assert codes(silent) == ["plan_not_reported"]


def test_a_running_total_that_falls_is_found() -> None:
    falling = indicator("10 20 30", "10 25 22", entry_basis=EntryBasis.TO_DATE)
    finding = only(falling, "to_date_falls")
    assert (finding.params["month"], finding.params["before"], finding.params["after"]) == (3, 25, 22)
    assert "to_date_falls" not in codes(indicator("10 20 30", "10 25 22"))


def test_several_indicators_that_repeat_the_month_before_were_copied() -> None:
    copied = [
        percentage("80 80 80 80", "81.63 84.64 84.64 87.5"),
        indicator("625 625 625 625", "702 615 615 658", aggregation=Aggregation.AVERAGE),
    ]
    finding = only(copied, "same_value_copied")
    assert (finding.params["months"], finding.params["indicators"]) == ("3", "P1.1, P1.2")


def test_what_may_stand_still_is_copied_only_where_several_do() -> None:
    """A running total repeats itself in a month in which nothing came: one and two say nothing, three do."""
    still = {"aggregation": Aggregation.LATEST}
    rows = [
        percentage("20 40 60 80 95", f"18.{n}1 37.5{n} 37.5{n} 71.2{n} 90.1{n}", number=n, **still) for n in (1, 2, 3)
    ]
    assert "same_value_copied" not in codes(rows[:1])
    assert "same_value_copied" not in codes(rows[:2])
    assert only(rows, "same_value_copied").params["months"] == "3"
    to_date = indicator("1000 2000 3000 4000", "1015 1987 1987 3999", entry_basis=EntryBasis.TO_DATE)
    by_month = indicator("1000 1000 1000 1000", "1015 1987 1987 999")
    assert "same_value_copied" not in codes(to_date)
    assert "same_value_copied" in codes(by_month)


def test_a_share_repeats_its_month_only_where_its_parts_do_and_tell_something() -> None:
    def row(*parts: tuple[int, int]) -> Indicator:
        share = {"is_share": True, "aggregation": Aggregation.RATIO}
        shares = [(round(D(100 * a) / b, 2), D(a), D(b)) for a, b in parts]
        made = [Entry(m, "", D(75), *share) for m, share in enumerate(shares, 1)]
        return percentage(entries=tuple(made), **share)

    assert "same_value_copied" not in codes(row((10, 12), (10, 12), (7, 9), (3, 5), (8, 11)))
    assert "same_value_copied" not in codes(row((1702, 2042), (3404, 4084), (700, 900), (30, 50), (80, 110)))
    assert "same_value_copied" in codes(row((1702, 2042), (1702, 2042), (700, 900), (30, 50), (80, 110)))


@pytest.mark.parametrize("row", ["84 90 90 87", "81.63 84.64 85.01 87.5", "84.64 - 84.64 87.5"])
def test_plain_figures_other_figures_and_gaps_are_no_copy(row: str) -> None:
    assert codes([percentage("80 80 80 80", row), percentage("80 80 80 80", "81.11 82.22 82.22 83.33")]) in (
        [],
        ["partly_reported"],
    )


def test_a_month_far_above_all_others_is_found() -> None:
    slipped = indicator("100 100 100 100 100", "98 105 9900 97 101")
    finding = only(slipped, "outlier_month")
    assert (finding.params["month"], finding.params["greatest"]) == (3, 105)


def test_a_month_that_was_planned_high_is_no_outlier() -> None:
    assert "outlier_month" not in codes(indicator("100 100 9000 100 100", "98 105 9900 97 101"))


def test_a_result_of_ten_times_the_plan_is_out_of_scale() -> None:
    finding = only(indicator("- - - - - 1", "1 6 3 - - 4"), "actual_out_of_scale")
    assert finding.params["times"] == 14
    assert "actual_out_of_scale" not in codes(indicator("1 1", "9 9"))


def test_marks_are_not_figures() -> None:
    assert codes(indicator(entries=(Entry(1, planned=D(5), actual=D(5)), Entry(14 - 12, actual=Mark.NOTHING)))) == []
