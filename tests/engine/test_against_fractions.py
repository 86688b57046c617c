"""The engine against the naive reading of the rules in fractions, and what is shown (BA2, DI1), on a sample."""

from __future__ import annotations

import pytest

from proofs import SEED
from proofs.engine import (
    engine_against_fractions,
    explanations_are_arithmetic,
    points_against_fractions,
    shown_percents,
    two_roads_one_number,
)
from proofs.money import money_against_fractions


@pytest.mark.parametrize("start", [0, 100, 200])
def test_random_plans_agree_exactly(start: int) -> None:
    assert not [*engine_against_fractions(range(start, start + 100), SEED)]


def test_points_of_every_method_agree_exactly() -> None:
    """M-B, M-C, M-D, M-E, WE6: the second reading."""
    assert not [*points_against_fractions(range(250), SEED)]


def test_money_and_shares_agree_exactly() -> None:
    """MO1, MO2, MO3, RU1, RU2, DI2: the second reading; R123, R127."""
    assert not [*money_against_fractions(range(150), SEED)]


def test_two_roads_give_one_number() -> None:
    """I4, RU2, FC7, AC4: forecast and evaluation; tables and their cells."""
    assert not [*two_roads_one_number(range(240), SEED)]


def test_explanations_are_what_they_say() -> None:
    assert not [*explanations_are_arithmetic(range(120), SEED)]


def test_what_is_shown_is_half_up_and_never_contradicts_the_band() -> None:
    assert not [*shown_percents(range(300), SEED)]
