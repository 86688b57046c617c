"""One's own account: who one is here, what one may do, how one signs in; and the way out."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.internal.flows.logout import logout
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samrit.plans.models import Person, RoleAssignment
from samrit.plans.rights import assignments
from samrit.web.words import page_language, word


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What the page of one's own account shows."""

    person: Person
    roles: tuple[RoleAssignment, ...]
    has_password: bool
    has_authenticator: bool
    has_recovery_codes: bool


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; only by a form, so that no foreign page can do it."""
    logout(request)
    messages.success(request, word("sign_in.done_out", page_language()))
    return HttpResponseRedirect("/")


@require_safe
@never_cache
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """Show one's own account."""
    assert isinstance(request.user, Person)  # noqa: S101 - login_required says so
    kinds = set(Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True))
    page = OwnAccount(
        person=request.user,
        roles=tuple(assignments(request.user)),
        has_password=request.user.has_usable_password(),
        has_authenticator=Authenticator.Type.TOTP in kinds,
        has_recovery_codes=Authenticator.Type.RECOVERY_CODES in kinds,
    )
    return render(request, "account/own.html", {"page": page})


def closed(request: HttpRequest, **_: object) -> HttpResponse:
    """Answer 404: the sign-in library names this page, and we do not offer it."""
    raise Http404
