"""Numbers as Thai offices print them: digits, figures, targets, money, and how to show a Decimal.

The readers live in ``figures``, ``targets`` and ``money``; this module is the one door to them.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from samrit.vocabulary.figures import MAX_DIGITS, Figure, NoNumber, parse_figure
from samrit.vocabulary.money import ParsedMoney, parse_money
from samrit.vocabulary.speech import speech
from samrit.vocabulary.targets import ParsedTarget, is_percent_unit, parse_target, unit_name
from samrit.vocabulary.text import arabic_digits, thai_digits

__all__ = [
    "MAX_DIGITS",
    "Figure",
    "NoNumber",
    "ParsedMoney",
    "ParsedTarget",
    "arabic_digits",
    "format_money",
    "format_number",
    "is_percent_unit",
    "parse_figure",
    "parse_money",
    "parse_target",
    "thai_digits",
    "unit_name",
    "whole",
]

_LARGEST = 400  # digits before the point that can still be meant to be read by a person


def whole(text: str | None, default: int, *, most: int = 1_000_000) -> int:
    """Return the whole number that ``text`` is, up to ``most``, or ``default`` for anything else; never raises.

    The one way to read a number that others wrote: "²" and "๕" are digits to Python and no
    numbers, and thousands of digits are more than it takes.
    """
    if text is None or not text.isascii() or not text.isdigit() or len(text) > len(str(most)):
        return default
    return min(int(text), most)


def format_number(
    value: Decimal | int, places: int | None = 0, digits: str = "arabic", *, thousands: bool = True
) -> str:
    """Return ``value`` with exactly ``places`` decimals, rounded half up (DI1): 0.125 → "0.13", 2.5 → "3".

    ``places=None`` keeps every decimal that is not a trailing zero.  ``digits`` is
    "arabic" or "thai"; thousands are separated by commas unless switched off.  There is
    never an exponent and never a negative zero.  Raises ValueError for a value that is
    not finite or too large to print, for negative places and for unknown digits:
    these are faults of the program, not of the data.
    """
    number = Decimal(value)
    if not number.is_finite() or number.adjusted() > _LARGEST or (places is not None and not 0 <= places <= _LARGEST):
        raise ValueError(f"cannot print {number!r} with {places!r} places")
    if digits not in ("arabic", "thai"):
        raise ValueError(f"unknown digits {digits!r}")
    shown = _trimmed(number) if places is None else _rounded(number, places)
    if not shown:
        shown = shown.copy_abs()
    text = f"{shown:,f}" if thousands else f"{shown:f}"
    return thai_digits(text) if digits == "thai" else text


def format_money(amount: Decimal) -> str:
    """Return an amount in the plan's money: whole, or with the currency's decimals, and all that it has beyond."""
    places = 0 if amount == amount.to_integral_value() else speech().money.places
    return format_number(amount, places if _rounded(amount, places) == amount else None)


def _rounded(number: Decimal, places: int) -> Decimal:
    precision = max(number.adjusted(), 0) + places + 3
    return number.quantize(Decimal(1).scaleb(-places), context=Context(prec=precision, rounding=ROUND_HALF_UP))


def _trimmed(number: Decimal) -> Decimal:
    exact = Context(prec=max(len(number.as_tuple().digits), number.adjusted() + 1, 1))
    whole = number == number.to_integral_value()
    return number.quantize(Decimal(1), context=exact) if whole else number.normalize(exact)
