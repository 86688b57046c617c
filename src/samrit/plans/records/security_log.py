"""The security log: who signed in, was refused, changed accounts or took much away; one line of JSON each.

Nothing that a person typed is in it: no password, no code, no name that was tried without
success unless it is an account's.  JSON in ASCII: a line break or a sign that moves the
cursor stays inside its line.  ``docs/security.md`` lists the events for a collector.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

_log = logging.getLogger("samrit.security")
_LONGEST = 200

EVENTS: Final = frozenset(
    {
        "sign_in", "sign_in_failed", "sign_in_locked", "sign_out", "sign_in_new_place", "session_ended",
        "password_changed", "password_reset", "authenticator_added", "authenticator_removed",
        "code_failed", "account_changed", "role_changed", "page_refused", "download", "clock_set_back",
        "numbers_tried", "key_refused",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogOrigin:
    """Whose doing it is: the account's name, empty for nobody, and the address that it comes from."""

    person: str = ""
    address: str = ""


_NOBODY = LogOrigin()
_origin: ContextVar[LogOrigin] = ContextVar("origin", default=_NOBODY)
_refused: ContextVar[list[str] | None] = ContextVar("refused", default=None)
_is_unwritten: ContextVar[bool] = ContextVar("is_unwritten", default=False)


@contextmanager
def coming_from(origin: LogOrigin) -> Iterator[list[str]]:
    """Put the origin of a request into every event within; gives the rights that are refused meanwhile."""
    rights: list[str] = []
    tokens = _origin.set(origin), _refused.set(rights)
    try:
        yield rights
    finally:
        _origin.reset(tokens[0])
        _refused.reset(tokens[1])


def right_refused(action: str) -> None:
    """Remember that a right was refused: many pages say so in words and answer as to any other slip."""
    rights = _refused.get()
    if rights is not None:
        rights.append(action)


@contextmanager
def unwritten() -> Iterator[None]:
    """Write no event within: for a story that is made up and told in one go."""
    token = _is_unwritten.set(True)
    try:
        yield
    finally:
        _is_unwritten.reset(token)


def in_request() -> bool:
    """Say whether what happens is a browser's doing."""
    return bool(_origin.get().address)


def note(event: str, *, person: str | None = None, **details: Any) -> None:
    """Write one event; ``details`` are numbers and short texts of the system's own making."""
    assert event in EVENTS, event  # noqa: S101 - an event that the documentation does not list
    if _is_unwritten.get():
        return
    origin = _origin.get()
    _log.info(
        event,
        extra={
            "security": {
                "event": event,
                "person": origin.person if person is None else person,
                "address": origin.address,
                **details,
            }
        },
    )


class JsonLines(logging.Formatter):
    """Writes a security event as one line of JSON in ASCII."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line: time in UTC, event, person, address, then what belongs to the event."""
        details: Mapping[str, Any] = getattr(record, "security", {"event": record.getMessage()})
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return json.dumps({"time": at, **{name: _short(value) for name, value in details.items()}})


def _short(value: Any) -> Any:
    return value[:_LONGEST] if isinstance(value, str) else value if isinstance(value, int) else str(value)[:_LONGEST]
