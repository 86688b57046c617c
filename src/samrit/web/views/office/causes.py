"""The office's own list of causes: what each is called and how many works it held up by year (R242, R243)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samrit.plans.errors import ServiceError
from samrit.plans.rights import may
from samrit.plans.selectors.office.causes import cause_page
from samrit.plans.services.office.causes import cause_save
from samrit.web.gates import needs, person_of
from samrit.web.words import page_language, word

_FIELDS = ("code", "title", "title_en", "reason")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("causes.view")
def page(request: HttpRequest) -> HttpResponse:
    """Show the list, and take one new or changed cause from those who may."""
    person = person_of(request)
    may_change = may(person, "causes.manage")
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    fault = _kept(request) if request.method == "POST" else ""
    if request.method == "POST" and not fault:
        return HttpResponseRedirect(reverse("causes"))
    typed = {name: request.POST.get(name, "") for name in (*_FIELDS, "closed")}
    shown = {"page": cause_page(person), "may_change": may_change, "fault": fault, "typed": typed}
    return render(request, "people/causes.html", shown, status=422 if fault else 200)


def _kept(request: HttpRequest) -> str:
    """Keep what was sent; return what was wrong, "" when it is done."""
    post = request.POST
    typed = {name: post.get(name, "").strip() for name in _FIELDS}
    try:
        kept = cause_save(person_of(request), **typed, is_closed=post.get("closed") == "1")
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        return refused.text(page_language())
    messages.success(request, word("causes.done" if kept is not None else "causes.unchanged", page_language()))
    return ""
