"""The language switch, and the sign of life that a proxy asks for."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from samrit.plans.models import Person
from samrit.plans.services.office.people import language_choose
from samrit.web.words import LANGUAGE_COOKIE, LANGUAGES

_YEAR = 365 * 24 * 60 * 60


@csrf_exempt  # a page that everybody sees carries no token, which would be one visitor's; see below
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language and go back to the page; whose own it becomes, with a token, when signed in."""
    return _chosen_by_person(request) if isinstance(request.user, Person) else _chosen(request)


def _chosen(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    there = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure()):
        there = "/"
    response = HttpResponseRedirect(there)
    if chosen in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
        if isinstance(request.user, Person) and request.user.language != chosen:
            language_choose(request.user, language=chosen)
    return response


_chosen_by_person = csrf_protect(_chosen)


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when the database answers; says nothing else to anybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")
