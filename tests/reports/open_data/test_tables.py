"""Every table leaves as CSV or a plain workbook with one heading row, exact, and harmless to open (R290)."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from samrit.engine.model import Mark, Override, Plan, Project
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.package import read
from samrit.reports.open_data import tables
from samrit.reports.workbook.writing.safety import neutral, starts_formula
from tests.reports.small_plans import D, indicator
from tests.reports.workbook.workbooks import one_plan

NAMES = ("projects", "indicators", "monthly", "overrides", "kinds", "bands")


def table(result: PlanResult, name: str) -> tables.FlatTable:
    return next(t for t in tables.tables(result) if t.name == name)


def lines(flat: tables.FlatTable) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(tables.to_csv(flat))))


@pytest.fixture(scope="module")
def office() -> PlanResult:
    package = read(Path(__file__).parents[3] / "examples" / "sso-2568").package
    assert package is not None
    return score(package.plan, package.rulesets[0], 12)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-cmd", "@x", "\t=1", "\r=1", " =1", "＝1", "\u200b=1", "\ufeff=1"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert starts_formula(text)
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "-", "–", "งาน", "1-2", "a=b", "ยช.6 แผนแม่บทฯ 20"])
def test_harmless_text_is_left_alone(text: str) -> None:
    assert neutral(text) == text


def test_a_negative_figure_is_no_formula() -> None:
    result = score(_plan(indicator("P", 1, {1: 1}, {1: -5})), PERCENT_OF_PLAN, 12)
    assert lines(table(result, "monthly"))[0]["actual"] == "-5"


def _plan(*indicators: object, title: str = "งาน") -> Plan:
    return Plan("p", "แผน", 2568, projects=(Project("P", 1, title, "1", indicators=indicators),))  # type: ignore[arg-type]


def test_no_cell_of_any_csv_file_can_be_run() -> None:
    evil = '=HYPERLINK("http://x")'
    own = indicator("P", 1, {1: 1}, {1: 1}, name=evil, unit_of_measure=evil, note=evil)
    own = replace(own, id=evil, overrides=(Override(12, evil, D(1), decided_by=evil),))
    plan = replace(_plan(own, title=evil), id=evil)
    for flat in tables.tables(score(plan, PERCENT_OF_PLAN, 12)):
        for row in csv.reader(StringIO(tables.to_csv(flat))):
            assert not [cell for cell in row if cell.lstrip()[:1] in ("=", "+", "@")]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_has_one_heading_row_in_every_language(office: PlanResult, name: str) -> None:
    flat = table(office, name)
    assert all(len(row) == len(flat.columns) for row in flat.rows)
    for language in ("code", "th", "en"):
        headings = tables.headings(flat, language)
        assert len(set(headings)) == len(flat.columns)
    assert all(c == c.lower() and " " not in c for c in flat.columns)


def test_figures_are_exact_and_marks_are_kept_apart() -> None:
    own = indicator("P", 1, {1: "-", 2: "0.1", 3: 0}, {2: "0.10"})
    rows = lines(table(score(_plan(own), PERCENT_OF_PLAN, 12), "monthly"))
    assert [r["planned"] for r in rows] == ["–", "0.1", "0"]
    assert [r["actual"] for r in rows] == ["", "0.10", ""]
    assert Mark.NOTHING.value == "–"


def test_a_work_of_a_group_names_the_one_that_it_shares_with() -> None:
    """R43: whoever counts goals or steps in the open table can count those of a group once."""
    (own,) = _plan(indicator("P", 1, {1: 1}, {1: 1})).projects
    plan = replace(_plan(), projects=(own, replace(own, id="Q", number=2, indicators=(), shares_with="P")))
    rows = lines(table(score(plan, PERCENT_OF_PLAN, 12), "projects"))
    assert [(row["project"], row["shares_with"]) for row in rows] == [("P", ""), ("Q", "P")]


def test_the_office_counts_come_out(office: PlanResult) -> None:
    bands = [r for r in lines(table(office, "bands")) if r["fund"] == "" and r["strategy"] == ""]
    assert {r["band"]: int(r["count"]) for r in bands} == {"good": 199, "fair": 19, "low": 5, "improve": 12}
    assert {r["band"]: r["share"] for r in bands} == {"good": "84.68", "fair": "8.09", "low": "2.13", "improve": "5.11"}
    assert len(table(office, "projects").rows) == 235


def test_a_percent_in_the_table_is_the_engines_own(office: PlanResult) -> None:
    for row, result in zip(lines(table(office, "projects")), office.projects, strict=True):
        assert (Decimal(row["percent"]) if row["percent"] else None) == result.percent


def test_csv_files_open_in_spreadsheets_and_parse_the_same(office: PlanResult, tmp_path: Path) -> None:
    files = tables.write_all(office, tmp_path / "open", "csv", "th")
    assert [f.name for f in files] == [f"{name}.csv" for name in NAMES]
    raw = files[0].read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw == tables.write_all(office, tmp_path / "again", "csv", "th")[0].read_bytes()


def test_a_table_as_workbook_is_frozen_filtered_and_keeps_text_as_text(tmp_path: Path) -> None:
    own = replace(
        indicator("P", 1, {1: 10}, {1: 4}), overrides=(Override(12, "=1+1", D(60), decided_on=date(2026, 1, 5)),)
    )
    result = score(_plan(own, title="=1+1"), PERCENT_OF_PLAN, 12)
    files = tables.write_all(result, tmp_path, "xlsx", "th")
    for file in files:
        worksheet = load_workbook(file).active
        assert worksheet is not None
        assert worksheet.freeze_panes == "B2"
        assert worksheet.auto_filter.ref
        assert not [c for row in worksheet.iter_rows() for c in row if c.data_type == "f"]
    settled = load_workbook(files[NAMES.index("overrides")]).active
    assert settled is not None
    assert date(2026, 1, 5) in [c.value.date() for c in settled[2] if c.is_date]


def test_the_same_table_gives_the_same_bytes() -> None:
    flat = table(score(one_plan(range(3)), PERCENT_OF_PLAN, 12), "indicators")
    first = tables.to_xlsx(flat)
    assert first == tables.to_xlsx(flat)
    assert load_workbook(BytesIO(first)).active is not None


def test_another_format_is_refused(office: PlanResult, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pdf"):
        tables.write_all(office, tmp_path, "pdf")
