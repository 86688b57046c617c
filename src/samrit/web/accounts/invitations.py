"""Invitations by letter: sent from a thread of their own, so that a mail server that is gone holds nobody up."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.core.mail import EmailMessage, get_connection

from samrit.plans.models import Person
from samrit.web.words import word

PATIENCE = 5.0  # seconds that a page waits for letters to be on their way
_log = logging.getLogger("samrit.web.invitations")
_post = ThreadPoolExecutor(max_workers=1, thread_name_prefix="invitations")


@dataclass(frozen=True, slots=True)
class Invitation:
    """A person with the link that sets their first password; ``is_waiting`` while nobody knows whether it went."""

    person: Person
    link: str
    is_sent: bool = False
    is_waiting: bool = False


@dataclass(slots=True)
class _Post:
    """Letters on their way: which went, and why others did not."""

    letters: Sequence[EmailMessage]
    sent: int = 0  # the letters up to here are settled
    failed: dict[int, str] | None = None

    def send(self) -> None:
        """Send them one after the other; where the server does not answer at all, the rest is not tried."""
        self.failed, connection = {}, get_connection()
        for at, letter in enumerate(self.letters):
            letter.connection = connection
            try:
                letter.send()
            except (OSError, ValueError) as error:  # smtplib's errors, and addresses that no letter can name
                _log.warning("an invitation could not be sent: %s", type(error).__name__)
                self.failed[at] = str(error)[:200]
                if isinstance(error, (ConnectionError, TimeoutError)):
                    self.failed |= dict.fromkeys(range(at + 1, len(self.letters)), str(error)[:200])
                    break
            self.sent = at + 1
        self.sent = len(self.letters)


def mailed(made: Sequence[Invitation]) -> tuple[list[Invitation], tuple[str, ...]]:
    """Send each link to its person's address, once what made it is committed.

    Return them with how far each came, and why some did not go.
    """
    reached = [one for one in made if one.person.email]
    post = _Post([_letter(one) for one in reached])
    wait([_post.submit(post.send)], timeout=PATIENCE)
    failed, settled = dict(post.failed or {}), post.sent
    come = {
        one.person.pk: replace(
            one, is_sent=at < settled and at not in failed, is_waiting=at >= settled and at not in failed
        )
        for at, one in enumerate(reached)
    }
    why = tuple(f"{reached[at].person.email}: {reason}" for at, reason in sorted(failed.items()))
    return [come.get(one.person.pk, one) for one in made], why


def _letter(one: Invitation) -> EmailMessage:
    language, host = one.person.language, urlsplit(one.link).hostname or ""
    text = word("start.mail_text", language, name=str(one.person), username=one.person.username, link=one.link)
    return EmailMessage(word("start.mail_subject", language, host=host), text, None, [one.person.email])
