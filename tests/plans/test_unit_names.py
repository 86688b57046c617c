"""Names and parents of units change from a day on: earlier months keep the old, later months have the new (E.8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import OperationalError
from hypothesis import given
from hypothesis import strategies as st

from samrit.cli.office.starting import require_tables
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
from samrit.plans.services.office.renaming import called_from, is_due, turned
from samrit.plans.services.office.units import register_import, unit_save, units_turn
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.unit_forms import unit_form
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan

MARCH = date(2026, 3, 16)
TODAY = date(2026, 4, 10)
MAY, JUNE = date(2026, 5, 16), date(2026, 6, 1)
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
    ("given", "code"),
    [
        ({"called_since": TODAY + timedelta(days=1)}, "unit_change_waits"),
        ({"called_since": date(2026, 1, 1)}, "unit_change_order"),
    ],
)
def test_a_day_before_the_last_change_or_beside_another_to_come_is_refused(plan, given, code: str) -> None:
    renamed()
    renamed(name="กองที่สาม", called_since=MAY)
    before = Unit.objects.filter(code="กฝ.").values().get()
    with pytest.raises(ServiceError, match=code) as refused:
        renamed(**{"name": "กองอื่น", "name_en": "Other"} | given)
    assert all("25" in refused.value.text(language) for language in ("th", "en")), (
        "the day is said in the Buddhist year"
    )
    assert Unit.objects.filter(code="กฝ.").values().get() == before


def test_a_day_to_come_without_a_change_is_refused(plan) -> None:
    for row in (UnitRow("กฝ.", {"called_since": MAY}), UnitRow("ใหม่", {"name": "ใหม่", "called_since": MAY})):
        with pytest.raises(ServiceError, match="unit_change_ahead"):
            unit_save(SYSTEM, unit=row)
    assert not Unit.objects.filter(code="ใหม่").exists()


def test_a_change_to_come_holds_from_its_day_on_and_not_before(plan, person, clock) -> None:
    reporter = person("reporter", unit="กฝ.")
    ahead = renamed(called_since=MAY, parent="กม.")
    assert (ahead.name, ahead.parent and ahead.parent.code, ahead.called_since) == (OLD, "ส่วนกลาง", None)
    names = lambda: {period: unit_then(ahead, plan, period).name for period in (3, 4, 5)}  # noqa: E731 - three times
    assert names() == {3: OLD, 4: OLD, 5: NEW}
    assert units_of_the_office().units["กฝ."].name == OLD
    assert units_of_the_office().on(MAY).units["กฝ."].parent.code == "กม."
    assert {u.code: u.name for u in evaluate(plan, 4).plan.units}["กฝ."] != NEW
    assert {u.code: u.name for u in evaluate(plan, 5).plan.units}["กฝ."] == NEW
    clock.set((MAY - timedelta(days=1)).isoformat())
    assert units_turn(SYSTEM) == 0
    clock.set((MAY + timedelta(days=9)).isoformat())
    assert units_turn(SYSTEM) == 1
    assert units_turn(SYSTEM) == 0
    now = Unit.objects.get(code="กฝ.")
    assert (now.name, now.parent and now.parent.code, now.called_since, now.called_next) == (NEW, "กม.", MAY, {})
    assert names() == {3: OLD, 4: OLD, 5: NEW}
    assert {(due.period, due.unit.name) for due in due_for(reporter, plan, MAY)} >= {(3, OLD)}
    entry = HistoryEntry.objects.filter(action="unit.save", record="กฝ.").latest("sequence")
    assert (entry.new["name"], entry.reason, entry.actor) == (NEW, "คำสั่งที่ 1/2569", None)
    assert audit().is_clean


def test_a_change_to_come_is_added_to_moved_and_taken_back(plan, clock) -> None:
    renamed(called_since=MAY)
    for row, since, kept in (
        ({"parent": "กม.", "called_since": MAY}, MAY, {"name": NEW, "name_en": "Development", "parent": "กม."}),
        ({"called_since": JUNE}, JUNE, {"name": NEW, "name_en": "Development", "parent": "กม."}),
        ({"region": "เหนือ"}, JUNE, {"name": NEW, "name_en": "Development", "parent": "กม."}),
        ({"name": NEW}, JUNE, {"name_en": "Development", "parent": "กม."}),
    ):
        unit = unit_save(SYSTEM, unit=UnitRow("กฝ.", row))
        rest = {name: value for name, value in unit.called_next.items() if name not in ("since", "reason")}
        assert (unit.coming.since, rest, unit.coming.reason) == (since, kept, "คำสั่งที่ 1/2569")
    assert unit_save(SYSTEM, unit=UnitRow("กฝ.", {"called_next": None})).called_next == {}
    clock.set((JUNE + timedelta(days=1)).isoformat())
    assert units_turn(SYSTEM) == 0
    assert audit().is_clean


def test_what_is_saved_on_the_day_finds_the_change_in_force(plan, clock) -> None:
    renamed(called_since=MAY)
    clock.set(JUNE.isoformat())
    unit = unit_save(SYSTEM, unit=UnitRow("กฝ.", {"name": "กองที่สาม", "called_since": JUNE}))
    assert [(called.until, called.name) for called in unit.earlier] == [
        (MAY - timedelta(days=1), OLD), (JUNE - timedelta(days=1), NEW),
    ]  # fmt: skip


def test_the_first_page_of_the_day_lets_the_change_hold(plan, person, client, clock) -> None:
    renamed(called_since=MAY)
    client.force_login(person("administrator"))
    assert OLD in client.get("/units/").content.decode()
    clock.set(MAY.isoformat())
    client.force_login(person("administrator"))
    shown = client.get("/units/").content.decode()
    assert NEW in shown
    assert OLD not in shown


def test_the_first_command_of_the_day_lets_it_hold_and_a_database_that_takes_nothing_stops_none(
    plan, clock, monkeypatch
) -> None:
    """A copy or a check of a database that is full or read only is wanted most then."""
    renamed(called_since=MAY)
    clock.set(MAY.isoformat())

    def refused(_: object) -> None:
        raise OperationalError("disk is full")

    with monkeypatch.context() as full:
        full.setattr("samrit.plans.services.office.units.snapshot", refused)
        require_tables("en")
    assert Unit.objects.get(code="กฝ.").name == OLD
    require_tables("en")
    assert Unit.objects.get(code="กฝ.").name == NEW


def test_no_unit_will_stand_below_itself(plan) -> None:
    unit_save(SYSTEM, unit=UnitRow("ก8", {"name": "แปด", "parent": "กฝ."}))
    with pytest.raises(ServiceError, match="unit_tree_cycle"):
        unit_save(SYSTEM, unit=UnitRow("กฝ.", {"parent": "ก8", "called_since": MAY}))
    unit_save(SYSTEM, unit=UnitRow("กม.", {"parent": "กฝ.", "called_since": MAY}))
    with pytest.raises(ServiceError, match="unit_tree_cycle"):
        unit_save(SYSTEM, unit=UnitRow("กฝ.", {"parent": "กม."}))


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


def test_a_file_of_a_few_units_moves_them_on_a_day_to_come(plan) -> None:
    file = "code,name,parent,called_since\nกฝ.,กองใหม่,กม.,2026-05-16\n".encode()
    assert read_register(file)[0] == (), "กม. has no row of its own"
    rows, findings = read_register(file, known={"กม."})
    assert (findings, register_import(SYSTEM, units=rows).changed, register_import(SYSTEM, units=rows).changed) == (
        (),
        1,
        0,
    )
    unit = Unit.objects.get(code="กฝ.")
    assert (unit.name, unit.coming and (unit.coming.since, unit.coming.name, unit.coming.parent)) == (
        OLD,
        (MAY, "กองใหม่", "กม."),
    )
    out = register_csv(Unit.objects.select_related("parent", "successor").prefetch_related("groups"))
    assert register_import(SYSTEM, units=read_register(out.encode())[0]).changed == 0
    assert Unit.objects.get(code="กฝ.").called_next == unit.called_next


@given(st.lists(st.tuples(st.sampled_from("กขค"), st.none() | st.integers(-3, 3), st.integers(0, 2)), max_size=10))
def test_names_follow_each_other_without_a_gap_whatever_is_saved(steps: list[tuple[str, int | None, int]]) -> None:
    """What holds since a day begins on the day after what held before; the future has one change, and it comes."""
    unit, today = Unit(code="ก1", name="ก"), TODAY
    for name, days, later in steps:
        today += timedelta(days=later)
        if is_due(unit, today):
            coming = unit.coming
            turned(unit, {})
            assert (unit.name, unit.called_since, unit.coming) == (coming.name, coming.since, None)
        before, future = {"name": unit.name, "name_en": unit.name_en, "parent": None}, unit.coming
        day = None if days is None else today + timedelta(days=days)
        unit.name = name
        try:
            called_from(unit, before, day, units={}, today=today)
        except ServiceError:
            unit.name = before["name"]
            assert unit.coming == future
        if day is not None and day > today:
            assert unit.name == before["name"]
        ends = [called.until for called in unit.earlier]
        assert ends == sorted(set(ends))
        assert not ends or unit.called_since == ends[-1] + timedelta(days=1)
        assert all(unit.called_on(until).name == called.name for until, called in zip(ends, unit.earlier, strict=True))
        assert unit.coming is None or (unit.coming.since > today and unit.coming.name != unit.name)
        assert unit.called_on(today) is None


def test_the_register_of_a_day_is_the_present_one_where_nothing_was_otherwise(plan) -> None:
    now = units_of_the_office()
    assert now.on(date(1990, 1, 1)) is now
    renamed()
    now = units_of_the_office()
    assert now.on(MARCH) is now
    before = now.on(MARCH - timedelta(days=1))
    assert before is now.on(date(1990, 1, 1))
    assert (before.units["กฝ."].name, now.units["กฝ."].name) == (OLD, NEW)
