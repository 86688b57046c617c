"""What is typed too long, or too often, is refused in words on every page: never cut in silence."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from samrit.plans.drafting.document import mark_of
from samrit.plans.fields import LONGEST_TEXT
from samrit.plans.models import HistoryEntry, Person, PlanDraft
from samrit.plans.services.draft.opening import MOST_STAGES, draft_amend
from samrit.plans.services.office.erasing import person_erasure_ask
from samrit.plans.services.office.holidays import holiday_save
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan

LONG = "เหตุผลยาว " * (LONGEST_TEXT // 10) + "และยาวกว่านั้น"
STAGES = "\n".join(f"ขั้นที่ {number}" for number in range(MOST_STAGES + 1))
FORMS = [
    ("/causes/", {"title": "น้ำท่วม", "reason": LONG}),
    ("/holidays/", {"do": "holiday", "day": "3/3/2569", "name": "ว" * 201, "reason": "มติ"}),
    ("/holidays/", {"do": "remove", "day": "2/3/2569", "reason": LONG}),
    ("/person/reporter-1/switch/", {"active": "no", "reason": LONG}),
    ("/person/reporter-1/erase/", {"reason": LONG}),
    ("/erasures/{erasure}/", {"do": "refuse", "remark": LONG}),
    ("/drafts/{draft}/settings/", {"title": "ร่าง", "period": "4", "shown": "{mark}", "stages": STAGES}),
    ("/drafts/{draft}/step/", {"step": "withdraw", "shown": "{mark}", "remark": LONG}),
    ("/drafts/new/", {"way": "amend", "plan": "small-2569", "period": "4", "reason": LONG}),
]


@pytest.fixture
def office(register, clock, person) -> dict[str, object]:
    clock.set("2026-03-20")
    plan = plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])
    holiday_save(SYSTEM, day=date(2026, 3, 2), name="หยุดพิเศษ", reason="มติ")
    person("reporter", unit="กฝ.")
    other: Person = person("auditor")
    draft = draft_amend(SYSTEM, plan=plan, effective_period=4, reason="ปรับแผน")
    asked = person_erasure_ask(SYSTEM, person=other, reason="ขอลบ")
    return {"draft": draft.pk, "erasure": asked.pk, "mark": mark_of(draft)}


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "sent"), FORMS, ids=[f"{address} {[*sent][-1]}" for address, sent in FORMS])
def test_it_is_refused_whole(office, person, address: str, sent: dict[str, str]) -> None:
    client = Client()
    is_planners = address.startswith(("/drafts", "/causes", "/holidays"))
    client.force_login(
        person("planner" if is_planners else "administrator"), backend="django.contrib.auth.backends.ModelBackend"
    )
    before, drafts = HistoryEntry.objects.count(), PlanDraft.objects.count()
    answer = client.post(
        address.format(**office), {name: text.replace("{mark}", str(office["mark"])) for name, text in sent.items()}
    )
    told = [str(message) for message in answer.wsgi_request._messages]
    shown = answer.content.decode() + " ".join(told)
    assert answer.status_code in (200, 302, 409, 422)
    assert "ยาวเกิน" in shown or "มีได้ไม่เกิน" in shown
    assert (HistoryEntry.objects.count(), PlanDraft.objects.count()) == (before, drafts)
