"""The pages of a draft's tree and of one work: what their forms do, and what they say where it can't be done."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from samrit.package.rows import typed
from samrit.plans.drafting.document import standing
from samrit.plans.models import DraftRow, PlanDraft, Role
from samrit.plans.services.draft.opening import draft_open
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.plans.services.writing import SYSTEM
from samrit.web.words import word
from tests.plans.office import Clock, People, example, small_plan
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(client: Client, person: People, clock: Clock) -> Client:
    sign_in(client, person(Role.PLANNER))
    return client


@pytest.fixture
def draft(db) -> PlanDraft:
    return draft_open(SYSTEM, files=typed(small_plan(indicators=2)))


def works(draft: PlanDraft) -> list[tuple[str, str, str]]:
    """Return number, id and strategy of the works that stand, by number."""
    rows = [r.cells for r in standing(draft)["projects"].values() if not r.is_removed]
    return sorted((c.get("number", ""), c.get("id", ""), c.get("strategy", "")) for c in rows)


def test_a_tree_grows_and_is_moved_by_its_forms_alone(planner: Client, draft: PlanDraft) -> None:
    here = f"/drafts/{draft.pk}/tree/"
    planner.post(here, {"do": "add", "file": "strategies", "name": "ยุทธศาสตร์ที่สอง"})
    second = next(n for n, r in standing(draft)["strategies"].items() if r.cells["code"] == "2")
    for title in ("งานใหม่", "งานที่สาม"):
        planner.post(here, {"do": "add", "file": "projects", "to": "strategies-1", "title": title})
    assert works(draft) == [("1", "P1", "1"), ("2", "P2", "1"), ("3", "P3", "1")]
    page = planner.get(here, {"at": "projects-2"}).content.decode()
    button = next(b for b in re.findall(r'name="move" value="([^"]+)"', page) if b.startswith("up:projects-2"))
    assert planner.post(here, {"move": button}).headers["Location"].endswith("#projects-2")
    assert works(draft) == [("1", "P2", "1"), ("2", "P1", "1"), ("3", "P3", "1")]
    planner.post(here, {"do": "under", "at": "projects-2", "to": f"strategies-{second}"})
    assert ("1", "P2", "2") in works(draft)
    planner.post(here, {"do": "number"})
    assert works(draft) == [("1", "P1", "1"), ("1", "P2", "2"), ("2", "P3", "1")]


def test_what_hangs_on_a_record_is_said_before_it_goes(planner: Client, draft: PlanDraft) -> None:
    here = f"/drafts/{draft.pk}/tree/"
    page = planner.get(here, {"at": "strategies-1"}).content.decode()
    assert "รายเดือน 24" in page
    mark = re.search(r'name="shown" value="(\w+)"', page)[1]
    refused = planner.post(here, {"do": "remove", "at": "strategies-1", "shown": mark})
    assert refused.status_code == 422
    draft_save(SYSTEM, draft=draft, file="projects", rows=[RowInput(1, {"title": "ชื่ออื่น"})])
    changed = planner.post(here, {"do": "remove", "at": "strategies-1", "below": "gone", "shown": mark})
    assert (changed.status_code, works(draft)) == (422, [("1", "P1", "1")]), "something else stood there by then"
    mark = re.search(r'name="shown" value="(\w+)"', changed.content.decode())[1]
    assert planner.post(here, {"do": "remove", "at": "strategies-1", "below": "gone", "shown": mark}).status_code == 302
    assert works(draft) == []


def test_what_was_typed_stays_where_it_is_refused(planner: Client, draft: PlanDraft) -> None:
    here = f"/drafts/{draft.pk}/tree/"
    refused = planner.post(here, {"do": "add", "file": "strategies", "name": "สองชื่อ", "code": "1"})
    assert refused.status_code == 422
    assert "สองชื่อ" in refused.content.decode()
    work = {"do": "add", "file": "projects", "to": "strategies-1", "title": "", "id": "รหัสของฉัน"}
    nameless = planner.post(here, work)
    assert nameless.status_code == 422
    assert 'name="id" maxlength="80" value="รหัสของฉัน"' in nameless.content.decode()
    long = planner.post(here, {"do": "save", "at": "projects-1", "v": "0", "c:title": "ก" * 20_001, "c:goal": "เป้าใหม่"})
    assert long.status_code == 422
    assert "เป้าใหม่" in long.content.decode()
    draft_save(SYSTEM, draft=draft, file="projects", rows=[RowInput(1, {"title": "ของคนอื่น"})])
    both = planner.post(here, {"do": "save", "at": "projects-1", "v": "0", "c:title": "ของฉัน"})
    assert both.status_code == 409
    assert "ของฉัน" in both.content.decode()
    assert standing(draft)["projects"][1].cells["title"] == "ของคนอื่น"


@pytest.mark.parametrize(
    "sent", [{}, {"do": "up"}, {"do": "up", "at": "x-1"}, {"move": "up:projects-99:"}, {"move": "::"}]
)
def test_what_names_nothing_changes_nothing(planner: Client, draft: PlanDraft, sent: dict[str, str]) -> None:
    assert planner.post(f"/drafts/{draft.pk}/tree/", sent).status_code == 404
    assert not DraftRow.objects.exists()


def test_a_work_s_page_has_everything_of_it_and_nothing_of_another(planner: Client, draft: PlanDraft) -> None:
    """A work that is called like another's number, month or strategy does not show what belongs to those."""
    draft_save(SYSTEM, draft=draft, file="projects", rows=[RowInput(None, {"id": "1", "number": "2", "strategy": "1"})])
    page = planner.get(f"/drafts/{draft.pk}/works/P1/").content.decode()
    assert f'href="/drafts/{draft.pk}/indicator/P1.1/"' in page
    other = planner.get(f"/drafts/{draft.pk}/works/1/").content.decode()
    assert "P1" not in re.findall(r'name="c:\d+:id" value="([^"]*)"', other)
    assert word("draft_work.none") in other
    back = {"n:1:text": "ลงมือ", "n:1:project": "P1", "back": "P1", "back_to": "work"}
    answer = planner.post(f"/drafts/{draft.pk}/steps/", back)
    assert answer.headers["Location"] == f"/drafts/{draft.pk}/works/P1/"
    assert planner.get(f"/drafts/{draft.pk}/works/none/").status_code == 404


