"""Sending reminders: each once, also when the job is killed and run again (R168)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from samrit.plans import history
from samrit.plans.models import Plan, ReminderSent
from samrit.plans.reminders import Reminder, message_of, reminders_due


@dataclass(frozen=True, slots=True)
class Reminding:
    """What a run did: messages sent, those sent before, and those that could not be sent (they are tried again)."""

    sent: tuple[Reminder, ...] = ()
    known: int = 0
    failed: tuple[tuple[Reminder, str], ...] = ()


def reminders_send(
    plan: Plan, *, today: date | None = None, tell: Callable[[Reminder], None] | None = None
) -> Reminding:
    """Send today's reminders of ``plan`` that were not sent yet.

    Each is booked in the transaction that sends it: when the mail is refused nothing is
    booked and the next run tries again; when the job is killed after the mail went out
    but before the booking, that one message may go out twice, and no other.
    """
    sent, failed, known = [], [], 0
    for reminder in reminders_due(plan, today or timezone.localdate()):
        if _is_sent(reminder):
            known += 1
            continue
        try:
            if _send(reminder):
                sent.append(reminder)
                if tell is not None:
                    tell(reminder)
            else:
                known += 1
        except OSError as error:
            failed.append((reminder, str(error)))
    return Reminding(tuple(sent), known, tuple(failed))


def _key(reminder: Reminder) -> dict[str, object]:
    return {
        "plan": reminder.plan,
        "unit": reminder.unit,
        "period": reminder.period,
        "stage": reminder.stage.value,
        "address": reminder.person.email,
    }


def _is_sent(reminder: Reminder) -> bool:
    return ReminderSent.objects.filter(**_key(reminder)).exists()


def _send(reminder: Reminder) -> bool:
    """Book and send one reminder; return False where another run booked it first."""
    subject, text = message_of(reminder)
    try:
        with transaction.atomic():
            history.lock()
            ReminderSent.objects.create(**_key(reminder), sent_at=timezone.now())
            history.record(
                None,
                "reminder.send",
                plan=reminder.plan,
                record=reminder.person.username,
                unit_code=reminder.unit.code,
                period=reminder.period,
                new={"stage": reminder.stage.value, "address": reminder.person.email},
            )
            send_mail(subject, text, None, [reminder.person.email])
    except IntegrityError:
        return False
    return True
