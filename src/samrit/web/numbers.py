"""Whole numbers in addresses."""

from __future__ import annotations


def whole(text: str | None, default: int, *, most: int = 1_000_000) -> int:
    """Return the number in an address's query, or ``default`` for anything else; never raises."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > len(str(most)):
        return default
    return min(int(text), most)
