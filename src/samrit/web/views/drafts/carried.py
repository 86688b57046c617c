"""Works whose money was kept for the next year: which there are, and the button that takes them into a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samrit.plans import rights
from samrit.plans.drafting.carried import Carried, carried_works
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.overview import ToldFinding, stopping
from samrit.plans.drafting.reading import read_draft
from samrit.plans.drafting.states import may_edit
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.evaluation.scoring import reported_plan
from samrit.plans.models import Person, Plan, PlanDraft
from samrit.plans.selectors.office.drafts import draft_of
from samrit.plans.services.draft.carried import draft_carry, frame_of
from samrit.web.gates import person_of, signed_in
from samrit.web.keeping import plain
from samrit.web.words import page_language, word


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show the works of last year's plans with money that was approved to be kept; sent, take the chosen ones over."""
    person, language, fault = person_of(request), page_language(), ""
    draft = draft_of(person, number)
    if request.method == "POST":
        source = _plan(person, request.POST.get("plan", ""))
        try:
            count = draft_carry(person, draft=draft, source=source, works=request.POST.getlist("work"))
        except ServiceError as refused:
            if refused.code == "not_allowed":
                raise
            fault = plain(refused, language)
        else:
            messages.success(request, word("carried.taken_over", language, count=count))
            return HttpResponseRedirect(reverse("draft_carried", args=[number]))
    context = {"draft": draft, "plans": _found(person, draft), "fault": fault, "may_edit": may_edit(person, draft)}
    return render(request, "drafts/carried.html", context, status=422 if fault else 200)


def _plan(person: Person, code: str) -> Plan:
    plan = Plan.objects.filter(code=code).first()
    if plan is None or not rights.may(person, "draft.view", plan=plan):
        raise NotVisible(code)
    return plan


def _found(person: Person, draft: PlanDraft) -> list[tuple[Plan, list[tuple[Carried, tuple[ToldFinding, ...]]]]]:
    """Return the plans of the year before that the person may see, each with what was kept of it.

    A work that the draft has comes with what stops the draft there: taking money over may be the reason (R125).
    """
    rows = standing(draft)
    _, year = frame_of(rows)
    plans = [p for p in Plan.objects.filter(year_be=year - 1) if rights.may(person, "draft.view", plan=p)]
    found = [(plan, carried_works(reported_plan(plan).plan, rows)) for plan in plans]
    reading = read_draft(draft) if any(own.there for _, works in found for own in works) else None
    language = page_language()

    def stops(own: Carried) -> tuple[ToldFinding, ...]:
        return stopping(reading, own.there, language) if reading is not None and own.there else ()

    return [(plan, [(own, stops(own)) for own in works]) for plan, works in found]
