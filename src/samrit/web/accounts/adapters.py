"""What the sign-in library asks us: nobody signs up, whose address it is, whom the office's sign-in means."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import lazystr

from samrit.plans.models import Person, Role
from samrit.plans.rights import assignments
from samrit.plans.services.office.accounts import office_identity_connect
from samrit.plans.services.office.people import reached_at
from samrit.web.accounts.lockout import client_address, client_name
from samrit.web.accounts.notices import send_later
from samrit.web.accounts.office_sign_in import remember_strength
from samrit.web.accounts.places import is_guessing_all, is_known_there
from samrit.web.accounts.second_factor import opened, sealed
from samrit.web.gates import link_to
from samrit.web.words import known, page_language, word

# Where each role's day begins; the first that fits.
_FIRST_PAGES = ((Role.REPORTER, "my_work"), (Role.HEAD, "confirm"))


def _said(key: str) -> Any:
    """Return a text that is made when it is shown, in the language of that moment."""
    return lazystr(_Text(key))


class _Text:
    def __init__(self, key: str) -> None:
        self.key = key

    def __str__(self) -> str:
        return word(self.key, page_language())


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators; the texts are ours."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _said("sign_in.mismatch"),
        "too_many_login_attempts": _said("sign_in.too_many"),
        "incorrect_password": _said("sign_in.wrong_password"),
        "enter_current_password": _said("sign_in.wrong_password"),
        "incorrect_code": _said("sign_in.wrong_code"),
        "rate_limited": _said("sign_in.too_many"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the browser's address behind our proxies; a socket of this machine has none, and counts as "::"."""
        try:
            return str(ip_address(client_address(request)))
        except ValueError:
            return "::"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link for a new password, under the address that the office has set."""
        return link_to("account_reset_password_from_key", uidb36="UID", key="KEY").replace("UID-KEY", key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter from the thread of its own: a mail server that is slow, or gone, tells nobody who is known."""
        send_later(self.render_mail(template_prefix, email, {"email": email, **context}))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Stop who guesses many names from one address; people who have signed in from there before go on."""
        address, name = client_address(request), client_name(request, credentials)
        if is_guessing_all(address) and not is_known_there(name, address):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the page that the person's day begins with."""
        roles = {a.role for a in assignments(request.user)} if isinstance(request.user, Person) else set()
        for role, name in _FIRST_PAGES:
            if role in roles:
                try:
                    return reverse(name)
                except NoReverseMatch:
                    continue
        return "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Return to one's own account."""
        return reverse("account")

    def add_message(  # noqa: PLR0917
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002
        extra_tags: str = "",
        message: str | None = None,  # noqa: ARG002
    ) -> None:
        """Say what happened in our words (``account_message.…``); what has none is not worth a message."""
        name = (message_template or "").rpartition("/")[2].removesuffix(".txt")
        key = f"account_message.{name}"
        if name and known(key):
            messages.add_message(request, level, word(key, page_language()), extra_tags=extra_tags)


class CodeAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticators' secrets lie sealed in the database."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _said("sign_in.wrong_code"),
    }

    def get_totp_label(self, user: Any) -> str:
        """Return the name under which the authenticator lists the account."""
        return str(user.get_username())

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return opened(encrypted_text)


class OfficeAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The office's own sign-in opens accounts that administrators made; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Nobody signs up, not this way either."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect an identity seen for the first time with the one account that it names, or refuse."""
        remember_strength(request, sociallogin)
        if sociallogin.is_existing:
            return
        person = self._named(sociallogin)
        if person is None:
            raise ImmediateHttpResponse(render(request, "socialaccount/unknown.html", status=403))
        sociallogin.connect(request, person)
        office_identity_connect(person, provider=sociallogin.account.provider, identity=sociallogin.account.uid)

    def _named(self, sociallogin: SocialLogin) -> Person | None:
        """Return the one active account that the identity's verified e-mail, or its user name, names."""
        if settings.OIDC_MATCH == "username":
            name = str(sociallogin.user.username or "")
            found: Sequence[Person] = list(Person.objects.filter(username__iexact=name, is_active=True)) if name else []
        else:
            verified = [a.email for a in sociallogin.email_addresses if a.verified is True and a.email]
            found = reached_at(verified[0]) if verified else []
        people = list(found[:2])
        return people[0] if len(people) == 1 else None
