"""Printed figures against computed ones: each fault said once, at its cause."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samrit.engine.model import Aggregation, Claim, Direction, Entry, Mark, Override
from tests.engine.checks.plans import codes, entries, indicator, only, percentage, plan, project

D = Decimal


def claim(plan_total: object = None, actual_total: object = None, percent: object = None) -> Claim:
    return Claim(*(None if v is None else D(str(v)) for v in (plan_total, actual_total, percent)))


def test_a_print_that_agrees_is_silent() -> None:
    assert codes(indicator("10 10 10", "10 11 10", claim=claim(30, 31, 103))) == []


def test_months_that_do_not_give_the_printed_plan_total_are_found() -> None:
    finding = only(indicator("300 300", "300 275", claim=claim(520, 575)), "months_differ_from_printed_total")
    assert dict(finding.params) == {"printed": 520, "computed": 600}


def test_months_that_do_not_give_the_printed_result_total_are_found() -> None:
    finding = only(indicator("10 10", "10 11", claim=claim(20, 22)), "actual_months_differ_from_printed_total")
    assert dict(finding.params) == {"printed": 22, "computed": 21}


def test_a_total_printed_rounded_agrees() -> None:
    assert codes(percentage("80 80 80", "98.68 98.81 98.84", claim=claim(80, "98.78", 123))) == []
    assert codes(percentage("80 80 80", "98.68 98.81 98.84", claim=claim(80, 99, 123))) == []


def test_one_figure_for_the_year_is_compared_with_the_months_beside_it() -> None:
    year = Entry(12, planned=D(8), actual=D(11), span=12)
    both = indicator(entries=(*entries("- 1 1 1 - - - - 5 2 2", "- - 3 1 - - - - 7"), year), target=8)
    assert codes(both) == ["months_differ_from_printed_total"]
    assert only(both, "months_differ_from_printed_total").params["computed"] == 12


def test_one_figure_for_the_year_without_months_has_nothing_to_differ_from() -> None:
    alone = indicator(entries=(Entry(12, planned=D(8), actual=D(8), span=12),), target=8, claim=claim(8, 8, 100))
    assert codes(alone) == []


def test_a_total_left_at_an_earlier_month_is_named_once() -> None:
    counted = indicator(
        "6254 6254 6254 6254", "7002 5615 6541 5724", aggregation=Aggregation.AVERAGE, claim=claim(6254, 6541, 105)
    )
    finding = only(counted, "stale_total")
    assert (finding.params["month"], finding.params["last"], finding.params["newest"]) == (3, 4, 5724)
    assert codes(counted) == ["stale_total"]


def test_a_total_that_equals_a_month_by_its_aggregation_is_in_order() -> None:
    greatest = indicator("6254 6254", "7002 5615", aggregation=Aggregation.MAX, claim=claim(6254, 7002, 112))
    assert codes(greatest) == []


def test_a_percent_taken_of_a_percent_is_named_once() -> None:
    twice = percentage("- 85", "- 100", claim=claim(85, 118, 138))
    finding = only(twice, "percent_taken_of_percent")
    assert (finding.params["actual"], finding.params["percent"]) == (100, D("117.65"))
    assert codes(twice) == ["percent_above_100", "percent_taken_of_percent"]


def test_a_printed_percent_that_the_figures_deny_is_found() -> None:
    finding = only(indicator("- 1", "- 3", claim=claim(1, 3, 100)), "printed_percent_differs")
    assert dict(finding.params) == {"printed": 100, "computed": 300}


def test_a_percent_that_follows_from_wrong_totals_is_not_said_again() -> None:
    wrong = indicator("300 300", "300 275", claim=claim(520, 575, 111))
    assert codes(wrong) == ["months_differ_from_printed_total"]


def test_lower_is_better_is_divided_the_other_way() -> None:
    lower = indicator("- 8", "- 10", direction=Direction.LOWER, claim=claim(8, 10, 80))
    assert codes(lower) == []


def test_a_print_settled_by_hand_is_not_compared() -> None:
    settled = indicator("5 5", ". .", overrides=(Override(12, "อ่านไม่ออก", D(90)),), claim=claim(10, None, 90))
    assert "printed_percent_differs" not in codes([indicator(), settled])


@pytest.mark.parametrize(
    ("planned", "actual", "printed", "is_found"),
    [
        ("150", "149", 100, True),  # 99.33 rounded up
        ("85", "94", 110, True),  # 110.59 cut off
        ("80", "105", 132, True),  # 131.25 rounded up
        ("80", "114", 143, False),  # 142.5 half up
        ("150", "149", 99, False),
        ("150", "149", "99.3", False),
    ],
)
def test_rounding_is_half_up_and_nothing_else(planned: str, actual: str, printed: object, is_found: bool) -> None:
    found = codes(indicator(planned, actual, claim=claim(None, None, printed)))
    assert ("rounded_before_banding" in found) is is_found
    assert "printed_percent_differs" not in found


def test_a_project_percent_that_does_not_follow_is_found_on_the_project() -> None:
    repeated = project(
        indicator("100", "90", claim=claim(100, 90, 90)),
        percentage("85", "100", claim=claim(85, 100, "118")),
        claim=claim(percent=118),
    )
    finding = only(repeated, "printed_percent_differs")
    assert (finding.place.record, finding.params["computed"]) == ("P1", D("103.82"))


def test_unrounded_indicators_make_the_project_percent() -> None:
    exact = project(
        indicator("1000", "982", claim=claim(None, None, 98)),
        indicator("1000", "764", claim=claim(None, None, 76)),
        claim=claim(percent=87),
    )
    assert codes(exact) == []


def test_a_project_percent_that_follows_from_a_wrong_indicator_percent_is_not_said_again() -> None:
    wrong = project(
        indicator("10", "10", claim=claim(None, None, 100)),
        indicator("60", "100", claim=claim(None, None, 111)),
        claim=claim(percent=106),
    )
    assert only(wrong, "printed_percent_differs").place.record == "P1.2"


def test_wrong_weights_may_be_printed_in_either_reading() -> None:
    for printed in (200, 100):
        assert codes(project(indicator(weight=D(200)), claim=claim(percent=printed))) == [
            "weight_out_of_range",
            "weights_not_100",
        ]


def test_a_print_within_the_year_is_compared_with_the_figures_to_date() -> None:
    half = indicator("10 10 5 5", "9 9 . .", claim=claim(20, 18, 90))
    assert codes(half, as_of=2) == []
    assert codes(half, as_of=12) == ["months_differ_from_printed_total", "partly_reported"]


def test_more_decimals_than_the_rest_of_the_report_is_a_notice() -> None:
    assert codes(project(indicator("300", "233", claim=claim(None, None, "77.67")))) == ["printed_with_other_places"]


def test_a_single_missing_percent_is_a_notice() -> None:
    printed = [
        project(indicator(claim=claim(30, 30, 100)), id=f"P{n}", number=n, title=f"งาน {n}") for n in range(1, 12)
    ]
    blank = project(indicator(), id="P12", number=12, title="งาน 12")
    assert codes(plan(*printed, blank)) == ["printed_percent_missing"]
    assert codes(plan(*printed[:5], blank)) == []


def test_a_dash_is_no_printed_figure() -> None:
    dashed = indicator(entries=(*entries("5 5", "5 5"), Entry(12, planned=Mark.NOTHING, actual=Mark.NOTHING, span=12)))
    assert codes(dashed) == []
