"""Forms of the administrator's pages about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from samrit.plans.models import Person, Plan, Role, Unit
from samrit.plans.selectors.office.people import address_taken
from samrit.plans.services.office.people import UNIT_ROLES
from samrit.plans.services.office.setting_up import is_setup_key
from samrit.web.forms.dates import ThaiDateField
from samrit.web.words import page_language, word

LANGUAGES = (("th", "ไทย"), ("en", "English"))


def _text(key: str) -> str:
    return word(key, page_language())


class PersonForm(forms.Form):
    """How a person is called and reached."""

    display_name = forms.CharField(max_length=200)
    email = forms.EmailField(max_length=254, required=False)
    language = forms.ChoiceField(choices=LANGUAGES)

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        for name in self.fields:
            self.fields[name].label = _text(f"people.{name}")
        self.fields["email"].help_text = _text("people.email_help")

    def clean_email(self) -> str:
        """Return the address; one address names one account."""
        email = str(self.cleaned_data["email"]).strip()
        if email and address_taken(email, except_for=self.person):
            self.add_error("email", _text("people.email_taken"))
        return email


class NewPersonForm(PersonForm):
    """A new account."""

    username = forms.RegexField(r"^[\w.@+-]+$", max_length=150)
    field_order: tuple[str, ...] = ("username", "display_name", "email", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _text("people.username")
        self.fields["username"].help_text = _text("people.username_help")
        self.fields["username"].error_messages["invalid"] = _text("people.username_wrong")
        self.fields["username"].widget.attrs.update(autocapitalize="none", spellcheck="false", autocomplete="off")


class FirstAdministratorForm(NewPersonForm):
    """The first account of all, with the key that the server prints."""

    key = forms.CharField(max_length=200)
    password1 = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False)
    password2 = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False)
    field_order: tuple[str, ...] = ("key", "username", "display_name", "email", "language", "password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].widget.attrs.update(autocapitalize="none", spellcheck="false", autocomplete="off")
        self.fields["password1"].help_text = " ".join(dict.fromkeys(password_validators_help_texts()))

    def clean_key(self) -> str:
        """Return the key; a wrong one is told together with every other fault."""
        key = str(self.cleaned_data["key"])
        if not is_setup_key(key):
            self.add_error("key", _text("setup.key_wrong"))
        return key

    def clean(self) -> dict[str, Any]:
        """Look at the password with all that is told about the person."""
        told = super().clean() or self.cleaned_data
        first, second = told.get("password1"), told.get("password2")
        if first and second and first != second:
            self.add_error("password2", _text("setup.passwords_differ"))
        if first:
            named = {name: told.get(name) or "" for name in ("username", "display_name", "email")}
            try:
                validate_password(first, Person(**named))
            except ValidationError as weak:
                self.add_error("password1", weak)
        return told


class RoleForm(forms.Form):
    """A role to give: for a unit, a plan, or everywhere."""

    role = forms.ChoiceField()
    unit = forms.CharField(required=False, max_length=60, widget=forms.TextInput(attrs={"list": "unit-codes"}))
    plan = forms.ChoiceField(required=False)
    valid_from = ThaiDateField(required=False)
    valid_to = ThaiDateField(required=False)
    is_acting = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=500)

    def __init__(self, *args: Any, plans: tuple[Plan, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plans = {plan.code: plan for plan in plans}
        roles, plan_choice = self.fields["role"], self.fields["plan"]
        assert isinstance(roles, forms.ChoiceField)  # noqa: S101 - both are declared so above
        assert isinstance(plan_choice, forms.ChoiceField)  # noqa: S101
        roles.choices = [(code, _text(f"role.{code}")) for code in Role.values]
        plan_choice.choices = [("", _text("people.all_plans")), *((p.code, p.title) for p in plans)]
        for name in self.fields:
            self.fields[name].label = _text(f"people.role_{name}")
        self.fields["unit"].help_text = _text("people.role_unit_help")
        self.fields["valid_from"].help_text = self.fields["valid_to"].help_text = _text("form.date_help")

    def clean(self) -> dict[str, Any]:
        """Resolve unit and plan; a reporter or head needs a unit, and an end does not come before its beginning."""
        data = super().clean() or self.cleaned_data
        code = str(data.get("unit") or "").strip()
        data["unit"] = Unit.objects.filter(code=code).first() if code else None
        data["plan"] = self.plans.get(data.get("plan") or "")
        if code and data["unit"] is None:
            self.add_error("unit", word("people.unit_unknown", page_language(), code=code))
        elif data.get("role") in UNIT_ROLES and data["unit"] is None:
            self.add_error("unit", _text("people.unit_needed"))
        if data.get("valid_from") and data.get("valid_to") and data["valid_to"] < data["valid_from"]:
            self.add_error("valid_to", _text("form.end_before_start"))
        if data.get("is_acting") and data.get("role") not in UNIT_ROLES:
            self.add_error("is_acting", _text("people.acting_of_units"))
        elif data.get("is_acting") and not data.get("valid_to") and "valid_to" not in self.errors:
            self.add_error("valid_to", _text("people.acting_end"))
        return data
