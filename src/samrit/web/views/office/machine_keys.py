"""One's own keys for other programs: made for a unit until a day, shown once, taken back."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import MachineKey, Unit
from samrit.plans.selectors.office.proposals import units_of
from samrit.plans.services.office.machine_keys import MOST_DAYS, machine_key_end, machine_key_make
from samrit.vocabulary.dates import typed_day
from samrit.vocabulary.numbers import whole
from samrit.web.gates import person_of, require_oneself, signed_in
from samrit.web.words import page_language, word

_YEAR = timedelta(365)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """List one's keys, make one, or take one back; a key itself is shown once."""
    if request.method != "POST":
        return _shown(request)
    if request.POST.get("do") == "make":
        require_oneself(request)
        return _made(request)
    number = whole(request.POST.get("key"), 0, most=10**12)
    found = MachineKey.objects.filter(person=person_of(request), pk=number).first()
    if found is None:
        raise NotVisible("machine key")
    machine_key_end(person_of(request), key=found)
    return HttpResponseRedirect(reverse("machine_keys"))


def _made(request: HttpRequest) -> HttpResponse:
    sent, language = request.POST, page_language()
    unit = Unit.objects.filter(code=sent.get("unit", "").strip()).first()
    until = typed_day(sent.get("until", ""))
    faults = [word("machine.no_unit", language)] * (unit is None)
    faults += [word("machine.no_day", language)] * (until is None)
    if unit is not None and until is not None:
        try:
            key = machine_key_make(person_of(request), unit=unit, name=sent.get("name", ""), until=until)
        except ServiceError as refused:
            faults.append(refused.text(language))
        else:
            return _shown(request, key=key)
    return _shown(request, faults=faults)


def _shown(request: HttpRequest, *, key: str = "", faults: list[str] | None = None) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    units = units_of(person)
    shown = {
        "keys": MachineKey.objects.filter(person=person).select_related("unit"),
        "today": today,
        "units": units,
        "first": units[0].code if units else "",
        "made": key,
        "faults": faults or (),
        "typed": request.POST if faults else {},
        "until": today + _YEAR,
        "days": MOST_DAYS,
    }
    return render(request, "account/machines.html", shown, status=422 if faults else 200)
