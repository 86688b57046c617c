"""When somebody last looked at a page, kept in their browser: what came after that is new to them.

Looking again within half an hour is the same look, so that a reload, or coming back from
a link, does not make the news disappear.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

SAME_LOOK = timedelta(minutes=30)
_KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class LastLook:
    """A look: ``seen`` is the history's sequence before which nothing is new, ``at`` when that was, None at first."""

    seen: int = 0
    at: datetime | None = None
    shown: int = 0  # the sequence up to which this look has shown everything
    now: datetime | None = None


def last_look(request: HttpRequest, name: str) -> LastLook:
    """Return the look at ``name`` that is going on now; a cookie that is missing or forged makes a first one."""
    kept = request.get_signed_cookie(_cookie(request, name), default="")
    parts = str(kept).split(".")
    moment = timezone.now()
    if len(parts) != 4 or not all(part.isascii() and part.isdigit() for part in parts):
        return LastLook(now=moment)
    seen, at, shown, latest = map(int, parts)
    if moment - _moment(latest) < SAME_LOOK:
        return LastLook(seen, _moment(at) if at else None, shown, _moment(latest))
    return LastLook(shown, _moment(latest), shown, moment)


def remember(request: HttpRequest, response: HttpResponse, name: str, look: LastLook, shown: int) -> None:
    """Keep in the browser that everything up to ``shown`` was seen in this look."""
    stamps = [int(moment.timestamp()) if moment else 0 for moment in (look.at, look.now)]
    response.set_signed_cookie(
        _cookie(request, name),
        f"{look.seen}.{stamps[0]}.{shown}.{stamps[1]}",
        max_age=int(_KEPT.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _cookie(request: HttpRequest, name: str) -> str:
    return f"look-{request.user.pk}-{name}"


def _moment(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)
