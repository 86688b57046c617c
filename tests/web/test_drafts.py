"""The pages of drafts: begun in four ways, typed and pasted into, mended, sent on their way."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from urllib.parse import quote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samrit.engine.score import score
from samrit.package import read
from samrit.package.resources import RESOURCES
from samrit.package.rows import packed, typed
from samrit.plans.drafting import comparing
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.imported import open_matters
from samrit.plans.drafting.reading import read_draft
from samrit.plans.models import DraftConfirmation, DraftRow, HistoryEntry, Plan, PlanDraft, Role
from samrit.plans.reporting.register_file import UnitRow
from samrit.plans.services.draft.deciding import draft_decide
from samrit.plans.services.draft.importing import draft_import
from samrit.plans.services.draft.opening import draft_amend, draft_open
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.plans.services.office.units import unit_save
from samrit.plans.services.plan.plans import plan_amend, plan_import
from samrit.plans.services.writing import SYSTEM
from tests.offices.forms import OFFICES
from tests.plans.office import Clock, People, doubtful_reading, small_plan
from tests.plans.random_rows import NASTY, mistreated
from tests.web.addressed import ONE_PAGE
from tests.web.shown import decided
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(client: Client, person: People, clock: Clock) -> Client:
    sign_in(client, person(Role.PLANNER))
    return client


@pytest.fixture
def draft(db) -> PlanDraft:
    return draft_open(SYSTEM, files=typed(small_plan(indicators=2)))


def test_the_paper_for_a_meeting_dates_decisions_as_the_office_s_clock_does(planner: Client, draft: PlanDraft) -> None:
    draft_decide(SYSTEM, draft=draft, step="submit", remark="พร้อมแล้ว")
    draft.decisions.update(decided_at=datetime(2026, 10, 15, 23, 59, tzinfo=UTC))  # early on the 16th in Bangkok
    paper = planner.get(f"/drafts/{draft.pk}/paper.docx").content
    assert "16 ตุลาคม 2569 · พร้อมแล้ว" in zipfile.ZipFile(io.BytesIO(paper)).read("word/document.xml").decode()


def test_remarks_are_listed_a_page_at_a_time_and_settled_there(
    planner: Client, draft: PlanDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samrit.web.views.drafts.remarks.ON_A_PAGE", 2)
    here = f"/drafts/{draft.pk}/remarks/"
    for text in ("หนึ่ง", "สอง", "สาม"):
        planner.post(here, {"text": text, "file": "projects", "number": "1", "column": "title"})
    assert ("สอง" in text_of(planner.get(here)), "สาม" in text_of(planner.get(here))) == (True, False)
    third = draft.remarks.get(text="สาม")
    settled = planner.post(f"{here}?page=2", {"settle": third.pk, "answer": "แก้แล้ว"})
    assert "แก้แล้ว" in text_of(planner.get(settled.headers["Location"]))
    assert planner.post(here, {"text": " "}).status_code == 422


def text_of(answer) -> str:
    return answer.content.decode()


CASES = Path(__file__).parents[1] / "intake" / "cases"
LETTER = "c2-letter-in-figure.txt"


def imported(planner: Client, *names: str, **more: str) -> PlanDraft:
    files = [SimpleUploadedFile(name, (CASES / name).read_bytes()) for name in names or (LETTER,)]
    answer = planner.post("/drafts/new/", {"way": "document", "documents": files, **more})
    assert answer.status_code == 302, text_of(answer)
    return PlanDraft.objects.latest("pk")


class TestReview:
    """Documents become a draft; what is doubtful is looked at beside its original (R298)."""

    def test_documents_become_a_draft_that_waits_for_its_doubts(self, planner: Client) -> None:
        draft = imported(planner, code="old-2570", year="2570")
        assert (draft.origin, standing(draft)["plan"][1].cells["id"]) == ("document", "old-2570")
        page = text_of(planner.get(f"/drafts/{draft.pk}/"))
        assert f'href="/drafts/{draft.pk}/review/"' in page
        assert "draft_values_unconfirmed" in {f.code for f in read_draft(draft).errors}

    @pytest.mark.parametrize("more", [{"code": "มี ช่อง"}, {"year": "ปีหน้า"}])
    def test_a_wrong_code_or_year_is_said_before_anything_is_read(self, planner: Client, more: dict[str, str]) -> None:
        file = SimpleUploadedFile(LETTER, (CASES / LETTER).read_bytes())
        page = planner.post("/drafts/new/", {"way": "document", "documents": [file], **more})
        assert page.status_code == 422
        assert next(iter(more.values())) in text_of(page)
        assert not PlanDraft.objects.exists()

    @pytest.mark.parametrize("content", [b"", b"nothing of a plan", b"%PDF-1.7 broken"])
    def test_a_document_without_a_plan_begins_nothing(self, planner: Client, content: bytes) -> None:
        page = planner.post("/drafts/new/", {"way": "document", "documents": [SimpleUploadedFile("a.pdf", content)]})
        assert page.status_code == 422
        assert 'role="alert"' in text_of(page)
        assert not PlanDraft.objects.exists()

    def test_the_original_stands_beside_the_reading(self, planner: Client) -> None:
        draft = imported(planner)
        page = text_of(planner.get(f"/drafts/{draft.pk}/review/"))
        assert "3,2O5" in page or "<mark>" in page
        assert "ตัวเลขความมั่นใจหมายถึงอะไร" in page
        there = re.search(r'href="(/drafts/\d+/original/\d+/)"', page)
        assert there
        answer = planner.get(there[1])
        assert answer.content == (CASES / LETTER).read_bytes()
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert planner.get(f"/drafts/{draft.pk}/original/9/").status_code == 404

    def test_every_doubt_is_confirmed_or_corrected_with_one_press_each(self, planner: Client) -> None:
        draft = imported(planner)
        here, presses = f"/drafts/{draft.pk}/review/", 0
        first = open_matters(draft, standing(draft))
        while waiting := open_matters(draft, standing(draft)):
            page = text_of(planner.get(here))
            sent = dict(re.findall(r'name="(record|subject|c:\d+)" value="([^"]*)"', page))
            assert (sent["record"], sent["subject"]) == (waiting[0].record, waiting[0].subject)
            planner.post(here, sent | ({"c:0": "8"} if not presses else {}))
            presses += 1
        assert presses == len(first)
        cell = first[0].cells[0]
        assert standing(draft)[cell.file][cell.number].cells[cell.column] == "8"
        assert "ยืนยันครบแล้ว" in text_of(planner.get(here))
        assert text_of(planner.get(f"{here}?all=1&at=1")).count('id="decide"') == 1

    def test_what_somebody_typed_meanwhile_stays_and_is_shown(self, planner: Client) -> None:
        draft = imported(planner)
        here, first = f"/drafts/{draft.pk}/review/", open_matters(draft, standing(draft))[0]
        page, cell = text_of(planner.get(here)), first.cells[0]
        sent = dict(re.findall(r'name="(record|subject|[cs]:\d+)" value="([^"]*)"', page))
        draft_save(SYSTEM, draft=draft, file=cell.file, rows=[RowInput(cell.number, {cell.column: "9"})])
        refused = planner.post(here, sent | {"c:0": "8"})
        assert refused.status_code == 409
        told = re.search(r'class="notice notice-warning".*?</div>', text_of(refused), re.DOTALL)
        assert told is not None
        assert re.search(r"8.*9", re.sub(r"<[^>]+>", "", told[0]), re.DOTALL), "mine, and theirs"
        assert not DraftConfirmation.objects.filter(draft=draft).exists(), "nothing is confirmed that was not seen"
        planner.post(here, sent)  # shown as it was read, and left so
        assert standing(draft)[cell.file][cell.number].cells[cell.column] == "9"

    def test_a_pdf_is_shown_as_its_page(self, planner: Client) -> None:
        draft = draft_import(SYSTEM, reading=doubtful_reading(), contents={"plan.pdf": ONE_PAGE})
        page = text_of(planner.get(f"/drafts/{draft.pk}/review/"))
        there = re.search(rf'src="(/drafts/{draft.pk}/original/0/1.png)"', page)
        assert there
        picture = planner.get(there[1])
        assert (picture.headers["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
        assert planner.get(f"/drafts/{draft.pk}/original/0/2.png").status_code == 404
        assert planner.get(f"/drafts/{draft.pk}/original/1/1.png").status_code == 404

    def test_one_kind_is_accepted_at_once(self, planner: Client) -> None:
        draft = imported(planner)
        waiting = open_matters(draft, standing(draft))
        kind = waiting[0].kind
        planner.post(f"/drafts/{draft.pk}/review/", {"do": "kind", "kind": kind})
        left = open_matters(draft, standing(draft))
        assert [m.kind for m in left] == [m.kind for m in waiting if m.kind != kind]

    def test_a_draft_that_was_not_read_from_documents_has_no_review(self, planner: Client, draft: PlanDraft) -> None:
        assert planner.get(f"/drafts/{draft.pk}/review/").status_code == 404


class TestBeginning:
    def test_an_empty_draft_knows_the_units_of_the_office(self, planner: Client) -> None:
        unit_save(SYSTEM, unit=UnitRow("กฝ.", {"name": "กองฝึกอบรม", "type": "central"}))
        sent = {"way": "empty", "title": "แผนใหม่", "code": "new-2570", "year": "๒๕๗๐", "calendar": "fiscal"}
        planner.post("/drafts/new/", sent)
        found = read_draft(PlanDraft.objects.get())
        assert [u.code for u in found.package.plan.units] == ["กฝ."]
        assert (found.package.plan.year_be, found.package.plan.calendar) == (2570, "fiscal")

    def test_all_faults_are_said_at_once_and_what_was_typed_stays(self, planner: Client) -> None:
        page = planner.post("/drafts/new/", {"way": "empty", "title": "", "code": "มี ช่อง", "year": "ปีหน้า"})
        assert page.status_code == 422
        assert text_of(page).count("<li>") >= 3
        assert 'value="ปีหน้า"' in text_of(page)
        assert not PlanDraft.objects.exists()

    def test_a_package_with_faulty_cells_becomes_a_draft_that_shows_them(self, planner: Client) -> None:
        rows = typed(small_plan())
        (work,) = rows["projects"]
        content = packed({**rows, "projects": (type(work)(1, {**work.cells, "first_period": "13"}),)})
        sent = {"way": "file", "file": SimpleUploadedFile("plan.zip", content)}
        there = planner.post("/drafts/new/", sent).headers["Location"]
        page = text_of(planner.get(f"{there}projects/?wrong=1"))
        assert 'value="13"' in page
        assert re.search(r'id="projects-r1-first_period">[^<]*13', page), "the fault stands beside its cell"

    @pytest.mark.parametrize(("name", "content"), [("a.zip", b"nonsense"), ("a.xlsx", b"nonsense"), ("a.zip", b"")])
    def test_what_is_no_plan_is_refused_in_words(self, planner: Client, name: str, content: bytes) -> None:
        page = planner.post("/drafts/new/", {"way": "file", "file": SimpleUploadedFile(name, content)})
        assert page.status_code == 422
        assert 'role="alert"' in text_of(page)
        assert not PlanDraft.objects.exists()

    def test_the_filled_form_becomes_a_draft(self, planner: Client) -> None:
        form = planner.get("/drafts/form.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(form.content))
        assert len(book.sheetnames) > 3
        sent = SimpleUploadedFile("plan.xlsx", form.content)
        answer = planner.post("/drafts/new/", {"way": "file", "file": sent, "code": "form-2570"})
        assert answer.status_code == 302
        assert standing(PlanDraft.objects.get())["plan"][1].cells["id"] == "form-2570"

    def test_a_form_with_a_cell_that_cannot_be_read_is_refused_with_every_such_cell(self, planner: Client) -> None:
        """Nothing of it stands in a draft: “less is fine” would stand there as “higher is better”."""
        content = io.BytesIO((OFFICES / "ngo.xlsx").read_bytes())
        book = openpyxl.load_workbook(content)
        heads = {cell.value: cell.column for cell in book["Indicators"][1]}
        for row, heading, text in ((2, "Direction", "less is fine"), (3, "Target", "plenty"), (3, "Reports", "daily")):
            book["Indicators"].cell(row, heads[heading], text)
        changed = io.BytesIO()
        book.save(changed)
        sent = SimpleUploadedFile("ngo.xlsx", changed.getvalue())
        page = planner.post("/drafts/new/", {"way": "file", "file": sent, "code": "ngo"})
        assert page.status_code == 422
        assert [t for t in ("less is fine", "ยิ่งน้อยยิ่งดี", "plenty", "daily") if t not in text_of(page)] == []
        assert not PlanDraft.objects.exists()

    def test_a_plan_is_amended_or_copied(self, planner: Client) -> None:
        plan = plan_import(SYSTEM, package=small_plan())
        planner.post("/drafts/new/", {"way": "amend", "plan": plan.code, "period": "6"})
        planner.post("/drafts/new/", {"way": "copy", "plan": plan.code, "code": "small-2570", "year": "2570"})
        copy, amendment = PlanDraft.objects.order_by("-pk")
        assert (amendment.plan, amendment.effective_period) == (plan, 6)
        assert standing(copy)["plan"][1].cells["year_be"] == "2570"
        assert planner.post("/drafts/new/", {"way": "amend", "plan": "other"}).status_code == 404


class TestMistreated:
    """Random texts in every table, and every page of the draft opened: faults are told, nothing breaks."""

    def pages(self, draft: PlanDraft) -> Iterator[str]:
        here = f"/drafts/{draft.pk}/"
        yield from (here, f"{here}changes/", f"{here}plan.zip")
        yield from (f"{here}{resource.name}/?all=1" for resource in RESOURCES)
        ids = [row.cells.get("id", "") for row in standing(draft)["indicators"].values()]
        yield from (f"{here}indicator/{quote(name, safe='/')}/" for name in dict.fromkeys(ids) if name)

    @pytest.mark.sample(2)
    @pytest.mark.parametrize("seed", [3, 2001, 93, 1004])
    def test_every_page_of_a_mistreated_draft_is_shown(self, planner: Client, seed: int) -> None:
        draft = draft_open(SYSTEM, files=mistreated(seed))
        for address in self.pages(draft):
            assert planner.get(address).status_code in (200, 404), address

    @pytest.mark.sample(1)
    @pytest.mark.parametrize("seed", range(3))
    def test_anything_may_be_sent_to_any_table(self, planner: Client, draft: PlanDraft, seed: int) -> None:
        rng = Random(seed)
        for resource in RESOURCES:
            numbers = list(standing(draft)[resource.name])[:2]
            cells = [(f"c:{n}", column) for n in numbers for column in resource.columns]
            cells += [(f"n:{n}", column) for n in (1, 2) for column in resource.columns]
            typed = {f"{row}:{column}": rng.choice(NASTY) for row, column in cells if rng.random() < 0.5}
            sent = {**typed, "remove": [str(n) for n in numbers if rng.random() < 0.2], "back": rng.choice(NASTY)}
            answer = planner.post(f"/drafts/{draft.pk}/{resource.name}/", sent)
            assert answer.status_code in (302, 409, 422), resource.name
            pasted = "\n".join("\t".join(rng.choices(NASTY, k=rng.randint(1, 9))) for _ in range(3))
            answer = planner.post(f"/drafts/{draft.pk}/{resource.name}/paste/", {"table": pasted})
            assert answer.status_code in (302, 409, 422), resource.name
        for address in self.pages(draft):
            assert planner.get(address).status_code in (200, 404), address

    def test_a_text_that_is_too_long_stays_in_its_cell_with_the_fault_beside_it(
        self, planner: Client, draft: PlanDraft
    ) -> None:
        long = "ก" * 20_001
        sent = {"c:1:name": long, "v:1": "0", "c:2:name": "อีกชื่อ", "v:2": "0", "n:1:id": "P1.9", "n:1:name": long + "ข"}
        page = planner.post(f"/drafts/{draft.pk}/indicators/", sent)
        assert page.status_code == 422
        text = text_of(page)
        assert f">{long}</textarea>" in text
        assert f">{long}ข</textarea>" in text
        assert 'value="อีกชื่อ"' in text
        assert 'value="P1.9"' in text
        assert len(re.findall(r'class="fault" id="indicators-[rb]1-name">[^<]*20,?000', text)) == 2
        assert not DraftRow.objects.exists()

    def test_what_is_wrong_with_a_paste_is_said_at_once(self, planner: Client, draft: PlanDraft) -> None:
        table = "id\tอะไรนี่\tname\tนี่ก็ไม่มี\tweight\tproject\tformula\nx\ty\tz\t1\t2\t3\t4\t5"
        page = planner.post(f"/drafts/{draft.pk}/indicators/paste/", {"table": table})
        text = text_of(page)
        assert page.status_code == 422
        assert all(word in text for word in ("“อะไรนี่”", "“นี่ก็ไม่มี”", "8 ช่อง"))


class TestTable:
    def test_typing_saves_only_what_changed(self, planner: Client, draft: PlanDraft) -> None:
        here = f"/drafts/{draft.pk}/indicators/"
        page = text_of(planner.get(here))
        names = re.findall(r'name="(c:\d+:\w+)"', page)
        values = {n: standing(draft)["indicators"][int(n.split(":")[1])].cells.get(n.split(":")[2], "") for n in names}
        planner.post(here, {**values, "v:1": "0", "v:2": "0", "c:2:name": "ชื่อใหม่"})
        assert [(r.file, r.number) for r in DraftRow.objects.all()] == [("indicators", 2)]
        assert standing(draft)["indicators"][2].cells["name"] == "ชื่อใหม่"

    def test_a_page_with_the_same_cell_changed_by_another_says_so(self, planner: Client, draft: PlanDraft) -> None:
        here = f"/drafts/{draft.pk}/projects/"
        planner.post(here, {"c:1:title": "ก", "v:1": "0"})
        clash = planner.post(here, {"c:1:title": "ข", "v:1": "0"})
        assert clash.status_code == 409
        assert "“ข”" in text_of(clash)
        assert standing(draft)["projects"][1].cells["title"] == "ก"

    def test_new_rows_and_rows_taken_out(self, planner: Client, draft: PlanDraft) -> None:
        here = f"/drafts/{draft.pk}/steps/?of=P1"
        page = text_of(planner.get(here))
        assert 'name="n:1:project" value="P1"' in page, "a new row belongs to what one looks at"
        fresh = text_of(planner.get(f"/drafts/{draft.pk}/indicators/?of=P1"))
        assert 'name="n:1:project" value="P1"' in fresh
        assert 'name="n:1:part_of" value="P1"' not in fresh, "a work is no indicator to break down"
        filled = {f"n:{n}:project": "P1" for n in (1, 2, 3)} | {f"f:{n}:project": "P1" for n in (1, 2, 3)}
        planner.post(here, {**filled, "n:2:text": "ลงมือ"})
        assert [row.cells for row in standing(draft)["steps"].values()] == [
            {"project": "P1", "order": "1", "text": "ลงมือ"}
        ]
        planner.post(here, {"c:1:text": "ลงมือ", "v:1": "1", "remove": "1"})
        assert standing(draft)["steps"][1].is_removed

    def test_a_table_from_excel_adds_and_changes_rows(self, planner: Client, draft: PlanDraft) -> None:
        table = 'รหัสตัวชี้วัด\tชื่อตัวชี้วัด\tน้ำหนัก (ร้อยละ)\r\nP1.1\t"ชื่อ\nสองบรรทัด"\t60\r\nP1.3\tใหม่\t40\r\n'
        planner.post(f"/drafts/{draft.pk}/indicators/paste/", {"table": table})
        rows = standing(draft)["indicators"]
        assert rows[1].cells["name"] == "ชื่อ\nสองบรรทัด"
        assert rows[1].cells["direction"] == "higher", "columns that were not pasted stay"
        assert rows[3].cells == {"id": "P1.3", "name": "ใหม่", "weight": "40"}
        faults = read_draft(draft).faults()["indicators.csv", 3]
        assert {f.place.column for f in faults} >= {"project", "number", "aggregation"}, "all at once, beside the cells"

    @pytest.mark.parametrize(
        ("table", "said"),
        [("", "ไม่มีข้อมูล"), ("id\tสีของตัวชี้วัด\tname\nx\ty\tz", "สีของตัวชี้วัด"), ("a\t" * 40 + "x", "41")],
    )
    def test_what_is_no_table_is_refused_whole_and_stays_in_its_box(
        self, planner: Client, draft: PlanDraft, table: str, said: str
    ) -> None:
        page = planner.post(f"/drafts/{draft.pk}/indicators/paste/", {"table": table})
        assert page.status_code == 422
        assert said in text_of(page)
        assert not DraftRow.objects.exists()

    def test_texts_of_every_kind_are_written_as_text(self, planner: Client, draft: PlanDraft) -> None:
        evil = '<script>alert("x")</script> =1+1'
        planner.post(f"/drafts/{draft.pk}/projects/", {"c:1:title": evil, "v:1": "0"})
        page = text_of(planner.get(f"/drafts/{draft.pk}/projects/"))
        assert "<script>alert" not in page
        assert standing(draft)["projects"][1].cells["title"] == evil

    @pytest.mark.parametrize("query", ["page=99", "page=x", "q=ไม่มี", "of=P1.1", "wrong=1", "all=1", "page=-1&all=1"])
    def test_any_look_at_a_table_is_answered(self, planner: Client, draft: PlanDraft, query: str) -> None:
        for file in ("monthly", "projects", "rulesets", "units"):
            page = planner.get(f"/drafts/{draft.pk}/{file}/?{query}")
            assert page.status_code == 200
            assert len(page.content) < 200_000
        assert planner.get(f"/drafts/{draft.pk}/nowhere/").status_code == 404


class TestWay:
    def test_a_new_plan_is_published_from_its_page(self, planner: Client, draft: PlanDraft, person: People) -> None:
        here = f"/drafts/{draft.pk}/"
        assert "ประกาศใช้เป็นฉบับของแผน" not in text_of(planner.get(here))
        planner.post(f"{here}project_units/", {"c:1:unit": "ไม่มีหน่วยนี้", "v:1": "0"})
        assert decided(planner, here, f"{here}step/", {"step": "submit", "remark": ""}).status_code == 422
        decided(planner, here, f"{here}step/", {"step": "submit", "remark": "ตรวจแล้ว"})
        assert "ต้องให้ผู้มีสิทธิคนอื่นอนุมัติ" in text_of(planner.get(here))
        other = Client()
        sign_in(other, person(Role.EXECUTIVE))
        wrong = decided(other, here, f"{here}step/", {"step": "approve", "decided_on": "เมื่อวาน"})
        assert (wrong.status_code, "เมื่อวาน" in text_of(wrong)) == (422, True)
        decided(other, here, f"{here}step/", {"step": "approve", "meeting": "2/2569", "decided_on": "1 มี.ค. 2569"})
        decided(planner, here, f"{here}step/", {"step": "publish"})
        assert Plan.objects.get().code == "small-2569"
        assert planner.get("/plans/small-2569/").status_code == 200
        assert "2/2569" in text_of(planner.get(here))

    def test_a_change_is_undone_from_the_page(self, planner: Client, draft: PlanDraft) -> None:
        planner.post(f"/drafts/{draft.pk}/projects/", {"c:1:title": "ก", "v:1": "0"})
        entry = HistoryEntry.objects.latest("sequence").sequence
        planner.post(f"/drafts/{draft.pk}/undo/", {"entry": str(entry)})
        assert standing(draft)["projects"][1].cells["title"] == "โครงการทดลอง"
        assert planner.post(f"/drafts/{draft.pk}/undo/", {"entry": "1"}).status_code == 404

    def test_an_amendment_shows_before_and_after_and_what_it_does_to_scores(self, planner: Client) -> None:
        plan = plan_import(SYSTEM, package=small_plan(reported=((1, 10), (2, 5))))
        draft = draft_amend(SYSTEM, plan=plan, effective_period=2)
        here = f"/drafts/{draft.pk}/changes/"
        assert "ยังไม่มีสิ่งใดต่างจากที่เริ่ม" in text_of(planner.get(here))
        planner.post(f"/drafts/{draft.pk}/monthly/", {"c:2:planned": "5", "v:2": "0"})
        page = re.sub(r"\s+", " ", text_of(planner.get(here)))
        assert "<td>10</td><td>5</td>" in page
        assert re.search(r"75.*100", page[page.index('id="effect"') :]), "15 of 20 becomes 15 of 15"

    def test_it_goes_out_as_a_package_also_while_it_has_faults(self, planner: Client, draft: PlanDraft) -> None:
        whole = planner.get(f"/drafts/{draft.pk}/plan.zip").content
        assert read(whole).package == small_plan(indicators=2)
        planner.post(f"/drafts/{draft.pk}/indicators/", {"c:1:weight": "มาก", "v:1": "0"})
        with zipfile.ZipFile(io.BytesIO(planner.get(f"/drafts/{draft.pk}/plan.zip").content)) as archive:
            assert "มาก" in archive.read("indicators.csv").decode()


class TestIndicator:
    def test_a_year_is_spread_over_the_months_and_what_it_adds_up_to_stands_below(
        self, planner: Client, draft: PlanDraft
    ) -> None:
        here = f"/drafts/{draft.pk}/indicator/P1.1/"
        assert "120" in text_of(planner.get(here))
        planner.post(f"{here}spread/", {"unit": "", "total": "๒๔๐", "way": "equal"})
        rows = [r.cells["planned"] for r in standing(draft)["monthly"].values() if r.cells["indicator"] == "P1.1"]
        assert rows == ["20"] * 12
        page = text_of(planner.get(here))
        sums = re.findall(r'<td class="number">([\d,]+)</td>', page)
        assert sums[:12] == [str(20 * n) for n in range(1, 13)]
        assert planner.post(f"{here}spread/", {"unit": "", "total": "มาก", "way": "equal"}).status_code == 422
        assert planner.get(f"/drafts/{draft.pk}/indicator/P9/").status_code == 404

    def test_months_targets_and_the_card_are_typed_on_one_page(self, planner: Client, draft: PlanDraft) -> None:
        planner.post(f"/drafts/{draft.pk}/projects/", {"c:1:first_period": "2", "c:1:last_period": "3", "v:1": "0"})
        back = {"back": "P1.1"}
        month = {"indicator": "P1.1", "unit": "กฝ.", "period": "1", "span": "1"}
        sent = {f"n:1:{k}": v for k, v in month.items()} | {f"f:1:{k}": v for k, v in month.items()}
        answer = planner.post(f"/drafts/{draft.pk}/monthly/", {**back, **sent, "n:1:planned": "7"})
        assert answer.headers["Location"] == f"/drafts/{draft.pk}/indicator/P1.1/"
        card = {"n:1:indicator": "P1.1", "f:1:indicator": "P1.1", "n:1:definition": "นับครั้งที่อบรม"}
        planner.post(f"/drafts/{draft.pk}/indicator_cards/", {**back, **card})
        page = text_of(planner.get(f"/drafts/{draft.pk}/indicator/P1.1/"))
        assert "นับครั้งที่อบรม" in page
        assert 'class="shut"' in page, "months outside the work's time"
        assert len(page.encode()) < 200_000


class TestTwoPages:
    """What somebody else wrote after the page was made is never overwritten, by whatever button, and is told."""

    @staticmethod
    def made_at(page: str) -> str:
        return re.findall(r'name="shown" value="(\d+)"', page)[-1]

    def test_a_spread_leaves_what_another_typed_and_tells_it(self, planner: Client, draft: PlanDraft) -> None:
        here = f"/drafts/{draft.pk}/indicator/P1.1/"
        shown = self.made_at(text_of(planner.get(here)))
        planner.post(f"/drafts/{draft.pk}/monthly/", {"c:3:planned": "77", "v:3": "0"})
        answer = planner.post(f"{here}spread/", {"unit": "", "total": "240", "way": "equal", "shown": shown})
        assert answer.status_code == 409
        assert "“20”" in text_of(answer)
        assert "“77”" in text_of(answer)
        rows = [standing(draft)["monthly"][n].cells["planned"] for n in range(1, 13)]
        assert rows == ["20", "20", "77", *["20"] * 9]
        shown = self.made_at(text_of(planner.get(here)))
        again = planner.post(f"{here}spread/", {"unit": "", "total": "240", "way": "equal", "shown": shown})
        assert again.status_code == 302
        assert standing(draft)["monthly"][3].cells["planned"] == "20", "now it was seen"

    def test_a_paste_leaves_what_another_typed_and_tells_it(self, planner: Client, draft: PlanDraft) -> None:
        here = f"/drafts/{draft.pk}/indicators/"
        shown = self.made_at(text_of(planner.get(here)))
        planner.post(here, {"c:1:name": "ของคนอื่น", "v:1": "0"})
        table = "id\tname\tweight\nP1.1\tของฉัน\t60\nP1.2\tอีกตัว\t40"
        answer = planner.post(f"{here}paste/", {"table": table, "shown": shown})
        assert answer.status_code == 409
        assert "“ของฉัน”" in text_of(answer)
        rows = standing(draft)["indicators"]
        assert [(rows[n].cells["name"], rows[n].cells["weight"]) for n in (1, 2)] == [("ของคนอื่น", "60"), ("อีกตัว", "40")]

    def test_settings_that_another_changed_are_told(self, planner: Client, draft: PlanDraft) -> None:
        here = f"/drafts/{draft.pk}/"
        old = re.findall(r'name="shown" value="(\w+)"', text_of(planner.get(here)))[-1]
        decided(planner, here, f"{here}settings/", {"title": "ก", "stages": "บอร์ด"})
        answer = planner.post(f"{here}settings/", {"title": "ข", "stages": "", "shown": old})
        assert answer.status_code == 422
        assert PlanDraft.objects.get().title == "ก"

    def test_an_effect_is_scored_once_until_something_changes(
        self, planner: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plan = plan_import(SYSTEM, package=small_plan(reported=((1, 9),)))
        draft = draft_amend(SYSTEM, plan=plan, effective_period=6)
        scored = []
        monkeypatch.setattr(comparing, "score", lambda *args: scored.append(1) or score(*args))
        address = f"/drafts/{draft.pk}/changes/"
        planner.get(address)
        planner.get(f"{address}?page=2")
        assert len(scored) == 2, "before and after, once"
        planner.post(f"/drafts/{draft.pk}/monthly/", {"c:1:planned": "90", "v:1": "0"})
        assert text_of(planner.get(address)).count("10") > 0
        assert len(scored) == 4


class TestVersions:
    def test_two_versions_are_compared_cell_by_cell(self, planner: Client) -> None:
        plan = plan_import(SYSTEM, package=small_plan())
        plan_amend(SYSTEM, plan=plan, package=small_plan(planned=20), effective_period=3, reason="มติ 2/2569")
        page = re.sub(r"\s+", " ", text_of(planner.get("/plans/small-2569/versions/?from=1&to=2")))
        assert "มติ 2/2569" in page
        assert "<td>120</td><td>240</td>" in page
        assert page.count("<td>10</td><td>20</td>") == 12
        assert "ไม่มีรายการที่ต่างกัน" in text_of(planner.get("/plans/small-2569/versions/?from=2&to=2"))
        assert read(planner.get("/plans/small-2569/versions/1.zip").content).package == small_plan()
        assert planner.get("/plans/small-2569/versions/9.zip").status_code == 404

    def test_a_plan_is_published_taken_back_and_given_an_owner(self, planner: Client) -> None:
        plan = plan_import(SYSTEM, package=small_plan())
        for what, public in (("publish", True), ("take_back", False)):
            planner.post("/plans/small-2569/settings/", {"do": what, "reason": "มติ"})
            plan.refresh_from_db()
            assert plan.is_public is public
        planner.post("/plans/small-2569/settings/", {"do": "owner", "owner": "กฝ."})
        plan.refresh_from_db()
        assert plan.owner.code == "กฝ."
        for nothing in ("", "publish ", "delete"):
            refused = planner.post("/plans/small-2569/settings/", {"do": nothing})
            assert refused.status_code == 400
            assert "ไม่ได้ทำอะไร" in text_of(refused)
        refused = planner.post("/plans/small-2569/settings/", {"do": "owner", "owner": "ไม่มี"}, follow=True)
        assert "“ไม่มี”" in text_of(refused)
