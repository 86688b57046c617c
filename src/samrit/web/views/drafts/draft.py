"""A draft at a look, its settings, its steps, its changes taken back, and the package that it makes."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from samrit.plans.drafting.comparing import changes, effect
from samrit.plans.drafting.document import mark_of
from samrit.plans.drafting.overview import overview
from samrit.plans.drafting.reading import content_of, read_draft
from samrit.plans.drafting.states import OPEN, STEPS, boards_open, is_own, may_do, may_edit, steps_open
from samrit.plans.errors import ServiceError
from samrit.plans.models import DraftMinutes, DraftState, PlanDraft, ProposalState
from samrit.plans.selectors.office.drafts import change_named, changes_of, draft_of
from samrit.plans.selectors.office.proposals import proposals_of
from samrit.plans.services.draft.deciding import draft_decide, draft_waive
from samrit.plans.services.draft.opening import draft_settings
from samrit.plans.services.draft.rows import draft_undo
from samrit.vocabulary.dates import typed_day
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.periods import period_name
from samrit.vocabulary.speech import speech
from samrit.web.gates import person_of, signed_in
from samrit.web.published_letters import tell_published
from samrit.web.words import page_language, word

MOST_CHANGES = 50  # records on a page


@require_safe
@signed_in
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show a draft: what it holds, what is wrong, what it would give, what may be done next."""
    return _shown(request, draft_of(person_of(request), number))


@require_safe
@signed_in
def changed(request: HttpRequest, number: int) -> HttpResponse:
    """Show before and after of every cell that the draft changes, and what that does to the results so far."""
    draft = draft_of(person_of(request), number)
    reading = read_draft(draft)
    found = changes(draft, reading, page_language())
    pages = max(-(-len(found) // MOST_CHANGES), 1)
    at = min(max(whole(request.GET.get("page"), 1), 1), pages)
    shown = {
        "draft": draft,
        "rows": found[(at - 1) * MOST_CHANGES : at * MOST_CHANGES],
        "found": len(found),
        "number": at,
        "pages": pages,
        "effect": effect(draft, reading),
        "month_name": month_name(draft),
    }
    return render(request, "drafts/changes.html", shown)


@require_POST
@signed_in
def settings(request: HttpRequest, number: int) -> HttpResponse:
    """Say how it is called, who approves it and from which period it holds."""
    draft, sent = draft_of(person_of(request), number), request.POST
    try:
        draft_settings(
            person_of(request),
            draft=draft,
            title=sent.get("title", ""),
            stages=sent.get("stages", "").splitlines(),
            effective_period=whole(sent.get("period"), draft.effective_period),
            reason=sent.get("reason"),
            shown=sent.get("shown", ""),
        )
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        return _shown(request, draft, fault=refused.text(page_language()))
    messages.success(request, word("drafts.settings_saved", page_language()))
    return _back(number)


@require_POST
@signed_in
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Take it one step on its way."""
    draft, sent = draft_of(person_of(request), number), request.POST
    name, day = sent.get("step", ""), sent.get("decided_on", "").strip()
    decided_on = typed_day(day) if day else None
    if day and decided_on is None:
        return _shown(request, draft, fault=word("form.date_wrong", page_language(), text=day[:40]))
    try:
        draft_decide(
            person_of(request),
            draft=draft,
            step=name,
            remark=sent.get("remark", ""),
            meeting=sent.get("meeting", ""),
            decided_on=decided_on,
            board=sent.get("board", ""),
            shown=sent.get("shown", ""),
        )
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        return _shown(request, draft, fault=refused.text(page_language()))
    messages.success(request, word(f"drafts.done_{name}", page_language()))
    if name == "publish":
        _tell_units(request, draft)
    return _back(number)


def _tell_units(request: HttpRequest, draft: PlanDraft) -> None:
    """Write to the units of the plan that the draft has become, and say to how many (R27)."""
    draft.refresh_from_db(fields=["plan"])
    if draft.plan is not None and (told := tell_published(draft.plan, person_of(request))):
        messages.info(request, word("published.letters_sent", page_language(), count=told))


@require_POST
@signed_in
def waive(request: HttpRequest, number: int) -> HttpResponse:
    """Let one person take several steps of it for a time, or end that."""
    draft, sent = draft_of(person_of(request), number), request.POST
    until = None if sent.get("do") == "end" else typed_day(sent.get("until", "")) or date.min
    try:
        draft_waive(person_of(request), draft=draft, reason=sent.get("reason", ""), until=until)
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        return _shown(request, draft, fault=refused.text(page_language()))
    messages.success(request, word("drafts.waived", page_language()))
    return _back(number)


@require_POST
@signed_in
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what was written together."""
    draft = draft_of(person_of(request), number)
    entry = change_named(draft, whole(request.POST.get("entry"), 0))
    rows = draft_undo(person_of(request), draft=draft, entry=entry)
    messages.success(request, word("drafts.undone", page_language(), count=rows))
    return _back(number)


@require_safe
@signed_in
def export(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the draft as a package: a whole one, or its rows as typed while they have faults."""
    draft = draft_of(person_of(request), number)
    answer = HttpResponse(content_of(draft), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="draft-{draft.pk}.zip"'
    return answer


def _shown(request: HttpRequest, draft: PlanDraft, *, fault: str = "") -> HttpResponse:
    person = person_of(request)
    shown = {
        "draft": draft,
        "view": overview(read_draft(draft), page_language()),
        "may_edit": may_edit(person, draft),
        "steps": [(name, STEPS[name]) for name in steps_open(person, draft)],
        "mark": mark_of(draft),
        "boards": boards_open(draft),
        "open_remarks": draft.remarks.filter(settled_at=None).count(),
        "may_waive": draft.state in OPEN and may_do(person, "separation.waive", draft),
        "waits_for_another": draft.state == DraftState.SUBMITTED and is_own(person, draft, "approve"),
        "decisions": draft.decisions.select_related("decided_by").prefetch_related(
            Prefetch("minutes", DraftMinutes.objects.defer("content"))
        ),
        "may_attach": may_do(person, "draft.approve", draft),
        "changes": changes_of(person, draft),
        "proposals": proposals_of(draft).filter(state=ProposalState.SENT).count(),
        "periods": range(1, 13),
        "has_funds": speech().has_funds,
        "fault": fault,
        "typed": request.POST,
    }
    shown["month_name"] = month_name(draft)
    return render(request, "drafts/draft.html", shown, status=422 if fault else 200)


def month_name(draft: PlanDraft) -> str:
    """Return the month from which an amendment is to hold; "" for a draft of a new plan."""
    plan = draft.plan
    return "" if plan is None else period_name(plan.year_be, plan.calendar, draft.effective_period, page_language())


def _back(number: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("draft", args=[number]))
