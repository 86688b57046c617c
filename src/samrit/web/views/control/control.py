"""The control room: who is late, what looks wrong, what changed; close, unlock, settle."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samrit.plans import rights
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Plan, Unit
from samrit.plans.reporting.completeness import matrix
from samrit.plans.reporting.days import period_of
from samrit.plans.selectors.control.control_room import changes_since, control_room, plan_to_control
from samrit.plans.selectors.control.finding_list import FindingFilter, decided_findings, finding_list, findings_marked
from samrit.plans.selectors.control.records import records_like
from samrit.plans.selectors.control.reporting_units import SHOWN, Wish
from samrit.plans.selectors.control.watch import watch_page
from samrit.plans.selectors.office.history import latest_sequence
from samrit.plans.selectors.results.look import YEAR_END
from samrit.plans.selectors.results.look import period_of as look_period
from samrit.plans.services.plan.findings import STATES, finding_decide
from samrit.plans.services.plan.periods import period_close, period_unlock
from samrit.plans.services.plan.settlements import settlement_save
from samrit.vocabulary.dates import typed_day
from samrit.vocabulary.findings import Severity, catalogue
from samrit.vocabulary.numbers import parse_figure, whole
from samrit.web.exports.outgoing_control import changes_out, completeness_out, findings_out
from samrit.web.exports.outgoing_year import watch_out
from samrit.web.exports.tables import sent
from samrit.web.gates import person_of
from samrit.web.keeping import plain
from samrit.web.last_look import last_look, remember
from samrit.web.words import page_language, word

COUNTED_FROM = ("sent", "confirmed", "accepted")


@never_cache
@login_required
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the control room with what changed since the last look."""
    look = last_look(request, code)
    newest = latest_sequence()
    room = control_room(person_of(request), code, seen=look.seen, wish=_wish(request))
    context = {"page": room, "look": look, "severities": list(Severity), "standings": COUNTED_FROM}
    response = render(request, "control/page.html", context)
    remember(request, response, code, look, newest)
    return response


@login_required
@require_safe
def table(request: HttpRequest, code: str, table: str, form: str) -> HttpResponse:
    """Send the completeness of reports, the changes since the last look, the findings or the works to watch."""
    plan = plan_to_control(person_of(request), code)
    if table == "completeness":
        out = completeness_out(matrix(plan), period_of(plan, timezone.localdate()), page_language())
    elif table == "changes":
        out = changes_out(plan, changes_since(plan, last_look(request, code).seen, None).entries, page_language())
    elif table == "findings":
        out = findings_out(plan, decided_findings(plan, period_of(plan, timezone.localdate())), page_language())
    elif table == "watch":
        out = watch_out(plan, watch_page(plan, language=page_language(), today=timezone.localdate()), page_language())
    else:
        raise NotVisible(table)
    return sent(out, form)


