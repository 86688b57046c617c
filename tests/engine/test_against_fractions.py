"""The engine against the naive reading of the rules in fractions, and what is shown (BA2, DI1), on a sample."""

from __future__ import annotations

import pytest

from proofs import SEED
from proofs.engine import engine_against_fractions, shown_percents


@pytest.mark.parametrize("start", [0, 100, 200])
def test_random_plans_agree_exactly(start: int) -> None:
    assert not [*engine_against_fractions(range(start, start + 100), SEED)]


def test_what_is_shown_is_half_up_and_never_contradicts_the_band() -> None:
    assert not [*shown_percents(range(300), SEED)]
