"""The workbook against the engine: recalculated by LibreOffice it gives the same percents, bands, sums and counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import reduce
from itertools import cycle
from operator import add
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from samrit.engine.bands import format_percent
from samrit.engine.choices import AssessmentTool
from samrit.engine.model import (
    Aggregation,
    Consolidation,
    Entry,
    EntryBasis,
    Formula,
    Indicator,
    Mark,
    Override,
    Plan,
    Rhythm,
    Site,
    Unit,
)
from samrit.engine.results import PlanResult
from samrit.engine.rollup import budget_total, share, tabulate
from samrit.engine.ruleset import (
    OFFICE_BANDS,
    PERCENT_OF_PLAN,
    Band,
    Method,
    PointScale,
    RuleSet,
    SilentUnits,
    WithoutPlan,
)
from samrit.engine.score import score
from samrit.engine.surroundings import StepTerm
from samrit.engine.year import AssessedPart, Recorded
from samrit.package import read
from samrit.reports.evaluation.coverage import coverage_of
from samrit.reports.evaluation.summary_tables import in_fund
from samrit.reports.evaluation.view import view_of
from samrit.reports.texts.template import Template
from samrit.reports.workbook import xlsx
from samrit.reports.workbook.data.members import members_of
from samrit.reports.workbook.data.percent_formulas import is_live
from samrit.reports.workbook.data.ways.ranges import is_live_range
from tests.engine.random_plans import random_plan
from tests.engine.rule_tables import PAGES
from tests.reports.small_plans import D, indicator, plan, project
from tests.reports.workbook.calc import needs_calc, needs_poppler, printed, recalculated, rows_of, values_of
from tests.reports.workbook.workbooks import WRONG, differences, head, one_plan, sheet, written_wrong

pytestmark = needs_calc
NO_ANNEX = Template(annex=False)
EXAMPLES = Path(__file__).parents[3] / "examples"


def points(method: Method, scale: PointScale | None, *uppers: str) -> RuleSet:
    bands = tuple(
        Band(f"b{n}", f"ระดับที่ {n}", "", D(u) if u else None, n % 2 == 0, "#1a7f37", sign="●")
        for n, u in enumerate((*uppers, ""), 1)
    )
    return RuleSet("points", "คะแนน", "", date(2025, 1, 1), method, bands, scale=scale)


FIVE = PointScale(tuple(map(D, (60, 70, 80, 90, 100))), tuple(map(D, (1, 2, 3, 4, 5))))
METHODS = {
    "percent of plan": PERCENT_OF_PLAN,
    "with caps": replace(PERCENT_OF_PLAN, cap=D(120), second_cap=D(80)),
    "without second reading": replace(PERCENT_OF_PLAN, second_cap=None, percent_places=2),
    "red without plan, none below 50": replace(
        PERCENT_OF_PLAN, without_plan=WithoutPlan.RED, silent_units=SilentUnits.LEFT_OUT, lowest_for_best=D(50)
    ),
    "as reported without plan": replace(
        points(Method.FIVE_LEVEL, FIVE, "1.5", "2.5", "3.5", "4.5"),
        without_plan=WithoutPlan.AS_REPORTED,
        lowest_for_best=D(2),
    ),
    "five levels": points(Method.FIVE_LEVEL, FIVE, "1.5", "2.5", "3.5", "4.5"),
    "anchors": points(
        Method.ANCHORS, PointScale((D(80), D(100), D(120)), (D(50), D(75), D(100)), floor=D(0)), "60", "75", "90"
    ),
    "steps": points(Method.STEPS, replace(FIVE, interpolated=False), "2", "3", "4"),
    "transparency": points(Method.TRANSPARENCY, None, "70", "85", "85", "95"),
}


@pytest.mark.sample(1)
@pytest.mark.parametrize(("as_of", "plans"), [(12, 50), (7, 30), (0, 10)])
def test_random_plans_agree_with_the_engine(as_of: int, plans: int, tmp_path: Path) -> None:
    """WB1; at month 7 indicators report by quarters, half-years and years, too (SP2)."""
    given = one_plan(range(as_of * 100, as_of * 100 + plans))
    result = score(in_rhythms(given) if as_of == 7 else given, PERCENT_OF_PLAN, as_of)
    path = recalculated(written_wrong(result, tmp_path / "plan.xlsx", template=NO_ANNEX))
    assert differences(path, result) == []


def in_rhythms(given: Plan) -> Plan:
    """Return a plan whose indicators report every month, quarter, half-year or year, one after the other."""
    rhythms = cycle((None, *Rhythm))
    projects = tuple(
        replace(
            p,
            indicators=tuple(replace(i, rhythm=next(rhythms)) for i in p.indicators),
            level="strategy" if number == 1 else "",  # a goal among the works, outside every count (RU5)
        )
        for number, p in enumerate(given.projects)
    )
    return replace(given, projects=projects)


@pytest.mark.sample(3)
@pytest.mark.parametrize("method", [m for m in METHODS if m != "percent of plan"])
def test_other_rule_sets_agree_with_the_engine(method: str, tmp_path: Path) -> None:
    result = score(one_plan(range(2000, 2025)), METHODS[method], 12)
    path = recalculated(written_wrong(result, tmp_path / "plan.xlsx", template=NO_ANNEX))
    assert differences(path, result) == []


def test_the_stored_values_are_the_engines_own(tmp_path: Path) -> None:
    """A program that does not compute shows the same: the workbook is read as written, without LibreOffice."""
    result = score(one_plan(range(30)), PERCENT_OF_PLAN, 12)
    xlsx.write(result, tmp_path / "plan.xlsx")
    assert differences(tmp_path / "plan.xlsx", result) == []


def test_libreoffice_recalculates_every_formula_of_every_sheet_and_none_is_an_error(tmp_path: Path) -> None:
    source = written_wrong(score(one_plan(range(15)), PERCENT_OF_PLAN, 12), tmp_path / "plan.xlsx")
    assert any(value == WRONG for value in _values(source))
    found = list(_values(recalculated(source)))
    assert not any(value == WRONG for value in found)
    assert [value for value in found if isinstance(value, str) and value.startswith("#")] == []


def _values(path: Path) -> Iterator[object]:
    names = load_workbook(path, read_only=True).sheetnames
    return (value for name in names for row in values_of(path, name) for value in row)


def test_changing_the_month_in_the_rules_evaluates_another_month(tmp_path: Path) -> None:
    plan = _live(one_plan(range(300, 345)))
    source = written_wrong(score(plan, PERCENT_OF_PLAN, 12), tmp_path / "plan.xlsx", template=NO_ANNEX)
    book = load_workbook(source)
    book[sheet("rules")][_cell(book.defined_names["as_of"].attr_text)].value = 5
    book.save(source)
    found = differences(recalculated(source), score(plan, PERCENT_OF_PLAN, 5))
    assert [cell for cell in found if not cell[0].endswith(" changed")] == []


def _range_of_units(rng: Random, number: int) -> Indicator:
    """Return an indicator with a planned range that two or three units report, some of their months not."""
    aggregation = rng.choice([a for a in Aggregation if a is not Aggregation.RATIO])
    entries = [
        _month_of_range(rng, unit, month)
        for unit in rng.choice(("AB", "AC", "BCD"))
        for month in (1, *sorted(rng.sample(range(2, 13), rng.choice((2, 6, 11)))))
    ]
    how = Consolidation.SUM if aggregation is Aggregation.SUM else rng.choice((None, *Consolidation))
    basis = rng.choice((EntryBasis.MONTH, EntryBasis.MONTH, EntryBasis.TO_DATE))
    return indicator(
        f"R-{number}", 1, {}, {}, entries=tuple(entries), aggregation=aggregation, consolidation=how,
        formula=Formula.RANGE, entry_basis=basis,
    )  # fmt: skip


def _month_of_range(rng: Random, unit: str, month: int) -> Entry:
    """Return a month with both ends, one, the wrong way round or none, and a result in January at least."""
    low, none = D(rng.randint(0, 90)), (Mark.NOTHING, Mark.BLANK)
    planned = low if month == 1 or rng.random() < 0.9 else rng.choice(none)
    actual = low + rng.randint(-30, 60) if month == 1 or rng.random() < 0.8 else rng.choice(none)
    upper = rng.choice((Mark.BLANK, low + 10, low + 40, low - 5)) if planned is low else Mark.BLANK
    return Entry(month, unit, planned, actual, planned_upper=upper)


def test_ranges_that_several_units_report_are_formulas_in_every_month(tmp_path: Path) -> None:
    """AC13, RU3, RU4: both ends, the result and the percent, also where units left months out (AC8 b)."""
    rng = Random(13)
    works = [project(f"R-{n}", "1", "SSF", {}, {}, indicators=(_range_of_units(rng, n),)) for n in range(1, 41)]
    made = plan(*works, units=tuple(Unit(code, code) for code in "ABCD"))
    live = _live_ranges(made, 12) & _live_ranges(made, 7)
    assert len(live) > 30
    source = written_wrong(score(made, PERCENT_OF_PLAN, 12), tmp_path / "plan.xlsx", template=NO_ANNEX)
    book = load_workbook(source)
    book[sheet("rules")][_cell(book.defined_names["as_of"].attr_text)].value = 7
    book.save(source)
    found = differences(recalculated(source), score(made, PERCENT_OF_PLAN, 7))
    assert [cell for cell in found if cell[0].split()[0] in live] == []


def _live_ranges(plan: Plan, as_of: int) -> set[str]:
    members = members_of(score(plan, PERCENT_OF_PLAN, as_of))
    return {r.indicator.id for m in members for r in m.reporting if is_live_range(r)}


def _live(plan: Plan) -> Plan:
    """Return the projects of which every total is a formula, not a few."""
    members = members_of(score(plan, PERCENT_OF_PLAN, 12))
    live = [m.result.project for m in members if all(is_live(r) for r in m.reporting)]
    assert len(live) > 10
    return replace(plan, projects=tuple(live))


def _cell(reference: str) -> str:
    return reference.rpartition("!")[2].replace("$", "")


def test_sorting_the_data_sheets_changes_no_result(tmp_path: Path) -> None:
    result = score(one_plan(range(400, 415)), PERCENT_OF_PLAN, 12)
    source = written_wrong(result, tmp_path / "plan.xlsx")
    book = load_workbook(source)
    for code in ("indicators", "projects", "units"):
        _shuffle(book[sheet(code)], Random(7))
    book.save(source)
    assert differences(recalculated(source), result) == []


def _shuffle(worksheet: Worksheet, rng: Random) -> None:
    """Put the rows in another order, as a program does that sorts: formulas move with their rows."""
    rows = [[cell.value for cell in row] for row in worksheet.iter_rows(min_row=2)]
    order = list(range(len(rows)))
    rng.shuffle(order)
    for target, origin in enumerate(order, 2):
        for column, value in enumerate(rows[origin], 1):
            cell = worksheet.cell(target, column)
            before = f"{cell.column_letter}{origin + 2}"
            if isinstance(value, ArrayFormula):
                moved = Translator(value.text, before).translate_formula(cell.coordinate)
                worksheet[cell.coordinate] = ArrayFormula(cell.coordinate, moved)
            elif isinstance(value, str) and value.startswith("="):
                cell.value = Translator(value, before).translate_formula(cell.coordinate)
            else:
                cell.value = value


def test_a_corrected_figure_runs_through_to_percent_band_and_summary(tmp_path: Path) -> None:
    plan = _plan_of(indicator("A", 1, {3: 10}, {3: 10}), indicator("B", 1, {3: 10}, {3: 10}))
    source = written_wrong(score(plan, PERCENT_OF_PLAN, 12), tmp_path / "plan.xlsx")
    book = load_workbook(source)
    worksheet = book[sheet("indicators")]
    months = [cell.value for cell in worksheet[1]]
    worksheet.cell(3, months.index("ผล มี.ค.") + 1).value = 4
    book.save(source)
    path = recalculated(source)
    row = rows_of(path, sheet("projects"))[1]
    assert row[head("percent")] == pytest.approx(40)
    assert row[head("band")] == "✕ ปรับปรุง"
    assert row[head("changed")]
    assert next(r for r in rows_of(path, sheet("monthly")) if r[head("indicator_id")] == "B.1")[head("actual")] == 4
    summary = [list(row) for row in values_of(path, sheet("summary"))]
    total = next(r for r in summary if r[0] == "รวม")
    assert total[1:6] == [2, 1, 0, 0, 1]
    annex = [value for row in values_of(path, "ภาคผนวก 1") for value in row]
    assert 40 in annex
    assert "✕ ปรับปรุง" in annex


def _plan_of(*indicators: Indicator) -> Plan:
    """Return a plan of one project for each indicator, named as the indicator without its number."""
    plan = random_plan(1)
    bare = replace(plan.projects[0], overrides=(), sites=())
    projects = tuple(
        replace(bare, id=i.id.rpartition(".")[0], number=n, indicators=(i,)) for n, i in enumerate(indicators, 1)
    )
    return replace(plan, projects=projects)


def test_an_override_typed_into_the_workbook_counts(tmp_path: Path) -> None:
    plan = _plan_of(indicator("A", 1, {3: 10}, {3: 10}), indicator("B", 1, {3: 10}, {3: 10}))
    source = written_wrong(score(plan, PERCENT_OF_PLAN, 12), tmp_path / "plan.xlsx")
    book = load_workbook(source)
    worksheet = book[sheet("overrides")]
    heads = [cell.value for cell in worksheet[1]]
    for code, value in (("scope", "งาน/โครงการ"), ("record", "A"), ("period", 12), ("settled_percent", 60)):
        worksheet.cell(2, heads.index(head(code)) + 1).value = value
    book.save(source)
    settled = replace(plan.projects[0], overrides=(Override(12, "เหตุ", D(60)),))
    wanted = score(replace(plan, projects=(settled, plan.projects[1])), PERCENT_OF_PLAN, 12)
    found = differences(recalculated(source), wanted)
    assert [cell for cell in found if not cell[0].endswith(" changed")] == []


def _guard_table() -> list[list[str]]:
    """Return the rows of the worked table of engine/rules/35-workbook.md."""
    page = (PAGES / "35-workbook.md").read_text("utf-8")
    table = page.partition("<!-- workbook: guard -->\n")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_the_rule_pages_table_of_limits_holds(tmp_path: Path) -> None:
    """What binary sums put at 98.99999999999999 is on 99, as in exact decimals (WB1, BA1)."""
    rows = _guard_table()
    assert len(rows) > 5
    made = [indicator(f"P{n}", 1, {1: 100}, dict(enumerate(row[0].split(", "), 1))) for n, row in enumerate(rows)]
    result = score(_plan_of(*made), PERCENT_OF_PLAN, 12)
    path = recalculated(written_wrong(result, tmp_path / "plan.xlsx", template=NO_ANNEX))
    assert differences(path, result) == []
    for (parts, binary, exact, band), scored in zip(rows, result.projects, strict=True):
        # One after the other, as a spreadsheet adds; from Python 3.12 on sum() makes good what binary numbers lose.
        assert repr(reduce(add, map(float, parts.split(", ")))) in (binary, f"{binary}.0")
        assert (scored.percent, scored.band and scored.band.code) == (D(exact), band)


LIMITS = (50, 75, 99)


def test_figures_on_a_limit_and_a_hair_beside_it_fall_on_the_right_side(tmp_path: Path) -> None:
    plan = _plan_of(*(_near_limit(n, Random(n)) for n in range(90)))
    result = score(plan, PERCENT_OF_PLAN, 12)
    path = recalculated(written_wrong(result, tmp_path / "plan.xlsx", template=NO_ANNEX))
    assert differences(path, result) == []


def _near_limit(n: int, rng: Random) -> Indicator:
    """Return an indicator whose twelve odd figures add up to a limit exactly, or miss it by a thousandth."""
    limit = D(LIMITS[n % 3]) + D((0, 1, -1)[n % 9 // 3]) / 1000
    parts = [D(rng.randint(1, 50_000)) / 10_000 for _ in range(11)]
    return indicator(f"P{n}", 1, {1: 100}, dict(enumerate((limit - sum(parts), *parts), 1)))


@needs_poppler
def test_what_is_printed_is_what_the_engine_prints(tmp_path: Path) -> None:
    """Half up, and with more decimals where rounding would show a figure of another band (DI1, BA2)."""
    cases = ["112.5", "99.39", "99.004", "98.996", "49.7", "74.5", "75.0004", "0.5", "1162.4", "99", "99.5", "2.5"]
    plan = _plan_of(*(indicator(f"P{n}", 1, {1: 100}, {1: case}) for n, case in enumerate(cases)))
    result = score(plan, PERCENT_OF_PLAN, 12)
    text = printed(written_wrong(result, tmp_path / "plan.xlsx"))
    shown = re.findall(r"ร้อยละเฉลี่ยของงาน/โครงการ +([\d.,]+)", text)
    wanted = [format_percent(r.percent, PERCENT_OF_PLAN) for r in result.projects if r.percent is not None]
    assert shown == wanted
    assert {"113", "99.4", "99.004", "49.7", "75.0004"} <= set(wanted)


@pytest.fixture(scope="module")
def office() -> PlanResult:
    package = read(EXAMPLES / "sso-2568").package
    assert package is not None
    return score(package.plan, package.rulesets[0], 12)


@pytest.fixture(scope="module")
def office_book(office: PlanResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recalculated(written_wrong(office, tmp_path_factory.mktemp("office") / "office.xlsx"))


def test_the_offices_year_agrees_in_every_project_and_indicator(office: PlanResult, office_book: Path) -> None:
    assert differences(office_book, office) == []


def test_the_offices_summary_counts_what_the_engine_counts(office: PlanResult, office_book: Path) -> None:
    rows = [list(row) for row in values_of(office_book, sheet("summary"))]
    totals = [row for row in rows if row[0] == "รวม"]
    covered = [str(row[0]).partition("(")[2] for row in rows if "มีผลรายงานแล้ว" in str(row[0])]
    view = view_of(office, "th", None)
    told = [coverage_of(view), *(coverage_of(view, in_fund(code)) for code in ("SSF", "WCF"))]
    assert covered == [f"มีผลรายงานแล้ว {c.reported} จาก {c.due})" for c in told]
    bands = [b.code for b in OFFICE_BANDS[::-1]]
    for row, fund in zip(totals, (None, "SSF", "WCF"), strict=False):
        chosen = [r for r in office.projects if r.counts and fund in (None, r.project.fund)]
        total = tabulate(chosen).total
        assert row[1:6] == [total.total, *(total.cell(b) for b in bands)]
    shares = next(row for row in rows if row[0] == "ร้อยละของงาน/โครงการทั้งหมด")
    whole = tabulate([r for r in office.projects if r.counts]).total
    wanted = [share(whole.cell(b), whole.total, office.ruleset) for b in bands]
    assert [Decimal(repr(s)).quantize(D("0.01"), "ROUND_HALF_UP") for s in shares[2:6]] == wanted
    money = next(row for row in rows if str(row[0]).startswith("งบประมาณรวมทุกบรรทัด"))
    assert Decimal(repr(money[1])) == budget_total([r.project for r in office.projects]).listed
    control = next(row for row in rows if str(row[0]).startswith("จำนวนงาน/โครงการที่ผล"))
    assert control[1] == 0


def test_works_without_a_plan_have_a_column_of_the_summary(tmp_path: Path) -> None:
    """AC4: the bands and the column "no plan" add up to the works counted, also when the month is changed."""
    made = plan(
        project("S1-1", "1", "SSF", {3: 5}, {3: 5}),
        project("S1-2", "1", "SSF", {}, {3: 5}),
        project("S2-1", "2", "SSF", {3: 0}, {3: 0}),
        project("S2-2", "2", "SSF", {}, {}),
    )
    result = score(made, PERCENT_OF_PLAN, 12)
    path = recalculated(written_wrong(result, tmp_path / "plan.xlsx"))
    assert differences(path, result) == []
    rows = [list(row) for row in values_of(path, sheet("summary"))]
    assert next(row for row in rows if row[5] == "ไม่มีแผน" or "ไม่มีแผน" in row)
    total = next(row for row in rows if row[0] == "รวม")
    assert total[1:7] == [4, 1, 0, 0, 1, 2]


def test_a_work_on_two_lines_counts_once(tmp_path: Path) -> None:
    package = read(EXAMPLES / "hr-2569").package
    assert package is not None
    result = score(package.plan, package.rulesets[0], 12)
    path = recalculated(written_wrong(result, tmp_path / "hr.xlsx"))
    assert differences(path, result) == []
    rows = [list(row) for row in values_of(path, sheet("summary"))]
    budget = budget_total(package.plan.projects)
    assert budget.once < budget.listed
    sums = {str(row[0])[:14]: row[1] for row in rows if str(row[0]).startswith("งบประมาณ") and row[1] is not None}
    assert sorted(sums.values()) == [float(budget.once), float(budget.listed)]
    totals = [row for row in rows if row[0] == "รวม"]
    # The plan tells no kinds of works, so that there is their number alone.
    assert totals[-1][1:4] == [tabulate(result.projects).total.total, None, None]


@pytest.mark.parametrize("as_of", [4, 9, 12])
def test_the_progress_of_sites_is_computed_from_contracts_and_instalments(as_of: int, tmp_path: Path) -> None:
    """R191: nobody types the figures of such an indicator; the sheet of sites has them as formulas."""
    sites = (
        Site("1", "แห่งหนึ่ง", commitment_due_period=3, committed_period=3, instalments=3, instalments_due=(5, 8, 13)),
        Site("2", "แห่งสอง", commitment_due_period=6, committed_period=7, done_period=11),
        Site("3", "แห่งสาม", commitment_due_period=6),
        Site("4", "แห่งสี่", committed_period=2, instalments=2, instalments_accepted=1),
    )
    sites = (replace(sites[0], instalments_taken=(6,)), *sites[1:])
    measured = replace(indicator("S1-1", 1, {}, {}, weight=D(100)), formula=Formula.SITE_PROGRESS)
    made = plan(project("S1-1", "1", "SSF", {}, {}, sites=sites, indicators=(measured,)))
    result = score(made, replace(PERCENT_OF_PLAN, site_contract_share=D(40)), as_of)
    assert result.projects[0].percent is not None
    path = recalculated(written_wrong(result, tmp_path / "plan.xlsx"))
    assert differences(path, result) == []


def test_figures_that_records_make_are_in_the_workbook_s_months(tmp_path: Path) -> None:
    """R78, R264: nobody types them; the months of the sheet hold them, and its formulas give the same percents."""
    steps = replace(indicator("S1-1", 1, {}, {}, weight=D(60)), formula=Formula.STEPS)
    assessed = replace(indicator("S1-1", 2, {12: D(95)}, {}, weight=D(40)), formula=Formula.ASSESSMENT)
    tools = ((tool, D(90 + n)) for n, tool in enumerate(AssessmentTool))
    recorded = Recorded(((1, 3), (2, 7)), tuple(AssessedPart(8, *own) for own in tools))
    terms = (StepTerm(1, date(2025, 2, 5)), StepTerm(2, date(2025, 6, 5)))
    work = project("S1-1", "1", "SSF", {}, {}, indicators=(steps, assessed), steps=("ก", "ข", "ค"), step_terms=terms)
    result = score(plan(replace(work, recorded=recorded)), PERCENT_OF_PLAN, 12)
    assert [i.percent is not None and i.percent < 100 for i in result.projects[0].indicators] == [True, True]
    path = recalculated(written_wrong(result, tmp_path / "plan.xlsx"))
    assert differences(path, result) == []
