"""The year's records by Excel: what stands goes out, what came back is looked at, all of it is kept or nothing."""

from __future__ import annotations

import base64
import io
import re
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from samrit.engine.model import ContractState
from samrit.engine.year import told
from samrit.package import kinds
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import Plan, YearRecord
from samrit.plans.records.audit import audit
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.plan.year_records import year_record_add
from samrit.plans.services.writing import SYSTEM
from samrit.plans.unit_form.year_reader import MOST_ROWS
from samrit.vocabulary.terms import label
from tests.web.sheets import year_sheets
from tests.web.test_year import built
from tests.year_kinds import typed

PAGE, FILE = "/plans/small-2569/year/form/", "/plans/small-2569/year/form.xlsx"
CONTRACT = {
    "งาน/โครงการ": "P1",
    "ลงนามเมื่อวันที่": "7 พ.ค. 2569",
    "เลขที่สัญญา": "7/2569",
    "คู่สัญญา": "บริษัท ก",
    "มูลค่า (บาท)": 1000000.5,
    "สถานที่ (ว่าง = ทั้งงาน)": 1,
    "สถานะสัญญา": "มีผลใช้บังคับ",
}
RUNNING = {"happened_on": "1/3/2569", "state": "running"}
INSTALMENT = {"งาน/โครงการ": "P1", "ข้อมูล ณ วันที่": "1/6/2569", "สัญญา": "7/2569", "งวดที่": 1, "จำนวนเงิน (บาท)": 250000}


@pytest.fixture
def plan(register, clock) -> Plan:
    made = plan_import(SYSTEM, package=built(), owner=register["กนผ."])
    clock.set("2026-07-05")
    return made


def signed_in(who, language: str = "th") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["language"] = language
    return client


def send(client: Client, content: bytes, name: str = "form.xlsx"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content)})


def words(response) -> str:
    return re.sub(r"\s+", " ", unescape(strip_tags(response.content.decode().replace("<", " <"))))


def take(client: Client, content: bytes):
    return client.post(PAGE, {"do": "take", "content": base64.b64encode(content).decode()})


def records(plan: Plan):
    return told(evaluate(plan, 12).plan.projects[0].records)


def label_of(state: str) -> str:
    return label(ContractState(state))


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_form_that_comes_back_as_it_went_out_changes_nothing(plan, person, language) -> None:
    """Every kind that is declared stands in it, in words, and is read back to what it was."""
    for kind in kinds.KINDS:
        given = typed(kind, evaluate(plan, 3).plan.projects[0])
        year_record_add(person("planner"), plan=plan, kind=kind.name, project="P1", given=given)
    planner = signed_in(person("planner"), language)
    content = planner.get(FILE).content
    sheets = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert len([name for name in sheets if not name.startswith("_")]) == len(kinds.KINDS)
    before = YearRecord.objects.count()
    answer = take(planner, content)
    assert answer.status_code == 302, words(answer)
    assert YearRecord.objects.count() == before, "nothing is another"


def test_new_rows_are_shown_then_kept_together_and_a_second_sending_changes_nothing(plan, person) -> None:
    planner = signed_in(person("planner"))
    contract = CONTRACT | {"สถานะสัญญา": label_of("in_force")}
    filled = year_sheets(planner.get(FILE).content, contracts=[(1, contract)], instalments=[(3, INSTALMENT)])
    shown = send(planner, filled)
    assert shown.status_code == 200, words(shown)
    assert "เพิ่มหรือเปลี่ยน 2 รายการ" in words(shown)
    assert "เลขที่สัญญา: 7/2569" in words(shown)
    assert YearRecord.objects.count() == 0, "looked at, not kept"
    assert take(planner, filled).status_code == 302
    assert {(r.kind, r.id) for r in records(plan)} == {("contracts", "7/2569"), ("instalments", "7/2569 / 1")}
    assert YearRecord.objects.get(kind="contracts").cells["value"] == "1000000.5"
    assert take(planner, filled).status_code == 302
    assert YearRecord.objects.count() == 2
    assert audit().faults == ()


