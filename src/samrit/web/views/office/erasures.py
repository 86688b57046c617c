"""Erasing by decision: who asks, what is asked, who decides; and what is kept for longer than it should be."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Unit
from samrit.plans.rights import may
from samrit.plans.selectors.office.erasures import erasure_list, erasure_of
from samrit.plans.selectors.office.files import evidence_of_person
from samrit.plans.selectors.office.people import person_named
from samrit.plans.selectors.office.retention import due
from samrit.plans.services.office.erasing import erasure_decide, evidence_erasure_ask, person_erasure_ask
from samrit.web.gates import needs, person_of, signed_in
from samrit.web.words import page_language, word


@require_safe
@never_cache
@needs("erasure.view")
def listing(request: HttpRequest) -> HttpResponse:
    """List what was asked and decided, and to administrators and auditors what is due."""
    person = person_of(request)
    shown = {
        "lines": erasure_list(person),
        "due": due(timezone.localdate()) if may(person, "people.view") else None,
        "may_ask": may(person, "people.manage"),
    }
    return render(request, "people/erasures.html", shown)


@require_POST
@needs("erasure.view")
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Erase, or refuse with a reason."""
    row = erasure_of(person_of(request), number)
    erase, language = request.POST.get("do") == "erase", page_language()
    try:
        erasure_decide(person_of(request), erasure=row, erase=erase, remark=request.POST.get("remark", ""))
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        messages.error(request, refused.text(language))
    else:
        messages.success(request, word("erasure.is_done" if erase else "erasure.is_refused", language, number=number))
    return HttpResponseRedirect(reverse("erasures"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def evidence(request: HttpRequest, number: int) -> HttpResponse:
    """Ask that a file of evidence is erased."""
    person, file = person_of(request), evidence_of_person(person_of(request), number)
    unit = Unit.objects.filter(code=file.unit_code).first()
    if not may(person, "erasure.ask", plan=file.plan, unit=unit):
        raise NotVisible(str(number))
    fault, reason = "", request.POST.get("reason", "")
    if request.method == "POST":
        try:
            asked = evidence_erasure_ask(person, evidence=file, reason=reason)
        except ServiceError as refused:
            fault = refused.text(page_language())
        else:
            messages.success(request, word("erasure.asked", page_language(), number=asked.pk))
            return HttpResponseRedirect(reverse("erasures"))
    shown = {"file": file, "fault": fault, "reason": reason}
    return render(request, "people/erasure_ask.html", shown, status=422 if fault else 200)


@require_POST
@needs("people.manage")
def person(request: HttpRequest, username: str) -> HttpResponse:
    """Ask that a person's data are erased; another administrator decides."""
    about = person_named(person_of(request), username)
    try:
        asked = person_erasure_ask(person_of(request), person=about, reason=request.POST.get("reason", ""))
    except ServiceError as refused:
        messages.error(request, refused.text(page_language()))
        return HttpResponseRedirect(reverse("person", args=[about.username]))
    messages.success(request, word("erasure.asked", page_language(), number=asked.pk))
    return HttpResponseRedirect(reverse("erasures"))
