"""Signing in as tests do it: through the page, as a browser would."""

from __future__ import annotations

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.http import HttpResponse
from django.test import Client

from samrit.plans.models import Person
from tests.plans.office import PASSWORD


def sign_in(client: Client, person: Person | str, password: str = PASSWORD, **meta: str) -> HttpResponse:
    """Send the sign-in form and return the answer."""
    name = person if isinstance(person, str) else person.username
    return client.post("/sign-in/", {"login": name, "password": password}, **meta)


def is_signed_in(client: Client) -> bool:
    """Say whether the browser is signed in: its own account opens."""
    return client.get("/account/").status_code == 200


def give_authenticator(person: Person) -> str:
    """Set up an authenticator with recovery codes and return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def code_of(secret: str, at: float | None = None) -> str:
    """Return the code that the authenticator shows now, or at a moment."""
    return format_hotp_value(hotp_value(secret, int(at or time.time()) // 30))


def confirmed(client: Client, person: Person) -> None:
    """Let a signed-in browser be one whose owner has just given the password again."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
