"""How long what is personal is kept, and what is kept for longer than that: the office's to decide, one by one.

Traces of signing in and of letters go by themselves (``services.office.tidying``); accounts and evidence never do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import QuerySet, Sum
from django.utils import timezone

from samrit.plans.models import Erasure, Evidence, HistoryEntry, KnownPlace, Person, Plan, ReminderSent
from samrit.vocabulary.periods import plan_dates


@dataclass(frozen=True, slots=True)
class ClosedAccount:
    """An account that was closed for longer than accounts are kept."""

    person: Person
    closed_on: date


@dataclass(frozen=True, slots=True)
class OldEvidence:
    """The evidence of a plan whose year ended longer ago than evidence is kept."""

    plan: Plan
    ended_on: date
    files: int
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class RetentionDue:
    """What is kept for longer than the settings say."""

    accounts: tuple[ClosedAccount, ...]
    evidence: tuple[OldEvidence, ...]
    traces: int  # rows that the next tidying takes away

    @property
    def is_any(self) -> bool:
        """Whether there is anything to decide or to tidy."""
        return bool(self.accounts or self.evidence or self.traces)


def due(today: date) -> RetentionDue:
    """Return what is due on ``today`` under the settings ``KEEP_ACCOUNTS_YEARS``, ``KEEP_EVIDENCE_YEARS`` and so on."""
    before = timezone.now() - timedelta(days=settings.KEEP_TRACES_DAYS)
    return RetentionDue(tuple(_accounts(today)), tuple(_evidence(today)), sum(rows.count() for rows in traces(before)))


def traces(before: datetime) -> tuple[QuerySet[KnownPlace], QuerySet[AccessAttempt], QuerySet[ReminderSent]]:
    """Return the networks, the failed sign-ins and the letters' addresses of before a moment."""
    return (
        KnownPlace.objects.filter(seen_at__lt=before),
        AccessAttempt.objects.filter(attempt_time__lt=before),
        ReminderSent.objects.filter(sent_at__lt=before),
    )


def years_before(today: date, years: int) -> date:
    """Return the day ``years`` before; of 29 February the 28th."""
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return date(today.year - years, today.month, day)


def _accounts(today: date) -> Iterator[ClosedAccount]:
    """Yield closed accounts, by when the history says that they were closed last."""
    limit = years_before(today, settings.KEEP_ACCOUNTS_YEARS)
    asked = set(Erasure.objects.filter(kind="person", state="asked").values_list("subject", flat=True))
    for person in Person.objects.filter(is_active=False, erased=0).exclude(pk__in=asked).order_by("username"):
        named = HistoryEntry.objects.filter(record__in=(person.reference, person.username), action="person.switch")
        at = named.order_by("-sequence").values_list("at", flat=True).first()
        if at is not None and timezone.localdate(at) <= limit:
            yield ClosedAccount(person, timezone.localdate(at))


def _evidence(today: date) -> Iterator[OldEvidence]:
    limit = years_before(today, settings.KEEP_EVIDENCE_YEARS)
    for plan in Plan.objects.order_by("year_be", "code"):
        ended = plan_dates(plan.year_be, plan.calendar)[1]
        kept = Evidence.objects.filter(plan=plan, erased=0)
        if ended <= limit and (files := kept.count()):
            yield OldEvidence(plan, ended, files, kept.aggregate(size=Sum("size"))["size"] or 0)
