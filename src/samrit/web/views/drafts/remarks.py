"""Remarks on a draft: all of them with their cells, one made about a cell, one settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samrit.package.resources import resource_named
from samrit.plans.drafting.reading import DraftReading, read_draft
from samrit.plans.drafting.states import OPEN, may_do
from samrit.plans.drafting.table import shown_columns
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import DraftRemark, PlanDraft
from samrit.plans.selectors.office.drafts import draft_of
from samrit.plans.services.draft.remarks import remark_add, remark_settle
from samrit.vocabulary.numbers import whole
from samrit.web.gates import person_of, signed_in
from samrit.web.words import page_language, word

ON_A_PAGE = 40


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A remark with what it is about: the file's title, the record's name, the cell's title and what is there."""

    remark: DraftRemark
    about: str
    column: str
    stands: str


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, number: int) -> HttpResponse:
    """List the remarks, the open ones first; make one, or settle one."""
    draft, sent = draft_of(person_of(request), number), request.POST
    if request.method != "POST":
        return _shown(request, draft)
    try:
        if "settle" in sent:
            found = draft.remarks.filter(pk=whole(sent.get("settle"), 0, most=10**12)).first()
            if found is None:
                raise NotVisible(sent["settle"])
            remark_settle(person_of(request), remark=found, answer=sent.get("answer", ""))
            done = "remarks.settled"
        else:
            remark_add(
                person_of(request),
                draft=draft,
                text=sent.get("text", ""),
                file=sent.get("file", "")[:40],
                number=whole(sent.get("number"), 0, most=10**9),
                column=sent.get("column", "")[:60],
            )
            done = "remarks.added"
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        return _shown(request, draft, fault=refused.text(page_language()))
    messages.success(request, word(done, page_language()))
    at = whole(request.GET.get("page"), 1)
    return HttpResponseRedirect(reverse("draft_remarks", args=[number]) + (f"?page={at}" if at > 1 else ""))


def lines_of(draft: PlanDraft, reading: DraftReading, language: str) -> Iterator[RemarkLine]:
    """Yield the remarks on a draft, the open ones first."""
    found = draft.remarks.select_related("made_by", "settled_by")
    for remark in sorted(found, key=lambda one: one.settled_at is not None):
        row = reading.rows.get(remark.file, {}).get(remark.number)
        if row is None:
            yield RemarkLine(remark, word("remarks.whole", language), "", "")
            continue
        resource = resource_named(remark.file)
        name = " / ".join(text for key in resource.key if (text := row.cells.get(key, "")))
        column = resource.field(remark.column).title(language) if remark.column in resource.columns else ""
        stands = row.cells.get(remark.column, "")
        yield RemarkLine(remark, f"{resource.title(language)} {name}", column, stands)


def _shown(request: HttpRequest, draft: PlanDraft, *, fault: str = "") -> HttpResponse:
    reading, asked, language = read_draft(draft), request.POST or request.GET, page_language()
    file, number = asked.get("file", ""), whole(asked.get("number"), 0, most=10**9)
    row = reading.rows.get(file, {}).get(number)
    if file and row is None:
        raise NotVisible(f"{file} {number}")
    lines = tuple(lines_of(draft, reading, language))
    pages = max(-(-len(lines) // ON_A_PAGE), 1)
    at = min(max(whole(request.GET.get("page"), 1), 1), pages)
    shown = {
        "draft": draft,
        "lines": lines[(at - 1) * ON_A_PAGE : at * ON_A_PAGE],
        "at": at,
        "pages": pages,
        "open": sum(line.remark.settled_at is None for line in lines),
        "file": file,
        "number": number,
        "about": f"{resource_named(file).title(language)} {number}" if row is not None else "",
        "columns": shown_columns(resource_named(file), language) if row is not None else (),
        "row": row,
        "may_remark": draft.state in OPEN and may_do(person_of(request), "draft.remark", draft),
        "fault": fault,
        "typed": request.POST,
    }
    return render(request, "drafts/remarks.html", shown, status=422 if fault else 200)
