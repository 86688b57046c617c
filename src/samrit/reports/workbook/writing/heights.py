"""How wide and high text is, since not every program fits rows to wrapped text by itself."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from samrit.reports.document.inline import clean
from samrit.reports.look.fonts import text_width
from samrit.reports.look.paper import OFFICE_POINT

_LINE = 1.36  # of the type size; tone marks need it
_PADDING = 3.0
_LOOSE = 1.05  # lines break between words, and another font of the same name may run wider


def points_of(letters: float) -> float:
    """Return the width in points of a column of so many letters."""
    return (letters * 7 + 5) * 0.75


def lines_of(text: str, letters: float, size: int) -> int:
    """Return how many lines a text takes in a column of so many letters at a type size, guessed a little high."""
    room = points_of(letters) - 6
    return sum(
        max(1, -int(-text_width(part, size, bold=True) * OFFICE_POINT * _LOOSE // room))
        for part in clean(text).split("\n")
    )


def row_height(texts: Iterable[tuple[str, float]], size: int) -> float:
    """Return the height in points of a row whose cells hold these texts in columns of so many letters."""
    most = max((lines_of(text, letters, size) for text, letters in texts if text), default=1)
    return round(most * size * _LINE + _PADDING, 1)


def letters_of(value: Decimal | int, number: str = "") -> int:
    """Return how many letters a figure takes: by its number format, else with at most two decimals."""
    if number:
        return len(f"{value:,.{len(number.partition('.')[2])}f}")
    whole = value == int(value)
    return len(f"{value:,.0f}" if whole else f"{value:,.2f}")
