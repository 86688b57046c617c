"""Reading an amount of money as printed: "1,234,500 บาท", "15.10 ล้านบาท", "ไม่ใช้งบประมาณ" (R51, R214)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from samrit.vocabulary.figures import MAX_DIGITS, MAX_LENGTH, NUMBER, NoNumber, parse_figure, shortened, to_decimal
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.text import arabic_digits, tidy


@dataclass(frozen=True, slots=True)
class ParsedMoney:
    """An amount in baht; ``text`` is the original, unchanged.

    ``amount`` is ``NoNumber.NOTHING`` where the text says that no budget is used
    (``uses_no_budget`` is then True) or prints a dash, ``NoNumber.BLANK`` where nothing was read.
    """

    text: str
    amount: Decimal | NoNumber
    uses_no_budget: bool = False
    findings: tuple[Finding, ...] = ()


_NO_BUDGET = re.compile(
    r"(ไม่(ได้)?\s?(ใช้|มี|ขอ|ต้องใช้|ขอรับ|ได้รับ)\s?(การ|ขอรับ)?\s?(จัดสรร)?\s?(งบ|งบประมาณ|เงินงบประมาณ|งบฯ|งปม\.?)"
    r"|no budget|without budget|not funded)(\s?\([^()]*\))?",
    re.IGNORECASE,
)
_SCALES = (
    ("พันล้านบาท", Decimal(10**9)),
    ("ล้านล้านบาท", Decimal(10**12)),
    ("ล้านบาท", Decimal(10**6)),
    ("ลบ.", Decimal(10**6)),
    ("million baht", Decimal(10**6)),
    ("พันบาท", Decimal(10**3)),
    ("หมื่นบาท", Decimal(10**4)),
    ("แสนบาท", Decimal(10**5)),
    ("บาทถ้วน", Decimal(1)),
    ("บาท", Decimal(1)),
    ("baht", Decimal(1)),
    ("thb", Decimal(1)),
    ("฿", Decimal(1)),
    ("", Decimal(1)),
)
_AMOUNT = re.compile(
    rf"(?:งบประมาณ|วงเงิน(?:งบประมาณ)?|เป็นเงิน|จำนวน(?:เงิน)?|รวม|ประมาณ|budget|total|฿|thb|\s|:)*"
    rf"(-?)({NUMBER})\s?([^0-9]*)",
    re.IGNORECASE,
)


def parse_money(text: str | None, *, place: Place | None = None) -> ParsedMoney:
    """Read one amount of money, in baht; never raises.

    Units such as ล้านบาท are multiplied out exactly.  Two amounts in one text, or words
    that are not understood, give a finding (``money_several``, ``money_not_read``) and no amount.
    """
    original = text or ""
    where = place or Place()
    if len(original) > MAX_LENGTH:
        return _unread(original, "money_too_long", where, limit=MAX_LENGTH)
    clean = arabic_digits(tidy(original)).strip("() ")
    mark = parse_figure(clean)
    if isinstance(mark, NoNumber):
        return ParsedMoney(original, mark)
    if _NO_BUDGET.fullmatch(clean):
        return ParsedMoney(original, NoNumber.NOTHING, uses_no_budget=True)
    match = _AMOUNT.fullmatch(clean)
    if match is None:
        several = len(re.findall(NUMBER, clean)) > 1
        return _unread(original, "money_several" if several else "money_not_read", where)
    return _amount(original, match, where)


def _amount(original: str, match: re.Match[str], where: Place) -> ParsedMoney:
    word = match[3].strip().casefold()
    word = word.removeprefix(".-").strip() or word.removesuffix(".-").strip()
    scale = next((factor for name, factor in _SCALES if word == name), None)
    if scale is None:
        return _unread(original, "money_not_read", where)
    number = to_decimal(match[2])
    if number is None:
        return _unread(original, "money_too_long", where, limit=MAX_DIGITS)
    amount = number if scale == 1 else _whole(number * scale)
    return ParsedMoney(original, amount.copy_negate() if match[1] and amount else amount)


def _whole(amount: Decimal) -> Decimal:
    """Drop trailing zeros that the multiplication made, without an exponent."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount


def _unread(original: str, code: str, where: Place, **params: object) -> ParsedMoney:
    finding = Finding(code, where, {"text": shortened(original), **params})
    return ParsedMoney(original, NoNumber.BLANK, findings=(finding,))
