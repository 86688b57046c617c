"""Documents as other offices keep them: what their headings mean is not lost, and never taken for something else."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from samrit.engine.model import Aggregation, Kind
from samrit.intake.draft import Draft
from tests.intake.sheets import FISCAL, MONTHS, TITLE, codes, listed, only, plan_of, sheet


def monthly(money: str, amount: object, *, unit: Sequence[object] = ()) -> Draft:
    head = ["ที่", "โครงการ", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", money, "แผน/ผล", *MONTHS, "รวม"]
    plan = [1, "โครงการอบรม", "ผู้ผ่านอบรม", "คน", 24, amount, "แผน", *[2] * 12, 24]
    return sheet([TITLE, unit, head, plan, [None] * 6 + ["ผล", *[1] * 12, 12]])


@pytest.mark.parametrize(
    ("heading", "printed", "baht"),
    [
        ("งบประมาณ (ล้านบาท)", "2.5", 2_500_000),
        ("งบประมาณ (ล้านบาท)", "๑๒.๗๕", 12_750_000),
        ("วงเงินงบประมาณ (พันบาท)", "1,250", 1_250_000),
        ("งบประมาณ (บาท)", "2,500", 2_500),
        ("งบประมาณ (ล้านบาท)", "3 แสนบาท", 300_000),
    ],
)
def test_an_amount_is_what_its_heading_measures(heading: str, printed: str, baht: int) -> None:
    assert only(monthly(heading, printed)).budget == baht


def test_the_unit_of_money_above_a_table_is_that_of_its_amounts() -> None:
    assert only(monthly("งบประมาณ", "2.5", unit=["หน่วย : ล้านบาท"])).budget == 2_500_000


def test_an_amount_in_another_currency_is_no_amount_in_baht() -> None:
    draft = monthly("Budget (USD)", 24000)
    assert only(draft).budget is None
    assert "intake_budget_not_read" in codes(draft)


def money_in_parts(parts: Sequence[str], amounts: Sequence[object]) -> Draft:
    last = 2 + len(parts)
    rows = [
        TITLE,
        ["ที่", "โครงการ", "งบประมาณ", *[None] * (len(parts) - 1), "ระยะเวลา", "ผู้รับผิดชอบ"],
        [None, None, *parts, None, None],
        [1, "โครงการห้องสมุด", *amounts, "ตลอดปี", "ครูนารี"],
    ]
    down = {(1, at): (2, 1) for at in (0, 1, last, last + 1)}
    return sheet(rows, {(1, 2): (1, len(parts)), **down})


def test_the_sources_of_an_amount_are_lines_of_their_own() -> None:
    work = only(money_in_parts(["เงินอุดหนุน", "เงินรายได้", "รวม"], ["50,000", "10,000", "60,000"]))
    assert [(line.funding_source, line.amount) for line in work.budgets] == [("เงินอุดหนุน", 50_000), ("เงินรายได้", 10_000)]
    assert work.budget == 60_000


def test_sources_that_do_not_add_up_leave_the_sum_and_are_listed() -> None:
    draft = money_in_parts(["เงินอุดหนุน", "เงินรายได้", "รวม"], ["50,000", "10,000", "70,000"])
    assert only(draft).budget == 70_000
    assert "50,000 (เงินอุดหนุน)" in listed(draft)
    assert "10,000 (เงินรายได้)" in listed(draft)


def test_of_budgets_by_year_the_plans_own_counts_and_the_others_are_listed() -> None:
    draft = money_in_parts(["2567 (บาท)", "2568 (บาท)", "2569 (บาท)"], ["100,000", "250,000", "300,000"])
    assert only(draft).budget == 250_000
    assert "100,000 (2567" in listed(draft)
    assert "300,000 (2569" in listed(draft)


def test_money_spent_is_no_part_of_the_budget() -> None:
    draft = money_in_parts(["ได้รับ", "เบิกจ่าย"], ["100,000", "40,000"])
    assert only(draft).budget == 100_000
    assert "40,000 (เบิกจ่าย)" in listed(draft)


def test_activities_below_a_project_are_its_steps_and_their_money_is_listed() -> None:
    draft = sheet(
        [
            TITLE,
            ["ที่", "โครงการ/กิจกรรม", "งบประมาณ", "ระยะเวลา", "ผู้รับผิดชอบ"],
            [1, "โครงการยกระดับผลสัมฤทธิ์", "60,000", "ตลอดปี", "ครูสมพร"],
            [None, "1.1 กิจกรรมสอนเสริม", "45,000", "มีนาคม 2568", "ครูวิชัย"],
        ]
    )
    work = only(draft)
    assert (work.title, work.steps, work.budget) == ("โครงการยกระดับผลสัมฤทธิ์", ("1.1 กิจกรรมสอนเสริม",), 60_000)
    assert "45,000" in listed(draft)
    assert "ครูวิชัย" in listed(draft)


@pytest.mark.parametrize("form", ["{side} {month}", "{month} ({side})", "{side}/{month}"])
def test_side_and_month_in_one_heading_are_both_read(form: str) -> None:
    heads = [form.format(side=side, month=month) for month in MONTHS for side in ("แผน", "ผล")]
    figures = [value for n in range(12) for value in (10, 9 if n < 6 else None)]
    rows = [
        ["ยุทธศาสตร์", "ประเภท", "รหัส", "งาน/โครงการ", "ตัวชี้วัด", "น้ำหนัก", "หน่วยนับ", *heads, "หน่วยงาน", "งบประมาณ"],
        ["1. บริการ", "งานประจำ", "R-01", "งานรับเรื่อง", "จำนวนเรื่อง", 60, "เรื่อง", *figures, "สลก.", "1,000"],
        ["1. บริการ", "งานประจำ", "R-01", "งานรับเรื่อง", "ความพึงพอใจ", 40, "ร้อยละ", *figures, "สลก.", "1,000"],
        ["2. องค์กร", "โครงการใหม่", "P-01", "โครงการแอป", "จำนวนผู้ใช้", 100, "คน", *figures, "ศทส.", "2,000"],
    ]
    plan = plan_of(sheet([TITLE, *rows]))
    assert [(w.title, w.kind, w.strategy, w.budget) for w in plan.projects] == [
        ("งานรับเรื่อง", Kind.ROUTINE, "1", 1000),
        ("โครงการแอป", Kind.NEW, "2", 2000),
    ]
    indicators = [i for w in plan.projects for i in w.indicators]
    assert [i.name for i in indicators] == ["จำนวนเรื่อง", "ความพึงพอใจ", "จำนวนผู้ใช้"]
    assert all([e.planned for e in i.entries] == [10] * 12 for i in indicators)
    assert all([e.actual for e in i.entries][:6] == [9] * 6 for i in indicators)


@pytest.mark.parametrize("sides", [("แผน", "ผล"), ("ผล", "แผน")])
def test_plan_and_result_in_two_blocks_of_months_are_both_read(sides: tuple[str, str]) -> None:
    rows = [
        TITLE,
        ["ที่", "โครงการ", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", sides[0], *[None] * 11, sides[1], *[None] * 11],
        [*[None] * 5, *MONTHS, *MONTHS],
        [
            1,
            "โครงการอบรม",
            "ผู้ผ่าน",
            "คน",
            24,
            *[2 if sides[0] == "แผน" else 1] * 12,
            *[2 if sides[1] == "แผน" else 1] * 12,
        ],
    ]
    wide = {(1, at): (2, 1) for at in range(5)} | {(1, 5): (1, 12), (1, 17): (1, 12)}
    (indicator,) = only(sheet(rows, wide)).indicators
    assert {(e.planned, e.actual) for e in indicator.entries} == {(Decimal(2), Decimal(1))}


def test_a_row_for_each_month_is_one_indicator() -> None:
    rows: list[list[object]] = [["รหัสโครงการ", "ชื่อโครงการ", "ตัวชี้วัด", "หน่วยนับ", "ปี", "เดือน", "แผน", "ผล"]]
    for name, plan, actual in (("โครงการบ้าน", 10, 8), ("โครงการกองทุน", 3, 3)):
        rows += [[name[-3:], name, "จำนวน", "หลัง", 2568, month, plan, actual] for month in MONTHS]
    plan = plan_of(sheet(rows))
    assert (plan.year_be, [w.title for w in plan.projects]) == (2568, ["โครงการบ้าน", "โครงการกองทุน"])
    assert [[(e.planned, e.actual) for e in w.indicators[0].entries] for w in plan.projects] == [
        [(10, 8)] * 12,
        [(3, 3)] * 12,
    ]


@pytest.mark.parametrize("side", ["แผนสะสม", "แผน (สะสม)", "เป้าหมายสะสม"])
def test_cumulative_rows_are_plan_and_result(side: str) -> None:
    head = ["ที่", "โครงการ", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", "แผน/ผล", *MONTHS]
    plan = [1, "โครงการป่า", "ต้นไม้", "ต้น", 1200, side, *range(100, 1201, 100)]
    actual = [*[None] * 5, "ผลสะสม", *range(90, 991, 90), None]
    (indicator,) = only(sheet([TITLE, head, plan, actual])).indicators
    assert indicator.aggregation is Aggregation.LATEST
    assert indicator.entries[0].actual == 90


@pytest.mark.parametrize(
    ("quarters", "target", "how"),
    [
        ((20, 45, 70, 90), 90, Aggregation.LATEST),
        ((300, 300, 300, 300), 1200, Aggregation.SUM),
        ((80, 80, 80, 80), 80, Aggregation.AVERAGE),
    ],
)
def test_the_target_tells_how_quarters_make_a_year(quarters: tuple[int, ...], target: int, how: Aggregation) -> None:
    unit = "ร้อยละ" if how is Aggregation.AVERAGE else "คน"
    head = ["ที่", "โครงการ", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", *(f"ไตรมาส {n}" for n in range(1, 5)), "ผู้รับผิดชอบ"]
    draft = sheet([TITLE, head, [1, "โครงการคัดกรอง", "ผู้ที่คัดกรอง", unit, target, *quarters, "กอง ก"]])
    assert only(draft).indicators[0].aggregation is how


def test_an_indicator_of_a_time_begins_with_no_period() -> None:
    head = ["ที่", "โครงการ", "ตัวชี้วัด", "เป้าหมาย", *(f"ไตรมาส {n}" for n in range(1, 5)), "ผู้รับผิดชอบ"]
    rows = [
        [1, "โครงการฟันดี", "จำนวนเด็ก", "12 คน", 3, 3, 3, 3, "ก"],
        [2, "ลดการรอ", "ระยะเวลารอคอยเฉลี่ย", "≤ 60 นาที", 90, 80, 70, 60, "ข"],
    ]
    works = plan_of(sheet([TITLE, head, *rows])).projects
    assert [w.indicators[0].name for w in works] == ["จำนวนเด็ก", "ระยะเวลารอคอยเฉลี่ย"]
    assert [w.indicators[0].unit_of_measure for w in works] == ["คน", "นาที"]


@pytest.mark.parametrize("above", [False, True])
def test_months_that_name_their_year_give_the_plans(above: bool) -> None:
    head = ["ที่", "โครงการ", "ตัวชี้วัด", "หน่วยนับ", "แผน/ผล"]
    plan, actual = [1, "โครงการตรวจ", "โรงงาน", "แห่ง", "แผน", *[1] * 12], [*[None] * 4, "ผล", *[1] * 12]
    if above:
        rows = [
            [*head, "พ.ศ. 2567", None, None, "พ.ศ. 2568", *[None] * 8],
            [*[None] * 5, *MONTHS[9:], *MONTHS[:9]],
            plan,
            actual,
        ]
        wide = {(0, at): (2, 1) for at in range(5)} | {(0, 5): (1, 3), (0, 8): (1, 9)}
        made = plan_of(sheet(rows, wide))
    else:
        made = plan_of(sheet([[*head, *FISCAL], plan, actual]))
    assert (made.year_be, made.calendar) == (2568, "fiscal")


def test_indicators_of_unmerged_rows_are_each_works_own() -> None:
    head = ["ที่", "กิจกรรม", "ตัวชี้วัดความสำเร็จ", "ระยะเวลา", "งบประมาณ", "ผู้รับผิดชอบ"]
    rows = [[1, "ประชุม", "ประชุมทุกไตรมาส", "ตลอดปี", "8,000", "ก"], [2, "อบรม", "ผู้ผ่านอบรม", "ตลอดปี", "9,000", "ข"]]
    works = plan_of(sheet([TITLE, head, *rows])).projects
    assert [[i.name for i in w.indicators] for w in works] == [["ประชุมทุกไตรมาส"], ["ผู้ผ่านอบรม"]]


def test_levels_of_a_scale_are_kept_and_results_beside_them_listed() -> None:
    head = ["ตัวชี้วัด", "หน่วยวัด", "น้ำหนัก (ร้อยละ)", "เกณฑ์การให้คะแนน", *[None] * 4, "ผลการดำเนินงาน"]
    rows = [
        ["คำรับรองการปฏิบัติราชการ ปีงบประมาณ พ.ศ. 2568"],
        head,
        [None, None, None, 1, 2, 3, 4, 5, None],
        ["มิติที่ 1 ด้านประสิทธิผล"],
        ["1. ร้อยละของเกษตรกร", "ร้อยละ", 60, 60, 65, 70, 75, 80, "80"],
        head,
        ["2. จำนวนศูนย์", "ศูนย์", 40, 100, 110, 120, 130, 140, "135"],
    ]
    wide = {(1, at): (2, 1) for at in (0, 1, 2, 8)} | {(1, 3): (1, 5), (5, 3): (1, 5)}
    draft = sheet(rows, wide)
    first, second = (w.indicators[0] for w in plan_of(draft).projects[:2])
    assert [level.threshold for level in first.levels] == [60, 65, 70, 75, 80]
    assert (first.weight, second.weight, second.unit_of_measure) == (60, 40, "ศูนย์")
    assert "80" in listed(draft)
    assert "135" in listed(draft)


def test_words_of_english_offices_are_known() -> None:
    head = ["Code", "Output / Activity", "Indicator", "Unit", "Baseline", "Annual target"]
    sides = [word for n in range(1, 5) for word in (f"Q{n}", None)]
    rows = [
        ["River Foundation - Annual Work Plan 2025"],
        [*head, *sides, "Cumulative achieved", "% achieved", "Lead", "Comments"],
        [*[None] * 6, *["Target", "Actual"] * 4, *[None] * 4],
        ["Outcome 1: Wetlands are managed"],
        [
            "1.1",
            "Train committees",
            "Members trained",
            "persons",
            7,
            200,
            50,
            48,
            50,
            55,
            50,
            None,
            50,
            None,
            103,
            51.5,
            "WASH",
            "Late",
        ],
    ]
    wide = {(1, at): (2, 1) for at in (*range(6), 14, 15, 16, 17)} | {(1, at): (1, 2) for at in (6, 8, 10, 12)}
    draft = sheet(rows, wide)
    plan, work = plan_of(draft), only(draft)
    (indicator,) = work.indicators
    assert (plan.year_be, plan.strategies[0].name, work.responsible_text, work.remark) == (
        2568,
        "Wetlands are managed",
        "WASH",
        "Late",
    )
    assert (indicator.unit_of_measure, indicator.targets[0].value) == ("persons", 200)
    assert indicator.claim is not None
    assert (indicator.claim.actual_total, indicator.claim.percent) == (103, Decimal("51.5"))
    assert "Baseline: 7" in listed(draft)


def test_rows_of_money_between_rows_of_work_are_no_indicators() -> None:
    head = ["ลำดับ", "โครงการ", "ตัวชี้วัด", "หน่วยนับ", "รายการ", *MONTHS, "รวม"]
    sides = (("แผนงาน", 1), ("ผลการดำเนินงาน", 1), ("แผนเงิน", 700), ("ผลเงิน", 650))
    rows = [
        [*([1, "โครงการสะพาน", "จำนวน", "แห่ง"] if not n else [None] * 4), side, *[v] * 12, 12 * v]
        for n, (side, v) in enumerate(sides)
    ]
    draft = sheet([TITLE, head, *rows])
    (indicator,) = only(draft).indicators
    assert [(e.planned, e.actual) for e in indicator.entries] == [(1, 1)] * 12
    assert "700" in listed(draft)
    assert "650" in listed(draft)
    assert "แผนงาน" not in listed(draft)


def test_a_plan_table_has_its_units_of_measure_and_weights() -> None:
    head = ["ลำดับ", "โครงการ", "ตัวชี้วัด", "หน่วยนับ", "น้ำหนัก", "ค่าเป้าหมาย", "งบประมาณ (บาท)", "ระยะเวลา", "หน่วยงาน"]
    draft = sheet(
        [
            TITLE,
            ["แผนปฏิบัติราชการเรื่องที่ 2 การตลาด"],
            head,
            [1, "โครงการฟาร์ม", "ฟาร์มที่รับรอง", "ฟาร์ม", 40, "๑๒.๕", "8,000", "ตลอดปี", "กมป."],
        ]
    )
    (indicator,) = only(draft).indicators
    assert (only(draft).strategy, indicator.unit_of_measure, indicator.weight) == ("2", "ฟาร์ม", 40)
    assert listed(draft) == ""


LABELS = (
    ("ชื่อโครงการ", "โครงการพัฒนาทักษะ"), ("หน่วยงานที่รับผิดชอบ", "กองสวัสดิการ"), ("หลักการและเหตุผล", "ประชากรเพิ่มขึ้น"),
    ("ตัวชี้วัด", "1. จำนวนผู้เข้าร่วม 2. ความพึงพอใจ"), ("ค่าเป้าหมาย", "1. 60 คน 2. ร้อยละ 85"),
    ("ระยะเวลาดำเนินการ", "มกราคม - มีนาคม 2568"), ("งบประมาณ", "120,000 บาท"),
)  # fmt: skip


@pytest.mark.parametrize("columns", [False, True])
@pytest.mark.parametrize("numbered", [False, True])
def test_projects_on_forms_of_labels_are_works(columns: bool, numbered: bool) -> None:
    names = [f"{n}. {name}" if numbered else name for n, (name, _) in enumerate(LABELS, 1)]
    values = [value for _, value in LABELS]
    rows = (
        list(zip(names, values, strict=True))
        if columns
        else [(f"{n} : {v}",) for n, v in zip(names, values, strict=True)]
    )
    plan = plan_of(sheet([TITLE, *rows, *rows]))
    assert [w.title for w in plan.projects] == ["โครงการพัฒนาทักษะ"] * 2
    for work in plan.projects:
        assert (work.budget, work.responsible_text, work.last_period) == (120_000, "กองสวัสดิการ", 3)
        assert [(i.name, i.targets[0].value, i.unit_of_measure) for i in work.indicators] == [
            ("จำนวนผู้เข้าร่วม", 60, "คน"),
            ("ความพึงพอใจ", 85, "ร้อยละ"),
        ]


def marked(*, label: str = "งาน", result: Sequence[object]) -> Draft:
    """Return a sheet of an indicator in a column of its own whose side stands under no heading."""
    head = [label, "ตัวชี้วัด", "", "หน่วยวัด", *MONTHS, "รวม"]
    plan = ["จัดเก็บภาษี", "รายได้", "แผน", "ราย", *[5] * 12, 60]
    return sheet([TITLE, head, plan, [None, None, "ผล", None, *result]])


@pytest.mark.parametrize("label", ["งาน", "งาน/โครงการ", "ภารกิจ"])
def test_a_sentence_among_the_months_of_a_result_leaves_the_other_months_where_they_stand(label: str) -> None:
    result = [6, 5, "-", "ยังไม่ได้รับข้อมูลจากด่าน", *[None] * 8, 11]
    draft = marked(label=label, result=result)
    (indicator,) = only(draft).indicators
    assert [e.actual for e in indicator.entries if e.period in (1, 2)] == [6, 5]
    assert only(draft).sites == ()
    assert "intake_figure_not_read" in codes(draft)


def test_a_plan_that_waits_for_its_figures_is_an_indicator_and_no_site() -> None:
    head = ["ที่", "งาน/โครงการ", "ตัวชี้วัด", "แผน/ผล", *MONTHS, "รวม"]
    plan = [1, "จัดเก็บภาษี", "จำนวนราย", "แผน", None, None, "รอการจัดสรรเป้าหมาย", None, *[None] * 8, 60]
    (indicator,) = only(sheet([TITLE, head, plan, [None, None, None, "ผล", 6, *[None] * 11, 6]])).indicators
    assert (indicator.name, [e.actual for e in indicator.entries if e.period == 1]) == ("จำนวนราย", [6])


EXPORT = ["รหัสโครงการ", "ชื่อโครงการ", "หน่วยงาน", "งบประมาณ", "เบิกจ่ายแล้ว", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", "ผลสะสม"]


@pytest.mark.parametrize("code", ["PJ-69-001", "A1", "ยธ.12", ""])
def test_works_of_a_system_are_found_by_their_codes_and_whatever_their_titles_begin_with(code: str) -> None:
    rows = [[code, "ปรับปรุงอาคาร", "กองอาคาร", 2_500_000, 0, "จำนวนอาคาร", "หลัง", 2, 0],
            [code and f"{code}1", "จัดซื้อรถ", "กองพัสดุ", 800_000, 2, "จำนวนรถ", "คัน", 2, 1]]  # fmt: skip
    draft = sheet([EXPORT, *rows])
    assert [p.title for p in plan_of(draft).projects] == ["ปรับปรุงอาคาร", "จัดซื้อรถ"]
    assert [i.name for p in plan_of(draft).projects for i in p.indicators] == ["จำนวนอาคาร", "จำนวนรถ"]
    assert [p.budget for p in plan_of(draft).projects] == [2_500_000, 800_000]
    for said in ("เบิกจ่ายแล้ว: 0", "ผลสะสม: 0", "เบิกจ่ายแล้ว: 2", "ผลสะสม: 1"):
        assert said in listed(draft)


def test_a_cell_that_is_listed_is_named_by_the_heading_above_it() -> None:
    head = ["Ref", "Activity", "Deliverable", "Q1", "Q2", "Q3", "Q4", "Weather", "Budget", "Lead unit"]
    rows = [
        ["Work plan 2026"], head,
        ["A1", "Leak survey", "Km surveyed", 30, 31, 32, 33, 777, 45_000, "Network"],
        ["A2", "Meters", "Meters replaced", 6, 7, 8, 9, 888, 96_000, "Metering"],
    ]  # fmt: skip
    draft = sheet(rows)
    assert listed(draft) == "Deliverable: Km surveyed | Weather: 777 Deliverable: Meters replaced | Weather: 888"


@pytest.mark.parametrize("heading", ["Output indicator", "Outcome indicator", "Success indicator"])
def test_an_indicator_of_some_kind_is_an_indicator(heading: str) -> None:
    head = ["Ref", "Activity", heading, "Unit", "Annual target", "Q1", "Q2", "Q3", "Q4", "Budget", "Lead unit"]
    draft = sheet(
        [["Work plan 2026"], head, ["A1", "Leak survey", "Network surveyed", "km", 120, 30, 30, 30, 30, 45_000, "Net"]]
    )
    (indicator,) = only(draft).indicators
    assert (indicator.name, indicator.unit_of_measure) == ("Network surveyed", "km")


@pytest.mark.parametrize(("printed", "baht"), [("1.2 ล้าน", 1_200_000), ("3 ล้านบาท", 3_000_000), ("500,000", 500_000)])
def test_money_of_a_source_is_read_as_money_without_one_is(printed: str, baht: int) -> None:
    head = ["ลำดับที่", "โครงการ", "ตัวชี้วัด", "งบประมาณ", "", "ระยะเวลา", "ผู้รับผิดชอบ"]
    row = [1, "โครงการปรับปรุงจุดบริการ", "จำนวนแห่ง", None, printed, "ม.ค.-มิ.ย.", "กองช่าง"]
    below = [None, None, None, "งบดำเนินงาน", "งบลงทุน", None, None]
    assert only(sheet([TITLE, head, below, row], {(1, 3): (1, 2)})).budget == baht


@pytest.mark.parametrize(("part", "count"), [("T{}", 4), ("งวดที่ {}", 4), ("Q{}", 4), ("T{}", 3), ("ระยะที่ {}", 3)])
def test_parts_of_a_year_are_as_long_as_their_number_says(part: str, count: int) -> None:
    heads = [part.format(n) for n in range(1, count + 1)]
    head = ["ลำดับ", "งาน/โครงการ", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", *heads, "รวม", "งบประมาณ", "ผู้รับผิดชอบ"]
    figures = [10 * n for n in range(1, count + 1)]
    (indicator,) = only(
        sheet([TITLE, head, [1, "โครงการอบรม", "ผู้ผ่านอบรม", "คน", sum(figures), *figures, sum(figures), 500, "กฝ."]])
    ).indicators
    span = 12 // count
    assert [(e.period, e.span, e.planned) for e in indicator.entries] == [
        (span * n, span, 10 * n) for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("merged", [True, False])
def test_works_of_a_table_with_months_below_its_headings_are_read_once(*, merged: bool) -> None:
    """The table has everything that a plan's table has, and months besides: it is read with its figures alone."""
    heads = ["ลำดับ", "งาน/โครงการ ตัวชี้วัด", "ผู้รับผิดชอบ", "งบประมาณ (บาท)", "เป้าหมาย", "หน่วยนับ", "แผน/ผล"]
    quarters = [text for n in range(1, 5) for text in (f"ไตรมาสที่ {n}", None, None)]
    rows = [[*heads, *quarters, "รวม"], [None] * 7 + [*MONTHS, None]]
    for number, title in ((10, "โครงการอบรมอาชีพ"), (4, "สำรวจข้อมูลผู้สูงอายุ")):
        rows += [[f"{number}.", title, "กองช่าง", 3_900_000],
                 ["ตัวชี้วัดที่ 1", "จำนวนครั้ง", None, None, 24, "ครั้ง", "แผน", *[2] * 12, 24],
                 [None] * 6 + ["ผล", *[1] * 12, 12]]  # fmt: skip
    wide = {(1, at): (2, 1) for at in range(7)} | {(1, 7 + 3 * n): (1, 3) for n in range(4)} if merged else None
    works = plan_of(sheet([TITLE, *rows], wide)).projects
    assert [(p.title, len(p.indicators)) for p in works] == [("โครงการอบรมอาชีพ", 1), ("สำรวจข้อมูลผู้สูงอายุ", 1)]
