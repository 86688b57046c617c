"""AC12, I6: "as planned" fills only where a plan figure can be a result."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.as_planned import can_be_result, is_as_planned
from samrit.engine.checks.figures.alike import actual_quantity, are_alike, plan_quantity
from samrit.engine.indicators.series import Side
from samrit.engine.indicators.totals import indicator_total
from samrit.engine.model import Aggregation, Direction, Entry, Formula, Indicator, Mark, Quantity
from tests.engine.random_plans import random_plan

FIVE = Entry(3, planned=Decimal(5))
PARTS = Entry(3, planned=Decimal(50), planned_numerator=Decimal(1), planned_denominator=Decimal(2))


@pytest.mark.parametrize(
    ("more", "entry", "can"),
    [
        ({}, FIVE, True),
        ({}, Entry(3, planned=Decimal(0)), True),
        ({}, Entry(3, planned=Mark.NOTHING), False),
        ({"formula": Formula.BASELINE}, FIVE, True),
        ({"formula": Formula.LEVELS}, FIVE, False),
        ({"formula": Formula.LEVELS, "quantity": Quantity.LEVEL}, FIVE, False),
        ({"formula": Formula.LEVELS, "quantity": Quantity.VALUE}, FIVE, True),
        ({"formula": Formula.LEVELS, "quantity": Quantity.VALUE, "unit_of_measure": "ร้อยละ"}, FIVE, False),
        ({"formula": Formula.DEADLINE}, FIVE, False),
        ({"formula": Formula.RANGE}, FIVE, False),
        ({"direction": Direction.LOWER}, FIVE, False),
        ({"aggregation": Aggregation.RATIO}, FIVE, False),
        ({"aggregation": Aggregation.RATIO}, PARTS, True),
        ({"is_share": True}, FIVE, False),
        ({"unit_of_measure": "%"}, FIVE, False),
        ({"unit_of_measure": "ร้อยละ"}, PARTS, True),
    ],
)
def test_what_a_plan_figure_can_stand_for(more: dict, entry: Entry, can: bool) -> None:
    assert can_be_result(Indicator("I", 1, "", **more), entry) is can


@pytest.mark.parametrize("seed", range(150))
def test_nothing_is_taken_for_a_result_that_nobody_counts_or_measures(seed: int) -> None:
    """I6 over random plans: what may be filled is a value in the quantity of the results, with its parts."""
    for project in random_plan(f"I6-{seed}").projects:
        for indicator in project.indicators:
            for entry in indicator.entries:
                if can_be_result(indicator, entry):
                    assert indicator.direction is not Direction.LOWER
                    assert indicator.formula not in (Formula.DEADLINE, Formula.RANGE)
                    assert plan_quantity(indicator) is actual_quantity(indicator) is Quantity.VALUE
                    assert are_alike(indicator)
                    shares = indicator.is_share or indicator.aggregation is Aggregation.RATIO
                    assert not shares or isinstance(entry.planned_denominator, Decimal)
                filled = replace(entry, actual=entry.planned)
                assert is_as_planned(indicator, entry, filled) is can_be_result(indicator, entry)
                assert not is_as_planned(indicator, entry, Entry(entry.period))


@pytest.mark.parametrize(
    ("numerator", "denominator", "actual", "marked"),
    [
        ("1", "3", "33.33333333", True),
        ("2", "6", "33.33", True),
        ("2", "6", "33.33333333", False),
        ("2", "3", "66.67", False),
    ],
)
def test_a_share_is_as_planned_by_its_parts_though_the_plan_prints_it_rounded(
    numerator: str, denominator: str, actual: str, marked: bool
) -> None:
    """I6: what a button filled in is told, also where the share that counts has more digits than the plan prints."""
    share = Indicator("I", 1, "", aggregation=Aggregation.RATIO)
    plan = Entry(3, planned=Decimal("33.33"), planned_numerator=Decimal(1), planned_denominator=Decimal(3))
    result = Entry(3, actual=Decimal(actual), numerator=Decimal(numerator), denominator=Decimal(denominator))
    assert is_as_planned(share, plan, result) is marked


def test_a_plan_kept_to_the_digit_reaches_what_was_planned() -> None:
    """I6: filling what may be filled, and nothing else, gives neither more nor less than the plan."""
    reached = 0
    for project in (project for seed in range(150) for project in random_plan(f"I6-{seed}").projects):
        for indicator in project.indicators:
            if indicator.formula is not Formula.RATIO or not all(
                can_be_result(indicator, e) for e in indicator.entries
            ):
                continue
            filled = replace(
                indicator,
                overrides=(),
                entries=tuple(
                    replace(e, actual=e.planned, numerator=e.planned_numerator, denominator=e.planned_denominator)
                    for e in indicator.entries
                ),
            )
            plan = indicator_total(filled, Side.PLANNED, 12).value
            assert indicator_total(filled, Side.ACTUAL, 12).value == plan
            reached += 1
    assert reached > 20
