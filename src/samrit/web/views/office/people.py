"""The administrator's pages about people: who there is, what each may do, and how they get in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samrit.plans.errors import ServiceError
from samrit.plans.models import Person, Plan, Role, RoleAssignment, Unit
from samrit.plans.rights import may
from samrit.plans.selectors.office import people as selected
from samrit.plans.selectors.office.units import all_units
from samrit.plans.services.office import accounts, people
from samrit.vocabulary.numbers import whole
from samrit.web.accounts.notices import tell
from samrit.web.forms.people import NewPersonForm, PersonForm, RoleForm
from samrit.web.gates import link_to, needs, person_of, require_oneself, sent
from samrit.web.words import page_language, word


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role on the page of a person."""

    assignment: RoleAssignment
    in_force: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page of one person shows."""

    person: Person
    roles: tuple[HeldRole, ...]
    may_change: bool
    is_self: bool
    has_password: bool
    has_authenticator: bool
    form: PersonForm
    role_form: RoleForm
    units: tuple[Unit, ...]
    link: str = ""


@require_safe
@needs("people.view")
def listing(request: HttpRequest) -> HttpResponse:
    """List people."""
    asked = request.GET
    found = selected.people_list(
        person_of(request),
        text=asked.get("q", "").strip(),
        role=asked.get("role", ""),
        active=asked.get("active", ""),
        page=whole(asked.get("page"), 1),
    )
    shown = {"page": found, "roles": Role.values, "may_change": may(person_of(request), "people.manage")}
    return render(request, "people/list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("people.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Make an account and go on to its roles."""
    form = NewPersonForm(sent(request), initial={"language": "th"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            person = people.person_create(person_of(request), **data)
        except ServiceError as refused:
            form.add_error(None, refused.text(page_language()))
        else:
            messages.success(request, word("people.created", page_language(), name=str(person)))
            return HttpResponseRedirect(reverse("person", args=[person.username]))
    return render(request, "people/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("people.view")
def person(request: HttpRequest, username: str) -> HttpResponse:
    """Show a person, and change how they are called and reached."""
    asked = selected.person_named(person_of(request), username)
    if request.method == "POST" and not may(person_of(request), "people.manage"):
        raise PermissionDenied
    form = PersonForm(sent(request), person=asked, initial=_initial(asked))
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["email"] != asked.email:  # where letters about the account go
            require_oneself(request)
        accounts.person_edit(person_of(request), person=asked, **form.cleaned_data)
        return _back(request, asked, "people.saved")
    return _shown(request, asked, form=form)


@require_POST
@needs("people.manage")
def role_give(request: HttpRequest, username: str) -> HttpResponse:
    """Give a role."""
    asked = selected.person_named(person_of(request), username)
    form = RoleForm(request.POST, plans=tuple(Plan.objects.all()))
    if not form.is_valid():
        return _shown(request, asked, role_form=form)
    try:
        people.role_give(person_of(request), person=asked, **form.cleaned_data)
    except ServiceError as refused:
        form.add_error(None, refused.text(page_language()))
        return _shown(request, asked, role_form=form)
    return _back(request, asked, "people.role_given")


@require_POST
@needs("people.manage")
def role_take(request: HttpRequest, username: str, number: int) -> HttpResponse:
    """Take a role away."""
    asked = selected.person_named(person_of(request), username)
    try:
        people.role_take(person_of(request), assignment=selected.assignment_of(asked, number))
    except ServiceError as refused:
        return _refused(request, asked, refused)
    return _back(request, asked, "people.role_taken")


@require_POST
@needs("people.manage")
def switch(request: HttpRequest, username: str) -> HttpResponse:
    """Let a person in, or no longer; nobody shuts themselves out."""
    asked = selected.person_named(person_of(request), username)
    active = request.POST.get("active") == "yes"
    if asked != person_of(request):
        reason = request.POST.get("reason", "").strip()
        try:
            people.person_switch(person_of(request), person=asked, active=active, reason=reason)
        except ServiceError as refused:
            return _refused(request, asked, refused)
    return _back(request, asked, "people.switched_on" if asked.is_active else "people.switched_off")


@require_POST
@never_cache
@needs("people.manage")
def invite(request: HttpRequest, username: str) -> HttpResponse:
    """Make a link with which the person sets a password; it is on the page once, to be handed over."""
    asked = selected.person_named(person_of(request), username)
    require_oneself(request)
    accounts.invitation_note(person_of(request), person=asked)
    key = default_token_generator.make_token(asked)
    link = link_to("account_reset_password_from_key", uidb36=user_pk_to_url_str(asked), key=key)
    return _shown(request, asked, link=link)


@require_POST
@needs("people.manage")
@transaction.atomic
def second_factor_drop(request: HttpRequest, username: str) -> HttpResponse:
    """Take a lost authenticator away, with a reason; the person can then sign in with the password and set up again."""
    asked = selected.person_named(person_of(request), username)
    require_oneself(request)
    accounts.second_factor_drop(person_of(request), person=asked, kind="totp", reason=request.POST.get("reason", ""))
    Authenticator.objects.filter(user_id=asked.pk).delete()
    transaction.on_commit(partial(tell, asked, "authenticator_removed"))
    return _back(request, asked, "people.factor_dropped")


def _shown(
    request: HttpRequest,
    asked: Person,
    *,
    form: PersonForm | None = None,
    role_form: RoleForm | None = None,
    link: str = "",
) -> HttpResponse:
    today = timezone.localdate()
    page = PersonPage(
        person=asked,
        roles=tuple(HeldRole(a, selected.in_force(a, today)) for a in selected.roles_of(asked)),
        may_change=may(person_of(request), "people.manage"),
        is_self=asked == person_of(request),
        has_password=asked.has_usable_password(),
        has_authenticator=Authenticator.objects.filter(user_id=asked.pk, type=Authenticator.Type.TOTP).exists(),
        form=form or PersonForm(person=asked, initial=_initial(asked)),
        role_form=role_form or RoleForm(plans=tuple(Plan.objects.all())),
        units=all_units(),
        link=link,
    )
    wrong = page.form.errors or page.role_form.errors
    return render(request, "people/person.html", {"page": page}, status=422 if wrong else 200)


def _refused(request: HttpRequest, asked: Person, refused: ServiceError) -> HttpResponse:
    messages.error(request, refused.text(page_language()))
    return HttpResponseRedirect(reverse("person", args=[asked.username]))


def _initial(asked: Person) -> dict[str, str]:
    return {"display_name": asked.display_name, "email": asked.email, "language": asked.language}


def _back(request: HttpRequest, asked: Person, said: str) -> HttpResponse:
    messages.success(request, word(said, page_language(), name=str(asked)))
    return HttpResponseRedirect(reverse("person", args=[asked.username]))
