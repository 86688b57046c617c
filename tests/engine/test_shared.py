"""Figures reported once and used several times: what is taken over, and what stays an indicator's own (R9, R171)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.engine.indicators.shared import Origin, origin_named, period_here, shared_plan, with_figures_of
from samrit.engine.model import Entry, Indicator, Level, Mark
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from tests.engine.checks.plans import indicator, plan, project

D = Decimal


def results(made: Indicator) -> dict[tuple[int, int], object]:
    return {(e.period, e.span): e.actual for e in made.entries if e.actual is not Mark.BLANK}


def test_each_plan_evaluates_the_same_figure_by_its_own_plan() -> None:
    origin = indicator("10 10 10", "8 9 13")
    user = indicator("20 20 20", "1 1 1", number=2, figures_of="P1.1", weight=D(50))
    scored = score(plan(project(replace(origin, weight=D(50)), user)), PERCENT_OF_PLAN, 3).projects[0].indicators
    assert [i.actual_total.value for i in scored] == [30, 30]
    assert [i.percent for i in scored] == [100, 50]
    assert scored[1].indicator.weight == 50


def test_what_the_user_had_itself_is_not_mixed_in() -> None:
    made = with_figures_of(
        indicator("5 5 5", "1 2 3"), Origin("a", indicator("10 10", ". 7"), 2568, "calendar"), 2568, "calendar"
    )
    assert results(made) == {(2, 1): D(7)}
    assert [e.planned for e in made.entries] == [D(5)] * 3


def test_what_the_origin_s_categories_make_is_taken_over() -> None:
    """A whole that nobody reports is what its categories make (BD1), for whoever uses its figures too."""
    sexes = tuple(
        Indicator(f"P1.1.{n}", n, name, part_of="P1.1", dimension="sex", entries=(Entry(2, actual=D(n)),))
        for n, name in ((1, "women"), (2, "men"))
    )
    origin = replace(indicator("10 10", ". ."), parts=sexes)
    made = with_figures_of(indicator("5 5", ". ."), Origin("a", origin, 2568, "calendar"), 2568, "calendar")
    assert results(made) == {(2, 1): D(3)}
    user = indicator("5 5", ". .", number=2, figures_of="P1.1")
    scored = score(plan(project(origin, user)), PERCENT_OF_PLAN, 2).projects[0].indicators
    assert [i.actual_total.value for i in scored] == [3, 3]


def test_taking_over_twice_changes_nothing_more() -> None:
    whole = plan(project(indicator("10 10", "3 4"), indicator("1 1", ". .", number=2, figures_of="P1.1")))
    once = shared_plan(whole)
    assert once is not whole
    assert shared_plan(once) is once


def test_a_plan_without_shared_figures_is_the_very_same_object() -> None:
    whole = plan(project(indicator()))
    assert shared_plan(whole) is whole


@pytest.mark.parametrize("named", ["P9.9", "P1.2", "other:P1.1", ":"])
def test_what_is_not_there_or_is_the_indicator_itself_leaves_its_own_figures(named: str) -> None:
    user = indicator("1 1", "1 1", number=2, figures_of=named)
    whole = plan(project(indicator(), user))
    taken = shared_plan(whole).projects[0].indicators[1]
    assert results(taken) == results(user)


def test_no_chain_is_followed() -> None:
    first, second = indicator("1 1", "9 9"), indicator("1 1", "2 2", number=2, figures_of="P1.1")
    third = indicator("1 1", "3 3", number=3, figures_of="P1.2")
    assert results(shared_plan(plan(project(first, second, third))).projects[0].indicators[2]) == results(third)


def test_levels_are_reached_together_in_each_plans_own_months() -> None:
    reached = date(2025, 11, 20)
    origin = replace(
        indicator(), levels=(Level(1, "ก", reached_on=reached, reached_period=11, evidence="บันทึก"), Level(2))
    )
    user = replace(indicator(), entries=(), levels=(Level(1, "ข", due_period=3), Level(3)))
    made = with_figures_of(user, Origin("a", origin, 2568, "calendar"), 2569, "fiscal")
    assert [(v.number, v.text, v.reached_on, v.reached_period, v.evidence) for v in made.levels] == [
        (1, "ข", reached, 2, "บันทึก"), (3, "", None, None, "")
    ]  # fmt: skip


def test_the_cell_names_a_plan_or_none() -> None:
    assert origin_named("sso-2568:S2-38.1", "hr") == ("sso-2568", "S2-38.1")
    assert origin_named(" HR-19.1 ", "hr") == ("hr", "HR-19.1")


CALENDARS = st.sampled_from(["calendar", "april", "july", "fiscal"])


@given(st.integers(1, 12), CALENDARS, CALENDARS, st.integers(2566, 2570))
def test_a_month_is_the_same_month_in_every_calendar(period: int, there: str, here: str, year: int) -> None:
    """There and back again, wherever the month lies in the other plan's year."""
    found = period_here(period, (2568, there), (year, here))
    if found is not None:
        assert period_here(found, (year, here), (2568, there)) == period
    if there == here:
        assert found == (period if year == 2568 else None)


def test_a_figure_of_several_months_that_begins_before_the_year_is_left_out() -> None:
    quarter = Entry(1, planned=D(3), actual=D(9), span=1), Entry(3, actual=D(5), span=3), Entry(12, actual=D(7), span=3)
    origin = Origin("a", replace(indicator(), entries=quarter), 2568, "calendar")
    user = replace(indicator(), entries=())
    # October 2568 is the first month of the fiscal year 2569: of the year's figures only the last quarter lies in it.
    assert results(with_figures_of(user, origin, 2569, "fiscal")) == {(3, 3): D(7)}
    assert results(with_figures_of(user, origin, 2568, "fiscal")) == {(4, 1): D(9), (6, 3): D(5)}
