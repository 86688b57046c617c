"""Pages for what the machine itself refuses."""

from __future__ import annotations

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from our page, or from one left open too long."""
    return render(request, "403_csrf.html", status=403)


_DISK = frozenset({errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO})


def fault(request: HttpRequest) -> HttpResponse:
    """Answer what went wrong inside: 503 while the database or the disk refuses, which passes; else 500."""
    error = sys.exc_info()[1]
    passing = isinstance(error, OperationalError | InterfaceError) or (
        isinstance(error, OSError) and error.errno in _DISK
    )
    if not passing:
        return HttpResponse(loader.render_to_string("500.html"), status=500)
    answer = HttpResponse(loader.render_to_string("503.html"), status=503)
    answer.headers["Retry-After"] = "30"
    return answer
