"""Thai dates and ranges of months: reading every form met in documents, and printing them in Buddhist years.

A date holds a Common Era ``datetime.date``; a month of a range is a ``YearMonth`` with
its Buddhist year.  Nothing here raises on what people write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.months import month_name, month_pattern, parse_month
from samrit.vocabulary.speech import speech
from samrit.vocabulary.text import arabic_digits, thai_digits, tidy
from samrit.vocabulary.years import ERA, LAST_CE, read_year, to_be, to_ce

_LIMIT = 120  # characters of a text that is expected to be one date
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)  # of anything that an office plans, reports or keeps


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A date, or None; ``guessed`` is True when the year or the month had to be guessed."""

    text: str
    day: date | None
    guessed: bool = False
    findings: tuple[Finding, ...] = ()


_ZONE = r"(?:\s?(?:น\.?|Z|[+-][0-9]{2}:?[0-9]{2}))?"
_TIME = rf"(?:[T ,]+(?:เวลา\s?)?[0-9]{{1,2}}[:.][0-9]{{2}}(?:[:.][0-9]{{2}}(?:\.[0-9]+)?)?{_ZONE})?"
_YEAR_FIRST = rf"(?P<y>[0-9]{{4}})[-/.](?P<m>[0-9]{{1,2}})[-/.](?P<d>[0-9]{{1,2}}){_TIME}"
_NUMERIC = rf"(?P<d>[0-9]{{1,2}})\s?[-/.]\s?(?P<m>[0-9]{{1,2}})\s?[-/.]\s?(?P<y>[0-9]{{4}}|[0-9]{{2}}){_TIME}"
_DAY_NAME = r"(?:วัน\s?(?:อาทิตย์|จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์)\s?)?(?:วัน\s?)?(?:ที่\s?)?"
_EN_DAY = r"(?:(?:Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun|Wed|Sat)(?:day)?,?\s)?"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of dates: year first, in numbers, and with the month in words, day first or month first.

    Made when the first date is read: making them takes as long as reading a plan.
    """
    month, day = f"(?P<m>{month_pattern()})", "(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"
    year = rf",?\s?(?P<era>{ERA})?\s?(?P<y>[0-9]{{4}}|[0-9]{{2}}){_TIME}"
    day_first = rf"{_DAY_NAME}{_EN_DAY}{day}[\s/.-]?\s?(?:เดือน\s?)?{month}[\s/.-]?{year}"
    month_first = rf"{_EN_DAY}{month}\s{day}{year}"
    in_words = (re.compile(pattern, re.IGNORECASE) for pattern in (day_first, month_first))
    return (re.compile(_YEAR_FIRST), re.compile(_NUMERIC), *in_words)


def parse_date(text: str, *, near_be: int | None = None, place: Place | None = None) -> ParsedDate:
    """Read one date; never raises.

    "1 มกราคม 2569", "๑ ม.ค. ๖๙", "วันที่ 5 มกราคม พ.ศ. 2568", "1/2/2568" (day first),
    "1-2-68", "2025-02-01", "2568-02-01", "1 Jan 2026", "January 1, 2026", with or without
    a time of day.  Two-digit years are settled by :func:`years.parse_year`.  A day that
    does not exist (29 ก.พ. 2568) gives a finding and no date.
    """
    where = place or Place()
    shown = text[:_LIMIT]
    clean = arabic_digits(tidy(shown)).strip(" .")
    for pattern in _patterns():
        match = pattern.fullmatch(clean)
        if match and len(text) <= _LIMIT:
            return _dated(shown, match, near_be, where)
    return ParsedDate(shown, None, findings=(Finding("date_not_read", where, {"text": shown}),))


def typed_day(text: str) -> date | None:
    """Return the day that somebody typed into a box, a file or a date input, of either era; None for no such day.

    "2569-12-31" is 31 December 2026, since nobody means the 26th century; days before 1900
    or after 2199 are none (F.1).
    """
    day = parse_date(text.strip()).day
    return day if day is not None and is_of_office(day) else None


def is_of_office(day: date) -> bool:
    """Say whether a day is one that an office can plan or report: within 1900–2199 of the Common Era."""
    return FIRST_DAY <= day <= LAST_DAY


def _dated(shown: str, match: re.Match[str], near_be: int | None, where: Place) -> ParsedDate:
    part, pattern = match.groupdict(), match.re
    iso = pattern is _patterns()[0] and int(part["y"]) <= LAST_CE  # a file's own date form: no guess needed
    year = read_year(part["y"], "CE" if iso else part.get("era") or "", near_be=near_be, place=where)
    month, day, found = _month_and_day(part, where)
    findings = (*year.findings, *found)
    guessed = bool(year.guessed or found)
    if year.year_be is None or month is None:
        return ParsedDate(shown, None, findings=findings)
    try:
        return ParsedDate(shown, date(to_ce(year.year_be), month, day), guessed, findings)
    except ValueError:
        return ParsedDate(shown, None, findings=(*findings, Finding("date_impossible", where, {"text": shown})))


def _month_and_day(part: dict[str, str], where: Place) -> tuple[int | None, int, tuple[Finding, ...]]:
    """Return month and day; "2/13/2568" can only be month first, and says so."""
    day = int(part["d"])
    if not part["m"].isdigit():
        parsed = parse_month(part["m"], place=where)
        return parsed.month, day, parsed.findings
    month = int(part["m"])
    if month > 12 >= day:
        return day, month, (Finding("date_month_first", where, {"text": "/".join((part["d"], part["m"], part["y"]))}),)
    return month, day, ()


def format_date(
    day: date, language: str = "th", *, style: str = "long", digits: str = "arabic", era: bool = False
) -> str:
    """Return a date in the year of the plan's era, the Buddhist one where none says otherwise.

    ``style`` "long": "1 มกราคม 2569", "short": "1 ม.ค. 2569", "numeric": "01/01/2569".
    English always names the Buddhist era ("1 January B.E. 2569"); Thai names its era with ``era``
    ("1 มกราคม พ.ศ. 2569").
    """
    words = speech()
    # A day beyond both eras was kept before days were bounded: it is shown as it is, never refused.
    year = words.year(to_be(day.year)) if day.year <= LAST_CE else day.year
    if style == "numeric":
        text = f"{day.day:02d}/{day.month:02d}/{year}"
    else:
        mark = words.era_mark(language, always=era)
        text = f"{day.day} {month_name(day.month, language, short=style == 'short')} {mark}{year}"
    return thai_digits(text) if digits == "thai" else text
