"""The gate of a page: who isn't signed in is led to the sign-in, who may not gets 403."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict

from samrit.plans.models import Person
from samrit.plans.rights import may

View = Callable[..., HttpResponse]


def person_of(request: HttpRequest) -> Person:
    """Return who is signed in; only behind a gate."""
    return cast("Person", request.user)


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
