"""Buddhist and Common Era years: told apart by their range, never shifted twice (pitfall P13).

In code a year is always either ``year_be`` (2568) or ``year_ce`` (2025); the two
functions that translate refuse a year of the wrong era instead of adding 543 again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.speech import OFFSET, speech
from samrit.vocabulary.text import arabic_digits, tidy

FIRST_CE, LAST_CE = 1800, 2400
FIRST_BE, LAST_BE = 2401, 2900

# An era mark, if any, and a year of two or four digits.
ERA = r"(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|B\.?\s?E\.?|C\.?\s?E\.?|A\.?\s?D\.?)"
_YEAR = re.compile(rf"(?:ประจำ)?(?:ปีงบประมาณ|ปีบัญชี|ปี)?\s?({ERA})?\s?([0-9]+)\s?({ERA})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParsedYear:
    """A year in the Buddhist era, or None; ``era`` is how it was written ("be" or "ce").

    ``guessed`` is True when neither an era mark nor the usual four Buddhist digits said so.
    """

    text: str
    year_be: int | None
    era: str = ""
    guessed: bool = False
    findings: tuple[Finding, ...] = ()


def to_be(year_ce: int) -> int:
    """Return the Buddhist year of a Common Era year; raises ValueError for one that is Buddhist already (P13)."""
    if not 1 <= year_ce <= LAST_CE:
        raise ValueError(f"{year_ce} is not a year of the Common Era")
    return year_ce + OFFSET


def to_ce(year_be: int) -> int:
    """Return the Common Era year of a Buddhist year; raises ValueError for one that is Common Era already (P13)."""
    if not OFFSET < year_be <= LAST_BE or FIRST_CE <= year_be <= LAST_CE:
        raise ValueError(f"{year_be} is not a Buddhist year")
    return year_be - OFFSET


def parse_year(text: str | int, *, near_be: int | None = None, place: Place | None = None) -> ParsedYear:
    """Read a year of either era, in two or four digits, Thai or Arabic; never raises.

    Over 2400 is Buddhist, 1800–2400 Common Era: a guess, unless the plan in hand counts so.
    Two digits are the one of 25xx, 26xx (Buddhist) and 20xx (Common Era) that lies nearest to
    ``near_be``; without it 40–99 are Buddhist 25xx and 00–39 Common Era 20xx.  Every guess is shown by a finding.
    """
    original = str(text)
    where = place or Place()
    match = _YEAR.fullmatch(arabic_digits(tidy(original[:60])))
    if match is None or len(original) > len(original[:60]):
        return _unread(original[:60], "year_not_read", where)
    return read_year(match[2], match[1] or match[3] or "", near_be=near_be, place=where)


def read_year(digits: str, mark: str = "", *, near_be: int | None = None, place: Place | None = None) -> ParsedYear:
    """Read a year from its digits and its era mark ("พ.ศ.", "ค.ศ.", "B.E.", "A.D.", ""); see :func:`parse_year`."""
    where = place or Place()
    era = {"พ": "be", "ค": "ce", "b": "be", "c": "ce", "a": "ce"}.get(mark[:1].lower(), "")
    shown = f"{mark} {digits}".strip()
    if len(digits) == 2:
        return _two_digits(shown, int(digits), era, (near_be, where))
    if len(digits) != 4 or not FIRST_CE <= int(digits) <= LAST_BE:
        return _unread(shown, "year_not_read", where)
    year, range_era = int(digits), "ce" if int(digits) <= LAST_CE else "be"
    year_be = year + OFFSET if range_era == "ce" else year
    params = {"text": shown, "year_be": year_be, "year_ce": year_be - OFFSET}
    if era and era != range_era:
        return ParsedYear(shown, year_be, range_era, True, (Finding("year_wrong_era", where, params),))
    if not era and range_era == "ce" and speech().era != "ce":
        return ParsedYear(shown, year_be, "ce", True, (Finding("year_read_as_ce", where, params),))
    return ParsedYear(shown, year_be, range_era)


def _two_digits(shown: str, number: int, era: str, context: tuple[int | None, Place]) -> ParsedYear:
    near_be, where = context
    choices = [(2500 + number, "be"), (2600 + number, "be"), (2000 + number + OFFSET, "ce")]
    era = era or ("ce" if speech().era == "ce" else "")
    choices = [(year, kind) for year, kind in choices if not era or kind == era]
    if near_be is not None:
        year_be, kind = min(choices, key=lambda choice: abs(choice[0] - near_be))
    elif era:
        year_be, kind = choices[0]
    else:
        year_be, kind = choices[0] if number >= 40 else choices[2]
    params = {"text": shown, "year_be": year_be, "year_ce": year_be - OFFSET}
    return ParsedYear(shown, year_be, kind, True, (Finding("year_two_digits", where, params),))


def _unread(text: str, code: str, where: Place) -> ParsedYear:
    return ParsedYear(text, None, findings=(Finding(code, where, {"text": text}),))
