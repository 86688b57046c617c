"""What happens around every page: language, size, age of the session, second factor, refusals turned into pages."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Person
from samrit.plans.records.chain_place import one_look
from samrit.plans.records.security_log import LogOrigin, coming_from, note
from samrit.plans.reporting.register import register
from samrit.plans.rights import assignments
from samrit.plans.selectors.office.speech import speech_of_draft, speech_of_page
from samrit.plans.services.office.units import units_turn
from samrit.plans.services.writing import SYSTEM
from samrit.vocabulary.speech import PLAIN, speak, speaking
from samrit.web.accounts.lockout import client_address
from samrit.web.accounts.second_factor import has_authenticator
from samrit.web.gates import View
from samrit.web.words import LANGUAGE_COOKIE, LANGUAGES, word

_log = logging.getLogger("samrit.web")
Answer = Callable[[HttpRequest], HttpResponseBase]


class LanguageMiddleware:
    """Answer in the language of the switch, else of the person, else in Thai; what a browser prefers is not asked."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the chosen language and say which in the header."""
        language = request.COOKIES.get(LANGUAGE_COOKIE, "")
        if language not in LANGUAGES:
            language = getattr(request.user, "language", "") if request.user.is_authenticated else ""
        language = language if language in LANGUAGES else "th"
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class SpeechMiddleware:
    """Write every page in the words of the plan that it is about: its era, its money, the names of its levels."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and forget the plan's words afterwards."""
        with speaking(PLAIN):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: View, _args: object, named: dict[str, Any]) -> None:
        """Take the words of the plan, or the draft, that the address names."""
        draft = named.get("number") if request.path.startswith(("/drafts/", "/proposals/")) else None
        speak(speech_of_page(named) if draft is None else speech_of_draft(int(draft)))


class OneLookMiddleware:
    """Ask once for each page how far the history has come: what is kept in memory is held against it.

    Before that, the first page of a day on which units are renamed or moved lets that hold (E.8).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as usual."""
        with one_look():
            if not _is_turn_due():
                return self.get_response(request)
        try:
            units_turn(SYSTEM)
        except DatabaseError:  # busy or read only: this page shows the names of before, and the next one tries again
            _log.warning("units could not be renamed on their day", exc_info=True)
        with one_look():
            return self.get_response(request)


def _is_turn_due() -> bool:
    try:
        turn = register().next_turn
    except DatabaseError:  # said by the page, in words
        return False
    return turn is not None and turn <= timezone.localdate()


class CompressionMiddleware(GZipMiddleware):
    """Send text compressed, for provinces with slow lines (R324); documents and pictures already are.

    Django adds some random length to each answer, so that its size says nothing about secrets in it.
    """

    _TEXT = ("text/", "application/json", "image/svg")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress text."""
        if not response.headers.get("Content-Type", "").startswith(self._TEXT):
            return response
        return super().process_response(request, response)


class RefusalMiddleware:
    """Turn what a selector or service refused into a page: not visible is 404, a refusal 409 or 403, in words."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as usual; a piece of a page that was asked for without a session is 401, not the sign-in page."""
        response = self.get_response(request)
        leads_to = response.headers.get("Location", "").partition("?")[0]
        if request.headers.get("HX-Request") and leads_to == reverse(settings.LOGIN_URL):
            return HttpResponse(status=401)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer what was refused; leave every other fault alone."""
        if isinstance(exception, NotVisible):
            with speaking(speech_of_page({})):  # what is not theirs to see answers in no words of its own
                return render(request, "404.html", status=404)
        if isinstance(exception, ServiceError):
            text = exception.text(translation.get_language() or "th")
            name = "_parts/refusal.html" if request.headers.get("HX-Request") else "409.html"
            status = 403 if exception.code == "not_allowed" else 409
            return render(request, name, {"refusal": text, "code": exception.code}, status=status)
        return None


class SessionMiddleware(DjangoSessionMiddleware):
    """Answer also while sessions can't be written: who only reads goes on reading from a full or read-only disk."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session; where that fails, a page that was read is worth more than when it was last seen."""
        try:
            return super().process_response(request, response)
        except (OperationalError, SessionInterrupted) as error:
            if not _is_outage(error):
                raise
            if request.method in ("GET", "HEAD") or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                _log.warning("a session could not be saved")
                return response
            raise OperationalError("the session could not be saved") from error


def _is_outage(error: BaseException | None) -> bool:
    """Say whether the database refused; the session store tells that as a session that somebody ended meanwhile."""
    while error is not None and not isinstance(error, OperationalError):
        error = error.__context__
    return error is not None


class SecurityLogMiddleware:
    """Say to the security log who is refused and who takes files away, and whose doing all its other events are."""

    _REFUSED = frozenset({403, 404, 413, 429})

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as usual, and note what is worth it."""
        person = request.user.get_username() if request.user.is_authenticated else ""
        with coming_from(LogOrigin(person, client_address(request))) as rights:
            response = self.get_response(request)
            about: dict[str, Any] = {"path": request.path, "method": request.method, "status": response.status_code}
            if rights or (response.status_code in self._REFUSED and (person or response.status_code != 404)):
                note("page_refused", **about)
            elif response.headers.get("Content-Disposition", "").startswith("attachment"):
                note("download", **about)
            return response


class PrivateMiddleware:
    """Let no browser or proxy keep a page of somebody who is signed in: the next at that machine may be another."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as usual; the pages that everybody sees are left to the browser."""
        response = self.get_response(request)
        if request.user.is_authenticated or "no-cache" in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "private, no-store"
        return response


class SessionAgeMiddleware:
    """End a session that nobody used for a while, and every session after its longest time."""

    _WRITTEN_EVERY = 60  # seconds; a look at a page is no reason for a write to the database each time

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Sign out whose time is over, then answer as usual."""
        if request.user.is_authenticated:
            now = int(time.time())
            begun = request.session.setdefault("begun", now)
            seen = request.session.get("seen", 0)
            idle, longest = settings.SESSION_IDLE.total_seconds(), settings.SESSION_LONGEST.total_seconds()
            if (seen and now - seen > idle) or now - begun > longest:
                logout(request)
                messages.info(request, word("sign_in.expired", request.LANGUAGE_CODE))
            elif now - seen > self._WRITTEN_EVERY:
                request.session["seen"] = now
        return self.get_response(request)


class SecondFactorMiddleware:
    """Lead people of certain roles (``TOTP_ROLES``) to set up their authenticator before anything else."""

    _OPEN = frozenset(
        {"mfa_activate_totp", "account_reauthenticate", "sign_out", "account_logout", "language", "alive", "sign_in"}
    )

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as usual."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponseRedirect | None:
        """Redirect whoever still needs an authenticator."""
        roles = settings.TOTP_ROLES
        if not roles or not isinstance(request.user, Person):
            return None
        match = request.resolver_match
        if match is None or match.url_name in self._OPEN or not any(a.role in roles for a in assignments(request.user)):
            return None
        if has_authenticator(request):
            return None
        messages.warning(request, word("totp.must", request.LANGUAGE_CODE))
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
