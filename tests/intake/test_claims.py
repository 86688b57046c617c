"""Cards, summaries and months below each other: a cell is used where its reader took it, not where its words stand."""

from __future__ import annotations

import pytest

from samrit.intake.draft import Draft
from samrit.intake.grid import SourceReading
from samrit.intake.importer import draft_of
from tests.intake.sheets import MONTHS, TITLE, grid_of, only

_PLAN = (
    TITLE,
    ["ยุทธศาสตร์ที่ 1 คน"],
    ["ที่", "โครงการ", "ตัวชี้วัด", "เป้าหมาย", "งบประมาณ", "ผู้รับผิดชอบ"],
    [1, "โครงการอบรม", "จำนวนผู้ผ่านอบรม", "100 คน", "5,000", "กองแผน"],
)
_CARD = (
    ["ตัวชี้วัด", "1.1 จำนวนผู้ผ่านอบรม"],
    ["รายละเอียดตัวชี้วัด", "นับผู้ที่ผ่านการทดสอบ"],
    ["วิธีการวัด", "นับจากทะเบียน"],
    ["หน่วยวัด", "คน"],
    ["ความถี่", "รายเดือน"],
    ["หมายเหตุ", "ทะเบียนของกองแผน"],
)
_SUMMARY = (
    ["ยุทธศาสตร์", "จำนวน", "ดี", "ปานกลาง", "ต่ำ", "ปรับปรุง"],
    ["ยุทธศาสตร์ที่ 1 คน", 9, 4, 3, 2, 0],
    ["รวม", 9, 4, 3, 2, 0],
)


def drafted(*tables: tuple[list[object], ...]) -> Draft:
    grids = tuple(grid_of(rows) for rows in tables)
    return draft_of([SourceReading("other.xlsx", "xlsx", grids)], plan_id="other")


def unused(draft: Draft, at: int) -> list[str]:
    """Return what was not used of a table."""
    return [entry.cell.text for entry in draft.unused if entry.grid is draft.grids[at]]


@pytest.mark.parametrize(("table", "kept"), [(_CARD, "cards"), (_SUMMARY, "printed")])
def test_what_is_read_of_a_table_is_used(table, kept) -> None:
    draft = drafted(_PLAN, table)
    assert draft.package is not None
    assert getattr(draft.package.plan, kept)
    assert only(draft).title == "โครงการอบรม"  # headings of its own: nothing goes on
    assert unused(draft, 1) == []


@pytest.mark.parametrize("words", ["นับจากทะเบียน", "โครงการอบรม", "5,000", "กองแผน"])
def test_a_row_of_a_card_that_nobody_reads_is_listed_whatever_it_says(words: str) -> None:
    draft = drafted(_PLAN, (*_CARD, ["เอกสารแนบ", words]))
    assert words in unused(draft, 1)


def test_a_second_value_of_one_label_is_listed() -> None:
    draft = drafted(_PLAN, (*_CARD, ["หมายเหตุ", "นับจากทะเบียน"]))
    assert unused(draft, 1) == ["นับจากทะเบียน"]


@pytest.mark.parametrize("words", ["4", "9", "โครงการอบรม"])
def test_a_column_of_a_summary_that_nobody_reads_is_listed_whatever_it_says(words: str) -> None:
    rows = tuple([*row, more] for row, more in zip(_SUMMARY, ["ที่ย้าย", words, words], strict=True))
    assert unused(drafted(_PLAN, rows), 1).count(words) == 2


def _months(*more: object) -> tuple[list[object], ...]:
    return (
        ["โครงการตรวจเวร"],
        ["ตัวชี้วัด จำนวนครั้งที่ตรวจ"],
        ["เดือน", "แผน", "ผล", *(["ผู้ตรวจ"] if more else [])],
        *([month, 10, 9, *more] for month in MONTHS),
        ["รวม", 120, 108],
    )


def test_months_below_each_other_and_what_stands_above_them_are_used() -> None:
    draft = drafted((TITLE, *_months()))
    (found,) = only(draft).indicators
    assert (found.name, len(found.entries)) == ("จำนวนครั้งที่ตรวจ", 12)
    assert unused(draft, 0) == []


@pytest.mark.parametrize("words", ["10", "9", "จำนวนครั้งที่ตรวจ"])
def test_a_column_beside_months_is_listed_whatever_it_says(words: str) -> None:
    assert unused(drafted((TITLE, *_months(words))), 0).count(words) == 12
