"""Money on the pages: spent to the month shown, no data told apart from 0, and the form on the work's page."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.html import strip_tags

from samrit.engine.model import BudgetLine, Fund, MoneyMovement, MoneyState
from samrit.package import PlanPackage
from samrit.plans.models import MoneyMovement as Row
from samrit.plans.models import Plan
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan

D = Decimal
FRONT, WORK = "/plans/small-2569/overview/", "/plans/small-2569/works/P1/"


def funded() -> PlanPackage:
    """Return a plan of three works of two funds: one with payments, one without data, one without budget."""
    package = small_plan(reported=((1, 10),))
    first = package.plan.projects[0]
    paid = (
        MoneyMovement(1, MoneyState.COMMITTED, D(600), note="สัญญากับนายสมชาย"),
        MoneyMovement(2, MoneyState.DISBURSED, D("125.25")),
        MoneyMovement(4, MoneyState.DISBURSED, D(100)),
    )
    works = [
        replace(
            first,
            id=own,
            number=n,
            fund=fund,
            budgets=(BudgetLine(budget),),
            indicators=tuple(replace(i, id=f"{own}.{i.number}") for i in first.indicators),
            movements=paid if own == "P1" else (),
        )
        for n, (own, fund, budget) in enumerate((("P1", "A", D(1000)), ("P2", "B", D(500)), ("P3", "B", None)), 1)
    ]
    funds = (Fund("A", "กองทุน ก", "Fund A"), Fund("B", "กองทุน ข", "Fund B"))
    return replace(package, plan=replace(package.plan, funds=funds, projects=tuple(works)))


@pytest.fixture
def plan(register, clock) -> Plan:
    return plan_import(SYSTEM, package=funded(), owner=register["กนผ."], is_public=True)


@pytest.fixture
def planner(person) -> Client:
    return signed_in(person("planner"))


def signed_in(who) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["language"] = "en"
    return client


def section(client: Client, address: str, name: str) -> str:
    """Return the text of a section of a page, its spaces put together."""
    html = client.get(address).content.decode()
    found = re.search(rf'<section[^>]*(?:id|aria-labelledby)="{name}".*?</section>', html, re.DOTALL)
    assert found, name
    return re.sub(r"\s+", " ", strip_tags(found[0].replace("<", " <")))


def form(seen: int, **fields: str) -> dict[str, str]:
    return {"state": "disbursed", "period": "3", "amount": "10", "seen": str(seen), **fields}


def test_the_front_page_says_what_was_spent_up_to_the_month_shown(plan, planner) -> None:
    spent = section(planner, f"{FRONT}?month=3", "spent")
    assert "125.25 baht disbursed (8.35 % of budgets of 1,500 baht)" in spent
    assert "no data for 1 of the 2 works with a budget" in spent
    assert "Fund B no data – 500 no data 1 of 1 work" in spent
    assert "Fund A 125.25 12.53 % 1,000 600 –" in spent
    assert "225.25 baht disbursed (15.02 % of" in section(planner, f"{FRONT}?month=4", "spent")
    assert "125.25 baht disbursed" in section(planner, f"{FRONT}?month=3", "answer")


def test_no_data_at_all_is_said_and_a_payment_of_nothing_is_data(plan, planner) -> None:
    assert "No data on money spent yet 2 works have budgets of 1,500 baht" in section(
        planner, f"{FRONT}?month=1", "spent"
    )
    planner.post("/plans/small-2569/works/P2/money/", form(0, period="1", amount="0"))
    assert "0 baht disbursed (0.00 % of budgets of 1,500 baht)" in section(planner, f"{FRONT}?month=1", "spent")


def test_every_sum_leads_to_its_works_and_they_to_their_movements(plan, planner) -> None:
    front = planner.get(f"{FRONT}?month=3").content.decode()
    for address in re.findall(r'href="(/plans/small-2569/money/[^"]*)"', front):
        assert planner.get(address.replace("&amp;", "&")).status_code == 200
    whole = planner.get("/plans/small-2569/money/?month=3").content.decode()
    assert "125.25 ÷ budget 1,500 × 100 = 8.35" in whole
    assert 'href="?work=P1&amp;month=3"' in whole
    own = planner.get("/plans/small-2569/money/?work=P1&month=4").content.decode()
    assert "125.25 + 100 = 225.25" in own
    assert planner.get("/plans/small-2569/money/?work=P9").status_code == 404
    assert planner.get("/plans/small-2569/money/?rows=colour").status_code == 404


def test_works_are_filtered_and_sorted_by_money_spent(plan, planner) -> None:
    def ids(query: str) -> list[str]:
        html = planner.get(f"/plans/small-2569/?month=4&col=spent&{query}").content.decode()
        return re.findall(r'<td class="work-id nowrap">(P\d)</td>', html)

    assert ids("money=unrecorded") == ["P2"]
    assert ids("money=recorded") == ["P1"]
    assert ids("money=unfunded") == ["P3"]
    assert ids("sort=-spent") == ["P1", "P2", "P3"]
    table = planner.get("/plans/small-2569/tables/works.csv?month=4").content.decode("utf-8-sig").splitlines()
    assert "225.25,22.525" in table[1]
    assert table[2].endswith("500,,")


def test_the_table_of_money_spent_goes_out_with_blanks_where_nothing_is_known(plan, planner) -> None:
    rows = planner.get("/plans/small-2569/tables/spent.csv?month=3").content.decode("utf-8-sig").splitlines()
    assert rows[1].endswith("1500,600,125.25,8.35,2,1,,")
    assert any(row.endswith("Fund B,500,,,,1,1,,") for row in rows)


def test_a_works_page_shows_budget_committed_spent_and_remaining(plan, planner) -> None:
    money = section(planner, f"{WORK}?month=3", "money")
    for told in ("Budget 1,000 baht", "Committed 600 baht", "Spent 125.25 baht (12.53 %)", "Remaining 874.75 baht"):
        assert told in money
    assert "1 more in later months" in money
    assert "imported with the plan" in money
    assert "Spent no data" in section(planner, "/plans/small-2569/works/P2/?month=3", "money")


def test_the_division_records_a_month_and_sees_who_did(plan, planner) -> None:
    answer = planner.post(f"{WORK}money/?month=3", form(3, amount="1,000.50", document="ฎีกา 9", note="งวด 2"))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{WORK}?month=3#money")
    money = section(planner, f"{WORK}?month=3", "money")
    assert "1,000.50 งวด 2 ฎีกา 9" in money
    assert "planner" in money
    assert "Remaining -125.75 baht" in money


def test_what_is_refused_stays_in_the_form_with_its_reason(plan, planner) -> None:
    answer = planner.post(f"{WORK}money/", form(3, amount="-5", document="ฎีกา <9>"))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "an amount below zero (-5 baht) is a correction. Write in the note" in html
    assert 'value="-5"' in html
    assert "ฎีกา &lt;9&gt;" in html
    assert planner.post(f"{WORK}money/", form(2)).status_code == 422, "an old page"
    month = re.findall(r'href="(\?month=2)"', html)[0]
    assert planner.get(f"{WORK}money/{month}").headers["Location"] == f"{WORK}{month}#money", "links there lead back"
    assert not Row.objects.exists()


def test_a_movement_is_taken_back_by_its_opposite_once(plan, planner) -> None:
    taken = {"order": "2", "reason": "จ่ายผิดงาน", "seen": "3"}
    assert planner.post(f"{WORK}money/back/", taken).status_code == 302
    assert planner.post(f"{WORK}money/back/", taken).status_code == 422
    (row,) = Row.objects.all()
    assert (row.amount, row.note) == (D("-125.25"), "จ่ายผิดงาน")
    assert "Spent 0 baht (0.00 %)" in section(planner, f"{WORK}?month=3", "money")


def test_others_have_no_form_and_the_public_reads_amounts_without_words(plan, person) -> None:
    reporter = signed_in(person("reporter", unit="กฝ."))
    assert "สัญญากับนายสมชาย" in section(reporter, f"{WORK}?month=3", "money")
    assert "<form" not in reporter.get(f"{WORK}?month=3").content.decode().split('id="money"')[1].split("</section>")[0]
    evaluation_close(SYSTEM, plan=plan, period=3, reason="ปิดตามกำหนด")
    public = Client()
    public.cookies["language"] = "en"
    for address in (f"{WORK}?month=3", "/plans/small-2569/money/?work=P1&month=3"):
        html = public.get(address).content.decode()
        assert "125.25" in html
        assert "สมชาย" not in html
    assert "125.25 baht disbursed" in section(public, f"{FRONT}?month=3", "spent")
