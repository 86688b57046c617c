"""Letters to people about their own accounts: what changed, when, from where, and what to do if it wasn't them.

A letter never holds up or undoes what it tells of: it goes out from a thread of its own,
and a mail server that is gone is noted.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from samrit.plans.models import Person
from samrit.vocabulary.dates import format_date
from samrit.web.words import word

_log = logging.getLogger("samrit.web.notices")
_post = ThreadPoolExecutor(max_workers=1, thread_name_prefix="notices")
_sent: list[Future[None]] = []


def tell(person: Person, event: str, *, address: str = "", to: str = "") -> None:
    """Write to a person, at ``to`` or their address, in both languages; nothing where there is no address."""
    receiver = to or person.email
    if receiver:
        send_later(_letter(person, event, address, receiver))


def send_later(letter: EmailMessage) -> None:
    """Send a letter from the thread of its own."""
    _sent[:] = [waiting for waiting in _sent if not waiting.done()]
    _sent.append(_post.submit(_send, letter))


def settled() -> None:
    """Wait until every letter is on its way or has failed."""
    for waiting in _sent:
        waiting.result()


def _letter(person: Person, event: str, address: str, receiver: str) -> EmailMessage:
    now = timezone.localtime()
    parts = []
    for language in ("th", "en"):
        about = {
            "person": str(person),
            "username": person.username,
            "day": format_date(now.date(), language),
            "time": f"{now:%H:%M}",
            "address": address or "–",
            "link": f"{settings.BASE_URL.rstrip('/')}/account/",
        }
        parts.append(f"{word(f'notice.{event}', language, **about)}\n\n{word('notice.end', language, **about)}")
    return EmailMessage(word(f"notice.{event}_subject", person.language), "\n\n--\n".join(parts), None, [receiver])


def _send(letter: EmailMessage) -> None:
    try:
        letter.send()
    except (OSError, ValueError) as error:  # smtplib's errors, and addresses that no letter can name
        _log.warning("a notice could not be sent: %s", type(error).__name__)
