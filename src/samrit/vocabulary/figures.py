"""Reading one printed figure: a number, a dash, nothing at all, or a finding.

"–", blank and 0 are three different things (rules.md, pitfall P1), so each has a
result of its own and none of them is ever taken for another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.speech import speech
from samrit.vocabulary.text import arabic_digits, tidy

MAX_DIGITS = 30  # more than any baht amount or percentage needs; keeps hostile input harmless
MAX_LENGTH = 200  # characters of a cell that is expected to hold a single figure


class NoNumber(Enum):
    """What is in a cell that holds no number.

    Names and values are those of ``engine.model.Mark``, so ``Mark[x.name]`` translates.
    """

    BLANK = ""
    NOTHING = "–"


Figure = Decimal | NoNumber


@dataclass(frozen=True, slots=True)
class Ends:
    """A planned range: whoever writes what was planned writes both of its ends (AC13)."""

    lower: Decimal
    upper: Decimal

    def written(self, write: Callable[[Decimal], str]) -> str:
        """Return both ends, each as ``write`` writes a figure: "80–90"."""
        return f"{write(self.lower)}–{write(self.upper)}"


# A number as printed: digits in groups of three or ungrouped, and decimals. Never an exponent.
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"
_FIGURE = re.compile(rf"([-+−]?)({NUMBER})\s?(%?)")
_IN_BRACKETS = re.compile(rf"\(\s?({NUMBER})\s?%?\s?\)")
_DASHES = re.compile(r"[-‐‑‒–—―−]{1,3}")
_NUMBER_LIKE = re.compile(r"[-+−]?[0-9.,\s]*[0-9][0-9.,\s]*%?")


def parse_figure(text: str | None, *, place: Place | None = None) -> Figure | Finding:
    """Read the text of one cell that should hold a figure.

    A dash of any kind gives ``NoNumber.NOTHING``, an empty cell or None
    ``NoNumber.BLANK``, "0" the Decimal 0.  Thai digits, thousands separators, a sign and
    a percent sign are understood; the printed decimal places are kept ("0.50" stays
    0.50).  Anything else gives a Finding and is never guessed at: "15,30" may be
    15.30 or 1530.
    """
    where = place or Place()
    if text is None:
        return NoNumber.BLANK
    if len(text) > MAX_LENGTH:
        return Finding("figure_too_long", where, {"text": shortened(text), "limit": MAX_LENGTH})
    clean = arabic_digits(tidy(text))
    if not clean:
        return NoNumber.BLANK
    match = _FIGURE.fullmatch(clean)
    if match is None:
        match = _FIGURE.fullmatch(bare := without_sign(clean))
    if match is None:
        if _DASHES.fullmatch(bare.replace(" ", "")):
            return NoNumber.NOTHING
        if bracketed := _IN_BRACKETS.fullmatch(bare):
            return Finding("figure_in_brackets", where, {"text": shortened(text), "negative": f"-{bracketed[1]}"})
        code = "figure_separator" if _NUMBER_LIKE.fullmatch(clean) else "figure_not_a_number"
        return Finding(code, where, {"text": shortened(text)})
    number = to_decimal(match[2])
    if number is None:
        return Finding("figure_too_long", where, {"text": shortened(text), "limit": MAX_DIGITS})
    return number.copy_negate() if match[1] in ("-", "−") and number else number


def without_sign(clean: str) -> str:
    """Return a text without the sign of the plan's money, which a format puts before or behind: "-$ 5" is "-5"."""
    for sign in speech().money.signs:
        if not sign.isalpha() and sign in clean:
            return re.sub(r"(?<=[-+−(])\s+|\s+(?=\))", "", clean.replace(sign, " ", 1).strip())
    return clean


def to_decimal(printed: str) -> Decimal | None:
    """Return the value of a text that matched ``NUMBER``, or None when it has more than ``MAX_DIGITS`` digits."""
    digits = printed.replace(",", "")
    if sum(c != "." for c in digits.lstrip("0")) > MAX_DIGITS or len(digits) > MAX_LENGTH:
        return None
    return Decimal(digits)


def shortened(text: str, limit: int = 60) -> str:
    """Return ``text`` cut to ``limit`` characters for a message; half a surrogate pair is written out, to be seen."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return cut.encode("utf-8", "backslashreplace").decode("utf-8")
