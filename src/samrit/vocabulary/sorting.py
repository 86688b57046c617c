"""The order of Thai text: by consonant first, though เ แ โ ใ ไ are written before theirs (thai-domain.md §6.10)."""

from __future__ import annotations

import re
from typing import NamedTuple

from samrit.vocabulary.text import arabic_digits, tidy

_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")
_MARKS = frozenset("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4e")  # ็ ่ ้ ๊ ๋ ์ ๎
_PIECES = re.compile(r"[0-9]+|.", re.DOTALL)
_NUMBER, _LATIN, _THAI, _OTHER = range(4)


class SortKey(NamedTuple):
    """What decides the order, most important first; compare whole keys."""

    letters: tuple[tuple[int, int, str], ...]
    marks: tuple[tuple[int, str], ...]
    text: str


def thai_sort_key(text: str) -> SortKey:
    """Return a key that sorts Thai text as a dictionary does.

    A leading vowel counts after its consonant; tone marks, ็ and ์ decide only between
    words that are otherwise alike; spaces and punctuation do not count.  Runs of digits,
    Thai or Arabic, compare as numbers, so that ภาค 2 is before ภาค 10.  Numbers come
    before Latin letters (without case), and those before Thai.
    """
    clean = arabic_digits(tidy(text)).casefold()
    letters: list[tuple[int, int, str]] = []
    marks: list[tuple[int, str]] = []
    for piece in _PIECES.findall(_LEADING_VOWEL.sub(r"\2\1", clean)):
        if piece in _MARKS:
            marks.append((-len(letters), piece))
        elif piece.isalnum() or "\u0e30" <= piece <= "\u0e3a" or piece == "\u0e4d":
            letters.append(_letter(piece))
    return SortKey(tuple(letters), tuple(marks), text)


def _letter(piece: str) -> tuple[int, int, str]:
    if piece[0] in "0123456789":
        digits = piece.lstrip("0")
        return _NUMBER, len(digits), digits  # as numbers, without turning hostile lengths into one
    if piece.isascii():
        return _LATIN, 0, piece
    return (_THAI if "\u0e00" <= piece <= "\u0e7f" else _OTHER), 0, piece
