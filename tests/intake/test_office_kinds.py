"""Kinds of tables that Thai offices keep, each with what must be read of it and what must not be made of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samrit.engine.model import Aggregation, Mark
from samrit.intake.grid import Grid, GridCell, SourceReading
from samrit.intake.importer import draft_of
from tests.intake.sheets import MONTHS, TITLE, codes, grid_of, listed, only, plan_of, sheet

_FISCAL = [*MONTHS[9:], *MONTHS[:9]]
_BUDGET_YEAR = ["แผนปฏิบัติการประจำปีงบประมาณ พ.ศ. 2568"]
_LIST = ["ที่", "โครงการ/กิจกรรม", "ตัวชี้วัด", "เป้าหมาย", "งบประมาณ", "ระยะเวลา", "ผู้รับผิดชอบ"]


# -- where a work begins ------------------------------------------------------------------


@pytest.mark.parametrize("below", ["กิจกรรมหลักที่ {n} อบรม", "{n}) กิจกรรมอบรม", "กิจกรรม อบรมรุ่น {n}", "1.{n} กิจกรรมอบรม"])
def test_activities_below_a_project_are_its_steps_and_make_its_money(below: str) -> None:
    steps = [below.format(n=n) for n in (1, 2)]
    rows = [
        [1, "โครงการอาชีพ", "รายได้เพิ่ม", "ร้อยละ 5", "300,000", "ตลอดปี", "กอง ก"],
        [None, steps[0], "ผู้ผ่านอบรม", "20 คน", "100,000", "ม.ค. 68", "กอง ข"],
        [None, steps[1], "กลุ่มที่ตั้ง", "2 กลุ่ม", "200,000", "มี.ค. 68", "กอง ค"],
        [2, "โครงการถนน", "ถนน", "3 สาย", "50,000", "เม.ย. 68", "กอง ก"],
    ]
    first, second = plan_of(draft := sheet([TITLE, _LIST, *rows])).projects
    assert (first.title, first.steps, first.budget) == ("โครงการอาชีพ", tuple(steps), 300_000)
    assert [(line.unit, line.amount) for line in first.budgets[1:]] == [("กอง ข", 100_000), ("กอง ค", 200_000)]
    assert [i.name for i in first.indicators] == ["รายได้เพิ่ม", "ผู้ผ่านอบรม", "กลุ่มที่ตั้ง"]
    assert (second.title, second.steps) == ("โครงการถนน", ())
    assert "ม.ค. 68" in listed(draft)


def test_where_all_rows_are_activities_each_is_a_work() -> None:
    rows = [[n, f"กิจกรรมที่ทำ {n}", "ครั้ง", "1 ครั้ง", "5,000", "ตลอดปี", "กอง ก"] for n in (1, 2, 3)]
    assert len(plan_of(sheet([TITLE, _LIST, *rows])).projects) == 3


@pytest.mark.parametrize("merged", [True, False])
def test_activities_of_a_column_of_their_own_make_the_money_and_the_period(*, merged: bool) -> None:
    head = [
        "ที่",
        "โครงการ",
        "กิจกรรมหลัก",
        "ตัวชี้วัด",
        "เป้าหมาย",
        "งบประมาณ",
        *(f"ไตรมาสที่ {n}" for n in range(1, 5)),
        "หน่วยงาน",
    ]
    rows = [
        [1, "โครงการข้าว", "อบรม", "เกษตรกร", "300 ราย", "450,000", "✓", None, None, None, "เกษตร"],
        [None, None, "แปลงสาธิต", "แปลง", "12 แปลง", "600,000", None, None, "✓", None, "ที่ดิน"],
    ]
    wide = {(2, 0): (2, 1), (2, 1): (2, 1)} if merged else None
    work = only(draft := sheet([_BUDGET_YEAR, head, *rows], wide))
    assert (work.steps, work.budget, work.remark) == (("อบรม", "แปลงสาธิต"), 1_050_000, "")
    assert (work.first_period, work.last_period) == (1, 9)
    assert set(work.responsible_units) == {"เกษตร", "ที่ดิน"}
    assert draft.unused == ()


def test_a_table_that_names_a_work_on_every_row_has_as_many_works() -> None:
    head = ["โครงการ", "หน่วยนับ", "เป้าหมาย", "ผู้รับผิดชอบ", *MONTHS, "รวม"]
    rows = [[f"งานที่ทำ{n}", "ตัน", 12 * n, "กอง ก", *[n] * 12, 12 * n] for n in (2, 3, 4)]
    assert [w.title for w in plan_of(sheet([TITLE, head, *rows])).projects] == ["งานที่ทำ2", "งานที่ทำ3", "งานที่ทำ4"]


@pytest.mark.parametrize("numbers", ["ก. ข. ค.", "1.1 1.2 1.3", "P-01 P-02 P-03", "1 2 3"])
def test_a_number_of_any_kind_in_its_column_is_kept(numbers: str) -> None:
    rows = [[number, f"งานสำคัญ{number}", "ครั้ง", "1 ครั้ง", "5,000", "ตลอดปี", "กอง ก"] for number in numbers.split()]
    draft = sheet([TITLE, _LIST, *rows])
    assert [w.number for w in plan_of(draft).projects] == [1, 2, 3]
    assert draft.unused == ()


# -- what belongs to no work --------------------------------------------------------------


@pytest.mark.parametrize("words", ["รวมกลุ่มบริหารวิชาการ", "ยอดยกไป", "ยอดยกมา", "รวม 1 โครงการ", "Sub-total"])
def test_a_row_of_a_sum_is_no_part_of_the_title_above_it(words: str) -> None:
    row = [1, "โครงการสวน", "พันธุ์ไม้", "40 ชนิด", "12,000", "มิ.ย. 68", "ครูโต"]
    draft = sheet([TITLE, _LIST, row, [None, words, None, None, "12,000"]])
    assert (only(draft).title, only(draft).budget) == ("โครงการสวน", 12_000)
    assert words in listed(draft)


def test_the_sum_of_a_part_is_no_indicator() -> None:
    head = ["ที่", "งาน/โครงการ", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", "แผน/ผล", *MONTHS, "รวม"]
    rows = [
        [1, "อบรมเครือข่าย", "ผู้ผ่านอบรม", "คน", 24, "แผน", *[2] * 12, 24],
        [*[None] * 5, "ผล", *[1] * 12, 12],
        [None, "รวมส่วนกลาง", None, None, None, "แผน", *[9] * 12, 108],
        [*[None] * 5, "ผล", *[8] * 12, 96],
    ]
    draft = sheet([TITLE, head, *rows])
    (indicator,) = only(draft).indicators
    assert [(e.planned, e.actual) for e in indicator.entries] == [(2, 1)] * 12
    assert sum(u.cell.text in ("9", "8", "108", "96") for u in draft.unused) == 26


@pytest.mark.parametrize("heads", [_FISCAL, [f"ไตรมาส {n}" for n in range(1, 5)]])
@pytest.mark.parametrize("words", ["แผนการใช้จ่ายงบประมาณ (บาท)", "แผนการเบิกจ่าย"])
def test_money_by_months_is_no_plan_of_an_indicator(heads: list[str], words: str) -> None:
    front = ["ที่", "โครงการ", "ตัวชี้วัด", "เป้าหมาย", "งบประมาณ (บาท)"]
    count = len(heads)
    rows = [
        [*front, words, *[None] * (count - 1), "ผู้รับผิดชอบ"],
        [*[None] * 5, *heads, None],
        [1, "พัฒนาระบบ", "ระบบ", "1 ระบบ", 1000 * count, *[1000] * count, "ฝ่ายบัญชี"],
    ]
    wide = {(1, at): (2, 1) for at in (*range(5), 5 + count)} | {(1, 5): (1, count)}
    draft = sheet([_BUDGET_YEAR, *rows], wide)
    work = only(draft)
    assert (work.title, work.budget, work.responsible_text) == ("พัฒนาระบบ", 1000 * count, "ฝ่ายบัญชี")
    assert [i.entries for i in work.indicators] == [()]
    assert sum(u.cell.text == "1000" for u in draft.unused) == count


def test_what_money_is_for_is_no_part_of_a_title() -> None:
    rows = [
        [1, "โครงการอบรม", "ผู้ผ่าน", "50 คน", "30,000", "ม.ค. 68", "กอง ก"],
        [None, "ค่าวิทยากร", None, None, "10,000"],
        [None, "ค่าอาหาร", None, None, "20,000"],
    ]
    work = only(sheet([TITLE, _LIST, *rows]))
    assert (work.title, work.steps, work.budget) == ("โครงการอบรม", ("ค่าวิทยากร", "ค่าอาหาร"), 30_000)


# -- months, rounds and years -------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "calendar"),
    [
        ("แผนปฏิบัติงาน ปีงบประมาณ พ.ศ. 2568", "fiscal"),
        ("ตัวชี้วัด ปีงบประมาณ 2568 กองบุคคล", "fiscal"),
        ("แผนงานของเรา ปี 2568", "calendar"),
    ],
)
def test_a_budget_year_begins_in_october_wherever_it_is_named(title: str, calendar: str) -> None:
    head = ["ที่", "โครงการ", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", *(f"ไตรมาส {n}" for n in range(1, 5)), "ผู้รับผิดชอบ"]
    assert plan_of(sheet([[title], head, [1, "อบรม", "คน", "คน", 40, 10, 10, 10, 10, "ก"]])).calendar == calendar


def test_rounds_of_six_and_twelve_months_are_given_to_date() -> None:
    head = ["ตัวชี้วัด", "น้ำหนัก (ร้อยละ)", "หน่วยวัด", "เป้าหมาย", "รอบ 6 เดือน", None, "รอบ 12 เดือน", None, "ผู้รับผิดชอบ"]
    below = [*[None] * 4, "เป้าหมาย", "ผลงาน", "เป้าหมาย", "ผลงาน", None]
    rows = [
        ["1. จำนวนหลักสูตร", 60, "หลักสูตร", 12, 6, 5, 12, None, "ก"],
        ["2. ระดับแผน", 40, "ระดับ", 5, 3, 2, 5, None, "ข"],
    ]
    wide = {(1, at): (2, 1) for at in (0, 1, 2, 3, 8)} | {(1, 4): (1, 2), (1, 6): (1, 2)}
    works = plan_of(sheet([_BUDGET_YEAR, head, below, *rows], wide)).projects
    assert [[(e.period, e.span, e.planned, e.actual) for e in w.indicators[0].entries] for w in works] == [
        [(6, 6, 6, 5), (12, 6, 12, Mark.BLANK)],
        [(6, 6, 3, 2), (12, 6, 5, Mark.BLANK)],
    ]
    assert {w.indicators[0].aggregation for w in works} == {Aggregation.LATEST}
    assert [w.indicators[0].name for w in works] == ["1. จำนวนหลักสูตร", "2. ระดับแผน"]


def test_results_of_earlier_years_are_no_targets() -> None:
    head = ["ที่", "ตัวชี้วัด", "หน่วยนับ", "ผลการดำเนินงาน", None, "เป้าหมาย", "หน่วยงาน"]
    rows = [
        head,
        [*[None] * 3, "2566", "2567", "ปี 2568", None],
        [1, "อัตราป่วย", "ต่อแสน", "120.5", "98.2", "80", "กอง ก"],
    ]
    wide = {(1, at): (2, 1) for at in (0, 1, 2, 6)} | {(1, 3): (1, 2)}
    draft = sheet([_BUDGET_YEAR, *rows], wide)
    (indicator,) = only(draft).indicators
    assert [(t.year_be, t.value) for t in indicator.targets] == [(2568, 80)]
    assert "120.5" in listed(draft)


def test_a_work_named_above_a_table_of_years_has_its_indicators() -> None:
    years = ["ปี 2567\nแผน (ผล*)", "ปี 2568\nแผน", "ปี 2569\nแผน"]
    rows = [
        ["ตัวชี้วัด", "หน่วยนับ", *years],
        ["จำนวนแหล่งน้ำ", "แห่ง", "120 (118)", "130", "140"],
        ["ความพึงพอใจ", "ร้อยละ", "80 (-)", "80", "82"],
    ]
    texts = ("เอกสารงบประมาณ ประจำปีงบประมาณ พ.ศ. 2568", "ผลผลิตที่ 1 : พื้นที่ได้รับการพัฒนา")
    above = Grid("other.docx", tuple((GridCell(text, n),) for n, text in enumerate(texts, 1)), is_table=False)
    draft = draft_of([SourceReading("other.docx", "docx", (above, grid_of(rows)))], plan_id="other")
    work = only(draft)
    assert (work.number, work.title, plan_of(draft).calendar) == (1, "พื้นที่ได้รับการพัฒนา", "fiscal")
    assert [[t.value for t in i.targets] for i in work.indicators] == [[120, 130, 140], [80, 80, 82]]


# -- results and rates --------------------------------------------------------------------


def test_figures_whose_percent_is_of_the_target_are_results() -> None:
    head = ["โครงการ", "หน่วยนับ", "เป้าหมาย", "ผู้รับผิดชอบ", *MONTHS, "รวม", "คิดเป็นร้อยละ"]
    rows = [["เก็บขยะ", "ตัน", 240, "กอง ก", *[15] * 12, 180, 75], ["ลอกท่อ", "เมตร", 120, "กอง ข", *[10] * 12, 120, 100]]
    draft = sheet([["รายงานประจำเดือน ปี 2568"], head, *rows])
    entries = [e for w in plan_of(draft).projects for e in w.indicators[0].entries]
    assert {(e.planned, e.actual) for e in entries} == {(Mark.BLANK, Decimal(15)), (Mark.BLANK, Decimal(10))}
    assert "intake_results_only" in codes(draft)


@pytest.mark.parametrize(("percent", "planned"), [("ผลการดำเนินงาน", False), ("แผนการดำเนินงาน", True)])
def test_the_heading_above_all_months_says_what_they_are(percent: str, *, planned: bool) -> None:
    head = ["ที่", "โครงการ", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", percent, *[None] * 11]
    rows = [head, [*[None] * 5, *MONTHS], [1, "อบรม", "ผู้ผ่าน", "คน", 24, *[2] * 12]]
    wide = {(1, at): (2, 1) for at in range(5)} | {(1, 5): (1, 12)}
    (indicator,) = only(sheet([TITLE, *rows], wide)).indicators
    assert {(e.planned, e.actual) for e in indicator.entries} == {
        (Decimal(2), Mark.BLANK) if planned else (Mark.BLANK, Decimal(2))
    }


@pytest.mark.parametrize("scale", [100, 1000])
@pytest.mark.parametrize("names", [("ตัวตั้ง", "ตัวหาร", "ร้อยละ"), ("A", "B", "A/B"), ("numerator", "denominator", "rate")])
def test_numerator_denominator_and_rate_are_one_indicator(names: tuple[str, str, str], scale: int) -> None:
    above, below = [*range(1, 13)], [200] * 12
    rates = [a * scale / b for a, b in zip(above, below, strict=True)]
    head = ["ที่", "ตัวชี้วัด", "เป้าหมาย", "รายการข้อมูล", *_FISCAL, "ผู้รับผิดชอบ"]
    rows = [[1, "อัตราติดเชื้อ", "5", names[0], *above, "IC"]]
    rows += [[None, None, None, name, *figures, None] for name, figures in zip(names[1:], (below, rates), strict=True)]
    draft = sheet([_BUDGET_YEAR, head, *rows], {(2, at): (3, 1) for at in (0, 1, 2, 16)})
    (indicator,) = only(draft).indicators
    assert (indicator.name, indicator.aggregation, indicator.scale) == ("อัตราติดเชื้อ", Aggregation.RATIO, scale)
    assert [(e.numerator, e.denominator, e.actual, e.planned) for e in indicator.entries] == [
        (a, b, Decimal(str(r)), Mark.BLANK) for a, b, r in zip(above, below, rates, strict=True)
    ]
    assert draft.unused == ()


# -- cells ----------------------------------------------------------------------------------


def test_indicators_with_bullets_have_the_targets_on_their_lines() -> None:
    row = [1, "ถ่ายทอด", "- เกษตรกรที่อบรม\n- แปลงต้นแบบ", "300 ราย\n10 แปลง", "5,000", "มี.ค. 68", "ฝ่าย ก"]
    work = only(sheet([TITLE, _LIST, row]))
    assert [(i.name, i.targets[0].value, i.unit_of_measure) for i in work.indicators] == [
        ("เกษตรกรที่อบรม", 300, "ราย"),
        ("แปลงต้นแบบ", 10, "แปลง"),
    ]


@pytest.mark.parametrize("odd", ["~190", "n/a", "1,95", "200*"])
def test_an_odd_figure_is_listed_and_no_remark(odd: str) -> None:
    head = ["ที่", "งาน/โครงการ", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", "แผน/ผล", *MONTHS]
    actual = [*[None] * 5, "ผล", *[180] * 3, odd, *[180] * 8]
    draft = sheet([TITLE, head, [1, "ทะเบียน", "ราย", "ราย", 2400, "แผน", *[200] * 12], actual])
    assert only(draft).remark == ""
    assert odd in listed(draft)


def test_sums_to_date_beside_months_are_no_indicator() -> None:
    head = ["ที่", "โครงการ", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", "รายการ", *MONTHS]
    front: list[object] = [1, "ซ่อมถนน", "ระยะทาง", "กม.", 24]
    sides = {"แผน": [2] * 12, "แผนสะสม": range(2, 25, 2), "ผล": [1] * 12, "ผลสะสม": range(1, 13)}
    rows = [[*(front if not n else [None] * 5), side, *v] for n, (side, v) in enumerate(sides.items())]
    draft = sheet([TITLE, head, *rows])
    (indicator,) = only(draft).indicators
    assert [(e.planned, e.actual) for e in indicator.entries] == [(2, 1)] * 12
    assert {u.cell.line for u in draft.unused} == {4, 6}


@pytest.mark.parametrize("heads", [[f"Q{n}" for n in range(1, 5)], []])
def test_a_numbered_level_behind_a_number_is_no_work(heads: list[str]) -> None:
    head = ["Ref", "Activity", "Output indicator", "Target", *heads, "Budget", "Responsible"]
    rows = [
        [1, "Objective 1: Reduce dengue"],
        ["1.1", "Spray houses", "Houses sprayed", "400 houses", *[100] * len(heads), "400,000", "VBDC"],
        [2, "Objective 2: Elderly care"],
        ["2.1", "Screen elderly", "Elderly screened", "80 persons", *[20] * len(heads), "120,000", "CHO"],
    ]
    plan = plan_of(sheet([["Annual work plan 2026"], head, *rows]))
    assert [(w.strategy, w.number, w.title) for w in plan.projects] == [
        ("1", 1, "Spray houses"),
        ("2", 1, "Screen elderly"),
    ]


def test_a_unit_merged_over_several_works_is_that_of_each() -> None:
    head = ["กลุ่มงาน", "โครงการ", "ตัวชี้วัด", "เป้าหมาย", "งบประมาณ"]
    rows = [["กลุ่มนิเทศ", "นิเทศ", "โรงเรียน", "45 โรง", "90,000"], [None, "ประกัน", "ผ่าน", "9 โรง", "60,000"]]
    works = plan_of(sheet([TITLE, head, *rows], {(2, 0): (2, 1)})).projects
    assert [w.responsible_text for w in works] == ["กลุ่มนิเทศ"] * 2


def test_a_form_of_labels_has_its_table_of_activities() -> None:
    lines = ["1. ชื่อโครงการ ห้องสมุด", "ผู้รับผิดชอบโครงการ ครู ก", "วัตถุประสงค์ ส่งเสริมการอ่าน", "ตัวชี้วัดความสำเร็จ ผู้อ่าน ร้อยละ 80"]
    form = Grid("other.docx", tuple((GridCell(text, n),) for n, text in enumerate(lines, 1)), is_table=False)
    table = grid_of(
        [
            ["กิจกรรม", "ระยะเวลา", "งบประมาณ", "ผู้ทำ"],
            ["ซื้อหนังสือ", "พ.ค. 68", "15,000", "ข"],
            ["ประกวด", "ก.ค. 68", "2,000", "ค"],
        ]
    )
    draft = draft_of([SourceReading("other.docx", "docx", (form, table))], plan_id="other", year_be=2568)
    work = only(draft)
    assert (work.title, work.responsible_text, work.goal) == ("ห้องสมุด", "ครู ก", "ส่งเสริมการอ่าน")
    assert (work.steps, work.budget) == (("ซื้อหนังสือ", "ประกวด"), 17_000)
    assert [i.name for i in work.indicators] == ["ผู้อ่าน ร้อยละ 80"]
    assert "พ.ค. 68" in str([f.params for f in draft.findings])


@pytest.mark.parametrize("form", ["{n}. ยุทธศาสตร์{name}", "{n}) ประเด็นยุทธศาสตร์{name}", "ยุทธศาสตร์ที่ {n} {name}"])
def test_a_strategy_that_begins_with_its_number_is_the_heading_of_a_plan_table(form: str) -> None:
    """In running text that is the list of an introduction, and a strategy of the nation is none of the plan's."""
    above, within = (form.format(n=n, name=name) for n, name in ((1, "การพัฒนาถนน"), (2, "การพัฒนาคน")))
    rows = [[1, "โครงการ ก", "ถนน", "1 สาย", "500", "ตลอดปี", "กองช่าง"], [within], [1, "โครงการ ข", *"กขคงจ"]]
    draft = sheet([TITLE, ["1. ยุทธศาสตร์ชาติด้านความมั่นคง"], [above], _LIST, *rows])
    assert [(w.strategy, w.title) for w in plan_of(draft).projects] == [("1", "โครงการ ก"), ("2", "โครงการ ข")]
    assert "การพัฒนาคน" not in listed(draft)
    prose = Grid("other.xlsx", ((GridCell(within, 1),),), is_table=False)
    table = grid_of([_BUDGET_YEAR, _LIST, rows[0]])
    told = plan_of(draft_of([SourceReading("other.xlsx", "xlsx", (prose, table))], plan_id="other"))
    if form.startswith("{n}"):
        assert [work.strategy for work in told.projects] == ["0"]
