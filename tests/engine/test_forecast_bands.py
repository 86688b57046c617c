"""What the forecast and its back-test say of bands: settled, held below the best, under points (FC5, FC6, WE5)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.forecast import back_test, forecast
from samrit.engine.forecast.backtest import ALL_BEST, AS_NOW, RIVALS, STRAIGHT
from samrit.engine.model import Entry, Indicator, Override, Plan, Project
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from tests.engine.random_plans import random_office, random_plan
from tests.engine.random_points import RULESETS

D = Decimal


def plan_of(*indicators: Indicator) -> Plan:
    return Plan("p", "แผน", 2568, projects=(Project("P", 1, "งาน", "1", indicators=indicators),))


@pytest.mark.parametrize("seed", range(30))
def test_a_band_settled_alone_leaves_the_months_to_come_as_they_were_expected(seed: int) -> None:
    """WE4: it says nothing of the figure, which is expected as if nothing was settled."""
    plan = random_office(seed)
    (work,) = plan.projects
    banded = tuple(replace(i, overrides=(Override(6, "เหตุ", band="good"),)) for i in work.indicators)
    settled = replace(plan, projects=(replace(work, indicators=banded),))
    one, other = (forecast(p, PERCENT_OF_PLAN, 6).projects[0] for p in (plan, settled))
    assert (one.percent, one.low, one.high, one.band) == (other.percent, other.low, other.high, other.band)


@pytest.mark.parametrize("seed", range(60))
def test_what_an_indicator_is_expected_to_reach_is_what_its_year_gives(seed: int) -> None:
    """I4: the percent beside an indicator and the one that its work is made of."""
    plan = random_office(seed)
    (work,) = plan.projects
    for part in forecast(plan, PERCENT_OF_PLAN, 5).projects[0].indicators:
        if part.year is None or part.percent is None:
            continue
        year = replace(plan, projects=(replace(work, indicators=(part.year,)),))
        assert score(year, PERCENT_OF_PLAN, 12).projects[0].indicators[0].percent == part.percent, plan.id


@pytest.mark.parametrize("seed", range(40))
def test_no_end_of_the_range_is_in_the_best_band_where_an_indicator_holds_it_below(seed: int) -> None:
    """WE5, FC5: no indicator below 50, for the range as for the figure."""
    rules = replace(PERCENT_OF_PLAN, lowest_for_best=D(50))
    for ahead in forecast(random_plan(seed), rules, 6).projects:
        lows, highs = [p.low for p in ahead.indicators], [p.high for p in ahead.indicators]
        ends = ((ahead.low_band, lows), (ahead.high_band, highs))
        for band, parts in ends:
            lowest = min((p for p in parts if p is not None), default=None)
            if band is rules.bands[-1] and ahead.low != ahead.high and lowest is not None:
                assert lowest >= 50


def test_the_range_is_held_where_its_figure_is() -> None:
    full = tuple(Entry(m, planned=D(10), actual=D(10) if m <= 6 else D(0)) for m in range(1, 13))
    poor = tuple(replace(e, actual=D(1)) for e in full)
    plan = plan_of(Indicator("P.1", 1, "", weight=D(98), entries=tuple(replace(e, actual=D(12)) for e in full)),
                   Indicator("P.2", 2, "", weight=D(2), entries=poor))  # fmt: skip
    rules = replace(PERCENT_OF_PLAN, lowest_for_best=D(50))
    (free,), (held,) = (forecast(plan, r, 6).projects for r in (PERCENT_OF_PLAN, rules))
    assert free.low_band is free.band is PERCENT_OF_PLAN.bands[-1]
    assert held.low_band is held.band is rules.bands[-2]


@pytest.mark.parametrize("name", [name for name in RULESETS if name != "M-E"])
def test_under_points_the_rivals_are_measured_in_points(name: str) -> None:
    """FC6, I6: nothing due yet is the points of a plan kept, never a hundred of them."""
    rules = RULESETS[name]
    assert rules.scale is not None
    late = plan_of(Indicator("P.1", 1, "", entries=tuple(Entry(m, planned=D(10), actual=D(10)) for m in (10, 11))))
    tested = back_test(late, rules, 6)
    true = score(late, rules, 12).projects[0]
    assert tested.projects == 1
    hits = {rival: tested.measured[rival].hits for rival in RIVALS}
    assert hits == {AS_NOW: 1, STRAIGHT: 0, ALL_BEST: int(true.band is rules.bands[-1])}
    assert tested.measured[AS_NOW].f1 == tested.measured[ALL_BEST].f1 == (None, None)
