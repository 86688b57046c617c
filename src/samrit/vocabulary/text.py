"""Thai text made comparable, Thai digits both ways, and the fields of a text filled.

``tidy`` repairs only what cannot be seen (zero-width characters, the order and
spelling of sara am, doubled spaces); repairing recognition errors is intake's work.
NFKC is never used: it takes sara am apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_SPACES = re.compile(r"\s+")
_SARA_AM_PARTS = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32|([\u0e48-\u0e4b])\u0e4d\u0e32")
_TONE_AFTER_SARA_AM = re.compile("\u0e33([\u0e48-\u0e4b])")


def thai_digits(text: str) -> str:
    """Return ``text`` with 0–9 written as ๐–๙; everything else stays."""
    return text.translate(_TO_THAI)


def arabic_digits(text: str) -> str:
    """Return ``text`` with ๐–๙ written as 0–9; everything else stays."""
    return text.translate(_TO_ARABIC)


def tidy(text: str) -> str:
    """Return ``text`` as a reader sees it: no invisible characters, sara am in one piece, single spaces.

    The same text twice gives the same result (idempotent), and clean text is left as it is.
    """
    text = text.translate(_INVISIBLE).replace("เเ", "แ")
    text = _SARA_AM_PARTS.sub(lambda m: (m[1] or m[2] or "") + "\u0e33", text)
    text = _TONE_AFTER_SARA_AM.sub("\\1\u0e33", text)
    return _SPACES.sub(" ", text).strip()


def search_key(text: str) -> str:
    """Return what two spellings of one phrase share: tidied, without case, Arabic digits, no spaces.

    For comparing and looking up (thai-domain.md §6.10), never for showing.
    """
    return arabic_digits(tidy(text)).casefold().replace(" ", "")


class _Filling(Formatter):
    """Fills the fields of a text; of ``{count:report|reports}`` the first where the number is 1."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, several = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" else several


_filling = _Filling()


def filled(text: str, params: Mapping[str, object]) -> str:
    """Return ``text`` with its fields filled; raises KeyError for one that ``params`` does not name."""
    return _filling.vformat(text, (), params)
