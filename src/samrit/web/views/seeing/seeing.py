"""What the pages that show have in common: who looks at which plan, at which month, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from samrit.plans import rights
from samrit.plans.models import Person
from samrit.plans.selectors.office.visible import Visible, visible
from samrit.plans.selectors.results.look import YEAR_END, Look, look, period_of
from samrit.plans.selectors.results.naming import Names, PeriodName
from samrit.web.words import page_language

REMEMBERED = "plan"  # the session's name for the plan looked at last


@dataclass(frozen=True, slots=True)
class Ahead:
    """What every page of a plan shows beside its own content: the months to choose from, and the address's month."""

    seen: Look
    months: tuple[PeriodName, ...]
    at: str  # "?month=9" when the address names a month, else ""
    public: bool
    may_settle: bool  # whether the reader may settle a result by hand (WE4)


def person_of(request: HttpRequest) -> Person | None:
    """Return who is signed in."""
    return request.user if isinstance(request.user, Person) else None


def language() -> str:
    """Return the language of the page."""
    return page_language()


def seen_by(request: HttpRequest, code: str, *, with_previous: bool = False) -> Look:
    """Return the plan as the reader may see it at the month of the address; raises NotVisible."""
    return look_at(request, visible(person_of(request), code), with_previous=with_previous)


def look_at(request: HttpRequest, found: Visible, *, with_previous: bool = False) -> Look:
    """Return a visible plan seen at the month of the address, and remember it for the front page."""
    if request.resolver_match is not None:  # the frame names the plan that a page is about, also at "/"
        request.resolver_match.kwargs.setdefault("plan", found.plan.code)
    if not found.public and request.session.get(REMEMBERED) != found.plan.code:
        request.session[REMEMBERED] = found.plan.code
    today = timezone.localdate()
    month = request.GET.get("month")
    return look(
        found.plan, month=month, today=today, language=language(), public=found.public, with_previous=with_previous
    )


def ahead(request: HttpRequest, seen: Look) -> dict[str, Any]:
    """Return what the page's frame of months and links needs, under the name ``ahead``."""
    names = Names.of(seen)
    asked = period_of(request.GET.get("month"))
    months = tuple(names.period(p) for p in range(1, YEAR_END + 1))
    person = person_of(request)
    may_settle = person is not None and rights.may(person, "settlement.decide", plan=seen.plan)
    return {"ahead": Ahead(seen, months, f"?month={seen.as_of}" if asked else "", seen.public, may_settle)}
