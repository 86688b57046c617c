"""Doors of services that had none: the office's holidays, ending an unlock, withdrawing a settled result (E.9)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from samrit.plans.models import HistoryEntry, HolidayChange, Plan, Settlement, Unit, Unlock
from samrit.plans.reporting.days import due_on
from samrit.plans.services.plan.periods import period_close, period_unlock
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.plan.settlements import settlement_save
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import Clock, People, small_plan
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(register: dict[str, Unit], clock: Clock) -> Plan:
    return plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])


@pytest.fixture
def planner(client: Client, person: People, plan: Plan) -> Client:
    sign_in(client, person("planner"))
    return client


class TestHolidays:
    def test_a_declared_holiday_moves_the_due_day_and_comes_back(self, planner: Client, plan: Plan) -> None:
        before = due_on(plan, 3)
        shown = f"{before.day}/{before.month}/{before.year + 543}"
        made = planner.post("/holidays/", {"do": "holiday", "day": shown, "name": "วันหยุดพิเศษ", "reason": "มติ ครม."})
        assert made.headers["Location"] == f"/holidays/?year={before.year + 543}"
        assert due_on(plan, 3) > before
        page = planner.get(made.headers["Location"]).content.decode()
        assert "วันหยุดพิเศษ" in page
        assert HistoryEntry.objects.get(action="holiday.save").reason == "มติ ครม."
        planner.post("/holidays/", {"do": "remove", "day": before.isoformat()})
        assert due_on(plan, 3) == before

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"do": "holiday", "day": "พรุ่งนี้", "name": "ก"}, "พรุ่งนี้"),
            ({"do": "holiday", "day": "1/5/2569", "name": " "}, "โปรดใส่ชื่อวันหยุด"),
            ({"do": "holiday", "day": "9999-01-01", "name": "ก"}, "9999-01-01"),
            ({}, "อ่านไม่"),
        ],
    )
    def test_what_is_no_holiday_is_said_and_kept_in_the_form(self, planner: Client, sent, said) -> None:
        answer = planner.post("/holidays/", sent)
        assert answer.status_code == 422
        assert not HolidayChange.objects.exists()
        if sent:
            assert said in answer.content.decode()

    def test_years_of_any_text_are_shown(self, planner: Client) -> None:
        for year in ("2569", "2026", "x", "-1", "99999", "๒๕๖๙"):
            assert planner.get("/holidays/", {"year": year}).status_code == 200


class TestDecisions:
    def test_an_unlock_is_ended_and_a_settled_result_withdrawn(self, planner: Client, plan: Plan) -> None:
        period_close(SYSTEM, plan=plan, period=2)
        unlock = period_unlock(SYSTEM, plan=plan, period=2, reason="แก้ตัวเลข", until=date(2026, 12, 31))
        settled = settlement_save(SYSTEM, plan=plan, record="P1", period=3, percent=Decimal("87.50"), reason="มติ")
        there = reverse("control_decisions", args=[plan.code])
        page = planner.get(there).content.decode()
        assert "แก้ตัวเลข" in page
        assert "87.5" in page
        ending = reverse("control_decisions_end", args=[plan.code])
        planner.post(ending, {"do": "lock", "number": unlock.pk})
        refused = planner.post(ending, {"do": "withdraw", "number": settled.pk, "reason": " "}, follow=True)
        assert not Settlement.objects.get().withdrawn, "withdrawing takes a reason"
        assert "notice-error" in refused.content.decode() or "message" in refused.content.decode()
        planner.post(ending, {"do": "withdraw", "number": settled.pk, "reason": "มติใหม่"})
        assert Settlement.objects.get().withdrawn
        assert Unlock.objects.get().until < date(2026, 12, 31)
        assert "87.5" not in planner.get(there).content.decode()

    @pytest.mark.parametrize("number", ["", "0", "99999", "x", "²", "1" * 5000])
    def test_what_is_not_there_is_not_found(self, planner: Client, plan: Plan, number: str) -> None:
        ending = reverse("control_decisions_end", args=[plan.code])
        for what in ("lock", "withdraw"):
            assert planner.post(ending, {"do": what, "number": number, "reason": "x"}).status_code == 404
