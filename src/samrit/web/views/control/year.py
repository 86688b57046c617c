"""The year's records of all works in the control room: a list by kind, counted, what waits first, and as a table."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samrit.package.kinds import kind_named
from samrit.plans import rights
from samrit.plans.errors import NotVisible
from samrit.plans.selectors.control.control_room import plan_to_control
from samrit.plans.selectors.control.watch import watch_page, watch_tested
from samrit.plans.selectors.control.year_list import plan_times, year_list, year_rows
from samrit.vocabulary.numbers import whole
from samrit.web.exports.outgoing_year import year_out
from samrit.web.exports.tables import sent
from samrit.web.gates import person_of
from samrit.web.words import page_language, word


@login_required
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the records of the kind, the value and the page that the address names."""
    person = person_of(request)
    plan = plan_to_control(person, code)
    shown = year_list(
        plan,
        kind=request.GET.get("kind", ""),
        chosen=request.GET.get("value", ""),
        only_overdue=request.GET.get("overdue") == "1",
        page=whole(request.GET.get("page", ""), 1),
        language=page_language(),
        today=timezone.localdate(),
    )
    return render(
        request,
        "control/year.html",
        {"plan": plan, "page": shown, "may_record": rights.may(person, "year.report", plan=plan)},
    )


@login_required
@require_safe
def table(request: HttpRequest, code: str, kind: str, form: str) -> HttpResponse:
    """Send every record of a kind."""
    plan, declared, language = plan_to_control(person_of(request), code), kind_named(kind), page_language()
    if declared is None:
        raise NotVisible(kind)
    rows = year_rows(plan, language=language, today=timezone.localdate(), kind=kind)
    return sent(year_out(plan, declared, rows, language), form)


@login_required
@require_safe
def times(request: HttpRequest, code: str) -> HttpResponse:
    """Show the time lines of the works, of all or of one unit."""
    plan = plan_to_control(person_of(request), code)
    shown = plan_times(
        plan,
        unit=request.GET.get("unit", ""),
        page=whole(request.GET.get("page", ""), 1),
        language=page_language(),
        today=timezone.localdate(),
    )
    return render(request, "control/times.html", {"plan": plan, "page": shown})


@login_required
@require_safe
def watch(request: HttpRequest, code: str) -> HttpResponse:
    """Show the works to look at now, with what was decided about each."""
    person = person_of(request)
    plan = plan_to_control(person, code)
    shown = watch_page(plan, language=page_language(), today=timezone.localdate())
    may_decide = rights.may(person, "year.decide", plan=plan)
    return render(request, "control/watch.html", {"plan": plan, "page": shown, "may_decide": may_decide})


@login_required
@require_safe
def watch_test(request: HttpRequest, code: str) -> HttpResponse:
    """Show how good the list was in a year that is over, beside plainer lists, and which of them to use."""
    person = person_of(request)
    plan = plan_to_control(person, code)
    tested = watch_tested(plan, person, language=page_language(), today=timezone.localdate())
    context: dict[str, object] = {"plan": plan, "tested": tested}
    if tested is not None:
        names = {
            own.name: word(f"watch_test.{own.name}", page_language()) for _, test in tested.tests for own in test.lists
        }
        better = ", ".join(names[name] for name in tested.better)
        context["advice"] = word("watch_test.use_other", page_language(), lists=better)
        context["tables"] = [
            (period, test, [(names[own.name], own, test.recall(own)) for own in test.lists])
            for period, test in tested.tests
        ]
    return render(request, "control/watch_test.html", context)
