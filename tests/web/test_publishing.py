"""Where and when a plan was made known, and the letters that tell its units (R27, R261)."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from samrit.plans.models import HistoryEntry, Plan, Publication, Role, Unit
from samrit.plans.records.audit import audit
from samrit.plans.services.draft.deciding import draft_decide
from samrit.plans.services.draft.opening import draft_amend
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.web.accounts.notices import settled
from tests.plans.office import Clock, People, small_plan
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(register: dict[str, Unit], clock: Clock) -> Plan:
    clock.set("2026-02-02")
    return plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])


@pytest.fixture
def planner(client: Client, person: People, plan: Plan) -> Client:
    sign_in(client, person(Role.PLANNER))
    return client


def shown(client: Client, plan: Plan) -> str:
    return client.get(f"/plans/{plan.code}/versions/").content.decode()


def test_a_channel_is_recorded_with_its_day_and_taken_back_with_a_reason(planner: Client, plan: Plan) -> None:
    there = f"/plans/{plan.code}/publications/"
    sent = {"do": "record", "channel": "circular", "day": "๑๕/๑/๒๕๖๙", "reference": "รง 0603/ว 12", "note": "เวียนแล้ว"}
    assert planner.post(there, sent).status_code == 302
    page = shown(planner, plan)
    assert all(text in page for text in ("หนังสือเวียน", "15 ม.ค. 2569", "รง 0603/ว 12", "เวียนแล้ว"))
    row = Publication.objects.get()
    planner.post(there, {"do": "withdraw", "number": row.pk, "reason": " "})
    assert "รง 0603/ว 12" in shown(planner, plan), "nothing is taken back without a reason"
    planner.post(there, {"do": "withdraw", "number": row.pk, "reason": "บันทึกผิดแผน"})
    assert "รง 0603/ว 12" not in shown(planner, plan)
    assert HistoryEntry.objects.get(action="publication.withdraw").reason == "บันทึกผิดแผน"
    assert audit().is_clean


@pytest.mark.parametrize(
    "sent",
    [
        {"channel": "television", "day": "1/1/2569"},
        {"channel": "letters", "day": "1/1/2569"},
        {"channel": "website", "day": "3/2/2569"},
        {"channel": "website", "day": "1/1/2560"},
        {"channel": "website", "day": "1/1/2569", "reference": "ว" * 201},  # refused, not cut
        {"channel": "website", "day": "1/1/2569", "note": "คำที่พิมพ์ไว้" * 2_000},
        {"channel": "website", "day": "เมื่อวาน"},
        {"channel": "meeting", "day": "1/1/2569", "reference": " "},
    ],
)
def test_what_can_t_be_is_said_and_stays_in_the_form(planner: Client, plan: Plan, sent: dict[str, str]) -> None:
    answer = planner.post(f"/plans/{plan.code}/publications/", {"do": "record", "note": "คำที่พิมพ์ไว้", **sent})
    assert answer.status_code == 422
    assert "คำที่พิมพ์ไว้" in answer.content.decode()
    assert not Publication.objects.exists()


def test_units_are_told_of_each_version_once(planner: Client, plan: Plan, person: People) -> None:
    (unit,) = set(small_plan().plan.projects[0].responsible_units)
    reporter, stranger = person(Role.REPORTER, unit=unit), person(Role.REPORTER, unit="กบค.")
    for _ in range(2):
        planner.post(f"/plans/{plan.code}/publications/", {"do": "letters"})
    settled()
    assert [letter.to for letter in mail.outbox] == [[reporter.email]]
    assert plan.title in mail.outbox[0].subject
    draft = draft_amend(SYSTEM, plan=plan, effective_period=3, reason="มติที่ประชุม")
    draft_save(SYSTEM, draft=draft, file="projects", rows=[RowInput(1, {"title": "ชื่อที่แก้แล้ว"})])
    draft_decide(SYSTEM, draft=draft, step="submit", remark="ตรวจแล้ว")
    draft_decide(SYSTEM, draft=draft, step="approve")
    page = planner.get(f"/drafts/{draft.pk}/").content.decode()
    mark = page.split('name="shown" value="')[1].split('"')[0]
    answer = planner.post(f"/drafts/{draft.pk}/step/", {"step": "publish", "remark": "มติที่ประชุม", "shown": mark})
    assert answer.status_code == 302, answer.content.decode()
    settled()
    assert [letter.to for letter in mail.outbox] == [[reporter.email]] * 2
    assert "มติที่ประชุม" in mail.outbox[1].body
    assert stranger.email not in {to for letter in mail.outbox for to in letter.to}
    assert list(Publication.objects.values_list("channel", "version")) == [("letters", 1), ("letters", 2)]
    versions = shown(planner, plan).split("<tbody>")[1].split("</tbody>")[0]
    assert [month for month in ("ม.ค.", "มี.ค.") if month in versions] == ["ม.ค.", "มี.ค."], "each from its month on"
