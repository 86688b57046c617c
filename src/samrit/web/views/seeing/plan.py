"""The plan page, and the saving of its filters."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from samrit.plans.selectors.above.years import has_years
from samrit.plans.selectors.office.saved import saved_views
from samrit.plans.selectors.office.visible import visible
from samrit.plans.selectors.work.choices import choices_from
from samrit.plans.selectors.work.works import works
from samrit.plans.services.office.views import view_delete, view_save
from samrit.vocabulary.numbers import whole
from samrit.web.views.seeing.seeing import ahead, person_of, seen_by

PAGE = "plan"


@require_safe
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """Show all works of a plan as the address chooses; for htmx only the table and what goes with it."""
    seen = seen_by(request, plan)
    page = works(seen, choices_from(dict(request.GET.lists())))
    context = {
        "page": page,
        "has_years": has_years(seen, person_of(request)),
        "saved": saved_views(person_of(request), PAGE),
        **ahead(request, seen),
    }
    return render(request, "seeing/plan.html", context)


@require_POST
@login_required
def save_view(request: HttpRequest, plan: str) -> HttpResponse:
    """Save the filter shown under a name and go back to it."""
    person = person_of(request)
    found = visible(person, plan)
    query = choices_from(_lists(request.POST.get("query", ""))).query()
    if person is not None:
        view_save(person, page=PAGE, name=request.POST.get("name", ""), query=query)
    return HttpResponseRedirect(f"{reverse('plan', args=[found.plan.code])}?{query}")


@require_POST
@login_required
def delete_view(request: HttpRequest, plan: str) -> HttpResponse:
    """Delete one of the reader's saved filters."""
    person = person_of(request)
    found = visible(person, plan)
    number = request.POST.get("view", "")
    if person is not None and (view := whole(number, 0, most=10**12)):
        view_delete(person, view=view)
    return HttpResponseRedirect(reverse("plan", args=[found.plan.code]))


def _lists(query: str) -> dict[str, list[str]]:
    return dict(QueryDict(query[:2000]).lists())
