"""What a reporter has to do: due by when, late, came back; and nothing of others."""

from __future__ import annotations

from datetime import date

import pytest

from samrit.plans.reporting.inputs import CellInput
from samrit.plans.selectors.report.entry import report_entry
from samrit.plans.selectors.report.my_work import my_work
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.reports import report_return, report_submit
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.web.reporting import signed_in, varied


@pytest.fixture
def plan(register, clock):
    return plan_import(
        SYSTEM, package=small_plan(code="five-2569", indicators=5, reported=((2, 20),)), owner=register["กนผ."]
    )


def page_of(person) -> str:
    return signed_in(person).get("/my-work/").content.decode()


def test_it_says_first_how_many_indicators_are_due_by_which_day(plan, person, clock) -> None:
    clock.set("2026-03-31")
    page = page_of(person("reporter", unit="กฝ."))
    assert "<h1>ต้องรายงาน 5 ตัวชี้วัด ภายในวันอังคารที่ 7 เมษายน 2569</h1>" in page
    assert "/report/five-2569/%E0%B8%81%E0%B8%9D./3/" in page
    assert "อีก 7 วัน" in page


def test_what_is_filled_in_is_counted(plan, register, person, clock) -> None:
    clock.set("2026-03-31")
    reporter = person("reporter", unit="กฝ.")
    cells = [CellInput("P1.1", "4"), CellInput("P1.2", "-")]
    figures_save(reporter, plan=plan, unit=register["กฝ."], period=3, cells=cells)
    page = page_of(person("reporter", unit="กฝ."))
    assert "กรอกแล้ว 2 จาก 5 ตัวชี้วัด" in page
    assert "ต้องรายงาน 3 ตัวชี้วัด" in page


def test_the_form_asks_for_as_many_indicators_as_my_work_counts(register, person) -> None:
    plan = plan_import(SYSTEM, package=varied(), owner=register["กนผ."])
    reporter = person("reporter", unit="กฝ.")
    page = my_work(reporter, date(2026, 5, 4))
    tasks = [*page.now, *(task for unit in page.late for task in unit.tasks)]
    assert len(tasks) > 2
    for task in tasks:
        form = report_entry(reporter, plan, register["กฝ."], task.due.period, with_all=True, today=date(2026, 5, 4))
        assert form.asked == task.count
        assert len(form.lines) == 4, "what is not due stands on the page too"
        assert form.asked < 4 or task.due.period == 3, "levels are due in March only"


def test_months_that_were_never_sent_stand_as_late_with_their_days(register, person, clock) -> None:
    plan_import(SYSTEM, package=small_plan(indicators=5), owner=register["กนผ."])
    clock.set("2026-03-31")
    page = page_of(person("reporter", unit="กฝ."))
    assert "รายงานเลยกำหนด 2 ฉบับ" in page
    assert "เลยกำหนด 54 วัน" in page, "January was due on 5 February"


def test_what_came_back_stands_first_with_its_reason(plan, register, person, clock) -> None:
    reporter, unit = person("reporter", unit="กฝ."), register["กฝ."]
    cells = [CellInput(f"P1.{n}", "10") for n in range(1, 6)]
    figures_save(reporter, plan=plan, unit=unit, period=3, cells=cells)
    report_submit(reporter, plan=plan, unit=unit, period=3)
    assert "ส่งแล้ว รอหัวหน้าหน่วยงานยืนยัน" in page_of(person("reporter", unit="กฝ."))
    report_return(person("head", unit="กฝ."), plan=plan, unit=unit, period=3, reason="ขาดหลักฐาน")
    page = page_of(person("reporter", unit="กฝ."))
    assert "รายงานที่ส่งกลับให้แก้ไข 1 ฉบับ" in page
    assert page.index("ขาดหลักฐาน") < page.index("<h2>เลยกำหนดส่ง")


def test_a_head_is_told_what_waits_for_confirmation(plan, register, person, clock) -> None:
    unit = register["กฝ."]
    reporter = person("reporter", unit="กฝ.")
    figures_save(reporter, plan=plan, unit=unit, period=3, cells=[CellInput(f"P1.{n}", "10") for n in range(1, 6)])
    report_submit(reporter, plan=plan, unit=unit, period=3)
    assert "รายงานรอการยืนยัน 1 ฉบับ" in page_of(person("head", unit="กฝ."))


def test_an_empty_page_says_what_will_come(plan, person, clock) -> None:
    page = page_of(person("reporter", unit="กค."))
    assert "ไม่มีรายงานค้าง" in page
    assert "เมื่อถึงรอบรายงานเดือนถัดไป" in page


def test_nobody_sees_it_without_signing_in(client, plan) -> None:
    answer = client.get("/my-work/")
    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]
