"""A letter at once to whoever has to mend a report that was returned, with the reason and the way there."""

from __future__ import annotations

from django.core.mail import EmailMessage

from samrit.plans.models import MonthlyReport, Person
from samrit.plans.reporting.days import speech_of
from samrit.plans.reporting.register import unit_then
from samrit.plans.reporting.reminders import ReminderStage, people_asked, report_link
from samrit.vocabulary.periods import report_name
from samrit.vocabulary.speech import speaking
from samrit.web.accounts.notices import send_later
from samrit.web.words import word


def tell_returned(report: MonthlyReport, by: Person, reason: str, *, to: str) -> None:
    """Write to the unit's reporters, or to its heads where it came back to them; nobody is held up by it."""
    stage = ReminderStage.HEAD if to == "head" else ReminderStage.AFTER
    for person in people_asked(report.plan, report.unit, stage):
        if person != by:
            send_later(_letter(report, person, by, reason))


def _letter(report: MonthlyReport, person: Person, by: Person, reason: str) -> EmailMessage:
    plan, speech = report.plan, speech_of(report.plan)
    unit = unit_then(report.unit, plan, report.period)
    language = speech.language or person.language
    about = {
        "person": str(person),
        "by": str(by),
        "reason": reason,
        "unit": (unit.name_en or unit.name) if language == "en" else unit.name,
        "month": report_name(plan.year_be, plan.calendar, report.period, language),
        "plan": (plan.title_en or plan.title) if language == "en" else plan.title,
        "link": report_link(plan, unit, report.period),
    }
    with speaking(speech):
        subject, text = (word(f"returned.{part}", language, **about) for part in ("subject", "text"))
    return EmailMessage(subject, text, None, [person.email])
