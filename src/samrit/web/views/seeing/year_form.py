"""The year's records by Excel: the form with what stands, and one that came back, looked at before it is taken."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samrit.intake.sources import limits
from samrit.intake.sources.confined import Confined
from samrit.plans import rights
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Person
from samrit.plans.records.turns import turn
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.work.year_form import brought, units_to_record, year_form
from samrit.plans.services.plan.year_form import YearTaken, year_form_take
from samrit.plans.unit_form.year_model import FilledYear
from samrit.plans.unit_form.year_reader import MOST_BYTES, read_year_form
from samrit.plans.unit_form.year_writer import write_year_form
from samrit.vocabulary.findings import Finding, Place, sentence
from samrit.web.gates import MEGABYTE, takes_files
from samrit.web.incoming import carried_file, sent_file
from samrit.web.views.seeing.seeing import language, person_of, seen_by
from samrit.web.words import word

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@login_required
@require_safe
def file(request: HttpRequest, plan: str) -> HttpResponse:
    """Hand out the form of the works that one may record for, or of those of one unit."""
    seen, person = _seen(request, plan)
    unit = request.GET.get("unit", "")
    if unit and unit not in dict(units_to_record(seen, person)):
        raise NotVisible(unit)
    answer = HttpResponse(write_year_form(year_form(seen, person, unit)), content_type=XLSX)
    name = "-".join(filter(None, (plan, unit.replace("/", "-"), "records")))
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return answer


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files("year.report", most=2 * MOST_BYTES + MEGABYTE)
def page(request: HttpRequest, plan: str) -> HttpResponse:
    """Show where the form is; read one that came back, show what it brings and every fault, take it when told so."""
    seen, person = _seen(request, plan)
    context: dict[str, object] = {
        "plan": seen.plan,
        "units": units_to_record(seen, person),
        "megabytes": MOST_BYTES // MEGABYTE,
    }
    if request.method != "POST":
        return render(request, "seeing/year_excel.html", context)
    content, name = sent_file(request, MOST_BYTES)
    name = name or "form.xlsx"
    with turn(person.pk), Confined(together=limits.SECONDS) as confined:
        filled = read_year_form(content, name, confined)
    faults = [*filled.findings, *_of_another(seen, filled, name)]
    keep = request.POST.get("do") == "take" and not faults
    taken = (
        YearTaken()
        if faults
        else year_form_take(person, plan=seen.plan, rows=filled.rows, language=language(), keep=keep)
    )
    if taken.is_kept:
        messages.success(request, word("year_form.taken", language(), count=len(taken.rows)))
        return HttpResponseRedirect(reverse("year_form", args=[plan]))
    faults += taken.faults
    context |= {
        "is_read": True,
        "faults": [sentence(fault, language()) for fault in faults],
        "lines": [brought(seen, own.row, own.before) for own in taken.rows],
        "same": taken.same,
        "content": "" if faults else carried_file(content),
    }
    return render(request, "seeing/year_excel.html", context, status=422 if faults else 200)


def _seen(request: HttpRequest, plan: str) -> tuple[Look, Person]:
    """Return the plan as its reader sees it; raises what leads to 404 or 403 where nothing may be recorded."""
    seen, person = seen_by(request, plan), person_of(request)
    assert person is not None  # noqa: S101 — behind login_required
    if not rights.may(person, "year.report", plan=seen.plan):
        raise ServiceError("not_allowed", record=plan)
    return seen, person


def _of_another(seen: Look, filled: FilledYear, name: str) -> list[Finding]:
    """Return the fault of a form that is of another plan."""
    if filled.findings or filled.plan_code == seen.plan.code:
        return []
    return [Finding("year_file_other_plan", Place(document=name), {"other": filled.plan_code[:60]})]
