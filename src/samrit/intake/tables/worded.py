"""Amounts in Thai words: "หนึ่งแสนบาทถ้วน", "สองล้านห้าแสนบาท" (R51)."""

from __future__ import annotations

import re
from decimal import Decimal

from samrit.intake.headings import number_words

_MILLION = 6
_LONGEST = 120


def worded_amount(text: str) -> Decimal | None:
    """Return the amount that a text says in words and nothing else, None where it says none, or only a digit."""
    words = number_words()
    end = f"(?:{'|'.join(words.endings)})*"
    match = re.fullmatch(rf"((?:{'|'.join(words.values)})+){end}", "".join(text.split())[:_LONGEST])
    if match is None:
        return None
    total, part, digit, powers = 0, 0, None, 0
    for word in re.findall("|".join(words.values), match[1]):
        kind, value = words.values[word]
        powers += kind == "power"
        if kind == "digit":
            if digit is not None:
                return None  # digits are told one by one: no amount
            digit = value
        elif value == _MILLION:
            total, part, digit = (total + part + (digit or 0) or 1) * 10**_MILLION, 0, None
        else:
            part, digit = part + (1 if digit is None else digit) * 10**value, None
    return Decimal(total + part + (digit or 0)) if powers else None