def _wish(request: HttpRequest) -> Wish:
    show, month, at = (request.GET.get(name, "") for name in ("show", "month", "page"))
    return Wish(
        show=show if show in SHOWN else "",
        period=look_period(month),
        search=request.GET.get("q", ""),
        page=whole(at, 1),
        fund=request.GET.get("fund", ""),
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def findings(request: HttpRequest, code: str) -> HttpResponse:
    """List the findings with their states, or decide about those ticked."""
    plan = plan_to_control(person_of(request), code)
    as_of = period_of(plan, timezone.localdate())
    if request.method == "POST":
        _decide(request, plan, as_of)
        return HttpResponseRedirect(request.get_full_path())
    severity, state, kind = (request.GET.get(name, "") for name in ("severity", "state", "code"))
    chosen = FindingFilter(
        severity=severity if severity in [s.value for s in Severity] else "",
        state=(state if state in STATES else "") if state else "open",
        code=kind if kind in catalogue() else "",
    )
    at = request.GET.get("page", "")
    shown = finding_list(plan, as_of, chosen, whole(at, 1))
    context = {
        "plan": plan,
        "page": shown,
        "states": STATES,
        "severities": [s.value for s in Severity],
        "may_decide": rights.may(person_of(request), "finding.decide", plan=plan),
    }
    return render(request, "control/findings.html", context)


def _decide(request: HttpRequest, plan: Plan, as_of: int) -> None:
    """Decide alike about every finding that was ticked; each is a decision of its own in the history."""
    marks = request.POST.getlist("finding")
    state, reason = request.POST.get("state", ""), request.POST.get("reason", "")
    if not marks:
        messages.error(request, word("control.finding_none_chosen", page_language()))
        return
    found = findings_marked(plan, as_of, marks)
    try:
        for finding in found:
            finding_decide(person_of(request), plan=plan, finding=finding, state=state, reason=reason)
    except ServiceError as error:
        messages.error(request, plain(error, page_language()))
    else:
        messages.success(request, word("control.finding_decided", page_language(), count=len(found)))


@require_POST
@login_required
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close one month."""
    plan = plan_to_control(person_of(request), code)
    _do(
        request,
        lambda: period_close(person_of(request), plan=plan, period=_number(request, "period")),
        "control.closed",
    )
    return HttpResponseRedirect(reverse("control", args=[code]))


@require_POST
@login_required
def unlock(request: HttpRequest, code: str) -> HttpResponse:
    """Open a month again, for one unit or for all, with reason and last day."""
    plan = plan_to_control(person_of(request), code)
    unit_code = request.POST.get("unit", "").strip()
    unit = Unit.objects.filter(code=unit_code).first() if unit_code else None
    if unit_code and unit is None:
        raise NotVisible(unit_code)
    until = typed_day(request.POST.get("until", ""))
    if until is None:
        messages.error(request, word("form.date_wrong", page_language(), text=request.POST.get("until", "")))
    else:
        _do(
            request,
            lambda: period_unlock(
                person_of(request),
                plan=plan,
                period=_number(request, "period"),
                unit=unit,
                reason=request.POST.get("reason", ""),
                until=until,
            ),
            "control.unlocked",
        )
    return HttpResponseRedirect(reverse("control", args=[code]))


@never_cache
@login_required
@require_safe
def records(request: HttpRequest, code: str) -> JsonResponse:
    """Offer the works and indicators that resemble what is typed, to those who settle results."""
    plan = plan_to_control(person_of(request), code)
    if not rights.may(person_of(request), "settlement.decide", plan=plan):
        raise NotVisible(code)
    period = look_period(request.GET.get("period")) or YEAR_END
    found = records_like(plan, period, request.GET.get("q", ""))
    return JsonResponse({"records": [{"code": r.code, "name": r.name} for r in found]})


@require_POST
@login_required
def settle(request: HttpRequest, code: str) -> HttpResponse:
    """Settle a work's or an indicator's percent or band by hand (WE4)."""
    plan = plan_to_control(person_of(request), code)
    text = request.POST.get("percent", "").strip()
    record, period = request.POST.get("record", "").strip(), _number(request, "period")
    here = reverse("control", args=[code])
    again = f"{here}?{urlencode({'settle': record, 'period': period})}#settle"
    percent = parse_figure(text) if text else None
    if percent is not None and not isinstance(percent, Decimal):
        messages.error(request, word("control.percent_wrong", page_language(), text=text[:40]))
        return HttpResponseRedirect(again)
    is_done = _do(
        request,
        lambda: settlement_save(
            person_of(request),
            plan=plan,
            record=record,
            period=period,
            reason=request.POST.get("reason", ""),
            percent=percent,
            band=request.POST.get("band", ""),
        ),
        "control.settled",
    )
    return HttpResponseRedirect(here if is_done else again)


def _do(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Run a service and say what became of it; return whether it was done."""
    try:
        act()
    except ServiceError as error:
        messages.error(request, plain(error, page_language()))
        return False
    messages.success(request, word(done, page_language()))
    return True


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return whole(text, 0)
