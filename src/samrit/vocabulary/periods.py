"""Plan years, periods 1..12, quarters and due dates, for plan years that start in January, April, July or October.

A fiscal year is named by the year in which it ends, and its first quarter is
October–December (pitfall P12).  Names, dates and ranges come from ``months``,
``dates`` and ``spans``; this module is the one door to them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from samrit.vocabulary.dates import ParsedDate, format_date, parse_date
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.months import CALENDARS, ParsedMonth, month_name, parse_month
from samrit.vocabulary.spans import ParsedSpan, YearMonth, format_month, format_span, parse_span
from samrit.vocabulary.speech import speech
from samrit.vocabulary.text import thai_digits
from samrit.vocabulary.years import ParsedYear, parse_year, to_be, to_ce

__all__ = [
    "CALENDARS",
    "ParsedDate",
    "ParsedMonth",
    "ParsedSpan",
    "ParsedYear",
    "PlanPeriods",
    "YearMonth",
    "due_date",
    "format_date",
    "format_month",
    "format_span",
    "month_name",
    "parse_date",
    "parse_month",
    "parse_span",
    "parse_year",
    "period_dates",
    "period_in",
    "period_month",
    "period_name",
    "period_of_month",
    "plan_dates",
    "plan_year_of",
    "quarter_name",
    "quarter_of",
    "quarter_periods",
    "report_name",
    "span_periods",
    "to_be",
    "to_ce",
]


@dataclass(frozen=True, slots=True)
class PlanPeriods:
    """First and last period 1..12 of a plan that a range of months covers, or None and None."""

    first: int | None
    last: int | None
    findings: tuple[Finding, ...] = ()


def period_month(plan_year_be: int, calendar: str, period: int) -> YearMonth:
    """Return the calendar month, with its Buddhist calendar year, of period 1..12 of a plan.

    Period 1 of the fiscal year 2569 is October 2568.  Raises ValueError for a period
    outside 1..12 and KeyError for an unknown calendar.
    """
    if not 1 <= period <= 12:
        raise ValueError(f"period {period} is not 1..12")
    start = CALENDARS[calendar]
    months = start - 1 + period - 1
    return YearMonth(plan_year_be - (start > 1) + months // 12, months % 12 + 1)


def period_of_month(calendar: str, month: int) -> int:
    """Return the period 1..12 of a calendar month: October is 1 of a fiscal plan, 10 of a calendar one."""
    return (month - CALENDARS[calendar]) % 12 + 1


def period_dates(plan_year_be: int, calendar: str, period: int) -> tuple[date, date]:
    """Return the first and last day (Common Era dates) of a period."""
    month = period_month(plan_year_be, calendar, period)
    year = to_ce(month.year_be)
    return date(year, month.month, 1), date(year, month.month, monthrange(year, month.month)[1])


def plan_dates(plan_year_be: int, calendar: str) -> tuple[date, date]:
    """Return the first and last day of a plan year: 1 October 2025 and 30 September 2026 for the fiscal year 2569."""
    return period_dates(plan_year_be, calendar, 1)[0], period_dates(plan_year_be, calendar, 12)[1]


def plan_year_of(day: date, calendar: str) -> tuple[int, int]:
    """Return the plan year (Buddhist) and the period that a day falls in; a fiscal year is named by its end (P12)."""
    start = CALENDARS[calendar]
    return to_be(day.year) + (start > 1 and day.month >= start), period_of_month(calendar, day.month)


def period_in(day: date, year_be: int, calendar: str) -> int | None:
    """Return the period of a plan's year in which a day counts: the first for what came before it, None after it."""
    year, period = plan_year_of(day, calendar)
    return period if year == year_be else (1 if year < year_be else None)


