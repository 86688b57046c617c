"""An explanation is arithmetically what it says: every line with a sum in it is computed anew (invariant I4)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import Decimal

import pytest

from samrit.engine.explain import explain
from samrit.engine.model import Plan
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from tests.engine.arithmetic_lines import arithmetic_of, is_true
from tests.engine.random_plans import random_office, random_plan

PLANS = int(os.environ.get("SAMRIT_PLANS", "300"))
BATCHES = 10


def plans(batch: int) -> Iterator[tuple[Plan, int]]:
    for seed in range(batch, PLANS, BATCHES):
        make = random_office if seed % 2 else random_plan
        yield make(seed), 12 if seed % 3 else 1 + seed % 12


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_line_of_arithmetic_is_true(batch: int) -> None:
    seen = 0
    for plan, as_of in plans(batch):
        result = score(plan, PERCENT_OF_PLAN, as_of)
        for project in plan.projects:
            for step in explain(result, project.id).walk():
                if arithmetic := arithmetic_of(step):
                    seen += 1
                    assert is_true(*arithmetic), f"{plan.id} {as_of}: {step.sentence('en')}"
    assert seen


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_total_is_made_of_what_stands_below_it(batch: int) -> None:
    for plan, as_of in plans(batch):
        result = score(plan, PERCENT_OF_PLAN, as_of)
        for project in plan.projects:
            for step in explain(result, project.id).walk():
                below = [child.value for child in step.children if child.code in ("unit_total", "whole_total")]
                if below and step.value is not None:
                    assert sum((v for v in below if v is not None), Decimal()) == step.value
