"""Closed evaluations: closing one, looking at it, printing its documents with visible progress."""

from __future__ import annotations

import threading

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import connections
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samrit.plans import rights
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Evaluation, Person, ReportFile
from samrit.plans.records.printing import Printing, is_printing, printing_begin
from samrit.plans.records.stored_files import document_path
from samrit.plans.reporting.days import evaluation_due, has_begun
from samrit.plans.selectors.control.closing import closing_page, gaps_kept
from samrit.plans.selectors.control.control_room import evaluation_of, plan_to_control
from samrit.plans.selectors.results.evaluation_page import evaluation_page
from samrit.plans.selectors.results.look import YEAR_END
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.plans import plan_settings
from samrit.plans.services.plan.report_files import FORMATS, report_file_request, report_files_make
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.speech import speech
from samrit.web.gates import person_of
from samrit.web.keeping import plain
from samrit.web.words import page_language, word

NAMES = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel", "html": "HTML"}
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Show what closing a month's evaluation freezes and what it closes over; sent, freeze it and go to it."""
    person = person_of(request)
    plan = plan_to_control(person, code)
    if not rights.may(person, "evaluation.close", plan=plan):
        raise NotVisible(code)
    sent = request.POST if request.method == "POST" else request.GET
    text, language = sent.get("period", ""), page_language()
    period = whole(text, 0)
    reason, fault = request.POST.get("reason", ""), ""
    if request.method == "POST":
        try:
            made = evaluation_close(
                person, plan=plan, period=period, reason=reason, shown=request.POST.get("shown", "")
            )
        except ServiceError as error:
            fault = plain(error, language)
        else:
            messages.success(request, word("control.evaluated", language))
            return HttpResponseRedirect(reverse("evaluation", args=[code, made.period, made.number]))
    today = timezone.localdate()
    if not 1 <= period <= YEAR_END or not has_begun(plan, period, today):
        messages.error(request, fault or word("control.no_such_month", language))
        return HttpResponseRedirect(reverse("control", args=[code]))
    shown = closing_page(plan, period, today)
    return render(request, "control/closing.html", {"page": shown, "plan": plan, "reason": reason, "fault": fault})


@require_POST
@login_required
def counting(request: HttpRequest, code: str) -> HttpResponse:
    """Set from which standing on figures count in the plan's closed evaluations."""
    person = person_of(request)
    plan = plan_to_control(person, code)
    try:
        plan_settings(person, plan=plan, counts_from=request.POST.get("counts_from", ""))
    except ServiceError as error:
        messages.error(request, plain(error, page_language()))
    else:
        messages.success(request, word("control.counting_set", page_language()))
    return HttpResponseRedirect(reverse("control", args=[code]))


@never_cache
@login_required
@require_safe
def page(request: HttpRequest, code: str, period: int, number: int) -> HttpResponse:
    """Show a closed evaluation; asked for by htmx only its documents."""
    person = person_of(request)
    evaluation = evaluation_of(person, code, period, number)
    alive = [language for language in ("th", "en") if is_printing(evaluation.pk, language)]
    files = {
        (f.language, f.format): f for f in evaluation.files.all()
    }  # read after who is alive: the end is not missed
    # A plan of one language is printed in that one; what was printed in another stays in sight.
    printed = {language for language, _ in files}
    languages = [each for each in ("th", "en") if speech().language in ("", each) or each in printed]
    rows = [[files.get((language, name)) for name in FORMATS] for language in languages]
    context = {
        "evaluation": evaluation,
        "plan": evaluation.plan,
        "rows": list(zip(languages, rows, strict=True)),
        "formats": FORMATS,
        "name_of": NAMES,
        "alive": alive,
        "may_look": rights.may(person, "plan.settings", plan=evaluation.plan),
        "may_print": rights.may(person, "report_file.make", plan=evaluation.plan),
    }
    if getattr(request, "htmx", False):
        return render(request, "control/_files.html", context)
    shown = evaluation_page(evaluation, page_language())
    may_control = rights.may(person, "control.view", plan=evaluation.plan)
    ahead = {"at": f"?month={period}"}
    due = evaluation_due(evaluation.plan, period)
    more = {
        "page": shown,
        "ahead": ahead,
        "may_control": may_control,
        "may_words": rights.may(person, "words.view", plan=evaluation.plan),
        "groups": gaps_kept(evaluation),
        "due_on": due,
        "is_late": timezone.localdate(evaluation.closed_at) > due,
    }
    return render(request, "control/evaluation.html", {**context, **more})


@require_POST
@login_required
def make(request: HttpRequest, code: str, period: int, number: int) -> HttpResponse:
    """Put the four documents on the list and print them beside the request."""
    person = person_of(request)
    evaluation = evaluation_of(person, code, period, number)
    language = request.POST.get("language", "th")
    try:
        for name in FORMATS:
            report_file_request(person, evaluation=evaluation, format=name, language=language)
    except ServiceError as error:
        messages.error(request, plain(error, page_language()))
    else:
        start_printing(person, evaluation, language)
    return HttpResponseRedirect(reverse("evaluation", args=[code, period, number]))


@login_required
@require_safe
def file(request: HttpRequest, code: str, period: int, number: int, language: str, form: str) -> FileResponse:  # noqa: PLR0917
    """Hand out a printed document, always as a download."""
    evaluation = evaluation_of(person_of(request), code, period, number)
    row = ReportFile.objects.filter(evaluation=evaluation, language=language, format=form, state="done").first()
    if row is None or not document_path(row.sha256).is_file():
        raise NotVisible(f"{code} {period}.{number} {form}")
    name = f"{code}-{period:02d}-{number}-{language}.{form}"
    response = FileResponse(document_path(row.sha256).open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = TYPES[form]
    response["X-Content-Type-Options"] = "nosniff"
    return response


def start_printing(person: Person, evaluation: Evaluation, language: str) -> threading.Thread | None:
    """Print the waiting documents in a thread of their own; None where another process prints them already.

    What a killed process leaves shows as stopped, and is printed when the button is pressed again.
    """
    begun = printing_begin(evaluation.pk, language)
    if begun is None:
        return None
    thread = threading.Thread(target=_print, args=(person, evaluation, language, begun), daemon=True)
    thread.start()
    return thread


def _print(person: Person, evaluation: Evaluation, language: str, begun: Printing) -> None:
    try:
        report_files_make(person, evaluation=evaluation, language=language, begun=begun)
    finally:
        connections.close_all()
