"""Recording what happened to a work in the year: one form for every kind, to add, to correct, to withdraw."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samrit.plans.errors import ServiceError
from samrit.plans.models import Person
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.work.work_year import YearRecordForm, year_record_form
from samrit.plans.services.plan.year_records import (
    YearRecordRefused,
    year_record_add,
    year_record_revise,
    year_record_withdraw,
)
from samrit.vocabulary.numbers import whole
from samrit.web.forms.year import RecordFields
from samrit.web.keeping import plain
from samrit.web.views.seeing.seeing import ahead, language, person_of, seen_by
from samrit.web.words import word


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def record(request: HttpRequest, plan: str, project: str, kind: str) -> HttpResponse:
    """Show the form of a new record, or of the one that the address names; keep what was sent and go to the story."""
    seen, person = seen_by(request, plan), person_of(request)
    assert person is not None  # noqa: S101 — behind login_required
    page = year_record_form(seen, project, kind, request.GET.get("record", ""), person)
    if request.method != "POST":
        return _shown(request, seen, page, RecordFields(page))
    form = RecordFields(page, request.POST)
    try:
        said = _kept(request, seen, page, person)
    except YearRecordRefused as refused:
        form.tell(refused)
    except ServiceError as error:
        if error.code == "not_allowed":
            raise
        form.add_error(None, plain(error, language()))
    else:
        messages.success(request, word(said, language()))
        return HttpResponseRedirect(f"{reverse('work', args=[plan, project])}{ahead(request, seen)['ahead'].at}#year")
    return _shown(request, seen, page, form, status=422)


def _kept(request: HttpRequest, seen: Look, page: YearRecordForm, person: Person) -> str:
    """Write what was sent, and return the key of what is said about it."""
    post = request.POST
    place = {"plan": seen.plan, "kind": page.kind.name, "project": page.work.id}
    given = {name: post.get(name, "") for name in ("happened_on", *(f.name for f in page.kind.fields))}
    reason = post.get("reason", "")
    if page.record is None:
        year_record_add(person, **place, given=given)  # type: ignore[arg-type]
        return "year.added"
    over = {"record": page.record.id, "seen": whole(post.get("seen"), 0)}
    if post.get("do") == "withdraw":
        year_record_withdraw(person, **place, **over, reason=reason)  # type: ignore[arg-type]
        return "year.withdrawn"
    kept = year_record_revise(person, **place, **over, given=given, reason=reason)  # type: ignore[arg-type]
    return "year.revised" if kept is not None else "year.unchanged"


def _shown(
    request: HttpRequest, seen: Look, page: YearRecordForm, form: RecordFields, *, status: int = 200
) -> HttpResponse:
    context = {"page": page, "form": form, "plan": seen.plan, **ahead(request, seen)}
    return render(request, "seeing/year_form.html", context, status=status)
