"""Works that a document prints with one goal or one list of steps come out as a group (R43 to R45)."""

from __future__ import annotations

import pytest

from samrit.engine.model import Project
from samrit.package.kinds import bare
from tests.intake.sheets import Wide, plan_of, sheet

HEAD = ["ที่", "งาน/โครงการ", "เป้าประสงค์", "ตัวชี้วัด", "ขั้นตอน", "ระยะเวลา", "งบประมาณ", "ผู้รับผิดชอบ"]
# Three works share a goal, the first two also their steps; the fourth has its own.
ROWS: list[list[object]] = [
    [1, "อบรมบัญชี", "คนเก่งขึ้น", "ร้อยละผู้ผ่าน", "1. ขออนุมัติ 2. อบรม", "ม.ค. - มี.ค. 2569", "1,000", "กฝ."],
    [2, "อบรมกฎหมาย", None, None, None, "เม.ย. - มิ.ย. 2569", "2,000", "กฝ."],
    [3, "อบรมพัสดุ", None, "จำนวนรุ่น", "1. สำรวจ 2. อบรม", "ก.ค. 2569", "3,000", "กค."],
    [4, "ตรวจบัญชี", "บัญชีถูกต้อง", "จำนวนครั้ง", "1. ตรวจ", "ก.ย. 2569", "-", "กค."],
]
MERGED: Wide = {(2, 2): (3, 1), (2, 3): (2, 1), (2, 4): (2, 1)}


def works(rows: list[list[object]], wide: Wide) -> tuple[Project, ...]:
    return plan_of(sheet([["แผนปฏิบัติการประจำปี พ.ศ. 2569"], HEAD, *rows], wide)).projects


def groups(found: tuple[Project, ...]) -> list[int]:
    """Return of each work the number of the one that it shares with, 0 for none."""
    numbers = {work.id: work.number for work in found}
    return [numbers.get(work.shares_with, 0) for work in found]


def test_what_stands_in_merged_cells_is_the_first_works_and_everybody_has_it() -> None:
    found = works(ROWS, MERGED)
    assert groups(found) == [0, 1, 1, 0]
    assert [work.goal for work in found] == ["คนเก่งขึ้น"] * 3 + ["บัญชีถูกต้อง"]
    assert [len(work.steps) for work in found] == [2, 2, 2, 1]
    own = [bare(work) for work in found]
    assert [(work.goal, work.steps) for work in own[1:3]] == [("", ()), ("", ("สำรวจ", "อบรม"))]
    assert [(work.first_period, work.last_period) for work in found[:2]] == [(1, 3), (4, 6)], "a period of each (R45)"


@pytest.mark.parametrize("goal", ["คนเก่งขึ้น", "คนเก่งขึ้นอีก"])
def test_what_each_row_says_itself_is_its_own_however_alike(goal: str) -> None:
    second = [2, "อบรมกฎหมาย", goal, "ร้อยละผู้ผ่าน", "1. ขออนุมัติ 2. อบรม", "เม.ย. 2569", "2,000", "กฝ."]
    assert groups(works([ROWS[0], second, ROWS[3]], {})) == [0, 0, 0]


def test_a_group_has_one_head_whatever_goes_on_from_row_to_row() -> None:
    """The goal of works 1 to 4 is one, the steps of 3 and 4 another: what leads elsewhere stays each work's own."""
    fourth = [4, "อบรมคลัง", None, None, None, "ส.ค. 2569", "4,000", "กค."]
    found = works([*ROWS[:3], fourth], {(2, 2): (4, 1), (2, 3): (2, 1), (2, 4): (2, 1), (4, 3): (2, 1), (4, 4): (2, 1)})
    heads = {work.shares_with for work in found} - {""}
    assert not any(work.shares_with for work in found if work.id in heads)
    assert [(work.goal, len(work.steps)) for work in found] == [("คนเก่งขึ้น", 2)] * 4
