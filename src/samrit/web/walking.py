"""Numbers in addresses can be counted up by anybody; who does so meets what is not theirs, and is noticed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from samrit.plans.models import Person
from samrit.plans.records.security_log import note

MOST = 20  # numbers of things that are not there for a person; a stale bookmark or two are no walk
WITHIN = 600  # seconds between one and the next


class NumbersMiddleware:
    """Note in the security log who asks for many numbers that are not there for them: files, drafts, decisions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as usual, and count."""
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code == 404 and isinstance(request.user, Person) and match and "number" in match.kwargs:
            _count(request.user, request.path)
        return response


def _count(person: Person, path: str) -> None:
    """Count one number that was not there; while nothing can be written the page matters more."""
    key = f"numbers:{person.pk}"
    with suppress(DatabaseError), transaction.atomic():
        tried = cache.get(key, 0) + 1
        cache.set(key, tried, WITHIN)  # counting up by itself would keep it for the cache's own time
        if tried % MOST == 0:
            note("numbers_tried", count=tried, path=path)
