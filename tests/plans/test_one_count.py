"""One count everywhere: front page, control room, forms, my work, letters and the evaluation, over random states."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.model import Entry
from samrit.plans.errors import ServiceError
from samrit.plans.models import Plan, Unit
from samrit.plans.reporting.completeness import DutyCell, MonthStanding, matrix
from samrit.plans.reporting.days import due_on
from samrit.plans.reporting.gaps import GapKind
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.reporting.reminders import reminders_due, stage_of
from samrit.plans.selectors.control.closing import closing_of
from samrit.plans.selectors.control.control_room import control_room
from samrit.plans.selectors.control.reporting_units import SHOWN, Wish, sheet
from samrit.plans.selectors.report.forms_due import forms_due, units_owing
from samrit.plans.selectors.report.my_work import my_work
from samrit.plans.selectors.results.front import front
from samrit.plans.selectors.results.look import look
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.periods import period_unlock
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.reports import report_return, report_submit, report_take_back
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.plans.singly import report_accept, report_confirm

UNITS = ("กฝ.", "กม.", "สลก.")
MONTHS = range(1, 5)


@pytest.fixture
def plan(register, clock) -> Plan:
    package = small_plan(units=UNITS)
    project = package.plan.projects[0]
    entries = tuple(Entry(month, unit, planned=Decimal(5)) for unit in UNITS for month in range(1, 13))
    made = replace(project, indicators=(replace(project.indicators[0], entries=entries),))
    package = replace(package, plan=replace(package.plan, projects=(made,)))
    return plan_import(SYSTEM, package=package, owner=register["กนผ."])


def so_far(lot: random.Random, plan: Plan, unit: Unit, period: int, people) -> None:
    """Bring one unit's month to a state drawn at random, by what its people would do."""
    reporter, head, planner = people
    place = {"plan": plan, "unit": unit, "period": period}

    def type_() -> None:
        cells = [CellInput("P1.1", str(lot.randint(1, 20)), explanation="ตามจริง")]
        assert figures_save(reporter, **place, cells=cells).saved

    def send() -> None:
        report_submit(reporter, **place)

    way = [
        type_,
        send,
        lambda: report_confirm(head, **place),
        lambda: report_accept(planner, **place),
        lambda: report_return(planner, **place, reason="ตรวจ", to=lot.choice(("reporter", "head"))),
    ]
    steps = way[: lot.randint(0, 5)]
    if len(steps) == 2 and lot.random() < 0.5:
        steps.append(lambda: report_take_back(reporter, **place))
    for step in steps:
        step()


@pytest.mark.sample(2)
@pytest.mark.parametrize("seed", range(5))
def test_every_page_counts_reports_alike(plan, register, person, clock, seed) -> None:
    lot = random.Random(seed)
    units = {code: register[code] for code in UNITS}
    planner = person("planner")
    for code, unit in units.items():
        people = (person("reporter", unit=code), person("head", unit=code), planner)
        for period in MONTHS:
            clock.set(date(2026, period + 1, lot.randint(2, 9)))
            so_far(lot, plan, unit, period, people)
    clock.set("2026-05-04" if seed % 2 else "2026-05-12")
    compare(plan, units, person)
    before = {(c.unit, c.period): (c.standing, c.is_late) for c in cells_of(plan)}
    evaluation_close(planner, plan=plan, period=3, reason="ปิดตามกำหนด")
    after = {(c.unit, c.period): (c.standing, c.is_late) for c in cells_of(plan)}
    silent = {MonthStanding.AWAITED, MonthStanding.MISSING}
    for at, (standing, is_late) in before.items():
        assert after[at] == (standing, is_late) or (standing in silent and after[at][0] is MonthStanding.MISSING), (
            "closing heals nothing"
        )
    period_unlock(planner, plan=plan, period=2, unit=units["กม."], reason="แก้", until=date(2026, 6, 30))
    compare(plan, units, person)


def cells_of(plan: Plan) -> list[DutyCell]:
    return [cell for row in matrix(plan).rows for cell in row.cells]


