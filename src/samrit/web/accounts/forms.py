"""The forms of signing in, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from samrit.web.accounts.second_factor import first_use
from samrit.web.words import word


def _text(key: str) -> str:
    return word(key, get_language() or "th")


class SignInForm(LoginForm):  # type: ignore[misc]
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _text("sign_in.name")
        self.fields["password"].label = _text("sign_in.password")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs.update(autofocus=True, autocapitalize="none", spellcheck="false")


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The authenticator's code, after the password; wrong codes count like wrong passwords, for all processes."""

    code = forms.CharField(max_length=16)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _text("sign_in.code")
        self.fields["code"].help_text = _text("sign_in.code_help")
        self.fields["code"].widget.attrs.update(
            autocomplete="one-time-code", inputmode="numeric", autofocus=True, autocapitalize="none"
        )

    def clean_code(self) -> str:
        """Return the code when it is right; raises ValidationError, and counts, when it is not."""
        request, credentials = context.request, {"username": self.user.get_username()}
        if not AxesProxyHandler.is_allowed(request, credentials):
            request.axes_locked_out = True
            raise ValidationError(_text("sign_in.too_many"))
        self.cleaned_data["code"] = self.cleaned_data["code"].replace(" ", "")
        try:
            return self._fresh(str(super().clean_code()))
        except ValidationError:
            AxesProxyHandler.user_login_failed(type(self), credentials, request)
            raise

    def _fresh(self, code: str) -> str:
        """Return a code that was not used before: each opens only once."""
        if not first_use(self.authenticator, code):
            raise ValidationError(_text("sign_in.wrong_code"))
        return code
