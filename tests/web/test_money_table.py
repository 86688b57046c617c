"""Money to date from a table (R129): our form and accounting exports; the difference is recorded, all or nothing."""

from __future__ import annotations

import base64
import io
import random
import re
from dataclasses import replace
from decimal import Decimal
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from samrit.engine.model import BudgetLine, MoneyMovement, MoneyState
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import MoneyMovement as Recorded
from samrit.plans.models import Plan
from samrit.plans.records.audit import audit
from samrit.plans.selectors.work.money_lines import money_lines
from samrit.plans.services.plan.money import money_record
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.plans.unit_form.money_table import MOST_BYTES
from tests.plans.office import small_plan

PAGE, FILE = "/plans/small-2569/money/table/", "/plans/small-2569/money/table.xlsx"
CODES = ("20004123456789012345", "20004123456789012346")


@pytest.fixture
def plan(register, clock) -> Plan:
    package = small_plan()
    budgets = tuple(BudgetLine(Decimal(1_000_000), source, account=c) for source, c in zip("กข", CODES, strict=True))
    work = replace(package.plan.projects[0], budgets=budgets)
    other = replace(work, id="P2", number=2, identity="", budgets=budgets[:0], indicators=())
    made = plan_import(
        SYSTEM,
        package=replace(package, plan=replace(package.plan, projects=(work, other))),
        owner=register["กนผ."],
    )
    clock.set("2026-07-05")
    return made


@pytest.fixture
def planner(plan, person) -> Client:
    return signed_in(person("planner"))


def signed_in(who) -> Client:
    client = Client(headers={"accept-language": "th"})
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(response) -> str:
    return re.sub(r"\s+", " ", unescape(strip_tags(response.content.decode().replace("<", " <"))))


def take(client: Client, content: bytes, *, name: str = "a.csv", month: int = 6, note: str = "", do: str = "take"):
    sent = {"content": base64.b64encode(content).decode(), "name": name, "month": str(month), "note": note, "do": do}
    return client.post(PAGE, sent)


def standing(plan: Plan) -> dict[tuple[int, str, str], Decimal]:
    return {(m.period, m.state, m.funding_source): m.amount for m in Recorded.objects.filter(plan=plan)}


def filled(content: bytes, **cells: object) -> bytes:
    """Return the form with cells filled, named by column heading and row: ``{"เบิกจ่าย:1": 5}``."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[3]}
    for name, value in cells.items():
        head, _, row = name.partition(":")
        sheet.cell(3 + int(row), heads[head]).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_form_of_a_month_brings_what_is_typed_and_nothing_the_second_time(plan, planner) -> None:
    form = planner.get(FILE, {"month": 5}).content
    sent = filled(form, **{"เบิกจ่าย:1": 250000.25, "ก่อหนี้ผูกพัน:1": 900000, "โอนเงิน:2": 1})
    shown = planner.post(PAGE, {"file": SimpleUploadedFile("m.xlsx", sent), "month": "5"})
    assert shown.status_code == 200, words(shown)
    assert "บันทึกความเคลื่อนไหว 3 รายการ" in words(shown)
    assert standing(plan) == {}, "looked at, not kept"
    assert take(planner, sent, name="m.xlsx", month=5).status_code == 302
    assert standing(plan) == {
        (5, "disbursed", "ก"): Decimal("250000.25"),
        (5, "committed", "ก"): Decimal(900000),
        (5, "transferred", "ข"): Decimal(1),
    }
    again = planner.get(FILE, {"month": 5}).content
    assert take(planner, again, name="m.xlsx", month=5).status_code == 302
    assert len(standing(plan)) == 3
    later = filled(planner.get(FILE, {"month": 6}).content, **{"เบิกจ่าย:1": 300000})
    assert take(planner, later, name="m.xlsx", month=6).status_code == 302
    assert standing(plan)[6, "disbursed", "ก"] == Decimal("49999.75"), "what June brought"
    assert audit().faults == ()


@pytest.fixture
def repeated(register, clock) -> Plan:
    """A work on two lines, with a unit's share of its money, planned spending, and a code that two works have."""
    package = small_plan()
    share = BudgetLine(Decimal(400_000), "ก", "กฝ.")
    budgets = (BudgetLine(Decimal(1_000_000), "ก", account=CODES[0]), share)
    planned = (MoneyMovement(12, MoneyState.PLANNED, Decimal(1_000_000)),)
    work = replace(package.plan.projects[0], identity="หนึ่ง", budgets=budgets, movements=planned)
    line = replace(work, id="P2", number=2, indicators=(), movements=())
    other = replace(line, id="P3", number=3, identity="", budgets=(replace(budgets[0], amount=Decimal(5)),))
    engine = replace(package.plan, projects=(work, line, other))
    made = plan_import(SYSTEM, package=replace(package, plan=engine), owner=register["กนผ."])
    clock.set("2026-07-05")
    return made


