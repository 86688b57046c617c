"""A plan as if all came out as planned: every indicator that can be scored reaches its plan in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.model import Aggregation, Direction, Entry, Formula, Indicator, Level, Plan, Project, Quantity
from samrit.engine.rehearsal import as_planned
from samrit.engine.results import State
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from tests.engine.random_plans import random_plan

D = Decimal
DOWN, UP = ("10", "9.5", "9", "8.5", "8"), ("60", "70", "80", "90", "100")


def percent_of(indicator: Indicator) -> Decimal | None:
    plan = Plan("p", "แผน", 2568, projects=(Project("P", 1, "งาน", "1", indicators=(indicator,)),))
    return score(as_planned(plan), PERCENT_OF_PLAN, 12).projects[0].indicators[0].percent


@pytest.mark.parametrize("planned", ["1", "3", "4.5", "5"])
@pytest.mark.parametrize("quantity", [None, Quantity.LEVEL, Quantity.VALUE])
@pytest.mark.parametrize(("direction", "thresholds"), [(Direction.LOWER, DOWN), (Direction.HIGHER, UP)])
def test_a_planned_level_on_thresholds_is_reached_by_its_value(planned, quantity, direction, thresholds) -> None:
    """AC12: 5 planned is the value 100 reported, never the value 5."""
    levels = tuple(Level(n, threshold=D(t)) for n, t in enumerate(thresholds, 1))
    entry = Entry(12, planned=D(thresholds[2]) if quantity is Quantity.VALUE else D(planned))
    made = Indicator(
        "P.1", 1, "", formula=Formula.LEVELS, aggregation=Aggregation.LATEST, direction=direction, levels=levels,
        interpolated=True, quantity=quantity, entries=(entry,),
    )  # fmt: skip
    assert percent_of(made) == 100


def test_a_planned_level_is_reached_on_the_thresholds_that_hold_at_the_end() -> None:
    """AC5: thresholds that change or begin within the year."""
    for first in (None, D(10)):
        levels = tuple(Level(n, threshold=first and first * n, thresholds=((7, D(50 + 10 * n)),)) for n in (1, 2, 3))
        made = Indicator("P.1", 1, "", formula=Formula.LEVELS, aggregation=Aggregation.LATEST, levels=levels)
        assert percent_of(replace(made, entries=(Entry(3, planned=D(2)),))) == 100


@pytest.mark.parametrize("formula", [Formula.LEVELS, Formula.DEADLINE])
@pytest.mark.parametrize(
    "level",
    [Level(1, due_on=date(2025, 2, 15)), Level(1, due_period=2), Level(1, due_period=9, due_on=date(2025, 2, 15)),
     Level(1, due_on=date(2024, 11, 3))],
)  # fmt: skip
def test_a_step_is_reached_when_it_is_due(formula: Formula, level: Level) -> None:
    """AC5, AC11: by its day where only that is known, and no day later."""
    assert percent_of(Indicator("P.1", 1, "", formula=formula, levels=(level,))) == 100


@pytest.mark.parametrize("seed", range(200))
def test_what_can_be_scored_reaches_its_plan(seed: int) -> None:
    plan = as_planned(random_plan(seed))
    for project in plan.projects:
        plain = tuple(i for i in project.indicators if i.formula in (Formula.RATIO, Formula.DEADLINE))
        alone = replace(plan, projects=(replace(project, indicators=plain),))
        for made in score(alone, PERCENT_OF_PLAN, 12).projects[0].indicators:
            if made.state is State.SCORED:
                assert made.percent is not None
                assert made.percent == 100, (plan.id, made.indicator.id)
