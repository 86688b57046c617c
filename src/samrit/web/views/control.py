"""The control room: who is late, what looks wrong, what changed; close, unlock, settle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Person, Unit
from samrit.plans.selectors.calendar import period_of
from samrit.plans.selectors.control_room import control_room, decided_findings, finding_marked, plan_to_control
from samrit.plans.services.findings import STATES, finding_decide
from samrit.plans.services.periods import period_close, period_unlock
from samrit.plans.services.settlements import settlement_save
from samrit.vocabulary.findings import Severity
from samrit.vocabulary.periods import parse_date
from samrit.web.forms.entry import plain
from samrit.web.words import word


@never_cache
@login_required
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the control room; what was shown counts as seen from then on."""
    person = _person(request)
    key = f"control-seen-{code}"
    room = control_room(person, code, seen=int(request.session.get(key, 0)))
    request.session[key] = room.last_sequence
    return render(request, "control/page.html", {"page": room})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def findings(request: HttpRequest, code: str) -> HttpResponse:
    """List the findings with their states, or decide about one."""
    plan = plan_to_control(_person(request), code)
    as_of = period_of(plan, timezone.localdate())
    if request.method == "POST":
        finding = finding_marked(plan, as_of, request.POST.get("finding", ""))
        _do(
            request,
            lambda: finding_decide(
                _person(request),
                plan=plan,
                finding=finding,
                state=request.POST.get("state", ""),
                reason=request.POST.get("reason", ""),
            ),
            "control.finding_decided",
        )
        return HttpResponseRedirect(request.get_full_path())
    severity = request.GET.get("severity", "")
    state = request.GET.get("state", "open")
    chosen = {
        "severity": severity if severity in [s.value for s in Severity] else "",
        "state": state if state in STATES else "",
    }
    rows = decided_findings(plan, as_of, severity=chosen["severity"], state=chosen["state"])
    context = {
        "plan": plan,
        "rows": rows,
        "chosen": chosen,
        "states": STATES,
        "severities": [s.value for s in Severity],
    }
    return render(request, "control/findings.html", context)


@require_POST
@login_required
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close one month."""
    plan = plan_to_control(_person(request), code)
    _do(request, lambda: period_close(_person(request), plan=plan, period=_number(request, "period")), "control.closed")
    return HttpResponseRedirect(reverse("control", args=[code]))


@require_POST
@login_required
def unlock(request: HttpRequest, code: str) -> HttpResponse:
    """Open a month again, for one unit or for all, with reason and last day."""
    plan = plan_to_control(_person(request), code)
    unit_code = request.POST.get("unit", "").strip()
    unit = Unit.objects.filter(code=unit_code).first() if unit_code else None
    if unit_code and unit is None:
        raise NotVisible(unit_code)
    until = _day(request.POST.get("until", ""))
    if until is None:
        messages.error(request, word("form.date_wrong", _language(), text=request.POST.get("until", "")))
    else:
        _do(
            request,
            lambda: period_unlock(
                _person(request),
                plan=plan,
                period=_number(request, "period"),
                unit=unit,
                reason=request.POST.get("reason", ""),
                until=until,
            ),
            "control.unlocked",
        )
    return HttpResponseRedirect(reverse("control", args=[code]))


@require_POST
@login_required
def settle(request: HttpRequest, code: str) -> HttpResponse:
    """Settle a work's or an indicator's percent or band by hand (WE4)."""
    plan = plan_to_control(_person(request), code)
    text = request.POST.get("percent", "").strip().replace(",", "")
    try:
        percent = Decimal(text) if text else None
    except InvalidOperation:
        messages.error(request, word("control.percent_wrong", _language(), text=text))
    else:
        _do(
            request,
            lambda: settlement_save(
                _person(request),
                plan=plan,
                record=request.POST.get("record", "").strip(),
                period=_number(request, "period"),
                reason=request.POST.get("reason", ""),
                percent=percent,
                band=request.POST.get("band", ""),
            ),
            "control.settled",
        )
    return HttpResponseRedirect(reverse("control", args=[code]))


def _do(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Run a service and say what became of it."""
    try:
        act()
    except ServiceError as error:
        messages.error(request, plain(error, _language()))
    else:
        messages.success(request, word(done, _language()))


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # noqa: S101 - every view here is behind login_required
    return request.user


def _language() -> str:
    return get_language() or "th"


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _day(text: str) -> date | None:
    """Return the day typed: ISO from a date input, or as people write it in Buddhist years."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return parse_date(text).day
