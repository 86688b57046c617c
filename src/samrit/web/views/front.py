"""The front page: of the plan looked at last at "/", of any plan at its own address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from samrit.plans.selectors.front import front as front_page
from samrit.plans.selectors.visible import front_plan, visible
from samrit.web.views.seeing import REMEMBERED, ahead, look_at, person_of


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the front page of one plan; without any, ask to sign in or say what to do."""
    person = person_of(request)
    remembered = str(request.session.get(REMEMBERED, "")) if person else ""
    found = front_plan(person, remembered)
    if found is None:
        return redirect("sign_in") if person is None else render(request, "seeing/no_plan.html")
    seen = look_at(request, found)
    return render(request, "seeing/front.html", {"page": front_page(seen), **ahead(request, seen)})


@require_safe
def overview(request: HttpRequest, plan: str) -> HttpResponse:
    """Show the front page of the plan named in the address."""
    seen = look_at(request, visible(person_of(request), plan))
    return render(request, "seeing/front.html", {"page": front_page(seen), **ahead(request, seen)})
