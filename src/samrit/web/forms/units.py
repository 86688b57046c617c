"""The form of one unit of the register."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from samrit.plans.models import Unit
from samrit.plans.reporting.register_file import LINKS, UnitRow
from samrit.web.forms.dates import ThaiDateField
from samrit.web.words import catalogue, page_language, word

_TYPE = "unit_type."  # of the words by which registers may name types by code; an office may have any other
_OF_THE_FORM = ("code", "reason", "take_back")  # no columns that a form sets


def _text(key: str) -> str:
    return word(key, page_language())


def _lines(text: str) -> tuple[str, ...]:
    """Return the entries of a box with one on each line (or between semicolons), each once, in their order."""
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[\n;]", text) if part.strip()))


def _named_types() -> tuple[str, ...]:
    return tuple(key.removeprefix(_TYPE) for key in catalogue() if key.startswith(_TYPE))


def _names_of(code: str) -> tuple[str, ...]:
    return tuple(word(f"{_TYPE}{code}", language) for language in ("th", "en"))


def type_shown(code: str) -> str:
    """Return what people read for a type of units: the program's word, or the office's own."""
    return _text(f"{_TYPE}{code}") if code in _named_types() else code


class UnitDetailsForm(forms.Form):
    """Everything of a unit; links are typed as codes."""

    code = forms.CharField(max_length=60)
    name = forms.CharField(max_length=300)
    name_en = forms.CharField(max_length=300, required=False)
    type = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"list": "unit-types"}))
    region = forms.CharField(max_length=60, required=False, widget=forms.TextInput(attrs={"list": "regions"}))
    parent = forms.CharField(max_length=60, required=False, widget=forms.TextInput(attrs={"list": "unit-codes"}))
    called_since = ThaiDateField(required=False)
    take_back = forms.BooleanField(required=False)
    aliases = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    members = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}))
    valid_from = ThaiDateField(required=False)
    valid_to = ThaiDateField(required=False)
    successor = forms.CharField(max_length=60, required=False, widget=forms.TextInput(attrs={"list": "unit-codes"}))
    reason = forms.CharField(max_length=500, required=False)

    def __init__(self, *args: Any, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        for name in self.fields:
            self.fields[name].label = _text(f"units.{name}")
        for name in ("aliases", "members", "successor", "region", "parent", "called_since"):
            self.fields[name].help_text = _text(f"units.{name}_help")
        self.fields["valid_from"].help_text = self.fields["valid_to"].help_text = _text("form.date_help")
        if unit is not None:
            del self.fields["code"]  # a code names the unit in plans and in the history: it never changes
        if unit is None or unit.coming is None:
            del self.fields["take_back"]

    def clean_code(self) -> str:
        """Return a code that no unit has yet."""
        code = str(self.cleaned_data["code"]).strip()
        if Unit.objects.filter(code=code).exists():
            raise ValidationError(word("units.code_taken", page_language(), code=code))
        return code

    def clean_type(self) -> str:
        """Return the code of a type that the program has a word for, any other as it is typed."""
        typed = str(self.cleaned_data["type"]).strip()
        return next((code for code in _named_types() if typed in (code, *_names_of(code))), typed)

    def clean(self) -> dict[str, Any]:
        """Check that the links name units and the end does not come before the beginning."""
        data = super().clean() or self.cleaned_data
        wanted = {name: _lines(str(data.get(name) or "")) for name in ("parent", "successor", "members")}
        codes = {code for codes in wanted.values() for code in codes}
        found = set(Unit.objects.filter(code__in=codes).values_list("code", flat=True))
        for name, names in wanted.items():
            if missing := [code for code in names if code not in found]:
                self.add_error(name, word("units.unknown", page_language(), codes=", ".join(missing)))
        if data.get("valid_from") and data.get("valid_to") and data["valid_to"] < data["valid_from"]:
            self.add_error("valid_to", _text("form.end_before_start"))
        return data

    @property
    def is_correction(self) -> bool:
        """Whether a name or parent is changed without a day from which on: for all months in which it holds."""
        names, changed = {"name", "name_en", "parent"}, set(self.changed_data)
        return self.unit is not None and bool(names & changed) and "called_since" not in changed

    def row(self) -> UnitRow:
        """Return the unit as the service takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in _OF_THE_FORM}
        if self.cleaned_data.get("take_back"):
            given["called_next"] = None
        for name in ("aliases", "members"):
            given[name] = _lines(given[name])
        return UnitRow(self.unit.code if self.unit is not None else self.cleaned_data["code"], given)


def initial_of(unit: Unit) -> dict[str, Any]:
    """Return what the form of a unit shows at first."""
    shown = {name: getattr(unit, name) for name in UnitDetailsForm.base_fields if name not in _OF_THE_FORM}
    shown |= {name: shown[name].code if shown[name] else "" for name in LINKS}
    shown["type"] = type_shown(unit.type)
    shown["aliases"] = "\n".join(unit.aliases)
    shown["members"] = "\n".join(member.code for member in unit.members.all())
    return shown
