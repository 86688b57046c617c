"""The head's page: confirm all, some, or return one with a reason."""

from __future__ import annotations

from collections import defaultdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samrit.plans.errors import ServiceError
from samrit.plans.models import MonthlyReport, Person, Plan, Unit
from samrit.plans.selectors.report.confirmation import confirmation, report_to_decide
from samrit.plans.services.report.reports import report_return, reports_confirm
from samrit.web.keeping import plain
from samrit.web.numbers import whole
from samrit.web.words import word


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show what waits for the head, or do what was decided."""
    assert isinstance(request.user, Person)  # noqa: S101 - login_required says so
    if request.method == "POST":
        if "return" in request.POST:
            give_back(request, request.user, request.POST["return"])
        else:
            _confirm(request, request.user)
        return HttpResponseRedirect(reverse("confirm"))
    start = whole(request.GET.get("from"), 0)
    return render(request, "confirm.html", {"page": confirmation(request.user, start=start)})


def give_back(request: HttpRequest, person: Person, number: str, *, to: str = "reporter") -> None:
    """Return one report with the reason typed beside it, and the indicators ticked there."""
    language = get_language() or "th"
    row = report_to_decide(person, number)
    about = ", ".join(request.POST.getlist(f"about-{number}"))
    reason = request.POST.get(f"reason-{number}", "").strip()
    reason = f"{about}: {reason}" if about and reason else reason
    try:
        report_return(person, plan=row.plan, unit=row.unit, period=row.period, reason=reason, to=to)
    except ServiceError as error:
        messages.error(request, f"{row.unit.code}: {plain(error, language)}")
    else:
        messages.success(request, word("confirm.returned", language, unit=row.unit.name))


def chosen_reports(request: HttpRequest, person: Person) -> list[tuple[Plan, int, list[Unit], dict[str, str]]]:
    """Return the ticked reports by plan and month, with the revision of each that the page showed."""
    grouped: dict[tuple[int, int], list[MonthlyReport]] = defaultdict(list)
    for number in request.POST.getlist("report"):
        row = report_to_decide(person, number)
        grouped[row.plan.pk, row.period].append(row)
    return [
        (
            rows[0].plan,
            rows[0].period,
            [r.unit for r in rows],
            {r.unit.code: request.POST.get(f"seen-{r.pk}", "") for r in rows},
        )
        for rows in grouped.values()
    ]


def _confirm(request: HttpRequest, person: Person) -> None:
    language = get_language() or "th"
    done = 0
    for plan, period, units, shown in chosen_reports(request, person):
        outcome = reports_confirm(person, plan=plan, period=period, units=units, shown=shown)
        done += len(outcome.done)
        for unit, error in outcome.refused:
            messages.error(request, f"{unit.code}: {plain(error, language)}")
    if done:
        messages.success(request, word("confirm.done", language, count=done))
    elif not request.POST.getlist("report"):
        messages.error(request, word("confirm.nothing_chosen", language))
