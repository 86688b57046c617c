"""A plan that reports by quarters: what is asked, when, under which name, and what it is compared with (SP2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.model import Rhythm
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.reading import _speech, draft_speech
from samrit.plans.models import Figure, Plan, Unit
from samrit.plans.reporting.action_reminders import actions_due, message_of_actions
from samrit.plans.reporting.completeness import MonthStanding, scene_of
from samrit.plans.reporting.days import due_days
from samrit.plans.reporting.duties import units_reporting
from samrit.plans.reporting.reminders import letters_of, message_of, reminders_due
from samrit.plans.selectors.report.due_reports import due_for
from samrit.plans.selectors.report.entry import report_entry
from samrit.plans.selectors.results.look import look
from samrit.plans.services.draft.opening import draft_amend
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.plan.year_records import year_record_add
from samrit.plans.services.report.figures import figures_as_planned
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import People, small_plan


@pytest.fixture
def plan(register: dict[str, Unit], clock: object) -> Plan:
    """A plan of two indicators that reports by quarters, until the 20th; the second one once a half-year."""
    package = small_plan(indicators=2)
    (project,) = package.plan.projects
    first, second = project.indicators
    project = replace(project, indicators=(first, replace(second, rhythm=Rhythm.HALF_YEARLY)))
    quarterly = replace(package.plan, rhythm=Rhythm.QUARTERLY, due_day=20, projects=(project,))
    return plan_import(SYSTEM, package=replace(package, plan=quarterly), owner=register["กนผ."])


def test_only_what_ends_in_a_month_is_asked_for(plan: Plan) -> None:
    asked = {
        period: [d.indicator.id for d in units_reporting(plan, period).by_unit["กฝ."] if d.is_due(period)]
        for period in range(1, 13)
    }
    both = ["P1.1", "P1.2"]
    assert asked == {period: [] for period in range(1, 13)} | {3: ["P1.1"], 6: both, 9: ["P1.1"], 12: both}


def test_no_month_between_is_awaited_or_missing(plan: Plan) -> None:
    scene = scene_of(plan, date(2026, 6, 10))
    standings = [scene.cell("กฝ.", period).standing for period in range(1, 8)]
    nothing = MonthStanding.NOTHING_DUE
    assert standings == [
        nothing,
        nothing,
        MonthStanding.MISSING,
        nothing,
        nothing,
        MonthStanding.AWAITED,
        MonthStanding.NOT_BEGUN,
    ]


def test_the_due_day_is_the_plans(plan: Plan) -> None:
    assert due_days(plan)[3] == date(2026, 4, 20)


def test_my_tasks_and_letters_name_the_quarter(plan: Plan, person: People) -> None:
    reporter = person("reporter", unit="กฝ.")
    assert [report.period for report in due_for(reporter, plan, date(2026, 4, 3))] == [3]
    (letter,) = letters_of(reminders_due(plan, date(2026, 4, 17)))
    subject, text = message_of(letter)
    assert "มกราคม – มีนาคม 2569" in subject
    assert "20 เมษายน 2569" in text


def test_a_draft_of_it_speaks_so_whatever_is_typed(plan: Plan) -> None:
    """A rhythm that is none is a fault of its cell, and keeps no page of the draft from being shown."""
    draft = draft_amend(SYSTEM, plan=plan, effective_period=6)
    assert draft_speech(draft).months == 3
    (number,) = standing(draft)["plan"]
    wrong = replace(standing(draft)["plan"][number], cells={"rhythm": "weekly"})
    assert _speech({**standing(draft), "plan": {number: wrong}}).months == 1


def test_a_letter_speaks_as_the_plan_does(register: dict[str, Unit], clock: object, person: People) -> None:
    """A plan in English and the Common Era only: no word of the other era, whoever reads it."""
    package = small_plan(code="ce-2026")
    spoken = replace(package.plan, era="ce", language="en", title_en="Plan 2026", planner_name_en="MEL team")
    found = plan_import(SYSTEM, package=replace(package, plan=spoken))
    person("reporter", unit="กฝ.")
    (letter,) = letters_of(r for r in reminders_due(found, date(2026, 4, 6)) if r.period == 3)
    subject, text = message_of(letter)
    assert "March 2026" in subject
    assert "2569" not in text + subject
    assert "B.E." not in text + subject
    assert spoken.speech.says("Ask the planning division.", "en") == "Ask the MEL team."
    agreed = {"happened_on": "1/4/2026", "words": "Buy", "owner": "กฝ.", "due_on": "20/4/2026", "state": "open"}
    year_record_add(SYSTEM, plan=found, kind="actions", project="P1", given=agreed)
    (letter,) = letters_of(actions_due(found, date(2026, 4, 16)))
    subject, text = message_of_actions(letter)
    assert subject == "Agreed actions soon due: 1"
    assert "due 20 April 2026" in text


def test_a_report_with_a_long_time_is_reminded_of_until_its_day(plan: Plan, person: People) -> None:
    package = small_plan(code="yearly-2569")
    yearly = replace(package.plan, rhythm=Rhythm.YEARLY, due_day=60)
    found = plan_import(SYSTEM, package=replace(package, plan=yearly))
    person("reporter", unit="กฝ.")
    assert due_days(found)[12] == date(2027, 3, 1)
    assert [r.period for r in reminders_due(found, date(2027, 3, 1))] == [12]


def test_only_a_month_that_asks_for_something_is_late(plan: Plan, person: People) -> None:
    reporter, unit = person("reporter", unit="กฝ."), Unit.objects.get(code="กฝ.")
    reports = [report_entry(reporter, plan, unit, period, today=date(2026, 12, 1)) for period in range(1, 11)]
    assert [(r.period, r.is_late) for r in reports if r.asked or r.is_late] == [(3, True), (6, True), (9, True)]


def test_as_planned_is_the_plan_of_the_quarter(plan: Plan, person: People) -> None:
    reporter, unit = person("reporter", unit="กฝ."), Unit.objects.get(code="กฝ.")
    line = report_entry(reporter, plan, unit, 3).lines[0]
    assert (line.now.planned, [cell.planned for cell in line.cells[:2]]) == (Decimal(30), [Decimal(10)] * 2)
    figures_as_planned(reporter, plan=plan, unit=unit, period=3)
    assert [(f.indicator, f.actual) for f in Figure.objects.filter(plan=plan)] == [("P1.1", Decimal(30))]
    assert report_entry(reporter, plan, unit, 3).lines[0].now.actual == Decimal(30)
    assert report_entry(reporter, plan, unit, 3).lines[0].result.percent == Decimal(100)


def test_as_planned_writes_over_no_result_that_came_with_the_plan(register: dict[str, Unit], clock: object) -> None:
    """The quarter's plan is of three months, its result stands in the last of them."""
    package = small_plan(code="came-2569", reported=((3, 28),))
    quarterly = replace(package.plan, rhythm=Rhythm.QUARTERLY)
    found = plan_import(SYSTEM, package=replace(package, plan=quarterly), owner=register["กนผ."])
    assert figures_as_planned(SYSTEM, plan=found, unit=register["กฝ."], period=3).saved == ()
    assert not Figure.objects.filter(plan=found).exists()


@pytest.mark.parametrize(("today", "period"), [("2026-02-10", 3), ("2026-04-20", 3), ("2026-07-21", 6)])
def test_the_latest_evaluation_is_of_a_quarter(plan: Plan, today: str, period: int) -> None:
    assert look(plan, month=None, today=date.fromisoformat(today)).as_of == period


@pytest.mark.parametrize(("today", "period"), [("2026-04-15", 2), ("2026-04-21", 3)])
def test_a_month_is_the_latest_once_the_rules_own_day_is_past(
    register: dict[str, Unit], clock: object, today: str, period: int
) -> None:
    """The plan names no day, its rules do: what is not due yet is not shown as what was reported (R152)."""
    package = small_plan(code="rules-2569")
    rules = (replace(package.rulesets[0], report_due_day=20),)
    found = plan_import(SYSTEM, package=replace(package, rulesets=rules), owner=register["กนผ."])
    assert look(found, month=None, today=date.fromisoformat(today)).as_of == period


def test_it_is_compared_with_the_quarter_before(plan: Plan) -> None:
    seen = look(plan, month=6, today=date(2026, 8, 1), with_previous=True)
    assert seen.previous is not None
    assert seen.previous.as_of == 3
