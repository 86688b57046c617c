"""Text printed over text: columns too narrow for their words lie on each other, and nobody can tell them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from samrit.intake.sources.pdf.letters import Letter

_FEW = 8  # letters; a stamp or a signature over a word says nothing about the table
_OVER = 0.5  # of the narrower letter
_NEAR = 4  # letters that begin just before one are looked at
_BAND = 0.35  # of a letter's height: bases as near as this are one line


def is_overprinted(letters: Sequence[Letter]) -> bool:
    """Say whether many letters of a page lie over other ones; the same letter twice is only meant to look bold."""
    lines: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for letter in letters:
        if letter.text.strip():
            lines[letter.angle, round(letter.base / (_BAND * max(letter.size, 1)))].append(letter)
    return sum(map(_lying_over, lines.values())) > _FEW


def _lying_over(line: list[Letter]) -> int:
    line.sort(key=lambda letter: letter.begin)
    return sum(any(_covers(line[n], letter) for n in range(max(at - _NEAR, 0), at)) for at, letter in enumerate(line))


def _covers(one: Letter, other: Letter) -> bool:
    shared = min(one.end, other.end) - max(one.begin, other.begin)
    narrower = min(one.end - one.begin, other.end - other.begin)
    return one.text != other.text and shared > _OVER * narrower > 0
