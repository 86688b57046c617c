"""Reading money as printed: "1,234,500 บาท", "15.10 ล้านบาท", "ไม่ใช้งบประมาณ", "498000 (เงินอุดหนุน)" (R51, R123, R214)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from samrit.vocabulary.figures import MAX_DIGITS, MAX_LENGTH, NUMBER, NoNumber, parse_figure, shortened, to_decimal
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.speech import Currency, currencies, speech
from samrit.vocabulary.text import arabic_digits, tidy
from samrit.vocabulary.worded import written_out


@dataclass(frozen=True, slots=True)
class ParsedMoney:
    """An amount of the plan's money; ``text`` is the original, unchanged.

    ``amount`` is ``NoNumber.NOTHING`` where the text says that no budget is used
    (``uses_no_budget`` is then True) or prints a dash, ``NoNumber.BLANK`` where nothing was read.
    """

    text: str
    amount: Decimal | NoNumber
    uses_no_budget: bool = False
    findings: tuple[Finding, ...] = ()


_NO_BUDGET = re.compile(
    r"(ไม่(ได้)?\s?(ใช้|มี|ขอ|ต้องใช้|ขอรับ|ได้รับ)\s?(การ|ขอรับ)?\s?(จัดสรร)?\s?(งบ|งบประมาณ|เงินงบประมาณ|งบฯ|งปม\.?)"
    r"|no budget|without budget|not funded|ไม่มี|none|nil)(\s?\([^()]*\))?",
    re.IGNORECASE,
)
# Words that multiply an amount; the Thai ones are right before the money's name.
_TIMES = (
    ("ล้านล้าน", Decimal(10**12)),
    ("พันล้าน", Decimal(10**9)),
    ("ล้าน", Decimal(10**6)),
    ("แสน", Decimal(10**5)),
    ("หมื่น", Decimal(10**4)),
    ("พัน", Decimal(10**3)),
    ("million ", Decimal(10**6)),
    ("thousand ", Decimal(10**3)),
)
_OF_BAHT = {"ลบ.": Decimal(10**6), "บาทถ้วน": Decimal(1)}
_BEFORE = r"งบประมาณ|วงเงิน(?:งบประมาณ)?|เป็นเงิน|จำนวน(?:เงิน)?|รวม|ประมาณ|budget|total"
_RATE = re.compile(r"ละ\s*$|ต่อ\s*$|\bper\b|\beach\b", re.IGNORECASE)
_BEHIND = re.compile(r"(?P<amount>.*[^\s(])\s*\((?P<source>[^()]+)\)")
_AHEAD = re.compile(r"(?P<source>[^0-9(;:]+?)\s*:?\s*(?P<amount>(?<![A-Za-z])[0-9].*)")
_BESIDE = (  # a figure and the same in words, either in brackets
    re.compile(r"(?P<figure>[^()]*[0-9][^()]*)\((?P<words>[^()0-9]+)\)"),
    re.compile(r"(?P<words>[^()0-9]+)\((?P<figure>[^()]*[0-9][^()]*)\)"),
)


def parse_money(text: str | None, *, place: Place | None = None) -> ParsedMoney:
    """Read one amount of the plan's money; never raises, and never takes other money for it.

    Units such as ล้านบาท are multiplied out exactly.  Two amounts in one text, or words
    that are not understood, give a finding (``money_several``, ``money_not_read``) and no amount.
    """
    original = text or ""
    where = place or Place()
    if len(original) > MAX_LENGTH:
        return _unread(original, "money_too_long", where, limit=MAX_LENGTH)
    whole = arabic_digits(tidy(original))
    bare = parse_figure(whole, place=where)
    if isinstance(bare, Finding) and bare.code == "figure_in_brackets":  # less, in a spreadsheet; never taken for more
        return ParsedMoney(original, NoNumber.BLANK, findings=(bare,))
    clean = whole.strip("() ")
    mark = parse_figure(clean)
    if isinstance(mark, NoNumber):
        return ParsedMoney(original, mark)
    if _NO_BUDGET.fullmatch(clean):
        return ParsedMoney(original, NoNumber.NOTHING, uses_no_budget=True)
    if (beside := _beside_words(original, whole, where)) is not None:
        return beside
    match = _amount_of(speech().money).fullmatch(clean)
    if match is None:
        several = len(re.findall(NUMBER, clean)) > 1
        return _unread(original, "money_several" if several else "money_not_read", where)
    return _amount(original, match, where)


def parse_budgets(text: str | None) -> Iterator[tuple[ParsedMoney, str]]:
    """Yield each amount of a text with the source that it names, "" for none: "498000 (เงินอุดหนุน); รายได้ 20,000".

    Several sources are parted by ";" or are on lines of their own.  A part that can't be read has a finding.
    """
    whole = _beside_words(text or "", arabic_digits(tidy(text or "")), Place())
    if whole is not None:
        yield whole, ""
        return
    parts = [part.strip() for part in re.split(r"[;\n]", text or "")]
    for part in filter(None, parts):
        parsed, named = parse_money(part), ""
        if parsed.findings:
            parsed, named = _of_source(part) or (parsed, "")
        yield parsed, named


@cache
def _scales(money: Currency) -> Mapping[str, Decimal]:
    """Return what may be behind an amount of this money, and what it multiplies the amount by."""
    names = [name.casefold() for name in (money.code, money.th, money.en, *money.signs)]
    made = {"": Decimal(1), **{name: Decimal(1) for name in names}}
    made |= {f"{times}{name}": factor for times, factor in _TIMES for name in names}
    return made | (_OF_BAHT if money.code == "THB" else {})


@cache
def _amount_of(money: Currency) -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted((money.code, *money.signs), key=len, reverse=True))
    return re.compile(rf"(?:{_BEFORE}|{signs}|\s|:)*([-−]?)(?:{signs}|\s)*({NUMBER})\s?([^0-9]*)", re.IGNORECASE)


@cache
def _any_money() -> re.Pattern[str]:
    """Return a pattern of the names and signs of all known currencies."""
    names = {n for c in currencies().values() for n in (c.code, c.th, c.en, *c.signs) if len(n) > 1 or not n.isalnum()}
    told = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z])(?:{told})(?![A-Za-z])", re.IGNORECASE)


def _beside_words(original: str, whole: str, where: Place) -> ParsedMoney | None:
    """Return the one amount of a figure and the same in words: "500,000 บาท (ห้าแสนบาทถ้วน)"; none where they differ."""
    for pattern in _BESIDE if len(whole) <= MAX_LENGTH else ():
        match = pattern.fullmatch(whole.strip())
        words = written_out(match["words"].strip()) if match else None
        if match is None or words is None:
            continue
        figure = parse_money(match["figure"]).amount
        if isinstance(figure, Decimal) and figure == words:
            return ParsedMoney(original, figure)
        if isinstance(figure, Decimal):
            return _unread(original, "money_words_differ", where, figure=figure, words=words)
    return None


def _of_source(part: str) -> tuple[ParsedMoney, str] | None:
    """Return the amount of a part and the source that is in brackets behind it or in words before it."""
    clean = arabic_digits(tidy(part))
    for pattern in (_BEHIND, _AHEAD):
        match = pattern.fullmatch(clean)
        if match is None or _RATE.search(match["source"]):
            continue
        named = match["source"].strip()
        parsed = parse_money(match["amount"])
        if written_out(named) is not None:
            continue  # the amount itself, in words
        is_other_money = pattern is _AHEAD and bool(_any_money().search(named))
        if isinstance(parsed.amount, Decimal) and not parsed.findings and not is_other_money:
            return ParsedMoney(part, parsed.amount), named
    return None


def _amount(original: str, match: re.Match[str], where: Place) -> ParsedMoney:
    word = match[3].strip().casefold()
    word = word.removeprefix(".-").strip() or word.removesuffix(".-").strip()
    scale = _scales(speech().money).get(word)
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
