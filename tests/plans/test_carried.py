"""Money kept for the next year: asked for by the rules, granted by another hand, and taken over into its plan."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.model import BudgetLine, CarryOverKind, Site
from samrit.engine.year import told
from samrit.package import PlanPackage
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.overview import stopping
from samrit.plans.drafting.reading import read_draft
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import Plan
from samrit.plans.selectors.control.watch import watch_page
from samrit.plans.services.draft.carried import draft_carry
from samrit.plans.services.draft.opening import draft_copy, draft_empty
from samrit.plans.services.draft.rows import RowInput, save_rows
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.plan.year_records import YearRecordRefused, year_record_add, year_record_revise
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.plans.test_breakdowns import broken_down

ASKED = {
    "happened_on": "1/12/2569",
    "amount": "400,000",
    "sort": "uncommitted",
    "state": "requested",
    "words": "ลงนามไม่ทันปี",
    "requested_on": "1/12/2569",
    "expires_on": "30/6/2570",
}
GRANTED = {**ASKED, "state": "approved", "approved_on": "20/12/2569", "approved_by": "เลขาธิการ"}
KIND = {"kind": "carry_overs", "project": "P1"}


def built(**rules: object) -> PlanPackage:
    """Return a plan of one work of a million baht at two sites, one of them done."""
    package = small_plan(reported=((1, 1),))
    sites = (
        Site("1", "อาคารหนึ่ง", commitment_due_period=3, committed_period=3, done_period=9, outcome="done"),
        Site("2", "อาคารสอง", commitment_due_period=6, committed_period=11),
    )
    work = replace(package.plan.projects[0], sites=sites, budgets=(BudgetLine(Decimal(1_000_000)),))
    plan = replace(package.plan, projects=(work,))
    return replace(package, plan=plan, rulesets=(replace(package.rulesets[0], **rules),))


@pytest.fixture
def plan(register, clock) -> Plan:
    clock.set("2026-12-28")
    return plan_import(SYSTEM, package=built(), owner=register["กนผ."])


def test_who_asked_does_not_grant_and_what_is_granted_is_what_was_asked(plan, person) -> None:
    asking, granting = person("planner"), person("planner", plan=plan)
    with pytest.raises(ServiceError, match="year_not_asked"):
        year_record_add(asking, plan=plan, **KIND, given=GRANTED)
    year_record_add(asking, plan=plan, **KIND, given=ASKED)
    over = {"plan": plan, **KIND, "record": "1", "seen": 1}
    with pytest.raises(ServiceError, match="year_own_hand"):
        year_record_revise(asking, **over, given=GRANTED)
    with pytest.raises(ServiceError, match="year_asked_other"):
        year_record_revise(granting, **over, given={**GRANTED, "amount": "500,000"})
    year_record_revise(granting, **over, given=GRANTED)
    with pytest.raises(ServiceError, match="year_asked_other"):
        year_record_revise(granting, **{**over, "seen": 2}, given={**GRANTED, "amount": "500,000"})
    assert [r.value("state").value for r in told(evaluate(plan, 12).plan.projects[0].records)] == ["approved"]


def test_the_offices_rules_are_settings_and_every_fault_is_told_at_once(register, clock, person) -> None:
    clock.set("2026-12-28")
    rules = {"carry_over_sort": CarryOverKind.COMMITTED, "carry_over_months": 6}
    strict = plan_import(SYSTEM, package=built(**rules), owner=register["กนผ."])
    given = {**ASKED, "amount": "2,000,000", "requested_on": "", "expires_on": "1/7/2570"}
    with pytest.raises(YearRecordRefused) as refused:
        year_record_add(person("planner"), plan=strict, **KIND, given=given)
    faults = {(fault.place.column, fault.code) for fault in refused.value.faults}
    assert faults == {
        ("amount", "carry_over_budget"),
        ("sort", "carry_over_sort"),
        ("requested_on", "carry_over_day"),
        ("expires_on", "carry_over_expiry"),
    }
    within = {**ASKED, "sort": "committed", "expires_on": "30/6/2570"}
    assert year_record_add(person("planner"), plan=strict, **KIND, given=within).revision == 1


def test_a_work_below_its_plan_with_unspent_money_is_offered_for_a_request(plan, person, clock) -> None:
    clock.set("2026-03-20")
    (row,) = watch_page(plan, language="th", today=clock.now.date()).rows
    assert row.keep is None  # too early
    clock.set("2026-08-20")
    (row,) = watch_page(plan, language="th", today=clock.now.date()).rows
    assert row.keep == 1_000_000
    year_record_add(
        person("planner"),
        plan=plan,
        **KIND,
        given={**ASKED, "state": "prepared", "happened_on": "1/8/2569", "requested_on": ""},
    )
    (row,) = watch_page(plan, language="th", today=clock.now.date()).rows
    assert row.keep is None


def test_a_work_is_taken_over_with_what_goes_on_and_linked_from_both_sides(plan, person) -> None:
    """S2-82 of the example is such a work; here one of two sites goes on, bound before the year (R132)."""
    year_record_add(SYSTEM, plan=plan, **KIND, given=GRANTED)
    draft = draft_empty(SYSTEM, code="next-2570", title="แผน", year_be=2570, rules="sso-2568")
    planner = person("planner")
    assert draft_carry(planner, draft=draft, source=plan, works=["P1"]) == 1
    (request,) = told(evaluate(plan, 12).plan.projects[0].records)
    assert (request.value("next_work"), request.value("state").value) == ("next-2570 P1", "approved")
    rows = standing(draft)
    (work,) = rows["projects"].values()
    assert (work.cells["identity"], work.cells["remark"]) == ("P1", "ลงนามไม่ทันปี")
    (money,) = rows["budgets"].values()
    assert (money.cells["amount"], "2569" in money.cells["funding_source"]) == ("400000", True)
    (site,) = rows["sites"].values()
    assert (site.cells["title"], site.cells["committed_period"]) == ("อาคารสอง", "1")
    assert not any(row for row in rows["monthly"].values())
    assert draft_carry(planner, draft=draft, source=plan, works=["P1"]) == 0, "its money stands there already"
    assert len(standing(draft)["budgets"]) == 1


def test_a_draft_that_has_the_work_gets_only_its_money(plan) -> None:
    year_record_add(SYSTEM, plan=plan, **KIND, given=GRANTED)
    draft = draft_copy(SYSTEM, plan=plan, code="next-2570", year_be=2570)
    draft_carry(SYSTEM, draft=draft, source=plan, works=["P1"])
    reading = read_draft(draft)
    (work,) = reading.package.plan.projects
    assert [line.amount for line in work.budgets] == [1_000_000, 400_000]
    assert work.budget == 1_400_000
    assert stopping(reading, "P1", "th") == (), "the sites have no money of their own"


def test_money_kept_for_a_work_whose_sites_have_their_own_says_what_stops_the_draft(plan, register) -> None:
    """R125, R132: the sites add up to the million of the new year; the page names the work and the difference."""
    (work,) = built().plan.projects
    sites = tuple(replace(site, budget=Decimal(500_000)) for site in work.sites)
    made = replace(built().plan, id="sites-2569", projects=(replace(work, sites=sites),))
    source = plan_import(SYSTEM, package=replace(built(), plan=made), owner=register["กนผ."])
    year_record_add(SYSTEM, plan=source, **KIND, given=GRANTED)
    draft = draft_copy(SYSTEM, plan=source, code="next-2570", year_be=2570)
    assert stopping(read_draft(draft), "P1", "th") == ()
    draft_carry(SYSTEM, draft=draft, source=source, works=["P1"])
    (stop,) = stopping(read_draft(draft), "P1", "th")
    assert "1,000,000" in stop.text
    assert "1,400,000" in stop.text
    assert (stop.is_error, stop.file) == (True, "projects")


def test_a_work_whose_name_is_taken_keeps_its_breakdown_under_its_new_one(plan, register) -> None:
    """The draft has another work of that name: indicator and categories are named anew together (BD1)."""
    package = broken_down("หญิง", "ชาย")
    (work,) = package.plan.projects
    own = replace(package.plan, id="sexes-2569", projects=(replace(work, budgets=(BudgetLine(Decimal(1_000_000)),)),))
    source = plan_import(SYSTEM, package=replace(package, plan=own), owner=register["กนผ."])
    year_record_add(SYSTEM, plan=source, **KIND, given=GRANTED)
    draft = draft_copy(SYSTEM, plan=plan, code="next-2570", year_be=2570)
    (row,) = standing(draft)["projects"].values()
    save_rows(SYSTEM, draft, {"projects": [RowInput(row.number, {**row.cells, "identity": "another"})]})
    assert draft_carry(SYSTEM, draft=draft, source=source, works=["P1"]) == 1
    carried = read_draft(draft).package.plan.project("P1-2")
    assert [(m.id, m.part_of) for m in carried.measures] == [
        ("P1-2.1", ""),
        ("P1-2.1.1", "P1-2.1"),
        ("P1-2.1.2", "P1-2.1"),
    ]


def test_a_work_of_a_group_brings_what_it_shared(plan, register) -> None:
    """R43: the draft has no work P0 to share with, so goal and steps of P1 stand in its own rows."""
    (work,) = built().plan.projects
    head = replace(work, id="P0", identity="", indicators=(), sites=(), goal="ลดเวลา", steps=("หนึ่ง", "สอง"))
    shared = replace(built().plan, id="group-2569", projects=(head, replace(work, number=2, shares_with="P0")))
    source = plan_import(SYSTEM, package=replace(built(), plan=shared), owner=register["กนผ."])
    year_record_add(SYSTEM, plan=source, **KIND, given=GRANTED)
    draft = draft_empty(SYSTEM, code="next-2570", title="แผน", year_be=2570)
    assert draft_carry(SYSTEM, draft=draft, source=source, works=["P1"]) == 1
    rows = standing(draft)
    (own,) = rows["projects"].values()
    assert (own.cells["goal"], own.cells.get("shares_with", "")) == ("ลดเวลา", "")
    assert [step.cells["text"] for step in rows["steps"].values()] == ["หนึ่ง", "สอง"]


def test_only_approved_money_of_the_year_before_is_taken_over(plan) -> None:
    year_record_add(SYSTEM, plan=plan, **KIND, given=ASKED)
    draft = draft_empty(SYSTEM, code="next-2570", title="แผน", year_be=2570)
    with pytest.raises(ServiceError, match="carried_unknown"):
        draft_carry(SYSTEM, draft=draft, source=plan, works=["P1"])
    later = draft_empty(SYSTEM, code="later-2571", title="แผน", year_be=2571)
    with pytest.raises(ServiceError, match="carried_other_year"):
        draft_carry(SYSTEM, draft=later, source=plan, works=["P1"])
