"""Money to date by Excel or from an accounting export: the form of a month, and a table looked at first."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samrit.intake.sources import limits
from samrit.intake.sources.confined import Confined
from samrit.plans import rights
from samrit.plans.errors import ServiceError
from samrit.plans.models import Person
from samrit.plans.records.turns import turn
from samrit.plans.reporting.days import has_begun
from samrit.plans.selectors.results.look import Look, period_of
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.work.money_lines import money_lines
from samrit.plans.services.plan.money_table import MoneyTaken, money_table_take
from samrit.plans.unit_form.money_table import MOST_BYTES, money_sheet, read_money_table
from samrit.vocabulary.findings import Finding, Place
from samrit.web.gates import MEGABYTE, takes_files
from samrit.web.sent_files import coming_back, faults_shown, going_along, sent_file, workbook
from samrit.web.views.seeing.seeing import language, person_of, seen_by
from samrit.web.words import word


@never_cache
@login_required
@require_safe
def file(request: HttpRequest, plan: str) -> HttpResponse:
    """Hand out the form of a month: every budget line with what stands to date."""
    seen, _ = _seen(request, plan)
    period, names = _month(request, seen), Names.of(seen)
    content = money_sheet(
        money_lines(seen.plan, period),
        plan_code=plan,
        period=period,
        title=names.plan_title(seen.plan),
        month=names.period(period).name,
        language=seen.language,
    )
    return workbook(content, f"{plan}-money-{period:02d}")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files("money.record", most=coming_back(MOST_BYTES))
def page(request: HttpRequest, plan: str) -> HttpResponse:
    """Show where the form is; read a table, show what it would record and every fault, record it when told so."""
    seen, person = _seen(request, plan)
    period, names = _month(request, seen), Names.of(seen)
    context: dict[str, object] = {
        "plan": seen.plan,
        "months": [names.period(p) for p in range(1, 13) if has_begun(seen.plan, p, timezone.localdate())],
        "month": period,
        "megabytes": MOST_BYTES // MEGABYTE,
        "note": request.POST.get("note", ""),
    }
    if request.method != "POST":
        return render(request, "seeing/money_table.html", context)
    content, name = sent_file(request, most=MOST_BYTES, name="money.xlsx")
    taken, faults = _taken(request, seen, person, content=content, name=name)
    if taken.is_kept:
        messages.success(request, word("money_table.taken", language(), count=len(taken.moves)))
        return HttpResponseRedirect(f"{reverse('money_table', args=[plan])}?month={period}")
    context |= {
        "is_read": True,
        "taken": taken,
        "moves": [(move, names.word(move.state, "money_state")) for move in taken.moves],
        **faults_shown(faults),
        **({} if faults or not taken.moves else going_along(content, name)),
    }
    return render(request, "seeing/money_table.html", context, status=422 if faults else 200)


def _taken(
    request: HttpRequest, seen: Look, person: Person, *, content: bytes, name: str
) -> tuple[MoneyTaken, list[Finding]]:
    """Return what a table brings or has brought, and everything that is wrong with it."""
    period = _month(request, seen)
    with turn(person.pk), Confined(together=limits.SECONDS) as confined:
        table = read_money_table(content, name, confined)
    faults = [*table.findings]
    if table.period and (table.plan_code, table.period) != (seen.plan.code, period):
        faults.append(Finding("money_file_month", Place(document=name)))
    if faults:
        return MoneyTaken(), faults
    taken = money_table_take(
        person,
        plan=seen.plan,
        period=period,
        rows=table.rows,
        note=request.POST.get("note", "").strip(),
        language=language(),
        keep=request.POST.get("do") == "take",
    )
    return taken, [*taken.faults]


def _seen(request: HttpRequest, plan: str) -> tuple[Look, Person]:
    """Return the plan as its reader sees it; refused for who records no money."""
    seen, person = seen_by(request, plan), person_of(request)
    assert person is not None  # noqa: S101 — behind login_required
    if not rights.may(person, "money.record", plan=seen.plan):
        raise ServiceError("not_allowed", record=plan)
    return seen, person


def _month(request: HttpRequest, seen: Look) -> int:
    """Return the month that is asked for, else the one that is looked at."""
    return period_of(request.POST.get("month") or request.GET.get("month")) or max(seen.as_of, 1)
