"""The library of indicators beside a draft: where each is used, where definitions differ, and one taken over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from samrit.plans.drafting.library.uses import differences, entry_of
from samrit.plans.drafting.naming import is_name
from samrit.plans.errors import NotVisible
from samrit.plans.selectors.office.drafts import draft_of
from samrit.plans.selectors.office.library import library_for
from samrit.plans.services.draft.defining import definition_take
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.text import search_key
from samrit.web.gates import person_of, signed_in
from samrit.web.words import page_language, word

ON_A_PAGE = 40


@require_safe
@signed_in
def page(request: HttpRequest, number: int) -> HttpResponse:
    """List the indicators of the draft and of all plans, those that are defined in more than one way when asked."""
    draft, language = draft_of(person_of(request), number), page_language()
    wanted = search_key(request.GET.get("q", "")[:100])
    found = [e for e in library_for(person_of(request), draft) if any(wanted in search_key(u.name) for u in e.uses)]
    if "own" in request.GET:
        found = [entry for entry in found if entry.is_own]
    told = [(entry, differences(entry.uses, language)) for entry in found]
    if "differs" in request.GET:
        told = [(entry, parts) for entry, parts in told if parts]
    pages = max(-(-len(told) // ON_A_PAGE), 1)
    at = min(max(whole(request.GET.get("page"), 1), 1), pages)
    shown = {
        "draft": draft,
        "entries": told[(at - 1) * ON_A_PAGE : at * ON_A_PAGE],
        "found": len(told),
        "number": at,
        "pages": pages,
    }
    return render(request, "drafts/library.html", shown)


@require_POST
@signed_in
def take(request: HttpRequest, number: int, record: str) -> HttpResponse:
    """Define an indicator as another use of it is defined."""
    person = person_of(request)
    draft = draft_of(person, number)
    entry = entry_of(library_for(person, draft), record)
    plan, _, name = request.POST.get("use", "").partition("|")
    uses = entry.uses if entry is not None else ()
    use = next((u for u in uses if (u.plan, u.id) == (plan, name) and (u.plan or u.id != record)), None)
    if use is None:
        raise NotVisible(record)
    outcome = definition_take(person, draft=draft, indicator=record, use=use)
    messages.success(request, word("library.taken" if outcome.saved else "drafts.rows_unchanged", page_language()))
    if not is_name("indicators", record):
        raise NotVisible(record)
    return HttpResponseRedirect(reverse("draft_indicator", args=[number, record]))
