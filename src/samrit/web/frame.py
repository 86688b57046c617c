"""What the frame of every page shows: who is signed in, which plans there are, which rooms are open to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from samrit.plans.models import Person, Role
from samrit.plans.rights import assignments, may
from samrit.plans.selectors.office.frame import PlanChoice, plans_to_choose
from samrit.plans.selectors.office.proposals import may_propose
from samrit.web.words import page_language


@dataclass(frozen=True, slots=True)
class Door:
    """A link of the header: its text's key, its address, whether it is the page one is on."""

    word: str
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class PlanLink:
    """A plan of the chooser with its address."""

    choice: PlanChoice
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The header's content."""

    language: str
    other_language: str
    plans: tuple[PlanLink, ...]
    plan: PlanChoice | None
    doors: tuple[Door, ...]
    account_doors: tuple[Door, ...]
    person: Person | None
    address: str  # under the office's own name, whatever a browser asked for; is on paper
    moment: datetime  # when the page was made: is on paper


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame for templates, made when a template first looks at it: partials never pay for it."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> PageFrame:
    user = getattr(request, "user", None)
    person = user if isinstance(user, Person) else None
    plans = plans_to_choose(person)
    match = request.resolver_match
    code = str((match.kwargs.get("plan") or match.kwargs.get("code") or "") if match else "")
    plan = next((choice for choice in plans if choice.code == code), None)
    language = page_language()
    return PageFrame(
        language=language,
        other_language="en" if language == "th" else "th",
        plans=tuple(PlanLink(choice, _address("plan", choice.code), choice == plan) for choice in plans),
        plan=plan,
        doors=_doors(request, person, plan, plans),
        account_doors=_account_doors(request, person),
        person=person,
        address=f"{settings.BASE_URL.rstrip('/')}{request.get_full_path()}",
        moment=timezone.now(),
    )


def _doors(
    request: HttpRequest, person: Person | None, plan: PlanChoice | None, plans: tuple[PlanChoice, ...]
) -> tuple[Door, ...]:
    """Return the rooms open to the person, each only where it is of use to their roles.

    The plan's rooms are those of the plan on the screen; where its control room is closed
    to the person, the door leads to that of a plan of theirs.
    """
    wanted: list[tuple[str, str, tuple[str, ...]]] = [("frame.front", "front", ())]
    choices = (plan, *plans) if plan is not None else plans
    if choices:
        wanted.append(("frame.plan", "plan", (choices[0].code,)))
    roles = {a.role for a in assignments(person)} if person else set()
    if Role.REPORTER in roles:
        wanted.append(("frame.my_work", "my_work", ()))
    if Role.HEAD in roles:
        wanted.append(("frame.confirm", "confirm", ()))
    if controlled := next((choice for choice in choices if choice.is_controlled), None):
        wanted.append(("frame.control", "control", (controlled.code,)))
    return _opened(request, wanted)


def _account_doors(request: HttpRequest, person: Person | None) -> tuple[Door, ...]:
    if person is None:
        return ()
    wanted: list[tuple[str, str, tuple[str, ...]]] = [("frame.account", "account", ())]
    if may(person, "start.view"):
        wanted.append(("start.door", "start", ()))
    if may(person, "draft.view"):
        wanted.append(("drafts.door", "drafts", ()))
    if may_propose(person):
        wanted.append(("proposals.door", "proposals", ()))
    if may(person, "people.view"):
        wanted.append(("frame.people", "people", ()))
    if may(person, "erasure.view"):
        wanted.append(("erasure.title", "erasures", ()))
    if may(person, "units.view"):
        wanted.append(("frame.units", "units", ()))
    return _opened(request, wanted)


def _opened(request: HttpRequest, wanted: list[tuple[str, str, tuple[str, ...]]]) -> tuple[Door, ...]:
    here = request.resolver_match.url_name if request.resolver_match else ""
    doors = []
    for text, name, args in wanted:
        address = _address(name, *args)
        if address:
            doors.append(Door(text, address, name == here))
    return tuple(doors)


def _address(name: str, *args: str) -> str:
    """Return the address of a page, empty for a room that this installation does not have."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
