"""One work of a draft on one page, and steps taken into it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from samrit.plans.drafting.laid_over import remarked
from samrit.plans.drafting.reading import DraftReading, read_draft
from samrit.plans.drafting.states import may_edit
from samrit.plans.drafting.work import group_of, work_page
from samrit.plans.errors import ServiceError
from samrit.plans.selectors.office.drafts import draft_of, open_remarks
from samrit.plans.services.draft.grouping import PARTS, draft_group
from samrit.plans.services.draft.steps import OF_WORK, draft_steps
from samrit.vocabulary.step_sets import step_sets
from samrit.web.gates import person_of, signed_in
from samrit.web.words import page_language, word

# Empty rows to fill below those that are there.
_BLANKS = {"projects": 0, "project_units": 2, "steps": 3, "budgets": 1, "sites": 1, "links": 1}


@require_safe
@signed_in
def page(request: HttpRequest, number: int, record: str) -> HttpResponse:
    """Show a work with everything that belongs to it; its tables are saved at the addresses of their files."""
    draft = draft_of(person_of(request), number)
    reading = read_draft(draft)
    remarks = open_remarks(draft)
    shown = work_page(reading, record, page_language())
    context = {
        "draft": draft,
        "page": shown,
        "may_edit": may_edit(person_of(request), draft),
        "ruleset": reading.trial.ruleset if reading.trial is not None else None,
        "tables": [
            (remarked(table, remarks), [(at, table.blank) for at in range(1, _BLANKS[table.resource.name] + 1)])
            for table in shown.tables
        ],
        "group": group_of(reading, record),
        "group_parts": [(part, word(f"draft_work.group_{part}", page_language())) for part in PARTS],
        "step_sources": _step_sources(reading, record, page_language()),
        "names": {name: options for table in shown.tables for name, options in table.names.items()},
    }
    return render(request, "drafts/work.html", context)


@require_POST
@signed_in
def take_steps(request: HttpRequest, number: int, record: str) -> HttpResponse:
    """Add ready-made steps, or those of another work, to a work."""
    draft, language = draft_of(person_of(request), number), page_language()
    source = request.POST.get("source", "")
    try:
        outcome = draft_steps(person_of(request), draft=draft, work=record, source=source, language=language)
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        messages.error(request, refused.text(language))
    else:
        messages.success(request, word("step.taken", language, count=outcome.saved))
    return HttpResponseRedirect(f"{reverse('draft_work', args=[number, record])}#part-steps")


@require_POST
@signed_in
def group(request: HttpRequest, number: int, record: str) -> HttpResponse:
    """Let the works that were chosen share goal, steps or indicators with this one, and the others leave its group."""
    draft, sent = draft_of(person_of(request), number), request.POST
    members, parts = sent.getlist("member"), sent.getlist("part")
    try:
        outcome = draft_group(person_of(request), draft=draft, work=record, members=members, parts=parts)
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        messages.error(request, refused.text(page_language()))
    else:
        messages.success(request, word("draft_work.group_done", page_language(), count=outcome.saved))
    return HttpResponseRedirect(f"{reverse('draft_work', args=[number, record])}#group")


def _step_sources(reading: DraftReading, record: str, language: str) -> list[tuple[str, str]]:
    """Return the sets of steps, and the other works of the draft that have steps, each with what it is called."""
    with_steps = {row.cells.get("project") for row in reading.rows["steps"].values() if not row.is_removed} - {record}
    works = [row.cells for row in reading.rows["projects"].values() if not row.is_removed]
    return [
        *((code, one.titles[language]) for code, one in step_sets().items()),
        *(
            (f"{OF_WORK}{w['id']}", word("step.from_work", language, id=w["id"], title=w.get("title", "")[:60]))
            for w in works
            if w.get("id") in with_steps
        ),
    ]
