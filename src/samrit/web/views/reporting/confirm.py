"""The head's page: confirm all, some, or return one with a reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samrit.plans.errors import ServiceError
from samrit.plans.models import MonthlyReport, Person, Plan, Unit
from samrit.plans.reporting.register import unit_then
from samrit.plans.selectors.report.confirmation import confirmation, report_to_decide
from samrit.plans.services.report.reports import report_return, reports_confirm
from samrit.vocabulary.numbers import whole
from samrit.web.keeping import plain
from samrit.web.returned_letters import tell_returned
from samrit.web.words import page_language, word


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show what waits for the head, or do what was decided."""
    assert isinstance(request.user, Person)  # noqa: S101 - login_required says so
    refused = None
    if request.method == "POST":
        if "return" in request.POST:
            refused = give_back(request, request.user, request.POST["return"])
        else:
            _confirm(request, request.user)
        if refused is None:
            return HttpResponseRedirect(reverse("confirm"))
    shown = confirmation(request.user, start=whole(request.GET.get("from"), 0))
    if refused and refused.number not in {item.key for item in shown.waiting}:  # it waits no more
        messages.error(request, refused.fault)
        return HttpResponseRedirect(reverse("confirm"))
    return render(request, "confirm.html", {"page": shown, "refused": refused}, status=422 if refused else 200)


@dataclass(frozen=True, slots=True)
class RefusedReturn:
    """A return that was refused: why, and everything that was in the form, which is there again."""

    number: str
    fault: str
    reason: str
    about: frozenset[str]
    ticked: frozenset[str]


def give_back(request: HttpRequest, person: Person, number: str, *, to: str = "reporter") -> RefusedReturn | None:
    """Return one report with the reason typed beside it, and the indicators ticked there; or say what was refused."""
    language = page_language()
    row = report_to_decide(person, number)
    ticked = request.POST.getlist(f"about-{number}")
    typed = request.POST.get(f"reason-{number}", "").strip()
    about = ", ".join(ticked)
    reason = f"{about}: {typed}" if about and typed else typed
    try:
        returned = report_return(person, plan=row.plan, unit=row.unit, period=row.period, reason=reason, to=to)
    except ServiceError as error:
        chosen = frozenset(request.POST.getlist("report"))
        return RefusedReturn(str(row.pk), plain(error, language), typed, frozenset(ticked), chosen)
    tell_returned(returned, person, reason, to=to)
    messages.success(request, word("confirm.returned", language, unit=unit_then(row.unit, row.plan, row.period).name))
    return None


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
    language = page_language()
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
