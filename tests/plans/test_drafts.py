"""A draft: rows changed by several people, read at every moment, decided on step by step, and made a version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from samrit.engine.model import Entry, Mark
from samrit.engine.results import State
from samrit.engine.year import YearRecord
from samrit.package.kinds import KINDS
from samrit.package.ready_rules import ready_rules
from samrit.package.resources import resource_named
from samrit.package.rows import TypedRow, typed
from samrit.plans.drafting import states
from samrit.plans.drafting.beginnings import next_year
from samrit.plans.drafting.document import begun_with, mark_of, standing
from samrit.plans.drafting.filling.completing import completed
from samrit.plans.drafting.reading import read_draft
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import version_in_force
from samrit.plans.models import DraftDecision, DraftRow, DraftState, HistoryEntry, Person, Plan, PlanDraft, Role
from samrit.plans.records.audit import audit
from samrit.plans.services.draft.deciding import draft_decide, draft_waive
from samrit.plans.services.draft.opening import draft_amend, draft_copy, draft_empty, draft_open, draft_settings
from samrit.plans.services.draft.rows import DraftOutcome, RowInput, draft_save, draft_undo
from samrit.plans.services.draft.rules import draft_rules_take
from samrit.plans.services.office.people import person_create, role_give
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import People, example, small_plan
from tests.plans.test_breakdowns import broken_down

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db) -> PlanDraft:
    return draft_open(SYSTEM, files=typed(small_plan(indicators=2)))


def another(role: Role) -> Person:
    """Somebody more who holds a role."""
    made = person_create(SYSTEM, username=f"another-{Person.objects.count()}")
    role_give(SYSTEM, person=made, role=role)
    return Person.objects.get(pk=made.pk)


def cells(draft: PlanDraft, file: str, number: int = 1) -> dict[str, str]:
    return dict(standing(draft)[file][number].cells)


def saved(draft: PlanDraft, file: str, *rows: RowInput, by=SYSTEM) -> DraftOutcome:
    return draft_save(by, draft=draft, file=file, rows=rows)


class TestRows:
    def test_a_cell_is_kept_as_typed_and_its_fault_stands_at_it(self, draft: PlanDraft) -> None:
        assert read_draft(draft).package == small_plan(indicators=2)
        saved(draft, "indicators", RowInput(1, {"weight": "มาก"}))
        assert cells(draft, "indicators")["weight"] == "มาก"
        found = read_draft(draft)
        assert found.package is None
        assert [f.place.column for f in found.faults()["indicators.csv", 1]] == ["weight"]
        saved(draft, "indicators", RowInput(1, {"weight": "60"}, seen=1))
        assert read_draft(draft).package.plan.projects[0].indicators[0].weight == Decimal(60)
        assert audit().is_clean

    def test_a_new_row_is_given_what_its_file_takes_for_granted(self, draft: PlanDraft) -> None:
        work = next(iter(standing(draft)["projects"].values())).cells
        place = {name: work[name] for name in ("strategy", "tactic", "programme") if work.get(name)}
        saved(draft, "projects", RowInput(None, {**place, "title": "งานใหม่"}))
        fresh = cells(draft, "projects", 2)
        assert (fresh["number"], bool(fresh["id"])) == (str(int(work["number"]) + 1), True)
        given = [
            {"name": "ผู้เข้าอบรม", "unit_of_measure": "คน"},
            {"name": "ผ่าน", "unit_of_measure": "ร้อยละ", "id": "X"},
            {"name": "ป่วย", "unit_of_measure": "รายต่อแสนประชากร", "id": "Y"},
        ]
        saved(draft, "indicators", *(RowInput(None, {"project": fresh["id"], **own}) for own in given))
        count, share = cells(draft, "indicators", 3), cells(draft, "indicators", 4)
        assert (count["id"], count["number"], count["aggregation"]) == (f"{fresh['id']}.1", "1", "sum")
        assert (share["id"], share["number"], share["aggregation"]) == ("X", "2", "latest")
        rate = cells(draft, "indicators", 5)
        assert (rate["aggregation"], rate.get("is_share", "")) == ("latest", "")
        assert not [f for f in read_draft(draft).findings if f.code == "package_cell_required"]
        saved(draft, "indicators", RowInput(None, {"part_of": count["id"], "dimension": "เพศ", "name": "หญิง"}))
        assert cells(draft, "indicators", 6)["id"] == f"{count['id']}.1"

    def test_words_stand_for_codes_in_both_languages(self, draft: PlanDraft) -> None:
        saved(draft, "projects", RowInput(1, {"kind": "งานประจำ"}))
        saved(draft, "indicators", RowInput(1, {"is_share": "ใช่"}), RowInput(2, {"aggregation": "Sum"}))
        plan = read_draft(draft).package.plan
        assert plan.projects[0].kind == "routine"
        assert plan.projects[0].indicators[0].is_share

    def test_a_record_is_named_by_its_name_where_one_alone_bears_it(self, draft: PlanDraft) -> None:
        units = [{"code": "ก1", "name": "กองคลัง"}, {"code": "ก2", "name": "กองซ้ำ"}, {"code": "ก3", "name": "กองซ้ำ"}]
        saved(draft, "units", *(RowInput(None, cells) for cells in units))
        saved(draft, "unit_aliases", RowInput(None, {"unit": "กองคลัง", "alias": "กค."}))
        typed_units = ("กอง คลัง", "กค.", "ก2", "กองซ้ำ", "กองอื่น")
        saved(draft, "project_units", *(RowInput(None, {"project": "โครงการทดลอง", "unit": u}) for u in typed_units))
        rows = [r.cells for n, r in standing(draft)["project_units"].items() if n > 1]
        assert [cells["unit"] for cells in rows] == ["ก1", "ก1", "ก2", "กองซ้ำ", "กองอื่น"]
        assert {cells["project"] for cells in rows} == {"P1"}

    def test_two_people_never_overwrite_each_other(self, draft: PlanDraft) -> None:
        saved(draft, "projects", RowInput(1, {"title": "ชื่อของ ก", "goal": ""}, seen=0))
        mine = RowInput(1, {"title": "โครงการทดลอง", "goal": "เป้าของ ข"}, seen=0)  # the title as ข saw it
        assert saved(draft, "projects", mine).conflicts == ()
        assert (cells(draft, "projects")["title"], cells(draft, "projects")["goal"]) == ("ชื่อของ ก", "เป้าของ ข")
        (clash,) = saved(draft, "projects", RowInput(1, {"title": "ชื่อของ ค", "remark": "ค"}, seen=0)).conflicts
        assert clash.mine == {"title": "ชื่อของ ค"}
        assert clash.theirs["title"] == cells(draft, "projects")["title"] == "ชื่อของ ก"
        assert cells(draft, "projects")["remark"] == "ค", "what nobody else touched is taken"

    def test_taking_out_what_somebody_changed_meanwhile_is_a_conflict(self, draft: PlanDraft) -> None:
        saved(draft, "projects", RowInput(1, {"title": "ใหม่"}))
        assert len(saved(draft, "projects", RowInput(1, {}, seen=0, is_removed=True)).conflicts) == 1
        assert not standing(draft)["projects"][1].is_removed

    def test_new_rows_get_numbers_and_their_place_in_the_order(self, draft: PlanDraft) -> None:
        steps = [RowInput(None, {"project": "P1", "text": text}) for text in ("วางแผน", "ลงมือ", "")]
        assert saved(draft, "steps", *steps, RowInput(None, {"text": "", "project": ""})).saved == 3
        assert read_draft(draft).package.plan.projects[0].steps == ("วางแผน", "ลงมือ", "")

    def test_a_renamed_work_takes_along_what_names_it(self, draft: PlanDraft) -> None:
        assert saved(draft, "projects", RowInput(1, {"id": "งาน-1"})).followed == 3  # unit and two indicators
        saved(draft, "indicators", RowInput(1, {"id": "งาน-1.1"}))
        plan = read_draft(draft).package.plan
        assert plan.projects[0].id == "งาน-1"
        assert [len(i.entries) for i in plan.projects[0].indicators] == [12, 12]

    def test_a_work_taken_out_goes_with_everything_under_it_and_comes_back_whole(self, draft: PlanDraft) -> None:
        before = read_draft(draft).package
        saved(draft, "projects", RowInput(1, {}, is_removed=True))
        gone = read_draft(draft)
        assert [f.code for f in gone.findings if f.code.startswith("package_reference")] == []
        assert not gone.package.plan.projects
        assert "draft_without_works" in {f.code for f in gone.errors}
        assert draft_undo(SYSTEM, draft=draft, entry=HistoryEntry.objects.latest("sequence")) > 24
        assert read_draft(draft).package == before
        assert audit().is_clean

    def test_a_strategy_taken_out_leaves_its_works_with_a_fault_beside_them(self, draft: PlanDraft) -> None:
        saved(draft, "strategies", RowInput(1, {}, is_removed=True))
        found = read_draft(draft)
        assert [(f.code, f.place.document) for f in found.errors] == [("package_reference_unknown", "projects.csv")]

    def test_undo_is_for_ones_own_change_that_nobody_changed_since(self, draft: PlanDraft, person: People) -> None:
        first, second = person(Role.PLANNER), person(Role.PLANNER, plan=None)
        saved(draft, "projects", RowInput(1, {"title": "ก"}), by=first)
        entry = HistoryEntry.objects.latest("sequence")
        other = People()(Role.ADMINISTRATOR)
        with pytest.raises(ServiceError, match="not_allowed"):
            draft_undo(other, draft=draft, entry=entry)
        saved(draft, "projects", RowInput(1, {"title": "ข"}, seen=1), by=second)
        with pytest.raises(ServiceError, match="undo_changed_since"):
            draft_undo(first, draft=draft, entry=entry)

    def test_nothing_strange_is_written(self, draft: PlanDraft) -> None:
        with pytest.raises(NotVisible):
            saved(draft, "nowhere", RowInput(1, {}))
        with pytest.raises(NotVisible):
            saved(draft, "projects", RowInput(77, {"title": "x"}))
        with pytest.raises(ServiceError, match="text_too_long"):
            saved(draft, "projects", RowInput(1, {"title": "x" * 30_000}))
        saved(draft, "projects", RowInput(1, {"no_such_column": "x"}))
        assert not DraftRow.objects.exists()


class TestReading:
    def test_the_trial_shows_what_can_never_be_reached(self, draft: PlanDraft) -> None:
        (work,) = read_draft(draft).trial.projects
        assert (work.percent, work.state) == (Decimal(100), State.SCORED)
        saved(draft, "indicators", RowInput(1, {"weight": "30"}))
        (work,) = read_draft(draft).trial.projects
        assert work.percent != Decimal(100), "weights of 80 never give 100"
        assert "weights_not_100" in {f.code for f in read_draft(draft).findings}

    def test_it_is_read_again_only_after_a_change(self, draft: PlanDraft) -> None:
        known = read_draft(draft)
        assert read_draft(draft) is known
        saved(draft, "projects", RowInput(1, {"title": "ใหม่"}))
        assert read_draft(draft) is not known


class TestBeginnings:
    def test_an_empty_draft_lacks_works_and_nothing_else(self) -> None:
        draft = draft_empty(SYSTEM, code="new-2570", title="แผนใหม่", year_be=2570)
        assert [f.code for f in read_draft(draft).errors] == ["draft_without_works"]
        assert begun_with(draft)["plan"] == (
            TypedRow(1, {"id": "new-2570", "title": "แผนใหม่", "year_be": "2570", "calendar": "calendar",
                         "numbering": "per_strategy", "ruleset": "percent-4"}),
        )  # fmt: skip

    def test_a_draft_takes_a_ready_made_rule_set_once_and_is_judged_by_it(self) -> None:
        draft = draft_empty(SYSTEM, code="new-2570", title="แผนใหม่", year_be=2570, rules="logframe-3", era="ce")
        ready = ready_rules()
        draft_rules_take(SYSTEM, draft=draft, ruleset=ready["level-5"])
        back = draft_rules_take(SYSTEM, draft=draft, ruleset=ready["logframe-3"])
        assert back.saved == 1, "its rows stand there already"
        draft_rules_take(SYSTEM, draft=draft, ruleset=ready["level-5"])
        package = read_draft(draft).package
        assert package is not None
        assert package.ruleset() == ready["level-5"]
        assert {r.id for r in package.rulesets} == {"logframe-3", "level-5"}
        assert package.plan.era == "ce"
        with pytest.raises(ServiceError, match="draft_rules_id_borne"):
            draft_rules_take(SYSTEM, draft=draft, ruleset=replace(ready["level-5"], cap=Decimal(80)))

    def test_last_years_plan_moves_on_without_its_results(self) -> None:
        old = example("sso-2568")
        plan = next_year(old, "sso-2569", 2569).plan
        assert (plan.id, plan.year_be) == ("sso-2569", 2569)
        assert "2568" not in plan.title
        kept = {p.id: p for p in old.plan.projects}
        assert [p.id for p in plan.projects] == list(kept)
        for project in plan.projects:
            assert (project.movements, project.narratives, project.overrides, project.claim) == ((), (), (), None)
            for now, before in zip(project.indicators, kept[project.id].indicators, strict=True):
                planned = [e.planned for e in before.entries if e.planned is not Mark.BLANK]
                assert [e.planned for e in now.entries] == planned
                assert {e.actual for e in now.entries} <= {Mark.BLANK}
        year = {t.year_be for p in plan.projects for i in p.indicators for t in i.targets}
        assert 2569 in year

    def test_last_year_s_results_are_those_that_categories_made_too(self) -> None:
        """A whole that nobody reported is what its categories make (BD1)."""
        old = broken_down("หญิง", "ชาย")
        (work,) = old.plan.projects
        (whole,) = work.indicators
        parts = tuple(replace(part, entries=(Entry(2, actual=Decimal(3)),)) for part in whole.parts)
        works = (replace(work, indicators=(replace(whole, parts=parts),)),)
        moved = next_year(replace(old, plan=replace(old.plan, projects=works)), "new", 2570).plan
        assert [i.last_year[1] for i in moved.projects[0].measures] == [6, 3, 3]

    def test_nothing_that_happened_in_the_year_moves_on(self) -> None:
        """By file: of the kinds of records, money spent, words and claims no row is left; each had one."""
        old = small_plan(year_be=2568, indicators=2, levels=2, reported=((1, 4),))
        work = old.plan.projects[0]
        happened = tuple(
            YearRecord(kind.name, "1", date(2025, 3, 1), tuple((f.name, None) for f in kind.fields)) for kind in KINDS
        )
        full = replace(old, plan=replace(old.plan, projects=(replace(work, records=happened),)))
        assert {r.kind for r in full.plan.projects[0].records} == {kind.name for kind in KINDS}
        (moved,) = next_year(full, "small-2569", 2569).plan.projects
        assert moved.records == ()
        rows = typed(next_year(full, "small-2569", 2569))
        happens = (*(kind.name for kind in KINDS), "money_movements", "reports", "claims", "overrides")
        assert {name for name in happens if rows[name]} == set()

    def test_years_in_titles_and_periods_move_and_a_longer_plans_do_not(self) -> None:
        old = small_plan(year_be=2568)
        project = replace(old.plan.projects[0], period_text="ต.ค. 67 - ก.ย. 68")
        titled = replace(old.plan, title="แผน 2568 ภายใต้แผน 2566–2570", projects=(project,))
        plan = next_year(replace(old, plan=titled), "x", 2569).plan
        assert plan.title == "แผน 2569 ภายใต้แผน 2566–2570"
        assert plan.projects[0].period_text == "ต.ค. 68 - ก.ย. 69"


class TestWay:
    def test_from_a_draft_to_a_new_plan_by_two_people(self, draft: PlanDraft, person: People) -> None:
        planner, boss = person(Role.PLANNER), person(Role.EXECUTIVE)
        draft_settings(planner, draft=draft, title="แผนทดลอง", stages=["อนุกรรมการ", "บอร์ด"], effective_period=1)
        draft_decide(planner, draft=draft, step="submit", remark="ตรวจแล้ว")
        with pytest.raises(ServiceError, match="draft_not_open"):
            saved(draft, "projects", RowInput(1, {"title": "ลอบแก้"}), by=planner)
        with pytest.raises(ServiceError, match="draft_same_person"):
            draft_decide(planner, draft=draft, step="approve")
        assert draft_decide(boss, draft=draft, step="approve", meeting="1/2569").state == DraftState.SUBMITTED
        with pytest.raises(ServiceError, match="draft_step_not_now"):
            draft_decide(planner, draft=draft, step="publish")
        with pytest.raises(ServiceError, match="draft_same_person"):
            draft_decide(boss, draft=draft, step="approve")
        board = another(Role.EXECUTIVE)
        assert draft_decide(board, draft=draft, step="approve").state == DraftState.APPROVED
        with pytest.raises(ServiceError, match="not_allowed"):
            draft_decide(boss, draft=draft, step="publish")
        done = draft_decide(planner, draft=draft, step="publish")
        assert (done.state, done.plan.code) == (DraftState.PUBLISHED, "small-2569")
        assert package_of(version_in_force(done.plan)) == small_plan(indicators=2)
        decisions = list(DraftDecision.objects.values_list("step", "stage", "meeting"))
        assert decisions[1] == ("approve", "อนุกรรมการ", "1/2569")
        assert len(set(DraftDecision.objects.values_list("sha256", flat=True))) == 1, "all about the same rows"
        assert audit().is_clean

    def test_errors_stop_and_warnings_need_a_word(self, draft: PlanDraft) -> None:
        saved(draft, "indicators", RowInput(1, {"weight": "x"}))
        with pytest.raises(ServiceError, match="draft_has_errors"):
            draft_decide(SYSTEM, draft=draft, step="submit", remark="ไม่เป็นไร")
        saved(draft, "indicators", RowInput(1, {"weight": "50"}, seen=1), RowInput(2, {"weight": "50"}))
        saved(draft, "project_units", RowInput(1, {"unit": "ไม่มีหน่วยนี้"}))
        assert read_draft(draft).warnings
        with pytest.raises(ServiceError, match="draft_warnings_unexplained"):
            draft_decide(SYSTEM, draft=draft, step="submit", remark=" ")
        assert draft_decide(SYSTEM, draft=draft, step="submit", remark="ทราบ").state == DraftState.SUBMITTED

    def test_a_returned_draft_begins_its_way_anew(self, draft: PlanDraft) -> None:
        draft_settings(SYSTEM, draft=draft, title="", stages=["ก", "ข"], effective_period=1)
        draft_decide(SYSTEM, draft=draft, step="submit", remark="ทราบ")
        draft_decide(SYSTEM, draft=draft, step="approve")
        with pytest.raises(ServiceError, match="reason_missing"):
            draft_decide(SYSTEM, draft=draft, step="return")
        back = draft_decide(SYSTEM, draft=draft, step="return", remark="แก้เป้าหมาย")
        assert (back.state, back.stage) == (DraftState.DRAFT, 0)

    def test_an_amendment_becomes_the_next_version_and_says_that_it_was_approved(self) -> None:
        plan = plan_import(SYSTEM, package=small_plan(reported=((1, 9),)))
        draft = draft_amend(SYSTEM, plan=plan, effective_period=6)
        late = draft_amend(SYSTEM, plan=plan, effective_period=7)
        saved(draft, "projects", RowInput(1, {"title": "งานที่ปรับปรุง"}))
        saved(late, "projects", RowInput(1, {"title": "งานที่มาช้า"}))
        for one in (draft, late):
            draft_decide(SYSTEM, draft=one, step="submit", remark="มติ")
            draft_decide(SYSTEM, draft=one, step="approve")
        draft_decide(SYSTEM, draft=draft, step="publish", remark="มติ 3/2569")
        version = version_in_force(plan, 12)
        assert (version.number, version.effective_period) == (2, 6)
        assert package_of(version).plan.projects[0].title == "งานที่ปรับปรุง"
        assert HistoryEntry.objects.filter(action="version.amend", reason="มติ 3/2569").count() == 1
        with pytest.raises(ServiceError, match="draft_base_old"):
            draft_decide(SYSTEM, draft=late, step="publish")
        assert Plan.objects.get().versions.count() == 2

    def test_a_copy_leads_to_next_years_plan(self) -> None:
        plan = plan_import(SYSTEM, package=small_plan(code="small-2568", year_be=2568, reported=((1, 9),)))
        draft = draft_copy(SYSTEM, plan=plan, code="small-2569", year_be=2569)
        for step in ("submit", "approve", "publish"):
            draft = draft_decide(SYSTEM, draft=draft, step=step, remark="ตามปีก่อน")
        assert {p.code for p in Plan.objects.all()} == {"small-2568", "small-2569"}

    def test_hands_and_waivers_of_every_stage(self, draft: PlanDraft, person: People) -> None:
        """Every person in every stage: who had a hand in it since it was submitted may not go on, but by a waiver."""
        one, two, three = person(Role.PLANNER), person(Role.EXECUTIVE), another(Role.EXECUTIVE)
        clerk = person(Role.ADMINISTRATOR)
        stages = ["ก", "ข", "ค"]
        draft_settings(SYSTEM, draft=draft, title="", stages=stages, effective_period=1)
        draft_decide(one, draft=draft, step="submit", remark="ทราบ")
        for approver, hands in ((two, {one}), (three, {one, two})):
            draft.refresh_from_db()
            assert states.hands_of(draft) == {who.pk for who in hands}
            for who in (one, two, three):
                assert ("approve" in states.steps_open(who, draft)) is (who not in hands)
                if who in hands:
                    with pytest.raises(ServiceError, match="draft_same_person"):
                        draft_decide(who, draft=draft, step="approve")
            draft_decide(approver, draft=draft, step="approve")
        until = timezone.localdate() + timedelta(days=30)
        with pytest.raises(ServiceError) as refused:
            draft_waive(one, draft=draft, reason=" ", until=date(2000, 1, 1))
        assert [e.code for e in refused.value.all] == ["draft_waiver_for_self", "reason_missing", "waiver_day_wrong"]
        with pytest.raises(ServiceError, match="not_allowed"):
            draft_waive(another(Role.EXECUTIVE), draft=draft, reason="มีคนเดียว", until=until)
        draft_waive(clerk, draft=draft, reason="มีผู้บริหารคนเดียว", until=until)
        done = draft_decide(two, draft=draft, step="approve")
        assert done.state == DraftState.APPROVED
        assert list(DraftDecision.objects.values_list("waived", flat=True)) == ["", "", "", "มีผู้บริหารคนเดียว"]
        back = draft_decide(two, draft=draft, step="return", remark="แก้")
        assert states.hands_of(back) == frozenset(), "it begins its way anew"
        assert audit().is_clean

    def test_a_waiver_is_of_no_use_to_who_gave_it_and_ends_on_its_day(self, draft: PlanDraft, person: People) -> None:
        planner, today = person(Role.PLANNER), timezone.localdate()
        draft_waive(planner, draft=draft, reason="มีคนเดียว", until=today)
        draft_decide(planner, draft=draft, step="submit", remark="ทราบ")
        with pytest.raises(ServiceError, match="draft_same_person"):
            draft_decide(planner, draft=draft, step="approve")
        PlanDraft.objects.update(hands_by=None)
        draft.refresh_from_db()
        assert states.waiver_for(planner, draft) == "มีคนเดียว"
        PlanDraft.objects.update(hands_until=today - timedelta(days=1))
        draft.refresh_from_db()
        assert states.waiver_for(planner, draft) == ""

    def test_a_decision_is_about_what_was_shown(self, draft: PlanDraft, person: People) -> None:
        planner = person(Role.PLANNER)
        shown = mark_of(draft)
        saved(draft, "projects", RowInput(1, {"title": "อีกชื่อ"}))
        about = {"draft": draft, "shown": shown}
        with pytest.raises(ServiceError, match="draft_changed_since"):
            draft_decide(planner, **about, step="submit", remark="ทราบ")
        with pytest.raises(ServiceError, match="draft_changed_since"):
            draft_settings(planner, **about, title="ชื่อร่าง", stages=[], effective_period=1)
        fresh = mark_of(PlanDraft.objects.get())
        draft_settings(planner, draft=draft, shown=fresh, title="ชื่อร่าง", stages=["ก"], effective_period=1)
        with pytest.raises(ServiceError, match="draft_changed_since"):
            draft_decide(planner, draft=draft, shown=fresh, step="submit", remark="ทราบ")
        draft_decide(planner, draft=draft, shown=mark_of(PlanDraft.objects.get()), step="submit", remark="ทราบ")

    def test_who_may_do_what_in_which_state(self, draft: PlanDraft, person: People) -> None:
        """The table itself: every step in every state by every role does what ``STEPS`` says and nothing else."""
        draft_settings(SYSTEM, draft=draft, title="", stages=[], effective_period=1)
        people = {r: person(r) for r in (Role.PLANNER, Role.EXECUTIVE, Role.AUDITOR, Role.ADMINISTRATOR)}
        allowed = {
            Role.PLANNER: set(states.STEPS),
            Role.EXECUTIVE: {"approve", "return"},
            Role.AUDITOR: set(),
            Role.ADMINISTRATOR: set(),
        }
        begins = {
            "submit": {"draft"},
            "take_back": {"submitted"},
            "approve": {"submitted"},
            "return": {"submitted", "approved"},
            "publish": {"approved"},
            "withdraw": {"draft", "submitted", "approved"},
            "resume": {"withdrawn"},
        }
        assert set(begins) == set(states.STEPS)
        for role, state, step in product(people, DraftState.values, states.STEPS):
            draft.state = state
            is_open = step in allowed[role] and state in begins[step]
            assert (step in states.steps_open(people[role], draft)) is is_open, (role, state, step)
        for role, state in product(people, DraftState.values):
            draft.state = state
            assert states.may_edit(people[role], draft) is (role == Role.PLANNER and state == "draft")

    def test_a_planner_of_one_plan_begins_no_new_one(self, draft: PlanDraft, person: People) -> None:
        plan = plan_import(SYSTEM, package=small_plan(code="other-2569"))
        limited = person(Role.PLANNER, plan=plan)
        with pytest.raises(ServiceError, match="not_allowed"):
            draft_open(limited, files=typed(small_plan(code="third-2569")))
        with pytest.raises(NotVisible):
            saved(draft, "projects", RowInput(1, {"title": "x"}), by=limited)
        assert draft_amend(limited, plan=plan, effective_period=1).plan == plan


def test_a_new_row_has_what_it_can_t_stand_without() -> None:
    """A target is meant to be reached, a figure is of one month, unless the row says otherwise."""
    rows: Any = {name: {} for name in ("targets", "monthly", "sites")}
    for file, cells, column, usual in (
        ("targets", {"indicator": "1.1", "year_be": "2569", "value": "5"}, "comparator", "eq"),
        ("monthly", {"indicator": "1.1", "period": "3", "planned": "5"}, "span", "1"),
        ("sites", {"project": "1", "id": "a"}, "instalments_accepted", "0"),
    ):
        resource = resource_named(file)
        own = completed(resource, cells, rows)
        assert own[column] == usual
        assert completed(resource, {**cells, column: "le"}, rows)[column] == "le"
        missing = [f.name for f in resource.fields if f.required and not own.get(f.name)]
        assert missing == [], "nothing else is asked for"
