"""Periods in words: which quarter or month a report is about, and the months it covers.

Periods count from the first month of the plan's own year; an October–September year
2569 begins in October 2568, so its first quarter is Oct–Dec (pitfall P12).
"""

from __future__ import annotations

from dataclasses import dataclass

from samrit.engine.model import Plan
from samrit.reports.texts.voice import Voice
from samrit.vocabulary.periods import CALENDARS, format_month, format_span, month_name, period_month, quarter_name
from samrit.vocabulary.speech import speech

YEAR = 12


@dataclass(frozen=True, slots=True)
class Timing:
    """The calendar of one plan in one language; ``calendar`` is "calendar" or "fiscal"."""

    voice: Voice
    year_be: int
    calendar: str
    as_of: int

    def year_text(self, year_be: int) -> str:
        """Return a Buddhist year as printed in the plan's era: "2568", in English "B.E. 2568", or "2025"."""
        return speech().year_text(year_be, self.voice.language)

    @property
    def plan_year(self) -> str:
        """The plan's year as printed."""
        return self.year_text(self.year_be)

    def name(self, period: int, *, short: bool = False) -> str:
        """Return the name of a period's month without its year."""
        month = period_month(self.year_be, self.calendar, period).month
        return month_name(month, self.voice.language, short=short)

    def month_year(self, period: int, *, short: bool = False) -> str:
        """Return month and year: "ธันวาคม 2568", "ธ.ค. 2568"."""
        month = period_month(self.year_be, self.calendar, period)
        return format_month(month, self.voice.language, short=short)

    def span(self, first: int, last: int, *, short: bool = False) -> str:
        """Return a range of months: "มกราคม – ธันวาคม 2568", "ต.ค. 2567 – มี.ค. 2568", or one month."""
        begin, end = (period_month(self.year_be, self.calendar, period) for period in (first, last))
        return format_span(begin, end, self.voice.language, short=short)

    @property
    def label(self) -> str:
        """Return "ไตรมาส 4", the half-year of a plan that reports so, or the month where neither ends."""
        if self.as_of == 0:
            return self.voice.say("before_start")
        months = speech().months
        if months > 3 and self.as_of % months == 0:
            return self.voice.say("half_n" if self.as_of < YEAR else "whole_year", half=str(self.as_of // months))
        if self.as_of % 3 == 0:
            return quarter_name(self.as_of // 3, self.voice.language, short=self.voice.language == "th")
        return self.voice.say("month_n", month=self.month_year(self.as_of))

    def covered(self, *, short: bool = False) -> str:
        """Return " (มกราคม – ธันวาคม 2568)", the months from the year's first; nothing before it begins."""
        return f" ({self.span(1, self.as_of, short=short)})" if self.as_of else ""


def timing_of(plan: Plan, voice: Voice, as_of: int) -> Timing:
    """Return the calendar of a plan for a report as of a period; an unknown kind of year counts as January–December."""
    calendar = plan.calendar if plan.calendar in CALENDARS else "calendar"
    return Timing(voice, plan.year_be, calendar, as_of)
