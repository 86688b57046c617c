"""Columns of a monitoring table by its headings: sums of quarters are no totals of the year, wherever they stand."""

from __future__ import annotations

import pytest

from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings
from samrit.intake.tables.lattice import lay_out
from samrit.intake.tables.layout import Layout, find_layout
from samrit.intake.tables.quarters import find_quarters

MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")


def headed(part: str, sum_word: str, *, behind: bool) -> Layout:
    """Return the layout of plan and result below each month, with a sum below each quarter's or half year's name."""
    many = 3 if part.startswith("ไตรมาส") else 6
    top: list[GridCell] = [GridCell("งาน/โครงการ", rowspan=3)]
    below: list[GridCell] = []
    sides: list[GridCell] = []
    for number in range(12 // many):
        own = list(MONTHS[number * many : (number + 1) * many])
        own = [*own, sum_word] if behind else [sum_word, *own]
        top.append(GridCell(f"{part} {number + 1}", colspan=2 * len(own)))
        below += [GridCell(word, colspan=2) for word in own]
        sides += [GridCell(side) for _ in own for side in ("แผน", "ผล")]
    top += [GridCell(word, rowspan=3) for word in ("รวมแผน", "รวมผล", "ร้อยละ")]
    found = find_layout(lay_out(Grid("x", (tuple(top), tuple(below), tuple(sides)))), Headings({}))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("part", ["ไตรมาสที่", "ครึ่งปีที่"])
@pytest.mark.parametrize("sum_word", ["รวม", "ยอดรวม"])
@pytest.mark.parametrize("behind", [False, True])
def test_a_sum_below_a_quarters_name_is_its_sum(part: str, sum_word: str, behind: bool) -> None:
    layout = headed(part, sum_word, behind=behind)
    width = 1 + 2 * (12 + (4 if part.startswith("ไตรมาส") else 2))
    assert (layout.columns["plan_total"], layout.columns["actual_total"]) == (width, width + 1)
    assert set(range(1, width)) == {*layout.months, *layout.actuals, *layout.subtotals}
    assert len({*layout.months, *layout.actuals}) == 24


@pytest.mark.parametrize("part", ["ไตรมาสที่", "ครึ่งปีที่", "งวดที่"])
@pytest.mark.parametrize("merged", [False, True])
def test_plan_and_result_below_parts_of_a_year_are_columns_in_text_too(part: str, merged: bool) -> None:
    """Plain text merges nothing: the places behind a heading are blank."""
    count = {"ไตรมาสที่": 4, "ครึ่งปีที่": 2, "งวดที่": 3}[part]
    heads = [GridCell("งาน/โครงการ")]
    for number in range(1, count + 1):
        own = GridCell(f"{part} {number}", colspan=2 if merged else 1)
        heads += [own] if merged else [own, GridCell("")]
    heads += [GridCell("รวมแผน"), GridCell("รวมผล")]
    sides = [
        GridCell(""),
        *[GridCell(side) for _ in range(count) for side in ("แผน", "ผล")],
        GridCell(""),
        GridCell(""),
    ]
    found = find_quarters(lay_out(Grid("x", (tuple(heads), tuple(sides)))), Headings({}))
    assert found is not None
    quarters = found[1]
    assert quarters.planned == tuple(range(1, 2 * count, 2))
    assert quarters.actual == tuple(range(2, 2 * count + 1, 2))
    assert quarters.end == 2 * count + 1
