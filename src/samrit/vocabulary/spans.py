"""Ranges of months as documents print them ("มกราคม - ธันวาคม 2568", "ต.ค. 68 - ก.ย. 69"), read and printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.months import CALENDARS, month_name, month_pattern, parse_month
from samrit.vocabulary.speech import speech
from samrit.vocabulary.text import arabic_digits, thai_digits, tidy
from samrit.vocabulary.years import ERA, read_year

_LIMIT = 200


@dataclass(frozen=True, slots=True, order=True)
class YearMonth:
    """A calendar month 1..12 of the calendar year ``year_be`` (Buddhist era)."""

    year_be: int
    month: int


@dataclass(frozen=True, slots=True)
class ParsedSpan:
    """A range of months, both ends included, or None and None.

    ``is_deadline`` is True for "ภายในเดือน…": the thing is due in that month.
    """

    text: str
    first: YearMonth | None
    last: YearMonth | None
    is_deadline: bool = False
    findings: tuple[Finding, ...] = ()


_QUARTERS = re.compile(
    r"(?:ไตรมาส\s?(?:ที่)?|Q(?:uarter)?)\s?([1-4])(?:\s?(?:-|ถึง|to)\s?(?:ไตรมาส\s?(?:ที่)?|Q(?:uarter)?)?\s?([1-4]))?(?![0-9])",
    re.IGNORECASE,
)
_YEAR = re.compile(rf"(?P<fiscal>ปีงบประมาณ)?(?:ปี)?[\s/.]*(?P<era>{ERA})?\s?(?P<y>[0-9]{{4}}|[0-9]{{2}})", re.IGNORECASE)
_WHOLE_YEAR = re.compile(r"(ตลอด|ทั้ง)(ทั้ง)?ปี|12 เดือน|ปีละ|whole year|all year", re.IGNORECASE)
_DEADLINE = re.compile(r"ภายใน|ไม่เกิน|\bby\b", re.IGNORECASE)
_DASH = re.compile(r"[‐‑‒–—―−]|--+")
_JOINING = re.compile(r"[\s\-/.,:()]+|ถึง|จนถึง|ระหว่าง|ตั้งแต่|เดือน|วันที่|สิ้น|to|until|from", re.IGNORECASE)
_PREFIX = re.compile(r"^(ระยะเวลา[^:0-9]{0,30}:?|ช่วงเวลา\s*:?|กำหนดเวลา\s*:?|period\s*:?)\s*", re.IGNORECASE)


@cache
def _month() -> re.Pattern[str]:
    """Return the pattern of a month with or without day and year: long, so compiled when a text is first read."""
    return re.compile(
        rf"(?:[0-9]{{1,2}}\s?(?:-\s?[0-9]{{1,2}}\s?)?)?(?:เดือน\s?)?(?P<m>{month_pattern()})"
        rf"[\s,]*(?P<era>{ERA})?\s?(?P<y>[0-9]{{4}}(?![0-9])|[0-9]{{2}}(?![0-9]))?",
        re.IGNORECASE,
    )


_Months = tuple[tuple[int, int | None], ...]


def parse_span(
    text: str, *, plan_year_be: int | None = None, calendar: str = "calendar", place: Place | None = None
) -> ParsedSpan:
    """Read a range of months, a single month, quarters or a whole year; never raises.

    A year printed once stands for both ends ("มกราคม - ธันวาคม 2568"), going back a year
    where the range wraps ("ต.ค. - ก.ย. 69" starts in 2568).  Without any year the plan's
    own is taken.  "ปีงบประมาณ" and quarters of one run from October (P12); "ปี" and plain
    quarters follow ``calendar``.
    """
    where = place or Place()
    shown = text[:_LIMIT]
    clean = _PREFIX.sub("", _DASH.sub("-", arabic_digits(tidy(shown))))
    found: list[Finding] = []
    tokens = list(_month().finditer(clean))
    if len(tokens) > 2 or len(text) > _LIMIT:
        return _unread(shown, "span_several", where)
    if tokens:
        ends = _month_ends(tokens, plan_year_be, where, found)
        rest = _month().sub(" ", clean)
    else:
        ends, rest = _quarters_or_year(clean, (plan_year_be, calendar), where, found)
    if ends is None:
        return _unread(shown, "span_not_read", where, tuple(found))
    span = _resolved(shown, ends, (plan_year_be, calendar), where)
    rest = _JOINING.sub("", _DEADLINE.sub("", rest))
    if rest and span.first:
        found.append(Finding("span_other_words", where, {"text": shown, "words": rest}))
    deadline = bool(_DEADLINE.search(clean)) and span.first == span.last
    return replace(span, is_deadline=deadline, findings=(*found, *span.findings))


def _month_ends(tokens: list[re.Match[str]], near_be: int | None, where: Place, found: list[Finding]) -> _Months | None:
    ends: list[tuple[int, int | None]] = []
    for token in tokens:
        month = parse_month(token["m"], place=where)
        year = read_year(token["y"], token["era"] or "", near_be=near_be, place=where) if token["y"] else None
        found.extend((*month.findings, *(year.findings if year else ())))
        if month.month is None or (year and year.year_be is None):
            return None
        ends.append((month.month, year.year_be if year else None))
    return (ends[0], ends[-1])


def _quarters_or_year(
    clean: str, plan: tuple[int | None, str], where: Place, found: list[Finding]
) -> tuple[_Months | None, str]:
    near_be, calendar = plan
    quarters = _QUARTERS.search(clean)
    rest = _QUARTERS.sub(" ", clean) if quarters else clean
    match = _YEAR.search(rest)
    year_be = near_be
    if match:
        year = read_year(match["y"], match["era"] or "", near_be=near_be, place=where)
        found.extend(year.findings)
        year_be, rest = year.year_be, rest.replace(match[0], " ", 1)
    whole = _WHOLE_YEAR.search(rest)
    rest = _WHOLE_YEAR.sub(" ", rest)
    if year_be is None or not (quarters or match or whole):
        return None, rest
    first_quarter = int(quarters[1]) if quarters else 1
    last_quarter = int(quarters[2] or quarters[1]) if quarters else 4
    start = CALENDARS["fiscal"] if match and match["fiscal"] else CALENDARS.get(calendar, 1)
    return (_plan_month(year_be, 3 * first_quarter - 2, start), _plan_month(year_be, 3 * last_quarter, start)), rest


def _plan_month(year_be: int, period: int, start: int) -> tuple[int, int | None]:
    """Return calendar month and Buddhist calendar year of a period of a plan year that starts in month ``start``."""
    months = period - 1 + start - 1
    return months % 12 + 1, year_be + months // 12 - (start > 1)


def _resolved(shown: str, ends: _Months, plan: tuple[int | None, str], where: Place) -> ParsedSpan:
    """Fill in the years that were not printed."""
    (first, first_year), (last, last_year) = ends
    if first_year is None and last_year is None:
        plan_year, calendar = plan
        if plan_year is None:
            return _unread(shown, "span_without_year", where)
        begins = CALENDARS.get(calendar, 1)
        last_year = plan_year - 1 if begins > 1 and last >= begins else plan_year
    if last_year is None and first_year is not None:
        last_year = first_year + (last < first)
    if first_year is None and last_year is not None:
        first_year = last_year - (first > last)
    start, end = YearMonth(first_year or 0, first), YearMonth(last_year or 0, last)
    return _unread(shown, "span_backwards", where) if start > end else ParsedSpan(shown, start, end)


def _unread(shown: str, code: str, where: Place, found: tuple[Finding, ...] = ()) -> ParsedSpan:
    return ParsedSpan(shown, None, None, findings=(*found, Finding(code, where, {"text": shown})))


def format_month(month: YearMonth, language: str = "th", *, short: bool = False, digits: str = "arabic") -> str:
    """Return "มกราคม 2568", "ม.ค. 2568", "January B.E. 2568" or "Jan B.E. 2568"."""
    return format_span(month, month, language, short=short, digits=digits)


def format_span(
    first: YearMonth, last: YearMonth, language: str = "th", *, short: bool = False, digits: str = "arabic"
) -> str:
    """Return a range of months with each year once: "มกราคม – ธันวาคม 2568", "ต.ค. 2568 – ก.ย. 2569"."""
    written = speech().year_text
    ends = [f"{month_name(last.month, language, short=short)} {written(last.year_be, language)}"]
    if first != last:
        year = "" if first.year_be == last.year_be else f" {written(first.year_be, language)}"
        ends.insert(0, f"{month_name(first.month, language, short=short)}{year}")
    text = " – ".join(ends)
    return thai_digits(text) if digits == "thai" else text
