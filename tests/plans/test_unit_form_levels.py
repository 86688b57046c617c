"""Levels in the Excel form: a row for each with its day and evidence, merged as figures are."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from samrit.engine.model import Mark
from samrit.plans.errors import ServiceError
from samrit.plans.models import Figure, HistoryEntry, LevelReached
from samrit.plans.services.plan.periods import period_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report import unit_forms
from samrit.plans.services.report.levels import level_reach
from samrit.plans.services.report.unit_forms import MergedForm, unit_form, unit_forms_merge
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.web.reporting import varied

pytestmark = pytest.mark.one_database


@pytest.fixture
def plan(register, clock):
    return plan_import(SYSTEM, package=varied(), owner=register["กนผ."])


@pytest.fixture
def reporter(person):
    return person("reporter", unit="กฝ.")


@pytest.fixture
def form(plan, register, reporter) -> bytes:
    """The form of March: level 1 of four is due."""
    return unit_form(reporter, plan=plan, unit=register["กฝ."], period=3)[1]


def edited(form: bytes, cells: dict[str, Any], *, sheet: str = "ระดับ") -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(form))
    for place, value in cells.items():
        book[sheet][place].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def merged(reporter, content: bytes) -> MergedForm:
    (found,) = unit_forms_merge(reporter, name="form.xlsx", content=content)
    return found


def codes(found: MergedForm) -> list[tuple[int, str]]:
    return [(r.cell.number, r.error.code) for r in found.levels.refused]


def reach(actor, plan, register, day: date | None, *, number: int = 1, seen: int = 0, evidence: str = "") -> None:
    level_reach(
        actor,
        plan=plan,
        unit=register["กฝ."],
        indicator="P1.4",
        number=number,
        reached_on=day,
        evidence_text=evidence,
        expected_revision=seen,
    )


def kept() -> dict[int, tuple[date | None, str]]:
    return {row.number: (row.reached_on, row.evidence_text) for row in LevelReached.objects.all()}


def test_every_level_has_a_row_that_is_locked_but_for_day_and_evidence(form) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(form))["ระดับ"]
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    rows = list(sheet.iter_rows(min_row=6))
    assert [row[0].value for row in rows] == ["P1.4:1|0", "P1.4:2|0", "P1.4:3|0", "P1.4:4|0"]
    assert [c.value for c in rows[0][1:7]] == ["P1.4", "โครงการทดลอง", "ตัวชี้วัดที่ 4", 1, "ขั้นที่ 1", "มี.ค. 2569"]
    assert [c.protection.locked for c in rows[0]] == [True] * 7 + [False] * 2
    assert rows[0][7].number_format == "@"  # "31/3/69" stays as it is typed
    assert sheet.data_validations.count == 8  # day and evidence of each
    assert "31 มี.ค. 2569" in next(v.prompt for v in sheet.data_validations.dataValidation if "H6" in str(v.sqref))


def test_the_row_of_the_indicator_itself_takes_no_figure_and_leads_to_its_levels(form) -> None:
    book = openpyxl.load_workbook(io.BytesIO(form))
    row = next(r for r in book["รายงาน"].iter_rows(min_row=6) if r[1].value == "P1.4")
    assert [c.protection.locked for c in row[5:11]] == [True, True, True, True, False, False]
    assert "ระดับ" in row[5].value
    assert book["รายงาน"]["D3"].hyperlink.location == "'ระดับ'!H6"


def test_a_unit_without_levels_has_no_sheet_of_them(register, clock, reporter) -> None:
    plain = plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])
    content = unit_form(reporter, plan=plain, unit=register["กฝ."], period=3)[1]
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["รายงาน", "คำชี้แจง", "_samrit"]


@pytest.mark.parametrize(
    "typed",
    [
        "31 มี.ค. 69",
        "๓๑ มีนาคม ๒๕๖๙",
        "31/3/2569",
        "31/3/69",
        "2026-03-31",
        date(2026, 3, 31),
        datetime(2026, 3, 31, 9, 30),  # noqa: DTZ001 - a cell knows no zone
        date(2569, 3, 31),  # what a spreadsheet makes of 31/3/2569
        46112,  # the same day pasted without its look
    ],
)
def test_a_day_is_read_as_people_write_it(form, plan, reporter, typed) -> None:
    found = merged(reporter, edited(form, {"H6": typed, "I6": "รายงานการประชุม 3/2569"}))
    assert found.is_clean
    assert found.taken == 1
    assert kept() == {1: (date(2026, 3, 31), "รายงานการประชุม 3/2569")}


def test_the_round_trip_shows_what_was_taken_and_changes_nothing_again(form, plan, register, reporter) -> None:
    merged(reporter, edited(form, {"H6": "15 มี.ค. 69", "I7": "ร่างแล้ว"}))
    assert kept() == {1: (date(2026, 3, 15), ""), 2: (None, "ร่างแล้ว")}
    again = unit_form(reporter, plan=plan, unit=register["กฝ."], period=3)[1]
    sheet = openpyxl.load_workbook(io.BytesIO(again))["ระดับ"]
    assert [sheet["A6"].value, sheet["H6"].value, sheet["I7"].value] == ["P1.4:1|1", "15 มี.ค. 2569", "ร่างแล้ว"]
    entries = HistoryEntry.objects.count()
    found = merged(reporter, again)
    assert found.is_clean
    assert not found.taken
    assert HistoryEntry.objects.count() == entries


def test_an_unfilled_row_takes_nothing_back_that_came_meanwhile(form, plan, register, reporter) -> None:
    reach(reporter, plan, register, date(2026, 3, 15), evidence="บันทึก")
    assert merged(reporter, form).is_clean
    assert kept() == {1: (date(2026, 3, 15), "บันทึก")}


def test_a_day_saved_meanwhile_is_a_conflict_and_the_rest_is_taken(form, plan, register, reporter, person) -> None:
    planner = person("planner")
    reach(planner, plan, register, date(2026, 3, 15))
    found = merged(reporter, edited(form, {"H6": "20 มี.ค. 69", "H7": "21 มี.ค. 69"}))
    (conflict,) = found.levels.conflicts
    assert (conflict.cell.day, conflict.theirs.reached_on) == ("20 มี.ค. 69", date(2026, 3, 15))
    assert conflict.theirs.changed_by == planner
    assert not found.is_clean
    assert kept() == {1: (date(2026, 3, 15), ""), 2: (date(2026, 3, 21), "")}


def test_evidence_alone_does_not_take_back_a_day_that_came_meanwhile(form, plan, register, reporter) -> None:
    reach(reporter, plan, register, date(2026, 3, 15))
    found = merged(reporter, edited(form, {"I6": "ยังไม่เสร็จ"}))
    assert len(found.levels.conflicts) == 1
    assert kept() == {1: (date(2026, 3, 15), "")}


def test_an_emptied_day_stays_and_says_how_to_take_it_back(plan, register, reporter) -> None:
    reach(reporter, plan, register, date(2026, 3, 15))
    form = unit_form(reporter, plan=plan, unit=register["กฝ."], period=3)[1]
    found = merged(reporter, edited(form, {"H6": None}))
    assert codes(found) == [(1, "level_day_emptied")]
    assert "พิมพ์ –" in found.levels.refused[0].error.text("th")
    assert kept() == {1: (date(2026, 3, 15), "")}
    assert merged(reporter, edited(form, {"H6": "–", "I6": "นับผิด"})).is_clean
    assert kept() == {1: (None, "นับผิด")}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("สิ้นเดือน", "date_not_read"),
        ("31 ก.พ. 69", "date_impossible"),
        ("30 เม.ย. 69", "level_in_future"),
        (date(1969, 3, 31), "level_too_early"),  # what a spreadsheet makes of 31/3/69
        (2569, "level_too_early"),
    ],
)
def test_a_faulty_day_is_told_and_the_rest_is_taken(form, reporter, typed, code) -> None:
    filled = edited(form, {"H6": typed, "H7": "21 มี.ค. 69"})
    found = merged(reporter, edited(filled, {"G6": 12}, sheet="รายงาน"))
    assert codes(found) == [(1, code)]
    assert list(kept()) == [2]
    assert [f.indicator for f in found.outcome.saved] == ["P1.1"]


def test_a_locked_month_takes_no_level_and_says_why(form, plan, register, reporter) -> None:
    period_close(SYSTEM, plan=plan, period=3)
    found = merged(reporter, edited(form, {"H6": "15 มี.ค. 69", "I7": "ร่างแล้ว"}))
    assert codes(found) == [(1, "locked_closed"), (2, "locked_closed")]
    assert not LevelReached.objects.exists()


def test_words_on_a_level_without_a_day_need_a_month_that_is_open(plan, register, reporter) -> None:
    for period in (1, 2):
        period_close(SYSTEM, plan=plan, period=period)
    reach(reporter, plan, register, None, evidence="นัดประชุมแล้ว")
    period_close(SYSTEM, plan=plan, period=3)
    period_close(SYSTEM, plan=plan, period=4)
    with pytest.raises(ServiceError) as refused:
        reach(reporter, plan, register, None, seen=1, evidence="แก้ไขภายหลัง")
    assert refused.value.code == "locked_closed"
    assert LevelReached.objects.get().evidence_text == "นัดประชุมแล้ว"


def test_a_day_in_another_month_that_is_locked_is_refused(form, plan, reporter) -> None:
    period_close(SYSTEM, plan=plan, period=2)
    assert codes(merged(reporter, edited(form, {"H6": "27 ก.พ. 69"}))) == [(1, "locked_closed")]


def test_the_form_of_a_foreign_unit_takes_no_level(form, person) -> None:
    found = merged(person("reporter", unit="กค."), edited(form, {"H6": "15 มี.ค. 69"}))
    assert [f.code for f in found.findings] == ["form_not_allowed"]
    assert not LevelReached.objects.exists()


@pytest.mark.parametrize(
    ("tag", "code"), [("P1.1:1|0", "level_unknown"), ("P1.4:9|0", "level_unknown"), ("X:1|0", "figure_not_yours")]
)
def test_a_tag_that_leads_nowhere_takes_nothing(form, reporter, tag, code) -> None:
    found = merged(reporter, edited(form, {"A6": tag, "H6": "15 มี.ค. 69"}))
    assert [r.error.code for r in found.levels.refused] == [code]
    assert not LevelReached.objects.exists()


@pytest.mark.parametrize("tag", ["P1.4", "P1.4:1|²", "P1.4:x|0"])
def test_a_damaged_row_of_levels_is_said(form, reporter, tag) -> None:
    found = merged(reporter, edited(form, {"A6": tag, "H6": "15 มี.ค. 69", "H7": "16 มี.ค. 69"}))
    assert [(f.code, f.place.line) for f in found.findings] == [("form_row_damaged", 6)]
    assert list(kept()) == [2]


def test_a_sheet_of_levels_that_is_gone_is_said(form, reporter) -> None:
    book = openpyxl.load_workbook(io.BytesIO(form))
    book["ระดับ"].title = "ระดับ (2)"
    out = io.BytesIO()
    book.save(out)
    assert [f.code for f in merged(reporter, out.getvalue()).findings] == ["form_sheet_missing"]


def test_a_row_given_twice_is_taken_once(form, reporter) -> None:
    cells = {"A7": "P1.4:1|0", "H6": "15 มี.ค. 69", "H7": "16 มี.ค. 69"}
    found = merged(reporter, edited(form, cells))
    assert len(found.levels.conflicts) == 1
    assert kept() == {1: (date(2026, 3, 15), "")}


def test_nothing_of_a_form_stays_when_its_levels_cannot_be_written(form, reporter, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(unit_forms, "save_levels", fail)
    filled = edited(form, {"G6": 12}, sheet="รายงาน")
    with pytest.raises(RuntimeError):
        merged(reporter, filled)
    assert not Figure.objects.exists()


def test_a_word_on_how_far_a_level_is_stands_for_its_month_and_goes_with_its_word(plan, register, reporter) -> None:
    form = unit_form(reporter, plan=plan, unit=register["กฝ."], period=3)[1]
    sheet = openpyxl.load_workbook(io.BytesIO(form))["รายงาน"]
    at = next(row[0].row for row in sheet.iter_rows(min_row=6) if row[1].value == "P1.4")
    merged(reporter, edited(form, {f"J{at}": "รอประชุม"}, sheet="รายงาน"))
    row = Figure.objects.get(indicator="P1.4")
    assert (row.actual, row.note) == (Mark.NOTHING, "รอประชุม")
    again = unit_form(reporter, plan=plan, unit=register["กฝ."], period=3)[1]
    merged(reporter, edited(again, {f"J{at}": None}, sheet="รายงาน"))
    assert Figure.objects.get(indicator="P1.4").actual is Mark.BLANK


def test_levels_come_with_many_forms_in_one_zip(plan, register, reporter) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for period, cells in ((2, {"H6": "20 ก.พ. 69"}), (3, {"H7": "20 มี.ค. 69"})):
            content = unit_form(reporter, plan=plan, unit=register["กฝ."], period=period)[1]
            archive.writestr(f"{period}.xlsx", edited(content, cells))
    found = unit_forms_merge(reporter, name="forms.zip", content=out.getvalue())
    assert [m.is_clean for m in found] == [True, True]
    assert kept() == {1: (date(2026, 2, 20), ""), 2: (date(2026, 3, 20), "")}
