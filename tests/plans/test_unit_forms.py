"""The Excel round trip: a form goes out, comes back filled, and is merged cell by cell."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from samrit.engine.model import Mark
from samrit.plans.models import Figure, HistoryEntry
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.unit_forms import unit_form, unit_forms_merge
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan


@pytest.fixture
def plan(register, clock):
    return plan_import(SYSTEM, package=small_plan(indicators=3), owner=register["กนผ."])


@pytest.fixture
def reporter(person):
    return person("reporter", unit="กฝ.")


def _form(reporter, plan, register, period: int = 3) -> bytes:
    return unit_form(reporter, plan=plan, unit=register["กฝ."], period=period)[1]


def _filled(content: bytes, **by_indicator: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["รายงาน"]
    for row in sheet.iter_rows(min_row=6):
        code = str(row[1].value).replace(".", "_")
        if code in by_indicator:
            row[6].value = by_indicator[code]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_form_is_locked_but_for_the_cells_to_fill_and_carries_its_tags(plan, register, reporter) -> None:
    name, content = unit_form(reporter, plan=plan, unit=register["กฝ."], period=3)
    assert name.endswith("-03.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content))["รายงาน"]
    assert sheet.protection.sheet
    row = next(sheet.iter_rows(min_row=6))
    assert row[0].value == "P1.1|0"
    assert [cell.protection.locked for cell in row[5:7]] == [True, False]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.data_validations.count == 3


def test_a_filled_form_is_taken_and_says_so(plan, register, reporter) -> None:
    (merged,) = unit_forms_merge(
        reporter, name="form.xlsx", content=_filled(_form(reporter, plan, register), P1_1=12, P1_2="๑,๒๕๐.5", P1_3="–")
    )
    assert merged.is_clean
    assert len(merged.outcome.saved) == 3
    kept = {f.indicator: str(f.actual) for f in Figure.objects.all()}
    assert kept["P1.1"] == "12"
    assert kept["P1.2"] == "1250.5"


def test_a_cell_shown_in_percent_is_what_it_shows_and_told_where_nothing_is_in_percent(
    register, clock, reporter
) -> None:
    package = small_plan(indicators=2)
    (work,) = package.plan.projects
    shares = (replace(work.indicators[0], unit_of_measure="ร้อยละ"), work.indicators[1])
    plan = plan_import(
        SYSTEM, package=replace(package, plan=replace(package.plan, projects=(replace(work, indicators=shares),)))
    )
    book = openpyxl.load_workbook(io.BytesIO(_form(reporter, plan, register)))
    for row in book["รายงาน"].iter_rows(min_row=6):
        if str(row[1].value).startswith("P1."):
            row[6].value, row[6].number_format = 0.955, "0.0%"
    out = io.BytesIO()
    book.save(out)
    (merged,) = unit_forms_merge(reporter, name="form.xlsx", content=out.getvalue())
    assert [(f.indicator, f.actual) for f in merged.outcome.saved] == [("P1.1", Decimal("95.5"))]
    assert [r.error.code for r in merged.outcome.refused] == ["figure_percent_elsewhere"]


def test_a_number_shown_as_a_dash_is_the_number(plan, register, reporter) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_form(reporter, plan, register)))
    for row in book["รายงาน"].iter_rows(min_row=6):
        if row[1].value == "P1.1":
            row[6].value, row[6].number_format = 0, '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-'
        if row[1].value == "P1.2":
            row[6].value = "-"
    out = io.BytesIO()
    book.save(out)
    (merged,) = unit_forms_merge(reporter, name="form.xlsx", content=out.getvalue())
    assert [f.actual for f in merged.outcome.saved] == [Decimal(0), Mark.NOTHING]


def test_a_formula_without_its_result_is_refused_and_never_skipped(plan, register, reporter) -> None:
    filled = _filled(_form(reporter, plan, register), P1_1="=1+1", P1_2=12)
    (merged,) = unit_forms_merge(reporter, name="form.xlsx", content=filled)
    assert [f.indicator for f in merged.outcome.saved] == ["P1.2"]
    assert [r.cell.actual for r in merged.outcome.refused] == ["=1+1"]


def test_an_unfilled_form_reports_nothing(plan, register, reporter) -> None:
    (merged,) = unit_forms_merge(reporter, name="form.xlsx", content=_form(reporter, plan, register))
    assert merged.is_clean
    assert not Figure.objects.exists()


def test_a_figure_changed_meanwhile_is_a_conflict_and_the_rest_is_taken(plan, register, reporter) -> None:
    form = _form(reporter, plan, register)
    figures_save(reporter, plan=plan, unit=register["กฝ."], period=3, cells=[CellInput("P1.1", "5")])
    (merged,) = unit_forms_merge(reporter, name="form.xlsx", content=_filled(form, P1_1=7, P1_2=8))
    assert [c.theirs.actual for c in merged.outcome.conflicts] == [Decimal(5)]
    assert [f.indicator for f in merged.outcome.saved] == ["P1.2"]
    assert Figure.objects.get(indicator="P1.1").actual == 5


def test_sending_the_same_form_twice_changes_nothing_the_second_time(plan, register, reporter) -> None:
    filled = _filled(_form(reporter, plan, register), P1_1=12)
    unit_forms_merge(reporter, name="form.xlsx", content=filled)
    entries = HistoryEntry.objects.count()
    (merged,) = unit_forms_merge(reporter, name="form.xlsx", content=filled)
    assert not merged.outcome.saved
    assert HistoryEntry.objects.count() == entries


def test_words_in_a_figures_cell_are_refused_with_their_row_and_the_rest_is_taken(plan, register, reporter) -> None:
    filled = _filled(_form(reporter, plan, register), P1_1="สิบสอง", P1_2=8)
    (merged,) = unit_forms_merge(reporter, name="form.xlsx", content=filled)
    assert [r.cell.indicator for r in merged.outcome.refused] == ["P1.1"]
    assert [f.indicator for f in merged.outcome.saved] == ["P1.2"]


def test_many_forms_come_in_one_zip(plan, register, reporter) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("march/a.xlsx", _filled(_form(reporter, plan, register, 3), P1_1=3))
        archive.writestr("february/b.xlsx", _filled(_form(reporter, plan, register, 2), P1_1=2))
        archive.writestr("readme.txt", "not a form")
    merged = unit_forms_merge(reporter, name="forms.zip", content=out.getvalue())
    assert [m.name for m in merged] == ["a.xlsx", "b.xlsx"]
    assert {f.period: int(f.actual) for f in Figure.objects.all()} == {2: 2, 3: 3}


def test_somebody_elses_form_is_refused_whole(plan, register, reporter, person) -> None:
    form = _filled(_form(reporter, plan, register), P1_1=12)
    stranger = person("reporter", unit="กค.")
    (merged,) = unit_forms_merge(stranger, name="form.xlsx", content=form)
    assert [f.code for f in merged.findings] == ["form_not_allowed"]
    assert not Figure.objects.exists()


def test_the_division_may_send_it_for_the_unit(plan, register, reporter, person) -> None:
    form = _filled(_form(reporter, plan, register), P1_1=12)
    (merged,) = unit_forms_merge(person("planner"), name="form.xlsx", content=form)
    assert merged.is_clean


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 not a zip", "form_unreadable"),
        (b"%PDF-1.7", "form_unreadable"),
        (b"", "form_unreadable"),
        (b"PK\x03\x04" + b"0" * (6 * 1024 * 1024), "form_too_large"),
    ],
)
def test_a_file_that_is_no_form_is_refused_with_words(content: bytes, code: str, register, reporter) -> None:
    (merged,) = unit_forms_merge(reporter, name="x.xlsx", content=content)
    assert [f.code for f in merged.findings] == [code]


def test_an_excel_file_of_somebody_elses_making_is_refused(register, reporter) -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    (merged,) = unit_forms_merge(reporter, name="own.xlsx", content=out.getvalue())
    assert merged.findings
    assert not merged.is_clean


def test_a_damaged_row_is_said_and_the_others_are_taken(plan, register, reporter) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_filled(_form(reporter, plan, register), P1_1=1, P1_2=2)))
    book["รายงาน"]["A6"].value = "P1.1"
    out = io.BytesIO()
    book.save(out)
    (merged,) = unit_forms_merge(reporter, name="form.xlsx", content=out.getvalue())
    assert [f.code for f in merged.findings] == ["form_row_damaged"]
    assert [f.indicator for f in merged.outcome.saved] == ["P1.2"]


def test_formulas_typed_by_a_reporter_are_never_run(plan, register, reporter) -> None:
    filled = _filled(_form(reporter, plan, register), P1_1="=1+1", P1_2=2)
    (merged,) = unit_forms_merge(reporter, name="form.xlsx", content=filled)
    assert "P1.1" not in {f.indicator for f in merged.outcome.saved}
