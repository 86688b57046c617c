"""Every filled cell of a recognised table is used or listed by its very place: tried by taking cells away, and twins.

Neither asks the reader or its ledger what it did.  Without a cell that was used something else comes out;
a cell whose words stand elsewhere too, in a column that nobody knows, is listed all the same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from samrit.intake.draft import Draft
from samrit.intake.grid import Grid, SourceReading
from samrit.intake.importer import draft_of
from tests.intake.sheets import MONTHS, Wide, grid_of

_SOURCE = re.compile(r"Source\([^)]*\)")
_TITLE = ["แผนปฏิบัติการประจำปีงบประมาณ พ.ศ. 2568"]
_SAYS_NOTHING = re.compile(r"[\s\-–✓]*|แผน|ผล")  # dashes, ticks between two others, sides that take turns
_TAKEN = 7  # cells taken away from each sheet

_ACTIVITIES = (
    ["ที่", "โครงการ", "กิจกรรม", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", "งบประมาณ", "ระยะเวลา", "หน่วยงาน"],
    [1, "โครงการข้าว", "อบรม", "เกษตรกร", "ราย", 300, "450,000", "ม.ค. 68", "กอง ก"],
    [None, None, "ทำแปลง", "แปลง", "แปลง", 12, "600,000", None, "กอง ข"],
    [2, "โครงการน้ำ", "ขุดคลอง", "ความยาว", "เมตร", 400, "450,000", "มี.ค. 68", "กอง ก"],
)
_LISTED = (
    ["ที่", "โครงการ/กิจกรรม", "ตัวชี้วัด", "เป้าหมาย", "งบประมาณ", "ระยะเวลา", "ผู้รับผิดชอบ"],
    ["ก.", "โครงการอ่าน", "ผู้อ่านเพิ่ม", "ร้อยละ 5", "5,000", "ตลอดปี", "ครู ก"],
    [None, "1) กิจกรรมมุมหนังสือ", "มุมหนังสือ", "5 แห่ง", "4,000", "ม.ค. 68", "ครู ข"],
    ["ข.", "โครงการกีฬา", "นักกีฬา", "5 คน", "5,000", "ตลอดปี", "ครู ก"],
    [None, "รวมกลุ่มวิชาการ", None, None, "10,000", None, None],
)
_MONTHLY = (
    ["ที่", "งาน/โครงการ", "ตัวชี้วัด", "หน่วยนับ", "น้ำหนัก", "เป้าหมาย", "แผน/ผล", *MONTHS, "รวม", "ร้อยละ"],
    [1, "รับแบบ", "จำนวนแบบ", "แบบ", 60, 60, "แผน", *[5] * 12, 60, None],
    [*[None] * 6, "ผล", *[5] * 11, 4, 59, "98.33"],
    [None, None, "ความพึงพอใจ", "ร้อยละ", 40, 80, "แผน", *[80] * 12, 80, None],
    [*[None] * 6, "ผล", *[80] * 12, 80, 100],
    [2, "ตรวจสอบ", "จำนวนราย", "ราย", 100, 60, "แผน", *[5] * 12, 60, None],
    [*[None] * 6, "ผล", *[5] * 12, 60, 100],
)
_SCORECARD = (
    ["Ref", "Output indicator", "Unit", "Target", "Q1", "Q2", "Q3", "Q4", "Budget", "Responsible"],
    ["1.1", "Houses sprayed", "houses", "400", "100", "120", "80", "100", "400,000", "VBDC"],
    ["1.2", "Elderly screened", "persons", "90", "25", "25", "25", "15", "120,000", "Hospital"],
)
_RATES = (
    ["ที่", "ตัวชี้วัด", "เป้าหมาย", "รายการ", *MONTHS, "ผู้รับผิดชอบ"],
    [1, "อัตราติดเชื้อ", "5", "ตัวตั้ง", *[2] * 12, "IC"],
    [*[None] * 3, "ตัวหาร", *[40] * 12, None],
    [*[None] * 3, "ร้อยละ", *[5] * 12, None],
)
_YEARS = (
    ["ที่", "ตัวชี้วัด", "หน่วยนับ", "ปี 2567", "ปี 2568", "ปี 2569", "หน่วยงาน"],
    ["1.1", "จำนวนแหล่งน้ำ", "แห่ง", "120", "130", "140", "กอง ก"],
    ["1.2", "จำนวนบ่อ", "แห่ง", "120", "130", "140", "กอง ก"],
)
_SHEETS: dict[str, tuple[Sequence[Sequence[object]], Wide | None]] = {
    "activities": (_ACTIVITIES, None),
    "listed": (_LISTED, None),
    "monthly": (_MONTHLY, None),
    "rates": (_RATES, {(2, at): (3, 1) for at in (0, 1, 2, 16)}),
    "years": (_YEARS, None),
    "scorecard": (_SCORECARD, None),
}


def _read(grid: Grid) -> Draft:
    return draft_of([SourceReading("other.xlsx", "xlsx", (grid,))], plan_id="other")


def _came_out(draft: Draft) -> tuple[str, list[tuple[str, str, str]]]:
    """Return a plan without its sources, and what was said besides what is unused."""
    plan = draft.package.plan if draft.package is not None else None
    said = [(f.code, f.place.record, repr(f.params)) for f in draft.findings if "unused" not in f.code]
    return _SOURCE.sub("", repr(plan)), sorted(said)


def _without(grid: Grid, row: int, at: int) -> Grid:
    rows = [list(cells) for cells in grid.rows]
    rows[row][at] = replace(rows[row][at], text="")
    return replace(grid, rows=tuple(map(tuple, rows)))


@pytest.mark.parametrize("name", _SHEETS)
def test_without_a_cell_that_is_not_listed_something_else_comes_out(name: str) -> None:
    rows, wide = _SHEETS[name]
    grid = grid_of([_TITLE, *rows], wide)
    draft = _read(grid)
    whole, listed = _came_out(draft), {entry.cell.name for entry in draft.unused}
    body = [(row, at) for row in range(2, len(grid.rows)) for at in range(len(grid.rows[row]))]
    told = [p for p in body if not _SAYS_NOTHING.fullmatch(grid.rows[p[0]][p[1]].text)]
    used = [p for p in told if grid.rows[p[0]][p[1]].name not in listed]
    for row, at in random.Random(name).sample(used, _TAKEN):
        assert _came_out(_read(_without(grid, row, at))) != whole, grid.rows[row][at]


@pytest.mark.parametrize("name", ["activities", "listed", "monthly", "years"])  # behind months they are remarks
def test_words_of_a_column_that_nobody_knows_are_listed_though_they_stand_elsewhere_too(name: str) -> None:
    rows, wide = _SHEETS[name]
    twins = [next(str(v) for v in reversed(row) if v is not None and len(str(v)) > 1) for row in rows[1:]]
    filled = [[*row, *[None] * (len(rows[0]) - len(row)), twin] for row, twin in zip(rows[1:], twins, strict=True)]
    draft = _read(grid_of([_TITLE, [*rows[0], "ข้อมูลพิกัด"], *filled], wide))
    places = {entry.cell.name for entry in draft.unused}
    assert {f"{len(rows[0])}:{row}" for row in range(2, len(rows) + 1)} <= places


@pytest.mark.parametrize("name", _SHEETS)
def test_rows_that_end_anywhere_are_read_without_an_error(name: str) -> None:
    """As web pages and text have them: a row has the cells that were written and no more."""
    rows, _ = _SHEETS[name]
    for length in range(1, len(rows[0]), 3):
        assert _read(grid_of([_TITLE, *rows[:-1], rows[-1][:length]])).package is not None
