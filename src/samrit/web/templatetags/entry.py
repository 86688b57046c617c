"""Tags of the pages of entry: month heads, reasons of locks, what looks unusual, in the reader's language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samrit.engine.arithmetic import round_half_up
from samrit.engine.model import Mark
from samrit.plans.models import Plan
from samrit.plans.reporting.locks import LockReason
from samrit.plans.selectors.office.speech import speech_of
from samrit.plans.selectors.report.entry_lines import ReportCell
from samrit.vocabulary.figures import Ends
from samrit.vocabulary.findings import Finding, Place, sentence
from samrit.vocabulary.months import month_name
from samrit.vocabulary.narrative import WORDS, NarrativeWord
from samrit.vocabulary.periods import period_month
from samrit.vocabulary.speech import speaking, speech
from samrit.web.templatetags.samrit import figure, language, thai_date
from samrit.web.words import word

register = template.Library()


@register.simple_tag
def month_head(plan: object, number: int, *, short: bool = True) -> str:
    """Return the month of a period without its year: "มี.ค."."""
    month = period_month(plan.year_be, plan.calendar, number)  # type: ignore[attr-defined]
    return month_name(month.month, language(), short=short)


@register.simple_tag
def label(asked: NarrativeWord) -> str:
    """Return what the form asks for under one of a report's words."""
    return asked.label(language())


@register.simple_tag
def word_fields() -> str:
    """Return the names of the boxes for a report's words, as the script that saves them takes them."""
    return " ".join(word.field for word in WORDS)


@register.filter
def day_named(value: date | None) -> str:
    """Return a day with its weekday: "วันอังคารที่ 8 ธันวาคม 2569", "Tuesday 8 December B.E. 2569"."""
    return "" if value is None else word(f"weekday.{value.weekday()}", language(), day=thai_date(value))


@register.filter
def why(reason: LockReason | None) -> str:
    """Return why something is locked and what to do about it."""
    return "" if reason is None else reason.text(language())


@register.filter
def said(finding: Finding, plan: Plan | None = None) -> str:
    """Return a finding's sentence as it reads beside its own record; on a page of several plans ``plan`` is its own."""
    own = speech_of(plan.code) if plan is not None else None
    with speaking(own or speech()):
        return sentence(replace(finding, place=Place()), language())


@register.filter
def ghost(cell: ReportCell) -> str:
    """Return the planned figure of a cell as the input would take it, both ends of a range, "" for nothing planned."""
    return figure(cell.planned_shown)


@register.filter
def asked(cell: ReportCell) -> str:
    """Return what is planned for a month, of a share planned by its parts these: "40 ÷ 8,000"; "–" for nothing."""
    parts = (cell.planned_numerator, cell.planned_denominator)
    if cell.planned is Mark.BLANK and all(isinstance(part, Decimal) for part in parts):
        return " ÷ ".join(map(figure, parts))
    return ghost(cell) or figure(Mark.NOTHING)


@register.filter
def shortly(value: Any) -> str:
    """Return a figure with at most two decimals, rounded half up: 98.7766… is "98.78", 24 is "24"."""
    if isinstance(value, Ends):
        return value.written(shortly)
    return figure(round_half_up(value, 2)) if isinstance(value, Decimal) else figure(value)


@register.filter
def cell_name(cell: ReportCell) -> str:
    """Return where a cell is, as its fields' names end: "3.1"."""
    return f"{cell.period}.{cell.span}"


@register.filter
def get(mapping: object, key: str) -> object:
    """Return what ``mapping`` holds under ``key``, None without it."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.simple_tag
def where(page: Any, key: str, part: str = "") -> SafeString:
    """Return where a line or a work is filled in, from this page of its report: "#L5", "?page=2#L57-x"."""
    if page.step:
        return format_html("?view=phone&at={}", key)
    other = page.sheet.of(key)
    query = {name: value for name, value in (("all", page.with_all and 1), ("page", other)) if value}
    return format_html("{}#{}{}", f"?{urlencode(query)}" if other else "", key, part)
