"""What happens to accounts goes into the security log, and to the person whose account it is."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from samrit.plans.models import Person
from samrit.plans.records.security_log import note
from samrit.plans.services.office.accounts import address_changed
from samrit.web.accounts.lockout import client_address
from samrit.web.accounts.notices import tell
from samrit.web.accounts.places import is_new_place
from samrit.web.accounts.second_factor import first_use


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Person, **_: Any) -> None:
    """Note a sign-in; one from a place where the person never signed in is told to them."""
    address = client_address(request)
    note("sign_in", person=user.username)
    if is_new_place(user, address):
        note("sign_in_new_place", person=user.username)
        tell(user, "new_place", address=address)


@receiver(user_logged_out)
def signed_out(user: Person | None, **_: Any) -> None:
    """Note a sign-out."""
    if user is not None:
        note("sign_out", person=user.username)


@receiver(user_login_failed)
def failed(credentials: dict[str, Any], **_: Any) -> None:
    """Note a wrong password, with the account's name; a name that is none may be a password in the wrong box."""
    note("sign_in_failed", person=_account(str(credentials.get("username", ""))))


@receiver(user_locked_out)
def locked_out(username: str = "", **_: Any) -> None:
    """Note that a name is locked for an address."""
    note("sign_in_locked", person=_account(username or ""))


@receiver(password_changed)
@receiver(password_reset)
def new_password(request: HttpRequest, user: Person, signal: Any, **_: Any) -> None:
    """Note a new password, and tell the person."""
    note("password_reset" if signal is password_reset else "password_changed", person=user.username)
    tell(user, "new_password", address=client_address(request))


@receiver(authenticator_added)
@receiver(authenticator_removed)
def other_factor(request: HttpRequest, user: Person, authenticator: Authenticator, signal: Any, **_: Any) -> None:
    """Note an authenticator that was set up or taken away, and tell the person."""
    if authenticator.type != Authenticator.Type.TOTP:
        return
    event = "authenticator_added" if signal is authenticator_added else "authenticator_removed"
    if signal is authenticator_added and (code := getattr(request, "first_code", "")):
        first_use(authenticator, code)  # the code that set it up opens nothing more
    note(event, person=user.username)
    tell(user, event, address=client_address(request))


@receiver(address_changed)
def other_address(person: Person, before: str, **_: Any) -> None:
    """Tell the person at both addresses, whether a page, a file or a command changed it."""
    for address in filter(None, (before, person.email)):
        tell(person, "email_changed", to=address)


@receiver(authentication_failed)
def wrong_code(user: Person, **_: Any) -> None:
    """Note a wrong code."""
    note("code_failed", person=user.username)


def _account(name: str) -> str:
    """Return the name if it is an account's, else nothing."""
    return Person.objects.filter(username__iexact=name).values_list("username", flat=True).first() or ""
