"""Letters to the people of a plan's units when a version of it is made known: what it is, from when, and where."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from samrit.plans.evaluation.scoring import version_in_force
from samrit.plans.models import Person, Plan, PlanVersion
from samrit.plans.reporting.days import speech_of
from samrit.plans.services.plan.publishing import publication_letters
from samrit.vocabulary.periods import report_name
from samrit.vocabulary.speech import speaking
from samrit.web.accounts.notices import send_later
from samrit.web.words import word


def tell_published(plan: Plan, by: Person) -> int:
    """Write to everybody of the plan's units that it holds or was amended; return to how many, each once a version."""
    people, version = publication_letters(by, plan=plan), version_in_force(plan, 12)
    for person in people:
        send_later(_letter(plan, version, person))
    return len(people)


def _letter(plan: Plan, version: PlanVersion, person: Person) -> EmailMessage:
    speech = speech_of(plan)
    language = speech.language or person.language
    about = {
        "person": str(person),
        "plan": (plan.title_en or plan.title) if language == "en" else plan.title,
        "number": version.number,
        "month": report_name(plan.year_be, plan.calendar, version.effective_period, language),
        "reason": version.reason or "–",
        "link": f"{settings.BASE_URL.rstrip('/')}{reverse('plan', args=[plan.code])}",
    }
    kind = "first" if version.number == 1 else "amended"
    with speaking(speech):
        subject, text = (word(f"published.{kind}_{part}", language, **about) for part in ("subject", "text"))
    return EmailMessage(subject, text, None, [person.email])