def test_the_tree_of_the_example_is_light(planner: Client, db) -> None:
    draft = draft_open(SYSTEM, files=typed(example("sso-2568")))
    page = planner.get(f"/drafts/{draft.pk}/tree/").content
    assert len(page) < 200_000
    assert page.count(b'<li id="projects-') < 235, "one strategy stands open, the others when asked for"


def test_a_column_of_the_chosen_rows_is_set_at_once_and_nothing_else(planner: Client, draft: PlanDraft) -> None:
    here = f"/drafts/{draft.pk}/indicators/"
    standing_cells = {n: dict(r.cells) for n, r in standing(draft)["indicators"].items()}
    cells = {f"c:{n}:{name}": text for n, own in standing_cells.items() for name, text in own.items()}
    sent = {**cells, "v:1": "0", "v:2": "0", "pick": "2", "do": "bulk", "bulk_column": "direction"}
    assert planner.post(here, {**sent, "bulk_value": "ยิ่งน้อยยิ่งดี", "c:1:name": "ชื่อที่พิมพ์ค้าง"}).status_code == 302
    after = {n: dict(r.cells) for n, r in standing(draft)["indicators"].items()}
    assert after[2] == {**standing_cells[2], "direction": after[2]["direction"]}
    assert after[1] == {**standing_cells[1], "name": "ชื่อที่พิมพ์ค้าง"}
    nothing = planner.post(here, {**cells, "do": "bulk", "bulk_column": "", "c:1:name": "ยังอยู่"})
    assert nothing.status_code == 422
    assert "ยังอยู่" in nothing.content.decode()


def test_what_the_months_add_up_to_follows_what_is_typed_and_nothing_is_kept(planner: Client, draft: PlanDraft) -> None:
    page = planner.get(f"/drafts/{draft.pk}/indicator/P1.1/").content.decode()
    months = dict.fromkeys(re.findall(r'name="(c:\d+:planned)"', page), "10")
    assert len(months) == 12
    here = f"/drafts/{draft.pk}/indicator/P1.1/sums/"
    first, second, *_ = months
    typed = planner.post(here, {**months, first: "๒๐", second: "–"}).content.decode()
    assert re.findall(r'"number">([^<]*)<', typed) == [str(n) for n in (20, 20, *range(30, 121, 10))]
    assert "มาก" in planner.post(here, {**months, first: "มาก"}).content.decode()
    assert not DraftRow.objects.exists()
