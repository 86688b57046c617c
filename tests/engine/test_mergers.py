"""Who stands for a merged unit, and from which month on (RU4)."""

from __future__ import annotations

from datetime import date

import pytest

from samrit.engine.indicators.mergers import stands_for, successors_of
from samrit.engine.model import Unit


@pytest.mark.parametrize(
    ("last", "calendar", "since"),
    [
        (None, "calendar", 1),
        (date(2024, 6, 30), "calendar", 1),
        (date(2025, 1, 30), "calendar", 1),
        (date(2025, 1, 31), "calendar", 2),
        (date(2025, 6, 15), "calendar", 6),
        (date(2025, 12, 31), "calendar", 13),
        (date(2024, 10, 31), "fiscal", 2),
    ],
)
def test_a_successor_stands_in_from_the_first_month_that_outlasts_the_unit(
    last: date | None, calendar: str, since: int
) -> None:
    units = (Unit("A", "A", successor="B", valid_to=last), Unit("B", "B"))
    found = successors_of(units, 2568, calendar)
    assert found == {"A": (("B", since),)}
    assert [p for p in range(1, 14) if stands_for("B", "A", p, found)] == list(range(since, 14))
    assert stands_for("A", "A", 1, found)
    assert not stands_for("A", "B", 12, found)


def test_a_chain_is_followed_to_its_end_and_a_circle_once() -> None:
    half = date(2025, 6, 30)
    chain = (Unit("A", "A", successor="B", valid_to=half), Unit("B", "B", successor="C"), Unit("C", "C"))
    assert successors_of(chain, 2568, "calendar")["A"] == (("B", 7), ("C", 7))
    circle = (Unit("D", "D", successor="E"), Unit("E", "E", successor="D"))
    assert successors_of(circle, 2568, "calendar") == {"D": (("E", 1),), "E": (("D", 1),)}
