"""The register of units: the tree, one unit, changing it, taking a whole register from a file."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from samrit.plans.errors import ServiceError
from samrit.plans.models import Unit
from samrit.plans.records.turns import turn
from samrit.plans.reporting.register_file import read_register, register_csv
from samrit.plans.rights import may
from samrit.plans.selectors.office.units import UnitDetails, all_units, unit_details, unit_list, unit_types
from samrit.plans.services.office.units import register_import, unit_save
from samrit.vocabulary.dates import format_date
from samrit.vocabulary.findings import sentence
from samrit.web.forms.units import UnitDetailsForm, initial_of, type_shown
from samrit.web.gates import needs, person_of, sent, takes_files
from samrit.web.words import page_language, word

_OF_THE_DAY = frozenset({"unit_change_ahead", "unit_change_order", "unit_change_waits"})
REGISTER_MAX_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class UnitPage:
    """What the page of one unit shows; ``details`` is None for a new one."""

    details: UnitDetails | None
    form: UnitDetailsForm
    units: tuple[Unit, ...]
    regions: tuple[str, ...]
    types: tuple[str, ...]
    may_change: bool


@require_safe
@needs("units.view")
def listing(request: HttpRequest) -> HttpResponse:
    """List the register as a tree."""
    asked = request.GET
    found = unit_list(
        person_of(request),
        today=timezone.localdate(),
        text=asked.get("q", "").strip(),
        kind=asked.get("type", ""),
        region=asked.get("region", ""),
        held=asked.get("held", ""),
    )
    shown = {"page": found, "types": unit_types(), "may_change": may(person_of(request), "units.manage")}
    return render(request, "units/list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("units.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    form = UnitDetailsForm(sent(request), initial={"type": type_shown("section")})
    if request.method == "POST" and form.is_valid():
        answer = _saved(request, form, "units.created")
        if answer is not None:
            return answer
    return _shown(request, None, form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("units.view")
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show a unit, and change it."""
    details = unit_details(person_of(request), code)
    if request.method == "POST" and not may(person_of(request), "units.manage"):
        raise PermissionDenied
    form = UnitDetailsForm(sent(request), unit=details.unit, initial=initial_of(details.unit))
    if request.method == "POST" and form.is_valid():
        answer = _saved(request, form, "units.saved")
        if answer is not None:
            return answer
    return _shown(request, details, form)


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files("units.manage", most=2 * REGISTER_MAX_BYTES)
@needs("units.manage")
def register(request: HttpRequest) -> HttpResponse:
    """Take a register from a CSV file; every fault of the file is told at once and nothing is taken then."""
    faults: list[str] = []
    notes: list[str] = []
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None or (upload.size or 0) > REGISTER_MAX_BYTES:
            faults = [word("units.no_file", page_language(), size=REGISTER_MAX_BYTES // 1024 // 1024)]
        else:
            with turn(person_of(request).pk):
                known = frozenset(Unit.objects.values_list("code", flat=True))
                rows, findings = read_register(upload.read(), upload.name or "units.csv", known=known)
            found = [sentence(finding, page_language()) for finding in findings]
            faults, notes = ([], found) if rows else (found, [])
        if not faults:
            try:
                outcome = register_import(person_of(request), units=rows, reason=request.POST.get("reason", ""))
            except ServiceError as refused:
                faults = [refused.text(page_language())]
            else:
                said = word("units.taken", page_language(), added=outcome.added, changed=outcome.changed)
                messages.success(request, " ".join((said, *notes)))
                return HttpResponseRedirect(reverse("units"))
    return render(request, "units/register.html", {"faults": faults}, status=422 if faults else 200)


@require_safe
@needs("units.view")
def register_file(request: HttpRequest) -> HttpResponse:
    """Hand out the register as the CSV file that ``register`` takes back."""
    text = register_csv(Unit.objects.select_related("parent", "successor").prefetch_related("groups"))
    answer = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="units.csv"'
    return answer


def _saved(request: HttpRequest, form: UnitDetailsForm, said: str) -> HttpResponse | None:
    row = form.row()
    try:
        saved = unit_save(person_of(request), unit=row, reason=form.cleaned_data["reason"].strip())
    except ServiceError as refused:
        field = "called_since" if refused.code in _OF_THE_DAY else None
        form.add_error(field, refused.text(page_language()))
        return None
    messages.success(request, word(said, page_language(), name=saved.name))
    if saved.coming is not None and "called_since" in form.changed_data:
        messages.info(
            request, word("units.comes", page_language(), day=format_date(saved.coming.since, page_language()))
        )
    elif form.is_correction:
        messages.info(request, word("units.corrected", page_language()))
    return HttpResponseRedirect(reverse("unit", args=[saved.code]))


def _shown(request: HttpRequest, details: UnitDetails | None, form: UnitDetailsForm) -> HttpResponse:
    units = all_units()
    page = UnitPage(
        details=details,
        form=form,
        units=units,
        regions=tuple(sorted({u.region for u in units if u.region})),
        types=tuple(map(type_shown, unit_types())),
        may_change=may(person_of(request), "units.manage"),
    )
    return render(request, "units/unit.html", {"page": page}, status=422 if form.errors else 200)
