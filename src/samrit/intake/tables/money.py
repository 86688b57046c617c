"""Money as people write it in tables: "500,000.-", "2,344,4O0", "300,000 + 200,000", "6,413,000 ต่อแห่ง" (R51, R214).

What the vocabulary reads is taken as it is.  Anything else is a reading: an amount with
what it was read as, or the words alone, always with a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from samrit.intake.cleaning import cleaned
from samrit.intake.tables.tokens import guessed_figure
from samrit.vocabulary.money import parse_money
from samrit.vocabulary.worded import powers_of_ten, worded_amount

_FIGURE = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_POINTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:\.-)?")
_POINT_AND_THREE = re.compile(r"[0-9]{1,3}\.[0-9]{3}\s*(?:บาท)?")  # money has two decimals
_YEAR = re.compile(r"2[0-9]{3}(?:\.00)?")
_SUM = re.compile(rf"(?:{_FIGURE})(?:\s*(?:บาท|\.-)?\s*\+\s*(?:{_FIGURE}))+\s*(?:บาท|\.-)?")
_PER = re.compile(
    rf"({_FIGURE})\s*(?:บาท|\.-)?\s*(?:/\s*|ต่อ\s*|ละ\s*|per\s+|each\b)(.*)|(.{{1,20}}ละ)\s*({_FIGURE})\s*(?:บาท|\.-)?",
    re.IGNORECASE,
)
_PER_YEAR = re.compile(r"(?:ปี|ปีงบประมาณ|year|annum)\s*$", re.IGNORECASE)
_KIND = r"\([ก-๙A-Za-z ./]{2,40}\)"
_MILLIONS = re.compile(rf"({_FIGURE})\s*({'|'.join(powers_of_ten())}|ลบ|m)\.?\s*(?:บาท)?\s*(?:{_KIND})?", re.IGNORECASE)
_NAMED = re.compile(
    rf"([ก-๙A-Za-z .:()]{{2,40}}?)(?<![A-Za-z])\s*:?\s*({_FIGURE})\s*(?:บาท|\.-)?"
    rf"|({_FIGURE})\s*(?:บาท|\.-)?\s*{_KIND}"
)
_NOTED = re.compile(rf"({_FIGURE})\s*(?:\.-)?\s*(?:\*{{1,3}}|[†‡¹²³])")
_FOREIGN = re.compile(r"\b(?:USD|EUR|JPY|GBP)(?![A-Za-z])|\$|€|ดอลลาร์|ยูโร|¥|เยน|£", re.IGNORECASE)
_NONE = re.compile(r"(?:ไม่มี|none|nil)", re.IGNORECASE)
_SMALLEST = 1000  # baht; a smaller figure beside words is rather a number than an amount


@dataclass(frozen=True, slots=True)
class MoneyReading:
    """What a cell of money says: an amount in baht or None, and the way it was read where that is a reading.

    ``reading`` is "" where it was read as printed, else "noted", "guessed", "points", "sum",
    "per_year", "millions", "named", "worded"; "words" where the text stands without an amount,
    "differs" where a figure and the words beside it say two amounts.
    """

    text: str
    amount: Decimal | None
    uses_no_budget: bool = False
    reading: str = ""


@lru_cache(maxsize=8192)
def read_money(text: str) -> MoneyReading:
    """Return the reading of a cell of money; a text that is none has the reading "words" and no amount."""
    clean = cleaned(text)
    plain = parse_money(clean)
    if _POINT_AND_THREE.fullmatch(clean):
        return MoneyReading(text, Decimal(clean.removesuffix("บาท").strip().replace(".", "")), reading="points")
    if not plain.findings:
        amount = plain.amount if isinstance(plain.amount, Decimal) else None
        return MoneyReading(text, amount, plain.uses_no_budget)
    if any(finding.code == "money_words_differ" for finding in plain.findings):
        return MoneyReading(text, None, reading="differs")
    if _NONE.fullmatch(clean):
        return MoneyReading(text, None, uses_no_budget=True)
    if _FOREIGN.search(clean):
        return MoneyReading(text, None, reading="words")
    for name, read in _READINGS:
        amount = read(clean)
        if amount is not None:
            return MoneyReading(text, amount, reading=name)
    return MoneyReading(text, None, reading="words")


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _noted(text: str) -> Decimal | None:
    """Read an amount with the mark of a note behind it: "300,000**"."""
    match = _NOTED.fullmatch(text)
    return _number(match[1]) if match else None


def _guessed(text: str) -> Decimal | None:
    return guessed_figure(text.removesuffix(".-").removesuffix("บาท").strip())


def _points(text: str) -> Decimal | None:
    return Decimal(text.removesuffix(".-").replace(".", "")) if _POINTS.fullmatch(text) else None


def _summed(text: str) -> Decimal | None:
    return sum((_number(f) for f in re.findall(_FIGURE, text)), Decimal()) if _SUM.fullmatch(text) else None


def _per_year(text: str) -> Decimal | None:
    match = _PER.fullmatch(text)
    if match is None or match[1] is None or not _PER_YEAR.match(match[2]):
        return None
    return _number(match[1])


def _millions(text: str) -> Decimal | None:
    match = _MILLIONS.fullmatch(text)
    amount = _number(match[1]) * 10 ** powers_of_ten().get(match[2], 6) if match else None
    return amount if amount is None or amount % 1 else amount.quantize(Decimal(1))


def _named(text: str) -> Decimal | None:
    """Read one amount with the name of its kind: "งบลงทุน 2,000,000"; an amount for each of something is none."""
    match = _NAMED.fullmatch(text)
    if match is None or _PER.fullmatch(text):
        return None
    if _YEAR.fullmatch(match[2] or match[3]):
        return None
    amount = _number(match[2] or match[3])
    return amount if amount >= _SMALLEST else None


_READINGS = (
    ("noted", _noted),
    ("guessed", _guessed),
    ("points", _points),
    ("sum", _summed),
    ("per_year", _per_year),
    ("millions", _millions),
    ("named", _named),
    ("worded", worded_amount),
)
