"""The division's side of proposals: the call with its last day, what units sent, and each taken over or returned."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samrit.plans.drafting.proposals.cells import names
from samrit.plans.drafting.reading import read_draft
from samrit.plans.drafting.states import may_edit
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import PlanDraft, ProposalState, ProposedWork
from samrit.plans.selectors.office.drafts import draft_of
from samrit.plans.selectors.office.proposals import is_open, proposal_of, proposals_of
from samrit.plans.services.draft.proposing import proposal_return, proposal_take, proposals_call
from samrit.vocabulary.dates import typed_day
from samrit.vocabulary.numbers import whole
from samrit.web.gates import person_of, signed_in
from samrit.web.views.drafts.proposal_form import form_of, label_of
from samrit.web.words import page_language, word

ON_A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show what units proposed, and set the day until which they may."""
    draft, fault = draft_of(person_of(request), number), ""
    if request.method == "POST":
        text = "" if "end" in request.POST else request.POST.get("until", "").strip()
        until = typed_day(text) if text else None
        if until is None and "end" not in request.POST:
            fault = word("form.date_wrong", page_language(), text=text[:40])
        else:
            try:
                proposals_call(person_of(request), draft=draft, until=until)
            except ServiceError as refused:
                if refused.code == "not_allowed":
                    raise
                fault = refused.text(page_language())
            else:
                messages.success(
                    request, word("proposals.called" if until else "proposals.call_ended", page_language())
                )
                return HttpResponseRedirect(reverse("draft_proposals", args=[number]))
    every = proposals_of(draft)
    found = every.exclude(state=ProposalState.OPEN)
    pages = max(-(-found.count() // ON_A_PAGE), 1)
    at = min(max(whole(request.GET.get("page"), 1), 1), pages)
    shown = {
        "draft": draft,
        "proposals": found[(at - 1) * ON_A_PAGE : at * ON_A_PAGE],
        "at": at,
        "pages": pages,
        "preparing": every.filter(state=ProposalState.OPEN).count(),
        "is_open": is_open(draft),
        "may_edit": may_edit(person_of(request), draft),
        "fault": fault,
        "typed": request.POST,
    }
    return render(request, "drafts/proposals/page.html", shown, status=422 if fault else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def one(request: HttpRequest, number: int, at: int) -> HttpResponse:
    """Show one proposed work before and after; take it over, or return it with remarks on its cells."""
    draft = draft_of(person_of(request), number)
    proposal = proposal_of(draft, at)
    if proposal.state == ProposalState.OPEN:
        raise NotVisible(str(at))  # the unit's own until it sends it
    if request.method != "POST":
        return _shown(request, draft, proposal)
    seen, reason = whole(request.POST.get("seen"), 0), request.POST.get("reason", "")
    try:
        if request.POST.get("do") == "take":
            return _taken(request, draft, proposal, seen)
        remarks = {name: request.POST.get(f"r:{name}", "") for name in names()}
        proposal_return(person_of(request), proposal=proposal, remarks=remarks, reason=reason, seen=seen)
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        return _shown(request, draft, proposal_of(draft, at), fault=refused.text(page_language()))
    messages.success(request, word("proposals.returned", page_language()))
    return HttpResponseRedirect(reverse("draft_proposals", args=[number]))


def _taken(request: HttpRequest, draft: PlanDraft, proposal: ProposedWork, seen: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    outcome, clashes = proposal_take(person_of(request), proposal=proposal, reason=reason, seen=seen)
    messages.success(request, word("proposals.taken", page_language(), count=outcome.saved + outcome.followed))
    if clashes:
        left = ", ".join(label_of(name, page_language()) for name in clashes)
        messages.warning(request, word("proposals.clashes", page_language(), cells=left))
    return HttpResponseRedirect(reverse("draft_proposals", args=[draft.pk]))


def _shown(request: HttpRequest, draft: PlanDraft, proposal: ProposedWork, *, fault: str = "") -> HttpResponse:
    rows = read_draft(draft).rows
    typed = request.POST
    remarks = {n: typed.get(f"r:{n}", proposal.remarks.get(n, "")) for n in names()}
    shown = {
        "draft": draft,
        "proposal": proposal,
        "form": form_of(rows, proposal.cells, proposal.base, remarks, page_language(), checked=True),
        "may_decide": may_edit(person_of(request), draft) and proposal.state == ProposalState.SENT,
        "fault": fault,
        "typed": typed,
    }
    return render(request, "drafts/proposals/one.html", shown, status=422 if fault else 200)
