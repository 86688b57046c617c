"""A work's score as a waterfall: what each indicator gave adds up to what is printed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.results.waterfall import waterfall_of
from tests.plans.office import example, small_plan

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def result():
    package = example("sso-2568")
    rules = package.ruleset()
    assert rules is not None
    return score(package.plan, rules, 12)


def test_the_gains_of_every_work_add_up_to_its_figure(result) -> None:
    names = Names(result, "th")
    drawn = 0
    for found in result.projects:
        fall = waterfall_of(names, found)
        if fall is not None:
            drawn += 1
            assert abs(fall.total - found.figure) < Decimal("1e-20"), found.project.id
            assert abs(sum(f.gain for f in fall.falls) - fall.total) < Decimal("1e-20")
    assert drawn > 50


def test_bars_follow_one_another_and_stay_within_the_picture(result) -> None:
    names = Names(result, "th")
    for found in result.projects:
        fall = waterfall_of(names, found)
        for one in fall.falls if fall else ():
            assert one.width <= one.full_width
            assert one.start + one.full_width <= Decimal("100.02"), found.project.id


def test_the_indicator_that_lost_most_is_named() -> None:
    package = small_plan(indicators=2)
    first, second = package.plan.projects[0].indicators
    entries = tuple(replace(e, actual=Decimal(10 if e.period == 1 else 0)) for e in first.entries)
    half = tuple(replace(e, actual=Decimal(5 if e.period == 1 else 0)) for e in second.entries)
    project = replace(
        package.plan.projects[0], indicators=(replace(first, entries=entries), replace(second, entries=half))
    )
    evaluated = score(replace(package.plan, projects=(project,)), PERCENT_OF_PLAN, 1)
    fall = waterfall_of(Names(evaluated, "th"), evaluated.projects[0])
    assert fall is not None
    assert fall.worst is not None
    assert (fall.worst.id, fall.worst.gain, fall.worst.lost) == ("P1.2", 25, 25)
    assert fall.total == 75


def test_nothing_is_drawn_of_one_indicator_alone_or_of_a_settled_figure(result) -> None:
    names = Names(result, "th")
    alone = next(r for r in result.projects if len(r.indicators) == 1)
    settled = next(r for r in result.projects if r.override is not None)
    assert waterfall_of(names, alone) is None
    assert waterfall_of(names, settled) is None
