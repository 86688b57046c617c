"""Pages of plans that everybody sees: kept for a while by browsers, and not made again while nothing was written.

What such a page shows follows from the history, the day, the address, the language and the program.  So its mark is
known before it is made, and who asks with the mark of an unchanged page is answered without making it (R261, R323).
There is no Last-Modified beside it: a page also changes with the day and the program, of which no entry's time tells.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from samrit import __version__
from samrit.plans.records.chain_place import place
from samrit.web.words import LANGUAGE_COOKIE

Answer = TypeVar("Answer", bound=HttpResponseBase)

FOR = 60  # seconds that a page is kept without asking: a plan taken back is gone from every proxy within them
_ROOM = "samrit.web.views.seeing."  # the views that show plans, results and rules
_HARMLESS = frozenset({LANGUAGE_COOKIE, settings.CSRF_COOKIE_NAME})  # cookies of somebody whom nobody knows


class PublicPagesMiddleware:
    """Mark the pages of who is not signed in; of whoever is, or brings a session, nothing is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as usual, and mark a whole page that sets no cookie and is no file to take away."""
        response = self.get_response(request)
        is_page = response.status_code == HTTPStatus.OK and "Content-Disposition" not in response.headers
        if is_page and not response.cookies and _is_open(request) and (mark := _mark(request)):
            _marked(response, mark)
        return response

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponseBase | None:
        """Answer "not modified" to whoever has the page as it would be made now; "*" names no page that anybody has."""
        asked = request.headers.get("If-None-Match", "").strip()
        mark = _mark(request) if asked not in ("", "*") and _is_open(request) else ""
        if not mark:
            return None
        known = get_conditional_response(request, etag=mark, response=_marked(HttpResponse(), mark))
        return known if known is not None and known.status_code == HTTPStatus.NOT_MODIFIED else None


def _is_open(request: HttpRequest) -> bool:
    """Say whether a page of a plan is only looked at, by somebody of whom nothing is known but a language."""
    match = request.resolver_match
    return (
        request.method in ("GET", "HEAD")
        and match is not None
        and f"{match.func.__module__}.".startswith(_ROOM)
        and set(request.COOKIES) <= _HARMLESS
    )


def _mark(request: HttpRequest) -> str:
    """Return the mark of a page as it would be made now, "" while that can't be told."""
    end = place()
    if end is None:
        return ""
    made_of = (__version__, settings.BASE_URL, end.hash, timezone.localdate().isoformat())
    asked = (request.LANGUAGE_CODE, request.get_host(), request.get_full_path())
    return f'"{sha256(chr(0).join((*made_of, *asked)).encode()).hexdigest()[:32]}"'


def _marked(response: Answer, mark: str) -> Answer:
    response.headers["ETag"] = mark
    response.headers["Cache-Control"] = f"public, max-age={FOR}, must-revalidate"
    patch_vary_headers(response, ("Cookie",))
    return response
