"""Comparing quarters and plans, and the heat map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from samrit.plans.models import Plan
from samrit.plans.selectors.results.compare import Comparison, Evaluated, comparison, evaluated
from samrit.plans.selectors.results.heat import heat
from samrit.plans.selectors.results.look import Look, look
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan


def seen(plan: Plan, month: int = 12) -> Look:
    return look(plan, month=month, today=date(2026, 1, 1))


def compared(plan: Plan, before: int, after: int) -> Comparison:
    return comparison(evaluated(plan, before), evaluated(plan, after), seen=seen(plan))


def test_the_change_of_every_band_is_the_difference_of_its_counts(sso: Plan) -> None:
    page = compared(sso, 9, 12)
    assert (page.before_total, page.after_total) == (163, 235)
    assert next((b.before, b.after, b.change) for b in page.bands) == (124, 199, 75)
    assert sum(b.change for b in page.bands) == page.after_total - page.before_total
    assert page.matched == 163  # what was first counted in between can't be compared


def test_a_period_against_itself_has_not_changed(sso: Plan) -> None:
    page = compared(sso, 9, 9)
    assert page.moved == ()
    assert page.matched == 163


def test_movements_turn_round_when_the_sides_do(sso: Plan) -> None:
    forth, back = dict(compared(sso, 9, 12).moved), dict(compared(sso, 12, 9).moved)
    assert {m.id for m in forth["up"]} == {m.id for m in back["down"]}
    assert {m.id for m in forth["new"]} == {m.id for m in back["gone"]}


def test_plans_of_two_years_are_matched_by_title_not_by_number(sso: Plan, hr: Plan) -> None:
    this_year = evaluated(sso, 12)
    projects = this_year.result.projects
    renumbered = tuple(r._replace(project=replace(r.project, id=f"X-{at}")) for at, r in enumerate(projects))
    next_year = Evaluated(hr, replace(this_year.result, projects=renumbered), None)
    page = comparison(this_year, next_year, seen=seen(sso))
    assert page.across
    assert page.matched == 235
    assert page.moved == ()


def test_a_work_without_its_like_in_the_other_plan_is_new_or_gone(sso: Plan) -> None:
    other = plan_import(SYSTEM, package=small_plan())
    page = comparison(evaluated(sso, 12), evaluated(other, 12), seen=seen(other))
    directions = {direction: len(moved) for direction, moved in page.moved}
    assert page.matched == 0
    assert directions == {"new": 1, "gone": 235}


def test_heat_counts_every_work_once_and_never_more_than_all(sso: Plan) -> None:
    page = heat(seen(sso), "good")
    assert sum(row.works for row in page.rows) == 235
    assert sum(row.cells[11].whole for row in page.rows) == 235
    assert sum(row.cells[11].part for row in page.rows) == 199
    assert all(0 <= c.part <= c.whole for row in page.rows for c in row.cells)


def test_heat_of_reports_leaves_what_was_not_planned_empty(sso: Plan) -> None:
    page = heat(seen(sso, 6), "reported")
    assert len(page.months) == 6
    assert all((c.shade is None) == (c.whole == 0) for row in page.rows for c in row.cells)


def test_an_unknown_measure_is_the_first(sso: Plan) -> None:
    assert heat(seen(sso), "x").measure == "good"


def test_heat_says_who_has_the_whole_and_who_has_least(sso: Plan) -> None:
    page = heat(seen(sso, 9), "good")
    assert page.full == sum(row.cells[-1].part == row.cells[-1].whole for row in page.counted)
    assert 0 < page.full < len(page.counted)
    assert page.lowest is not None
    share = page.lowest.cells[-1].share
    assert share == min(row.cells[-1].share for row in page.counted)
