"""Money of a work: recorded by the division, corrected by its opposite, laid over the plan, in and out without loss."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.model import BudgetLine, MoneyMovement, MoneyState, Source
from samrit.engine.money import money_total, moved_by_key
from samrit.package import PlanPackage
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation import scoring
from samrit.plans.evaluation.documents import pack, unpack
from samrit.plans.models import HistoryEntry
from samrit.plans.models import MoneyMovement as Row
from samrit.plans.records.audit import audit
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.money import money_record, money_take_back
from samrit.plans.services.plan.plans import plan_amend, plan_export, plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan

D = Decimal
BROUGHT = (
    MoneyMovement(1, MoneyState.COMMITTED, D("600.00"), "เงินกองทุน", source=Source("สัญญา 1/2569", 3, 12)),
    MoneyMovement(2, MoneyState.DISBURSED, D("100.10")),
)


def with_money(movements: tuple[MoneyMovement, ...] = BROUGHT, budget: str = "1000", **fields: object) -> PlanPackage:
    package = small_plan(**fields)
    project = replace(package.plan.projects[0], budgets=(BudgetLine(D(budget)),), movements=movements)
    return replace(package, plan=replace(package.plan, projects=(project,)))


@pytest.fixture
def plan(register, clock):
    return plan_import(SYSTEM, package=with_money(), owner=register["กนผ."])


@pytest.fixture
def planner(person):
    return person("planner")


def spent(plan, as_of: int = 12) -> Decimal | None:
    now = scoring.evaluate(plan, as_of).plan
    return money_total(now.projects, moved_by_key(now, as_of)).spent


def paid(planner, plan, amount: str, *, seen: int, period: int = 3, **fields: object) -> Row:
    given = {"state": "disbursed", "project": "P1", **fields}
    return money_record(planner, plan=plan, period=period, amount=amount, seen=seen, **given)


def refused(code: str, call, *args, **fields) -> None:
    entries, rows = HistoryEntry.objects.count(), Row.objects.count()
    with pytest.raises(ServiceError) as refusal:
        call(*args, **fields)
    assert refusal.value.code == code
    for language in ("th", "en"):
        assert "{" not in refusal.value.text(language)
    assert (HistoryEntry.objects.count(), Row.objects.count()) == (entries, rows)


def test_a_payment_is_recorded_with_one_history_entry_and_laid_over_the_plan(plan, planner) -> None:
    assert spent(plan) == D("100.10")
    before = HistoryEntry.objects.count()
    row = paid(planner, plan, "๑,๒๕๐.๕๐ บาท", seen=2, document="ฎีกา 7/2569", note="งวดที่ 1")
    (entry,) = HistoryEntry.objects.order_by("sequence")[before:]
    assert (entry.action, entry.record, entry.period, entry.reason) == ("money.record", "P1", 3, "งวดที่ 1")
    assert (entry.new["amount"], entry.new["document"]) == ("1250.50", "ฎีกา 7/2569")
    assert row.sequence == entry.sequence
    assert (spent(plan), spent(plan, 2)) == (D("1350.60"), D("100.10"))
    assert audit().faults == ()


def test_what_was_recorded_goes_out_and_in_again_without_loss(plan, planner) -> None:
    paid(planner, plan, "40.00", seen=2, funding_source="เงินกองทุน", document="ฎีกา 8", note="มัดจำ")
    out = plan_export(plan)
    assert out.plan.projects[0].movements == (
        *BROUGHT,
        MoneyMovement(3, MoneyState.DISBURSED, D("40.00"), "เงินกองทุน", "มัดจำ", Source("ฎีกา 8")),
    )
    renamed = replace(unpack(pack(out)), plan=replace(unpack(pack(out)).plan, id="again-2569"))
    again = plan_export(plan_import(SYSTEM, package=renamed))
    assert pack(replace(again, plan=replace(again.plan, id=out.plan.id))) == pack(out)
    assert str(again.plan.projects[0].movements[2].amount) == "40.00"


def test_only_the_division_records_money(plan, person) -> None:
    for role, unit in (("reporter", "กฝ."), ("head", "กฝ."), ("executive", ""), ("auditor", ""), ("administrator", "")):
        refused("not_allowed", paid, person(role, unit=unit), plan, "5", seen=2)


@pytest.mark.parametrize("amount", ["", "–", "ห้าบาท", "5 %", "1.005", "15,30", "9" * 25, "NaN"])
def test_what_is_no_amount_is_refused(plan, planner, amount) -> None:
    refused("money_amount_invalid", paid, planner, plan, amount, seen=2)


def test_what_cannot_be_is_refused(plan, planner) -> None:
    refused("money_work_unknown", paid, planner, plan, "5", seen=2, project="P9")
    refused("money_state_unknown", paid, planner, plan, "5", seen=2, state="paid")
    refused("period_unknown", paid, planner, plan, "5", seen=2, period=13)
    refused("money_not_begun", paid, planner, plan, "5", seen=2, period=5)
    refused("text_too_long", paid, planner, plan, "5", seen=2, document="ก" * 201)
    refused("money_unknown", money_take_back, planner, plan=plan, project="P1", order=3, reason="ผิด", seen=2)


def test_sending_a_form_twice_records_once(plan, planner) -> None:
    paid(planner, plan, "5", seen=2)
    refused("money_moved_on", paid, planner, plan, "5", seen=2)
    taken = {"plan": plan, "project": "P1", "order": 3, "reason": "จ่ายซ้ำ", "seen": 3}
    money_take_back(planner, **taken)
    refused("money_moved_on", money_take_back, planner, **taken)
    assert spent(plan) == D("100.10")


def test_a_payment_of_nothing_is_data(register, clock, planner) -> None:
    plan = plan_import(SYSTEM, package=with_money(()), owner=register["กนผ."])
    assert spent(plan) is None
    paid(planner, plan, "0", seen=0)
    assert spent(plan) == 0
    refused("money_unknown", money_take_back, planner, plan=plan, project="P1", order=1, reason="ผิด", seen=1)


def test_a_correction_says_why_and_never_takes_back_more_than_was_recorded(plan, planner) -> None:
    refused("money_note_missing", paid, planner, plan, "-50", seen=2)
    refused("money_more_than_recorded", paid, planner, plan, "-100.11", seen=2, note="คืนเงิน")
    refused("money_more_than_recorded", paid, planner, plan, "-50", seen=2, period=1, note="เดือนที่ยังไม่มี")
    paid(planner, plan, "-50", seen=2, period=4, note="คืนเงินยืม")
    refused("money_more_than_recorded", paid, planner, plan, "-60", seen=3, period=2, note="จะติดลบในเดือน 4")
    assert spent(plan) == D("50.10")


def test_what_a_package_brought_is_taken_back_by_its_opposite_too(plan, planner) -> None:
    row = money_take_back(planner, plan=plan, project="P1", order=1, reason="สัญญายกเลิก", seen=2)
    assert (row.amount, row.state, row.period, row.note) == (D("-600.00"), "committed", 1, "สัญญายกเลิก")
    assert (row.funding_source, row.document) == ("เงินกองทุน", "สัญญา 1/2569")
    assert HistoryEntry.objects.order_by("sequence").last().action == "money.take_back"


def test_an_amendment_carries_the_money_over_and_the_new_budget_is_in_force_from_its_month(plan, planner) -> None:
    paid(planner, plan, "40", seen=2)
    amended = with_money((), budget="2000")
    plan_amend(planner, plan=plan, package=amended, effective_period=3, reason="เพิ่มงบประมาณ")
    for month, budget, disbursed in ((2, 1000, "100.10"), (3, 2000, "140.10")):
        now = scoring.evaluate(plan, month).plan
        total = money_total(now.projects, moved_by_key(now, month))
        assert (total.budget, total.spent) == (budget, D(disbursed))
    assert plan_export(plan).plan.projects[0].movements[:2] == BROUGHT


def test_a_closed_evaluation_keeps_its_money_and_does_not_lock_it(plan, planner) -> None:
    kept = evaluation_close(planner, plan=plan, period=3, reason="ปิดตามกำหนด")
    digest = kept.sha256
    paid(planner, plan, "7", seen=2)
    kept.refresh_from_db()
    assert kept.sha256 == digest
    assert unpack(bytes(kept.content)).plan.projects[0].movements == BROUGHT
    assert audit().faults == ()


def test_what_is_most_often_a_slip_is_taken_with_a_word(plan, planner) -> None:
    refused("money_above_budget", paid, planner, plan, "950", seen=2)
    assert paid(planner, plan, "950", seen=2, note="เงินเหลือจ่ายปีก่อนสมทบ").amount == D("950")
    refused("money_twice", paid, planner, plan, "950", seen=3)
    assert paid(planner, plan, "1", seen=3, state="committed").amount == D("1"), "nothing odd: no word is asked for"
    refused("money_twice", paid, planner, plan, "1.00", seen=4, state="committed")


def test_after_the_year_is_closed_money_takes_a_word(plan, planner, clock) -> None:
    clock.set("2027-01-20")
    evaluation_close(planner, plan=plan, period=12, reason="ปิดปี")
    refused("money_year_closed", paid, planner, plan, "5", seen=2)
    assert paid(planner, plan, "5", seen=2, note="เบิกเหลื่อมปี").note == "เบิกเหลื่อมปี"
