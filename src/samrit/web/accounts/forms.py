"""The forms of signing in, in our words."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.core.exceptions import ValidationError

from samrit.plans.services.office.people import reached_at
from samrit.web.accounts.lockout import codes_guessed
from samrit.web.accounts.second_factor import first_use
from samrit.web.words import page_language, word


def _text(key: str) -> str:
    return word(key, page_language())


class Worded(forms.BaseForm):
    """A form of the library with our labels: ``words`` names the text of each field."""

    words: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = _text(self.words[name]), ""


class PasswordChangeForm(Worded, ChangePasswordForm):  # type: ignore[misc]
    """The present password and twice the new one."""

    words: ClassVar[dict[str, str]] = {
        "oldpassword": "password.old",
        "password1": "password.new",
        "password2": "password.again",
    }


class NewPasswordForm(Worded, ResetPasswordKeyForm):  # type: ignore[misc]
    """Twice the new password, after a link."""

    words: ClassVar[dict[str, str]] = {"password1": "password.new", "password2": "password.again"}


class LinkForm(Worded, ResetPasswordForm):  # type: ignore[misc]
    """The address to which the link goes."""

    words: ClassVar[dict[str, str]] = {"email": "reset.email"}

    def clean_email(self) -> str:
        """Return the address that the account has now, and let the link go there and nowhere else.

        The library also knows every address that an account had when a link was made for it: whoever still reads an
        old mailbox would be let in.
        """
        typed = str(self.cleaned_data["email"])
        self.users = reached_at(typed)
        return self.users[0].email if self.users else typed


class ConfirmForm(Worded, ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    words: ClassVar[dict[str, str]] = {"password": "sign_in.password"}


class UsedOnce(forms.BaseForm):
    """A form that takes a code of the authenticator.

    Wrong ones count like wrong passwords, for all processes; a right one is used up, whatever it was given for.
    """

    def clean_code(self) -> str:
        """Return the code when it is right; raises ValidationError, and counts, when it is not."""
        request, credentials = context.request, {"username": self.user.get_username()}  # type: ignore[attr-defined]
        if not AxesProxyHandler.is_allowed(request, credentials) or codes_guessed(credentials["username"]):
            request.axes_locked_out = True
            raise ValidationError(_text("sign_in.too_many"))
        self.cleaned_data["code"] = self.cleaned_data["code"].replace(" ", "")
        try:
            return self._used_once(str(super().clean_code()))  # type: ignore[misc]
        except ValidationError:
            AxesProxyHandler.user_login_failed(type(self), credentials, request)
            raise

    def _used_once(self, code: str) -> str:
        if not first_use(self.authenticator, code):  # type: ignore[attr-defined]
            raise ValidationError(_text("sign_in.wrong_code"))
        return code


class ConfirmByCodeForm(Worded, UsedOnce, ReauthenticateByCodeForm):  # type: ignore[misc]
    """A code once more."""

    words: ClassVar[dict[str, str]] = {"code": "sign_in.code"}


class AuthenticatorForm(Worded, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator."""

    words: ClassVar[dict[str, str]] = {"code": "totp.code"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(inputmode="numeric", autocomplete="one-time-code")

    def clean_code(self) -> str:
        """Return the code when it is right, and remember it for the authenticator that is being made."""
        code = str(super().clean_code())
        context.request.first_code = code
        return code


class SignInForm(Worded, LoginForm):  # type: ignore[misc]
    """User name and password."""

    words: ClassVar[dict[str, str]] = {"login": "sign_in.name", "password": "sign_in.password"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update(autofocus=True, autocapitalize="none", spellcheck="false")


class CodeForm(UsedOnce, AuthenticateForm):  # type: ignore[misc]
    """The authenticator's code, after the password."""

    code = forms.CharField(max_length=16)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _text("sign_in.code")
        self.fields["code"].help_text = _text("sign_in.code_help")
        self.fields["code"].widget.attrs.update(
            autocomplete="one-time-code", inputmode="numeric", autofocus=True, autocapitalize="none"
        )