def test_a_work_on_two_lines_has_one_budget_and_one_total(repeated, person) -> None:
    """RU1, R123: shares of units are no money of their own, and no line of the work counts its total again."""
    planner = signed_in(person("planner"))
    assert [(line.work, line.source, line.budget) for line in money_lines(repeated, 6)] == [
        ("P1", "ก", Decimal(1_000_000)), ("P3", "ก", Decimal(5)),
    ]  # fmt: skip
    twice = take(planner, "รหัสงาน,เบิกจ่าย\nP1,500\nP2,500\n".encode())
    assert (twice.status_code, standing(repeated)) == (422, {})
    assert take(planner, "รหัสงาน,เบิกจ่าย\nP2,500\n".encode()).status_code == 302
    assert take(planner, "รหัสงาน,เบิกจ่าย\nP1,600\n".encode()).status_code == 302
    amounts = Recorded.objects.order_by("pk").values_list("project", "amount")
    assert [*amounts] == [("P1", Decimal(500)), ("P1", Decimal(100))]


def test_a_code_that_two_works_have_needs_the_work_beside_it(repeated, person) -> None:
    planner = signed_in(person("planner"))
    alone = take(planner, f"รหัสงบประมาณ,เบิก\n{CODES[0]},3\n".encode(), do="look")
    assert CODES[0] in words(alone)
    assert standing(repeated) == {}
    assert take(planner, f"รหัสงาน,รหัสงบประมาณ,เบิก\nP3,{CODES[0]},3\n".encode()).status_code == 302
    assert Recorded.objects.get().project == "P3"


def test_a_total_and_a_source_of_one_work_are_not_both_taken(plan, planner) -> None:
    """The total holds the source: both would count its money twice."""
    refused = take(planner, f"รหัสงาน,รหัสงบประมาณ,เบิก\nP1,,9\nP1,{CODES[0]},5\n".encode())
    assert (refused.status_code, standing(plan)) == (422, {})
    assert "มากกว่าหนึ่งแถว" in words(refused)


def test_our_own_form_comes_back_also_with_money_of_a_source_that_no_budget_names(plan, planner) -> None:
    money_record(
        SYSTEM, plan=plan, project="P1", period=5, state="disbursed", amount="7", seen=0, funding_source="เงินบริจาค"
    )
    sent = filled(planner.get(FILE, {"month": 6}).content, **{"เบิกจ่าย:3": 9})
    answer = take(planner, sent, name="m.xlsx")
    assert answer.status_code == 302, words(answer)
    assert standing(plan)[6, "disbursed", "เงินบริจาค"] == Decimal(2)


def test_a_file_of_another_month_is_refused(plan, planner) -> None:
    form = filled(planner.get(FILE, {"month": 5}).content, **{"เบิกจ่าย:1": 5})
    refused = take(planner, form, name="m.xlsx", month=6)
    assert refused.status_code == 422
    assert "แผนหรือเดือนอื่น" in words(refused)


