"""Rule sets chosen, copied and changed with what they make of the results shown before; steps taken into a work."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from samrit.package.rows import typed
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.filling.rule_choice import rule_choices
from samrit.plans.drafting.reading import read_draft
from samrit.plans.models import Plan, PlanDraft, Role, Unit
from samrit.plans.services.draft.opening import draft_amend, draft_open
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.plan.year_records import year_record_add
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import Clock, People, small_plan
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(client: Client, person: People, clock: Clock) -> Client:
    sign_in(client, person(Role.PLANNER))
    return client


@pytest.fixture
def draft(db) -> PlanDraft:
    return draft_open(SYSTEM, files=typed(small_plan()))


def bands(draft: PlanDraft, key: str, plans: list[Plan]) -> dict[str, int]:
    (choice,) = [c for c in rule_choices(draft, read_draft(draft), plans).choices if c.key == key]
    return {band.code: count for band, count in choice.bands if count}


def test_what_each_set_makes_of_the_results_stands_there_before_it_is_taken(
    planner: Client, register: dict[str, Unit], clock: Clock
) -> None:
    plan = plan_import(SYSTEM, package=small_plan(reported=((1, 10), (2, 4))), owner=register["กนผ."])  # 14 of 20
    draft = draft_amend(SYSTEM, plan=plan, effective_period=3)
    own = read_draft(draft).package.plan.ruleset
    assert bands(draft, f"draft:{own}", [plan]) == {"low": 1}, "70 % of the plan"
    assert sum(bands(draft, "ready:logframe-3", [plan]).values()) == 1
    page = planner.get(f"/drafts/{draft.pk}/rules/").content.decode()
    assert plan.title in page
    planner.post(f"/drafts/{draft.pk}/rules/", {"do": "take", "key": "ready:logframe-3"})
    assert read_draft(draft).package.plan.ruleset == "logframe-3"
    assert {c.key for c in rule_choices(draft, read_draft(draft), [plan]).choices if c.is_own} == {"draft:logframe-3"}


def test_next_year_is_judged_by_this_year_s_results_and_a_new_plan_as_planned(
    register: dict[str, Unit], clock: Clock
) -> None:
    plan = plan_import(SYSTEM, package=small_plan(reported=((1, 10), (2, 4))), owner=register["กนผ."])
    after = draft_open(SYSTEM, files=typed(small_plan(code="small-2570", year_be=2570)))
    own = f"draft:{read_draft(after).package.plan.ruleset}"
    assert rule_choices(after, read_draft(after), [plan]).plan == plan
    assert bands(after, own, [plan]) == {"low": 1}
    assert bands(after, own, []) == {"good": 1}, "as planned"


def test_a_copy_is_the_office_s_own_from_a_day_on(planner: Client, draft: PlanDraft) -> None:
    there, key = f"/drafts/{draft.pk}/rules/", f"draft:{read_draft(draft).package.plan.ruleset}"
    sent = {"do": "copy", "key": key, "code": "office-2570", "name": "เกณฑ์ใหม่ของหน่วยงาน", "day": "๑/๗/๒๕๖๙"}
    for wrong in ({"code": "มี ช่อง"}, {"code": ""}, {"name": " "}, {"day": "เร็ว ๆ นี้"}, {"key": "plan:none:x"}):
        answer = planner.post(there, {**sent, **wrong})
        assert answer.status_code == 422, wrong
        assert (sent["name"] in answer.content.decode()) == ("name" not in wrong)
    assert planner.post(there, sent).status_code == 302
    package = read_draft(draft).package
    made, original = package.ruleset(), package.ruleset(key.removeprefix("draft:"))
    assert (made.id, made.effective_from) == ("office-2570", date(2026, 7, 1))
    assert made.bands == original.bands
    row = next(r for r in standing(draft)["rulesets"].values() if r.cells["id"] == "office-2570")
    draft_save(SYSTEM, draft=draft, file="rulesets", rows=[RowInput(row.number, {"cap": "110"}, row.revision)])
    package = read_draft(draft).package
    assert (package.ruleset().cap, package.ruleset(original.id)) == (110, original), "the original stays as it was"
    assert planner.post(there, sent).status_code == 422, "the code is borne"


class TestSteps:
    """Ready-made steps with their approvals, those of another work, and how far each is in the year (R37 to R39)."""

    def test_a_set_is_taken_and_another_work_takes_it_over(self, planner: Client, draft: PlanDraft) -> None:
        planner.post(f"/drafts/{draft.pk}/steps-of/P1/", {"source": "training"})
        own = [row.cells for row in standing(draft)["steps"].values()]
        assert [cells["order"] for cells in own] == ["1", "2", "3", "4"]
        assert own[0]["decided_by"] == "ผู้บริหาร"
        draft_save(SYSTEM, draft=draft, file="projects", rows=[RowInput(None, {"strategy": "1", "title": "งานที่สอง"})])
        second = standing(draft)["projects"][2].cells["id"]
        assert "work:P1" in planner.get(f"/drafts/{draft.pk}/works/{second}/").content.decode()
        planner.post(f"/drafts/{draft.pk}/steps-of/{second}/", {"source": "work:P1"})
        taken = [r.cells for r in standing(draft)["steps"].values() if r.cells["project"] == second]
        assert [c["text"] for c in taken] == [c["text"] for c in own]
        refused = planner.post(f"/drafts/{draft.pk}/steps-of/P1/", {"source": "work:none"}, follow=True)
        assert "work:none"[5:] in refused.content.decode()
        assert planner.post(f"/drafts/{draft.pk}/steps-of/none/", {"source": "training"}).status_code == 404

    def test_a_scale_of_levels_is_taken_and_another_indicator_takes_it_over(
        self, planner: Client, draft: PlanDraft
    ) -> None:
        """R259: building works have one scale, due by months; what has levels keeps them."""
        here = f"/drafts/{draft.pk}/indicator/P1.1/"
        assert 'value="building"' in planner.get(here).content.decode()
        planner.post(f"{here}levels/", {"source": "building"})
        (work,) = read_draft(draft).package.plan.projects
        assert [level.due_period for level in work.indicators[0].levels] == [3, 6, 9, 11, 12]
        assert work.indicators[0].formula.value == "levels"
        assert 'value="building"' not in planner.get(here).content.decode(), "one scale at a time"
        refused = planner.post(f"{here}levels/", {"source": "percent"}, follow=True).content.decode()
        assert "P1.1" in refused
        assert "ระดับอยู่แล้ว" in refused
        new = RowInput(None, {"project": "P1", "name": "ตัวชี้วัดที่สอง", "unit_of_measure": "ระดับ"})
        draft_save(SYSTEM, draft=draft, file="indicators", rows=[new])
        second = max(standing(draft)["indicators"].items())[1].cells["id"]
        planner.post(f"/drafts/{draft.pk}/indicator/{second}/levels/", {"source": "indicator:P1.1"})
        levels = [r.cells for r in standing(draft)["levels"].values()]
        of = [[c["text"] for c in levels if c["indicator"] == name] for name in ("P1.1", second)]
        assert of[0] == of[1] != []
        for source in ("none", "indicator:none", ""):
            third = planner.post(f"/drafts/{draft.pk}/indicator/{second}/levels/", {"source": source}, follow=True)
            assert third.status_code == 200
        assert planner.post(f"/drafts/{draft.pk}/indicator/none/levels/", {"source": "percent"}).status_code == 404

    def test_a_step_waits_for_its_approval_and_is_late_until_it_has_it(
        self, planner: Client, draft: PlanDraft, register: dict[str, Unit], clock: Clock
    ) -> None:
        """A step that is approved is late no more, and counts among the work's steps that are over (R78)."""
        rows = [
            RowInput(
                None,
                {"project": "P1", "text": "ขอความเห็นชอบ", "due_on": "2026-02-01", "decided_by": "คณะกรรมการสวัสดิการ"},
            ),
            *(RowInput(None, {"project": "P1", "text": text}) for text in ("จัดงาน", "สรุปผล")),
        ]
        draft_save(SYSTEM, draft=draft, file="steps", rows=rows)
        plan = plan_import(SYSTEM, package=read_draft(draft).package, owner=register["กนผ."])
        clock.set("2026-03-02")
        page = planner.get(f"/plans/{plan.code}/works/P1/").content.decode()
        assert "คณะกรรมการสวัสดิการ" in page
        assert "เลยกำหนด" in page.split('id="steps"')[1].split("</section>")[0]
        assert "จาก 3 ขั้นตอน" not in page, "nothing was said of any step yet"
        given = {"happened_on": "1/3/2569", "step": "1", "state": "approved", "document": "รง 1/2569"}
        year_record_add(SYSTEM, plan=plan, kind="step_states", project="P1", given=given)
        section = (
            planner.get(f"/plans/{plan.code}/works/P1/").content.decode().split('id="steps"')[1].split("</section>")[0]
        )
        assert "อนุมัติแล้ว" in section
        assert "เลยกำหนด" not in section
        assert "แล้วเสร็จ 1 จาก 3 ขั้นตอน คิดเป็นร้อยละ 33.33" in section


def test_no_budget_and_an_unknown_one_are_told_apart(
    planner: Client, draft: PlanDraft, register: dict[str, Unit]
) -> None:
    unknown = plan_import(SYSTEM, package=small_plan(code="unknown-2569"), owner=register["กนผ."])
    draft_save(SYSTEM, draft=draft, file="budgets", rows=[RowInput(None, {"project": "P1", "text": "ไม่ใช้งบประมาณ"})])
    none = plan_import(SYSTEM, package=read_draft(draft).package, owner=register["กนผ."])
    for plan, said in ((unknown, "แผนไม่ได้ระบุงบประมาณ"), (none, "ไม่ใช้งบประมาณ")):
        page = planner.get(f"/plans/{plan.code}/works/P1/").content.decode()
        assert said in page
