"""The front page: of the plan looked at last at "/", of any plan at its own address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from samrit.plans.evaluation import memory
from samrit.plans.models import Person
from samrit.plans.rights import may
from samrit.plans.selectors.office.visible import front_plan
from samrit.plans.selectors.results.front import front as front_page
from samrit.plans.selectors.results.look import Look
from samrit.plans.services.office.setting_up import is_set_up
from samrit.web.views.seeing.seeing import REMEMBERED, ahead, look_at, person_of, seen_by


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the front page of one plan; without any, ask to sign in or say what to do."""
    person = person_of(request)
    remembered = str(request.session.get(REMEMBERED, "")) if person else ""
    found = front_plan(person, remembered)
    if found is None:
        return redirect("sign_in" if is_set_up() else "setup") if person is None else _no_plan(request, person)
    return _shown(request, look_at(request, found, with_previous=True))


@require_safe
def overview(request: HttpRequest, plan: str) -> HttpResponse:
    """Show the front page of the plan named in the address."""
    return _shown(request, seen_by(request, plan, with_previous=True))


def _no_plan(request: HttpRequest, person: Person) -> HttpResponse:
    """Say that there is no plan yet, and lead whoever may to the first steps."""
    return render(request, "seeing/no_plan.html", {"may_start": may(person, "start.view")})


def _shown(request: HttpRequest, seen: Look) -> HttpResponse:
    """Render the page; its content is the same for everybody who sees the same figures."""
    context = {"page": front_page(seen), **ahead(request, seen)}
    variant = (seen.language, seen.public, context["ahead"].at)

    def part(template: str) -> SafeString:
        key = ("part", template, *variant)
        return memory.of(seen.result).derived(key, lambda: render_to_string(template, context), context["page"])

    parts = {"answer": part("seeing/_front_answer.html"), "content": part("seeing/_front.html")}
    return render(request, "seeing/front.html", {**context, **parts})
