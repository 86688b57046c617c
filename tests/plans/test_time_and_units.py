"""Days and units: holidays of the year before, the time of reminding, due days that move, who acts in whose place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from samrit.plans.errors import ServiceError
from samrit.plans.models import CalendarKey, DueMove, HistoryEntry, MonthlyReport, Unit
from samrit.plans.records.audit import audit
from samrit.plans.reporting.completeness import matrix
from samrit.plans.reporting.days import due_days, due_on
from samrit.plans.reporting.register import register as units_of_the_office
from samrit.plans.reporting.register_file import UnitRow
from samrit.plans.reporting.reminders import ReminderStage, reminders_due
from samrit.plans.rights import may
from samrit.plans.selectors.report.deadlines import deadlines_of
from samrit.plans.selectors.report.due_reports import due_for
from samrit.plans.selectors.report.entry import report_entry
from samrit.plans.services.office.calendars import calendar_key_end, calendar_key_make, person_of_key
from samrit.plans.services.office.people import role_give
from samrit.plans.services.office.units import unit_save
from samrit.plans.services.plan.due_days import due_move, due_move_end
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_as_planned
from samrit.plans.services.report.narratives import narrative_save
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.plans.singly import report_confirm

ON_THE_7TH = date(2026, 4, 7)  # the 5th is a Sunday and the 6th a holiday
LATER = date(2026, 4, 20)


@pytest.fixture
def plan(register, clock):
    unit_save(SYSTEM, unit=UnitRow("กฝ.", {"region": "ภาคใต้"}))
    return plan_import(SYSTEM, package=small_plan(units=("กฝ.", "กม.")), owner=register["กนผ."])


def test_a_fiscal_plan_knows_the_holidays_of_the_calendar_year_before(register, clock) -> None:
    package = small_plan(code="fiscal-2569")
    fiscal = replace(package, plan=replace(package.plan, calendar="fiscal"))
    days = due_days(plan_import(SYSTEM, package=fiscal, owner=register["กนผ."]))
    assert days[2] == date(2025, 12, 8), "5 December 2568 is a Friday and a holiday: November is due on Monday"


@pytest.mark.parametrize(
    ("today", "months"),
    [("2026-04-30", {3}), ("2026-05-01", set()), ("2026-05-31", {4}), ("2026-03-31", {2}), ("2027-01-31", {12})],
)
def test_a_month_is_reminded_of_in_the_whole_month_after_it(plan, person, today: str, months: set[int]) -> None:
    person("planner")
    asked = {r.period for r in reminders_due(plan, date.fromisoformat(today)) if r.stage is ReminderStage.DIVISION}
    assert asked == months


def test_a_month_long_past_is_reminded_of_no_more(plan, person) -> None:
    person("planner")
    assert not list(reminders_due(plan, date(2027, 3, 10)))


def test_a_due_day_moves_for_a_region_and_lateness_follows(plan, register, person, clock) -> None:
    reporter, planner = person("reporter", unit="กฝ."), person("planner")
    clock.set("2026-04-10")
    mine = {"plan": plan, "unit": Unit.objects.get(code="กฝ."), "period": 3}
    figures_as_planned(reporter, **mine)
    narrative_save(reporter, project="P1", **mine, result="ผล", cause="เหตุ", next_step="ต่อไป")
    assert report_submit(reporter, **mine).is_late
    move = due_move(planner, plan=plan, period=3, due_on=LATER, region="ภาคใต้", reason="อุทกภัย")
    assert not MonthlyReport.objects.get().is_late
    assert (due_on(plan, 3), due_on(plan, 3, "ภาคใต้"), due_on(plan, 4, "ภาคใต้").month) == (ON_THE_7TH, LATER, 5)
    assert report_entry(reporter, **mine).due_on == LATER
    due_move_end(planner, move=move, reason="ผิดพลาด")
    assert MonthlyReport.objects.get().is_late
    assert due_on(plan, 3, "ภาคใต้") == ON_THE_7TH
    assert audit().is_clean
    said = list(HistoryEntry.objects.filter(action="report.due_moved").values_list("reason", flat=True))
    assert sorted(said) == sorted(["อุทกภัย", "ผิดพลาด"])


def test_a_unit_is_missing_by_its_own_day(plan, person, clock) -> None:
    clock.set("2026-04-10")
    late = lambda: {r.unit.code for r in matrix(plan).rows for c in r.cells if c.period == 3 and c.is_missing}  # noqa: E731
    assert late() == {"กฝ."}
    due_move(person("planner"), plan=plan, period=3, due_on=LATER, reason="อุทกภัย")
    assert late() == set()
    due_move(person("planner"), plan=plan, period=3, due_on=date(2026, 4, 8), region="ภาคใต้", reason="น้ำลดแล้ว")
    assert late() == {"กฝ."}, "a region's own day goes before that of all"
    reporter = person("reporter", unit="กฝ.")
    assert {r.due_on for r in reminders_due(plan, date(2026, 4, 8)) if r.person == reporter and r.period == 3} == {
        date(2026, 4, 8)
    }


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"due_on": None}, {"due_day_wrong"}),
        ({"due_on": date(2026, 3, 31)}, {"due_day_wrong"}),
        ({"due_on": date(2028, 1, 1)}, {"due_day_wrong"}),
        ({"period": 0, "region": "ภาคไม่มี", "reason": " "}, {"period_unknown", "region_unknown", "reason_missing"}),
    ],
)
def test_a_move_that_makes_no_sense_is_refused_with_all_its_faults(plan, person, change, codes) -> None:
    given = {"period": 3, "due_on": LATER, "reason": "อุทกภัย"} | change
    with pytest.raises(ServiceError) as refused:
        due_move(person("planner"), plan=plan, **given)
    assert {error.code for error in refused.value.all} == codes
    with pytest.raises(ServiceError, match="not_allowed"):
        due_move(person("reporter", unit="กฝ."), plan=plan, period=3, due_on=LATER, reason="อุทกภัย")
    assert not DueMove.objects.exists()


def test_who_acts_for_a_head_has_the_rights_for_a_time_and_the_history_says_so(plan, person, clock, register) -> None:
    reporter, deputy = person("reporter", unit="กฝ."), person("reporter", unit="กม.")
    unit = Unit.objects.get(code="กฝ.")
    with pytest.raises(ServiceError, match="acting_without_end"):
        role_give(SYSTEM, person=deputy, role="head", unit=unit, is_acting=True)
    for wrong in ({"role": "planner"}, {"role": "auditor"}):
        with pytest.raises(ServiceError, match="acting_without_end"):
            role_give(SYSTEM, person=deputy, is_acting=True, valid_to=date(2026, 4, 30), **wrong)
    role_give(SYSTEM, person=deputy, role="head", unit=unit, is_acting=True, valid_to=date(2026, 4, 30))
    mine = {"plan": plan, "unit": unit, "period": 3}
    figures_as_planned(reporter, **mine)
    narrative_save(reporter, project="P1", **mine, result="ผล", cause="เหตุ", next_step="ต่อไป")
    report_submit(reporter, **mine)
    report_confirm(deputy, **mine)
    entry = HistoryEntry.objects.get(action="report.confirm")
    assert entry.by == f"{deputy} (รักษาราชการแทน)"
    assert HistoryEntry.objects.filter(action="report.submit").get().by == str(reporter)
    clock.set("2026-05-02")
    deputy = type(deputy).objects.get(pk=deputy.pk)
    with pytest.raises(ServiceError, match="not_allowed"):
        report_confirm(deputy, **(mine | {"period": 4}))
    assert audit().is_clean


def test_everything_that_an_acting_reporter_does_says_so_and_nothing_done_for_ones_own_unit(
    plan, person, clock
) -> None:
    deputy = person("reporter", unit="กม.")  # who reports for a unit of their own besides
    unit, own = Unit.objects.get(code="กฝ."), Unit.objects.get(code="กม.")
    role_give(SYSTEM, person=deputy, role="reporter", unit=unit, is_acting=True, valid_to=date(2026, 4, 30))
    other = plan_import(SYSTEM, package=small_plan(code="own-2569", units=("กม.",)))
    for place, said, revision in ((unit, "(รักษาราชการแทน)", 0), (own, "", 0), (unit, "(รักษาราชการแทน)", 1)):
        before = HistoryEntry.objects.latest("sequence").sequence
        mine = {"plan": other if place == own else plan, "unit": place, "period": 3 if said else 2}
        figures_as_planned(deputy, **mine)
        narrative_save(deputy, project="P1", **mine, result=f"ผล {before}", expected_revision=revision)
        new = HistoryEntry.objects.filter(sequence__gt=before)
        assert new
        assert {entry.by for entry in new} == {f"{deputy} {said}".strip()}
    with override("en"):
        assert HistoryEntry.objects.filter(actor=deputy).first().by == f"{deputy} (acting)"


def test_a_role_for_one_plan_lends_no_unit_to_another_plan(plan, person, register) -> None:
    other = plan_import(SYSTEM, package=small_plan(code="other-2569"))
    both = person("reporter", unit="กม.", plan=plan)
    role_give(SYSTEM, person=both, role="reporter", unit=register["กฝ."], plan=other)
    both = type(both).objects.get(pk=both.pk)
    allowed = {
        (p.code, code): may(both, "figure.edit", plan=p, unit=register[code])
        for p in (plan, other)
        for code in ("กม.", "กฝ.")
    }
    assert [at for at, may_edit in allowed.items() if may_edit] == [(plan.code, "กม."), (other.code, "กฝ.")]
    for asked in (lambda own: due_for(both, own, LATER), lambda own: deadlines_of(both, own)):
        assert (bool(asked(plan)), bool(asked(other))) == (False, True), "in the first its lead unit reports"


def test_a_region_finds_the_units_of_groups(register) -> None:
    found = units_of_the_office()
    group = next(u for u in found.units.values() if u.is_group and len(found.reporting(u.code)) > 1)
    regions = {found.units[code].region for code in found.reporting(group.code)} - {""}
    assert regions
    assert set(found.regions[group.code]) >= regions
    unit = next(u for u in found.units.values() if u.region and u.type == "province")
    assert found.regions[unit.code] == (unit.region,)


def test_a_calendars_address_is_secret_made_anew_and_taken_away(person, register) -> None:
    reporter = person("reporter", unit="กฝ.")
    first = calendar_key_make(reporter)
    second = calendar_key_make(reporter)
    assert (person_of_key(first), person_of_key(second), person_of_key("")) == (None, reporter, None)
    assert second not in str(list(HistoryEntry.objects.values_list("new", flat=True)))
    assert CalendarKey.objects.get().key_hash != second
    type(reporter).objects.update(is_active=False)
    assert person_of_key(second) is None
    type(reporter).objects.update(is_active=True)
    calendar_key_end(reporter, person=reporter)
    assert person_of_key(second) is None
