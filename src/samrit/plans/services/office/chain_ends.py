"""The end of the history leaves the house: mailed to the auditors, who can then prove that nothing was rewritten."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.utils import timezone

from samrit.plans.errors import ServiceError
from samrit.plans.models import ChainHead, Person, Role
from samrit.plans.rights import assignments
from samrit.vocabulary.dates import format_date
from samrit.vocabulary.findings import Finding, Place, sentence


@dataclass(frozen=True, slots=True)
class Posted:
    """Where the chain ended, and to how many auditors that was sent or could not be."""

    sequence: int
    head: str
    sent: int = 0
    failed: int = 0


def chain_end_post() -> Posted:
    """Mail the number and hash of the latest entry to every auditor with an address.

    Raises ServiceError ``history_empty`` where there is none yet.
    """
    head = ChainHead.objects.filter(pk=1).first()
    if head is None or not head.sequence:
        raise ServiceError("history_empty")
    sent = failed = 0
    for auditor in _auditors():
        try:
            _letter(head, auditor).send()
        except OSError:
            failed += 1
        else:
            sent += 1
    return Posted(head.sequence, head.hash, sent, failed)


def _auditors() -> list[Person]:
    people = Person.objects.filter(is_active=True, roles__role=Role.AUDITOR).exclude(email="").distinct()
    return [p for p in people.order_by("pk") if any(a.role == Role.AUDITOR for a in assignments(p))]


def _letter(head: ChainHead, auditor: Person) -> EmailMessage:
    now = timezone.localtime()
    texts = []
    for language in ("th", "en"):
        day = f"{format_date(now.date(), language)} {now:%H:%M}"
        params = {"sequence": head.sequence, "hash": head.hash, "day": day}
        texts.append(sentence(Finding("history_end_letter", Place(), params), language))
    subject = f"Samrit #{head.sequence} {head.hash[:12]}"
    return EmailMessage(
        subject, "\n\n--\n".join(texts), None, [auditor.email], headers={"Auto-Submitted": "auto-generated"}
    )
