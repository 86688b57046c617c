"""The page of one work, and of one month of one of its indicators."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samrit.plans.selectors.work.month import month
from samrit.plans.selectors.work.work import work as work_page
from samrit.web.views.seeing.seeing import ahead, person_of, seen_by


@require_safe
def work(request: HttpRequest, plan: str, project: str) -> HttpResponse:
    """Show a work or project."""
    seen = seen_by(request, plan)
    page = work_page(seen, project, person_of(request))
    return render(request, "seeing/work.html", {"page": page, **ahead(request, seen)})


@require_safe
def entry(request: HttpRequest, plan: str, indicator: str, period: int) -> HttpResponse:
    """Show one month of one indicator: figure, person, time, evidence, history."""
    seen = seen_by(request, plan)
    page = month(seen, indicator, period, person_of(request))
    return render(request, "seeing/entry.html", {"page": page, **ahead(request, seen)})
