"""Percentages and their parts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.model import Aggregation, Entry
from tests.engine.checks.plans import codes, entries, indicator, only, percentage, project

D = Decimal


def shared(*parts: tuple[int, int], typed: str = "", **fields: object) -> object:
    rows = tuple(
        Entry(
            month,
            planned=D(80),
            actual=D(typed) if typed else Entry(1).actual,
            numerator=D(n),
            denominator=D(d),
            planned_numerator=D(80),
            planned_denominator=D(100),
        )
        for month, (n, d) in enumerate(parts, 1)
    )
    return percentage(entries=rows, aggregation=Aggregation.RATIO, is_share=True, **fields)


def test_a_share_above_100_is_a_warning() -> None:
    finding = only(percentage("80 80", "95 126.67", is_share=True), "share_above_100")
    assert (finding.severity, finding.params["value"]) == ("warning", D("126.67"))


def test_a_percent_above_100_is_a_notice_where_the_plan_stays_below() -> None:
    assert codes(percentage("80 80", "95 105")) == ["percent_above_100"]
    assert codes(percentage("100 120", "100 125")) == []


def test_100_is_no_more_than_the_whole() -> None:
    assert codes(percentage("80 80", "100 100", is_share=True)) == []


def test_the_percent_of_another_indicator_typed_as_result_is_named() -> None:
    event = [indicator("3000", "3800"), percentage("80", "126.67", is_share=True)]
    assert only(event, "actual_is_percent_of_sibling").params["other"] == "P1.1"
    assert codes([indicator("450", "513"), percentage("80", "114")]).count("actual_is_percent_of_sibling") == 1


def test_an_ordinary_share_that_equals_a_percent_is_chance() -> None:
    assert codes([indicator("100", "98"), percentage("80", "98")]) == []


def test_a_numerator_above_its_denominator_is_an_error() -> None:
    assert only(shared((90, 100), (104, 100)), "part_exceeds_whole").params["month"] == 2


def test_a_denominator_of_0_is_found() -> None:
    assert "denominator_zero" in codes(shared((90, 100), (0, 0)))


def test_a_typed_percent_must_be_what_its_parts_give() -> None:
    assert only(shared((1, 2), typed="60"), "share_differs_from_parts").params["computed"] == 50
    assert codes(shared((2, 3), typed="66.67")) == []
    assert codes(shared((2, 3), typed="67")) == []


def test_a_share_reported_without_parts_is_a_notice() -> None:
    assert codes(percentage("80 80", "81 82", aggregation=Aggregation.RATIO)) == ["ratio_without_parts"]


def test_several_units_under_latest_need_a_declared_consolidation() -> None:
    rows = entries("5 5", "5 6", "กผ.") + entries("5 5", "5 7", "กค.")
    several = percentage(entries=rows, aggregation=Aggregation.LATEST)
    finding = only(project(several), "consolidation_missing")
    assert (finding.severity, finding.params["units"]) == ("error", 2)


def test_typed_shares_that_differ_are_one_line_with_their_months() -> None:
    finding = only(shared((1, 2), (1, 4), (1, 5), (1, 8), typed="60"), "share_differs_from_parts")
    assert (finding.params["months"], finding.params["typed"]) == ("1, 2, 3, 4", "60, 60, 60, …")


@pytest.mark.parametrize(
    ("unit", "name", "scale", "found"),
    [
        ("คนต่อพันคน", "", None, False),  # the scale follows the unit of measure
        ("คนต่อพันคน", "", 1000, False),
        ("คนต่อพันคน", "", 100, True),
        ("ร้อยละ", "อัตราต่อพันคน", None, False),
        ("อัตรา", "อัตราตายต่อการเกิดมีชีพพันคน", None, True),
        ("อัตรา", "อัตราตายต่อการเกิดมีชีพพันคน", 1000, False),
        ("บาทต่อคน", "ค่าใช้จ่ายต่อคน", None, False),
    ],
)
def test_a_rate_is_taken_per_what_its_unit_of_measure_or_name_says(
    unit: str, name: str, scale: int | None, found: bool
) -> None:
    rate = replace(
        percentage(
            entries=(Entry(3, planned=D(2), numerator=D(1), denominator=D(500)),),
            aggregation=Aggregation.RATIO,
            scale=None if scale is None else D(scale),
        ),
        unit_of_measure=unit,
        name=name,
    )
    assert ("rate_scale_differs" in codes(rate)) is found


@pytest.mark.parametrize(("unit", "per"), [("คนต่อพันคน", 1000), ("ร้อยละ", 100)])
def test_a_scale_of_nothing_is_told_with_what_counts_in_its_place(unit: str, per: int) -> None:
    rate = replace(percentage("80 80", "81 82", scale=D(0)), unit_of_measure=unit)
    assert only(rate, "scale_not_positive").params == {"scale": D(0), "per": D(per)}
