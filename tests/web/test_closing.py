"""Closing is a page: what is not complete and what will be frozen stand there before anything is closed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samrit.plans.models import Evaluation, Plan, Unit
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.plan.periods import period_unlock
from samrit.plans.services.plan.plans import plan_import, plan_settings
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.web.reporting import signed_in
from tests.web.shown import decided


@pytest.fixture
def plan(register, clock) -> Plan:
    return plan_import(SYSTEM, package=small_plan(reported=((1, 10), (2, 10))), owner=register["กนผ."])


@pytest.fixture
def planner(plan, person):
    return signed_in(person("planner"))


def address(plan: Plan, query: str = "") -> str:
    return reverse("evaluation_close", args=[plan.code]) + query


def test_the_page_says_who_is_missing_and_what_will_be_frozen_and_closes_nothing(plan, planner) -> None:
    page = planner.get(address(plan, "?period=3")).content.decode()
    assert "ขาดส่ง 1 หน่วยงาน" in page
    assert "กองฝึกอบรม" in page
    assert "นับตัวเลขที่ส่งแล้ว" in page
    assert "required" in page
    assert not Evaluation.objects.exists()
    assert not plan.closures.exists()


def test_what_was_typed_stays_when_the_reason_is_missing_and_the_reason_stands_everywhere_after(plan, planner) -> None:
    refused = decided(planner, address(plan, "?period=3"), address(plan), {"period": "3", "reason": " "})
    assert refused.status_code == 200
    assert "ต้องระบุเหตุผล" in refused.content.decode()
    assert not Evaluation.objects.exists()
    stale = planner.post(address(plan), {"period": "3", "reason": "ปิดโดยขาดหนึ่งหน่วย", "shown": "0123456789abcdef"})
    assert "เปลี่ยนไปหลังจากที่ท่านเปิดหน้านี้" in stale.content.decode()
    assert "ปิดโดยขาดหนึ่งหน่วย" in stale.content.decode()
    assert not Evaluation.objects.exists()
    sent = {"period": "3", "reason": "ปิดโดยขาดหนึ่งหน่วย"}
    closed = decided(planner, address(plan, "?period=3"), address(plan), sent, follow=True).content.decode()
    for page in (closed, planner.get(reverse("control", args=[plan.code])).content.decode()):
        assert "ปิดโดยขาดหนึ่งหน่วย" in page
    assert "ขาดส่ง 1 หน่วยงาน" in closed
    room = planner.get(reverse("control", args=[plan.code])).content.decode()
    assert "เลยกำหนด ยังไม่ส่ง" in room, "the month of the unit stays missing"


def test_a_further_edition_shows_what_it_will_say_otherwise_and_the_old_one_that_it_was_replaced(
    plan, planner, register, clock
) -> None:
    decided(planner, address(plan, "?period=3"), address(plan), {"period": "3", "reason": "ปิดตามกำหนด"})
    period_unlock(SYSTEM, plan=plan, period=3, reason="แก้", until=clock().date())
    figures_save(SYSTEM, plan=plan, unit=register["กฝ."], period=3, cells=[CellInput("P1.1", "7")])
    page = planner.get(address(plan, "?period=3")).content.decode()
    assert "ครั้งที่ 2 แทนครั้งที่ 1" in page
    assert "<b>7</b>" in page
    decided(planner, address(plan, "?period=3"), address(plan), {"period": "3", "reason": "แก้ตามข้อทักท้วง"})
    old, new = (planner.get(reverse("evaluation", args=[plan.code, 3, number])).content.decode() for number in (1, 2))
    assert "ผลล่าสุดคือครั้งที่ 2" in old
    assert "<b>7</b>" in new


@pytest.mark.parametrize("query", ["", "?period=0", "?period=13", "?period=12", "?period=abc"])
def test_a_month_that_cannot_be_evaluated_leads_back(plan, planner, query) -> None:
    assert planner.get(address(plan, query)).status_code == 302


def test_the_plan_says_from_which_standing_on_figures_count(plan, planner) -> None:
    planner.post(reverse("evaluation_counting", args=[plan.code]), {"counts_from": "confirmed"})
    assert Plan.objects.get(pk=plan.pk).counts_from == "confirmed"
    planner.post(reverse("evaluation_counting", args=[plan.code]), {"counts_from": "typed"})
    assert Plan.objects.get(pk=plan.pk).counts_from == "confirmed"
    assert "นับตัวเลขที่หัวหน้ายืนยันแล้ว" in planner.get(address(plan, "?period=3")).content.decode()


def test_the_public_sees_a_plan_as_not_evaluated_until_its_first_evaluation(plan, client, person, planner) -> None:
    plan_settings(SYSTEM, plan=plan, is_public=True)
    overview, work = (reverse("overview", args=[plan.code]), reverse("work", args=[plan.code, "P1"]))
    pages = [client.get(at).content.decode() for at in (overview, reverse("plan", args=[plan.code]), work)]
    assert "1 งาน/โครงการ ยังไม่ประเมิน" in pages[0]
    for page in pages:
        assert "แผนนี้ยังไม่ได้ประเมิน" in page
    assert client.get(overview).context["page"].bar.total == 0, "and nothing is red"
    reporter, unit = person("reporter", unit="กฝ."), Unit.objects.get(code="กฝ.")
    cells = [CellInput("P1.1", "77777", explanation="รวมทั้งปี")]
    figures_save(reporter, plan=plan, unit=unit, period=3, cells=cells)
    decided(planner, address(plan, "?period=3"), address(plan), {"period": "3", "reason": "ปิดตามกำหนด"})
    for page in (client.get(at).content.decode() for at in (overview, work)):
        assert "แผนนี้ยังไม่ได้ประเมิน" not in page
        assert "77,777" not in page, "what was only typed"
