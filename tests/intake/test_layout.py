"""Columns of a monitoring table by its headings: sums of quarters are no totals of the year, wherever they stand."""

from __future__ import annotations

import pytest

from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings
from samrit.intake.plans.years import year_heading
from samrit.intake.tables.lattice import lay_out
from samrit.intake.tables.layout import Layout, columns_of, find_layout, month_positions
from samrit.intake.tables.quarters import find_quarters
from samrit.intake.tables.results import without_result

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


def months_of(line: list[str]) -> dict[int, int]:
    return month_positions(lay_out(Grid("x", (tuple(GridCell(text) for text in line),)))[0])


TWELVE = [str(n) for n in range(1, 13)]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        (["", "", *TWELVE, ""], 2),  # below other headings
        (["ที่", "โครงการ", "หน่วยงาน", "เป้าหมาย", "แผน/ผล", *TWELVE, "รวม"], 5),
        (["No.", "Project", "Unit", "Target", *TWELVE[:3], "Sum", *TWELVE[3:], "Total"], 4),
    ],
)
def test_months_that_are_only_numbered_are_months(line: list[str], first: int) -> None:
    assert months_of(line) == {line.index(text, first): n for n, text in enumerate(TWELVE, 1)}


@pytest.mark.parametrize(
    "line",
    [
        ["1", "งานหนึ่ง", "กผ.", "งาน", "แผน", *TWELVE],  # a figure of the work itself
        ["", "ผล", *TWELVE],  # what was counted up to each month
        ["", "", *TWELVE, "78"],
        ["", "", *TWELVE[:11]],
        ["", "", *TWELVE[1:], "13"],
    ],
)
def test_figures_that_count_up_to_twelve_are_no_heading(line: list[str]) -> None:
    assert months_of(line) == {}


@pytest.mark.parametrize(
    ("heads", "office", "unit"),
    [
        (["No.", "Project", "Responsible Unit", "Target", "Unit", "Weight"], 2, 4),
        (["No.", "Project", "Unit", "Target", "Weight", "Lead unit"], None, None),
        (["No.", "Project", "Target", "Unit", "Weight"], None, 3),
    ],
)
def test_a_plain_unit_beside_figures_is_the_unit_of_measure(
    heads: list[str], office: int | None, unit: int | None
) -> None:
    rows = lay_out(Grid("x", (tuple(GridCell(text) for text in heads),)))
    found = columns_of(rows, set(), Headings({}))
    if unit is not None:
        assert (found.get("unit"), found.get("unit_of_measure")) == (office, unit)
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize(
    ("heads", "years"),
    [
        (["ปี 2564 แผน (ผล)", "2565", "2566"], [2564, 2565, 2566]),
        (["66", "67", "68", "69"], [2566, 2567, 2568, 2569]),
        (["10", "11", "12"], []),
        (TWELVE, []),
    ],
)
def test_years_are_told_from_numbered_months(heads: list[str], years: list[int]) -> None:
    line = lay_out(Grid("x", (tuple(GridCell(text) for text in ("ตัวชี้วัด", *heads)),)))
    found = year_heading(line)
    assert (list(found[1].values()) if found else []) == years


@pytest.mark.parametrize(
    ("text", "planned"),
    [("80 (85.5)", "80"), ("10(–)", "10"), ("ร้อยละ 80 (82%)", "ร้อยละ 80"), ("5 (แห่ง)", "5 (แห่ง)"), ("(12)", "(12)")],
)
def test_a_result_in_brackets_is_no_part_of_the_target(text: str, planned: str) -> None:
    assert without_result(text) == planned


@pytest.mark.parametrize("months_each", [3, 6])
@pytest.mark.parametrize("leads", [False, True])
@pytest.mark.parametrize("yearly", [False, True])
def test_sums_of_parts_that_are_all_headed_alike_are_no_total_of_the_year(
    months_each: int, *, leads: bool, yearly: bool
) -> None:
    parts = [[*MONTHS[at : at + months_each]] for at in range(0, 12, months_each)]
    cells = ["งาน/โครงการ", *(w for part in parts for w in (["รวม", *part] if leads else [*part, "รวม"]))]
    cells += ["รวม", "ร้อยละ"] if yearly else ["ร้อยละ"]
    found = find_layout(lay_out(Grid("x", (tuple(GridCell(word) for word in cells),))), Headings({}))
    assert found is not None
    layout = found[1]
    if len(parts) > 2:  # two halves have one sum among the months, which may be anything
        assert layout.columns.get("total") == (len(cells) - 2 if yearly else None)
        assert len(layout.subtotals) == len(parts)
    assert [cells[at] for at in layout.months] == list(MONTHS)
