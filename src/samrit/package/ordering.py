"""The order of rows: by key, with numbers inside identifiers counted as numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

_PARTS = re.compile(r"[0-9]+|[^0-9]+")

SortKey = tuple[tuple[int, Decimal, str], ...]


@lru_cache(maxsize=1 << 15)
def natural(text: str) -> SortKey:
    """Return a sort key in which S2-9 comes before S2-10; different texts never compare equal."""
    return tuple(
        (0, Decimal(part), part) if part[0] in "0123456789" else (1, Decimal(), part) for part in _PARTS.findall(text)
    )


def sort_key(value: object) -> SortKey:
    """Return a sort key for a value of a key column; blank first."""
    if value is None:
        return ()
    if isinstance(value, date):
        return natural(value.isoformat())
    if isinstance(value, int):
        return ((0, Decimal(value), ""),)
    return natural(str(value))
