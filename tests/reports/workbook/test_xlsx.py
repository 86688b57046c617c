"""The workbook as a file: harmless, filtered, frozen, printable on A4, the same bytes from the same input."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from samrit.engine.model import Fund, Indicator, Kind, Plan, Project, Strategy, Target
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.package import read
from samrit.reports.texts.looks import ready_looks
from samrit.reports.texts.template import FundLayout, Template
from samrit.reports.workbook import xlsx
from tests.engine.random_plans import random_plan
from tests.reports.small_plans import D, indicator
from tests.reports.workbook.workbooks import head, one_plan, sheet

EVIL = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", '=HYPERLINK("http://x","y")', "\t=1+1", "{=1+1}", "＝1+1")
DATA_SHEETS = ("projects", "indicators", "units", "levels", "sites", "overrides", "monthly")


def opened(result: PlanResult, language: str = "th", template: Template | None = None) -> Workbook:
    return load_workbook(BytesIO(xlsx.to_bytes(result, template, language)))


def of_plan(plan: Plan, as_of: int = 12) -> PlanResult:
    return score(plan, PERCENT_OF_PLAN, as_of)


@pytest.fixture(scope="module")
def many() -> Workbook:
    return opened(of_plan(one_plan(range(12))))


@pytest.fixture(scope="module")
def office() -> PlanResult:
    package = read(Path(__file__).parents[3] / "examples" / "sso-2568").package
    assert package is not None
    return score(package.plan, package.rulesets[0], 12)


@pytest.fixture(scope="module")
def office_book(office: PlanResult) -> Workbook:
    return opened(office)


@pytest.fixture(scope="module")
def two_funds(office: PlanResult) -> PlanResult:
    """Return a few works of either fund, for what has to be written more than once."""
    projects = [*office.plan.projects[:4], *office.plan.projects[-4:]]
    return score(replace(office.plan, projects=tuple(projects)), office.ruleset, 12)


@pytest.mark.parametrize("text", EVIL)
def test_text_that_looks_like_a_formula_stays_text_everywhere(text: str) -> None:
    own = indicator(
        "P", 1, {1: 10}, {1: 5}, name=text, unit_of_measure=text, note=text, targets=(Target(2568, D(1), text=text),)
    )
    plan = Plan(
        "p",
        text,
        2568,
        organisation=text,
        funds=(Fund("F", text),),
        strategies=(Strategy("1", text, goal=text),),
        projects=(
            Project("P", 1, text, "1", fund="F", responsible_text=text, programme=text, remark=text, indicators=(own,)),
            Project("Q", 2, "ปกติ", text, fund=text, indicators=(replace(own, id="Q.1"),)),
        ),
    )
    book = opened(of_plan(plan))
    allowed = re.compile(
        r"^=(IF|IFERROR|INDEX|MATCH|COUNTIFS?|SUMIFS?|SUM|SUMPRODUCT|1\+SUMPRODUCT|\$[A-Z]+\d+$|[A-Z]+\d+\*)"
    )
    for worksheet in book:
        for row in worksheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    formula = cell.value if isinstance(cell.value, str) else cell.value.text
                    assert allowed.match(formula), (worksheet.title, cell.coordinate, formula)
                    assert "HYPERLINK" not in re.sub(r'"[^"]*"', "", formula)


def test_a_text_of_a_formula_is_found_again_as_text() -> None:
    plan = Plan("p", "p", 2568, projects=(Project("P", 1, "=1+1", "1"),))
    worksheet = opened(of_plan(plan))[sheet("projects")]
    cell = next(c for c in worksheet[2] if c.value == "=1+1")
    assert cell.data_type == "s"


@pytest.mark.parametrize("code", DATA_SHEETS)
def test_a_data_sheet_has_one_heading_row_frozen_filtered_and_repeated(many: Workbook, code: str) -> None:
    worksheet = many[sheet(code)]
    headings = [cell.value for cell in worksheet[1]]
    assert all(headings)
    assert len(set(headings)) == len(headings)
    assert re.fullmatch(r"[A-Z]+2", worksheet.freeze_panes)
    assert worksheet.auto_filter.ref.startswith("A1:")
    assert worksheet.print_title_rows == "$1:$1"
    assert not worksheet.merged_cells.ranges
    assert (worksheet.page_setup.orientation, worksheet.page_setup.paperSize) == ("landscape", 9)
    assert worksheet.page_setup.fitToHeight == 0


def test_only_helper_columns_are_hidden(many: Workbook) -> None:
    worksheet = many[sheet("indicators")]
    shown = {
        worksheet.cell(1, n).value
        for n in range(1, worksheet.max_column + 1)
        if not worksheet.column_dimensions[worksheet.cell(1, n).column_letter].hidden
    }
    for code in ("name", "plan_total", "actual_total", "percent", "band", "weight", "effective_weight"):
        assert head(code) in shown


def test_every_column_of_a_data_sheet_has_a_thai_and_an_english_heading() -> None:
    result = of_plan(one_plan(range(12)))
    thai, english = opened(result), opened(result, "en")
    assert len(thai.sheetnames) == len(english.sheetnames)
    for th, en in zip(thai, english, strict=True):
        assert th.max_column == en.max_column, th.title
    words = [cell.value for ws in english for cell in ws[1] if isinstance(cell.value, str)]
    assert not [w for w in words if re.search("[\u0e01-\u0e5b]", w.replace("แผนสุ่ม", ""))]


def test_the_same_evaluation_gives_the_same_bytes(two_funds: PlanResult) -> None:
    assert xlsx.to_bytes(two_funds) == xlsx.to_bytes(two_funds)


def test_write_puts_the_file_where_it_is_told(tmp_path: Path) -> None:
    result = of_plan(random_plan(5))
    xlsx.write(result, tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == xlsx.to_bytes(result)


def test_an_empty_plan_makes_a_workbook_too() -> None:
    book = opened(of_plan(Plan("p", "", 2568)))
    assert book[sheet("projects")].max_row == 1


def test_formulas_use_only_functions_that_every_program_since_2007_knows(many: Workbook) -> None:
    known = {
        "ABS",
        "AND",
        "AVERAGEIFS",
        "COUNT",
        "COUNTIF",
        "COUNTIFS",
        "IF",
        "IFERROR",
        "INDEX",
        "INT",
        "ISNUMBER",
        "MATCH",
    }
    known |= {"MAX", "MIN", "MONTH", "N", "NOT", "OR", "ROUND", "SUM", "SUMIFS", "SUMPRODUCT", "YEAR"}
    used: set[str] = set()
    for worksheet in many:
        for row in worksheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    text = cell.value if isinstance(cell.value, str) else cell.value.text
                    used |= set(re.findall(r"([A-Z][A-Z0-9.]*)\(", re.sub(r'"[^"]*"|\'[^\']*\'', "", text)))
    assert used <= known, used - known


def test_no_formula_is_longer_than_a_cell_may_hold(office_book: Workbook, many: Workbook) -> None:
    for book in (office_book, many):
        for worksheet in book:
            for row in worksheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        text = cell.value if isinstance(cell.value, str) else cell.value.text
                        assert len(text) <= 8192
                        assert all(len(literal) <= 255 for literal in re.findall(r'"([^"]*)"', text))


def test_every_name_that_a_formula_uses_is_defined(many: Workbook) -> None:
    for worksheet in many:
        for row in worksheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    text = cell.value if isinstance(cell.value, str) else cell.value.text
                    bare = re.sub(r'"[^"]*"|\'[^\']*\'![$A-Z0-9:]+', "", text)
                    for name in re.findall(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)*\b", bare):
                        assert name in many.defined_names, (worksheet.title, cell.coordinate, name)


class TestAnnex:
    """The annex in the printed layout (R237–R240)."""

    def test_there_is_a_sheet_for_each_fund_and_strategy(self, office_book: Workbook) -> None:
        titles = [t for t in office_book.sheetnames if t.startswith("ภาคผนวก")]
        assert titles == [
            "ภาคผนวก SSF 1",
            "ภาคผนวก SSF 2",
            "ภาคผนวก SSF 3",
            "ภาคผนวก WCF 1",
            "ภาคผนวก WCF 2",
            "ภาคผนวก WCF 3",
        ]

    def test_heading_rows_repeat_on_every_page_and_the_page_lies(self, office_book: Workbook) -> None:
        worksheet = office_book["ภาคผนวก SSF 1"]
        last = int(worksheet.print_title_rows.rpartition("$")[2])
        heads = [c.value for row in worksheet.iter_rows(max_row=last) for c in row if c.value]
        assert "กองทุนประกันสังคม" in str(heads[0])
        assert {"ไตรมาสที่ 1", "ม.ค.", "ธ.ค.", "น้ำหนัก", "แผน/ผล"} <= set(heads)
        assert (worksheet.page_setup.orientation, worksheet.page_setup.paperSize) == ("landscape", 9)
        assert worksheet.sheet_properties.pageSetUpPr.fitToPage
        assert (worksheet.page_setup.fitToWidth or 1, worksheet.page_setup.fitToHeight) == (1, 0)

    def test_the_funds_have_their_own_column_order(self, office_book: Workbook) -> None:
        first, second = (
            [c.value for row in office_book[title].iter_rows(max_row=6) for c in row if c.value]
            for title in ("ภาคผนวก SSF 1", "ภาคผนวก WCF 1")
        )
        assert first.index("หน่วยนับ") < first.index("น้ำหนัก")
        assert second.index("น้ำหนัก") < second.index("หน่วยนับ")

    def test_plan_row_and_result_row_follow_each_other_with_live_totals(self) -> None:
        own = indicator("P", 1, {1: 10, 2: 5}, {1: 4}, weight=D(100), name="จำนวนผู้เข้าอบรม")
        project = Project("P", 1, "อบรม", "1", kind=Kind.NEW, indicators=(own,), first_period=1, last_period=12)
        worksheet = opened(of_plan(Plan("p", "แผนทดสอบ", 2568, projects=(project,))))["ภาคผนวก 1"]
        rows = [[c.value for c in row] for row in worksheet.iter_rows()]
        plan_row = next(n for n, row in enumerate(rows) if "แผน" in row)
        assert "ผล" in rows[plan_row + 1]
        assert sum(str(v).startswith("=") for v in rows[plan_row] if v) >= 13
        average = next(row for row in rows if "ร้อยละเฉลี่ยของงาน/โครงการ" in row)
        assert sum(str(v).startswith("=") for v in average if v) >= 2
        assert average[0] == "ระยะเวลาโครงการ : มกราคม – ธันวาคม 2568"

    def test_a_template_can_reorder_columns_and_leave_the_annex_out(self, two_funds: PlanResult) -> None:
        weight_first = tuple(ready_looks()["weight_first"]["layout"]["columns"])
        layouts = (("SSF", FundLayout(weight_first)),)
        heads = [
            c.value
            for row in opened(two_funds, template=Template(funds=layouts))["ภาคผนวก SSF 1"].iter_rows(max_row=6)
            for c in row
            if c.value
        ]
        assert heads.index("น้ำหนัก") < heads.index("หน่วยนับ")
        assert not [t for t in opened(two_funds, template=Template(annex=False)).sheetnames if t.startswith("ภาคผนวก")]

    def test_two_strategies_whose_names_clash_when_cut_get_sheets_of_their_own(self) -> None:
        long = "ก" * 40
        projects = tuple(
            Project(f"P{n}", n, "งาน", f"{long}{n}", indicators=(indicator(f"P{n}", 1, {1: 1}, {1: 1}),))
            for n in (1, 2)
        )
        titles = opened(of_plan(Plan("p", "แผน", 2568, projects=projects))).sheetnames
        assert len({t.casefold() for t in titles}) == len(titles)
        assert all(len(t) <= 31 for t in titles)


def test_totals_that_twelve_cells_cannot_hold_are_marked_as_computed() -> None:
    twice = indicator("P", 1, {1: 10}, {1: 4})
    twice = replace(twice, entries=(*twice.entries, replace(twice.entries[0], actual=D(3))))
    worksheet = opened(of_plan(Plan("p", "แผน", 2568, projects=(Project("P", 1, "งาน", "1", indicators=(twice,)),))))[
        sheet("indicators")
    ]
    row = {h.value: c for h, c in zip(worksheet[1], worksheet[2], strict=True)}
    assert row[head("actual_total")].value == 7
    assert row[head("made")].value == "คำนวณโดยสัมฤทธิ์ (ค่าคงที่)"
    assert row[head("percent")].data_type == "f"


def test_the_file_is_dated_by_the_rule_set_not_by_today(two_funds: PlanResult) -> None:
    with zipfile.ZipFile(BytesIO(xlsx.to_bytes(two_funds))) as file:
        core = file.read("docProps/core.xml").decode()
    assert two_funds.ruleset.effective_from.isoformat() in core


def test_a_large_figure_has_a_column_wide_enough() -> None:
    own: Indicator = indicator("P", 1, {1: "107840000"}, {1: "107840000.55"})
    worksheet = opened(of_plan(Plan("p", "แผน", 2568, projects=(Project("P", 1, "งาน", "1", indicators=(own,)),))))[
        sheet("indicators")
    ]
    heads = [c.value for c in worksheet[1]]
    letter = worksheet.cell(1, heads.index("ผล ม.ค.") + 1).column_letter
    assert worksheet.column_dimensions[letter].width > len("107,840,000.55")