def test_a_fault_of_one_row_keeps_every_row_out_and_all_faults_are_told_at_their_rows(plan, person) -> None:
    planner = signed_in(person("planner"))
    wrong = {
        "งาน/โครงการ": "P1",
        "ข้อมูล ณ วันที่": "31/2/2569",
        "สัญญา": "ไม่มี",
        "งวดที่": "หนึ่ง",
        "จำนวนเงิน (บาท)": 5,
    }
    good = CONTRACT | {"สถานะสัญญา": label_of("in_force")}
    elsewhere = good | {"งาน/โครงการ": "P9"}
    filled = year_sheets(planner.get(FILE).content, contracts=[(1, good), (2, elsewhere)], instalments=[(1, wrong)])
    refused = take(planner, filled)
    assert refused.status_code == 422
    text = words(refused)
    assert "พบ 4 เรื่อง" in text
    for part in ("งวดงาน, บรรทัด 4, ข้อมูล ณ วันที่", "งวดงาน, บรรทัด 4, สัญญา", "งวดงาน, บรรทัด 4, งวดที่", "สัญญา, บรรทัด 5"):
        assert part in text, part
    assert YearRecord.objects.count() == 0


def test_a_row_that_somebody_changed_meanwhile_is_told_and_nothing_is_lost(plan, person) -> None:
    planner = signed_in(person("planner"))
    year_record_add(
        SYSTEM, plan=plan, kind="work_states", project="P1", given={"happened_on": "1/3/2569", "state": "running"}
    )
    form = planner.get(FILE).content
    filled = year_sheets(form, work_states=[(1, {"เหตุผลหรือรายละเอียด": "จากไฟล์"})])
    over = {"happened_on": "2/3/2569", "state": "postponed", "seen": "1"}
    assert planner.post("/plans/small-2569/works/P1/year/work_states/?record=1", over).status_code == 302
    refused = take(planner, filled)
    assert refused.status_code == 422
    assert "แก้ไขรายการนี้ไปแล้ว" in words(refused)
    fresh = year_sheets(planner.get(FILE).content, work_states=[(1, {"เหตุผลหรือรายละเอียด": "จากไฟล์"})])
    assert "เหตุผลหรือรายละเอียด: – → จากไฟล์" in words(send(planner, fresh))
    assert take(planner, fresh).status_code == 302
    (record,) = records(plan)
    assert (record.revision, record.value("words"), record.value("state")) == (3, "จากไฟล์", "postponed")


def test_a_unit_gets_its_own_works_and_no_kind_that_the_division_decides(plan, person) -> None:
    reporter = signed_in(person("reporter", unit="กฝ."))
    book = openpyxl.load_workbook(io.BytesIO(reporter.get(FILE).content))
    assert "การกันเงินไว้เบิกเหลื่อมปี" not in book.sheetnames
    keep = {"งาน/โครงการ": "P1", "พิจารณาเมื่อวันที่": "1/3/2569", "ผลการพิจารณา": "เร่งรัด", "ผู้พิจารณา": "ก"}
    planner = signed_in(person("planner"))
    of_division = year_sheets(planner.get(FILE).content, reviews=[(1, keep)])
    refused = take(reporter, of_division)
    assert refused.status_code == 422
    assert YearRecord.objects.count() == 0
    assert reporter.get(FILE, {"unit": "กตป."}).status_code == 404


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"%PDF-1.7"])
def test_a_file_that_is_none_is_refused_in_words(plan, person, content) -> None:
    refused = take(signed_in(person("planner")), content)
    assert refused.status_code == 422
    assert "ยังไม่ได้บันทึก" in words(refused)


def test_a_sheet_with_more_rows_than_are_read_is_refused_and_not_cut(plan, person) -> None:
    planner = signed_in(person("planner"))
    beyond = year_sheets(planner.get(FILE).content, contracts=[(MOST_ROWS, CONTRACT)])
    refused = take(planner, beyond)
    assert refused.status_code == 422
    assert "แบ่งเป็นหลายไฟล์" in words(refused)


def test_a_form_of_another_plan_or_with_a_changed_tag_is_refused(plan, person) -> None:
    planner = signed_in(person("planner"))
    year_record_add(
        SYSTEM, plan=plan, kind="work_states", project="P1", given={"happened_on": "1/3/2569", "state": "running"}
    )
    form = planner.get(FILE).content
    assert "แถวนี้ถูกแก้ไข" in words(take(planner, year_sheets(form, work_states=[(1, {"งาน/โครงการ": "P2"})])))
    assert "ไม่พบคอลัมน์" in words(take(planner, year_sheets(form, work_states=[(0, {"สถานะ": "อื่น"})])))
