"""The cells of a row as the repair sees them: numbers, dashes, blanks and what is none of these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from samrit.engine.model import Figure, Mark
from samrit.intake.cleaning import cleaned
from samrit.intake.grid import GridCell
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.numbers import parse_figure

_NUMBER_LIKE = re.compile(r"[-–—.,\s0-9OoIlSZบ]{1,24}")
_DIGIT = re.compile("[0-9]")
_LOOKS = str.maketrans("OoQDIl|ZzSsB", "000011122558")
_MISREAD = re.compile(r"-?[0-9OoQDIl|ZzSsB,.]+%?")
_FEWEST_DIGITS = 2  # that a misread figure must still have, and twice as many digits as letters


class TokenKind(Enum):
    """What a cell holds."""

    NUMBER = "number"
    DASH = "dash"
    BLANK = "blank"
    TEXT = "text"
    UNREAD = "unread"  # looks like a number but cannot be read as one


@dataclass(frozen=True, slots=True)
class Token:
    """One cell: its kind, its value where it is a number, and the position and cell that it came from."""

    kind: TokenKind
    value: Decimal | None
    position: int
    cell: GridCell | None = None

    @property
    def text(self) -> str:
        """The cell's text as printed."""
        return self.cell.text if self.cell is not None else ""

    @property
    def figure(self) -> Figure:
        """The value for a plan: a number, "–" or blank."""
        if self.value is not None:
            return self.value
        return Mark.NOTHING if self.kind is TokenKind.DASH else Mark.BLANK

    @property
    def is_guessed(self) -> bool:
        """Whether letters were taken for the digits that they look like ("3,26S")."""
        return self.value is not None and guessed_figure(cleaned(self.text)) is not None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said: a dash or a blank."""
        return self.kind in (TokenKind.DASH, TokenKind.BLANK)


def token(cell: GridCell | None, position: int) -> Token:
    """Return the token of a cell."""
    kind, value = classify(cell.text if cell is not None else "")
    return Token(kind, value, position, cell)


@lru_cache(maxsize=32768)
def classify(text: str) -> tuple[TokenKind, Decimal | None]:
    """Return what a cell's text holds, and its value where that is a number."""
    clean = cleaned(text)
    figure = parse_figure(clean)
    if isinstance(figure, Decimal):
        return TokenKind.NUMBER, figure
    if isinstance(figure, Finding):
        guess = guessed_figure(clean)
        if guess is not None:
            return TokenKind.NUMBER, guess
        looks = _NUMBER_LIKE.fullmatch(clean) and _DIGIT.search(clean)
        return (TokenKind.UNREAD if looks else TokenKind.TEXT), None
    return (TokenKind.BLANK if not clean else TokenKind.DASH), None


def guessed_figure(clean: str) -> Decimal | None:
    """Return the figure that a text shows if its letters are misread digits ("2,344,4O0"), None where it is no such."""
    if not _MISREAD.fullmatch(clean) or clean[0] in "BSZz":  # a code, or a sign of money
        return None
    digits = sum(c.isdigit() for c in clean)
    letters = sum(c.isalpha() or c == "|" for c in clean)
    if not letters or digits < max(_FEWEST_DIGITS, 2 * letters):
        return None
    figure = parse_figure(clean.translate(_LOOKS))
    return figure if isinstance(figure, Decimal) else None
