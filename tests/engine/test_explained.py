"""An explanation is arithmetically what it says: every line with a sum in it is computed anew (invariant I4)."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from string import Formatter

import pytest

from samrit.engine.explain import explain
from samrit.engine.explain.derivation import number
from samrit.engine.indicators.points import computed_points
from samrit.engine.model import Plan
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.vocabulary.reasons import derivations
from tests.engine.arithmetic_lines import arithmetic_of, is_true
from tests.engine.random_plans import random_office, random_plan
from tests.engine.random_points import RULESETS
from tests.source_tree import modules

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


@pytest.mark.parametrize("method", sorted(RULESETS))
def test_what_was_settled_stands_beside_a_figure_of_its_own_kind(method: str) -> None:
    """I6, WE6: percents beside percents with the points that the scale makes of them, points beside points."""
    ruleset, seen = RULESETS[method], set()
    for seed in range(60):
        plan = random_plan(seed)
        result, bare = score(plan, ruleset, 12), score(without_settlements(plan), ruleset, 12)
        for done, work in zip(result.projects, bare.projects, strict=True):
            if not done.override and not any(i.override for i in done.indicators):
                continue
            steps = [step for step in explain(result, done.project.id).walk() if step.rule == "WE4"]
            by_record = {i.indicator.id: i for i in work.indicators} | {done.project.id: work}
            settled = {i.indicator.id: i for i in done.indicators} | {done.project.id: done}
            for step in steps:
                if step.code not in ("override", "override_on_scale"):
                    continue
                is_percent = settled[step.record].override.score is None
                alone = by_record[step.record]
                is_work = step.record == done.project.id
                if is_percent:
                    assert step.code != "override_on_scale" or step.params["points"] == number(
                        settled[step.record].score
                    )
                    assert step.params["computed"].endswith("%") or step.params["computed"] == "–"
                elif not is_work and alone.score is not None:
                    assert step.params["computed"] == number(alone.score)
                seen.add((is_percent, is_work))
    assert len(seen) == 4


def test_points_beside_a_settled_score_are_those_that_the_figures_alone_would_have() -> None:
    """WE4, AC7: with the cap of the rules, below the last threshold of its scale as above it."""
    capped = 0
    for cap, seed in ((cap, seed) for cap in (Decimal(85), Decimal(100), None) for seed in range(25)):
        plan, ruleset = random_plan(seed), replace(RULESETS["M-C"], cap=cap)
        result, bare = score(plan, ruleset, 12), score(without_settlements(plan), ruleset, 12)
        for done, alone in zip(result.projects, bare.projects, strict=True):
            for settled, free in zip(done.indicators, alone.indicators, strict=True):
                if settled.override is not None and free.score is not None:
                    assert computed_points(settled, ruleset) == free.score
                    capped += "AC7" in free.rules
    assert capped


def without_settlements(plan: Plan) -> Plan:
    return replace(
        plan,
        projects=tuple(
            replace(p, overrides=(), indicators=tuple(replace(i, overrides=()) for i in p.indicators))
            for p in plan.projects
        ),
    )


# Codes that are put together where they are used, from the parts that a figure or a rule set has.
COMPOSED = {"without_plan_red", "without_plan_as_reported", "entry_of_unit", "entry_span_of_unit"}


def test_every_sentence_of_a_derivation_is_used_and_says_the_same_figures_in_both_languages() -> None:
    nodes = (node for module in modules("engine") for node in module.nodes)
    written = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert derivations().keys() - written == COMPOSED, "of these one is used nowhere, or is no longer put together"
    for code, said in derivations().items():
        thai, english = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in said)
        assert {n.removesuffix("_en") for n in english} == {n.removesuffix("_en") for n in thai}, code
