"""Excel forms of units: out, and back filled, one or many in a zip; and the calendar of due days."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samrit.plans import rights
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Person, Plan, Unit
from samrit.plans.records.turns import turn
from samrit.plans.selectors.report.deadlines import calendar_feed, deadlines_of
from samrit.plans.selectors.report.forms_due import awaits_sending, forms_due
from samrit.plans.selectors.results.look import period_of
from samrit.plans.services.report.unit_forms import MergedForm, unit_form, unit_forms_merge, unit_forms_zip
from samrit.vocabulary.findings import sentence
from samrit.vocabulary.narrative import joined
from samrit.web.gates import MEGABYTE, person_of, takes_files
from samrit.web.keeping import plain
from samrit.web.words import page_language, word

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_BYTES = 20 * MEGABYTE


@login_required
@require_safe
def download(request: HttpRequest, code: str, unit: str, period: int) -> HttpResponse:
    """Hand out the form of a unit's month."""
    person = person_of(request)
    plan = Plan.objects.filter(code=code).first()
    reporting = Unit.objects.filter(code=unit).first()
    if plan is None or reporting is None or not rights.may(person, "figure.edit", plan=plan, unit=reporting):
        raise NotVisible(f"{code} {unit}")
    try:
        name, content = unit_form(person, plan=plan, unit=reporting, period=period, language=page_language())
    except (ServiceError, ValueError):
        raise NotVisible(f"{code} {unit} {period}") from None
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@login_required
@require_safe
def bundle(request: HttpRequest, code: str, period: int) -> HttpResponse:
    """Hand out the forms of all units whose report of a month has not come, in one zip."""
    person = person_of(request)
    plan = Plan.objects.filter(code=code).first()
    if plan is None or not rights.may(person, "report.accept", plan=plan):
        raise NotVisible(code)
    name, content = unit_forms_zip(person, plan=plan, period=period, language=page_language())
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files("figure.edit", most=_MOST_BYTES + MEGABYTE)
def upload(request: HttpRequest) -> HttpResponse:
    """Take filled forms and show, form by form, what was taken, what conflicts and why."""
    merged = _taken(request) if request.method == "POST" else []
    status = 200 if request.method != "POST" or merged else 422
    due = forms_due(person_of(request), plan=request.GET.get("plan", ""), period=period_of(request.GET.get("month")))
    context = {"merged": merged, "is_sent": request.method == "POST", "page": due}
    return render(request, "control/forms.html", context, status=status)


@login_required
@require_safe
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the due days of one's own units as a calendar."""
    person = person_of(request)
    plan = Plan.objects.filter(code=code).first()
    if plan is None or not rights.may(person, "plan.view", plan=plan):
        raise NotVisible(code)
    title = (plan.title_en or plan.title) if person.language == "en" else plan.title
    text = calendar_feed(title, deadlines_of(person, plan), timezone.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.ics"'
    return response


def _taken(request: HttpRequest) -> list[dict[str, object]]:
    """Merge what was sent, in turn with the uploads of others; refused before it is opened for who may not report."""
    person, language = person_of(request), page_language()
    if not rights.may(person, "figure.edit"):
        raise PermissionDenied
    with turn(person.pk):
        return [
            _shown(merged, language, person)
            for sent in request.FILES.getlist("forms")
            for merged in unit_forms_merge(person, name=sent.name or "", content=sent.read(_MOST_BYTES))
        ]


def _shown(merged: MergedForm, language: str, person: Person) -> dict[str, object]:
    """Return one form's report for the page: sentences ready to read, and whether the report is still to be sent."""
    place = (merged.plan, merged.unit)
    return {
        "form": merged,
        "is_unsent": None not in place and awaits_sending(person, merged.plan, merged.unit, merged.period),  # type: ignore[arg-type]
        "saved": merged.taken,
        "conflicts": merged.outcome.conflicts,
        "level_conflicts": merged.levels.conflicts,
        "words_conflicts": [
            (c.cell.project, joined(c.theirs), c.theirs.changed_by, " · ".join(filter(None, c.cell.texts.values())))
            for c in merged.words.conflicts
        ],
        "refused": [
            *((r.cell.indicator, plain(r.error, language)) for r in merged.outcome.refused),
            *((r.cell.project, plain(r.error, language)) for r in merged.words.refused),
            *(
                (
                    word("forms.level_of", language, indicator=r.cell.indicator, level=r.cell.number),
                    plain(r.error, language),
                )
                for r in merged.levels.refused
            ),
        ],
        "findings": [sentence(f, language) for f in merged.findings],
    }
