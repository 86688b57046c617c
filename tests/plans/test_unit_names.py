"""Names and parents of units change from a day on: earlier months keep the old, later months have the new (E.8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.scoring import counted_plan, evaluate, reported_plan
from samrit.plans.models import HistoryEntry, Unit
from samrit.plans.records.audit import audit
from samrit.plans.reporting.duties import units_reporting
from samrit.plans.reporting.register import register as units_of_the_office
from samrit.plans.reporting.register import unit_then
from samrit.plans.reporting.register_file import UnitRow, read_register, register_csv
from samrit.plans.selectors.control.closing import closing_page
from samrit.plans.selectors.report.due_reports import due_for
from samrit.plans.selectors.report.entry import report_entry
from samrit.plans.selectors.results.look import look
from samrit.plans.selectors.results.naming import Names
from samrit.plans.services.office.renaming import called_from
from samrit.plans.services.office.units import register_import, unit_save
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.unit_forms import unit_form
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan

MARCH = date(2026, 3, 16)
TODAY = date(2026, 4, 10)
OLD, NEW = "กองฝึกอบรม", "กองพัฒนาบุคลากร"


@pytest.fixture
def plan(register, clock):
    clock.set(TODAY.isoformat())
    unit_save(SYSTEM, unit=UnitRow("กฝ.", {"name": OLD, "name_en": "Training"}))
    return plan_import(SYSTEM, package=small_plan(units=("กฝ.",)), owner=register["กนผ."])


def renamed(**more: object) -> Unit:
    given = {"name": NEW, "name_en": "Development", "called_since": MARCH} | more
    return unit_save(SYSTEM, unit=UnitRow("กฝ.", given), reason="คำสั่งที่ 1/2569")


def form_line(content: bytes) -> str:
    """Return the line under the title of a unit's form."""
    return str(openpyxl.load_workbook(BytesIO(content)).worksheets[0].cell(2, 2).value)


def test_earlier_months_keep_the_old_name_and_later_ones_have_the_new(plan, person) -> None:
    reporter, unit = person("reporter", unit="กฝ."), Unit.objects.get(code="กฝ.")
    renamed()
    for period, name in ((2, OLD), (3, NEW), (4, NEW)):
        assert unit_then(unit, plan, period).name == name
        assert report_entry(reporter, plan, unit, period).unit.name == name
        seen = look(plan, month=period, today=TODAY)
        assert Names.of(seen).unit("กฝ.") == name
        in_plan = [reported_plan(plan, period).plan, counted_plan(plan, period, standing="sent").plan, seen.result.plan]
        assert {u.name for p in in_plan for u in p.units if u.code == "กฝ."} <= {name}
        groups = closing_page(plan, period, TODAY).groups
        assert {line.name for group in groups for line in group.lines if line.code == "กฝ."} == {name}
    assert {(due.period, due.unit.name) for due in due_for(reporter, plan, TODAY)} >= {(2, OLD), (3, NEW)}
    assert (
        unit_form(reporter, plan=plan, unit=unit, period=2)[1] != unit_form(reporter, plan=plan, unit=unit, period=3)[1]
    )
    entry = HistoryEntry.objects.filter(action="unit.save", record="กฝ.").latest("sequence")
    assert (entry.old["name"], entry.new["name"], entry.new["called_since"]) == (OLD, NEW, "2026-03-16")
    assert audit().is_clean


def test_an_evaluation_seen_before_the_change_is_seen_anew(plan) -> None:
    package = reported_plan(plan, 2)
    assert evaluate(plan, 2).plan.units == package.plan.units
    renamed()
    names = {period: {u.code: u.name for u in evaluate(plan, period).plan.units}["กฝ."] for period in (2, 3)}
    assert names == {2: OLD, 3: NEW}


def test_an_office_fans_out_to_those_that_stood_below_it_in_the_month(register, clock) -> None:
    clock.set(TODAY.isoformat())
    for code, type_, parent in (
        ("ส1", "office", ""),
        ("ส2", "office", ""),
        ("ก1", "branch", "ส1"),
        ("ก2", "branch", "ส2"),
    ):
        unit_save(SYSTEM, unit=UnitRow(code, {"name": code, "type": type_, "parent": parent}))
    package = small_plan()
    works = tuple(replace(project, responsible_units=("ส1",)) for project in package.plan.projects)
    package = replace(package, plan=replace(package.plan, projects=works))
    plan = plan_import(SYSTEM, package=package, owner=register["กนผ."])
    unit_save(SYSTEM, unit=UnitRow("ก2", {"parent": "ส1", "called_since": MARCH}))
    assert {period: set(units_reporting(plan, period).by_unit) for period in (1, 2, 3)} == {
        1: {"ก1"},
        2: {"ก1"},
        3: {"ก1", "ก2"},
    }


