"""Indicators against their names, units of measure and cards."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samrit.engine.model import IndicatorCard, Project
from tests.engine.checks.plans import codes, indicator, only, plan, project

D = Decimal


@pytest.mark.parametrize(
    ("name", "unit", "is_found"),
    [
        ("จำนวนกลุ่มเป้าหมาย", "ร้อยละ", True),
        ("ร้อยละจำนวนข้อมูล", "เล่ม", True),
        ("ระดับความสำเร็จ", "แห่ง", True),
        ("จำนวนกลุ่มเป้าหมาย", "ระดับ", True),
        ("จำนวนกลุ่มเป้าหมาย", "จำนวน (คน)", False),
        ("ร้อยละความพึงพอใจ", "%", False),
        ("ระดับความสำเร็จ", "ขั้นตอน", False),
        ("การจัดการความรู้", "ร้อยละ", False),
        ("Number of visitors", "ร้อยละ", True),
    ],
)
def test_a_name_announces_its_unit_of_measure(name: str, unit: str, is_found: bool) -> None:
    assert ("name_and_unit_disagree" in codes(indicator(name=name, unit_of_measure=unit))) is is_found


def test_millions_of_persons_with_single_persons_are_found() -> None:
    finding = only(indicator("14016000", "13834176", unit_of_measure="ล้านคน"), "unit_scale_mismatch")
    assert finding.params["scale"] == 1_000_000
    assert codes(indicator("14.016", "13.834176", unit_of_measure="ล้านคน")) == []
    assert codes(indicator("14016000", "13834176", unit_of_measure="คน")) == []


def test_an_indicator_without_unit_of_measure_is_found() -> None:
    assert codes(indicator(unit_of_measure=" ")) == ["unit_of_measure_missing"]


def carded(*, of: Project | None = None, **fields: object) -> object:
    one = of or project()
    return plan(one, cards=(IndicatorCard("P1.1", **fields),))


@pytest.mark.parametrize("text", ["ปีละ 1 ครั้ง", "รายไตรมาส", "ทุกเดือน", "-", "", "quarterly", "6 เดือน/ครั้ง"])
def test_a_frequency_is_a_frequency(text: str) -> None:
    assert codes(carded(frequency=text)) == []


@pytest.mark.parametrize("text", ["ร้อยละ", "แห่ง", "100"])
def test_what_is_no_frequency_is_found(text: str) -> None:
    assert codes(carded(reporting_frequency=text)) == ["report_frequency_invalid"]


def test_a_card_in_another_unit_of_measure_is_found() -> None:
    assert codes(carded(unit_of_measure="จำนวน (เรื่อง)")) == []
    finding = only(carded(unit_of_measure="ร้อยละ"), "card_unit_of_measure_differs")
    assert (finding.params["card"], finding.params["table"]) == ("ร้อยละ", "เรื่อง")


def test_units_on_the_card_are_compared_through_the_register() -> None:
    assert codes(carded(evaluating_unit="กองแผนงาน")) == []
    assert (
        codes(carded(of=project(responsible_units=("กผ.", "กค.")), evaluating_unit="กองแผนงาน", supporting_unit="คลัง"))
        == []
    )
    finding = only(carded(evaluating_unit="กองแผนงาน", supporting_unit="ทุกหน่วยงาน"), "card_units_differ")
    assert finding.params["card"] == "กผ., ทุกหน่วยงาน"


def test_a_card_that_names_no_unit_says_nothing() -> None:
    assert codes(carded(evaluating_unit="-")) == []


def test_cards_and_indicators_must_match_where_a_plan_has_cards() -> None:
    two = project(indicator(), indicator())
    assert codes(carded(of=two)) == ["indicator_without_card"]
    assert codes(plan(two)) == []
    assert codes(plan(project(), cards=(IndicatorCard("P1.1"), IndicatorCard("P9.9")))) == ["card_without_indicator"]
