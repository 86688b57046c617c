"""One's own due days in a calendar: the private address, and what calendars read under it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samrit.plans.errors import NotVisible
from samrit.plans.models import CalendarKey
from samrit.plans.selectors.office.visible import visible_plans
from samrit.plans.selectors.report.deadlines import calendar_feed, deadlines_of
from samrit.plans.services.office.calendars import calendar_key_end, calendar_key_make, person_of_key
from samrit.web.gates import person_of, signed_in
from samrit.web.words import word


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """Show whether there is a private address, make one, or take it away; its secret is shown once."""
    person, address = person_of(request), ""
    if request.method == "POST" and request.POST.get("do") == "end":
        calendar_key_end(person, person=person)
        return HttpResponseRedirect(reverse("calendar_key"))
    if request.method == "POST":
        key = calendar_key_make(person)
        address = f"{settings.BASE_URL.rstrip('/')}{reverse('calendar_private', args=[key])}"
    standing = CalendarKey.objects.filter(person=person).first()
    return render(request, "account/calendar.html", {"standing": standing, "address": address})


@never_cache
@require_safe
def private(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out the due days of the person whose secret the address holds; any other address is not there."""
    if getattr(settings, "SECURE_SSL_REDIRECT", False) and not request.is_secure():
        # Programs ask here, not people: led on in silence, they would go on saying the secret in the clear.
        return HttpResponseForbidden("https", content_type="text/plain; charset=utf-8")
    person = person_of_key(key)
    if person is None:
        raise NotVisible("calendar")
    own = [seen.plan for seen in visible_plans(person) if not seen.public]
    name = word("calendar.name", person.language)
    text = calendar_feed(name, [day for plan in own for day in deadlines_of(person, plan)], timezone.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="samrit.ics"'
    return answer
