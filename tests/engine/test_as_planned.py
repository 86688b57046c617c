"""AC12, I6: "as planned" fills only where a plan figure can be a result."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samrit.engine.as_planned import can_be_result
from samrit.engine.model import Aggregation, Direction, Entry, Formula, Indicator, Mark, Quantity

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
