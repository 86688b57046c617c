"""The page of a plan's links: which goals of the plans above its works serve."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samrit.plans.selectors.above.coverage import CoveragePage
from samrit.plans.selectors.above.coverage import coverage as coverage_of
from samrit.plans.selectors.results.look import Look
from samrit.web.views.seeing.seeing import ahead, seen_by


@require_safe
def coverage(request: HttpRequest, plan: str) -> HttpResponse:
    """Show works, indicators and money by every goal, and the goals that no work serves."""
    seen = seen_by(request, plan)
    return render(request, "seeing/coverage.html", {"page": covered(request, seen), **ahead(request, seen)})


def covered(request: HttpRequest, seen: Look) -> CoveragePage:
    """Return the coverage that the address asks for: by main links, or by all."""
    return coverage_of(seen, main_only=request.GET.get("by") == "main")