def test_the_same_day_corrects_and_the_old_name_takes_the_change_back(plan) -> None:
    renamed()
    corrected = unit_save(SYSTEM, unit=UnitRow("กฝ.", {"name": f"{NEW}และวิจัย", "called_since": MARCH}))
    assert [called.name for called in corrected.earlier] == [OLD]
    assert corrected.called_on(MARCH) is None
    moved = unit_save(SYSTEM, unit=UnitRow("กฝ.", {"called_since": MARCH + timedelta(days=3)}))
    assert [called.until for called in moved.earlier] == [MARCH + timedelta(days=2)]
    back = unit_save(SYSTEM, unit=UnitRow("กฝ.", {"name": OLD, "name_en": "Training"}))
    assert (back.earlier, back.called_since) == ((), None)


@pytest.mark.parametrize(
    ("day", "code"), [(TODAY + timedelta(days=1), "unit_change_ahead"), (date(2026, 1, 1), "unit_change_order")]
)
def test_a_day_that_has_not_come_or_is_before_the_last_change_is_refused(plan, day: date, code: str) -> None:
    renamed()
    before = Unit.objects.filter(code="กฝ.").values().get()
    with pytest.raises(ServiceError, match=code) as refused:
        renamed(name="กองอื่น", called_since=day)
    assert all("25" in refused.value.text(language) for language in ("th", "en")), (
        "the day is said in the Buddhist year"
    )
    assert Unit.objects.filter(code="กฝ.").values().get() == before


def test_no_unit_stands_below_itself_on_any_day(plan) -> None:
    unit_save(SYSTEM, unit=UnitRow("ก8", {"name": "แปด", "parent": "กฝ."}))
    unit_save(SYSTEM, unit=UnitRow("ก8", {"parent": "", "called_since": MARCH}))
    with pytest.raises(ServiceError, match="unit_tree_cycle"):
        unit_save(SYSTEM, unit=UnitRow("กฝ.", {"parent": "ก8"}))
    unit_save(SYSTEM, unit=UnitRow("กฝ.", {"parent": "ก8", "called_since": MARCH}))


def test_the_register_s_file_takes_changes_and_read_back_changes_nothing(plan) -> None:
    file = f"code,name,called_since\nกฝ.,{NEW},2026-03-16\nกม.,{Unit.objects.get(code='กม.').name},\n"
    rows, findings = read_register(file.encode())
    assert (findings, register_import(SYSTEM, units=rows).changed) == ((), 1)
    assert [called.name for called in Unit.objects.get(code="กฝ.").earlier] == [OLD]
    out = register_csv(Unit.objects.select_related("parent", "successor").prefetch_related("groups"))
    rows, findings = read_register(out.encode())
    assert not findings
    assert register_import(SYSTEM, units=rows).changed == 0


@given(st.lists(st.tuples(st.sampled_from("กขค"), st.none() | st.integers(-40, 0)), max_size=8))
def test_names_follow_each_other_without_a_gap_whatever_is_saved(steps: list[tuple[str, int | None]]) -> None:
    """What holds since a day begins on the day after what held before, and no two neighbours are alike but by hand."""
    unit, today = Unit(code="ก1", name="ก"), date.today()  # noqa: DTZ011 - days beside each other
    for name, days in steps:
        before = {"name": unit.name, "name_en": unit.name_en, "parent": None}
        day = None if days is None else today + timedelta(days=days - 1)
        unit.name = name
        try:
            called_from(unit, before, day)
        except ServiceError:
            unit.name = before["name"]
        ends = [called.until for called in unit.earlier]
        assert ends == sorted(set(ends))
        assert not ends or unit.called_since == ends[-1] + timedelta(days=1)
        assert all(unit.called_on(until).name == called.name for until, called in zip(ends, unit.earlier, strict=True))


def test_the_register_of_a_day_is_the_present_one_where_nothing_was_otherwise(plan) -> None:
    now = units_of_the_office()
    assert now.on(date(1990, 1, 1)) is now
    renamed()
    now = units_of_the_office()
    assert now.on(MARCH) is now
    before = now.on(MARCH - timedelta(days=1))
    assert before is now.on(date(1990, 1, 1))
    assert (before.units["กฝ."].name, now.units["กฝ."].name) == (OLD, NEW)
