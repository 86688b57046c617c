"""The form of one of the year's records, made from the declaration of its kind."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from samrit.package.schema import Field, Type
from samrit.package.tables.cells import format_cell
from samrit.plans.selectors.results.year_lines import choices_of, title_of
from samrit.plans.selectors.work.work_year import YearRecordForm
from samrit.plans.services.plan.year_records import HAPPENED, YearRecordRefused
from samrit.vocabulary.dates import format_date
from samrit.vocabulary.findings import Finding, Place, sentence
from samrit.vocabulary.speech import speech
from samrit.web.words import page_language, word


class RecordFields(forms.Form):
    """Shows the fields and what was typed into them; what it may hold is the service's to say."""

    def __init__(self, page: YearRecordForm, data: Any = None) -> None:
        super().__init__(data, initial=_initial(page))
        self.language = page_language()
        thai, english = page.kind.day
        self.fields[HAPPENED] = forms.CharField(label=english if self.language == "en" else thai)
        for own in page.kind.fields:
            self.fields[own.name] = self._field(page, own)
        for name, made in self.fields.items():
            if name == HAPPENED or page.kind.field(name).kind is Type.DATE:
                made.help_text = word("form.date_help", self.language)
                made.widget.attrs["autocomplete"] = "off"
        if page.record is not None:
            self.fields["reason"] = forms.CharField(label=word("year.reason", self.language), required=False)
        for made in self.fields.values():
            made.widget.attrs.setdefault("class", "control")

    def _field(self, page: YearRecordForm, own: Field) -> forms.Field:
        known: dict[str, Any] = {"label": title_of(own, self.language), "required": own.required}
        standing = format_cell(page.record.value(own.name)) if page.record is not None else ""
        offered = choices_of(page.kind, own, page.work, self.language, standing)
        choices = page.units if own.name in page.kind.units else tuple(offered.items()) if offered is not None else None
        if choices is not None:
            return forms.ChoiceField(choices=[("", "–"), *choices], **known)
        if own.kind is Type.FLAG:
            return forms.ChoiceField(
                choices=[(c, word(f"year.{c}", self.language)) for c in ("false", "true")], **known
            )
        if own.name in page.kind.long:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **known)
        digits = own.kind in (Type.NUMBER, Type.INTEGER, Type.FIGURE)
        return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal"} if digits else {}), **known)

    def _clean_fields(self) -> None:
        """Leave what was typed alone: the service reads it, and tells every fault at once."""

    def tell(self, refused: YearRecordRefused) -> None:
        """Show each fault at its field."""
        for fault in refused.faults:
            name = fault.place.column
            beside = sentence(Finding(fault.code, Place(), fault.params), self.language)
            self.add_error(name if name in self.fields else None, beside)


def _typed(own: Field, value: Any) -> str:
    """Return a value as people would type it."""
    if isinstance(value, date):
        return format_date(value, style="numeric")
    return str(speech().year(value)) if own.is_year and isinstance(value, int) else format_cell(value)


def _initial(page: YearRecordForm) -> dict[str, str]:
    """Return what the form shows at first: the record as it is, or today."""
    if page.record is None:
        return {HAPPENED: format_date(page.today, style="numeric")}
    shown = {HAPPENED: format_date(page.record.happened_on, style="numeric")}
    for own in page.kind.fields:
        value = page.record.value(own.name)
        shown[own.name] = _typed(own, value)
    return shown
