"""The rule sets that a draft may be judged by: what each makes of the results, one taken, one copied."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samrit.plans.drafting.filling.rule_choice import rule_choices, rules_offered
from samrit.plans.drafting.reading import read_draft
from samrit.plans.drafting.states import may_edit
from samrit.plans.errors import ServiceError
from samrit.plans.models import Person, Plan, PlanDraft
from samrit.plans.selectors.office.drafts import draft_of
from samrit.plans.selectors.office.visible import visible_plans
from samrit.plans.services.draft.rules import draft_rules_copy, draft_rules_take
from samrit.vocabulary.dates import typed_day
from samrit.vocabulary.periods import report_name
from samrit.web.gates import person_of, signed_in
from samrit.web.keeping import plain
from samrit.web.words import page_language, word


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show the choices, and take or copy one; what is refused stays in the form."""
    person, draft = person_of(request), draft_of(person_of(request), number)
    if request.method != "POST":
        return _shown(request, draft)
    try:
        fault = _taken(request, person, draft)
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        fault = plain(refused, page_language())
    if fault:
        return _shown(request, draft, fault=fault, status=422)
    messages.success(request, word("rules_of.taken", page_language()))
    return HttpResponseRedirect(reverse("draft_rules", args=[number]))


def _taken(request: HttpRequest, person: Person, draft: PlanDraft) -> str:
    """Take what was asked for; return what is wrong, "" for nothing."""
    sent = request.POST
    found = rules_offered(read_draft(draft), _plans(person)).get(sent.get("key", ""))
    if found is None:
        return word("rules_of.unknown", page_language())
    if sent.get("do") == "copy":
        day = typed_day(sent.get("day", ""))
        named = {"code": sent.get("code", ""), "name": sent.get("name", "")[:300]}
        draft_rules_copy(person, draft=draft, ruleset=found[1], effective_from=day, **named)
    else:
        draft_rules_take(person, draft=draft, ruleset=found[1])
    return ""


def _shown(request: HttpRequest, draft: PlanDraft, *, fault: str = "", status: int = 200) -> HttpResponse:
    person = person_of(request)
    choices = rule_choices(draft, read_draft(draft), _plans(person))
    plan = choices.plan
    shown = {
        "draft": draft,
        "page": choices,
        "until": report_name(plan.year_be, plan.calendar, choices.as_of, page_language()) if plan is not None else "",
        "may_edit": may_edit(person, draft),
        "fault": fault,
        "typed": request.POST,
    }
    return render(request, "drafts/rules.html", shown, status=status)


def _plans(person: Person) -> list[Plan]:
    return [seen.plan for seen in visible_plans(person) if not seen.public]
