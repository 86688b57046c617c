"""People go on reading the checks: on plans in order, of every kind, they say nothing (E.4)."""

from __future__ import annotations

import pytest

from samrit.engine.checks import check_plan
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.vocabulary.findings import Severity
from tests.engine.checks.clean_more import MORE
from tests.engine.checks.clean_plans import INDICATORS, random_clean_plan

PLANS = 200


@pytest.mark.parametrize("start", range(0, PLANS, 40))
def test_two_hundred_clean_plans_have_no_error_and_no_warning(start: int) -> None:
    """The whole page of checks, at the year's end and within the year."""
    for seed in range(start, start + 40):
        as_of = 12 if seed % 3 else (3, 6, 9)[seed // 3 % 3]
        found = check_plan(random_clean_plan(seed), PERCENT_OF_PLAN, as_of)
        assert [(f.code, f.place.record) for f in found if f.severity is not Severity.NOTICE] == [], seed


def test_what_looks_odd_and_is_in_order_is_left_alone() -> None:
    """Standing still, seasons, losses, ones: what a check could take for a slip, a copy or a running total."""
    for seed in range(40):
        found = check_plan(random_clean_plan(seed, MORE), PERCENT_OF_PLAN, (12, 6, 12, 9)[seed % 4])
        assert [(f.code, f.place.record) for f in found if f.severity is not Severity.NOTICE] == [], seed


def test_the_clean_plans_are_of_every_kind() -> None:
    """Each maker of indicators stands in some plan, so that none of them is only written down."""
    names = {i.name for seed in range(PLANS) for p in random_clean_plan(seed).projects for i in p.indicators}
    kinds = {(i.formula, i.aggregation) for seed in range(PLANS) for p in random_clean_plan(seed).projects
             for i in p.indicators}  # fmt: skip
    assert len(names) >= len(set(INDICATORS)) - 2  # shares of one and of several units have one name
    assert len(kinds) >= 8
