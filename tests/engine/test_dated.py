"""AC5, AC11: a level that has only its day counts in the month of that day, in any plan's year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.explain import explain
from samrit.engine.forecast import forecast
from samrit.engine.indicators.dated import last_reported
from samrit.engine.model import Entry, Formula, Indicator, Level, Plan, Project, Site
from samrit.engine.results import State
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score


def plan_of(formula: Formula, *levels: Level, calendar: str = "fiscal", sites: tuple[Site, ...] = ()) -> Plan:
    indicator = Indicator("P.1", 1, "ตัวชี้วัด", formula=formula, levels=levels)
    project = Project("P", 1, "งาน", "1", indicators=(indicator,), sites=sites)
    return Plan("p", "แผน", 2568, calendar=calendar, projects=(project,))


@pytest.mark.parametrize(
    ("calendar", "day", "as_of", "percent"),
    [
        ("fiscal", date(2024, 11, 3), 2, "100"),  # November is the second month of the fiscal year 2568
        ("fiscal", date(2024, 12, 3), 2, "0"),
        ("fiscal", date(2024, 9, 30), 2, "100"),  # before the year: from its first month
        ("fiscal", date(2025, 10, 1), 12, "0"),  # after it: not in this year
        ("calendar", date(2025, 2, 3), 2, "100"),
    ],
)
def test_a_milestone_with_only_its_day_counts(calendar: str, day: date, as_of: int, percent: str) -> None:
    plan = plan_of(Formula.LEVELS, Level(1, due_period=2, reached_on=day), calendar=calendar)
    assert score(plan, PERCENT_OF_PLAN, as_of).projects[0].indicators[0].percent == Decimal(percent)


@pytest.mark.parametrize(
    ("due", "reached", "percent"),
    [(date(2025, 2, 15), date(2025, 2, 20), "90"), (date(2025, 2, 15), date(2025, 6, 1), "60"),
     (date(2025, 2, 15), date(2025, 2, 15), "100")],
)  # fmt: skip
def test_a_deadline_by_its_days_alone(due: date, reached: date, percent: str) -> None:
    plan = plan_of(Formula.DEADLINE, Level(1, due_on=due, reached_on=reached))
    assert score(plan, PERCENT_OF_PLAN, 12).projects[0].percent == Decimal(percent)
    assert forecast(plan, PERCENT_OF_PLAN, 12).projects[0].percent == Decimal(percent)


def test_the_last_month_with_a_result_knows_levels_and_sites() -> None:
    """A plan with milestones only was evaluated up to month 0."""
    assert last_reported(plan_of(Formula.LEVELS, Level(1, due_period=2, reached_period=5))) == 5
    assert last_reported(plan_of(Formula.LEVELS, Level(1, due_period=2, reached_on=date(2024, 12, 1)))) == 3
    assert last_reported(plan_of(Formula.SITES, sites=(Site("a", "ที่", committed_period=7),))) == 7
    figures = Indicator("P.1", 1, "", entries=(Entry(3, actual=Decimal(0)),))
    assert last_reported(Plan("p", "", 2568, projects=(Project("P", 1, "", "1", indicators=(figures,)),))) == 3


@pytest.mark.parametrize("formula", [Formula.LEVELS, Formula.DEADLINE])
def test_what_is_due_after_the_year_is_not_red_at_its_end(formula: Formula) -> None:
    """AC11, BA4: listed without a percent, not as a work that reported nothing."""
    plan = plan_of(formula, Level(1, due_on=date(2026, 3, 1)), calendar="calendar")
    for as_of in (6, 12):
        (made,) = score(plan, PERCENT_OF_PLAN, as_of).projects
        assert (made.band, made.percent, made.state) == (None, None, State.NOT_DUE)


def test_a_deadline_before_the_year_is_explained_by_its_own_month() -> None:
    plan = plan_of(Formula.DEADLINE, Level(1, due_on=date(2024, 11, 15), reached_period=2), calendar="calendar")
    said = [step.sentence("en") for step in explain(score(plan, PERCENT_OF_PLAN, 6), "P.1").walk()]
    assert any(line.startswith("due by Nov B.E. 2567") for line in said), said


def test_milestones_are_explained_by_their_steps() -> None:
    """Where levels count, "nothing planned" never stands beside "level 1 of 2"."""
    plan = plan_of(Formula.LEVELS, Level(1, due_period=2, reached_period=2), Level(2, due_period=3))
    said = [step.sentence("en") for step in explain(score(plan, PERCENT_OF_PLAN, 6), "P.1").walk()]
    assert any("level due up to" in line and line.endswith(": 2") for line in said)
    assert any("level reached up to" in line and line.endswith(": 1") for line in said)
    assert not any("nothing" in line for line in said)
