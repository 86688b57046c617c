"""Columns that belong together: beginning and end of works, second pairs of indicators, units behind names."""

from __future__ import annotations

import pytest

from tests.intake.sheets import FISCAL, TITLE, codes, listed, only, plan_of, sheet

_YEAR = [TITLE[0].replace("ประจำปี", "ประจำปีงบประมาณ")]
_HEAD = ["ที่", "โครงการ", "ตัวชี้วัด", "เป้าหมาย"]


@pytest.mark.parametrize(
    ("names", "days", "months"),
    [
        (("วันที่เริ่ม", "วันที่สิ้นสุด"), ("1 ต.ค. 2567", "30 ก.ย. 2568"), (1, 12)),
        (("เริ่มต้น", "สิ้นสุด"), ("ม.ค. 68", "มี.ค. 68"), (4, 6)),
        (("Start date", "End date"), ("01/01/2025", "31/03/2025"), (4, 6)),
        (("เริ่ม", "แล้วเสร็จ"), ("2024-10-01", "2025-03-31"), (1, 6)),
        (("เริ่มดำเนินการ", "แล้วเสร็จ"), ("1/10/67", "31/12/67"), (1, 3)),
        (("วันเริ่มต้น", "วันสิ้นสุด"), ("ม.ค. 68", None), (None, None)),
        (("วันเริ่มต้น", "วันสิ้นสุด"), (None, "31 มี.ค. 2568"), (None, None)),
    ],
)
@pytest.mark.parametrize("is_headed", [False, True])
def test_beginning_and_end_of_a_work_are_its_period(names, days, months, *, is_headed: bool) -> None:
    """A row that says one of them only is no period of a month: what it says is listed."""
    heads = [[*_HEAD, *names, "งบประมาณ"]]
    wide = {}
    if is_headed:
        heads = [[*_HEAD, "ระยะเวลาดำเนินการ", None, "งบประมาณ"], [*[None] * 4, *names, None]]
        wide = {(1, 4): (1, 2), **{(1, at): (2, 1) for at in (0, 1, 2, 3, 6)}}
    rows = [[1, "โครงการถนน", "ถนน", "3 สาย", *days, "5,000"], [2, "โครงการคลอง", "คลอง", "1 สาย", *days, "6,000"]]
    draft = sheet([_YEAR, *heads, *rows], wide)
    assert [(w.first_period, w.last_period) for w in plan_of(draft).projects] == [months, months]
    assert [w.budget for w in plan_of(draft).projects] == [5000, 6000]
    said = [day for day in days if day]
    assert all(listed(draft).count(day) == (2 if len(said) == 1 else 0) for day in said)


def test_days_beside_a_column_of_periods_are_listed() -> None:
    head = [*_HEAD, "ระยะเวลา", "วันที่เริ่ม", "วันที่สิ้นสุด", "งบประมาณ"]
    draft = sheet([_YEAR, head, [1, "โครงการถนน", "ถนน", "3 สาย", "ม.ค. 68", "1 ก.พ. 68", "2 มี.ค. 68", "5,000"]])
    assert (only(draft).first_period, only(draft).last_period) == (4, 4)
    assert "1 ก.พ. 68" in listed(draft)
    assert "2 มี.ค. 68" in listed(draft)


@pytest.mark.parametrize("pairs", [2, 3])
def test_further_pairs_of_indicator_and_target_are_indicators(pairs: int) -> None:
    """Each target goes with the indicator before it, whichever heading is known better."""
    names = ["ตัวชี้วัดเชิงปริมาณ", "ตัวชี้วัด", "ตัวชี้วัดเชิงคุณภาพ"][:pairs]
    head = ["ที่", "โครงการ", *(text for name in names for text in (name, "เป้าหมาย")), "งบประมาณ", "ผู้รับผิดชอบ"]
    cells = [("ผู้เข้าร่วม", "100 คน"), ("ความพึงพอใจ", "ร้อยละ 80"), ("รุ่น", "5 รุ่น")][:pairs]
    first = [1, "โครงการอบรม", *(text for pair in cells for text in pair), "5,000", "กอง ก"]
    second = [2, "โครงการดูงาน", *cells[0], *[None] * (2 * pairs - 2), "6,000", "กอง ข"]
    draft = sheet([_YEAR, head, first, second])
    one, two = plan_of(draft).projects
    assert [(i.name, i.targets[0].text) for i in one.indicators] == cells
    assert [(i.name, i.targets[0].text) for i in two.indicators] == cells[:1]
    assert not listed(draft)


