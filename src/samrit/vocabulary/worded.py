"""Amounts in words, Thai and English: "หนึ่งแสนบาทถ้วน", "five hundred thousand baht only" (R51, R214)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, cast

from samrit.vocabulary.speech import Currency, speech

_MILLION, _THOUSAND = 6, 3
_SMALLEST = 10  # a digit in words may be a number of anything
_LONGEST = 200


def worded_amount(text: str) -> Decimal | None:
    """Return the amount of the plan's money that a text says in words and nothing else.

    None where it says none, only a digit ("สองบาท" may be anything) or only what others are counted in ("ล้านบาท").
    """
    amount = written_out(text)
    return None if amount is None or amount < _SMALLEST else amount


def written_out(text: str) -> Decimal | None:
    """Return what a text says in words and nothing else, a single digit too: the words beside a figure."""
    if len(text) > _LONGEST:
        return None
    money = speech().money
    text = _before().sub("", text.strip(), count=1)
    thai = _thai_of(money).fullmatch("".join(text.split()))
    if thai is None:
        return _english(text, money)
    if _is_unit(thai["whole"]):
        return None
    whole, part = _thai(thai["whole"]), _thai(thai["part"] or "")
    if whole is None or (thai["part"] and (part is None or part >= 100)):
        return None
    return whole + (part / 100 if thai["part"] and part else 0)


@cache
def _book() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("number_words.toml").read_text("utf-8")
    return cast("Mapping[str, Any]", tomllib.loads(text))


@cache
def _thai_words() -> Mapping[str, tuple[str, int]]:
    """Return each word with its kind and its value or power of ten, the longest first."""
    book = _book()["th"]
    kinds = (("digit", "digit"), ("digit_otherwise", "digit"), ("power", "power"))
    told = {word: (kind, value) for code, kind in kinds for value, word in enumerate(book[code]) if word}
    return dict(sorted(told.items(), key=lambda item: -len(item[0])))


@cache
def _thai_of(money: Currency) -> re.Pattern[str]:
    book, words = _book()["th"], f"(?:{_thai_word().pattern})+"
    end, name = f"(?:{'|'.join(book['ending'])})?", re.escape(money.th)  # a plan calls its money as it likes
    return re.compile(rf"(?P<whole>{words})(?:{name})?(?:(?P<part>{words}){book['hundredth']})?{end}")


@cache
def _thai_word() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _thai_words())))


def _thai(text: str) -> Decimal | None:
    """Return the value of Thai words of numbers; digits told one after the other are no number."""
    total, part, digit = 0, 0, None
    for word in _thai_word().findall(text):
        kind, value = _thai_words()[word]
        if kind == "digit":
            if digit is not None:
                return None
            digit = value
        elif value == _MILLION:
            total, part, digit = (total + part + (digit or 0) or 1) * 10**_MILLION, 0, None
        else:
            part, digit = part + (1 if digit is None else digit) * 10**value, None
    return Decimal(total + part + (digit or 0))


def _is_unit(words: str) -> bool:
    """Say whether words are powers of ten alone, from thousands on: "พันล้านบาท" is above or behind figures."""
    told = [_thai_words()[word] for word in _thai_word().findall(words)]
    return all(kind == "power" for kind, _ in told) and max(value for _, value in told) >= _THOUSAND


def powers_of_ten() -> Mapping[str, int]:
    """Return the Thai words that multiply a figure, from thousands on, with their powers of ten."""
    return {word: value for word, (kind, value) in _thai_words().items() if kind == "power" and value >= _THOUSAND}


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(_book()['th']['before'])})\s*:?\s*", re.IGNORECASE)


def _english(text: str, money: Currency) -> Decimal | None:
    book = _book()["en"]
    words = re.findall("[a-z]+", text.casefold())
    if not words or re.search("[^a-z ,.-]", text.casefold()):
        return None
    endings = {*book["ending"], *money.en.casefold().split(), money.code.casefold()}
    while words and words[-1] in endings:
        words.pop()
    if words and words[0] == money.code.casefold():
        del words[0]
    total, part, told = 0, 0, 0
    for word in words:
        if word == book["hundred"]:
            part *= 100
        elif word in book["power"]:
            total, part = total + part * 1000 ** book["power"].index(word), 0
        elif word in book["digit"] or word in book["ten"]:
            part += book["digit"].index(word) if word in book["digit"] else 10 * book["ten"].index(word)
        elif word not in book["between"]:
            return None
        told += word not in book["between"]
    return Decimal(total + part) if told and total + part else None
