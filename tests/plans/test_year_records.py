"""The year's records: added, corrected and withdrawn as rows, told as of any moment, with all that a kept table has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from samrit.engine.model import ProjectStatus
from samrit.engine.year import told
from samrit.package import PlanPackage
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.evaluation.documents import pack, unpack
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import HistoryEntry, Plan, YearRecord
from samrit.plans.records.audit import audit
from samrit.plans.selectors.control.closing import closing_of
from samrit.plans.services.plan.plans import plan_amend, plan_export, plan_import
from samrit.plans.services.plan.year_records import (
    YearRecordRefused,
    year_record_add,
    year_record_revise,
    year_record_withdraw,
)
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan

RUNNING = {"happened_on": "2 มี.ค. 2569", "state": "running", "words": "ลงนามแล้ว"}
ACTION = {"happened_on": "1/4/2569", "words": "เร่งส่งมอบ", "owner": "กฝ.", "due_on": "30/6/2569", "state": "open"}


@pytest.fixture
def plan(register, clock) -> Plan:
    return plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])


def added(actor, plan: Plan, kind: str = "work_states", **given: str) -> YearRecord:
    base = RUNNING if kind == "work_states" else ACTION if kind == "actions" else {}
    return year_record_add(actor, plan=plan, kind=kind, project="P1", given={**base, **given})


def work(plan: Plan):
    return evaluate(plan, 3).plan.projects[0]


def test_a_state_is_a_dated_row_with_its_entry_and_lies_over_the_plan(plan, person) -> None:
    reporter = person("reporter", unit="กฝ.")
    row = added(reporter, plan)
    entry = HistoryEntry.objects.order_by("sequence").last()
    assert (entry.action, entry.record, entry.period) == ("year.record", "P1", 3)
    assert entry.new["cells"] == {"state": "running", "words": "ลงนามแล้ว"}
    assert (row.sequence, row.happened_on, row.revision) == (entry.sequence, date(2026, 3, 2), 1)
    assert work(plan).status is ProjectStatus.RUNNING
    (told_now,) = told(work(plan).records)
    assert (told_now.value("words"), told_now.entered_by) == ("ลงนามแล้ว", str(reporter))
    assert audit().faults == ()


def test_the_state_of_a_work_is_the_one_it_came_into_last_whenever_it_was_entered(plan, person) -> None:
    planner = person("planner")
    added(planner, plan, state="postponed", happened_on="31/3/2569")
    added(planner, plan, state="running", happened_on="1/2/2569")
    assert work(plan).status is ProjectStatus.POSTPONED


def test_a_correction_is_a_row_of_its_own_and_march_goes_on_telling_what_march_knew(plan, person, clock) -> None:
    planner = person("planner")
    row = added(planner, plan)
    march = row.entered_at
    clock.set("2026-05-10")
    last = {"plan": plan, "kind": "work_states", "project": "P1", "record": row.record}
    given = {**RUNNING, "state": "cancelled"}
    assert year_record_revise(planner, **last, given=RUNNING, seen=1) is None
    year_record_revise(planner, **last, given=given, seen=1, reason="ประกาศยกเลิก")
    records = work(plan).records
    assert [r.value("state") for r in told(records)] == ["cancelled"]
    assert [r.value("state") for r in told(records, march)] == ["running"]
    clock.set("2026-06-10")
    year_record_withdraw(planner, **last, seen=2, reason="บันทึกผิดงาน")
    assert (told(work(plan).records), work(plan).status) == ((), None)
    assert [r.value("state") for r in told(work(plan).records, march)] == ["running"]
    assert [e.action for e in HistoryEntry.objects.filter(action__startswith="year.").order_by("sequence")] == [
        "year.record",
        "year.revise",
        "year.withdraw",
    ]
    assert audit().faults == ()
    YearRecord.objects.filter(pk=row.pk).update(cells={"state": "done"})
    assert [f.code for f in audit().faults] == ["year_changed"]


def test_an_evaluation_holds_no_state_that_a_work_came_into_after_its_month(plan, person, clock) -> None:
    planner = person("planner")
    clock.set("2026-04-20")
    added(planner, plan, state="cancelled", happened_on="10/4/2569")
    assert frozen_work(plan, 3).status is None
    added(planner, plan)
    frozen = frozen_work(plan, 3)
    assert (frozen.status, [r.value("state") for r in frozen.records]) == (ProjectStatus.RUNNING, ["running"])
    assert frozen_work(plan, 4).status is ProjectStatus.CANCELLED


def frozen_work(plan: Plan, period: int):
    return unpack(closing_of(plan, period).content).plan.projects[0]


def test_every_fault_is_told_at_once_with_its_field_and_nothing_is_written(plan, person) -> None:
    planner, before = person("planner"), HistoryEntry.objects.count()
    wrong = {"happened_on": "31 ก.พ. 2569", "words": "ก" * 5000, "owner": "ไม่มี", "due_on": "เมื่อไร", "state": ""}
    with pytest.raises(YearRecordRefused) as refused:
        added(planner, plan, "actions", **wrong)
    assert {fault.place.column for fault in refused.value.faults} == {
        "happened_on",
        "words",
        "owner",
        "due_on",
        "state",
    }
    with pytest.raises(YearRecordRefused) as refused:
        added(planner, plan, happened_on="1/5/2569")  # today is 3 April
    assert refused.value.code == "year_day_ahead"
    assert (HistoryEntry.objects.count(), YearRecord.objects.count()) == (before, 0)


def test_units_write_what_is_theirs_and_the_division_decides(plan, person) -> None:
    review = {"happened_on": "1/4/2569", "decision": "speed_up", "decided_by": "ผู้บริหาร"}
    added(person("head", unit="กฝ."), plan)
    added(person("planner"), plan, "reviews", **review)
    for role, unit in (("reporter", "กบค."), ("executive", ""), ("auditor", ""), ("administrator", "")):
        with pytest.raises(ServiceError) as refused:
            added(person(role, unit=unit), plan)
        assert refused.value.code == "not_allowed"
    with pytest.raises(ServiceError, match="not_allowed"):
        added(person("reporter", unit="กฝ."), plan, "reviews", **review)
    for kind, project in (("stars", "P1"), ("causes", "P9")):
        with pytest.raises(NotVisible):
            year_record_add(person("planner"), plan=plan, kind=kind, project=project, given={})


def test_two_that_change_the_same_record_do_not_overwrite_one_another(plan, person) -> None:
    planner = person("planner")
    given = {"plan": plan, "kind": "actions", "project": "P1", "record": added(planner, plan, "actions").record}
    year_record_revise(planner, **given, given={**ACTION, "state": "done"}, seen=1)
    with pytest.raises(ServiceError, match="year_moved_on"):
        year_record_revise(planner, **given, given={**ACTION, "state": "dropped"}, seen=1)
    with pytest.raises(ServiceError, match="year_moved_on"):
        year_record_withdraw(planner, **given, seen=1, reason="ผิด")


def test_records_go_out_and_in_again_without_loss_and_an_amendment_keeps_them(plan, person) -> None:
    planner = person("planner")
    row = added(planner, plan)
    added(planner, plan, "actions")
    given = {"plan": plan, "kind": "work_states", "project": "P1", "record": row.record}
    year_record_revise(planner, **given, given={**RUNNING, "words": "ส่งมอบแล้ว"}, seen=1)
    out = plan_export(plan)
    assert pack(unpack(pack(out))) == pack(out)
    assert unpack(pack(out)).plan == out.plan
    again = plan_import(SYSTEM, package=_renamed(out))
    assert evaluate(again, 3).plan.projects == out.plan.projects
    later = {"plan": again, "kind": "work_states", "project": "P1", "record": row.record}
    year_record_revise(planner, **later, given={**RUNNING, "state": "done"}, seen=2)
    amended = replace(out.plan, id="again-2569", title="แผนที่แก้แล้ว")
    plan_amend(planner, plan=again, package=replace(out, plan=amended), effective_period=4, reason="มติ")
    assert evaluate(again, 4).plan.projects[0].status is ProjectStatus.DONE
    assert len(evaluate(again, 4).plan.projects[0].records) == 4


def _renamed(package: PlanPackage) -> PlanPackage:
    return replace(package, plan=replace(package.plan, id="again-2569"))
