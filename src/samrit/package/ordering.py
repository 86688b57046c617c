"""The order of rows: by key, with numbers inside identifiers counted as numbers."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

_split = re.compile(r"([0-9]+)").split
_HIGHEST = 0x10FFFF

SortKey = tuple[int] | tuple[str, str] | tuple[()]


@lru_cache(maxsize=1 << 15)
def natural(text: str) -> tuple[str, str]:
    """Return a sort key in which S2-9 comes before S2-10; different texts never compare equal."""
    parts = _split(text)
    parts[1::2] = [_number(digits) for digits in parts[1::2]]
    return "".join(parts), text


def _number(digits: str) -> str:
    """Return digits that compare as their number does, before letters; of equal numbers the longer comes first."""
    plain = digits.lstrip("0")
    # One character each for "a number begins", how long it is, and how few zeros was before it.
    return f"\0{chr(min(len(plain), _HIGHEST))}{plain}{chr(max(_HIGHEST - len(digits) + len(plain), 0))}"


def sort_key(value: object) -> SortKey:
    """Return a sort key for a value of a key column; blank first."""
    if value is None:
        return ()
    if isinstance(value, date):
        return natural(value.isoformat())
    if isinstance(value, int):
        return (value,)
    return natural(str(value))


class SortKeys(dict[Any, SortKey]):
    """The sort keys of values that many columns of a plan share, each made once."""

    def __missing__(self, value: Any) -> SortKey:
        self[value] = key = sort_key(value)
        return key
