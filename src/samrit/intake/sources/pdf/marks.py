"""Thai vowels and tones above and below: each joins the letter that it is over, wherever its font draws it from.

A mark has no width.  One font draws it back over the letter before it, another forward over
the letter to come, and PDFium tells letters in the order of where they are drawn from: the
"ิ" of "เงิน" comes before its "ง".  What is seen decides, the order only between two that fit.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samrit.intake.sources.pdf.letters import Letter

_FIRST_CONSONANT, _LAST_CONSONANT = "\u0e01", "\u0e2e"
_VOWELS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47")
_THAI_BLOCK = range(0x0E00, 0x0E80)
_BAND = 8.0  # points: letters are looked up by the band of their base line
_LEAST_OVERLAP = 0.3  # of a mark's width
_CLEARLY_MORE = 0.25  # of a mark's width: how much better another letter must fit than the one before
_WIDEST = 2.0  # letters' heights: no letter is wider
_SAME_BASE = 0.6  # of a letter's height


@dataclass(slots=True)
class SeenMark:
    """A mark as it is seen: from ``left`` to ``right`` along its line (None: its font does not tell)."""

    text: str
    left: float | None
    right: float | None
    begin: float
    end: float
    base: float
    size: float  # of its letters, as their height
    angle: int
    after: Letter | None  # the letter before it in the order of the content


def is_mark(text: str) -> bool:
    """Say whether a sign is above or below a letter."""
    return unicodedata.category(text[0]) == "Mn"


def joined(letters: Sequence[Letter], marks: Sequence[SeenMark]) -> list[SeenMark]:
    """Let every mark join its letter; return those that are near none."""
    lines = _Lines(letters)
    alone: list[SeenMark] = []
    touched: dict[int, tuple[Letter, list[str]]] = {}
    for mark in marks:
        letter = _carrier(mark, lines)
        if letter is None:
            alone.append(mark)
            continue
        touched.setdefault(id(letter), (letter, []))[1].append(mark.text)
        if letter is mark.after and not _overlap(mark, letter):
            letter.end = max(letter.end, mark.end)  # in a font without Thai, marks take room of their own
    for letter, texts in touched.values():
        # A mark drawn twice makes it bold.
        signs = [sign for text in dict.fromkeys(texts) for sign in text]
        letter.text += "".join(sorted(signs, key=lambda sign: sign not in _VOWELS))
    return alone


def _carrier(mark: SeenMark, lines: _Lines) -> Letter | None:
    before = mark.after if mark.after is not None and _is_near(mark, mark.after) else None
    fits = _overlap(mark, before) if before is not None and _carries(before, mark) else 0.0
    if before is not None and fits > 1 - _CLEARLY_MORE:
        return before
    best, most = before, max(fits + _CLEARLY_MORE, _LEAST_OVERLAP)
    for letter in lines.around(mark):
        overlap = _overlap(mark, letter)
        if overlap > most and _carries(letter, mark):
            best, most = letter, overlap
    return best


def _carries(letter: Letter, mark: SeenMark) -> bool:
    """Say whether a letter can carry a mark: of Thai letters, only consonants."""
    return ord(mark.text[0]) not in _THAI_BLOCK or _FIRST_CONSONANT <= letter.text[0] <= _LAST_CONSONANT


def _is_near(mark: SeenMark, letter: Letter) -> bool:
    near = 2 * mark.size
    return letter.angle == mark.angle and abs(mark.base - letter.base) < near and abs(mark.begin - letter.end) < near


def _overlap(mark: SeenMark, letter: Letter) -> float:
    """Return how much of a mark's width is over a letter, 0 to 1."""
    if mark.left is None or mark.right is None:
        return 0.0
    return max(0.0, min(mark.right, letter.end) - max(mark.left, letter.begin)) / max(mark.right - mark.left, 0.01)


class _Lines:
    """Letters by line, to be asked for those around a mark."""

    def __init__(self, letters: Sequence[Letter]) -> None:
        self._bands: dict[tuple[int, int], list[tuple[float, int]]] = {}
        self._letters = letters
        for at, letter in enumerate(letters):
            insort(self._bands.setdefault((letter.angle, int(letter.base // _BAND)), []), (letter.begin, at))

    def around(self, mark: SeenMark) -> Iterator[Letter]:
        """Yield the letters of a mark's line that may reach under it."""
        if mark.left is None or mark.right is None:
            return
        reach = _SAME_BASE * mark.size
        first, last = (int((mark.base + by) // _BAND) for by in (-reach, reach))
        for band in range(first, last + 1):
            row = self._bands.get((mark.angle, band), [])
            for begin, at in row[bisect_left(row, (mark.left - _WIDEST * mark.size, 0)) :]:
                if begin > mark.right:
                    break
                if abs(self._letters[at].base - mark.base) <= reach:
                    yield self._letters[at]
