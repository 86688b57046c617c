"""Comparing quarters and years, and the heat map of units and months."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samrit.plans.errors import NotVisible
from samrit.plans.models import Plan
from samrit.plans.selectors.office.visible import visible, visible_plans
from samrit.plans.selectors.results.closed import closed_by_period
from samrit.plans.selectors.results.compare import Comparison, comparison, evaluated
from samrit.plans.selectors.results.heat import Heat
from samrit.plans.selectors.results.heat import heat as heat_page
from samrit.plans.selectors.results.look import Look, last_evaluated, period_of
from samrit.web.views.seeing.seeing import ahead, person_of, seen_by


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison and the choices that led to it."""

    comparison: Comparison
    plans: tuple[Plan, ...]
    live: bool
    down: int
    up: int


@require_safe
def compare(request: HttpRequest, plan: str) -> HttpResponse:
    """Show what changed between two evaluations; the public compares closed ones only."""
    seen = seen_by(request, plan)
    page = compared(request, seen)
    return render(request, "seeing/compare.html", {"page": page, **ahead(request, seen)})


def compared(request: HttpRequest, seen: Look) -> Compared:
    """Return the comparison that the address asks for: by default this period with the one evaluated before."""
    if seen.public:  # its evaluations are the closed ones alone; the page needs figures as they are
        raise NotVisible(seen.plan.code)
    person, asked = person_of(request), request.GET
    plans = tuple(v.plan for v in visible_plans(person) if not v.public)
    other = visible(person, asked.get("with", "") or seen.plan.code)
    if other.public:
        raise NotVisible(other.plan.code)
    after = period_of(asked.get("to")) or seen.as_of
    usual = (
        after if other.plan.pk != seen.plan.pk else last_evaluated(seen.plan, after, closed_by_period(seen.plan)) or 1
    )
    before = period_of(asked.get("from")) or usual
    live = asked.get("live") == "1"
    sides = evaluated(other.plan, before), evaluated(seen.plan, after, frozen=not live)
    found = comparison(*sides, seen=seen, fund=asked.get("fund", ""))
    counts = {direction: len(moved) for direction, moved in found.moved}
    return Compared(found, plans, live, counts.get("down", 0), counts.get("up", 0))


@require_safe
def heat(request: HttpRequest, plan: str) -> HttpResponse:
    """Show units × months."""
    seen = seen_by(request, plan)
    page = heat_asked(request, seen)
    return render(request, "seeing/heat.html", {"page": page, **ahead(request, seen)})


def heat_asked(request: HttpRequest, seen: Look) -> Heat:
    """Return the heat map that the address asks for."""
    return heat_page(seen, request.GET.get("show", ""), request.GET.get("fund", ""))