def compare(plan: Plan, units: dict[str, Unit], person) -> None:
    """Hold every page that counts reports against the cells, and so against each other."""
    planner, cells = person("planner"), [c for c in cells_of(plan) if c.unit in units]
    assert {c.unit for c in cells} == set(units)
    room = control_room(planner, plan.code)
    today = room.today
    shown = matrix(plan)
    for period in MONTHS:
        now = [c for c in cells if c.period == period]
        owed = {c.unit for c in now if c.is_owed}
        silent = {c.unit for c in now if c.is_silent}
        late = {c.unit for c in now if c.is_late}
        assert {u.code for u in units_owing(plan, period)} == owed
        assert {u.code for u in forms_due(planner, plan=plan.code, period=period).chase.units} == owed
        assert {u.code for u in front(look(plan, month=period, today=today, with_previous=True)).silent} == silent
        for wish, wanted in (("open", owed), ("late", late), ("missing", {c.unit for c in now if c.is_missing})):
            found = sheet(shown, room.now, Wish(show=wish, period=period))
            assert {row.unit.code for row in found.rows} == wanted, wish
        assert {str(s) for s in MonthStanding} - {"nothing_due", "not_begun"} <= set(SHOWN)
        gaps = {
            kind: {g.unit for g in closing_of(plan, period).gaps if g.kind is kind and g.period == period}
            for kind in GapKind
        }
        assert (gaps[GapKind.MISSING], gaps[GapKind.LATE]) == (silent, late)
        counts = shown.counts(period)
        assert len(gaps[GapKind.RETURNED]) == counts[MonthStanding.RETURNED]
        assert len(gaps[GapKind.CORRECTING]) == counts[MonthStanding.CORRECTING]
        assert len(gaps[GapKind.UNCONFIRMED]) == counts[MonthStanding.SUBMITTED]
        assert len(gaps[GapKind.UNACCEPTED]) == counts[MonthStanding.CONFIRMED]
    for month in room.months:
        assert month.late == sum(c.is_late for c in cells if c.period == month.period)
        assert sum(part.count for part in month.parts) == month.owed == len(units)
    reminded = {(r.unit.code, r.period) for r in reminders_due(plan, today)}
    now = {p for p in (room.now - 1, room.now) if stage_of(due_on(plan, p), today) is not None}
    assert reminded == {(c.unit, c.period) for c in cells if c.is_owed and c.period in now}
    for code in units:
        mine = my_work(person("reporter", unit=code))
        own = [c for c in cells if c.unit == code and c.is_owed]
        tasks = [*mine.returned, *mine.now, *(t for late_of in mine.late for t in late_of.tasks)]
        assert {t.due.period for t in tasks} == {c.period for c in own}
        assert mine.late_count == sum(c.is_missing for c in own)


def test_a_month_that_came_with_the_plan_is_owed_by_nobody_until_a_unit_reports_it_here(
    register, clock, person
) -> None:
    clock.set("2026-03-20")
    reported = ((1, 10), (2, 10))
    plan = plan_import(SYSTEM, package=small_plan(reported=reported), owner=register["กนผ."])
    cells = {c.period: c for c in cells_of(plan)}
    assert (cells[1].standing, cells[1].is_owed, cells[1].is_reported) == (MonthStanding.CAME, False, True)
    report_submit(person("reporter", unit="กฝ."), plan=plan, unit=register["กฝ."], period=2)
    cells = {c.period: c for c in cells_of(plan)}
    assert [cells[p].standing for p in (1, 2)] == [MonthStanding.CAME, MonthStanding.SUBMITTED]


def test_a_refused_move_changes_no_count(plan, register, person, clock) -> None:
    clock.set("2026-05-12")
    before = cells_of(plan)
    with pytest.raises(ServiceError):
        report_confirm(person("head", unit="กฝ."), plan=plan, unit=register["กฝ."], period=3)
    assert cells_of(plan) == before
