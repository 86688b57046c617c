"""How many files one may take away at a time: nobody reads three hundred in ten minutes, a program does."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from samrit.web.accounts.lockout import client_address

WITHIN = 600  # seconds


class DownloadMiddleware:
    """Count the files that a person, or an address without one, takes away; beyond the most, say to wait.

    Which pages hand out files is learned from their answers, so that the next such page is refused before its work.
    """

    _hands_out: set[str] = set()  # noqa: RUF012 - learned by the process

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as usual, and count."""
        response = self.get_response(request)
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            if request.resolver_match is not None:
                self._hands_out.add(request.resolver_match.view_name)
            _count(request)
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Refuse who has taken the most."""
        match = request.resolver_match
        if match is None or match.view_name not in self._hands_out or _taken(request) < settings.MOST_DOWNLOADS:
            return None
        answer = render(
            request, "downloads.html", {"most": settings.MOST_DOWNLOADS, "minutes": WITHIN // 60}, status=429
        )
        answer.headers["Retry-After"] = str(WITHIN - int(time.time()) % WITHIN)
        return answer


def _key(request: HttpRequest) -> str:
    """Return whose count it is, and of which ten minutes: who takes one every now and then never comes to the most."""
    return f"downloads:{request.user.pk or client_address(request)}:{int(time.time()) // WITHIN}"


def _taken(request: HttpRequest) -> int:
    with suppress(DatabaseError):  # while nothing can be counted the file matters more
        return int(cache.get(_key(request), 0))
    return 0


def _count(request: HttpRequest) -> None:
    with suppress(DatabaseError), transaction.atomic():
        cache.set(_key(request), _taken(request) + 1, WITHIN)
