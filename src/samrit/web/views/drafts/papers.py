"""What leaves for a meeting: the paper about a draft, two versions compared, and the minutes that come back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from samrit.plans.drafting.paper import comparison_paper, meeting_paper
from samrit.plans.drafting.reading import read_draft
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import ruleset_of, versions_of
from samrit.plans.models import DraftDecision, DraftMinutes, PlanDraft
from samrit.plans.selectors.office.drafts import draft_of
from samrit.plans.services.draft.minutes import MOST_BYTES, minutes_add
from samrit.plans.services.plan.look import looked
from samrit.reports.document.model import Document
from samrit.reports.plan_book import book as plan_book
from samrit.reports.writers import docx, pdf
from samrit.vocabulary.dates import format_date
from samrit.vocabulary.numbers import whole
from samrit.web.gates import MEGABYTE, person_of, signed_in, takes_files
from samrit.web.views.drafts.remarks import lines_of
from samrit.web.views.drafts.versions import plan_seen
from samrit.web.words import page_language, word

WRITERS: dict[str, tuple[Callable[[Document, Path], None], str]] = {
    "docx": (docx.write, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf.write, "application/pdf"),
}


@require_safe
@signed_in
def paper(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Hand out the paper for the meeting that decides about a draft next."""
    draft, language = draft_of(person_of(request), number), page_language()
    reading = read_draft(draft)
    base = draft.base
    since = word("drafts.since_version", language, number=base.number) if base else word("drafts.since_year", language)
    remarks = [
        f"{line.about}{f' ({line.column})' if line.column else ''}: {line.remark.text}"
        for line in lines_of(draft, reading, language)
        if line.remark.settled_at is None
    ]
    way = _way(draft, language)
    document = meeting_paper(draft, reading, language, since=since, way=way, remarks=remarks)
    return written(document, form, f"draft-{draft.pk}")


@require_safe
@signed_in
def compared(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Hand out what two versions of a plan differ in; in Word every change is a tracked one."""
    plan, language = plan_seen(person_of(request), code), page_language()
    versions = {version.number: version for version in versions_of(plan)}
    ends = {"from": min(versions, default=0), "to": max(versions, default=0)}
    old, new = (
        versions.get(whole(request.GET.get(name), end if name not in request.GET else 0)) for name, end in ends.items()
    )
    if old is None or new is None:
        raise NotVisible(code)
    since = word("drafts.since_version", language, number=old.number)
    document = comparison_paper(package_of(old), package_of(new), language, since=since)
    return written(document, form, f"{plan.code}-{old.number}-{new.number}")


@require_safe
@signed_in
def book(request: HttpRequest, code: str, number: int, form: str) -> HttpResponse:
    """Hand out the book of a version: direction, links, plan table, indicators and their cards (R20, R61)."""
    plan = plan_seen(person_of(request), code)
    version = next((v for v in versions_of(plan) if v.number == number), None)
    if version is None or form not in WRITERS:
        raise NotVisible(f"{code} {number}")
    package = package_of(version)
    document = plan_book.build(
        looked(package.plan, plan.report_look), language=page_language(), ruleset=ruleset_of(package)
    )
    return written(document, form, f"{plan.code}-{number}-book")


@require_POST
@takes_files("draft.approve", most=MOST_BYTES + MEGABYTE)
@signed_in
def attach(request: HttpRequest, number: int, at: int) -> HttpResponse:
    """Keep the minutes of the meeting beside its decision."""
    draft = draft_of(person_of(request), number)
    decision = DraftDecision.objects.filter(pk=at, draft=draft).first()
    if decision is None:
        raise NotVisible(str(at))
    upload = request.FILES.get("file")
    try:
        if upload is None:
            messages.error(request, word("drafts.minutes_none", page_language()))
        else:
            content = upload.read(MOST_BYTES + 1)
            minutes_add(person_of(request), decision=decision, name=upload.name or "", content=content)
            messages.success(request, word("drafts.minutes_done", page_language()))
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        messages.error(request, refused.text(page_language()))
    return HttpResponseRedirect(f"{reverse('draft', args=[number])}#way")


@require_safe
@signed_in
def minutes(request: HttpRequest, number: int, at: int) -> HttpResponse:
    """Hand out minutes as a download that no browser opens in our name."""
    draft = draft_of(person_of(request), number)
    row = DraftMinutes.objects.filter(pk=at, decision__draft=draft).first()
    if row is None:
        raise NotVisible(str(at))
    answer = HttpResponse(bytes(row.content), content_type=row.content_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return _named(answer, row.name)


def _way(draft: PlanDraft, language: str) -> list[str]:
    """Return the decisions so far, one line each."""
    lines = []
    for one in draft.decisions.select_related("decided_by"):
        day = format_date(one.decided_on or timezone.localdate(one.decided_at), language)
        meeting = f"{word('drafts.meeting', language)} {one.meeting}" if one.meeting else ""
        parts = (word(f"drafts.step_{one.step}", language), one.stage, meeting, day, one.remark)
        lines.append(" · ".join(filter(None, parts)))
    return lines


def written(document: Document, form: str, name: str) -> HttpResponse:
    """Return a document as a file of one of ``WRITERS``; raises NotVisible for another form."""
    if form not in WRITERS:
        raise NotVisible(form)
    write, content_type = WRITERS[form]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"paper.{form}"
        write(document, path)
        return _named(HttpResponse(path.read_bytes(), content_type=content_type), f"{name}.{form}")


def _named(answer: HttpResponse, name: str) -> HttpResponse:
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
