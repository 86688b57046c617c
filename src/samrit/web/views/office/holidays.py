"""The office's own holidays: what the cabinet declares during the year is typed here, and due days follow (R153)."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from samrit.plans.errors import ServiceError
from samrit.plans.rights import may
from samrit.plans.selectors.office.holidays import holiday_year
from samrit.plans.services.office.holidays import holiday_remove, holiday_save
from samrit.vocabulary.dates import typed_day
from samrit.vocabulary.years import parse_year, to_be
from samrit.web.gates import person_of, signed_in
from samrit.web.words import page_language, word


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """Show a year's days off, and take changes from those who may make them."""
    may_change = may(person_of(request), "holidays.manage")
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    fault = _changed(request) if request.method == "POST" else ""
    if request.method == "POST" and not fault:
        return HttpResponseRedirect(f"{reverse('holidays')}?year={_year(request)}")
    shown = {
        "page": holiday_year(_year(request), page_language()),
        "years": range(_year(request) - 1, _year(request) + 2),
        "may_change": may_change,
        "fault": fault,
        "typed": request.POST,
    }
    return render(request, "people/holidays.html", shown, status=422 if fault else 200)


def _changed(request: HttpRequest) -> str:
    """Make or take back one change; return what was wrong, "" when it is done."""
    day = typed_day(request.POST.get("day", ""))
    if day is None:
        return word("form.date_wrong", page_language(), text=request.POST.get("day", "")[:40])
    name, reason = request.POST.get("name", "").strip(), request.POST.get("reason", "").strip()
    what = request.POST.get("do", "")
    if what == "holiday" and not name:
        return word("holidays.name_missing", page_language())
    try:
        if what == "remove":
            holiday_remove(person_of(request), day=day, reason=reason)
        else:
            holiday_save(person_of(request), day=day, name=name, is_working_day=what == "working", reason=reason)
    except ServiceError as refused:
        return refused.text(page_language())
    messages.success(request, word("holidays.done", page_language()))
    return ""


def _year(request: HttpRequest) -> int:
    """Return the Buddhist year that is asked for, or that of the day that was typed, or this one."""
    day: date | None = typed_day(request.POST.get("day", ""))
    if day is not None:
        return to_be(day.year)
    asked = parse_year(request.GET.get("year", "")).year_be
    return asked or to_be(timezone.localdate().year)
