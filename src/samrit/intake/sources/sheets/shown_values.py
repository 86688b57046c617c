"""Stored numbers as a spreadsheet shows them: rounding, separators, percent, dates with Thai and Buddhist years."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from samrit.intake.sources.sheets.number_formats import FormatSection, section_for
from samrit.intake.sources.sheets.shown_dates import shown_date
from samrit.vocabulary.pasted import is_padded_dash
from samrit.vocabulary.text import thai_digits

_STORED_DIGITS = 15  # a spreadsheet holds no more; what lies beyond is noise of binary fractions
_TYPED_DECIMALS = 6  # what a person types; more comes out of a calculation
_LARGEST_EXPONENT = 20  # from here on a spreadsheet shows 1E+21
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_STORED = Context(prec=_STORED_DIGITS, rounding=ROUND_HALF_UP)


def stored_number(raw: str | float) -> Decimal | None:
    """Return the number that a file holds, without the noise of binary fractions; None for what is no number."""
    try:
        value = _STORED.create_decimal(Decimal(repr(raw) if isinstance(raw, float) else raw.strip()))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return value if value.is_finite() and abs(value.adjusted()) < 400 else None


def shown(value: Decimal, code: str, *, computed: bool = False, since_1904: bool = False) -> str:
    """Return ``value`` as the format ``code`` shows it.

    A figure that was typed (not ``computed``) keeps up to six decimals that its format
    would round away: they are what the person typed and what the sums are made of.
    """
    section, minus = section_for(code, value)
    if section.is_date:
        dated = shown_date(value, section, since_1904=since_1904)
        text = _general(value) if dated is None else dated
    elif section.is_general or not (section.has_digits or section.pieces):
        text = "" if not section.pieces and ";" in code else _general(value)
    elif section.has_digits:
        text = _in_digits(abs(value), section, minus=minus, computed=computed)
    else:
        text = _literals(section, value)
    text = " ".join(text.split())
    return thai_digits(text) if section.thai_digits else text


def meant(value: Decimal, text: str) -> str:
    """Return what a number cell that shows ``text`` means: a zero shown as a dash is 0, brackets are a minus (P1).

    A dash beside the sign of a currency is one: "$ -" is what the format Accounting shows of 0 dollars.
    """
    if not value and text and (not text.strip("-–— ") or is_padded_dash(text)):
        return "0"
    if value < 0 and text.startswith("(") and text.endswith(")"):
        return f"-{text[1:-1].strip()}"
    return text


def _literals(section: FormatSection, value: Decimal) -> str:
    """Return a section without digits: fixed words ("–" for zero), or the number where the format is for text."""
    if any(piece.kind == "text" for piece in section.pieces):
        return _general(value)
    return "".join(piece.text for piece in section.pieces if piece.kind in {"literal", "percent"})


def _general(value: Decimal) -> str:
    """Return a number as a cell without format shows it."""
    if not value:
        return "0"
    trimmed = value.normalize(_WIDE)
    if trimmed.adjusted() > _LARGEST_EXPONENT or trimmed.adjusted() < -_LARGEST_EXPONENT:
        return f"{trimmed:E}"
    return f"{trimmed:f}"


def _in_digits(value: Decimal, section: FormatSection, *, minus: bool, computed: bool) -> str:
    pieces = section.pieces
    if any(piece.kind == "exponent" for piece in pieces) or any(p.kind == "literal" and p.text == "/" for p in pieces):
        return ("-" if minus else "") + _general(value)
    pattern = "".join(piece.text for piece in pieces if piece.kind == "digits")
    whole, _, decimals = pattern.partition(".")
    decimals = decimals.replace(".", "")
    thousandfold = len(pattern) - len(pattern.rstrip(",")) if pattern.rstrip(",") else 0
    scaled = value.scaleb(2 * sum(p.kind == "percent" for p in pieces) - 3 * thousandfold, _WIDE)
    decimals = decimals.rstrip(",")
    number = _rounded(scaled, decimals, computed=computed)
    grouped = "," in whole.rstrip(",")
    digits = _padded(number, whole.count("0"), grouped=grouped)
    return _assembled(section, ("-" if minus and number else "") + digits)


def _rounded(value: Decimal, decimals: str, *, computed: bool) -> Decimal:
    """Return ``value`` with the places that its format shows, or those that were typed."""
    places = len(decimals)
    exact = -int(value.normalize(_WIDE).as_tuple().exponent)
    if not computed and places < exact <= _TYPED_DECIMALS:
        return value.quantize(Decimal(1).scaleb(-exact), context=_WIDE)
    try:
        number = value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    except InvalidOperation:  # more digits than anyone reads
        return value
    for sign in reversed(decimals):  # "#" shows no zeros at the end
        if sign != "#" or number != number.quantize(Decimal(1).scaleb(1 - places), context=_WIDE):
            break
        places -= 1
        number = number.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    return number


def _padded(number: Decimal, least: int, *, grouped: bool) -> str:
    text = f"{number:f}"
    whole, point, decimals = text.partition(".")
    whole = whole.lstrip("0").rjust(least, "0")
    if not whole and not decimals:
        whole = ""
    if grouped and whole:
        head = len(whole) % 3
        groups = [whole[:head]] if head else []
        whole = ",".join(groups + [whole[at : at + 3] for at in range(head, len(whole), 3)])
    return whole + point + decimals


def _assembled(section: FormatSection, digits: str) -> str:
    """Put the digits among the words of the format; brackets around a negative number give way to its minus sign."""
    parts: list[str] = []
    placed = False
    for piece in section.pieces:
        if piece.kind == "digits":
            if not placed:
                parts.append(digits)
            placed = True
        elif piece.kind in {"literal", "percent"}:
            parts.append(piece.text)
    text = "".join(parts)
    if digits.startswith("-"):
        text = "-" + text.replace("(", "").replace(")", "").replace("-", "").replace("−", "").strip()
    return text


_DECIMALS_SHOWN = re.compile(r"-?[0-9][0-9,]*(?:\.([0-9]+))?")


def with_typed_decimals(text: str, value: Decimal) -> str:
    """Return a figure's shown ``text`` with the decimals of its stored ``value`` that the format rounded away."""
    match = _DECIMALS_SHOWN.search(text)
    if match is None:
        return text
    scaled = value.scaleb(2, _WIDE) if "%" in text else value
    exact = -int(scaled.normalize(_WIDE).as_tuple().exponent)
    places = len(match[1] or "")
    if not places < exact <= _TYPED_DECIMALS:
        return text
    # Only the same figure with fewer decimals is replaced; formats may show something else altogether.
    if abs(stored_number(match[0].replace(",", "")) or Decimal(0)) != abs(_placed(scaled, places)):
        return text
    separators = "," if "," in match[0] else ""
    return text[: match.start()] + f"{_placed(scaled, exact):{separators}f}" + text[match.end() :]


def _placed(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
