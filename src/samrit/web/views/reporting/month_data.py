"""A unit's month as JSON for other programs: what stands is handed out, what they send is taken whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Person
from samrit.plans.records.security_log import note
from samrit.plans.selectors.report.month_out import month_out
from samrit.plans.services.office.machine_keys import opened_by
from samrit.plans.services.report.month_taken import MonthRefused, month_take
from samrit.plans.unit_form.month_json import elsewhere, read_month
from samrit.vocabulary.findings import Finding, sentence
from samrit.web.keeping import plain
from samrit.web.views.reporting.report import ReportPlace, place_of
from samrit.web.words import page_language, word


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str, unit: str, period: int) -> HttpResponse:
    """Hand out the month, or take what was sent of it.

    Answers 200 with the month as it is then; 422 with a finding for each row that is wrong, 409 where somebody
    else wrote meanwhile or the plan can't be written, 403 for who may only look, 404 for a month that is not there for
    them, 401 for who is not signed in (a program takes the sign-in page for "done"): nothing of it is written then.
    """
    if not isinstance(request.user, Person):
        return _told("not_signed_in", word("error.not_signed_in", page_language()), status=401)
    return _answered(request, code, unit, period)


@never_cache
@csrf_exempt  # nobody's browser sends a key by itself, and no session counts here
@require_http_methods(["GET", "HEAD", "POST"])
def machine(request: HttpRequest, code: str, unit: str, period: int) -> HttpResponse:
    """Answer a program that brings a key (``Authorization: Bearer …``) as :func:`page` answers its person.

    401 without a key that opens, 404 for another unit than the key's; 403 where the key came in the clear.
    """
    request.user = AnonymousUser()
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if getattr(settings, "SECURE_SSL_REDIRECT", False) and not request.is_secure():
        # A program that is led on in silence would go on saying its key in the clear.
        return _told("in_the_clear", word("machine.in_the_clear", page_language()), status=403)
    opened = opened_by(key.strip()) if scheme.lower() == "bearer" else None
    if opened is None:
        note("key_refused", path=request.path)
        answer = _told("no_key", word("machine.refused", page_language()), status=401)
        answer["WWW-Authenticate"] = 'Bearer realm="samrit"'
        return answer
    if opened.unit.code != unit:
        return _told("not_found", word("error.text_404", page_language()), status=404)
    request.user = opened.person
    return _answered(request, code, unit, period)


def _answered(request: HttpRequest, code: str, unit: str, period: int) -> HttpResponse:
    try:
        place = place_of(request, code, unit, period)
    except NotVisible:
        return _told("not_found", word("error.text_404", page_language()), status=404)
    if request.method != "POST":
        return _answer(_month(place))
    # A form is not read as JSON: its body may be gone by now.
    sent = read_month(request.body if request.content_type == "application/json" else b"")
    here = {"plan": place.plan.code, "unit": place.unit.code, "period": place.period}
    faults = (*sent.faults, *elsewhere(sent, **here))
    if faults:
        return _refused("month_has_faults", faults, place.language, status=422)
    try:
        done = month_take(place.person, plan=place.plan, unit=place.unit, period=place.period, rows=sent.rows)
    except MonthRefused as error:
        return _refused(
            error.code, error.faults(place.language), place.language, status=409 if error.is_conflict else 422
        )
    except ServiceError as error:
        return _told(error.code, plain(error, place.language), status=403 if error.code == "not_allowed" else 409)
    return _answer({"ok": True, "saved": len(done.saved), "unchanged": len(done.unchanged), **_month(place)})


def _month(place: ReportPlace) -> Mapping[str, Any]:
    return month_out(place.person, place.plan, place.unit, place.period, language=place.language)


def _refused(code: str, faults: Iterable[Finding], language: str, *, status: int) -> HttpResponse:
    details = [
        {"row": f.place.line, "indicator": f.place.record, "code": f.code, "message": sentence(f, language)}
        for f in faults
    ]
    text = sentence(Finding(code, params={"count": len(details)}), language)
    return _told(code, text, details, status=status)


def _told(code: str, text: str, details: Sequence[Mapping[str, Any]] = (), *, status: int) -> HttpResponse:
    return _answer({"ok": False, "code": code, "message": text, "details": details}, status=status)


def _answer(data: Mapping[str, Any], status: int = 200) -> HttpResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
