"""The page of a plan's money by source, and its forms: a line is recorded, or withdrawn with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from samrit.plans.errors import ServiceError
from samrit.plans.models import Allotment
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.work.funding import Funding
from samrit.plans.selectors.work.funding import funding as funding_of
from samrit.plans.services.plan.allotments import allotment_record, allotment_withdraw
from samrit.vocabulary.dates import typed_day
from samrit.vocabulary.numbers import whole
from samrit.web.keeping import plain
from samrit.web.views.seeing.seeing import ahead, language, person_of, seen_by
from samrit.web.words import word

_FIELDS = ("funding_source", "sort", "amount", "number", "replaces", "project", "document", "note")


@require_safe
def sources(request: HttpRequest, plan: str) -> HttpResponse:
    """Show announcements, what is in force, and how it comes to the works' budgets, source by source."""
    seen = seen_by(request, plan)
    return render(request, "seeing/sources.html", {"page": by_source(request, seen), **ahead(request, seen)})


def by_source(request: HttpRequest, seen: Look) -> Funding:
    """Return the money of the source that the address names, or of all."""
    return funding_of(seen, person_of(request), chosen=request.GET.get("source", "")[:200])


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def record(request: HttpRequest, plan: str) -> HttpResponse:
    """Record a line and go back to the page; what was refused is in the form again, with the reason."""
    if request.method != "POST":
        return _back(request, plan)
    seen, person = seen_by(request, plan), person_of(request)
    assert person is not None  # noqa: S101 — behind login_required
    typed = {name: request.POST.get(name, "")[:3000] for name in (*_FIELDS, "announced_on")}

    def act() -> object:
        day = typed_day(typed["announced_on"]) if typed["announced_on"].strip() else None
        given = {name: typed[name] for name in _FIELDS}
        return allotment_record(
            person, plan=seen.plan, announced_on=day, seen=whole(request.POST.get("seen", ""), -1), **given
        )

    return _done(request, plan, act, said="sources.recorded", typed=typed)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def withdraw(request: HttpRequest, plan: str) -> HttpResponse:
    """Withdraw a line that was recorded by mistake."""
    if request.method != "POST":
        return _back(request, plan)
    seen, person = seen_by(request, plan), person_of(request)
    assert person is not None  # noqa: S101 — behind login_required
    number = whole(request.POST.get("line", ""), 0, most=10**12)

    def act() -> object:
        line = get_object_or_404(Allotment, plan=seen.plan, pk=number)
        return allotment_withdraw(person, allotment=line, reason=request.POST.get("reason", ""))

    return _done(request, plan, act, said="sources.withdrawn")


def _done(
    request: HttpRequest, plan: str, act: Callable[[], object], *, said: str, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    """Run a service and lead to the page, or show that page with what was refused and why."""
    try:
        act()
    except ServiceError as error:
        if error.code == "not_allowed":
            raise
        again = seen_by(request, plan)
        context = {"page": by_source(request, again), "refused": plain(error, language()), "typed": typed}
        return render(request, "seeing/sources.html", {**context, **ahead(request, again)}, status=422)
    messages.success(request, word(said, language()))
    return _back(request, plan)


def _back(request: HttpRequest, plan: str) -> HttpResponse:
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse("sources", args=[plan]) + (f"?{query}" if query else ""))
