"""Sending reminders: each once, also when the job is killed and run again (R168)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from samrit.plans.models import Plan, ReminderSent
from samrit.plans.records import history
from samrit.plans.reporting.action_reminders import actions_due, message_of_actions
from samrit.plans.reporting.reminders import Reminder, ReminderLetter, letters_of, message_of, reminders_due


@dataclass(frozen=True, slots=True)
class Reminding:
    """What a run did: messages sent, those sent before, and those that could not be sent (they are tried again)."""

    sent: tuple[ReminderLetter, ...] = ()
    known: int = 0
    failed: tuple[tuple[ReminderLetter, str], ...] = ()


def reminders_send(
    plan: Plan, *, today: date | None = None, tell: Callable[[ReminderLetter], None] | None = None
) -> Reminding:
    """Send today's reminders of ``plan`` that were not sent yet, gathered by person.

    Each message is booked in the transaction that sends it: when the mail is refused
    nothing is booked and the next run tries again; when the job is killed after the mail
    went out but before the booking, that one message goes out again, and no other. It then
    bears the same Message-ID (RFC 5322), by which mailboxes know it for one message.
    """
    sent, failed, known = [], [], 0
    post = get_connection()
    day = today or timezone.localdate()
    for letter in letters_of((*reminders_due(plan, day), *actions_due(plan, day))):
        news = ReminderLetter(tuple(reminder for reminder in letter.reminders if not _is_sent(reminder)))
        try:
            if news.reminders:
                post.open()  # once a run, and never while the tables are locked
            if news.reminders and _send(news, post):
                sent.append(news)
                if tell is not None:
                    tell(news)
            else:
                known += 1
        except OSError as error:
            failed.append((news, str(error)))
            post.close()  # whatever state the conversation is in, the next message begins a new one
    post.close()
    return Reminding(tuple(sent), known, tuple(failed))


def _key(reminder: Reminder) -> dict[str, object]:
    return {
        "plan": reminder.plan,
        "unit": reminder.unit,
        "period": reminder.period,
        "stage": reminder.stage.value,
        "address": reminder.person.email,
        "matter": reminder.matter,
    }


def _is_sent(reminder: Reminder) -> bool:
    return ReminderSent.objects.filter(**_key(reminder)).exists()


def _message(letter: ReminderLetter, post: BaseEmailBackend) -> EmailMessage:
    """Return the mail of one letter, which is the same whenever it is made."""
    first = letter.first
    parts = (first.plan.code, first.period, first.stage.value, first.person.email)
    named = "\n".join([*map(str, parts), *(r.matter or r.unit.code for r in letter.reminders)])
    digest = hashlib.sha256(named.encode()).hexdigest()[:32]
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    headers = {"Message-ID": f"<reminder.{digest}@{host}>", "Auto-Submitted": "auto-generated"}
    subject, text = message_of_actions(letter) if first.matter else message_of(letter)
    return EmailMessage(subject, text, None, [first.person.email], connection=post, headers=headers)


def _send(letter: ReminderLetter, post: BaseEmailBackend) -> bool:
    """Book and send one message; return False where another run booked any of it first."""
    message = _message(letter, post)
    try:
        with transaction.atomic():
            history.lock()
            for reminder in letter.reminders:
                _book(reminder)
            message.send()
    except IntegrityError:
        return False
    return True


def _book(reminder: Reminder) -> None:
    ReminderSent.objects.create(**_key(reminder), sent_at=timezone.now())
    history.record(
        None,
        "reminder.send",
        plan=reminder.plan,
        record=reminder.person.reference,
        unit_code=reminder.unit.code,
        period=reminder.period,
        # To whom says the number; the address is in the row.
        new={"stage": reminder.stage.value, **({"matter": reminder.matter} if reminder.matter else {})},
    )
