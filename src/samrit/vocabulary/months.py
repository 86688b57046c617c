"""Names of months in Thai and English, full, short and misprinted, and how to recognise them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.text import tidy

THAI = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
THAI_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# The calendar month in which each kind of plan year starts. A year that starts later than January is named by its end.
CALENDARS = {"calendar": 1, "april": 4, "july": 7, "fiscal": 10}
ENGLISH_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Misprints seen in printed reports or common in typing, without dots: the months each may stand for, likeliest first.
MISPRINTS = {
    "มย": (4, 6),  # ม.ย. for เม.ย., the leading vowel lost
    "มีย": (6, 4),  # มี.ย. for มิ.ย.
    "มิค": (3,),
    "รค": (12,),  # ร.ค. for ธ.ค.
    "ศค": (12,),
    "แมย": (4,),
    "เมษ": (4,), "มิถุ": (6,), "กรกฏ": (7,), "กุมภา": (2,), "พฤษภา": (5,), "มิถุนา": (6,), "เมษา": (4,),
    "มกรา": (1,), "มีนา": (3,), "กรกฎา": (7,), "กรกฏา": (7,), "สิงหา": (8,), "กันยา": (9,), "ตุลา": (10,),
    "พฤศจิกา": (11,), "พฤศจิ": (11,), "ธันวา": (12,),
    "กรกฏาคม": (7,), "พฤษจิกายน": (11,), "พฤศจิกายม": (11,), "กุมภาพันธุ์": (2,), "กุมภาพันธ": (2,),
}  # fmt: skip
_ALIKE = 0.8  # how much of a misspelt full name must agree
_MARGIN = 0.1  # and how far the next best month must be behind
_SHORTEST_FUZZY = 5
_LONGEST_SHORT = 3  # letters of an abbreviation without its dots


@dataclass(frozen=True, slots=True)
class ParsedMonth:
    """A calendar month 1..12, or None; ``guessed`` is True when the spelling was a misprint."""

    text: str
    month: int | None
    guessed: bool = False
    findings: tuple[Finding, ...] = ()


def month_name(month: int, language: str = "th", *, short: bool = False) -> str:
    """Return the name of calendar month 1..12, full or abbreviated ("มกราคม", "ม.ค.", "January", "Jan")."""
    if language == "en":
        return (ENGLISH_SHORT if short else ENGLISH)[month - 1]
    return (THAI_SHORT if short else THAI)[month - 1]


def parse_month(text: str, *, after: int | None = None, place: Place | None = None) -> ParsedMonth:
    """Read the name of a month; never raises.

    Thai and English names, abbreviations with or without dots and spaces, and misprints
    are understood.  ``after`` is the calendar month in the cell before: it decides
    between the months a misprint may stand for ("ม.ย." after มี.ค. is April, after พ.ค.
    June).  A misprint gives the month and a finding that shows the guess.
    """
    where = place or Place()
    shown = text[:60]
    key = _key(shown).removeprefix("เดือน")
    if key in _names():
        return ParsedMonth(shown, _names()[key])
    month = _misprint(key, after) or _resembling(key)
    if month is None:
        return ParsedMonth(shown, None, findings=(Finding("month_not_read", where, {"text": shown}),))
    finding = Finding(
        "month_misprint", where, {"text": shown, "month": month_name(month), "month_en": ENGLISH[month - 1]}
    )
    return ParsedMonth(shown, month, True, (finding,))


def _key(text: str) -> str:
    return re.sub(r"[.\s·,]", "", tidy(text)).casefold()


@cache
def _names() -> dict[str, int]:
    lists = (THAI, THAI_SHORT, ENGLISH, ENGLISH_SHORT)
    names = {_key(name): number for names in lists for number, name in enumerate(names, 1)}
    return names | {"sept": 9}


def _misprint(key: str, after: int | None) -> int | None:
    choices = MISPRINTS.get(key)
    if choices is None and key.endswith("ด"):  # ค read as ด
        corrected = _names().get(key[:-1] + "ค")
        choices = (corrected,) if corrected else None
    if choices is None:
        return None
    return next((month for month in choices if after is not None and month == after % 12 + 1), choices[0])


def _resembling(key: str) -> int | None:
    """Return the month whose full Thai or English name clearly resembles ``key`` most."""
    if len(key) < _SHORTEST_FUZZY:
        return None
    ranked = sorted(
        ((SequenceMatcher(None, key, _key(name)).ratio(), number) for names in (THAI, ENGLISH)
         for number, name in enumerate(names, 1)),
        reverse=True,
    )  # fmt: skip
    best, second = ranked[0], next(r for r in ranked if r[1] != ranked[0][1])
    return best[1] if best[0] >= _ALIKE and best[0] - second[0] >= _MARGIN else None


@cache
def month_pattern() -> str:
    """Return a regular expression (text, no groups) that matches every spelling of a month known here."""
    misprints = (f"{re.escape(m)}(?![ก-๙])" for m in MISPRINTS if len(m) > _LONGEST_SHORT)  # ตุลา, never ตุลาการ
    english = "|".join((*ENGLISH, "Sept", *ENGLISH_SHORT))
    short = {name.replace(".", "") for name in THAI_SHORT} | {m for m in MISPRINTS if len(m) <= _LONGEST_SHORT}
    dotted = (f"{re.escape(m[:-1])}\\s?\\.\\s?{re.escape(m[-1])}\\.?" for m in sorted(short, key=len, reverse=True))
    bare = (f"(?<![ก-๙]){re.escape(m)}\\.?(?![ก-๙])" for m in sorted(short, key=len, reverse=True))
    return "|".join((*THAI, *misprints, *dotted, *bare, f"(?<![A-Za-z])(?:{english})\\.?(?![A-Za-z])"))
