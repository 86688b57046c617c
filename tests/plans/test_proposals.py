"""Units propose works for their part of a draft by a day; the division takes them over or returns them (R29)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from samrit.package.rows import typed
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.proposals.cells import as_it_stands, faults_of
from samrit.plans.drafting.reading import read_draft
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Person, PlanDraft, ProposalState, ProposedWork, Role, Unit
from samrit.plans.records.audit import audit
from samrit.plans.services.draft.opening import draft_open
from samrit.plans.services.draft.proposing import (
    proposal_return,
    proposal_save,
    proposal_send,
    proposal_take,
    proposal_withdraw,
    proposals_call,
)
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import Clock, People, small_plan

pytestmark = pytest.mark.django_db

NEW = {
    "title": "อบรมพนักงาน",
    "strategy": "1",
    "kind": "งานประจำ",
    "first_period": "1",
    "last_period": "4",
    "steps": "วางแผน\nลงมือ",
    "budget": "1,200.50",
    "1.name": "จำนวนคน",
    "1.unit_of_measure": "คน",
    "1.weight": "100",
    "1.target": "1,000",
    "1.way": "equal",
}


@pytest.fixture
def draft(register: dict[str, Unit]) -> PlanDraft:
    made = draft_open(SYSTEM, files=typed(small_plan(indicators=2)))
    return proposals_call(SYSTEM, draft=made, until=timezone.localdate() + timedelta(days=7))


@pytest.fixture
def unit(register: dict[str, Unit]) -> Unit:
    return register["กฝ."]


@pytest.fixture
def reporter(person: People) -> Person:
    return person(Role.REPORTER, unit="กฝ.")


def sent(draft: PlanDraft, unit: Unit, by: Person, **cells: str) -> ProposedWork:
    saved = proposal_save(by, draft=draft, unit=unit, cells={**NEW, **cells}).work
    proposal_send(by, draft=draft, unit=unit)
    return ProposedWork.objects.get(pk=saved.pk)


def test_a_proposed_work_becomes_rows_that_can_be_scored(draft: PlanDraft, unit: Unit, reporter: Person) -> None:
    before = read_draft(draft).package
    proposal = sent(draft, unit, reporter)
    assert read_draft(draft).package == before, "the draft is the division's until it takes the proposal over"
    proposal_take(SYSTEM, proposal=proposal, seen=proposal.revision)
    found = read_draft(draft)
    work = next(p for p in found.package.plan.projects if p.title == "อบรมพนักงาน")
    assert (work.id, work.number, work.responsible_units, work.steps) == ("P2", 2, ("กฝ.",), ("วางแผน", "ลงมือ"))
    assert work.budget == Decimal("1200.50")
    (own,) = work.indicators
    assert [e.planned for e in own.entries] == [Decimal(250)] * 4
    assert own.targets[0].value == Decimal(1000)
    assert next(p for p in found.trial.projects if p.project.id == "P2").percent == Decimal(100)
    assert ProposedWork.objects.get().state == ProposalState.TAKEN
    assert audit().is_clean


def test_what_stands_in_the_draft_comes_back_as_the_form_that_made_it(
    draft: PlanDraft, unit: Unit, reporter: Person
) -> None:
    proposal_take(SYSTEM, proposal=sent(draft, unit, reporter))
    cells = as_it_stands(standing(draft), "P2")
    assert cells.pop("1.id") == "P2.1"
    told = {
        **NEW,
        "kind": "routine",
        "budget": "1200.50",
        "1.target": "1000",
        "1.aggregation": "sum",
        "1.direction": "higher",
    }
    assert cells == {name: text for name, text in told.items() if name != "1.way"}
    assert faults_of(standing(draft), cells) == ()


def test_a_change_takes_only_what_the_unit_changed_and_leaves_what_the_division_did(
    draft: PlanDraft, unit: Unit, reporter: Person
) -> None:
    cells = as_it_stands(standing(draft), "P1")
    mine = {**cells, "title": "ชื่อของหน่วย", "goal": "เป้าของหน่วย", "1.target": "240", "2.name": "ชื่อใหม่"}
    proposal_save(reporter, draft=draft, unit=unit, cells=mine, work="P1")
    proposal_send(reporter, draft=draft, unit=unit)
    draft_save(SYSTEM, draft=draft, file="projects", rows=[RowInput(1, {"title": "ชื่อของกอง", "remark": "หมายเหตุ"})])
    _, clashes = proposal_take(SYSTEM, proposal=ProposedWork.objects.get())
    assert clashes == ("title",)
    work = read_draft(draft).package.plan.projects[0]
    assert (work.title, work.goal, work.remark) == ("ชื่อของกอง", "เป้าของหน่วย", "หมายเหตุ")
    assert [i.name for i in work.indicators][1] == "ชื่อใหม่"
    assert work.indicators[0].targets[0].value == Decimal(240)
    assert [len(i.entries) for i in work.indicators] == [12, 12], "months stay as they are unless they are spread anew"


def test_two_people_of_a_unit_never_overwrite_each_other(draft: PlanDraft, unit: Unit, reporter: Person) -> None:
    own = proposal_save(reporter, draft=draft, unit=unit, cells=NEW).work
    first = proposal_save(reporter, draft=draft, unit=unit, proposal=own, cells={**NEW, "title": "ก"}, seen=1)
    second = proposal_save(
        reporter, draft=draft, unit=unit, proposal=own, cells={**NEW, "title": "ข", "goal": "เป้า"}, seen=1
    )
    assert (first.clashes, second.clashes) == ({}, {"title": ("ข", "ก")})
    stands = ProposedWork.objects.get().cells
    assert (stands["title"], stands["goal"]) == ("ก", "เป้า")
    emptied = {name: text for name, text in stands.items() if name != "steps"}
    proposal_save(
        reporter, draft=draft, unit=unit, proposal=own, cells=emptied, seen=ProposedWork.objects.get().revision
    )
    assert "steps" not in ProposedWork.objects.get().cells


def test_every_fault_of_every_work_is_told_before_anything_is_sent(
    draft: PlanDraft, unit: Unit, reporter: Person
) -> None:
    wrong = {"strategy": "9", "kind": "มั่ว", "first_period": "13", "1.weight": "มาก", "1.target": "เยอะ", "budget": "ฟรี"}
    own = proposal_save(reporter, draft=draft, unit=unit, cells=wrong).work
    found = {(fault.cell, fault.code) for fault in faults_of(standing(draft), own.cells)}
    assert found == {
        ("title", "proposal_cell_missing"),
        ("strategy", "proposal_unknown"),
        ("1.name", "proposal_cell_missing"),
        *((name, "proposal_cell_wrong") for name in ("kind", "first_period", "1.weight", "1.target", "budget")),
    }
    proposal_save(reporter, draft=draft, unit=unit, cells={"title": "อีกงาน"})
    with pytest.raises(ServiceError) as refused:
        proposal_send(reporter, draft=draft, unit=unit)
    assert [e.code for e in refused.value.all] == ["proposal_faulty"] * 2
    assert set(ProposedWork.objects.values_list("state", flat=True)) == {ProposalState.OPEN}


def test_what_is_returned_has_a_word_on_its_cells_and_is_sent_again(
    draft: PlanDraft, unit: Unit, reporter: Person
) -> None:
    proposal = sent(draft, unit, reporter)
    with pytest.raises(ServiceError, match="reason_missing"):
        proposal_return(SYSTEM, proposal=proposal, remarks={"title": " "})
    for long in ({"remarks": {"title": "ย" * 4_001}}, {"remarks": {"title": "ย"}, "reason": "ย" * 20_001}):
        with pytest.raises(ServiceError, match="text_too_long"):
            proposal_return(SYSTEM, proposal=proposal, **long)
    proposal_return(SYSTEM, proposal=proposal, remarks={"1.target": "ขอให้เพิ่ม", "nowhere": "x"})
    stands = ProposedWork.objects.get()
    assert (stands.state, stands.remarks) == (ProposalState.RETURNED, {"1.target": "ขอให้เพิ่ม"})
    proposal_save(
        reporter, draft=draft, unit=unit, proposal=stands, cells={**NEW, "1.target": "1200"}, seen=stands.revision
    )
    assert proposal_send(reporter, draft=draft, unit=unit) == 1
    with pytest.raises(ServiceError, match="proposal_changed_since"):
        proposal_take(SYSTEM, proposal=proposal, seen=proposal.revision)
    proposal_take(SYSTEM, proposal=proposal, seen=ProposedWork.objects.get().revision)
    with pytest.raises(ServiceError, match="proposal_decided"):
        proposal_take(SYSTEM, proposal=proposal)


def test_nobody_proposes_late_for_others_or_what_is_not_theirs(
    draft: PlanDraft, unit: Unit, reporter: Person, person: People, clock: Clock, register: dict[str, Unit]
) -> None:
    other = person(Role.REPORTER, unit="กบง.")
    for act in (
        lambda: proposal_save(other, draft=draft, unit=unit, cells=NEW),
        lambda: proposal_send(other, draft=draft, unit=unit),
        lambda: proposal_save(person(Role.PLANNER), draft=draft, unit=unit, cells=NEW),
    ):
        with pytest.raises(NotVisible):
            act()
    with pytest.raises(ServiceError, match="proposal_not_of_unit"):
        proposal_save(other, draft=draft, unit=register["กบง."], cells=NEW, work="P1")
    own = proposal_save(reporter, draft=draft, unit=unit, cells=NEW).work
    with pytest.raises(NotVisible):
        proposal_save(other, draft=draft, unit=register["กบง."], cells=NEW, proposal=own)
    with pytest.raises(ServiceError, match="proposal_day_past"):
        proposals_call(SYSTEM, draft=draft, until=timezone.localdate() - timedelta(days=1))
    PlanDraft.objects.update(proposals_until=timezone.localdate() - timedelta(days=1))
    for late in (
        lambda: proposal_save(reporter, draft=draft, unit=unit, cells=NEW),
        lambda: proposal_send(reporter, draft=draft, unit=unit),
        lambda: proposal_withdraw(reporter, proposal=own),
    ):
        with pytest.raises(ServiceError, match="proposal_not_now"):
            late()


def test_one_proposal_at_a_time_about_a_work(draft: PlanDraft, unit: Unit, reporter: Person) -> None:
    cells = as_it_stands(standing(draft), "P1")
    first = proposal_save(reporter, draft=draft, unit=unit, cells=cells, work="P1").work
    with pytest.raises(ServiceError, match="proposal_twice"):
        proposal_save(reporter, draft=draft, unit=unit, cells=cells, work="P1")
    proposal_withdraw(reporter, proposal=first)
    proposal_save(reporter, draft=draft, unit=unit, cells=cells, work="P1")
    with pytest.raises(ServiceError, match="text_too_long"):
        proposal_save(reporter, draft=draft, unit=unit, cells={**NEW, "goal": "ก" * 5000})


def test_a_proposal_is_about_the_indicators_of_its_own_work_whatever_is_sent(
    draft: PlanDraft, unit: Unit, reporter: Person
) -> None:
    before = read_draft(draft).package.plan.projects[0]
    proposal_take(SYSTEM, proposal=sent(draft, unit, reporter, **{"1.id": "P1.1", "1.target": "12"}))
    first, second = read_draft(draft).package.plan.projects
    assert first == before, "another work's indicator, and the plan of its months"
    assert [i.id for i in second.indicators] == ["P2.1"]
    own = proposal_save(reporter, draft=draft, unit=unit, work="P1", cells={"title": "ก", "2.id": "P2.1"}).work
    assert (own.cells["1.id"], own.cells["2.id"]) == ("P1.1", "P1.2")


def test_new_indicators_bear_names_that_nothing_bears_by_then(draft: PlanDraft, unit: Unit, reporter: Person) -> None:
    cells = as_it_stands(standing(draft), "P1")
    more = {"3.name": "ก", "3.target": "1", "4.name": "ข", "4.target": "2"}
    proposal_save(reporter, draft=draft, unit=unit, cells={**cells, **more}, work="P1")
    proposal_send(reporter, draft=draft, unit=unit)
    division = {"project": "P1", "name": "ของกอง", "unit_of_measure": "คน"}
    rows = [
        RowInput(None, {**division, "id": "P1.3", "number": "3"}),
        RowInput(None, {**division, "id": "P1-x", "number": "4"}),
    ]
    draft_save(SYSTEM, draft=draft, file="indicators", rows=rows)
    proposal_take(SYSTEM, proposal=ProposedWork.objects.get())
    found = [(r.cells["id"], r.cells["number"], r.cells["name"]) for r in standing(draft)["indicators"].values()]
    assert found[-2:] == [("P1.5", "5", "ก"), ("P1.6", "6", "ข")]
    assert len({number for _, number, _ in found}) == len({name for name, _, _ in found}) == 6


def test_a_target_stands_to_its_indicator_as_more_or_less_is_good(
    draft: PlanDraft, unit: Unit, reporter: Person
) -> None:
    proposal_take(SYSTEM, proposal=sent(draft, unit, reporter, **{"1.direction": "lower"}))
    found = read_draft(draft)
    assert "comparator_against_direction" not in {finding.code for finding in found.findings}
    assert found.package.plan.projects[1].indicators[0].targets[0].comparator == "le"


@pytest.mark.parametrize("by_then", ["unit", "target"])
def test_months_that_the_division_planned_otherwise_are_left_alone(
    draft: PlanDraft, unit: Unit, reporter: Person, by_then: str
) -> None:
    cells = as_it_stands(standing(draft), "P1")
    proposal_save(reporter, draft=draft, unit=unit, cells={**cells, "1.target": "240", "1.way": "equal"}, work="P1")
    proposal_send(reporter, draft=draft, unit=unit)
    rows = standing(draft)
    at = next(r.number for r in rows["monthly" if by_then == "unit" else "targets"].values())
    file, change = ("monthly", {"unit": "กฝ."}) if by_then == "unit" else ("targets", {"value": "360"})
    draft_save(SYSTEM, draft=draft, file=file, rows=[RowInput(at, change, rows[file][at].revision)])
    stood = standing(draft)["monthly"]
    _, clashes = proposal_take(SYSTEM, proposal=ProposedWork.objects.get())
    assert clashes == (("1.way",) if by_then == "unit" else ("1.target", "1.way"))
    assert standing(draft)["monthly"] == stood
