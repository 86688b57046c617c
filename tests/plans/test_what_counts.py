"""Only what was sent counts: a typed figure is its unit's own until the report is sent (design §6, 3)."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone

from samrit.engine.model import Mark
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation import scoring
from samrit.plans.evaluation.what_counts import evidence_sent
from samrit.plans.models import Figure, LevelReached, MonthlyReport, Narrative, Sending
from samrit.plans.records.audit import audit
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.selectors.report.entry import report_entry
from samrit.plans.selectors.report.sending_content import is_as_sent, revision_of
from samrit.plans.services.plan.periods import period_close, period_unlock
from samrit.plans.services.plan.plans import plan_export, plan_import
from samrit.plans.services.report.evidence import evidence_add
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.levels import level_reach
from samrit.plans.services.report.narratives import narrative_save
from samrit.plans.services.report.reports import report_return, report_submit, report_take_back
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.plans.singly import report_accept, report_confirm


@pytest.fixture
def plan(register, clock):
    return plan_import(SYSTEM, package=small_plan(reported=((1, 10), (2, 10))), owner=register["กนผ."])


class Unit:
    """กฝ. in March: types, sends, takes back; its head and the division decide."""

    def __init__(self, plan, register, person) -> None:
        self.plan, self.unit = plan, register["กฝ."]
        self.reporter, self.head, self.planner = (
            person("reporter", unit="กฝ."),
            person("head", unit="กฝ."),
            person("planner"),
        )
        self.place = {"plan": plan, "unit": self.unit, "period": 3}

    def type(self, value: str, by=None, **more) -> Figure:
        row = Figure.objects.filter(plan=self.plan, period=3).first()
        cell = CellInput("P1.1", value, explanation="ตามจริง", expected_revision=row.revision if row else 0, **more)
        outcome = figures_save(by or self.reporter, **self.place, cells=[cell])
        if outcome.refused:
            raise outcome.refused[0].error
        return (*outcome.saved, *outcome.unchanged)[0]

    def words(self) -> None:
        words = {"result": "ผล", "cause": "เหตุ", "next_step": "ต่อไป"}
        narrative_save(self.reporter, project="P1", **self.place, **words)

    def send(self, by=None) -> MonthlyReport:
        return report_submit(by or self.reporter, **self.place)

    @property
    def counted(self):
        """What counts for March: everywhere the same."""
        read = [
            scoring.evaluate(self.plan, 12).plan,
            plan_export(self.plan).plan,
            scoring.counted_plan(self.plan, 12, standing="sent").plan,
        ]
        found = {e.actual for p in read for e in p.projects[0].indicators[0].entries if e.period == 3}
        assert len(found) == 1
        return found.pop()

    def shown_to(self, person):
        """What stands in March's cell on the report's own page."""
        return report_entry(person, **self.place).works[0].lines[0].cells[2].actual


@pytest.fixture
def unit(plan, register, person) -> Unit:
    return Unit(plan, register, person)


def test_what_is_typed_is_the_units_own_until_it_is_sent(unit, person) -> None:
    unit.type("77777")
    assert unit.counted is Mark.BLANK
    assert unit.shown_to(unit.reporter) == unit.shown_to(unit.head) == unit.shown_to(person("auditor")) == 77777
    assert unit.shown_to(unit.planner) is Mark.BLANK, "the division sees that it was begun, and no figure"
    unit.words()
    unit.send()
    assert unit.counted == unit.shown_to(unit.planner) == 77777


def test_taken_back_or_returned_goes_on_counting_as_it_was_sent_until_it_is_sent_anew(unit) -> None:
    unit.type("12")
    unit.send()
    report_take_back(unit.reporter, **unit.place)
    unit.type("13")
    assert (unit.counted, unit.shown_to(unit.reporter), unit.shown_to(unit.planner)) == (12, 13, 12)
    unit.send()
    report_return(unit.head, **unit.place, reason="ตรวจ")
    unit.type("14")
    assert unit.counted == 13
    unit.send()
    assert unit.counted == 14
    assert list(Sending.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert audit().faults == ()


def test_a_month_opened_again_counts_as_it_was_until_it_is_sent_again(unit) -> None:
    unit.type("12")
    unit.send()
    report_confirm(unit.head, **unit.place)
    report_accept(unit.planner, **unit.place)
    period_close(SYSTEM, plan=unit.plan, period=3)
    period_unlock(SYSTEM, plan=unit.plan, period=3, unit=unit.unit, reason="แก้ยอด", until=date(2026, 12, 31))
    unit.type("20")
    assert unit.counted == 12
    unit.send()
    assert unit.counted == 20


def test_what_the_division_types_for_a_unit_is_sent_by_it_and_says_so(unit) -> None:
    unit.type("15", by=unit.planner)
    assert unit.counted == 15
    sending = Sending.objects.get()
    assert (sending.by_division, sending.is_whole, sending.sent_by) == (True, False, unit.planner)
    assert MonthlyReport.objects.get().state == "draft", "the unit's own report is still to come"
    unit.send()
    assert not Sending.objects.get(number=2).by_division


def test_the_division_writes_over_nothing_that_it_does_not_see(unit) -> None:
    unit.type("77777")
    with pytest.raises(ServiceError, match="unit_is_typing"):
        unit.type("15", by=unit.planner)
    with pytest.raises(ServiceError, match="unit_is_typing"):
        unit.send(by=unit.planner)
    assert (Figure.objects.get().actual, unit.counted) == (77777, Mark.BLANK)


def test_words_and_evidence_count_with_the_report(unit) -> None:
    unit.words()
    row = evidence_add(unit.reporter, project="P1", name="a.pdf", stream=BytesIO(b"%PDF-1"), **unit.place)
    assert plan_export(unit.plan).plan.projects[0].narratives == ()
    assert row.pk not in evidence_sent(unit.plan, [row])
    assert report_entry(unit.planner, **unit.place).works[0].evidence == ()
    unit.type("10")
    unit.send()
    assert plan_export(unit.plan).plan.projects[0].narratives[0].cause == "เหตุ"
    assert row.pk in evidence_sent(unit.plan, [row])


def test_a_level_moved_to_another_month_counts_where_its_reports_say(register, clock, person) -> None:
    months = tuple((month, 10) for month in range(1, 13))
    plan = plan_import(SYSTEM, package=small_plan(levels=2, reported=months), owner=register["กนผ."])
    reporter, unit = person("reporter", unit="กฝ."), register["กฝ."]

    def counted():
        return scoring.evaluate(plan, 12).plan.projects[0].indicators[0].levels[0].reached_period

    def reach(day: date | None) -> None:
        seen = LevelReached.objects.filter(number=1).first()
        place = {"plan": plan, "unit": unit, "indicator": "P1.1", "number": 1}
        level_reach(reporter, **place, reached_on=day, expected_revision=seen.revision if seen else 0)

    reach(date(2026, 2, 3))
    assert counted() is None
    report_submit(reporter, plan=plan, unit=unit, period=2)
    assert counted() == 2
    report_take_back(reporter, plan=plan, unit=unit, period=2)
    reach(date(2026, 3, 3))
    assert counted() == 2
    report_submit(reporter, plan=plan, unit=unit, period=2)
    assert counted() is None, "February no longer says so, March not yet"
    report_submit(reporter, plan=plan, unit=unit, period=3)
    assert counted() == 3
    report_take_back(reporter, plan=plan, unit=unit, period=3)
    reach(None)
    assert counted() == 3
    report_submit(reporter, plan=plan, unit=unit, period=3)
    assert counted() is None


def test_who_confirms_or_accepts_decides_about_what_was_shown(unit) -> None:
    unit.type("12")
    seen = revision_of(unit.send())
    report_take_back(unit.reporter, **unit.place)
    unit.type("13")
    now = revision_of(unit.send())
    with pytest.raises(ServiceError, match="report_changed_since"):
        report_confirm(unit.head, **unit.place, shown=seen)
    report_confirm(unit.head, **unit.place, shown=now)
    with pytest.raises(ServiceError, match="report_changed_since"):
        report_accept(unit.planner, **unit.place, shown=seen)
    report_accept(unit.planner, **unit.place, shown=now)


def test_a_head_confirms_what_stood_there_of_a_report_that_came_back(unit) -> None:
    unit.type("12")
    unit.send()
    report_return(unit.planner, **unit.place, reason="ตรวจ", to="head")
    seen = revision_of(MonthlyReport.objects.get())
    unit.type("13")
    with pytest.raises(ServiceError, match="report_changed_since"):
        report_confirm(unit.head, **unit.place, shown=seen)
    report_confirm(unit.head, **unit.place, shown=revision_of(MonthlyReport.objects.get()))
    assert unit.counted == 13, "what the head corrected is sent by confirming it"


def test_late_is_the_first_sending_and_nothing_afterwards(unit, clock) -> None:
    unit.type("12")
    first = unit.send().first_sent_at
    report_take_back(unit.reporter, **unit.place)
    clock.set("2026-04-20")
    again = unit.send()
    assert (again.is_late, again.first_sent_at) == (False, first)
    assert again.submitted_at > first


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_what_counts_is_what_was_sent_last(unit, seed) -> None:
    lot = random.Random(seed)
    period_close(SYSTEM, plan=unit.plan, period=3)
    period_unlock(SYSTEM, plan=unit.plan, period=3, reason="ทดลอง", until=date(2026, 12, 31))
    unit.words()
    typed = sent = confirmed = accepted = Mark.BLANK
    moves = ("type", "send", "take_back", "confirm", "return", "accept", "division")
    for _ in range(25):
        move, value = lot.choice(moves), Decimal(lot.randint(1, 30))
        try:
            if move == "type":
                unit.type(str(value))
                typed = value
            elif move == "send":
                unit.send()
                sent = typed
            elif move == "take_back":
                report_take_back(unit.reporter, **unit.place)
            elif move == "confirm":
                report_confirm(unit.head, **unit.place)
                confirmed = sent
            elif move == "return":
                report_return(unit.planner, **unit.place, reason="ตรวจ")
            elif move == "accept":
                report_accept(unit.planner, **unit.place)
                accepted = confirmed
            else:
                unit.type(str(value), by=unit.planner)
                typed = sent = value
        except ServiceError:  # refused by the table of moves, or to the division while the unit types
            continue
        assert unit.counted == sent
    for standing, wanted in (("confirmed", confirmed), ("accepted", accepted)):
        entries = scoring.counted_plan(unit.plan, 12, standing=standing).plan.projects[0].indicators[0].entries
        assert next(e.actual for e in entries if e.period == 3) == wanted
    assert audit().faults == ()


def test_what_was_sent_before_a_column_was_known_stands_as_it_was_sent(unit) -> None:
    """A column that is younger than a sending changes nothing, and so nobody sends anything by confirming it."""
    unit.type("12")
    unit.words()
    report = unit.send()
    sending = report.sendings.get()
    for row in (row for rows in sending.content.values() for row in rows):
        for younger in ("lesson", "explanation"):
            if row.get(younger) == "":
                del row[younger]
    assert "lesson" not in sending.content["narratives"][0]
    sending.save()
    assert is_as_sent(report)
    Narrative.objects.update(lesson="เริ่มให้เร็ว")
    assert not is_as_sent(report)
    Narrative.objects.update(lesson="")
    Narrative.objects.create(
        plan=unit.plan, project="P2", unit_code=unit.unit.code, period=3, changed_at=timezone.now()
    )
    assert not is_as_sent(report)
