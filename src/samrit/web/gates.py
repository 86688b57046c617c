"""The gate of a page: who isn't signed in is led to the sign-in, who may not gets 403."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, cast

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from samrit.plans.models import Person
from samrit.plans.rights import may

View = Callable[..., HttpResponse]

MEGABYTE = 1024 * 1024
ORDINARY = 4 * MEGABYTE  # bytes of a request that carries no file: a whole grid is a tenth of it


class Files(NamedTuple):
    """What a page takes in files: who may send them, and how many bytes at once."""

    action: str
    most: int


def person_of(request: HttpRequest) -> Person:
    """Return who is signed in; only behind a gate."""
    return cast("Person", request.user)


def link_to(name: str, **parts: Any) -> str:
    """Return a page's whole address under the one that the office has set: for letters, and what is handed over."""
    return f"{settings.BASE_URL.rstrip('/')}{reverse(name, kwargs=parts)}"


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, also when it sent nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def signed_in(view: View) -> View:
    """Open a page to everybody who is signed in."""

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, Person):
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return gated


def require_oneself(request: HttpRequest) -> None:
    """Ask for one's password or code again before what changes how an account is reached (ASVS 7.5.1, 7.5.2).

    The library leads to its page and does what was sent afterwards; who came by the office's own sign-in has neither.
    """
    raise_if_reauthentication_required(request, app="account")


def takes_files(action: str, *, most: int) -> Callable[[View], View]:
    """Let a page take up to ``most`` bytes from those who may do ``action`` somewhere.

    ``UploadMiddleware`` asks this before the first byte of a large request is read, so a page without it takes none.
    """

    def gate(view: View) -> View:
        view.files = Files(action, most)  # type: ignore[attr-defined]
        return view

    return gate


def files_of(view: View) -> Files | None:
    """Return what a page takes in files, None for a page that takes none."""
    return getattr(view, "files", None)


def needs(action: str) -> Callable[[View], View]:
    """Open a page to those who may do ``action`` (``plans.rights``) somewhere; what it is done to, the view checks."""

    def gate(view: View) -> View:
        @signed_in
        @wraps(view)
        def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(person_of(request), action):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return gated

    return gate
