"""A plan of several years over its annual plans: cited, targets taken, results over the years (R13–R16, R99)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.model import Target
from samrit.package import PlanPackage
from samrit.package.rows import typed
from samrit.plans.drafting.reading import read_draft
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Plan, PlanDraft
from samrit.plans.selectors.above.years import has_years, years
from samrit.plans.selectors.results.look import look
from samrit.plans.services.draft.horizon import draft_take_targets, draft_under
from samrit.plans.services.draft.opening import draft_amend, draft_open
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.plans.services.plan.plans import plan_amend, plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import Clock, People, small_plan

D = Decimal


def five_years(*targets: int) -> PlanPackage:
    """Return a plan of 2568 to 2570 whose indicator has these targets, year by year, and no months."""
    package = small_plan(code="five", year_be=2568)
    one = package.plan.projects[0]
    aims = tuple(Target(2568 + at, D(t)) for at, t in enumerate(targets))
    made = tuple(replace(i, entries=(), targets=aims, years_add_up=True) for i in one.indicators)
    plan = replace(package.plan, until_year_be=2570, title="แผนสามปี", projects=(replace(one, indicators=made),))
    return replace(package, plan=plan)


def annual(year_be: int, *reported: tuple[int, int], under: str = "five", version: int | None = None) -> PlanPackage:
    package = small_plan(code=f"year-{year_be}", year_be=year_be, reported=reported)
    return replace(package, plan=replace(package.plan, under_plan=under, under_version=version))


@pytest.fixture
def longer(register, clock: Clock) -> Plan:
    return plan_import(SYSTEM, package=five_years(10, 12, 12), owner=register["กนผ."])


@pytest.fixture
def draft(longer: Plan) -> PlanDraft:
    return draft_open(SYSTEM, files=typed(small_plan(code="year-2569", year_be=2569)))


def shown(plan: Plan, person=None, today: date = date(2027, 3, 1)):
    return years(look(plan, month=12, today=today), person, today=today)


def found(draft: PlanDraft) -> set[str]:
    return {f.code for f in read_draft(draft).findings}


def test_results_of_the_years_stand_beside_the_targets_of_the_longer_plan(
    longer: Plan, register, person: People
) -> None:
    for package in (annual(2568, (1, 4), (2, 6)), annual(2569, (1, 11))):
        plan_import(SYSTEM, package=package, owner=register["กนผ."])
    page = shown(longer, person("planner"))
    assert [(p.year_be, p.code) for p in page.plans] == [(2568, "year-2568"), (2569, "year-2569"), (2570, "")]
    (line,) = page.lines
    assert [(c.target, c.result, c.met) for c in line.cells] == [
        ("10 ครั้ง", "10 ครั้ง", True), ("12 ครั้ง", "11 ครั้ง", False), ("12 ครั้ง", "", None)
    ]  # fmt: skip
    assert (line.to_date, line.target_sum, line.share) == ("21", "34", "61.76")
    assert page.chart is not None
    assert page.chart.series[1].values == (10, 11, None)
    from_below = shown(Plan.objects.get(code="year-2569"), person("planner"))
    assert (from_below.lines, from_below.longer_code) == (page.lines, "five")


def test_a_year_that_the_reader_may_not_see_is_not_told(longer: Plan, register, person: People) -> None:
    plan_import(SYSTEM, package=annual(2568, (1, 10)), owner=register["กนผ."])
    page = shown(longer, person("planner", plan=longer))
    assert [p.code for p in page.plans] == ["", "", ""]
    assert page.lines[0].cells[0].result == ""


def test_a_year_under_a_plan_that_the_reader_may_not_see_has_no_such_page(
    longer: Plan, register, person: People
) -> None:
    own = plan_import(SYSTEM, package=annual(2569, (1, 11)), owner=register["กนผ."])
    reader, seen = person("planner", plan=own), look(own, month=12, today=date(2027, 3, 1))
    assert not has_years(seen, reader)
    with pytest.raises(NotVisible):
        shown(own, reader)
    assert has_years(seen, person("planner"))


def test_the_month_of_a_year_that_is_not_over_is_told_beside_its_result(longer: Plan, register, person: People) -> None:
    own = plan_import(SYSTEM, package=annual(2569, (1, 3)), owner=register["กนผ."])
    page = years(look(own, month=3, today=date(2026, 4, 20)), person("planner"), today=date(2026, 4, 20))
    cell = page.lines[0].cells[1]
    assert (cell.result, cell.met, cell.up_to) == ("3 ครั้ง", None, "มี.ค. 2569")


def test_a_draft_may_be_put_under_a_plan_that_everybody_may_see(longer: Plan, person: People) -> None:
    own = plan_import(SYSTEM, package=annual(2568, under=""), owner=longer.owner)
    mine = draft_amend(SYSTEM, plan=own, effective_period=1)
    planner = person("planner", plan=own)
    with pytest.raises(ServiceError, match="draft_longer_unknown"):
        draft_under(planner, draft=mine, plan="five")
    longer.is_public = True
    longer.save()
    assert draft_under(planner, draft=mine, plan="five").saved == 1


def test_a_plan_of_one_year_under_none_has_no_such_page(longer: Plan, register) -> None:
    alone = plan_import(SYSTEM, package=annual(2569, under=""), owner=register["กนผ."])
    assert not has_years(look(alone, month=12, today=date(2027, 3, 1)), None)
    with pytest.raises(NotVisible):
        shown(alone)
    lost = plan_import(SYSTEM, package=replace_code(annual(2570, under="nowhere"), "lost"), owner=register["กนผ."])
    with pytest.raises(NotVisible):
        shown(lost)


def replace_code(package: PlanPackage, code: str) -> PlanPackage:
    return replace(package, plan=replace(package.plan, id=code))


def test_an_annual_plan_goes_on_citing_the_version_it_was_made_under(longer: Plan, register, person: People) -> None:
    cited = plan_import(SYSTEM, package=annual(2569, (1, 11), version=1), owner=register["กนผ."])
    latest = plan_import(SYSTEM, package=replace_code(annual(2569, (1, 11)), "latest"), owner=register["กนผ."])
    plan_amend(SYSTEM, plan=longer, package=five_years(10, 9, 12), effective_period=1, reason="ทบทวน")
    assert shown(cited, person("planner")).lines[0].cells[1].target == "12 ครั้ง"
    assert shown(latest, person("planner")).lines[0].cells[1].target == "9 ครั้ง"


class TestDrafts:
    def test_a_draft_says_where_it_parts_until_it_takes_the_years_target(self, draft: PlanDraft) -> None:
        assert "year_target_differs" not in found(draft)
        draft_under(SYSTEM, draft=draft, plan="five")
        assert "year_target_differs" in found(draft)
        assert draft_take_targets(SYSTEM, draft=draft).saved == 1
        assert "year_target_differs" not in found(draft)
        taken = read_draft(draft).package.plan.projects[0].indicators[0].target_of(2569)
        assert (taken.value, taken.unit_of_measure) == (12, "ครั้ง")
        assert draft_take_targets(SYSTEM, draft=draft).saved == 0

    def test_an_indicator_without_a_target_gets_one_and_another_identity_is_followed(self, draft: PlanDraft) -> None:
        draft_under(SYSTEM, draft=draft, plan="five", version=1)
        draft_save(SYSTEM, draft=draft, file="targets", rows=[RowInput(1, {}, is_removed=True)])
        draft_save(SYSTEM, draft=draft, file="indicators", rows=[RowInput(1, {"id": "N.1", "identity": "P1.1"})])
        assert draft_take_targets(SYSTEM, draft=draft).saved == 1
        assert read_draft(draft).package.plan.projects[0].indicators[0].target_of(2569).value == 12

    def test_what_is_not_there_is_refused_in_words(self, draft: PlanDraft, person: People) -> None:
        for fields in ({"plan": "nowhere"}, {"plan": "five", "version": 7}):
            with pytest.raises(ServiceError, match="draft_longer_unknown"):
                draft_under(SYSTEM, draft=draft, **fields)
        with pytest.raises(ServiceError, match="draft_longer_unknown"):
            draft_take_targets(SYSTEM, draft=draft)
        draft_save(SYSTEM, draft=draft, file="indicators", rows=[RowInput(1, {"id": "N.1"})])
        draft_under(SYSTEM, draft=draft, plan="five")
        with pytest.raises(ServiceError, match="draft_no_targets"):
            draft_take_targets(SYSTEM, draft=draft)
        draft_under(SYSTEM, draft=draft, plan="")
        assert read_draft(draft).package.plan.under_plan == ""
