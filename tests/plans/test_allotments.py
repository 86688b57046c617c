"""Money announced for a plan: recorded, replaced, withdrawn, laid over the plan, out and in again without doubling."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.choices import AllotmentSort
from samrit.engine.funding.allotments import money_by_source
from samrit.engine.model import BudgetLine
from samrit.engine.surroundings import Allotment as Line
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.evaluation.scoring import evaluate, reported_plan
from samrit.plans.models import Allotment, HistoryEntry
from samrit.plans.records.audit import audit
from samrit.plans.selectors.results.look import look
from samrit.plans.selectors.work.funding import funding
from samrit.plans.services.plan.allotments import allotment_record, allotment_withdraw
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.plans import plan_amend, plan_export, plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan

D = Decimal
DAY = date(2025, 10, 1)


@pytest.fixture
def plan(register, clock):
    package = small_plan()
    (work,) = package.plan.projects
    work = replace(work, budgets=(BudgetLine(D(130), "เงินกองทุน"),))
    brought = (Line("เงินกองทุน", AllotmentSort.ANNOUNCED, D(100), "1/2569", DAY),)
    engine = replace(package.plan, projects=(work,), allotments=brought)
    return plan_import(SYSTEM, package=replace(package, plan=engine), owner=register["กนผ."])


def announce(actor, plan, number: str, amount: str, *, seen: int, **fields: object) -> Allotment:
    given = {"funding_source": "เงินกองทุน", "sort": "announced", "announced_on": DAY, **fields}
    return allotment_record(actor, plan=plan, number=number, amount=amount, seen=seen, **given)


def in_force(plan) -> Decimal | None:
    return money_by_source(evaluate(plan, 12).plan)[0].in_force


def test_an_announcement_adds_or_replaces_and_a_slip_is_withdrawn(plan, person) -> None:
    """R33, R118: the sum in force is that of the announcements which nothing replaces; one entry a write."""
    planner, before = person("planner"), HistoryEntry.objects.count()
    announce(planner, plan, "2/2569", "๕๐.๕๐", seen=1)
    assert in_force(plan) == D("150.50")
    third = announce(planner, plan, "3/2569", "80", seen=2, replaces="1/2569")
    assert in_force(plan) == D("130.50")
    with pytest.raises(ServiceError, match="allotment_replaces_unknown"):
        announce(planner, plan, "4/2569", "9", seen=3, replaces="1/2569")  # it counts no longer
    allotment_withdraw(planner, allotment=third, reason="ผิดฉบับ")
    assert (in_force(plan), HistoryEntry.objects.count() - before) == (D("150.50"), 3)
    with pytest.raises(NotVisible):
        allotment_withdraw(planner, allotment=third, reason="อีกครั้ง")
    assert audit().faults == ()


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(plan, person) -> None:
    planner = person("planner")
    with pytest.raises(ServiceError) as refused:
        announce(planner, plan, "", "-5", seen=1, funding_source=" ", announced_on=None, replaces="9", project="P9")
    codes = {error.code for error in refused.value.all}
    assert codes == {
        "allotment_source_missing", "allotment_number_missing", "allotment_day_missing", "allotment_replaces_unknown",
        "money_work_unknown", "allotment_amount_zero",
    }  # fmt: skip
    for code, fields in (
        ("allotment_number_known", {"number": "1/2569"}),
        ("allotment_note_missing", {"sort": "added"}),
        ("allotment_sort_unknown", {"sort": "given"}),
        ("money_amount_invalid", {"amount": "มาก"}),
        ("allotments_moved_on", {"seen": 7}),
    ):
        given = {"number": "2/2569", "amount": "5", "seen": 1, **fields}
        with pytest.raises(ServiceError) as one:
            announce(planner, plan, **given)
        assert one.value.code == code
        assert all("{" not in one.value.text(language) for language in ("th", "en"))
    assert not Allotment.objects.exists()


def test_what_explains_the_difference_is_shown_line_by_line(plan, person) -> None:
    """R120: what is brought over names its work, and what is left is said."""
    planner = person("planner")
    seen = lambda: funding(look(plan, month=12, today=date(2026, 12, 31)), planner)  # noqa: E731
    assert (seen().in_force, seen().given) == (D(100), D(130))
    assert (seen().unexplained.over, seen().unexplained.short) == (D(30), D(0))
    explained = {"funding_source": "เงินกองทุน", "sort": "brought_over", "project": "P1", "note": "กันจากปี 2568"}
    allotment_record(planner, plan=plan, amount="30", seen=1, **explained)
    (source,) = seen().sources
    assert (source.unexplained, [line.counted for line in source.lines]) == (D(0), [D(100), D(30)])
    assert (source.lines[1].title, source.lines[1].pk is not None, source.lines[0].pk) == ("โครงการทดลอง", True, None)
    assert funding(look(plan, month=12, today=DAY, public=True), None).form is None


def test_a_line_about_a_work_that_was_closed_stays_as_words(plan, person) -> None:
    """What an amendment closes takes no money along, and the evaluation can still be kept and read again."""
    planner = person("planner")
    allotment_record(
        planner, plan=plan, funding_source="เงินกองทุน", sort="added", amount="5", seen=1, project="P1", note="เพิ่ม"
    )
    (work,) = plan_export(plan).plan.projects
    other = replace(work, id="P2", indicators=(replace(work.indicators[0], id="P2.1"),))
    package = plan_export(plan)
    amended = replace(package, plan=replace(package.plan, projects=(other,), allotments=package.plan.allotments[:1]))
    plan_amend(planner, plan=plan, package=amended, effective_period=4, reason="มติ")
    assert [(a.project, a.note) for a in reported_plan(plan).plan.allotments] == [("", ""), ("", "P1: เพิ่ม")]
    assert evaluation_close(planner, plan=plan, period=4, reason="ปิด").pk


def test_it_goes_out_and_in_again_an_amendment_doubles_nothing_and_a_closed_evaluation_stays(plan, person) -> None:
    """I3: an announcement made later changes no evaluation that was closed before."""
    planner = person("planner")
    announce(planner, plan, "2/2569", "50", seen=1)
    closed = evaluation_close(planner, plan=plan, period=3, reason="ปิด")
    kept = bytes(closed.content)
    announce(planner, plan, "3/2569", "7", seen=2)
    closed.refresh_from_db()
    assert bytes(closed.content) == kept
    package = plan_export(plan)
    assert [a.number for a in package.plan.allotments] == ["1/2569", "2/2569", "3/2569"]
    (work,) = package.plan.projects
    amended = replace(package, plan=replace(package.plan, projects=(replace(work, title="ชื่อใหม่"),)))
    plan_amend(planner, plan=plan, package=amended, effective_period=6, reason="มติ")
    assert [a.number for a in reported_plan(plan).plan.allotments] == ["1/2569", "2/2569", "3/2569"]
