"""Works of a draft that share goal, steps and indicators: put together, changed at once, taken apart (R43, R44)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from samrit.engine.model import IndicatorCard, Level, Project
from samrit.package.rows import typed
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.reading import read_draft
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import HistoryEntry, PlanDraft, Role
from samrit.plans.services.draft.grouping import draft_group
from samrit.plans.services.draft.opening import draft_open
from samrit.plans.services.draft.rows import RowInput, draft_save, draft_undo
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.reports.document.model import TableBlock
from samrit.reports.plan_book.book import build
from tests.plans.office import People, small_plan
from tests.reports.small_plans import plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> PlanDraft:
    """A draft of a work with goal, steps, indicator, level and card, and of three bare works beside it."""
    package = small_plan()
    (head,) = package.plan.projects
    (measure,) = head.indicators
    measure = replace(measure, levels=(Level(1, "เริ่ม", threshold=Decimal(5)),))
    head = replace(head, goal="สมรรถนะดีขึ้น", steps=("ขออนุมัติ", "จัดอบรม"), indicators=(measure,))
    others = tuple(Project(f"P{n}", n, f"หลักสูตรที่ {n}", "1", responsible_units=("กฝ.",)) for n in (2, 3, 4))
    cards = (IndicatorCard("P1.1", method="นับจากทะเบียน"),)
    plan = replace(package.plan, projects=(head, *others), cards=cards)
    return draft_open(SYSTEM, files=typed(replace(package, plan=plan)))


def works(draft: PlanDraft) -> dict[str, Project]:
    package = read_draft(draft).package
    assert package is not None
    return {p.id: p for p in package.plan.projects}


def test_a_group_is_changed_in_one_place(draft: PlanDraft, person: People) -> None:
    planner = person(Role.PLANNER)
    draft_group(planner, draft=draft, work="P1", members=["P2", "P3"], parts=["goal", "steps", "indicators"])
    found = works(draft)
    for own in ("P2", "P3"):
        (measure,) = found[own].indicators
        assert (found[own].goal, found[own].steps) == ("สมรรถนะดีขึ้น", ("ขออนุมัติ", "จัดอบรม"))
        assert (measure.id, measure.identity, measure.name) == (f"{own}.1", "small-2569:P1.1", "ตัวชี้วัดที่ 1")
        assert [t.value for t in measure.targets] == [Decimal(120)]
        assert [v.threshold for v in measure.levels] == [Decimal(5)]
        assert measure.entries == (), "months stay each work's own"
    package = read_draft(draft).package
    assert package is not None
    assert {c.indicator: c.method for c in package.plan.cards} == dict.fromkeys(("P1.1", "P2.1", "P3.1"), "นับจากทะเบียน")
    draft_save(planner, draft=draft, file="projects", rows=[RowInput(1, {"goal": "เป้าใหม่"}, 0)])
    assert [p.goal for p in works(draft).values()] == ["เป้าใหม่", "เป้าใหม่", "เป้าใหม่", ""]
    target = next(n for n, r in standing(draft)["targets"].items() if r.cells["indicator"] == "P1.1")
    draft_save(planner, draft=draft, file="targets", rows=[RowInput(target, {"value": "150"}, 0)])
    draft_group(planner, draft=draft, work="P1", members=["P2", "P3"], parts=["indicators"])
    assert [[t.value for i in p.indicators for t in i.targets] for p in works(draft).values()][:3] == [
        [Decimal(150)]
    ] * 3
    assert len(standing(draft)["indicators"]) == 3, "an indicator that they have already is not added again"


def test_a_scale_taken_over_is_the_head_s_and_of_two_measures_called_alike_each_has_its_own(draft: PlanDraft) -> None:
    named = {"name": "ตัวชี้วัดที่ 1", "unit_of_measure": "คน"}
    own = [RowInput(None, {"project": w, "id": i, **named}) for w, i in (("P1", "P1.2"), ("P2", "A"), ("P2", "B"))]
    draft_save(SYSTEM, draft=draft, file="indicators", rows=own)
    levels = ({"number": "1", "due_period": "3", "threshold": "9"}, {"number": "2", "text": "ของเดิม"})
    draft_save(SYSTEM, draft=draft, file="levels", rows=[RowInput(None, {"indicator": "A", **own}) for own in levels])
    draft_group(SYSTEM, draft=draft, work="P1", members=["P2"], parts=["indicators"])
    found = works(draft)
    assert [i.id for i in found["P2"].indicators] == ["A", "B"]
    for mine, theirs in zip(found["P2"].indicators, found["P1"].indicators, strict=True):
        assert (mine.levels, mine.targets) == (theirs.levels, theirs.targets)


def test_only_the_goal_may_be_shared(draft: PlanDraft) -> None:
    draft_save(SYSTEM, draft=draft, file="steps", rows=[RowInput(None, {"project": "P2", "text": "สำรวจ"})])
    draft_group(SYSTEM, draft=draft, work="P1", members=["P2"], parts=["goal"])
    own = works(draft)["P2"]
    assert (own.goal, own.steps, own.indicators) == ("สมรรถนะดีขึ้น", ("สำรวจ",), ())


def test_who_leaves_keeps_what_was_shared(draft: PlanDraft) -> None:
    draft_group(SYSTEM, draft=draft, work="P1", members=["P2", "P3"], parts=["goal", "steps"])
    draft_group(SYSTEM, draft=draft, work="P1", members=["P3"], parts=[])
    draft_save(SYSTEM, draft=draft, file="projects", rows=[RowInput(1, {"goal": "เป้าใหม่"}, 0)])
    found = works(draft)
    assert (found["P2"].shares_with, found["P2"].goal) == ("", "สมรรถนะดีขึ้น")
    assert found["P2"].steps == found["P1"].steps
    assert found["P3"].goal == "เป้าใหม่"


def test_one_press_is_taken_back_whole(draft: PlanDraft, person: People) -> None:
    planner, before = person(Role.PLANNER), works(draft)
    draft_group(planner, draft=draft, work="P1", members=["P2"], parts=["goal", "steps", "indicators"])
    draft_undo(planner, draft=draft, entry=HistoryEntry.objects.latest("sequence"))
    assert works(draft) == before


def test_no_group_stands_in_a_group_and_nothing_is_half_written(draft: PlanDraft, person: People) -> None:
    draft_group(SYSTEM, draft=draft, work="P1", members=["P2"], parts=["goal"])
    reader = person(Role.EXECUTIVE)
    count = HistoryEntry.objects.count()
    for work, members in (("P2", ["P3"]), ("P3", ["P1"]), ("P1", ["P1"]), ("P4", ["P2"])):
        with pytest.raises(ServiceError, match="group_chained"):
            draft_group(SYSTEM, draft=draft, work=work, members=members, parts=["goal"])
    for work, members in (("P9", []), ("P1", ["P9"]), ("", [])):
        with pytest.raises(NotVisible):
            draft_group(SYSTEM, draft=draft, work=work, members=members, parts=["goal"])
    with pytest.raises(ServiceError, match="not_allowed"):
        draft_group(reader, draft=draft, work="P1", members=[], parts=[])
    assert HistoryEntry.objects.count() == count


def test_the_page_offers_the_works_beside_and_saves_the_group(draft: PlanDraft, person: People, client: Client) -> None:
    client.force_login(person(Role.PLANNER), backend="django.contrib.auth.backends.ModelBackend")
    sent = {"member": ["P2", "P4"], "part": ["goal", "steps"]}
    assert client.post(f"/drafts/{draft.pk}/group-of/P1/", sent).status_code == 302
    page = client.get(f"/drafts/{draft.pk}/works/P1/")
    assert [(c.id, c.is_in) for c in page.context["group"].choices] == [("P2", True), ("P3", False), ("P4", True)]
    member = client.get(f"/drafts/{draft.pk}/works/P2/").content.decode()
    assert f'href="/drafts/{draft.pk}/works/P1/#group"' in member
    refused = client.post(f"/drafts/{draft.pk}/group-of/P2/", {"member": ["P3"]}, follow=True)
    assert "notice-error" in refused.content.decode()


def test_a_published_group_is_shown_cut_to_taken_out_and_printed_once(draft: PlanDraft, person: People) -> None:
    draft_group(SYSTEM, draft=draft, work="P1", members=["P2", "P3"], parts=["goal", "steps"])
    package = read_draft(draft).package
    assert package is not None
    plan = plan_import(SYSTEM, package=package)
    client = Client()
    client.force_login(person(Role.PLANNER), backend="django.contrib.auth.backends.ModelBackend")
    work = client.get(f"/plans/{plan.code}/works/P2/").content.decode()
    assert "สมรรถนะดีขึ้น" in work, "the goal of the group is its own"
    assert "จัดอบรม" in work
    assert "P3 หลักสูตรที่ 3" in work
    cut = client.get(f"/plans/{plan.code}/?group=P1")
    assert [row.id for row in cut.context["page"].rows] == ["P1", "P2", "P3"]
    lines = client.get(f"/plans/{plan.code}/tables/works.csv").content.decode("utf-8-sig").splitlines()
    at = lines[0].split(",").index("กลุ่มงาน")
    assert [line.split(",")[at] for line in lines[1:]] == ["P1", "P1", "P1", ""]
    tables = [block for block in build(package.plan).blocks if isinstance(block, TableBlock)]
    cells = [cell for table in tables for row in table.rows for cell in row.cells if "จัดอบรม" in plain(cell.text)]
    assert [cell.rowspan for cell in cells] == [3]
