"""What goes with a decision: remarks on the cells, boards side by side, the paper for the meeting, its minutes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from samrit.package.rows import typed
from samrit.plans.drafting.overview import overview
from samrit.plans.drafting.paper import comparison_paper, meeting_paper
from samrit.plans.drafting.reading import read_draft
from samrit.plans.drafting.states import boards_open
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import DraftMinutes, DraftState, PlanDraft, Role, Unit
from samrit.plans.records.audit import audit
from samrit.plans.records.chain_place import one_look
from samrit.plans.selectors.office.drafts import open_remarks
from samrit.plans.services.draft.deciding import draft_decide
from samrit.plans.services.draft.minutes import MOST_BYTES, minutes_add
from samrit.plans.services.draft.opening import draft_amend, draft_open, draft_settings
from samrit.plans.services.draft.remarks import remark_add, remark_settle
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.reports.document.model import Paragraph, Run, TableBlock
from samrit.reports.writers import docx, html, pdf
from tests.plans.office import People, example, small_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db) -> PlanDraft:
    return draft_open(SYSTEM, files=typed(small_plan(indicators=2)))


@pytest.fixture
def amendment(db) -> PlanDraft:
    plan = plan_import(SYSTEM, package=small_plan(reported=((1, 5), (2, 9))))
    made = draft_amend(SYSTEM, plan=plan, effective_period=2)
    draft_save(SYSTEM, draft=made, file="projects", rows=[RowInput(1, {"title": "ชื่อใหม่ของงาน"})])
    months = [RowInput(n, {"planned": "5"}) for n in (1, 2)]
    draft_save(SYSTEM, draft=made, file="monthly", rows=months)
    return made


class TestRemarks:
    def test_a_remark_stands_at_its_cell_until_it_is_dealt_with(self, draft: PlanDraft, person: People) -> None:
        executive = person(Role.EXECUTIVE)
        place = {"file": "projects", "number": 1, "column": "title"}
        remark = remark_add(executive, draft=draft, text=" ชื่อยาวไป ", **place)
        remark_add(executive, draft=draft, text="ทั้งฉบับ")
        assert open_remarks(draft) == {("projects", 1, "title"): ("ชื่อยาวไป",), ("", 0, ""): ("ทั้งฉบับ",)}
        remark_settle(person(Role.PLANNER), remark=remark, answer="ย่อแล้ว")
        assert list(open_remarks(draft)) == [("", 0, "")]
        assert audit().is_clean

    @pytest.mark.parametrize("place", [("nowhere", 1, ""), ("projects", 9, ""), ("projects", 1, "x"), ("", 0, "title")])
    def test_nothing_is_said_about_what_is_not_there(self, draft: PlanDraft, place: tuple[str, int, str]) -> None:
        file, number, column = place
        with pytest.raises(NotVisible):
            remark_add(SYSTEM, draft=draft, text="x", file=file, number=number, column=column)

    def test_only_those_who_draft_or_decide_remark_and_only_on_the_way(
        self, draft: PlanDraft, person: People, register: dict[str, Unit]
    ) -> None:
        with pytest.raises(ServiceError, match="not_allowed"):
            remark_add(person(Role.AUDITOR), draft=draft, text="x")
        with pytest.raises(NotVisible):
            remark_add(person(Role.REPORTER, unit="กฝ."), draft=draft, text="x")
        with pytest.raises(ServiceError, match="remark_missing"):
            remark_add(SYSTEM, draft=draft, text="  ")
        draft_decide(SYSTEM, draft=draft, step="withdraw", remark="เลิก")
        with pytest.raises(ServiceError, match="draft_step_not_now"):
            remark_add(SYSTEM, draft=draft, text="x")


class TestBoards:
    """Two boards side by side, both needed, in whichever order they meet (R26)."""

    @pytest.mark.parametrize("order", [("กองทุน ก", "กองทุน ข"), ("กองทุน ข", "กองทุน ก")])
    def test_both_boards_have_to_approve_in_either_order(self, draft: PlanDraft, order: tuple[str, str]) -> None:
        stages = ["คณะทำงาน", "กองทุน ก + กองทุน ข", "คณะทำงาน"]
        draft_settings(SYSTEM, draft=draft, title="", stages=stages, effective_period=1)
        draft_decide(SYSTEM, draft=draft, step="submit", remark="ตรวจแล้ว")
        after = draft_decide(SYSTEM, draft=draft, step="approve")
        assert boards_open(after) == ("กองทุน ก", "กองทุน ข")
        with pytest.raises(ServiceError, match="draft_board_unknown"):
            draft_decide(SYSTEM, draft=draft, step="approve")
        after = draft_decide(SYSTEM, draft=draft, step="approve", board=order[0])
        assert (after.state, boards_open(after)) == (DraftState.SUBMITTED, (order[1],))
        with pytest.raises(ServiceError, match="draft_board_unknown"):
            draft_decide(SYSTEM, draft=draft, step="approve", board=order[0])
        after = draft_decide(SYSTEM, draft=draft, step="approve", board=order[1])
        assert boards_open(after) == ("คณะทำงาน",), "a name that approved an earlier stage approves this one anew"
        assert draft_decide(SYSTEM, draft=draft, step="approve").state == DraftState.APPROVED
        assert list(draft.decisions.values_list("stage", flat=True)) == ["", "คณะทำงาน", *order, "คณะทำงาน"]

    def test_what_is_returned_begins_with_the_first_board_again(self, draft: PlanDraft) -> None:
        draft_settings(SYSTEM, draft=draft, title="", stages=["ก + ข"], effective_period=1)
        draft_decide(SYSTEM, draft=draft, step="submit", remark="ตรวจแล้ว")
        draft_decide(SYSTEM, draft=draft, step="approve", board="ข")
        draft_decide(SYSTEM, draft=draft, step="return", remark="แก้อีก")
        after = draft_decide(SYSTEM, draft=draft, step="submit", remark="แก้แล้ว")
        assert boards_open(after) == ("ก", "ข")


class TestMinutes:
    def test_a_file_is_kept_as_it_came_and_watched(self, draft: PlanDraft) -> None:
        draft_decide(SYSTEM, draft=draft, step="submit", remark="ตรวจแล้ว")
        decision = draft.decisions.get()
        for _ in range(2):
            minutes_add(SYSTEM, decision=decision, name="../ครั้งที่ 1.pdf", content=b"%PDF-1.7 x")
        assert DraftMinutes.objects.get().name == "ครั้งที่ 1.pdf"
        assert audit().is_clean
        DraftMinutes.objects.update(content=b"%PDF-1.7 y")
        assert not audit().is_clean

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("a.exe", b"MZ", "minutes_kind"),
            ("", b"x", "minutes_kind"),
            ("a.pdf", b"<html>", "minutes_not_what_it_says"),
            ("a.pdf", b"", "minutes_size"),
            ("a.pdf", b"%PDF-" + b"0" * MOST_BYTES, "minutes_size"),
        ],
    )
    def test_what_is_no_minutes_is_refused(self, draft: PlanDraft, name: str, content: bytes, code: str) -> None:
        draft_decide(SYSTEM, draft=draft, step="submit", remark="ตรวจแล้ว")
        with pytest.raises(ServiceError, match=code):
            minutes_add(SYSTEM, decision=draft.decisions.get(), name=name, content=content)


class TestPaper:
    def test_the_paper_of_an_amendment_says_what_changed_and_what_that_does(
        self, amendment: PlanDraft, tmp_path: Path
    ) -> None:
        with one_look():  # as a page has
            document = meeting_paper(
                amendment, read_draft(amendment), "th", since="ฉบับที่ 1", way=["เสนอ"], remarks=["ชื่อ: ยาวไป"]
            )
        runs = [
            run
            for block in document.blocks
            if isinstance(block, TableBlock)
            for row in block.rows
            for cell in row.cells
            for run in (cell.text if isinstance(cell.text, tuple) else (Run(cell.text),))
        ]
        assert Run("ชื่อใหม่ของงาน", change="added") in runs
        assert [r.text for r in runs if r.change == "removed"] == ["โครงการทดลอง", "10", "10"]
        for write, form in ((docx.write, "docx"), (pdf.write, "pdf"), (html.write, "html")):
            write(document, tmp_path / f"paper.{form}")
        word = zipfile.ZipFile(io.BytesIO((tmp_path / "paper.docx").read_bytes())).read("word/document.xml").decode()
        assert word.count("<w:ins ") == word.count("<w:del ") == 3
        assert "<w:delText" in word
        assert "<del>" in (tmp_path / "paper.html").read_text()
        assert "ชื่อ: ยาวไป" in word

    def test_a_new_plan_s_paper_has_its_figures_and_no_changes(self, draft: PlanDraft) -> None:
        document = meeting_paper(draft, read_draft(draft), "en", since="")
        (table,) = [b for b in document.blocks if isinstance(b, TableBlock)]
        assert [[c.text for c in row.cells] for row in table.rows][-1] == ["Total", "1", "2", "0"]

    def test_the_paper_counts_a_work_under_two_strategies_and_its_money_once(self) -> None:
        """As the plan's book and pages do (RU1, R121): the HR plan has two works twice."""
        draft = draft_open(SYSTEM, files=typed(example("hr-2569")))
        found = overview(read_draft(draft), "th")
        assert (found.total.works, found.total.budget, found.total.listed) == (31, 67_530_900, 71_417_600)
        document = meeting_paper(draft, read_draft(draft), "th", since="")
        (table,) = [b for b in document.blocks if isinstance(b, TableBlock)]
        assert table.rows[-1].cells[-1].text == "67,530,900"
        assert any("71,417,600" in str(b.text) for b in document.blocks if isinstance(b, Paragraph))

    def test_a_draft_with_faulty_cells_has_its_paper_too(self, draft: PlanDraft) -> None:
        draft_save(SYSTEM, draft=draft, file="indicators", rows=[RowInput(1, {"weight": "มาก"})])
        document = meeting_paper(draft, read_draft(draft), "th", since="")
        assert not [b for b in document.blocks if isinstance(b, TableBlock)]

    def test_two_versions_differ_in_word_by_what_they_differ_in(self) -> None:
        old = small_plan()
        work = replace(old.plan.projects[0], title="ชื่ออื่น")
        new = replace(old, plan=replace(old.plan, projects=(work,)))
        document = comparison_paper(old, new, "th", since="ฉบับที่ 1")
        (table,) = [b for b in document.blocks if isinstance(b, TableBlock)]
        (row,) = table.rows
        assert row.cells[2].text == (Run("โครงการทดลอง", change="removed"), Run(" "), Run("ชื่ออื่น", change="added"))
        assert not [b for b in comparison_paper(old, old, "th", since="x").blocks if isinstance(b, TableBlock)]
