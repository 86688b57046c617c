"""A year's figure spread over months adds up to what was given, whatever the way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.engine.model import Mark
from samrit.plans.drafting.spreading import SpreadWay, spread

ALL = tuple(range(1, 13))
FIGURES = st.decimals(min_value=-100_000, max_value=100_000, places=2) | st.integers(0, 5000).map(Decimal)


@given(
    FIGURES,
    st.sampled_from([SpreadWay.EQUAL, SpreadWay.QUARTER, SpreadWay.LAST_YEAR]),
    st.integers(1, 12),
    st.integers(0, 11),
)
def test_what_is_spread_adds_up_in_the_decimals_that_were_given(
    total: Decimal, way: SpreadWay, first: int, more: int
) -> None:
    months = tuple(range(first, min(first + more, 12) + 1))
    parts = [p for p in spread(total, way, months, {2: Decimal(3), 7: Decimal(1)}).values() if isinstance(p, Decimal)]
    assert sum(parts, Decimal()) == total
    assert all(p.as_tuple().exponent >= min(total.as_tuple().exponent, 0) for p in parts)


@given(FIGURES)
def test_a_rising_figure_ends_at_the_whole(total: Decimal) -> None:
    parts = list(spread(total, SpreadWay.CUMULATIVE, ALL, {}).values())
    assert parts[-1] == total
    assert sorted(parts, reverse=total < 0) == parts


@pytest.mark.parametrize(
    ("total", "way", "wanted"),
    [
        ("120", SpreadWay.EQUAL, ["10"] * 12),
        ("14", SpreadWay.EQUAL, ["1"] * 10 + ["2"] * 2),
        ("95.5", SpreadWay.CONSTANT, ["95.5"] * 12),
        ("8", SpreadWay.QUARTER, ["–", "–", "2"] * 4),
        ("12", SpreadWay.CUMULATIVE, [str(n) for n in ALL]),
        ("8", SpreadWay.LAST_YEAR, ["–", "6", *["–"] * 4, "2", *["–"] * 5]),
    ],
)
def test_each_way(total: str, way: SpreadWay, wanted: list[str]) -> None:
    given_months = spread(Decimal(total), way, ALL, {2: Decimal(3), 7: Decimal(1), 9: Decimal(0)})
    assert [p.value if isinstance(p, Mark) else str(p) for p in given_months.values()] == wanted


def test_a_work_that_ends_before_a_quarter_has_it_in_its_last_month() -> None:
    assert spread(Decimal(5), SpreadWay.QUARTER, (1, 2), {}) == {1: Mark.NOTHING, 2: Decimal(5)}
