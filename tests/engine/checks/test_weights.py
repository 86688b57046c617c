"""Weights that do not add up, are missing, impossible, or hold the target."""

from __future__ import annotations

from decimal import Decimal

from samrit.vocabulary.findings import sentence
from tests.engine.checks.plans import codes, indicator, only, percentage, project

D = Decimal


def training() -> object:
    """The project of B941–946: weights 100 and 174, printed 299."""
    return project(
        percentage("80", "100", weight=D(100)), indicator("174", "174", unit_of_measure="คน", weight=D(174)), id="S2-57"
    )


def test_weights_that_do_not_add_to_100_are_an_error_with_both_readings() -> None:
    finding = only(training(), "weights_not_100")
    assert finding.severity == "error"
    assert finding.place.record == "S2-57"
    assert dict(finding.params) == {"sum": 274, "weights": "100, 174", "as_printed": 299, "normalised": D("109.12")}
    assert "274" in sentence(finding, "th")
    assert "109.12" in sentence(finding, "en")


def test_weights_of_100_are_in_order() -> None:
    assert codes([indicator(weight=D("33.3")), indicator(weight=D("66.7"))]) == []


def test_a_single_indicator_of_weight_50_is_found() -> None:
    assert codes(indicator(weight=D(50))) == ["weights_not_100"]


def test_no_weights_at_all_are_in_order() -> None:
    assert codes([indicator(), indicator()]) == []


def test_weights_of_nothing_are_said_once_for_the_plan() -> None:
    assert "weights_split_equally" in codes([indicator(weight=D(0)), indicator(weight=D(0))])


def test_a_missing_weight_beside_others_is_found_on_its_indicator() -> None:
    finding = only([indicator(weight=D(60)), indicator()], "weight_missing")
    assert (finding.place.record, finding.params["rest"]) == ("P1.2", 60)


def test_a_weight_outside_0_to_100_is_found() -> None:
    assert only(training(), "weight_out_of_range").place.record == "S2-57.2"
    assert "weight_out_of_range" in codes([indicator(weight=D(0)), indicator(weight=D(100))])


def test_the_target_typed_as_weight_is_named() -> None:
    assert only(training(), "weight_repeats_target").params["weight"] == 174


def test_a_weight_that_happens_to_be_the_target_is_no_finding_while_the_sum_is_100() -> None:
    assert codes([indicator("25 25", "25 25", weight=D(50)), indicator(weight=D(50))]) == []


def test_weights_are_checked_before_the_year_begins() -> None:
    finding = only(training(), "weights_not_100", as_of=0)
    assert finding.params["as_printed"] == "–"
