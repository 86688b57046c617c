"""Past months of all units: one Excel file handed out, looked at with a finding for each row, and taken in whole."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from samrit.plans.errors import ServiceError
from samrit.plans.models import Person, Plan
from samrit.plans.records.turns import turn
from samrit.plans.selectors.control.control_room import plan_to_control
from samrit.plans.services.report.past_months import (
    PastOutcome,
    months_over,
    past_lines,
    past_look,
    past_take,
)
from samrit.plans.services.writing import permit
from samrit.plans.unit_form.past_file import MOST_BYTES, read_past_file, write_past_file
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.periods import period_name
from samrit.web.gates import MEGABYTE, person_of, takes_files
from samrit.web.sent_files import coming_back, faults_shown, going_along, sent_file, workbook
from samrit.web.words import page_language, word


@require_safe
@login_required
def file(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the file with what is known of the months that are over."""
    plan = _plan(person_of(request), code)
    language = page_language()
    months = [(p, period_name(plan.year_be, plan.calendar, p, language, short=True)) for p in months_over(plan)]
    return workbook(write_past_file(past_lines(plan), months, language), f"{plan.code}-past")


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files("past.take", most=coming_back(MOST_BYTES))
@login_required
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Read a filled file, show what it would bring and every fault of every row, and take it in when told so."""
    person = person_of(request)
    plan = _plan(person, code)
    if request.method != "POST":
        return _shown(request, plan)
    content, name = sent_file(request, most=MOST_BYTES, name="past.xlsx")
    source = request.POST.get("source", "")
    with turn(person.pk):
        read = read_past_file(content, name)
    if read.faults:
        return _shown(request, plan, source=source, faults=read.faults)
    try:
        if request.POST.get("do") != "take":
            looked = past_look(person, plan=plan, lines=read.lines, source=source)
            return _shown(request, plan, source=source, faults=looked.faults, outcome=looked, sent=(content, name))
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
    sent: tuple[bytes, str] = (b"", ""),
) -> HttpResponse:
    is_wrong = bool(faults or fault)
    shown = {
        "plan": plan,
        "months": months_over(plan),
        "megabytes": MOST_BYTES // MEGABYTE,
        "source": source,
        "fault": fault,
        "outcome": outcome,
        **faults_shown(faults),
        **({} if is_wrong else going_along(*sent)),
    }
    return render(request, "control/past.html", shown, status=422 if is_wrong else 200)
