"""A day as Thai offices write it: 1/10/2568, 1 ต.ค. 2568, ๑ ตุลาคม ๒๕๖๘."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from samrit.vocabulary.dates import format_date, typed_day
from samrit.web.words import page_language, word


class ThaiDateField(forms.Field):
    """A day, read in every form that ``vocabulary.dates`` knows; shown as dd/mm/yyyy of the Buddhist year."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})

    def to_python(self, value: Any) -> date | None:
        """Return the day; raises ValidationError for what is none."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        day = typed_day(str(value))
        if day is None:
            raise ValidationError(word("form.date_wrong", page_language(), text=str(value)[:40]))
        return day

    def prepare_value(self, value: Any) -> Any:
        """Return the text of the box."""
        return format_date(value, style="numeric") if isinstance(value, date) else value
