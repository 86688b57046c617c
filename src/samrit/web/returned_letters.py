"""A letter at once to whoever has to mend a report that was returned, with the reason and the way there."""

from __future__ import annotations

from django.core.mail import EmailMessage

from samrit.plans.models import MonthlyReport, Person
from samrit.plans.reporting.reminders import Stage, people_asked, report_link
from samrit.vocabulary.periods import period_name
from samrit.web.accounts.notices import send_later
from samrit.web.words import word


def tell_returned(report: MonthlyReport, by: Person, reason: str, *, to: str) -> None:
    """Write to the unit's reporters, or to its heads where it came back to them; nobody is held up by it."""
    stage = Stage.HEAD if to == "head" else Stage.AFTER
    for person in people_asked(report.plan, report.unit, stage):
        if person != by:
            send_later(_letter(report, person, by, reason))


def _letter(report: MonthlyReport, person: Person, by: Person, reason: str) -> EmailMessage:
    plan, unit, language = report.plan, report.unit, person.language
    about = {
        "person": str(person),
        "by": str(by),
        "reason": reason,
        "unit": (unit.name_en or unit.name) if language == "en" else unit.name,
        "month": period_name(plan.year_be, plan.calendar, report.period, language),
        "plan": (plan.title_en or plan.title) if language == "en" else plan.title,
        "link": report_link(plan, unit, report.period),
    }
    text = word("returned.text", language, **about)
    return EmailMessage(word("returned.subject", language, **about), text, None, [person.email])
