"""The form of a plan: empty it says nothing, filled it comes back as typed, and what cannot be placed is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from samrit.engine.model import Aggregation, Formula, Plan
from samrit.engine.score import score
from samrit.intake.draft import Draft
from samrit.intake.forms.template import write_template
from samrit.intake.importer import import_documents
from samrit.package import read, write
from samrit.package.ready_rules import default_rules

MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
Rows = Sequence[Mapping[str, object]]

STRATEGIES: Rows = [
    {"รหัสยุทธศาสตร์": 1, "ชื่อยุทธศาสตร์": "ป้องกันโรคระบาด"},
    {"รหัสยุทธศาสตร์": 2, "ชื่อยุทธศาสตร์": "พัฒนาองค์กร"},
]
TACTICS: Rows = [{"รหัสกลยุทธ์": 1.1, "รหัสยุทธศาสตร์ของกลยุทธ์": 1, "ชื่อกลยุทธ์": "เฝ้าระวังเชิงรุก"}]
UNITS: Rows = [
    {"รหัสหน่วยงาน": "กสส.", "ชื่อหน่วยงาน": "กลุ่มพัฒนาสุขภาพสัตว์"},
    {"รหัสหน่วยงาน": "ฝบท.", "ชื่อหน่วยงาน": "ฝ่ายบริหารทั่วไป"},
]
VACCINES: Mapping[str, object] = {
    "รหัส": "1-1", "ลำดับที่": 1, "งาน/โครงการ": "โครงการฉีดวัคซีนโรคปากและเท้าเปื่อย", "ยุทธศาสตร์ที่": 1, "กลยุทธ์ที่": 1.1,
    "ประเภทงาน": "โครงการเดิม (ต่อเนื่อง)", "หน่วยงาน": "กสส.", "งบประมาณ (บาท)": 450000, "ระยะเวลา": "ม.ค. - ธ.ค. 2569",
    "ขั้นตอน": "1. สำรวจสัตว์ 2. ฉีดวัคซีน", "ความสอดคล้อง": "ยช.6 แผนแม่บทฯ 20",
}  # fmt: skip
TRAINING: Mapping[str, object] = {
    "รหัส": "2-1", "ลำดับที่": 2, "งาน/โครงการ": "งานพัฒนาบุคลากร", "ยุทธศาสตร์ที่": 2, "ประเภทงาน": "งานประจำ",
    "หน่วยงาน": "ฝบท./กสส.", "งบประมาณ (บาท)": "ไม่ใช้งบประมาณ", "ระยะเวลา": "มี.ค. - มิ.ย. 2569",
}  # fmt: skip
ANIMALS: Mapping[str, object] = {
    "รหัส": "1-1.1", "รหัสงาน/โครงการ": "1-1", "ตัวชี้วัดที่": 1, "ตัวชี้วัด": "จำนวนสัตว์ที่ได้รับวัคซีน", "หน่วยนับ": "ตัว",
    "เงื่อนไขเป้าหมาย": "ไม่น้อยกว่า", "เป้าหมาย": 12000, "น้ำหนัก": 70, "วิธีคิดผลสะสม": "ผลรวม",
    **{f"แผน {month}": 1000 for month in MONTHS},
}  # fmt: skip
FARMS: Mapping[str, object] = {
    "รหัส": "1-1.2", "รหัสงาน/โครงการ": "1-1", "ตัวชี้วัดที่": 2, "ตัวชี้วัด": "ร้อยละของฟาร์มที่ปลอดโรค", "หน่วยนับ": "ร้อยละ",
    "เป้าหมาย": 95, "น้ำหนัก": 30, "วิธีคิดผลสะสม": "ค่าเฉลี่ย",
    **{f"แผน {month}": 95 if at % 3 == 2 else "–" for at, month in enumerate(MONTHS)},
}  # fmt: skip
PEOPLE: Mapping[str, object] = {
    "รหัส": "2-1.1", "รหัสงาน/โครงการ": "2-1", "ตัวชี้วัดที่": 1, "ตัวชี้วัด": "จำนวนผู้เข้าอบรม", "หน่วยนับ": "คน", "เป้าหมาย": 40,
    "น้ำหนัก": 100, "วิธีคิดผลสะสม": "ผลรวม",
    **{f"แผน {month}": 10 if 2 <= at < 6 else "–" for at, month in enumerate(MONTHS)},
}  # fmt: skip
WORKS, INDICATORS = [VACCINES, TRAINING], [ANIMALS, FARMS, PEOPLE]


def filled(path: Path, works: Rows = WORKS, indicators: Rows = INDICATORS, *, year: int | None = 2569) -> Path:
    """Fill in a form as a person does and return it."""
    write_template(path, language="th", calendar="calendar")
    book = load_workbook(path)
    about = book["แผน"]
    about["B1"], about["B2"], about["B3"] = "แผนปฏิบัติการ สำนักงานปศุสัตว์", year, "สำนักงานปศุสัตว์จังหวัดเลย"
    for name, rows in (
        ("ยุทธศาสตร์", STRATEGIES), ("กลยุทธ์", TACTICS), ("หน่วยงาน", UNITS), ("งาน-โครงการ", works), ("ตัวชี้วัด", indicators),
    ):  # fmt: skip
        sheet = book[name]
        places = {cell.value: cell.column for cell in sheet[1]}
        for at, row in enumerate(rows, 2):
            for heading, value in row.items():
                sheet.cell(at, places[heading], value)
    book.save(path)
    return path


def plan_of(draft: Draft) -> Plan:
    assert draft.package is not None
    return draft.package.plan


def without(row: Mapping[str, object], *headings: str) -> Mapping[str, object]:
    return {heading: value for heading, value in row.items() if heading not in headings}


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("calendar", ["calendar", "fiscal"])
def test_an_empty_form_gives_an_empty_plan_and_no_finding(language: str, calendar: str, tmp_path: Path) -> None:
    write_template(tmp_path / "plan.xlsx", language=language, calendar=calendar)
    draft = import_documents([tmp_path / "plan.xlsx"])
    assert draft.findings == ()
    assert (plan_of(draft).projects, plan_of(draft).calendar) == ((), calendar)


def test_a_filled_form_comes_back_as_typed_and_without_a_finding(tmp_path: Path) -> None:
    draft = import_documents([filled(tmp_path / "plan.xlsx")])
    assert draft.findings == ()
    plan = plan_of(draft)
    assert (plan.year_be, plan.organisation) == (2569, "สำนักงานปศุสัตว์จังหวัดเลย")
    first, second = plan.projects
    assert (first.id, first.tactic, first.budgets[0].amount, first.steps) == (
        "1-1",
        "1.1",
        450000,
        ("สำรวจสัตว์", "ฉีดวัคซีน"),
    )
    assert (second.responsible_units, second.first_period, second.last_period) == (("ฝบท.", "กสส."), 3, 6)
    assert [(i.id, i.weight, i.aggregation.value) for p in plan.projects for i in p.indicators] == [
        ("1-1.1", 70, "sum"), ("1-1.2", 30, "average"), ("2-1.1", 100, "sum"),
    ]  # fmt: skip
    assert first.indicators[0].targets[0].comparator.value == "ge"


def test_a_range_and_a_rate_are_said_in_the_form(tmp_path: Path) -> None:
    """AC13, AC14: the upper end of a target, and what a share is multiplied by."""
    beds = {**FARMS, "รหัส": "1-1.2", "ตัวชี้วัด": "อัตราการครองเตียง", "เป้าหมาย": 80, "เป้าหมายถึง": 90,
            **{f"แผน {month}": 80 if at % 3 == 2 else "–" for at, month in enumerate(MONTHS)}}  # fmt: skip
    cases = {**PEOPLE, "ตัวชี้วัด": "อัตราป่วยต่อพันคน", "หน่วยนับ": "คนต่อพันคน", "วิธีคิดผลสะสม": "ตัวตั้งรวมหารตัวหารรวม",
             "สัดส่วนคิดต่อ": 1000}  # fmt: skip
    draft = import_documents([filled(tmp_path / "form.xlsx", indicators=[ANIMALS, beds, cases])])
    within, rate = (i for p in plan_of(draft).projects for i in p.indicators if i.id in ("1-1.2", "2-1.1"))
    assert (within.formula, within.targets[0].upper) == (Formula.RANGE, 90)
    assert {e.planned_upper for e in within.entries if isinstance(e.planned, Decimal)} == {Decimal(90)}
    assert (rate.formula, rate.per) == (Formula.RATIO, 1000)


def test_levels_in_words_are_reported_as_levels_and_the_latest_counts(tmp_path: Path) -> None:
    """AC12: without thresholds a level of 3 where 4 is planned is 75 per cent, and no months are added up."""
    climbing = {f"แผน {month}": at - 1 if 2 <= at < 6 else "–" for at, month in enumerate(MONTHS)}
    climbed = {**without(PEOPLE, "วิธีคิดผลสะสม"), **climbing, "ตัวชี้วัด": "ระดับความสำเร็จ", "หน่วยนับ": "ระดับ",
               "เป้าหมาย": 4, "ผล มี.ค.": 1, "ผล เม.ย.": 3}  # fmt: skip
    path = filled(tmp_path / "form.xlsx", indicators=[ANIMALS, FARMS, climbed])
    book = load_workbook(path)
    for number in range(1, 5):
        book["เกณฑ์ระดับ"].append(["2-1.1", number, None, f"ขั้นที่ {number}"])
    book.save(path)
    plan = plan_of(import_documents([path]))
    (made,) = (i for p in plan.projects for i in p.indicators if i.id == "2-1.1")
    assert (made.formula, made.aggregation, len(made.levels)) == (Formula.LEVELS, Aggregation.LATEST, 4)
    (result,) = (i for p in score(plan, default_rules(), 6).projects for i in p.indicators if i.indicator.id == "2-1.1")
    assert (result.level_planned, result.level_reached, result.percent) == (4, 3, 75)


def test_a_form_that_lost_its_first_sheet_is_judged_by_the_rules_of_a_plan_that_names_none(tmp_path: Path) -> None:
    path = filled(tmp_path / "plan.xlsx")
    book = load_workbook(path)
    del book["แผน"]
    book.save(path)
    found = import_documents([path]).package
    assert found is not None
    assert (len(found.plan.projects), found.plan.ruleset, found.ruleset()) == (2, default_rules().id, default_rules())


def test_a_filled_form_can_be_kept_and_read_again(tmp_path: Path) -> None:
    draft = import_documents([filled(tmp_path / "plan.xlsx")])
    assert draft.package is not None
    write(draft.package, tmp_path / "kept")
    kept = read(tmp_path / "kept").package
    assert kept is not None
    assert kept.plan.projects == draft.package.plan.projects


def test_ids_left_empty_are_made(tmp_path: Path) -> None:
    works = [without(work, "รหัส") for work in WORKS]
    indicators = [without(row, "รหัส") for row in INDICATORS]
    indicators[1] = without(indicators[1], "รหัสงาน/โครงการ")  # that of the row above
    indicators[2] = {**indicators[2], "รหัสงาน/โครงการ": "งานพัฒนาบุคลากร"}  # its title
    plan = plan_of(import_documents([filled(tmp_path / "plan.xlsx", works, indicators)]))
    assert [(p.id, [i.id for i in p.indicators]) for p in plan.projects] == [
        ("1-1", ["1-1.1", "1-1.2"]), ("2-2", ["2-2.1"]),
    ]  # fmt: skip


def test_a_row_of_a_work_that_is_not_there_is_told_and_nothing_is_lost_silently(tmp_path: Path) -> None:
    astray = {**PEOPLE, "รหัสงาน/โครงการ": "9-9"}
    draft = import_documents([filled(tmp_path / "plan.xlsx", WORKS, [ANIMALS, FARMS, astray])])
    told = [f for f in draft.findings if f.code == "intake_form_row_without_owner"]
    assert [(f.params["text"], f.params["sheet"], f.place.line) for f in told] == [("9-9", "ตัวชี้วัด", 4)]


def test_a_value_that_is_no_number_is_told(tmp_path: Path) -> None:
    draft = import_documents([filled(tmp_path / "plan.xlsx", WORKS, [{**ANIMALS, "น้ำหนัก": "มาก"}, FARMS, PEOPLE])])
    assert "intake_form_value_not_read" in {f.code for f in draft.findings}


def test_a_form_without_a_year_is_taken_for_the_current_one_and_told(tmp_path: Path) -> None:
    path = filled(tmp_path / "plan.xlsx", [without(work, "ระยะเวลา") for work in WORKS], year=None)
    draft = import_documents([path])
    assert "intake_year_missing" in {f.code for f in draft.findings}
    assert plan_of(draft).year_be > 2500
    assert plan_of(import_documents([path], year_be=2571)).year_be == 2571
