"""Past months of all units: one Excel file handed out, looked at with a finding for each row, and taken in whole."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from samrit.plans.errors import ServiceError
from samrit.plans.models import Person, Plan
from samrit.plans.records.turns import turn
from samrit.plans.selectors.control.control_room import plan_to_control
from samrit.plans.services.report.past_months import (
    LONGEST_SOURCE,
    PastOutcome,
    months_over,
    past_lines,
    past_look,
    past_take,
)
from samrit.plans.services.writing import permit
from samrit.plans.unit_form.past_file import MOST_BYTES, read_past_file, write_past_file
from samrit.vocabulary.findings import Finding, sentence
from samrit.vocabulary.periods import period_name
from samrit.web.gates import MEGABYTE, person_of, takes_files
from samrit.web.incoming import carried_file, sent_file
from samrit.web.words import page_language, word

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_FAULTS = 100  # that are listed; the rest is counted


@require_safe
@login_required
def file(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the file with what is known of the months that are over."""
    plan = _plan(person_of(request), code)
    months = [(p, period_name(plan.year_be, plan.calendar, p, short=True)) for p in months_over(plan)]
    answer = HttpResponse(write_past_file(past_lines(plan), months), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{plan.code}-past.xlsx")
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files("past.take", most=2 * MOST_BYTES + MEGABYTE)
@login_required
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Read a filled file, show what it would bring and every fault of every row, and take it in when told so."""
    person = person_of(request)
    plan = _plan(person, code)
    if request.method != "POST":
        return _shown(request, plan)
    (content, _), source = sent_file(request, MOST_BYTES), request.POST.get("source", "")[:LONGEST_SOURCE]
    with turn(person.pk):
        read = read_past_file(content, "past.xlsx")
    if read.faults:
        return _shown(request, plan, source=source, faults=read.faults)
    try:
        if request.POST.get("do") != "take":
            looked = past_look(person, plan=plan, lines=read.lines, source=source)
            return _shown(request, plan, source=source, faults=looked.faults, outcome=looked, content=content)
        done = past_take(person, plan=plan, lines=read.lines, source=source)
    except ServiceError as refused:
        return _shown(request, plan, source=source, fault=refused.text(page_language()))
    messages.success(request, word("past.taken", page_language(), figures=done.figures, accepted=done.accepted))
    return HttpResponseRedirect(reverse("control", args=[code]))


def _plan(person: Person, code: str) -> Plan:
    plan = plan_to_control(person, code)
    permit(person, "past.take", plan=plan)
    return plan


def _shown(
    request: HttpRequest,
    plan: Plan,
    *,
    source: str = "",
    faults: tuple[Finding, ...] = (),
    fault: str = "",
    outcome: PastOutcome | None = None,
    content: bytes = b"",
) -> HttpResponse:
    is_wrong = bool(faults or fault)
    shown = {
        "plan": plan,
        "months": months_over(plan),
        "megabytes": MOST_BYTES // 1024 // 1024,
        "source": source,
        "fault": fault,
        "faults": [sentence(one, page_language()) for one in faults[:MOST_FAULTS]],
        "found": len(faults),
        "rest": len(faults) - MOST_FAULTS,
        "outcome": outcome,
        "content": "" if is_wrong else carried_file(content),
    }
    return render(request, "control/past.html", shown, status=422 if is_wrong else 200)
