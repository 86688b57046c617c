"""The division's page: accept many reports at once, or return one with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samrit.plans.models import Person
from samrit.plans.selectors.report.confirmation import acceptance, report_to_decide, waiting_looked_at
from samrit.plans.services.report.reports import reports_accept
from samrit.vocabulary.numbers import whole
from samrit.web.keeping import plain
from samrit.web.views.reporting.confirm import chosen_reports, give_back
from samrit.web.words import page_language, word


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the heads confirmed, or do what was decided."""
    assert isinstance(request.user, Person)  # noqa: S101 - login_required says so
    month = request.GET.get("month", "")
    at = request.GET.get("page", "")
    period = whole(month, 0) or None
    chosen = whole(at, 1)
    shown = acceptance(request.user, code, period, chosen)
    refused = None
    if request.method == "POST":
        if "return" in request.POST:
            number, _, to = request.POST["return"].partition(":")
            refused = give_back(request, request.user, number, to=to or "reporter")
        else:
            _accept(request, request.user)
        if refused and refused.number not in {row.number for row in shown.rows}:  # it waits no more
            messages.error(request, refused.fault)
            refused = None
        if refused is None:
            return HttpResponseRedirect(request.get_full_path())
    look = request.GET.get("look", "")
    if look:
        row = report_to_decide(request.user, look)
        return render(request, "report/_looked.html", {"item": waiting_looked_at(request.user, row)})
    return render(request, "accept.html", {"page": shown, "refused": refused}, status=422 if refused else 200)


def _accept(request: HttpRequest, person: Person) -> None:
    language = page_language()
    done = 0
    for plan, period, units, shown in chosen_reports(request, person):
        outcome = reports_accept(person, plan=plan, period=period, units=units, shown=shown)
        done += len(outcome.done)
        for unit, error in outcome.refused:
            messages.error(request, f"{unit.code}: {plain(error, language)}")
    if done:
        messages.success(request, word("accept.done", language, count=done))
    elif not request.POST.getlist("report"):
        messages.error(request, word("confirm.nothing_chosen", language))