@pytest.mark.parametrize(
    ("name", "target", "unit"),
    [
        ("จำนวนผู้เข้าร่วม (คน)", "100", "คน"),
        ("จำนวนครั้งที่จัด (ครั้ง/ปี)", "4", "ครั้ง/ปี"),
        ("ความพึงพอใจ (ร้อยละ)", "85", "ร้อยละ"),
        ("ความพึงพอใจ (%)", "85", "%"),
        ("Participants (persons)", "1,200", "persons"),
        ("ผู้เข้าร่วม (คน)", "100 ราย", "ราย"),
        ("ผู้เข้าร่วม (เชิงปริมาณ)", "100", ""),
        ("ผู้เข้าร่วม (สะสม)", "100", ""),
        ("ผู้เข้าร่วม (ปี 2568)", "100", ""),
        ("ผู้เข้าร่วม", "100", ""),
    ],
)
def test_a_unit_in_brackets_behind_a_name_is_that_of_a_bare_target(name: str, target: str, unit: str) -> None:
    draft = sheet([_YEAR, [*_HEAD, "งบประมาณ", "ผู้รับผิดชอบ"], [1, "โครงการอบรม", name, target, "5,000", "กอง ก"]])
    (found,) = only(draft).indicators
    assert (found.name, found.unit_of_measure) == (name, unit)
    assert ("intake_unit_in_brackets" in codes(draft)) is (bool(unit) and target.replace(",", "").isdigit())


def test_a_unit_behind_a_name_is_read_in_a_table_with_months_too() -> None:
    rows = [[1, "โครงการอบรม", "ผู้เข้าร่วม (คน)", 120, "แผน", *[10] * 12], [*[None] * 4, "ผล", *[9] * 12]]
    (found,) = only(sheet([_YEAR, [*_HEAD, "แผน/ผล", *FISCAL], *rows])).indicators
    assert (found.unit_of_measure, len(found.entries)) == ("คน", 12)


@pytest.mark.parametrize("form", ["เป้าหมาย {short}", "เป้าหมาย {be}", "ค่าเป้าหมาย ปี {be}", "Target {ce}"])
@pytest.mark.parametrize("years", [(2567, 2568), (2568, 2569), (2566, 2568), (2566, 2567, 2568), (2568, 2569, 2570)])
def test_of_targets_of_several_years_the_plan_s_own_is_this_year_s(form: str, years: tuple[int, ...]) -> None:
    """Last year's target is never taken for this year's: other years are kept as such, or listed."""
    heads = [form.format(short=year - 2500, be=year, ce=year - 543) for year in years]
    values = [str(n) for n in range(71, 71 + len(years))]
    head = ["ที่", "โครงการ", "ตัวชี้วัด", *heads, "งบประมาณ", "ผู้รับผิดชอบ"]
    draft = sheet([_YEAR, head, [1, "โครงการอบรม", "ผู้เข้าร่วม", *values, "5,000", "กอง ก"]])
    work = only(draft)
    (found,) = work.indicators
    told = {target.year_be: target.text for target in found.targets}
    assert (work.title, work.budget, told[2568]) == ("โครงการอบรม", 5000, values[years.index(2568)])
    assert all(told.get(year, value) == value for year, value in zip(years, values, strict=True))
    assert all(year in told or value in listed(draft) for year, value in zip(years, values, strict=True))


def test_targets_without_the_plan_s_year_are_none_of_this_year() -> None:
    head = ["ที่", "โครงการ", "ตัวชี้วัด", "เป้าหมาย 2565", "เป้าหมาย 2566", "งบประมาณ", "ผู้รับผิดชอบ"]
    draft = sheet([_YEAR, head, [1, "โครงการอบรม", "ผู้เข้าร่วม", "71", "72", "5,000", "กอง ก"]])
    assert all(not indicator.targets for indicator in only(draft).indicators)
    assert all(value in listed(draft) for value in ("71", "72"))
