"""Reminders: at the right step, to the right people, once; and due days as a calendar feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core import mail

from samrit.plans.models import HistoryEntry, ReminderSent
from samrit.plans.reporting.reminders import ReminderStage, reminders_due, stage_of
from samrit.plans.selectors.report.deadlines import Deadline, calendar_feed, deadlines_of
from samrit.plans.services.office.reminding import Reminding, reminders_send
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.plan.year_records import year_record_add, year_record_revise
from samrit.plans.services.report.figures import figures_as_planned
from samrit.plans.services.report.narratives import narrative_save
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan

# The report of March 2569 is due on 7 April 2026: the 5th is a Sunday and the 6th a holiday.
DUE = date(2026, 4, 7)


@pytest.fixture
def plan(register, clock):
    return plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        ("2026-04-01", None),
        ("2026-04-02", ReminderStage.BEFORE),
        ("2026-04-06", ReminderStage.BEFORE),
        ("2026-04-07", ReminderStage.ON_DAY),
        ("2026-04-08", ReminderStage.AFTER),
        ("2026-04-09", ReminderStage.HEAD),
        ("2026-04-11", ReminderStage.HEAD),
        ("2026-04-12", ReminderStage.DIVISION),
    ],
)
def test_the_step_of_a_day(today: str, stage: ReminderStage | None) -> None:
    assert stage_of(DUE, date.fromisoformat(today)) is stage


def test_each_step_goes_to_its_own_people(plan, person) -> None:
    reporter, head, planner = person("reporter", unit="กฝ."), person("head", unit="กฝ."), person("planner")
    for day, expected in ((3, reporter), (7, reporter), (8, reporter), (9, head), (13, planner)):
        asked = {r.person for r in reminders_due(plan, date(2026, 4, day)) if r.period == 3}
        assert asked == {expected}, day


def test_a_reminder_says_what_by_when_and_where(plan, person) -> None:
    person("reporter", unit="กฝ.")
    reminders_send(plan, today=date(2026, 4, 7))
    (message,) = mail.outbox
    assert "มีนาคม 2569" in message.subject
    assert "7 เมษายน 2569" in message.body
    assert "http://localhost:8000/" in message.body


def test_it_is_sent_once_however_often_the_job_runs(plan, person) -> None:
    person("reporter", unit="กฝ.")
    assert len(reminders_send(plan, today=date(2026, 4, 7)).sent) == 1
    again = reminders_send(plan, today=date(2026, 4, 7))
    assert (len(again.sent), again.known) == (0, 1)
    assert len(mail.outbox) == 1
    assert HistoryEntry.objects.filter(action="reminder.send").count() == 1


def test_a_division_gets_one_message_about_all_its_late_units(register, person, clock) -> None:
    made = small_plan(units=("กฝ.", "กค."))
    (work,) = made.plan.projects
    lines = tuple(replace(line, id=f"P2.{line.number}") for line in work.indicators)
    other = replace(work, id="P2", number=2, responsible_units=("กค.",), indicators=lines)
    package = replace(made, plan=replace(made.plan, projects=(work, other)))
    plan = plan_import(SYSTEM, package=package, owner=register["กนผ."])
    person("planner")
    late = reminders_send(plan, today=date(2026, 4, 13))
    assert len(late.sent) == len(mail.outbox) == 1
    units = [reminder.unit for reminder in late.sent[0].reminders]
    assert len(units) == 2
    (message,) = mail.outbox
    assert message.subject.endswith(f"{len(units)} หน่วยงาน")
    for unit in units:
        assert unit.name in message.body
    assert message.body.count("/report/small-2569/") == len(units) == ReminderSent.objects.count()
    assert reminders_send(plan, today=date(2026, 4, 13)) == Reminding(known=1)


def test_it_is_the_same_message_whenever_it_is_made(plan, person) -> None:
    person("reporter", unit="กฝ.")
    for day in (2, 7):
        reminders_send(plan, today=date(2026, 4, day))
    ReminderSent.objects.all().delete()  # as if the job had been killed between the mail and its booking
    reminders_send(plan, today=date(2026, 4, 7))
    named = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert len(named) == 3
    assert named[0] != named[1] == named[2]
    assert {message.extra_headers["Auto-Submitted"] for message in mail.outbox} == {"auto-generated"}


def test_what_the_mail_server_refuses_is_tried_again(plan, person, monkeypatch) -> None:
    person("reporter", unit="กฝ.")

    def refuse(*_: object) -> int:
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert len(reminders_send(plan, today=date(2026, 4, 7)).failed) == 1
    assert not ReminderSent.objects.exists()
    monkeypatch.undo()
    assert len(reminders_send(plan, today=date(2026, 4, 7)).sent) == 1


def test_who_has_reported_is_left_in_peace(plan, register, person) -> None:
    reporter = person("reporter", unit="กฝ.")
    figures_as_planned(reporter, plan=plan, unit=register["กฝ."], period=3)
    narrative_save(
        reporter,
        plan=plan,
        project="P1",
        unit=register["กฝ."],
        period=3,
        result="ตามแผน",
        cause="เริ่มช้า",
        next_step="เร่งรัด",
    )
    report_submit(reporter, plan=plan, unit=register["กฝ."], period=3)
    assert not [r for r in reminders_due(plan, date(2026, 4, 8)) if r.period == 3]


def test_the_feed_holds_every_month_of_ones_own_units(plan, person) -> None:
    deadlines = deadlines_of(person("reporter", unit="กฝ."), plan)
    assert [d.day for d in deadlines][2] == DUE
    assert len(deadlines) == 12
    assert not deadlines_of(person("reporter", unit="กค."), plan)


def test_the_feed_is_well_formed_whatever_a_unit_is_called() -> None:
    name = "หน่วยงาน, ชื่อ; ยาว\\มาก\nสองบรรทัด " * 5
    feed = calendar_feed("แผน", [Deadline("1@x", DUE, name, "http://x/")], datetime(2026, 4, 1, tzinfo=UTC))
    lines = feed.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = feed.replace("\r\n ", "")
    assert "\\, ชื่อ\\; ยาว\\\\มาก\\nสองบรรทัด" in unfolded
    assert "DTSTART;VALUE=DATE:20260407" in unfolded


def test_an_agreed_action_that_is_due_is_reminded_of_and_climbs_to_head_and_division(plan, person, clock) -> None:
    """What was agreed has an owner and a day (R247): once it is done, or gets another day, nobody is chased for it."""
    reporter, head, planner = person("reporter", unit="กฝ."), person("head", unit="กฝ."), person("planner")
    given = {"happened_on": "1/4/2569", "words": "เร่งส่งมอบ", "owner": "กฝ.", "due_on": "20/4/2569", "state": "open"}
    year_record_add(reporter, plan=plan, kind="actions", project="P1", given=given)

    def asked(day: date) -> list[tuple[int, str]]:
        sent = reminders_send(plan, today=day).sent
        return [(letter.first.person.pk, letter.first.stage.value) for letter in sent if letter.first.matter]

    assert asked(date(2026, 4, 14)) == []
    assert asked(date(2026, 4, 15)) == [(reporter.pk, "before")]
    assert asked(date(2026, 4, 16)) == []
    assert asked(date(2026, 4, 22)) == [(head.pk, "head")]
    assert asked(date(2026, 4, 26)) == [(planner.pk, "division")]
    message = next(own for own in reversed(mail.outbox) if "เร่งส่งมอบ" in own.body)
    assert "20 เมษายน 2569" in message.body
    assert "/works/P1/#year" in message.body
    clock.set("2026-04-27")
    over = {"plan": plan, "kind": "actions", "project": "P1", "record": "1"}
    year_record_revise(reporter, **over, given={**given, "due_on": "30/4/2569"}, seen=1)
    assert asked(date(2026, 4, 27)) == [(reporter.pk, "before")]
    year_record_revise(reporter, **over, given={**given, "state": "done"}, seen=2)
    assert asked(date(2026, 5, 20)) == []
