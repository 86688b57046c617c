"""The pages of proposals: a unit's form from the call to the sending, the division's page from there into the draft."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samrit.package.rows import typed
from samrit.plans.drafting.document import standing
from samrit.plans.models import Person, PlanDraft, ProposalState, ProposedWork, Role, Unit
from samrit.plans.services.draft.opening import draft_open
from samrit.plans.services.writing import SYSTEM
from samrit.web.words import word
from tests.plans.office import Clock, People, small_plan
from tests.plans.test_proposals import NEW

pytestmark = pytest.mark.django_db
UNIT = "กฝ."


@pytest.fixture
def draft(register: dict[str, Unit], clock: Clock) -> PlanDraft:
    return draft_open(SYSTEM, files=typed(small_plan(indicators=2)))


def window(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_from_the_call_to_the_draft_and_back_once(draft: PlanDraft, person: People) -> None:
    planner, unit = window(person(Role.PLANNER)), window(person(Role.REPORTER, unit=UNIT))
    assert word("proposals.none") in unit.get("/proposals/").content.decode()
    day = timezone.localdate() + timedelta(days=3)
    assert planner.post(f"/drafts/{draft.pk}/proposals/", {"until": "เมื่อวาน"}).status_code == 422
    assert (
        planner.post(f"/drafts/{draft.pk}/proposals/", {"until": f"{day.day}/{day.month}/{day.year + 543}"}).status_code
        == 302
    )
    here = re.search(r'href="(/proposals/\d+/[^"]+)"', unit.get("/proposals/").content.decode())[1]
    assert "/proposals/" in unit.get("/account/").content.decode(), "the header has the door while a draft calls"
    assert f"{here}0/" in unit.get(here).content.decode()
    faulty = unit.post(f"{here}0/", {**NEW, "strategy": "", "1.target": "เยอะ", "seen": "0"})
    form = unit.get(faulty.headers["Location"]).content.decode()
    assert form.count('aria-invalid="true"') == 2
    assert "เยอะ" in form
    assert unit.post(here).status_code == 422
    revision = re.search(r'name="seen" value="(\d+)"', form)[1]
    unit.post(faulty.headers["Location"], {**NEW, "seen": revision})
    assert unit.post(here).status_code == 302
    proposal = ProposedWork.objects.get()
    page = f"/drafts/{draft.pk}/proposals/{proposal.pk}/"
    assert f'href="{page}"' in planner.get(f"/drafts/{draft.pk}/proposals/").content.decode()
    assert "อบรมพนักงาน" in planner.get(page).content.decode()
    assert planner.post(page, {"do": "return", "seen": proposal.revision}).status_code == 422
    planner.post(page, {"do": "return", "seen": proposal.revision, "r:goal": "ขอเป้าประสงค์"})
    assert "ขอเป้าประสงค์" in unit.get(f"{here}{proposal.pk}/").content.decode()
    revision = ProposedWork.objects.get().revision
    unit.post(f"{here}{proposal.pk}/", {**NEW, "goal": "คนเก่งขึ้น", "seen": revision})
    unit.post(here)
    assert planner.post(page, {"do": "take", "seen": ProposedWork.objects.get().revision}).status_code == 302
    assert "คนเก่งขึ้น" in {r.cells.get("goal") for r in standing(draft)["projects"].values()}
    assert ProposedWork.objects.get().state == ProposalState.TAKEN


def test_a_unit_sees_its_own_part_and_no_other_s(draft: PlanDraft, person: People) -> None:
    PlanDraft.objects.update(proposals_until=timezone.localdate())
    unit, other = window(person(Role.HEAD, unit=UNIT)), window(person(Role.REPORTER, unit="กบง."))
    here, theirs = f"/proposals/{draft.pk}/{UNIT}/", f"/proposals/{draft.pk}/กบง./"
    page = unit.get(f"{here}0/?work=P1").content.decode()
    assert 'name="1.id" value="P1.1"' in page
    assert '<option value="10">ต.ค. 2569</option>' in page, "by name: the tenth of a fiscal plan is July"
    assert other.get(here).status_code == other.get(f"{here}0/").status_code == 404
    assert other.get(f"{theirs}0/?work=P1").status_code == 404
    unit.post(f"{here}0/", {**NEW, "seen": "0"})
    at = ProposedWork.objects.get().pk
    division = window(person(Role.PLANNER))
    own = f"/drafts/{draft.pk}/proposals/{at}/"
    assert division.get(own).status_code == division.post(own, {"do": "take"}).status_code == 404, "not sent yet"
    assert other.get(f"{theirs}{at}/").status_code == other.post(f"{theirs}{at}/", NEW).status_code == 404
    assert unit.get(f"/drafts/{draft.pk}/proposals/").status_code == 404, "the draft itself is the division's"


def test_what_is_too_long_or_late_stays_in_its_boxes(draft: PlanDraft, person: People) -> None:
    PlanDraft.objects.update(proposals_until=timezone.localdate())
    unit = window(person(Role.REPORTER, unit=UNIT))
    answer = unit.post(f"/proposals/{draft.pk}/{UNIT}/0/", {**NEW, "goal": "ก" * 4001, "seen": "0"})
    assert answer.status_code == 422
    assert "อบรมพนักงาน" in answer.content.decode()
    PlanDraft.objects.update(proposals_until=timezone.localdate() - timedelta(days=1))
    answer = unit.post(f"/proposals/{draft.pk}/{UNIT}/0/", {**NEW, "seen": "0"})
    assert answer.status_code == 422
    assert "อบรมพนักงาน" in answer.content.decode()
    assert not ProposedWork.objects.exists()


def test_withdrawing_is_offered_and_done_while_the_call_stands(draft: PlanDraft, person: People) -> None:
    PlanDraft.objects.update(proposals_until=timezone.localdate())
    unit = window(person(Role.REPORTER, unit=UNIT))
    here = unit.post(f"/proposals/{draft.pk}/{UNIT}/0/", {**NEW, "seen": "0"}).headers["Location"]
    assert 'name="withdraw"' in unit.get(here).content.decode()
    PlanDraft.objects.update(proposals_until=timezone.localdate() - timedelta(days=1))
    assert 'name="withdraw"' not in unit.get(here).content.decode()
    late = unit.post(here, {"withdraw": "1"})
    assert (late.status_code, ProposedWork.objects.get().state) == (422, ProposalState.OPEN)
    assert "อบรมพนักงาน" in late.content.decode()
    PlanDraft.objects.update(proposals_until=timezone.localdate())
    assert unit.post(here, {"withdraw": "1"}).status_code == 302
    assert ProposedWork.objects.get().state == ProposalState.WITHDRAWN


def test_what_waits_for_the_division_comes_first_a_page_at_a_time(
    draft: PlanDraft, person: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samrit.web.views.drafts.proposals.ON_A_PAGE", 2)
    now = timezone.now()
    made = {"draft": draft, "changed_at": now, "sent_at": now}
    for code, state in (("กฝ.", "returned"), ("กฝ.", "open"), ("กบค.", "taken"), ("กนผ.", "sent")):
        ProposedWork.objects.create(unit=Unit.objects.get(code=code), state=state, cells={"title": state}, **made)
    division = window(person(Role.PLANNER))

    def titles(query: str) -> list[str]:
        page = division.get(f"/drafts/{draft.pk}/proposals/{query}").content.decode()
        return re.findall(r'proposals/\d+/">\s*(\w+)', page)

    assert titles("") == ["sent", "taken"]
    assert titles("?page=2") == titles("?page=99") == ["returned"]
