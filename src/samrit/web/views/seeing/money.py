"""Recording what happened to a work's money, and taking it back: the forms on the work's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samrit.plans.errors import ServiceError
from samrit.plans.selectors.results.look import period_of
from samrit.plans.selectors.work.work import work as work_page
from samrit.plans.services.plan.money import money_record, money_take_back
from samrit.vocabulary.numbers import whole
from samrit.web.keeping import plain
from samrit.web.views.seeing.seeing import ahead, language, person_of, seen_by
from samrit.web.words import word

_FIELDS = ("state", "period", "amount", "funding_source", "document", "note")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def record(request: HttpRequest, plan: str, project: str) -> HttpResponse:
    """Record a movement and go back to the work; what was refused is in the form again, with the reason."""
    if request.method != "POST":
        return _back(request, plan, project)
    seen, person, typed = seen_by(request, plan), person_of(request), request.POST
    assert person is not None  # noqa: S101 — behind login_required

    def act() -> object:
        return money_record(
            person,
            plan=seen.plan,
            project=project,
            period=_number(typed.get("period", "")),
            state=typed.get("state", ""),
            amount=typed.get("amount", ""),
            seen=_number(typed.get("seen", "")),
            funding_source=typed.get("funding_source", ""),
            document=typed.get("document", ""),
            note=typed.get("note", ""),
        )

    kept = {name: typed.get(name, "") for name in _FIELDS} | {"period": _number(typed.get("period", ""))}
    return _done(request, plan, project, act, said="see.money_recorded", typed=kept)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def take_back(request: HttpRequest, plan: str, project: str) -> HttpResponse:
    """Take a movement back by its opposite and go back to the work."""
    if request.method != "POST":
        return _back(request, plan, project)
    seen, person, typed = seen_by(request, plan), person_of(request), request.POST
    assert person is not None  # noqa: S101 — behind login_required

    def act() -> object:
        return money_take_back(
            person,
            plan=seen.plan,
            project=project,
            order=_number(typed.get("order", "")),
            reason=typed.get("reason", ""),
            seen=_number(typed.get("seen", "")),
        )

    return _done(request, plan, project, act, said="see.money_taken_back")


def _done(
    request: HttpRequest,
    plan: str,
    project: str,
    act: Callable[[], object],
    *,
    said: str,
    typed: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Run a service and lead to the work's page, or show that page with what was refused and why."""
    try:
        act()
    except ServiceError as error:
        if error.code in ("not_allowed", "money_work_unknown"):
            raise
        again = seen_by(request, plan)
        page = work_page(again, project, person_of(request))
        context = {"page": page, "refused": plain(error, language()), "typed": typed, **ahead(request, again)}
        return render(request, "seeing/work.html", context, status=422)
    messages.success(request, word(said, language()))
    return _back(request, plan, project)


def _back(request: HttpRequest, plan: str, project: str) -> HttpResponse:
    """Lead to the work's page at the month of the address; also where links of a refused form's page lead."""
    month = period_of(request.GET.get("month"))
    query = f"?month={month}" if month else ""
    return HttpResponseRedirect(f"{reverse('work', args=[plan, project])}{query}#money")


def _number(text: str) -> int:
    return whole(text, 0)
