"""The engine against the naive reading of the rules in fractions: 10,000 random plans agree exactly."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from samrit.engine.arithmetic import quantised
from samrit.engine.bands import band_of, shown_percent
from samrit.engine.ruleset import PERCENT_OF_PLAN, RuleSet
from samrit.engine.score import score
from tests.engine import naive
from tests.engine.random_plans import random_plan

PLANS = 10_000
BATCH = 500


def _same(engine: Decimal | None, fraction: Fraction | None) -> bool:
    if engine is None or fraction is None:
        return engine is None and fraction is None
    return quantised(engine) == naive.to_30_places(fraction)


def _capped(ruleset: RuleSet) -> RuleSet:
    return replace(ruleset, cap=Decimal(120), second_cap=Decimal(80))


@pytest.mark.parametrize("start", range(0, PLANS, BATCH))
def test_ten_thousand_random_plans_agree_exactly(start: int) -> None:
    for seed in range(start, start + BATCH):
        plan = random_plan(seed)
        as_of = (seed * 7) % 13 if seed % 3 else 12
        ruleset = PERCENT_OF_PLAN if seed % 5 else _capped(PERCENT_OF_PLAN)
        ours, theirs = score(plan, ruleset, as_of), naive.evaluate(plan, ruleset, as_of)
        for mine, other in zip(ours.projects, theirs, strict=True):
            where = f"seed {seed}, {mine.project.id}, as of {as_of}"
            for i, j in zip(mine.indicators, other.indicators, strict=True):
                assert i.state.value == j.state, f"{where}, {i.indicator.id}"
                assert _same(i.plan_total.value, j.plan), f"{where}, {i.indicator.id} plan"
                assert _same(i.actual_total.value, j.actual), f"{where}, {i.indicator.id} actual"
                assert _same(i.percent, j.percent), f"{where}, {i.indicator.id} percent"
            assert _same(mine.percent, other.percent), where
            assert _same(mine.normalised_percent, other.normalised), where
            assert _same(mine.second_percent, other.second), where
            assert (mine.band.code if mine.band else None) == other.band, where


@pytest.mark.parametrize("start", range(0, PLANS, BATCH))
def test_what_is_shown_is_half_up_and_never_contradicts_the_band(start: int) -> None:
    for seed in range(start, start + BATCH):
        for mine, other in zip(
            score(random_plan(seed), PERCENT_OF_PLAN, 12).projects,
            naive.evaluate(random_plan(seed), PERCENT_OF_PLAN, 12),
            strict=True,
        ):
            if mine.percent is None or other.percent is None:
                continue
            shown = shown_percent(mine.percent, PERCENT_OF_PLAN)
            places = max(0, -int(shown.as_tuple().exponent))
            assert Fraction(shown) == naive.half_up(other.percent, places)
            assert band_of(shown, PERCENT_OF_PLAN) is band_of(mine.percent, PERCENT_OF_PLAN)
