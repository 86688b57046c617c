"""Evidence files: added to a report, handed out as downloads only, taken back but never deleted (R170)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files import File
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samrit.plans.errors import ServiceError
from samrit.plans.models import Evidence, Person
from samrit.plans.records.stored_files import evidence_path
from samrit.plans.selectors.office.files import evidence_of_person
from samrit.plans.services.report.evidence import evidence_add, evidence_withdraw
from samrit.vocabulary.numbers import whole
from samrit.web.gates import MEGABYTE, takes_files
from samrit.web.keeping import plain
from samrit.web.views.reporting.report import ReportPlace, place_of
from samrit.web.words import page_language, word


@never_cache
@login_required
@require_POST
@takes_files("figure.edit", most=100 * MEGABYTE)  # several files; each is limited by itself
def add(request: HttpRequest, code: str, unit: str, period: int) -> HttpResponse:
    """Keep the files sent for a work's month; each is told of by itself."""
    place = place_of(request, code, unit, period)
    project = request.POST.get("project", "")
    files = request.FILES.getlist("file")
    for file in files:
        _add(request, place, file, project)
    if not files:
        messages.error(request, word("report.file_none", place.language))
    page = whole(request.POST.get("page"), 1)
    query = f"?page={page}" if page > 1 else ""
    if request.POST.get("view") == "phone":
        query = "?view=phone&at=send"
    return HttpResponseRedirect(f"{place.address(query)}#{request.POST.get('anchor', '')}")


def _add(request: HttpRequest, place: ReportPlace, file: File[bytes], project: str) -> None:
    try:
        row = evidence_add(
            place.person,
            plan=place.plan,
            project=project,
            unit=place.unit,
            period=place.period,
            name=file.name or "",
            stream=file,
        )
    except ServiceError as error:
        messages.error(request, f"{file.name}: {plain(error, place.language)}")
    else:
        messages.success(request, word("report.file_kept", place.language, name=row.name))


@never_cache
@login_required
@require_safe
def file(request: HttpRequest, number: int) -> FileResponse:
    """Hand out a file as a download that no browser opens in our name."""
    assert isinstance(request.user, Person)  # noqa: S101 - login_required says so
    row = evidence_of_person(request.user, number)
    response = FileResponse(
        evidence_path(row.sha256).open("rb"), as_attachment=True, filename=row.name, content_type=row.content_type
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file back; it stays in the history."""
    assert isinstance(request.user, Person)  # noqa: S101 - login_required says so
    row: Evidence = evidence_of_person(request.user, number)
    place = place_of(request, row.plan.code, row.unit_code, row.period)
    evidence_withdraw(request.user, evidence=row, unit=place.unit, reason=request.POST.get("reason", ""))
    messages.success(request, word("report.file_withdrawn", page_language(), name=row.name))
    return HttpResponseRedirect(reverse("report", args=(row.plan.code, row.unit_code, row.period)))
