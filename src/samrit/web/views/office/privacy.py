"""What is kept about people, for how long, and what they may ask: the notice, and one's own data."""

from __future__ import annotations

import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samrit.plans.errors import ServiceError
from samrit.plans.selectors.office.own_data import own_data
from samrit.plans.services.office.erasing import person_erasure_ask
from samrit.web.gates import person_of
from samrit.web.words import page_language, word


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """Show the privacy notice, with the periods that this office has set."""
    periods = {
        "evidence": settings.KEEP_EVIDENCE_YEARS,
        "accounts": settings.KEEP_ACCOUNTS_YEARS,
        "traces": settings.KEEP_TRACES_DAYS,
    }
    return render(request, "people/privacy.html", {"keep": periods, "contact": settings.PRIVACY_CONTACT})


@require_safe
@never_cache
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """Hand out everything that is kept about who asks, as a file."""
    person = person_of(request)
    text = json.dumps(own_data(person), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="samrit-account-{person.pk}.json"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@never_cache
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ask that one's own data are erased; an administrator decides."""
    language = page_language()
    try:
        asked = person_erasure_ask(person_of(request), person=person_of(request), reason=request.POST.get("reason", ""))
    except ServiceError as refused:
        messages.error(request, refused.text(language))
    else:
        messages.success(request, word("erasure.asked", language, number=asked.pk))
    return HttpResponseRedirect(reverse("account"))
