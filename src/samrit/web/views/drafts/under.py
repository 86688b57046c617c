"""A draft under a plan of several years: which one, and the year's targets taken from it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samrit.plans.drafting.reading import read_draft
from samrit.plans.drafting.states import may_edit
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.evaluation.horizon import longer_plans
from samrit.plans.models import Person, PlanDraft
from samrit.plans.selectors.office.drafts import draft_of
from samrit.plans.selectors.office.visible import visible
from samrit.plans.services.draft.horizon import draft_take_targets, draft_under
from samrit.plans.services.draft.rows import DraftOutcome
from samrit.vocabulary.numbers import whole
from samrit.web.gates import person_of, signed_in
from samrit.web.words import page_language, word


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show which plan of several years a draft is under; save it, or take the year's targets from it."""
    person = person_of(request)
    draft, sent = draft_of(person, number), request.POST
    if request.method != "POST":
        return _shown(request, draft)

    def act() -> DraftOutcome:
        if sent.get("do") == "take":
            return draft_take_targets(person, draft=draft)
        cited = sent.get("version", "").strip()
        version = whole(cited, 0) if cited else None  # what is no number names no version, and is refused as one
        return draft_under(person, draft=draft, plan=sent.get("plan", "")[:60], version=version)

    return _done(request, draft, act)


def _done(request: HttpRequest, draft: PlanDraft, act: Callable[[], DraftOutcome]) -> HttpResponse:
    language = page_language()
    try:
        outcome = act()
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        return _shown(request, draft, fault=refused.text(language))
    if request.POST.get("do") != "take":
        messages.success(request, word("under.saved", language))
    elif outcome.saved:
        messages.success(request, word("under.taken", language, count=outcome.saved))
    else:
        messages.info(request, word("under.taken_none", language))
    return HttpResponseRedirect(reverse("draft_under", args=[draft.pk]))


def _shown(request: HttpRequest, draft: PlanDraft, *, fault: str = "") -> HttpResponse:
    person = person_of(request)
    rows = read_draft(draft).rows["plan"].values()
    own = next((row.cells for row in rows if not row.is_removed), {})
    typed = request.POST if fault and request.POST.get("do") != "take" else None
    shown = {
        "draft": draft,
        "may_edit": may_edit(person, draft),
        "plans": [(code, title) for code, title in longer_plans() if _sees(person, code)],
        "plan": typed.get("plan", "") if typed else own.get("under_plan", ""),
        "version": typed.get("version", "") if typed else own.get("under_version", ""),
        "fault": fault,
    }
    return render(request, "drafts/under.html", shown, status=422 if fault else 200)


def _sees(person: Person, code: str) -> bool:
    try:
        visible(person, code)
    except NotVisible:
        return False
    return True