def test_an_accounting_export_is_matched_by_its_codes_and_totals_are_told_and_not_taken(plan, planner) -> None:
    """R129: NFMA46 as offices paste it: titles above, subtotals between, PO is what is ordered and not paid yet."""
    export = (
        "รายงานการใช้จ่ายงบประมาณ\n\n"
        "รหัสงบประมาณ,งบสุทธิ,สำรองเงิน,PO,เบิก,เบิกแทน,คงเหลือ\n"
        f'{CODES[0]},"1,000,000.00",0.00,"600,000.50","150,000.25","50,000.00","199,999.25"\n'
        f'{CODES[1]},"500,000.00",0,0,"10,000.00",0,"490,000.00"\n'
        'รวมทั้งสิ้น,"1,500,000.00",0,"600,000.50","160,000.25","50,000.00","689,999.25"\n'
    ).encode()
    shown = take(planner, export, do="look")
    assert "1 แถวไม่ตรงกับงานใด" in words(shown)
    assert take(planner, export).status_code == 302
    assert standing(plan) == {
        (6, "allocated", "ก"): Decimal("1000000.00"),
        (6, "committed", "ก"): Decimal("800000.75"),
        (6, "disbursed", "ก"): Decimal("200000.25"),
        (6, "allocated", "ข"): Decimal("500000.00"),
        (6, "committed", "ข"): Decimal("10000.00"),
        (6, "disbursed", "ข"): Decimal("10000.00"),
    }


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("รหัสงาน,เบิกจ่าย\nP1,สิบบาท\n", "ไม่ใช่จำนวนเงิน"),
        ("รหัสงาน,เบิกจ่าย\nP1,5\nP1,6\n", "มากกว่าหนึ่งแถว"),
        ("รหัสงาน,แหล่งเงิน,เบิกจ่าย\nP1,ค,5\n", "ไม่มีงบประมาณจากแหล่ง “ค”"),
        ("รหัสงาน,เบิกจ่าย\nP1,5.005\n", "P1"),
        ("รหัสงาน,เบิกจ่าย\nP1,9000000\n", "งบประมาณ"),
        ("รหัสงบประมาณ,เบิก\n2.0004E+19,5\n", "เลขยกกำลัง"),
        ("ก,ข\n1,2\n", "ไม่พบตารางเงิน"),
        ("", "ใหญ่เกิน"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_recorded(plan, planner, table, said) -> None:
    refused = take(planner, f"{table}".encode())
    assert refused.status_code == 422, words(refused)
    assert said in words(refused) or not table
    assert standing(plan) == {}


def test_a_table_with_more_rows_than_are_read_is_refused_and_not_cut(planner, monkeypatch) -> None:
    monkeypatch.setattr("samrit.plans.unit_form.money_table._MOST_ROWS", 2)
    refused = take(planner, "รหัสงาน,เบิกจ่าย\nP1,5\nP2,6\n".encode())
    assert (refused.status_code, Recorded.objects.count()) == (422, 0)
    assert "แบ่งเป็นหลายไฟล์" in words(refused)


def test_an_account_of_two_sources_of_one_work_comes_back_by_the_row_s_source(register, clock, person) -> None:
    """The form that was handed out was refused: both of its rows were taken for the first source."""
    package = small_plan()
    budgets = tuple(BudgetLine(Decimal(1_000), source, account=CODES[0]) for source in "กข")
    work = replace(package.plan.projects[0], budgets=budgets)
    plan = plan_import(SYSTEM, package=replace(package, plan=replace(package.plan, projects=(work,))))
    clock.set("2026-07-05")
    planner = signed_in(person("planner"))
    sent = filled(planner.get(FILE, {"month": 5}).content, **{"เบิกจ่าย:1": 10, "เบิกจ่าย:2": 20})
    assert take(planner, sent, name="m.xlsx", month=5).status_code == 302
    assert standing(plan) == {(5, "disbursed", "ก"): Decimal(10), (5, "disbursed", "ข"): Decimal(20)}
    shown = take(planner, f"รหัสงบประมาณ,เบิก\n{CODES[0]},5\n".encode(), do="look")
    assert CODES[0] in words(shown), "a row that does not say whose money it is is told, and taken for nobody's"
    assert len(standing(plan)) == 2


def test_one_wrong_row_keeps_all_out_and_a_total_that_falls_needs_a_note(plan, planner) -> None:
    assert take(planner, "รหัสงาน,เบิกจ่าย\nP1,500\n".encode()).status_code == 302
    falling = "รหัสงาน,เบิกจ่าย\nP2,7\nP1,400\n".encode()
    assert take(planner, falling).status_code == 422
    assert len(standing(plan)) == 1
    assert take(planner, falling, note="ปรับตามบัญชี").status_code == 302
    assert evaluate(plan, 6).plan.projects[0].movements[-1].amount == Decimal(-100)


def test_many_totals_come_to_the_satang(plan, planner) -> None:
    """R129: month after month, what stands to date is what the last table said, by an independent sum."""
    chance = random.Random(12)
    satang = {"disbursed": 0, "committed": 0}
    for month in range(1, 7):
        for state in satang:
            satang[state] += chance.randrange(0, 9_000_000)
        row = ",".join(f"{value // 100}.{value % 100:02d}" for value in satang.values())
        assert take(planner, f"รหัสงาน,เบิกจ่าย,ก่อหนี้ผูกพัน\nP1,{row}\n".encode(), month=month).status_code == 302
    for state, value in satang.items():
        moved = [m.amount for m in evaluate(plan, 6).plan.projects[0].movements if m.state is MoneyState(state)]
        assert sum(int(amount * 100) for amount in moved) == value


def test_a_table_as_large_as_may_be_comes_back_from_its_preview(planner) -> None:
    """What was looked at is sent again as a field of the form, and fields have a limit of their own."""
    answer = take(planner, b"\0" * (MOST_BYTES - 1))
    assert answer.status_code == 422, "read and refused in words; the framework's own refusal is a bare 400"
