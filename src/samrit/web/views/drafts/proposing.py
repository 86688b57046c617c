"""A unit's side of proposals: the drafts that call for them, the unit's works, and the form of one work."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from samrit.plans.drafting.proposals.cells import Cells, as_it_stands, faults_of, names
from samrit.plans.drafting.reading import read_draft
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import PlanDraft, ProposedWork, Unit
from samrit.plans.selectors.office.proposals import call_of, calls_for, is_open, proposal_of, proposals_of, works_of
from samrit.plans.services.draft.proposing import (
    CHANGEABLE,
    WITHDRAWABLE,
    proposal_save,
    proposal_send,
    proposal_withdraw,
)
from samrit.vocabulary.numbers import whole
from samrit.web.gates import needs, person_of, signed_in
from samrit.web.views.drafts.proposal_form import form_of, label_of
from samrit.web.words import page_language, word


@require_safe
@needs("proposal.edit")
def listing(request: HttpRequest) -> HttpResponse:
    """List the drafts that call for proposals, each with the units one speaks for."""
    return render(request, "drafts/proposals/list.html", {"calls": calls_for(person_of(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def of_unit(request: HttpRequest, number: int, unit: str) -> HttpResponse:
    """Show what a unit has in a draft and what it proposes; send it all."""
    draft, own = call_of(person_of(request), number, unit)
    fault = ""
    if request.method == "POST":
        try:
            count = proposal_send(person_of(request), draft=draft, unit=own)
        except ServiceError as refused:
            fault = refused.text(page_language())
        else:
            messages.success(request, word("proposals.sent", page_language(), count=count))
            return HttpResponseRedirect(reverse("proposal_unit", args=[number, unit]))
    rows = read_draft(draft).rows
    proposed = list(proposals_of(draft).filter(unit=own))
    shown = {
        "draft": draft,
        "unit": own,
        "is_open": is_open(draft),
        "proposed": [(p, len(faults_of(rows, p.cells)) if p.state in CHANGEABLE else 0) for p in proposed],
        "waiting": sum(p.state in CHANGEABLE for p in proposed),
        "works": works_of(rows, own, proposed),
        "fault": fault,
    }
    return render(request, "drafts/proposals/unit.html", shown, status=422 if fault else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def work(request: HttpRequest, number: int, unit: str, at: int) -> HttpResponse:
    """Show the form of one proposed work, 0 for one to begin, and keep what is typed into it."""
    draft, own = call_of(person_of(request), number, unit)
    proposal = proposal_of(draft, at, own) if at else None
    if request.method != "POST":
        return _shown(request, draft, own, proposal)
    if "withdraw" in request.POST and proposal is not None:
        return _withdrawn(request, draft, own, proposal)
    typed = {name: text for name in names() if (text := request.POST.get(name, ""))}
    try:
        saved = proposal_save(
            person_of(request),
            draft=draft,
            unit=own,
            cells=typed,
            proposal=proposal,
            work=request.GET.get("work", "")[:60],
            seen=whole(request.POST.get("seen"), 0),
        )
    except ServiceError as refused:
        return _shown(request, draft, own, proposal, typed=typed, fault=refused.text(page_language()))
    if saved.clashes:
        return _shown(request, draft, own, saved.work, clashes=saved.clashes)
    messages.success(request, word("proposals.saved", page_language()))
    return HttpResponseRedirect(reverse("proposal_work", args=[number, unit, saved.work.pk]))


def _withdrawn(request: HttpRequest, draft: PlanDraft, unit: Unit, proposal: ProposedWork) -> HttpResponse:
    try:
        proposal_withdraw(person_of(request), proposal=proposal)
    except ServiceError as refused:
        return _shown(request, draft, unit, proposal, fault=refused.text(page_language()))
    messages.success(request, word("proposals.withdrawn", page_language()))
    return HttpResponseRedirect(reverse("proposal_unit", args=[draft.pk, unit.code]))


def _shown(
    request: HttpRequest,
    draft: PlanDraft,
    unit: Unit,
    proposal: ProposedWork | None,
    *,
    typed: Cells | None = None,
    fault: str = "",
    clashes: Mapping[str, tuple[str, str]] | None = None,
) -> HttpResponse:
    rows, language = read_draft(draft).rows, page_language()
    name = request.GET.get("work", "")
    base = proposal.base if proposal is not None else as_it_stands(rows, name)
    if proposal is None and name and not base:
        raise NotVisible(name)
    if proposal is None and name and name not in {work.id for work in works_of(rows, unit, [])}:
        raise NotVisible(name)
    cells = typed if typed is not None else proposal.cells if proposal is not None else base
    may_change = is_open(draft) and (proposal is None or proposal.state in CHANGEABLE)
    is_begun = proposal is not None or typed is not None
    shown = {
        "draft": draft,
        "unit": unit,
        "proposal": proposal,
        "work": name,
        "form": form_of(
            rows, cells, base, proposal.remarks if proposal is not None else {}, language, checked=is_begun
        ),
        "may_change": may_change,
        "may_withdraw": is_open(draft) and proposal is not None and proposal.state in WITHDRAWABLE,
        "fault": fault,
        "clashes": [(label_of(n, language), *both) for n, both in (clashes or {}).items()],
    }
    status = 422 if fault else 409 if clashes else 200
    return render(request, "drafts/proposals/work.html", shown, status=status)
