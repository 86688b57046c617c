"""Separate hands: who sent does not confirm, who confirmed does not accept, nobody gives themselves a role (R325)."""

from __future__ import annotations

from datetime import date

import pytest

from samrit.plans.errors import ServiceError
from samrit.plans.models import Figure, HistoryEntry, MonthlyReport, Person, RoleAssignment, Waiver
from samrit.plans.records.audit import audit
from samrit.plans.reporting.gaps import Gap, GapKind, from_data
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.reporting.separation import waivers_of
from samrit.plans.selectors.report.confirmation import acceptance, confirmation
from samrit.plans.selectors.report.entry import report_entry
from samrit.plans.services.office.people import person_switch, role_give, role_take
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.plan.separation import waiver_end, waiver_give
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.reports import report_return, report_submit
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.plans.singly import report_accept, report_confirm


@pytest.fixture
def place(register, clock):
    plan = plan_import(SYSTEM, package=small_plan(reported=((1, 10), (2, 10), (3, 10))), owner=register["กนผ."])
    return {"plan": plan, "unit": register["กฝ."], "period": 3}


@pytest.fixture
def several(person, register):
    """One person who reports for, heads and plans for กฝ.; others who do one of it."""
    one = person("reporter", unit="กฝ.")
    for role, unit in (("head", register["กฝ."]), ("planner", None)):
        role_give(SYSTEM, person=one, role=role, unit=unit)
    return one


@pytest.fixture
def another(person, register):
    """Somebody else who reports for and heads กฝ."""
    one = person("executive")
    for role in ("reporter", "head"):
        role_give(SYSTEM, person=one, role=role, unit=register["กฝ."])
    return one


def refused(act) -> str:
    """The code with which something is refused; nothing is written."""
    before = HistoryEntry.objects.count()
    with pytest.raises(ServiceError) as error:
        act()
    assert HistoryEntry.objects.count() == before
    assert "{" not in error.value.text("th") + error.value.text("en")
    return error.value.code


def test_who_sent_does_not_confirm_and_who_confirmed_does_not_accept(place, several, person) -> None:
    report_submit(several, **place)
    assert not confirmation(several).waiting[0].is_decidable
    assert refused(lambda: report_confirm(several, **place)) == "sent_by_yourself"
    head = person("head", unit="กฝ.")
    assert confirmation(head).waiting[0].is_decidable
    report_confirm(head, **place)
    role_give(SYSTEM, person=head, role="planner")
    assert refused(lambda: report_accept(head, **place)) == "confirmed_by_yourself"
    assert [(r.is_own, r.is_decidable) for r in acceptance(head, place["plan"].code).rows] == [(True, False)]
    accepted = report_accept(several, **place)  # whoever sent it may accept what another head has confirmed
    assert (accepted.confirmed_by, accepted.accepted_by, accepted.waived) == (head, several, "")
    assert audit().faults == ()


def test_a_head_who_corrects_a_report_that_came_back_lets_another_confirm_it(place, person, another) -> None:
    reporter, head = person("reporter", unit="กฝ."), person("head", unit="กฝ.")
    report_submit(reporter, **place)
    report_return(person("planner"), **place, reason="ตรวจ", to="head")
    assert confirmation(head).waiting[0].is_decidable
    cell = CellInput("P1.1", "12", explanation="ตามจริง")
    assert figures_save(head, **place, cells=[cell]).saved
    assert refused(lambda: report_confirm(head, **place)) == "sent_by_yourself"
    assert not confirmation(head).waiting[0].is_decidable
    assert report_confirm(another, **place).state == "confirmed"
    assert Figure.objects.get().changed_by == head


