"""Rows that give the sum of several works: "รวมทั้งสิ้น", "รวม 12 โครงการ", "Grand total"."""

from __future__ import annotations

import re

from samrit.intake.headings import pattern

_BEGINS = re.compile(pattern("sum"), re.IGNORECASE)
_BARE = re.compile(r"(?:รวม|total)\s*:?", re.IGNORECASE)
_OF = (
    r"ทั้งสิ้น|ทั้งหมด|ทั้งปี|เป็นเงิน|เงิน|งบประมาณ|ยุทธศาสตร์|กลยุทธ์|แผนงาน|กองทุน|ทุก"
    r"|[0-9๐-๙]+\s*(?:งาน|โครงการ|กิจกรรม)|of\b|budget|for\b"
)
_SUM = re.compile(
    rf"(?:รวม|ยอดรวม|ผลรวม|(?:grand|sub)?\s*-?total)\s*(?:{_OF})[^\n]{{0,60}}|(?:รวม|(?:grand|sub)?\s*-?total)\s*:?",
    re.IGNORECASE,
)


def is_sum(text: str) -> bool:
    """Say whether the words of a row's first cell announce a sum of several works."""
    return bool(_SUM.fullmatch(text.strip()))


def begins_sum(text: str) -> bool:
    """Say whether words may name the sum of a part ("รวมส่วนกลาง"): figures alone must follow."""
    return bool(_BEGINS.match(text.strip()))


def is_bare_sum(text: str) -> bool:
    """Say whether they are nothing but "รวม" or "Total", as documents also close a single work."""
    return bool(_BARE.fullmatch(text.strip()))
