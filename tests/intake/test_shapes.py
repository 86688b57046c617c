"""Shapes in which offices keep plans: nothing vanishes, nothing is read twice, and no other column's words are taken.

Each sheet is held against one invariant, whatever else it shows: every filled cell below
the headings stands in the plan or is listed with its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pytest

from samrit.intake.draft import Draft
from samrit.intake.grid import Grid, GridCell, SourceReading
from samrit.intake.importer import draft_of
from tests.intake.sheets import MONTHS, TITLE, Wide, codes, only, plan_of, sheet

Rows = Sequence[Sequence[object]]
SIDES = [["แผน", "ผล"] * 4]
FISCAL = ["แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. 2569"]


def bare(text: object) -> str:
    return re.sub(r"[^0-9A-Za-zก-๙✓]", "", str(text))


def nothing_lost(draft: Draft, rows: Rows, head: int) -> None:
    """Assert that every cell below row ``head`` is in the plan or in what the import says."""
    assert draft.package is not None
    said = bare(draft.package.plan) + bare([f.params for f in draft.findings])
    words = [word for row in rows[head:] for cell in row if cell is not None for word in str(cell).split()]
    lost = [word for word in words if bare(word) not in said]
    assert not lost
    assert "intake_cell_used_twice" not in codes(draft)


def entries(draft: Draft) -> list[tuple[int, str, str]]:
    (indicator,) = only(draft).indicators
    return [(e.period, str(e.planned), str(e.actual)) for e in indicator.entries]


@pytest.mark.parametrize(
    "form", ["Q{} plan|Q{} actual", "แผน ไตรมาส {}|ผล ไตรมาส {}", "ไตรมาสที่ {} (แผน)|ไตรมาสที่ {} (ผล)"]
)
def test_side_and_quarter_in_one_heading_are_both_read(form: str) -> None:
    head = ["Ref", "Activity", "Lead", "Indicator", "Unit", "Annual target"]
    head += [part.format(n) for n in range(1, 5) for part in form.split("|")]
    rows = [TITLE, head, ["A1", "Vaccination days", "EPI", "Children", "children", 100, 25, 21, 26, 22, 24, 23, 25, 19]]
    draft = sheet(rows)
    assert entries(draft) == [(3, "25", "21"), (6, "26", "22"), (9, "24", "23"), (12, "25", "19")]
    nothing_lost(draft, rows, 2)


def test_columns_between_quarters_that_are_of_no_side_are_listed() -> None:
    head = ["ที่", "โครงการ", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", *(w for n in range(1, 5) for w in (f"Q{n}", "ความเห็น"))]
    rows = [
        TITLE,
        head,
        [1, "โครงการก่อสร้าง", "จำนวนสาย", "สาย", 4, 1, "ทันเวลา", 1, "ฝนตกหนัก", 1, "รอผู้รับจ้าง", 1, "เสร็จ"],
    ]
    nothing_lost(sheet(rows), rows, 2)


@pytest.mark.parametrize("numbers", ["ก. ข. ก.", "1 2 1", "P-1 P-2 P-3"])
def test_a_work_that_two_readers_find_is_one(numbers: str) -> None:
    one, two, three = numbers.split()
    head = [
        "ลำดับ",
        "งาน/โครงการ",
        "ตัวชี้วัด",
        "หน่วยนับ",
        "เป้าหมาย",
        *(w for n in range(1, 5) for w in (f"ไตรมาส {n}", None)),
    ]
    rows = [
        FISCAL, [*head, "งบประมาณ", "ผู้รับผิดชอบ"], [*[None] * 5, *SIDES[0]],
        ["ยุทธศาสตร์ที่ 1 พัฒนาสหกรณ์"],
        [one, "ตรวจการสหกรณ์", "จำนวนสหกรณ์", "แห่ง", 40, 10, 9, 10, 11, 10, "-", 10, None, "120,000", "กลุ่มตรวจการ"],
        [two, "อบรมกรรมการ", "จำนวนกรรมการ", "คน", 200, 50, 51, 50, 48, 50, None, 50, None, "80,000", "กลุ่มส่งเสริม"],
        [None, "รวมยุทธศาสตร์ที่ 1", *[None] * 11, "200,000"],
        ["ยุทธศาสตร์ที่ 2 พัฒนาองค์กร"],
        [three, "พัฒนาระบบ", "จำนวนระบบ", "ระบบ", 2, None, None, 1, 1, None, None, 1, None, "300,000**", "ฝ่ายบริหาร"],
    ]  # fmt: skip
    wide: Wide = {(1, at): (1, 2) for at in (5, 7, 9, 11)} | {(3, 0): (1, 15), (7, 0): (1, 15)}
    draft = sheet(rows, wide)
    works = plan_of(draft).projects
    assert [w.title for w in works] == ["ตรวจการสหกรณ์", "อบรมกรรมการ", "พัฒนาระบบ"]
    assert [w.budget for w in works] == [120_000, 80_000, 300_000]
    nothing_lost(draft, rows, 4)


@pytest.mark.parametrize("mark", ["✓", "X", "●"])
def test_ticked_quarters_are_the_period_of_a_work(mark: str) -> None:
    head = ["ที่", "หลักสูตร/กิจกรรม", "กลุ่มเป้าหมาย", "ช่วงเวลา", None, None, None, "งบประมาณ (บาท)", "ผู้รับผิดชอบ"]
    rows = [
        FISCAL, head, [*[None] * 3, *(f"ไตรมาส {n}" for n in range(1, 5))],
        [1, "เขียนข้อเสนอวิจัย", "อาจารย์", mark, None, None, None, 60000, "สถาบันวิจัย"],
        [2, "ทักษะดิจิทัล", "สายสนับสนุน", None, mark, mark, None, 90000, "กองบริหารงานบุคคล"],
    ]  # fmt: skip
    draft = sheet(rows, {(1, 3): (1, 4)} | {(1, at): (2, 1) for at in (0, 1, 2, 7, 8)})
    works = plan_of(draft).projects
    assert [(w.title, w.first_period, w.last_period) for w in works] == [
        ("เขียนข้อเสนอวิจัย", 1, 3), ("ทักษะดิจิทัล", 4, 9),
    ]  # fmt: skip
    assert "intake_cells_shared" not in codes(draft)
    assert mark not in str([f.params["cells"] for f in draft.findings if f.code == "intake_cells_unused"])


@pytest.mark.parametrize("merged", [True, False])
def test_indicators_over_months_without_works_are_works_of_their_own(*, merged: bool) -> None:
    head = ["มุมมอง", "เป้าประสงค์", "KPI", "เป้าหมาย", *MONTHS, "ผู้รับผิดชอบ"]
    rows = [
        TITLE, head,
        ["ผู้รับบริการ", "ความพึงพอใจ", "ร้อยละความพึงพอใจ", "≥ 85", 84, 85, 86, *[None] * 9, "งานคุณภาพ"],
        [None, None, "ระยะเวลารอคอย (นาที)", "≤ 90", 110, 105, 98, *[None] * 9, "OPD"],
        ["การเงิน", "สภาพคล่อง", "Current ratio", "> 1.5", 1.3, 1.4, 1.45, *[None] * 9, "การเงิน"],
    ]  # fmt: skip
    draft = sheet(rows, {(2, 0): (2, 1), (2, 1): (2, 1)} if merged else None)
    works = plan_of(draft).projects
    assert [w.title for w in works] == ["ร้อยละความพึงพอใจ", "ระยะเวลารอคอย (นาที)", "Current ratio"]
    assert [len(w.indicators) for w in works] == [1, 1, 1]
    assert sum(f.code == "intake_indicator_as_work" for f in draft.findings) == 3
    nothing_lost(draft, rows, 2)


@pytest.mark.parametrize("total", ["รวม", "Total", "รวมทั้งสิ้น", "รวมทุกโครงการ"])
@pytest.mark.parametrize("sums", [[None] * 13, [40] * 12 + [480]])
def test_a_sum_below_works_over_months_changes_nothing_of_them(total: str, sums: list[int | None]) -> None:
    head = ["รหัส", "กลยุทธ์", "โครงการ", "KPI", "ค่าเป้าหมาย", "ผู้รับผิดชอบ", *MONTHS, "รวม", "หมายเหตุ"]
    rows = [
        TITLE, head,
        ["H-01", "ลดความแออัด", "พัฒนาระบบนัด", "ผู้ป่วยนัด", "240 คน", "OPD", *[20] * 12, 240, "เริ่ม ม.ค."],
        [None, None, None, "ผู้ป่วยใหม่", "120 คน", "OPD", *[10] * 12, 120],
        ["H-02", "ดูแลต่อเนื่อง", "คลินิกนอกเวลา", "จำนวนครั้ง", "120 ครั้ง", "PCU", *[10] * 12, 120],
        [total, *[None] * 5, *sums, "ตรวจแล้ว"],
        ["ผู้จัดทำ นางสาวสมใจ ดีงาม"],
    ]  # fmt: skip
    draft = sheet(rows)
    works = plan_of(draft).projects
    assert [(w.title, [[e.planned for e in i.entries] for i in w.indicators]) for w in works] == [
        ("พัฒนาระบบนัด", [[20] * 12, [10] * 12]), ("คลินิกนอกเวลา", [[10] * 12]),
    ]  # fmt: skip
    assert [w.claim for w in works] == [None, None]
    assert {u.cell.text for u in draft.unused} >= {*map(str, filter(None, sums)), "ตรวจแล้ว", "ผู้จัดทำ นางสาวสมใจ ดีงาม"}


def test_tactics_named_without_a_number_are_tactics() -> None:
    head = ["ที่", "ยุทธศาสตร์", "กลยุทธ์", "โครงการ", "ตัวชี้วัด", "เป้าหมาย", "งบประมาณ", "ผู้รับผิดชอบ"]
    rows = [
        FISCAL, head,
        [1, "1 บริการ", "ลดความแออัด", "พัฒนาระบบนัด", "จำนวนผู้ป่วย", "50 คน", "20,000", "OPD"],
        [2, "1 บริการ", "1.1 ดูแลต่อเนื่อง", "เยี่ยมบ้าน", "จำนวนบ้าน", "40 หลัง", "10,000", "PCU"],
        [3, "1 บริการ", "ลดความแออัด", "คลินิกนอกเวลา", "จำนวนครั้ง", "120 ครั้ง", "30,000", "PCU"],
        [4, "2 คน", "ลดความแออัด", "อบรม", "จำนวนคน", "30 คน", "5,000", "HR"],
    ]  # fmt: skip
    plan = plan_of(sheet(rows))
    assert [(t.code, t.strategy, t.name) for t in plan.tactics] == [
        ("1.2", "1", "ลดความแออัด"), ("1.1", "1", "ดูแลต่อเนื่อง"), ("2.1", "2", "ลดความแออัด"),
    ]  # fmt: skip
    assert [w.tactic for w in plan.projects] == ["1.2", "1.1", "1.2", "2.1"]


def test_a_figure_beside_the_months_is_not_the_number_of_the_work() -> None:
    head = ["Ref", "Project", "Indicator", "Unit", "Target", *(w for n in range(1, 5) for w in (f"Q{n}", None, None))]
    sides = [*[None] * 5, *["Plan", "Actual", "Variance"] * 4]
    rows = [
        ["Annual Operating Plan 2026 of the Trust"], head, sides,
        ["1.1", "Clean-ups", "Events held", "events", 20, 5, 4, -1, 5, 6, 1, 5, 16, 11, 5, None, None],
    ]  # fmt: skip
    draft = sheet(rows, {(1, at): (1, 3) for at in (5, 8, 11, 14)} | {(1, at): (2, 1) for at in range(5)})
    assert plan_of(draft).title == "Annual Operating Plan 2026 of the Trust"
    assert [u.cell.text for u in draft.unused] == ["-1", "1", "11"]


@pytest.mark.parametrize("heading", ["หน่วยดำเนินการ", "หน่วยงานดำเนินการ", "หน่วยงานเจ้าของเรื่อง", "Executing agency"])
def test_who_does_it_is_no_unit_of_measure(heading: str) -> None:
    head = ["แผนงาน/โครงการ/กิจกรรม", "ตัวชี้วัด", "ค่าเป้าหมาย", heading, "งบประมาณ (บาท)"]
    rows = [FISCAL, head, ["โครงการที่ 1 พัฒนาแหล่งท่องเที่ยว", "จำนวนนักท่องเที่ยว", "250,000 คน", "สำนักงานท่องเที่ยว", "3,000,000"]]
    work = only(sheet(rows))
    assert (work.responsible_text, work.indicators[0].unit_of_measure) == ("สำนักงานท่องเที่ยว", "คน")


@pytest.mark.parametrize("printed", ["1.1 {}", "โครงการที่ 1 {}"])
def test_the_number_within_a_title_is_no_part_of_it(printed: str) -> None:
    head = ["มาตรการ/กิจกรรม", "ตัวชี้วัดความสำเร็จ", "ค่าเป้าหมาย", "ระยะเวลาดำเนินการ", "งบประมาณ (บาท)", "ผู้รับผิดชอบ"]
    rows = [
        FISCAL,
        head,
        [printed.format("อบรมคุณธรรม"), "จำนวนผู้เข้าอบรม", "50 คน", "ไตรมาสที่ 1 - 2", "20,000", "สำนักปลัด"],
    ]
    draft = sheet(rows)
    work = only(draft)
    assert (work.title, work.number, work.first_period, work.last_period) == ("อบรมคุณธรรม", 1, 1, 6)
    assert "intake_number_missing" not in codes(draft)
    nothing_lost(draft, rows, 2)


@pytest.mark.parametrize("heading", ["ประเด็นยุทธศาสตร์/แผนงาน/โครงการ", "ยุทธศาสตร์/โครงการ", "แผนงาน / โครงการ"])
def test_a_heading_that_lists_levels_and_works_is_that_of_the_works(heading: str) -> None:
    head = [heading, "ตัวชี้วัด", "หน่วยนับ", "ค่าเป้าหมาย", "Q1", "Q2", "Q3", "Q4", "งบประมาณ", "หน่วยงานรับผิดชอบ"]
    rows = [
        FISCAL, head, ["ประเด็นยุทธศาสตร์ที่ 1 เพิ่มขีดความสามารถ"],
        ["1. โครงการแปลงใหญ่", "จำนวนแปลง", "แปลง", 1200, 300, 200, 400, 300, "45,300", "กองแผนงาน"],
    ]  # fmt: skip
    draft = sheet(rows, {(2, 0): (1, 10)})
    work = only(draft)
    assert (work.title, work.strategy, work.budget) == ("โครงการแปลงใหญ่", "1", Decimal(45_300))
    nothing_lost(draft, rows, 3)


def test_a_figure_that_looks_like_a_year_is_none() -> None:
    head = ["Code", "Activity", "Lead", "Indicator", "Unit", "Annual target", "Q1", "Q2", "Q3", "Q4"]
    draft = sheet([head, ["A1", "Vaccination", "EPI", "Children", "children", 10000, 2500, 2500, 2500, 2500]])
    assert "intake_year_missing" in codes(draft)


@pytest.mark.parametrize(("total", "side"), [(50, "plan_total"), (38, "actual_total"), (70, "plan_total")])
def test_one_total_behind_plan_and_result_belongs_to_one_of_them(total: int, side: str) -> None:
    head = ["ที่", "โครงการ", "ตัวชี้วัด", "หน่วยนับ", "ครึ่งปีแรก", None, "ครึ่งปีหลัง", None, "รวมทั้งปี"]
    rows = [
        FISCAL,
        head,
        [*[None] * 4, "แผน", "ผล", "แผน", "ผล"],
        [1, "ส่งเสริม GAP", "จำนวนแปลง", "แปลง", 20, 18, 30, 20, total],
    ]
    wide: Wide = {(1, 4): (1, 2), (1, 6): (1, 2), (1, 8): (2, 1)} | {(1, at): (2, 1) for at in range(4)}
    draft = sheet(rows, wide)
    claim = only(draft).indicators[0].claim
    assert claim is not None
    other = "actual_total" if side == "plan_total" else "plan_total"
    assert (getattr(claim, side), getattr(claim, other)) == (total, None)
    nothing_lost(draft, rows, 3)


def test_a_logframe_is_a_plan_of_what_it_describes() -> None:
    head = ["Level", "Description", "Indicator (OVI)", "Means of verification", "Assumptions"]
    rows = [
        ["Work plan 2026"], head,
        ["Outcome 1", "Households use safe water", "2,400 households use water", "Household survey", "Sources hold"],
        ["Output 1.1", "Committees trained", "120 members trained (60 women)", "Attendance lists", "Roads passable"],
    ]  # fmt: skip
    draft = sheet(rows)
    works = plan_of(draft).projects
    assert [w.title for w in works] == ["Households use safe water", "Committees trained"]
    assert not works[1].indicators[0].targets  # sixty women are a part of what it counts
    nothing_lost(draft, rows, 2)


def test_numbered_headings_of_levels_are_headings() -> None:
    head = ["ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย", "งบประมาณและที่มา", "ตัวชี้วัด (KPI)", "หน่วยงานรับผิดชอบหลัก"]
    rows = [
        FISCAL, head, ["2. ยุทธศาสตร์ที่ 2 การพัฒนาด้านสังคม"], ["2.1 แผนงานการศึกษา"],
        [1, "อาหารกลางวัน", "เพื่อสุขภาพ", "เด็กเล็ก 120 คน", 600000, "จำนวนเด็กที่ได้รับอาหาร", "กองการศึกษา"],
    ]  # fmt: skip
    draft = sheet(rows, {(2, 0): (1, 7), (3, 0): (1, 7)})
    work = only(draft)
    assert (work.strategy, work.budget) == ("2", Decimal(600_000))
    assert [p.name for p in plan_of(draft).programmes] == ["การศึกษา"]
    assert "ยุทธศาสตร์ที่ 2" not in str([f.params for f in draft.findings if f.code == "intake_cells_unused"])


def grids(*tables: Rows | str) -> Draft:
    made = []
    for number, table in enumerate(tables):
        rows = [[table]] if isinstance(table, str) else table
        cells = tuple(
            tuple(GridCell(str(v), 10 * number + at, f"{along}:{at}") for along, v in enumerate(row))
            for at, row in enumerate(rows)
        )
        made.append(Grid("x.docx", cells, sheet=f"part {number}", is_table=not isinstance(table, str)))
    return draft_of([SourceReading("x.docx", "docx", tuple(made))], plan_id="x")


PLAN: Rows = [
    ["ที่", "โครงการ", "ตัวชี้วัด", "เป้าหมาย", "งบประมาณ", "ผู้รับผิดชอบ"],
    [1, "โครงการอบรม", "จำนวนผู้ผ่านอบรม", "50 คน", "20,000", "กองคลัง"],
]


def test_a_table_that_nobody_understands_is_listed_with_its_words() -> None:
    draft = grids(TITLE[0], PLAN, [["ชื่อ", "โทรศัพท์"], ["นายดำ", "081-111-1111"]])
    (told,) = [f for f in draft.findings if f.code == "intake_table_not_used"]
    assert all(word in told.params["cells"] for word in ("นายดำ", "081-111-1111"))
    assert {u.cell.text for u in draft.unused} >= {"นายดำ", "081-111-1111"}


def test_text_that_is_not_in_the_plan_is_listed_once_for_a_document() -> None:
    draft = grids(TITLE[0], "ผู้ว่าราชการจังหวัดเห็นชอบแล้ว", PLAN, "ดูภาคผนวก ก")
    (told,) = [f for f in draft.findings if f.code == "intake_text_not_used"]
    assert told.params["cells"] == "ผู้ว่าราชการจังหวัดเห็นชอบแล้ว | ดูภาคผนวก ก"


def test_a_cell_of_a_card_that_nothing_takes_is_listed() -> None:
    card = [
        ["ตัวชี้วัด", "1.1 จำนวนผู้ผ่านอบรม"], ["คำอธิบายตัวชี้วัด", "นับผู้ที่ผ่านแบบทดสอบ"], ["วิธีการวัด", "นับรายชื่อ"],
        ["หน่วยวัด", "คน"], ["ความถี่", "รายไตรมาส"], ["ผู้จัดเก็บ", "นางสาวแดง ใจดี"], ["เลขแฟ้ม", "กค 0421/88"],
    ]  # fmt: skip
    draft = grids(TITLE[0], PLAN, "1. โครงการอบรม", card)
    words = " ".join(str(f.params["cells"]) for f in draft.findings if "cells" in f.params)
    assert "กค 0421/88" in words
    assert "นับผู้ที่ผ่านแบบทดสอบ" not in words


def test_a_document_without_a_plan_names_what_was_not_understood() -> None:
    draft = grids([["ชื่อ", "โทรศัพท์"], ["นายดำ", "081-111-1111"]])
    assert draft.package is None
    assert {"intake_no_plan", "intake_table_not_used"} <= codes(draft)