def test_a_waiver_has_a_reason_and_a_day_and_stands_wherever_the_report_is(place, several, person, clock) -> None:
    plan, unit = place["plan"], place["unit"]
    until = date(2026, 12, 31)
    report_submit(several, **place)
    planner = person("planner")
    terms = {"plan": plan, "unit": unit}
    assert refused(lambda: waiver_give(several, **terms, reason="มีคนเดียว", until=until)) == "waiver_for_self"
    assert refused(lambda: waiver_give(planner, **terms, reason=" ", until=until)) == "reason_missing"
    for day in (date(2026, 1, 1), date(2028, 1, 1)):
        assert refused(lambda: waiver_give(planner, **terms, reason="มีคนเดียว", until=day)) == "waiver_day_wrong"  # noqa: B023
    head = person("head", unit="กฝ.")
    assert refused(lambda: waiver_give(head, **terms, reason="ก", until=until)) == "not_allowed"
    waiver_give(planner, **terms, reason="มีเจ้าหน้าที่คนเดียว", until=until)
    assert report_entry(several, **place).waiver.reason == "มีเจ้าหน้าที่คนเดียว"
    assert confirmation(several).waiting[0].is_decidable
    report_confirm(several, **place)
    assert acceptance(several, plan.code).rows[0].is_decidable
    report_accept(several, **place)
    report = MonthlyReport.objects.get()
    assert (report.confirmed_by, report.accepted_by, report.waived) == (several, several, "มีเจ้าหน้าที่คนเดียว")
    decided = HistoryEntry.objects.filter(action__in=("report.confirm", "report.accept"))
    assert set(decided.values_list("reason", flat=True)) == {"มีเจ้าหน้าที่คนเดียว"}
    kept = evaluation_close(SYSTEM, plan=plan, period=3)
    assert Gap(GapKind.WAIVED, 3, "กฝ.") in from_data(kept.gaps)
    assert audit().faults == ()


def test_a_waiver_ends_on_its_day_or_before_and_then_hands_are_kept_apart_again(place, several, person, clock) -> None:
    planner = person("planner")
    given = waiver_give(planner, plan=place["plan"], unit=place["unit"], reason="มีคนเดียว", until=date(2026, 4, 30))
    report_submit(several, **place)
    clock.set("2026-05-01")
    assert waivers_of(place["plan"]) == {}
    assert refused(lambda: report_confirm(several, **place)) == "sent_by_yourself"
    clock.set("2026-04-30")
    waiver_end(planner, waiver=given, reason="มีหัวหน้าใหม่")
    assert refused(lambda: report_confirm(several, **place)) == "sent_by_yourself"
    assert Waiver.objects.get().until == date(2026, 4, 29)


def test_what_was_sent_anew_is_not_marked_by_the_waiver_of_before(place, several, person, another) -> None:
    waiver_give(person("planner"), plan=place["plan"], unit=place["unit"], reason="มีคนเดียว", until=date(2026, 12, 31))
    report_submit(several, **place)
    report_confirm(several, **place)
    report_return(person("planner"), **place, reason="ตรวจ")
    assert report_submit(another, **place).waived == ""
    assert report_confirm(several, **place).waived == ""


def test_nobody_gives_themselves_a_role(person, register) -> None:
    administrator = person("administrator")
    for role, unit in (("planner", None), ("head", register["กฝ."]), ("administrator", None)):
        assert refused(lambda: role_give(administrator, person=administrator, role=role, unit=unit)) == "role_for_self"  # noqa: B023
    assert role_give(administrator, person=person("auditor"), role="planner").role == "planner"


def test_the_last_administrator_stays(person, clock) -> None:
    one = person("administrator")

    def held() -> RoleAssignment:
        return RoleAssignment.objects.get(person=one)

    ends = {"person": one, "role": "administrator", "valid_to": date(2027, 1, 1)}
    for act in (
        lambda: role_take(one, assignment=held()),
        lambda: role_take(SYSTEM, assignment=held()),
        lambda: person_switch(SYSTEM, person=Person.objects.get(pk=one.pk), active=False),
        lambda: role_give(SYSTEM, **ends),
    ):
        assert refused(act) == "last_administrator"
    for_a_time = role_give(SYSTEM, person=person("auditor"), role="administrator", valid_to=date(2026, 12, 31))
    assert refused(lambda: role_take(one, assignment=held())) == "last_administrator", "the other one's day comes"
    role_give(SYSTEM, person=for_a_time.person, role="administrator")
    role_take(one, assignment=held())
    assert not RoleAssignment.objects.filter(person=one).exists()
