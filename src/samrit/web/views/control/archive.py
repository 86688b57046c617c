"""The page of a finished year: archived read-only with its hashes, opened again, taken out as a zip."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from samrit.plans.errors import ServiceError
from samrit.plans.models import Plan
from samrit.plans.rights import may
from samrit.plans.selectors.office.archive import archive_of, archive_zip
from samrit.plans.services.plan.archiving import plan_archive, plan_reopen
from samrit.vocabulary.numbers import whole
from samrit.web.gates import person_of, signed_in
from samrit.web.keeping import plain
from samrit.web.views.drafts.versions import plan_seen
from samrit.web.words import page_language, word

MOST_FILES = 200  # on a page; the zip has the whole list


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is kept of the year with its hashes; archive it, or open it again, where that was sent."""
    person = person_of(request)
    plan = plan_seen(person, code)
    if request.method != "POST":
        return _shown(request, plan)
    reason, is_opened = request.POST.get("reason", ""), request.POST.get("do") == "reopen"
    try:
        (plan_reopen if is_opened else plan_archive)(person, plan=plan, reason=reason)
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        return _shown(request, plan_seen(person, code), fault=plain(refused, page_language()))
    messages.success(request, word("archive.reopened" if is_opened else "archive.done", page_language()))
    return HttpResponseRedirect(reverse("plan_archive", args=[code]))


@require_safe
@signed_in
def file(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out everything that is kept of the year, with the list of its hashes."""
    plan = plan_seen(person_of(request), code)
    answer = HttpResponse(archive_zip(plan), content_type="application/zip")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{code}-archive.zip")
    return answer


def _shown(request: HttpRequest, plan: Plan, *, fault: str = "") -> HttpResponse:
    may_archive = may(person_of(request), "plan.archive", plan=plan)
    archive = archive_of(plan)
    last = max(-(-len(archive.kept) // MOST_FILES), 1)
    number = min(max(whole(request.GET.get("page"), 1), 1), last)
    shown = {
        "page": archive,
        "rows": archive.kept[(number - 1) * MOST_FILES : number * MOST_FILES],
        "number": number,
        "last": last,
        "plan": plan,
        "may_archive": may_archive,
        "fault": fault,
    }
    return render(request, "drafts/archive.html", shown, status=422 if fault else 200)
