"""The tags and filters of all pages: texts, figures, dates, bands and states.

Numbers go through ``figure`` and ``percent``, dates through ``thai_date``, and nothing else (style.md §3).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from samrit.engine.arithmetic import round_half_up
from samrit.engine.bands import format_percent
from samrit.engine.model import Mark
from samrit.engine.ruleset import Band, RuleSet
from samrit.vocabulary.figures import Ends
from samrit.vocabulary.numbers import format_number
from samrit.vocabulary.periods import format_date, quarter_name, report_name
from samrit.vocabulary.speech import speech
from samrit.vocabulary.terms import label
from samrit.vocabulary.text import filled
from samrit.web.words import page_language, word

register = template.Library()

NOTHING = "–"

# The five tones of bands.  A rule set of another office names its bands as it likes: its colour picks the tone.
_TONES = {"#1a7f37": "good", "#b58900": "fair", "#c2410c": "low", "#b42318": "improve", "#1d4ed8": "best"}
_OFFICE = frozenset(_TONES.values())


def language() -> str:
    """Return the language of the page."""
    return page_language()


@register.simple_tag
def t(key: str, **params: object) -> str:
    """Return the text of ``key``; what fills its fields is escaped: ``{% t "report.due" count=3 %}``."""
    escaped = {
        name: conditional_escape(value if isinstance(value, str) else str(value)) for name, value in params.items()
    }
    text = word(key, language())
    return mark_safe(filled(conditional_escape(text), escaped) if params else text)  # noqa: S308


@register.filter
def term(code: str) -> str:
    """Return the field's word for a code of ``vocabulary/terms.toml``: ``{{ "budget"|term }}``."""
    return label(code, language())


@register.filter
def figure(value: Any, places: int | None = None) -> str:
    """Return a number with thousands separators, rounded half up to ``places``; "–" and blank stay what they are.

    Without ``places`` every decimal stands that is not a trailing zero.
    """
    if value is None or value == "" or value is Mark.BLANK:
        return ""
    if value is Mark.NOTHING:
        return NOTHING
    if isinstance(value, Ends):
        return value.written(lambda end: figure(end, places))
    return format_number(value if isinstance(value, (Decimal, int)) else Decimal(str(value)), places)


@register.filter
def money(value: Any) -> str:
    """Return an amount in the plan's money: whole, or with the currency's decimals at least, as reports print it."""
    if not isinstance(value, Decimal):
        return figure(value)
    places = 0 if value == value.to_integral_value() else speech().money.places
    return figure(value, places if round_half_up(value, places) == value else None)


@register.simple_tag
def percent(value: Decimal | None, ruleset: RuleSet) -> str:
    """Return a percent or score as its rule set prints it, never in contradiction to its band (BA2); "" for none."""
    return "" if value is None else format_percent(value, ruleset)


@register.filter
def thai_date(value: date | datetime | None, style: str = "long") -> str:
    """Return a date in the plan's era: style "long", "short", "numeric", or "time" for date and time."""
    if value is None or value == "":
        return ""
    moment = value
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    with_time = style == "time"
    text = format_date(moment, language(), style="short" if with_time else style)
    if with_time and isinstance(moment, datetime):
        text += " " + word("frame.clock", language(), time=f"{moment:%H:%M}")
    return text


@register.filter
def year(year_be: int) -> int:
    """Return the number of a Buddhist year in the era of the plan in hand."""
    return speech().year(year_be)


@register.filter
def clock(value: datetime | None) -> str:
    """Return the time of day, "14:02"."""
    return "" if value is None else f"{timezone.localtime(value):%H:%M}"


@register.simple_tag
def period(year_be: int, calendar: str, number: int, *, short: bool = False) -> str:
    """Return the months that a report is about, with their year: ``{% period plan.year_be plan.calendar 3 %}``."""
    return report_name(year_be, calendar, number, language(), short=short)


@register.filter
def quarter(number: int) -> str:
    """Return "ไตรมาสที่ 4" or "Quarter 4"."""
    return quarter_name(number, language())


@register.filter
def in_language(thing: Any, name: str = "name") -> str:
    """Return ``thing.name`` or ``thing.name_en``: whichever the page's language has."""
    english = getattr(thing, f"{name}_en", "") if language() == "en" else ""
    return str(english or getattr(thing, name))


@register.inclusion_tag("_parts/band.html")
def band(shown: Band | None, *, small: bool = False) -> dict[str, Any]:
    """Show a band by sign, word and colour (BA3); nothing for None."""
    return {
        "band": shown,
        "name": "" if shown is None else shown.named(language()),
        "tone": "" if shown is None else band_tone(shown),
        "small": small,
    }


@register.filter
def band_tone(shown: Band | None) -> str:
    """Return the class of a band's colours: ``band-`` with best, good, fair, low, improve, other or none."""
    if shown is None:
        return "band-none"
    tone = shown.code if shown.code in _OFFICE else _TONES.get(shown.colour.lower(), "other")
    return f"band-{tone}"


@register.inclusion_tag("_parts/state.html")
def state(code: str, *, small: bool = False) -> dict[str, Any]:
    """Show a state of the engine (not reported, not due …) by pattern and word."""
    return {"code": str(code), "word": f"state.{code}", "pattern": str(code).replace("_", "-"), "small": small}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> SafeString:
    """Return the page's query with some parameters changed, ``{% query page=2 %}``; None or "" takes one away."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    text = parameters.urlencode()
    return conditional_escape(f"?{text}" if text else "?")
