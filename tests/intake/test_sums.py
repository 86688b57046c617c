"""Rows that sum up several works belong to none of them: their money is listed, not added to the work above."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from samrit.engine.model import Project
from samrit.intake.draft import Draft
from samrit.intake.importer import import_documents

MONTHS = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
HEADS = ["ที่", "โครงการ/ตัวชี้วัด", "หน่วยงาน", "งบประมาณ", "เป้าหมาย", "แผน/ผล", "หน่วยนับ", "น้ำหนัก", *MONTHS, "รวม", "ร้อยละ"]
SUMS = ["รวม", "รวมทั้งสิ้น", "รวม 2 โครงการ", "รวมเป็นเงินทั้งสิ้น", "รวมยุทธศาสตร์ที่ 1", "Total", "Grand total", "ยอดรวมทั้งหมด"]


def work(number: int | str, title: str, budget: int) -> list[list[object]]:
    ones = [1] * 12
    return [
        [number, title, "กองช่าง", budget],
        ["", "ตัวชี้วัดที่ 1 จำนวนงาน", "", "", 12, "แผน", "งาน", 100, *ones, 12],
        ["", "", "", "", "", "ผล", "", "", *ones, 12, 100],
    ]


def read(rows: list[list[object]], path: Path) -> tuple[tuple[Project, ...], Draft]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["แผนปฏิบัติการ ปี พ.ศ. 2570"], ["ยุทธศาสตร์ที่ 1 พัฒนา"], HEADS, *rows):
        sheet.append(row)
    book.save(path)
    draft = import_documents([path])
    assert draft.package is not None
    return draft.package.plan.projects, draft


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("words", SUMS)
def test_a_sum_belongs_to_no_work(words: str, column: int, numbered: bool, tmp_path: Path) -> None:
    total: list[object] = ["", "", "", 3000]
    total[column] = words
    numbers: list[int | str] = [1, 2, 3] if numbered else ["", "", ""]
    rows = [*work(numbers[0], "โครงการหนึ่ง", 1000), *work(numbers[1], "โครงการสอง", 2000), total]
    works, draft = read([*rows, *work(numbers[2], "รวมพลังชุมชน", 500), total], tmp_path / "sums.xlsx")
    assert [(w.title, w.budget, len(w.indicators)) for w in works] == [
        ("โครงการหนึ่ง", Decimal(1000), 1), ("โครงการสอง", Decimal(2000), 1), ("รวมพลังชุมชน", Decimal(500), 1),
    ]  # fmt: skip
    assert [u.cell.text for u in draft.unused].count("3000") == 2


PLAN_HEADS = ["ที่", "โครงการ", "ตัวชี้วัด", "เป้าหมาย", "งบประมาณ (บาท)", "หน่วยงานรับผิดชอบ", "ช่องของเราเอง"]


@pytest.mark.parametrize("words", SUMS)
def test_a_sum_of_a_plan_table_is_listed_and_names_no_work(words: str, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["แผนปฏิบัติการ ปี พ.ศ. 2570"],
        ["ยุทธศาสตร์ที่ 2 คน"],
        PLAN_HEADS,
        [1, "โครงการหนึ่ง", "จำนวนคน", "100 คน", 1000, "กองช่าง", "ด่วนมาก"],
        ["", "", "ร้อยละความพอใจ", "ร้อยละ 80"],
        [2, "โครงการสอง", "จำนวนแห่ง", "3 แห่ง", 2000, "กองคลัง"],
        ["", words, "", "", 3000],
    ]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "plan.xlsx")
    draft = import_documents([tmp_path / "plan.xlsx"])
    assert draft.package is not None
    works = draft.package.plan.projects
    assert [(w.strategy, w.title, w.budget) for w in works] == [
        ("2", "โครงการหนึ่ง", Decimal(1000)), ("2", "โครงการสอง", Decimal(2000)),
    ]  # fmt: skip
    assert [u.cell.text for u in draft.unused] == ["ด่วนมาก", words, "3000"]
    told = " ".join(str(f.params["cells"]) for f in draft.findings if f.code == "intake_cells_unused")
    assert all(text in told for text in ("ช่องของเราเอง: ด่วนมาก", words, "งบประมาณ (บาท): 3000"))
