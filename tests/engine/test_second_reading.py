"""The second reading (AC7): a band of its own under percents, none under points."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.bands import band_of
from samrit.engine.ruleset import PERCENT_OF_PLAN, Method, PointScale
from samrit.engine.score import score
from tests.engine.random_plans import random_plan

POINTS = replace(
    PERCENT_OF_PLAN,
    method=Method.FIVE_LEVEL,
    scale=PointScale(tuple(map(Decimal, (60, 70, 80, 90, 100))), tuple(map(Decimal, (1, 2, 3, 4, 5)))),
)


@pytest.mark.parametrize("seed", range(0, 300, 3))
def test_under_percents_the_capped_reading_is_banded_by_itself(seed: int) -> None:
    for result in score(random_plan(seed), PERCENT_OF_PLAN, 12).projects:
        if result.second_percent is not None and result.override is None:
            assert result.second_band is band_of(result.second_percent, PERCENT_OF_PLAN)


@pytest.mark.parametrize("seed", range(0, 300, 3))
def test_under_points_the_capped_percent_has_no_band(seed: int) -> None:
    for result in score(random_plan(seed), POINTS, 12).projects:
        if result.override is None:
            assert result.second_band is None
