"""The page of results over the years of a plan of several years."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samrit.plans.selectors.above.years import Years
from samrit.plans.selectors.above.years import years as years_of
from samrit.plans.selectors.results.look import Look
from samrit.web.views.seeing.seeing import ahead, person_of, seen_by


@require_safe
def years(request: HttpRequest, plan: str) -> HttpResponse:
    """Show the targets of the years beside the results, and the chart of one indicator."""
    seen = seen_by(request, plan)
    return render(request, "seeing/years.html", {"page": over(request, seen), **ahead(request, seen)})


def over(request: HttpRequest, seen: Look) -> Years:
    """Return the years that the address asks for."""
    chosen = request.GET.get("indicator", "")[:80]
    return years_of(seen, person_of(request), today=timezone.localdate(), chosen=chosen)
