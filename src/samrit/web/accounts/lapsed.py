"""A session that ends under the press of a button: what was typed is kept for the same person, who may send it again.

It is kept in the session that begins at the sign-in page, and is gone with it.  Whoever else signs in there sees
nothing of it; files and passwords are never kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from samrit.vocabulary.numbers import whole

KEY = "lapsed"
_MOST = 200_000  # characters; a larger table is pasted again
_MOST_BYTES = 10 * _MOST  # of these as a browser sends them; anything larger is not read at all
_SECRET = ("password", "code", "csrf")


@dataclass(frozen=True, slots=True)
class Lapsed:
    """What was sent without a session: by whom (0: nobody knows), to which address, from which page, and what."""

    person: int
    to: str
    page: str
    fields: tuple[tuple[str, str], ...] = ()


class LapsedMiddleware:
    """Lead who pressed a button without a session through the sign-in back to what they typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as usual; a form that was turned away to the sign-in page is kept, one that is sent again is not."""
        person = request.user.pk or 0  # before a session that is too old is ended
        response = self.get_response(request)
        if request.method != "POST" or request.headers.get("HX-Request"):
            return response
        leads_to, _, query = response.headers.get("Location", "").partition("?")
        if leads_to == reverse(settings.LOGIN_URL) and parse_qs(query).get("next") == [request.get_full_path()]:
            request.session[KEY] = asdict(_sent(request, person))
            return HttpResponseRedirect(f"{leads_to}?{urlencode({'next': reverse('lapsed')}, safe='/')}")
        if (kept := lapsed(request)) is not None and kept.to == request.get_full_path():
            del request.session[KEY]
        return response


def lapsed(request: HttpRequest) -> Lapsed | None:
    """Return what was sent without a session in this browser, None where there is nothing."""
    kept = request.session.get(KEY)
    return Lapsed(**{**kept, "fields": tuple(map(tuple, kept["fields"]))}) if kept else None


def _sent(request: HttpRequest, person: int) -> Lapsed:
    own = _kept(request) if person and _is_small(request) else ()
    return Lapsed(person, request.get_full_path(), _page(request), own)


def _is_small(request: HttpRequest) -> bool:
    """Say whether what was sent may be read here: nothing large is, of whoever may not send it."""
    return (whole(request.headers.get("Content-Length"), _MOST_BYTES + 1, most=10**12) or 0) <= _MOST_BYTES


def _kept(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """Return the fields that are kept of a form: none where one is a file or a secret, or all are too long."""
    every = ((name, value) for name, values in request.POST.lists() for value in map(str, values))
    own = tuple(field for field in every if field[0] != "csrfmiddlewaretoken")
    is_secret = any(secret in name.lower() for name, _ in own for secret in _SECRET)
    is_long = sum(len(value) for _, value in own) > _MOST
    return () if request.FILES or is_secret or is_long else own


def _page(request: HttpRequest) -> str:
    """Return the page of this office on which the form stood, the first page where the browser doesn't say."""
    said = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(said)
    return parts.path + (f"?{parts.query}" if parts.query else "")