def months_within(first: date, last: date, year_be: int, calendar: str) -> tuple[int, int] | None:
    """Return the periods of a plan's year that days from ``first`` to ``last`` touch; None where they touch none."""
    ends = period_dates(year_be, calendar, 1)[0], period_dates(year_be, calendar, 12)[1]
    if last < first or last < ends[0] or first > ends[1]:
        return None
    return plan_year_of(max(first, ends[0]), calendar)[1], plan_year_of(min(last, ends[1]), calendar)[1]


def period_name(
    plan_year_be: int, calendar: str, period: int, language: str = "th", *, short: bool = False, digits: str = "arabic"
) -> str:
    """Return the month of a period with its year: "ตุลาคม 2568" for period 1 of the fiscal year 2569."""
    return format_month(period_month(plan_year_be, calendar, period), language, short=short, digits=digits)


def report_name(plan_year_be: int, calendar: str, period: int, language: str = "th", *, short: bool = False) -> str:
    """Return the months that the report of a period is about, by the rhythm of the plan in hand.

    "มีนาคม 2568" of a plan that reports every month, "มกราคม – มีนาคม 2568" of one that reports by quarters; a
    month in which such a plan asks for nothing is named as a month.
    """
    months = speech().months
    if months == 1 or period % months:
        return period_name(plan_year_be, calendar, period, language, short=short)
    first, last = (period_month(plan_year_be, calendar, at) for at in (period - months + 1, period))
    return format_span(first, last, language, short=short)


def quarter_of(period: int) -> int:
    """Return the quarter 1..4 of the plan's own year that a period belongs to."""
    return (period - 1) // 3 + 1


def quarter_periods(quarter: int) -> tuple[int, int, int]:
    """Return the three periods of a quarter 1..4."""
    return 3 * quarter - 2, 3 * quarter - 1, 3 * quarter


def quarter_name(quarter: int, language: str = "th", *, short: bool = False, digits: str = "arabic") -> str:
    """Return "ไตรมาสที่ 4", "ไตรมาส 4" (short), "Quarter 4" or "Q4" (short)."""
    long_name, short_name = ("Quarter ", "Q") if language == "en" else ("ไตรมาสที่ ", "ไตรมาส ")
    text = f"{short_name if short else long_name}{quarter}"
    return thai_digits(text) if digits == "thai" else text


def due_date(
    plan_year_be: int,
    calendar: str,
    period: int,
    *,
    due_day: int = 5,
    rolls: bool = True,
    holidays: AbstractSet[date] = frozenset(),
) -> date:
    """Return the day by which the report of a period is due (R152, R153; thai-domain.md §2).

    It is ``due_day`` of the month after the period, or that month's last day when it is shorter; above 31 it
    counts days after the period's last.  With ``rolls`` a Saturday, Sunday or one of ``holidays`` moves it to the
    next working day.
    """
    after = period_dates(plan_year_be, calendar, period)[1] + timedelta(days=1)
    due = after.replace(day=min(max(due_day, 1), monthrange(after.year, after.month)[1]))
    if due_day > 31:
        due = after + timedelta(days=due_day - 1)
    while rolls and (due.weekday() >= 5 or due in holidays):
        due += timedelta(days=1)
    return due


def span_periods(span: ParsedSpan, plan_year_be: int, calendar: str, *, place: Place | None = None) -> PlanPeriods:
    """Return the periods of a plan that a range of months covers, cut to the plan's year.

    A finding ``span_outside_plan`` says when part or all of it lies outside.
    """
    if span.first is None or span.last is None:
        return PlanPeriods(None, None)
    start = period_month(plan_year_be, calendar, 1)
    first, last = (12 * (m.year_be - start.year_be) + m.month - start.month + 1 for m in (span.first, span.last))
    inside = max(first, 1), min(last, 12)
    found = Finding("span_outside_plan", place or Place(), {"text": span.text, "plan_year_be": plan_year_be})
    if inside[0] > inside[1]:
        return PlanPeriods(None, None, (found,))
    return PlanPeriods(*inside, () if (first, last) == inside else (found,))
