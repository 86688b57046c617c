"""Tags of the control room: where a unit's month is, a month's bar, what a kind of finding says."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from samrit.plans.models import Plan
from samrit.plans.reporting.completeness import DutyCell, MonthStanding
from samrit.plans.selectors.control.control_room import MonthOverview
from samrit.vocabulary.findings import catalogue
from samrit.vocabulary.speech import speech
from samrit.web.templatetags.samrit import figure, language
from samrit.web.words import word

register = template.Library()

SIGNS = {
    MonthStanding.ACCEPTED: "✓",
    MonthStanding.CONFIRMED: "◕",
    MonthStanding.SUBMITTED: "◑",
    MonthStanding.RETURNED: "↩",
    MonthStanding.CORRECTING: "✎",
    MonthStanding.MISSING: "✕",
    MonthStanding.CAME: "▪",
    MonthStanding.AWAITED: "○",
}
_WEIGHTS = {"error": "✕", "warning": "▲", "notice": "·"}
_QUIET = (MonthStanding.NOTHING_DUE, MonthStanding.NOT_BEGUN)
_FIELD = re.compile(r"\{[^}]*\}")


@register.simple_tag
def reports_at(plan: Plan) -> str:
    """Return the address under which a plan's reports stand: reversing it once is cheaper than once per cell."""
    return reverse("report", args=[plan.code, "-", 1]).removesuffix("-/1/")


@register.simple_tag
def standing_cell(cell: DutyCell, at: str) -> SafeString:
    """Return a unit's month as a link with sign and words; a dot where nothing is due."""
    if cell.standing in _QUIET:
        return mark_safe('<span class="quiet" aria-hidden="true">·</span>')
    spoken = word(f"cell.{cell.standing}", language())
    if cell.standing is MonthStanding.CAME:  # there is no report to look at
        return format_html('<span class="cell cell-came" role="img" aria-label="{}">▪</span>', spoken)
    late = cell.is_late and cell.standing is not MonthStanding.MISSING
    if late:
        spoken = f"{spoken}, {word('cell.late', language())}"
    return format_html(
        '<a class="cell cell-{}" href="{}{}/{}/" aria-label="{}">{}{}</a>',
        cell.standing,
        at,
        quote(cell.unit),
        cell.period,
        spoken,
        SIGNS[cell.standing],
        "!" if late else "",
    )


@register.simple_tag
def standing_signs() -> list[tuple[str, str]]:
    """Return every standing that has a sign, for the legend."""
    return [(str(standing), sign) for standing, sign in SIGNS.items()]


@register.simple_tag
def month_bar(month: MonthOverview) -> SafeString:
    """Return a month's units as one stacked bar; the figures are beside it, so that it is only looked at."""
    parts = format_html_join(
        "",
        '<rect class="stands-{}" x="{}" y="0" width="{}" height="10"/>',
        ((part.standing, part.start, part.count) for part in month.parts),
    )
    return format_html(
        '<svg class="month-bar" viewBox="0 0 {} 10" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        max(month.owed, 1),
        parts,
    )


@register.filter
def word_of(code: object, group: str) -> str:
    """Return the text ``group.code`` of the pages: ``{{ row.state|word_of:"finding_state" }}``."""
    return word(f"{group}.{code}", language())


@register.filter
def weight_sign(severity: str) -> str:
    """Return the sign of a finding's weight, which is beside its word."""
    return _WEIGHTS.get(severity, "")


@register.filter
def recorded(value: object) -> str:
    """Return a figure of the history as pages show figures; what is none stays as it was written."""
    try:
        return figure(Decimal(str(value)))
    except InvalidOperation:
        return "" if value is None else str(value)


@register.filter
def general(code: str) -> str:
    """Return what findings of a kind say, with "…" for what differs from one to the next."""
    message = catalogue()[code]
    text = speech().says(message.en if language() == "en" else message.th, language())
    return _FIELD.sub("…", text.removeprefix("{place}: "))
