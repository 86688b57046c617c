"""Reading a target as printed: comparator, value and unit of measure, with the words kept (R93–R95, R98).

"ไม่น้อยกว่า 80 แห่ง", "(ร้อยละ 85)", "ระดับ 5", "รายงาน 1 ฉบับ", "ไม่เกินร้อยละ 8 ของกรอบ", "-".
A text with two numbers, or with a date instead of a quantity, gets a finding and no value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from samrit.vocabulary.figures import MAX_DIGITS, MAX_LENGTH, NUMBER, NoNumber, parse_figure, shortened, to_decimal
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.months import month_pattern
from samrit.vocabulary.text import arabic_digits, tidy

PERCENT = "ร้อยละ"
LEVEL = "ระดับ"


@dataclass(frozen=True, slots=True)
class ParsedTarget:
    """A target taken apart; ``text`` is the original, unchanged.

    ``upper`` is the upper end of a range, ``value`` its lower (AC13).
    ``comparator`` is a code of the group "comparator" ("eq", "ge", "le", "gt", "lt").
    ``counted`` holds words before the number that are not a unit ("รายงาน" of "รายงาน 1 ฉบับ"),
    ``of_what`` words after the unit ("ของกรอบอัตราบุคลากร").
    """

    text: str
    value: Decimal | NoNumber
    comparator: str = "eq"
    unit_of_measure: str = ""
    counted: str = ""
    of_what: str = ""
    upper: Decimal | None = None
    findings: tuple[Finding, ...] = ()


# Longest first, so that "ไม่น้อยกว่า" is not read as "น้อยกว่า".
_COMPARATORS = sorted(
    {
        "ไม่น้อยกว่า": "ge", "ไม่ต่ำกว่า": "ge", "อย่างน้อย": "ge", "อย่างต่ำ": "ge", "ตั้งแต่": "ge",
        "เป็นอย่างน้อย": "ge", "≥": "ge", ">=": "ge", "at least": "ge", "not less than": "ge", "no less than": "ge",
        "minimum": "ge", "not below": "ge",
        "ไม่เกินกว่า": "le", "ไม่เกิน": "le", "ไม่มากกว่า": "le", "ไม่สูงกว่า": "le", "อย่างมาก": "le", "≤": "le",
        "<=": "le", "at most": "le", "not more than": "le", "no more than": "le", "not exceeding": "le",
        "up to": "le", "maximum": "le", "ภายใน": "le", "within": "le",
        "มากกว่า": "gt", "สูงกว่า": "gt", "เกินกว่า": "gt", "เกิน": "gt", ">": "gt", "more than": "gt",
        "greater than": "gt", "over": "gt", "above": "gt",
        "น้อยกว่า": "lt", "ต่ำกว่า": "lt", "<": "lt", "less than": "lt", "below": "lt", "under": "lt",
        "เท่ากับ": "eq", "=": "eq", "equal to": "eq",
    }.items(),
    key=lambda pair: -len(pair[0]),
)  # fmt: skip
_LEADING = ("เป้าหมาย", "ค่าเป้าหมาย", "target")
_FROM_UP = re.compile(r"\s*(ขึ้นไป|or more|or above|and above)$", re.IGNORECASE)
_OR_LESS = re.compile(r"\s*(ลงมา|ลงไป|or less|or below)$", re.IGNORECASE)
_NUMBER = re.compile(rf"(?<![0-9.,])(?:{NUMBER})(?![0-9]|[.,][0-9])")
_RANGE = re.compile(rf"(?<![0-9.,])({NUMBER})\s*%?\s*(?:[-–—]|ถึง|to)\s*({NUMBER})(?![0-9]|[.,][0-9])")
_DIGIT = re.compile("[0-9]")
_DATE_BEFORE = re.compile(rf"{month_pattern()}|(?:ไตรมาส(?:ที่)?|วันที่|เดือน|พ\.?ศ\.?|quarter)\s*$", re.IGNORECASE)
_DATE_AFTER = re.compile(month_pattern(), re.IGNORECASE)
_YEAR_WORD = re.compile(r"(?:ปี|งบประมาณ|year)\s*$", re.IGNORECASE)
_YEAR_DIGITS = re.compile(r"(?:19|20|24|25|26)[0-9]{2}")
_PERCENT_UNITS = {"ร้อยละ", "%", "เปอร์เซ็นต์", "เปอร์เซนต์", "percent", "per cent"}
_SIZES = {
    "ร้อย": 100, "พัน": 1000, "หมื่น": 10_000, "แสน": 100_000, "ล้าน": 1_000_000,
    "hundred thousand": 100_000, "hundred": 100, "thousand": 1000, "million": 1_000_000,
}  # fmt: skip
_LEAST_RATE = 100
_RATE = re.compile(  # no size in พันธุ์, ผูกพัน, เรียบร้อย, ร้อยเอ็ด
    r"(?:ต่อ(?!เนื่อง)[ก-๙]{0,24}?|/|\bper\b[a-z ]{0,24}?)\s*"
    rf"(?:(?P<number>[0-9][0-9, ]*)(?P<times>{'|'.join(_SIZES)})?"
    rf"|(?<!ผูก)(?<!เรียบ)(?P<word>{'|'.join(_SIZES)})(?!ธ|เอ็ด))"
)
_PER_DAY = re.compile(r"(?:ต่อ|/|\bper)\s*(?:วัน(?!ที่)|days?\b)")
_OF = re.compile(r"^\(?\s?(ของ|จาก|เมื่อเทียบ|เทียบ|ต่อ|ในการ|ที่|โดย|ภายใน|of |within )")


def is_percent_unit(unit: str) -> bool:
    """Tell whether a unit of measure means percent: "ร้อยละ", "%", "เปอร์เซ็นต์", "(ร้อยละ)"."""
    return unit_name(unit).casefold() in _PERCENT_UNITS


@cache
def rate_of(text: str) -> Decimal | None:
    """Return what a rate is per, where a unit of measure or a name says so: "ต่อพัน" → 1000, "per day" → 1 (AC14).

    None where nothing is said: a percent, a count, an amount per person.
    """
    clean = arabic_digits(tidy(text)).casefold()
    if "‰" in clean:
        return Decimal(1000)
    if any(word in clean for word in _PERCENT_UNITS):
        return None
    found = _RATE.search(clean)
    if found is None:
        return Decimal(1) if _PER_DAY.search(clean) else None
    number = Decimal(re.sub(r"\D", "", found["number"] or "") or 1)
    value = number * _SIZES.get(found["times"] or found["word"] or "", 1)
    return value if value >= _LEAST_RATE and value.normalize().as_tuple().digits == (1,) else None


def unit_name(text: str) -> str:
    """Return the bare unit of measure: "จำนวน (แห่ง)" → "แห่ง", "(คน)" → "คน", "%" → "ร้อยละ"; otherwise as printed."""
    clean = tidy(text)
    match = re.fullmatch(r"(?:จำนวน|หน่วย|number)?\s*\(\s*([^()]+?)\s*\)", clean, re.IGNORECASE)
    name = match[1] if match else clean
    return PERCENT if name.casefold() in _PERCENT_UNITS else name


def parse_target(text: str | None, *, place: Place | None = None) -> ParsedTarget:
    """Take a printed target apart; never raises, never invents.

    "-" gives ``NoNumber.NOTHING`` (no target that year, R95), an empty cell
    ``NoNumber.BLANK``.  Where no single quantity can be read the value is BLANK and a
    finding says why: ``target_without_number``, ``target_is_a_date``,
    ``target_ambiguous`` or ``target_too_long``.
    """
    original = text or ""
    where = place or Place()
    if len(original) > MAX_LENGTH:
        return _unread(original, "target_too_long", where, limit=MAX_LENGTH)
    clean = _unbracketed(arabic_digits(tidy(original)))
    if not clean or not _DIGIT.search(clean):
        mark = parse_figure(clean)
        return ParsedTarget(original, mark) if isinstance(mark, NoNumber) else _unread(
            original, "target_without_number", where
        )  # fmt: skip
    comparator, body = _comparator(clean)
    numbers = list(_NUMBER.finditer(body))
    if not numbers:
        return _unread(original, "target_ambiguous", where)
    if (ends := _RANGE.search(body)) and not _is_date(
        body[: ends.start()].strip(" :"), ends[1], body[ends.end() :].strip()
    ):
        return _range(original, comparator, (body[: ends.start()], ends, body[ends.end() :]), where)
    first = numbers[0]
    before, after = body[: first.start()].strip(" :"), body[first.end() :].strip()
    if _is_date(before, first[0], after):
        return _unread(original, "target_is_a_date", where)
    return _quantity(original, comparator, (before, first[0], after), where)


def _range(original: str, comparator: str, parts: tuple[str, re.Match[str], str], where: Place) -> ParsedTarget:
    """Read "ร้อยละ 40–60" and "3 - 5 แห่ง": both ends in order, and no comparator beside them (AC13)."""
    before, ends, after = parts
    lower = _quantity(original, comparator, (before.strip(" :"), ends[1], after.strip()), where)
    upper = to_decimal(ends[2])
    is_range = isinstance(lower.value, Decimal) and upper is not None and lower.comparator == "eq"
    if not is_range or lower.value >= upper or _are_years(ends, lower.unit_of_measure):  # type: ignore[operator]
        return lower if lower.findings else _unread(original, "target_ambiguous", where)
    return replace(lower, upper=upper)


def _are_years(ends: re.Match[str], unit: str) -> bool:
    """Tell whether a range is one of years: "2566–2570", never "2500 - 3000 คน" or "2500 - 2600 คน"."""
    return not unit.removesuffix("ปี").strip() and all(map(_YEAR_DIGITS.fullmatch, ends.group(1, 2)))


def _is_date(before: str, number: str, after: str) -> bool:
    """Tell whether the number belongs to a date: "ภายในเดือนมิถุนายน 2568", "5 มกราคม", "ปี 2569", "ไตรมาส 4"."""
    year = _YEAR_WORD.search(before) and _YEAR_DIGITS.fullmatch(number)
    return bool(year or _DATE_BEFORE.search(before) or _DATE_AFTER.match(after))


def _quantity(original: str, comparator: str, parts: tuple[str, str, str], where: Place) -> ParsedTarget:
    before, printed, after = parts
    unit, counted = _unit_before(before)
    inner, counted = _split_comparator(counted)
    counted = counted.removesuffix("จำนวน").strip()
    if unit:
        of_what = after.removeprefix("%").strip() if unit == PERCENT else after
    else:
        unit, of_what = _unit_after(after)
    if _DIGIT.search(of_what if not _OF.match(of_what) else "") or _DIGIT.search(unit) or _DIGIT.search(before):
        return _unread(original, "target_ambiguous", where)
    value = to_decimal(printed)
    if value is None:
        return _unread(original, "target_too_long", where, limit=MAX_DIGITS)
    return ParsedTarget(original, value, inner or comparator, unit, counted, of_what)


def _comparator(text: str) -> tuple[str, str]:
    """Return the comparator at the start (or "ขึ้นไป" at the end) and the rest of the text."""
    for word in _LEADING:
        text = text.removeprefix(word).lstrip(" :=") if text.startswith(word) else text
    found, rest = _split_comparator(text, at_start=True)
    for pattern, code in ((_FROM_UP, "ge"), (_OR_LESS, "le")):
        if pattern.search(rest):
            return code, pattern.sub("", rest)
    return found or "eq", _unbracketed(rest)


def _split_comparator(text: str, *, at_start: bool = False) -> tuple[str, str]:
    """Return the code of a comparator word at the start, or else the end, of ``text`` and what is left."""
    folded = text.casefold()
    for word, code in _COMPARATORS:
        if folded.startswith(word):
            return code, text[len(word) :].strip()
        if not at_start and folded.endswith(word):
            return code, text[: -len(word)].strip()
    return "", text


def _unit_before(before: str) -> tuple[str, str]:
    """Split the words before the number into a unit that is printed there (ร้อยละ, ระดับ) and the rest."""
    for word in (PERCENT, LEVEL, "level", "percent"):
        if before.casefold().endswith(word):
            unit = {"level": LEVEL, "percent": PERCENT}.get(word, word)
            return unit, before[: -len(word)].strip()
    return "", before.removesuffix("จำนวน").strip()


def _unit_after(after: str) -> tuple[str, str]:
    """Split the words after the number into the unit of measure and what it is counted of."""
    if after.startswith("%"):
        return PERCENT, after[1:].strip()
    match = re.search(r"\s+(?=ของ|จาก|ต่อ|ภายใน|\(|of |within )|(?<=[ก-๙])(?=\()", after)
    unit, of_what = (after[: match.start()], after[match.end() :]) if match else (after, "")
    return unit_name(unit.strip(" .")), of_what.strip()


def _unbracketed(text: str) -> str:
    """Take off one pair of brackets that encloses the whole text."""
    inner = text[1:-1]
    encloses = text.startswith("(") and text.endswith(")") and "(" not in inner and ")" not in inner
    return inner.strip() if encloses else text


def _unread(original: str, code: str, where: Place, **params: object) -> ParsedTarget:
    finding = Finding(code, where, {"text": shortened(original), **params})
    return ParsedTarget(original, NoNumber.BLANK, findings=(finding,))
