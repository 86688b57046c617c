"""What was decided by hand and stands: months opened again and results settled, each with the button that ends it."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from samrit.plans.errors import ServiceError, SeveralRefused
from samrit.plans.models import DueMove, Person, Plan, Settlement, Unit, Unlock, Waiver
from samrit.plans.selectors.control.control_room import plan_to_control
from samrit.plans.selectors.control.standing_decisions import standing_decisions
from samrit.plans.services.plan.due_days import due_move, due_move_end
from samrit.plans.services.plan.periods import unlock_end
from samrit.plans.services.plan.separation import waiver_end, waiver_give
from samrit.plans.services.plan.settlements import settlement_withdraw
from samrit.vocabulary.dates import typed_day
from samrit.vocabulary.numbers import whole
from samrit.web.gates import person_of
from samrit.web.keeping import plain
from samrit.web.words import page_language, word


@require_safe
@login_required
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show what stands."""
    person = person_of(request)
    shown = standing_decisions(person, plan_to_control(person, code), timezone.localdate())
    return render(request, "control/decisions.html", {"page": shown})


@require_POST
@login_required
def due(request: HttpRequest, code: str) -> HttpResponse:
    """Move the due day of a month for a region or for all; what is refused stays in the form."""
    person, language = person_of(request), page_language()
    plan = plan_to_control(person, code)
    typed = {name: request.POST.get(name, "").strip() for name in ("period", "region", "day", "reason")}
    period, day = whole(typed["period"], 0), typed_day(typed["day"])
    try:
        due_move(person, plan=plan, period=period, due_on=day, region=typed["region"], reason=typed["reason"])
    except ServiceError as refused:
        shown = standing_decisions(person, plan, timezone.localdate())
        context = {"page": shown, "due_fault": plain(refused, language), "due_typed": typed}
        return render(request, "control/decisions.html", context, status=422)
    messages.success(request, word("due.moved", language))
    return HttpResponseRedirect(reverse("control_decisions", args=[code]))


@require_POST
@login_required
def waive(request: HttpRequest, code: str) -> HttpResponse:
    """Except a small unit from separate hands; what is refused stays in the form."""
    person, language = person_of(request), page_language()
    plan = plan_to_control(person, code)
    typed = {name: request.POST.get(name, "").strip() for name in ("unit", "until", "reason")}
    try:
        _waived(person, plan, typed)
    except ServiceError as refused:
        shown = standing_decisions(person, plan, timezone.localdate())
        context = {"page": shown, "fault": plain(refused, language), "typed": typed}
        return render(request, "control/decisions.html", context, status=422)
    messages.success(request, word("waiver.given", language))
    return HttpResponseRedirect(reverse("control_decisions", args=[code]))


def _waived(person: Person, plan: Plan, typed: Mapping[str, str]) -> None:
    unit, until = Unit.objects.filter(code=typed["unit"]).first(), typed_day(typed["until"])
    if unit is None:
        wrong = [ServiceError("unit_unknown", record=typed["unit"][:60] or plan.code)]
        wrong += [ServiceError("waiver_day_wrong", record=plan.code)] if until is None else []
        wrong += [ServiceError("reason_missing")] if not typed["reason"] else []
        raise SeveralRefused(wrong)
    waiver_give(person, plan=plan, unit=unit, reason=typed["reason"], until=until)


@require_POST
@login_required
def end(request: HttpRequest, code: str) -> HttpResponse:
    """End an unlock or a waiver, or withdraw a settlement, by its number."""
    person, language = person_of(request), page_language()
    plan = plan_to_control(person, code)
    number, reason = whole(request.POST.get("number"), 0, most=10**12), request.POST.get("reason", "")
    try:
        if request.POST.get("do") == "withdraw":
            settlement = get_object_or_404(Settlement, plan=plan, pk=number)
            settlement_withdraw(person, settlement=settlement, reason=reason)
        elif request.POST.get("do") == "due":
            due_move_end(person, move=get_object_or_404(DueMove, plan=plan, pk=number), reason=reason)
        elif request.POST.get("do") == "waiver":
            waiver_end(person, waiver=get_object_or_404(Waiver, plan=plan, pk=number), reason=reason)
        else:
            unlock_end(person, unlock=get_object_or_404(Unlock, plan=plan, pk=number), reason=reason)
    except ServiceError as refused:
        messages.error(request, refused.text(language))
    else:
        messages.success(request, word("decisions.ended", language))
    return HttpResponseRedirect(reverse("control_decisions", args=[code]))
