"""Who is guessing, from where, and the page that tells them to wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone


def client_address(request: HttpRequest) -> str:
    """Return the address of the browser: the connection's, or what our own proxies (``TRUSTED_PROXIES``) added.

    Whatever stands further left in X-Forwarded-For was sent by the browser itself and is not believed.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.TRUSTED_PROXIES
    if not proxies:
        return address
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return forwarded[-proxies] if len(forwarded) >= proxies else address


def client_name(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """Return the name that somebody tries to sign in with, in small letters: "Somchai" and "somchai" are one."""
    given = credentials or {}
    name = given.get("username") or given.get("login") or request.POST.get("login", "")
    return str(name).strip().lower()[:150]


def codes_guessed(name: str) -> bool:
    """Say whether too many wrong codes were given for a name lately, from whatever addresses.

    Whoever gets as far as a code knows the password: no stranger can keep its owner out this way.
    """
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    tried = AccessAttempt.objects.filter(username=name.lower(), path_info=reverse("mfa_authenticate"))
    failures = tried.filter(attempt_time__gte=since).aggregate(n=Sum("failures_since_start"))["n"] or 0
    return bool(failures >= 4 * settings.AXES_FAILURE_LIMIT)


def locked_out(request: HttpRequest, credentials: Mapping[str, Any] | None = None, *_: object) -> HttpResponse:
    """Answer 429 and say how long to wait."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(
        request, "account/locked.html", {"minutes": minutes, "limit": settings.AXES_FAILURE_LIMIT}, status=429
    )
