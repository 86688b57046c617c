"""Letters put together to words and lines, each line where it is on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samrit.intake.sources.pdf.letters import Letter

_THAI = re.compile("[\u0e00-\u0e7f]")
_FOLLOWS = re.compile("[\u0e30\u0e32\u0e33\u0e45]")  # ะ า ำ ๅ
_DIGIT = "[0-9๐-๙]"
_FIGURE = re.compile(rf"[-+−–—]?(?:{_DIGIT}{{1,3}}(?:,{_DIGIT}{{3}})+|{_DIGIT}+)(?:\.{_DIGIT}+)?%?|[-–—]+")
# Parts of a letter's height, which is about 1.35 of the font size.
_SAME_LINE = 0.3
_SPACE = 0.15
_SPACE_BETWEEN_THAI = 0.4  # justified Thai stretches between letters
_TWICE = 0.12  # the same letter drawn again this near makes it bold


@dataclass(slots=True)
class Word:
    """Letters without a space between them; ``begin`` and ``end`` in reading direction."""

    text: str
    begin: float
    end: float


@dataclass(slots=True)
class PdfLine:
    """The words of one line, its base line and the height of its letters."""

    words: list[Word]
    base: float
    size: float
    spaced: bool = False  # whether a space is at its end

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(word.text for word in self.words)

    @property
    def begin(self) -> float:
        """Where the line begins."""
        return self.words[0].begin

    @property
    def end(self) -> float:
        """Where the line ends."""
        return self.words[-1].end


def lines_of(letters: Iterable[Letter]) -> list[PdfLine]:
    """Return the lines of ``letters`` from the top; text turned by 90° has lines of its own, after the upright ones."""
    by_angle: dict[int, list[Letter]] = {}
    for letter in letters:
        by_angle.setdefault(letter.angle, []).append(letter)
    found: list[PdfLine] = []
    for angle in sorted(by_angle):
        found.extend(_lines(by_angle[angle]))
    return found


def _lines(letters: list[Letter]) -> list[PdfLine]:
    groups: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda one: one.base):
        # The line's place is that of its first letter, so that it can't creep down a page.
        if groups and letter.base - groups[-1][0].base <= _SAME_LINE * max(letter.size, groups[-1][0].size):
            groups[-1].append(letter)
        else:
            groups.append([letter])
    made = [_line(group) for group in groups]
    return [line for line in made if line.words]


def _line(group: list[Letter]) -> PdfLine:
    group.sort(key=lambda letter: letter.begin)
    words: list[Word] = []
    spaced = True
    last: Letter | None = None
    for letter in group:
        text = letter.text.strip()
        if not text:
            spaced = True
            continue
        if last is not None and letter.text == last.text and letter.begin - last.begin < _TWICE * letter.size:
            continue
        apart = spaced or last is None or letter.begin - last.end > _space(last, letter)
        if apart and not (last is not None and _belongs(last, letter)):
            words.append(Word(text, letter.begin, letter.end))
        else:
            words[-1].text += text
            words[-1].end = max(words[-1].end, letter.end)
        spaced = letter.text != text and letter.text[-1].isspace()
        last = letter
    sizes = sorted(letter.size for letter in group)
    bases = sorted(letter.base for letter in group)
    return PdfLine(words, bases[len(bases) // 2], sizes[len(sizes) // 2], spaced)


def _belongs(before: Letter, after: Letter) -> bool:
    """Say whether a letter that no Thai word begins with is behind a Thai letter: the space between is none."""
    near = after.begin - before.end < max(before.size, after.size)
    return near and bool(_THAI.match(before.text) and _FOLLOWS.match(after.text))


def _space(before: Letter, after: Letter) -> float:
    thai = _THAI.match(before.text) and _THAI.match(after.text) and not after.parted
    return (_SPACE_BETWEEN_THAI if thai else _SPACE) * max(before.size, after.size)


def is_figure(text: str) -> bool:
    """Say whether a text is one whole figure or a dash, not a piece of a figure that broke in a narrow cell."""
    return bool(_FIGURE.fullmatch(text))


class LineNumbers:
    """The number of each line on its page, counted from the top."""

    def __init__(self, letters: Sequence[Letter]) -> None:
        self._bases: list[tuple[float, float]] = []
        for letter in sorted((one for one in letters if one.angle == 0), key=lambda one: one.base):
            if not self._bases or letter.base - self._bases[-1][0] > _SAME_LINE * letter.size:
                self._bases.append((letter.base, letter.size))

    def at(self, y: float) -> int:
        """Return the number of the line whose letters stand on ``y``, or of the next one below."""
        low, high = 0, len(self._bases)
        while low < high:
            middle = (low + high) // 2
            base, size = self._bases[middle]
            if base + _SAME_LINE * size < y:
                low = middle + 1
            else:
                high = middle
        return min(low, max(len(self._bases) - 1, 0)) + 1
