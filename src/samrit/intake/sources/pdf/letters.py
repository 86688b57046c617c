"""The letters of a page with their places, Thai marks together with the letter that carries them."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from samrit.intake.sources import limits
from samrit.intake.sources.pdf.codes import Codes
from samrit.intake.sources.pdf.marks import SeenMark, is_mark, joined
from samrit.intake.sources.pdf.view import PageView
from samrit.intake.sources.refusal import refuse

_LINE_ENDS = {10, 13}
_ABOVE = 0.4  # of the letter's size over the base line: no consonant floats there
_BELOW = 0.05
_TOUCHING = 0.01  # points


@dataclass(slots=True)
class Letter:
    """A letter with its marks: where it is seen, and where it stands along its own line.

    ``begin`` and ``end`` run in reading direction, ``base`` is the line it is on;
    for upright text these are x and y.
    """

    text: str
    x: float
    y: float
    begin: float
    end: float
    base: float
    size: float
    angle: int
    parted: bool = False  # PDFium saw a line end before it, which may have swallowed a space


Box = tuple[float, float, float, float]


@dataclass(slots=True)
class _Glyph:
    """One sign of the font on the page, which may stand for several letters."""

    text: str
    box: Box
    origin: tuple[float, float]
    angle: int
    font: float
    at: int
    parted: bool


class _Reader:
    """Reads the letters of one page."""

    def __init__(self, textpage: Any, view: PageView) -> None:
        self.found: list[Letter] = []
        self.unknown = 0
        self.fonts: set[str] = set()
        self._codes = Codes([])
        self._marks: list[tuple[SeenMark, float]] = []  # with the size of their font
        self._page = textpage
        self._view = view
        self._heights: dict[float, float] = {}
        self._rect = pdfium.FS_RECTF()
        self._numbers = [ctypes.c_double() for _ in range(6)]

    def read(self) -> None:
        """Read all letters; their sizes are known at the end."""
        count = pdfium.FPDFText_CountChars(self._page)
        if count > limits.MOST_MARKS_ON_PAGE:
            refuse("intake_pdf_page_too_full", limit=limits.MOST_MARKS_ON_PAGE)
        self._codes = Codes.of(self._page, count)
        self.fonts = self._codes.fonts
        for glyph in self._glyphs(count):
            self._add(glyph)
        for letter in self.found:
            letter.size = self._heights.get(letter.size) or 1.0
        for mark, font in self._marks:
            mark.size = self._heights.get(font) or 1.0
        for mark in joined(self.found, [mark for mark, _ in self._marks]):
            self.found.append(_alone(mark))

    def _glyphs(self, count: int) -> Iterator[_Glyph]:
        x, y = self._numbers[:2]
        rect, page = self._rect, self._page
        last: _Glyph | None = None
        parted = False
        raw: Box = (0.0, 0.0, 0.0, 0.0)
        for at in range(count):
            code = self._codes.codes[at]
            if code is None:
                self.unknown += 1
                continue
            parted = parted or code in _LINE_ENDS
            if code < 32 or (code == 32 and pdfium.FPDFText_IsGenerated(page, at) == 1):
                continue
            pdfium.FPDFText_GetCharOrigin(page, at, x, y)
            pdfium.FPDFText_GetLooseCharBox(page, at, rect)
            box = self._seen(rect.left, rect.top, rect.right, rect.bottom)
            origin = (x.value, y.value)
            raw, before = (rect.left, rect.bottom, rect.right, rect.top), raw
            if last is not None and origin == last.origin and _is_of_one_sign(last.text, chr(code), (before, raw)):
                last.text += chr(code)
                last.box = _around(last.box, box)
                continue
            if last is not None:
                yield last
            # PDFium counts clockwise, as pages are turned; here upwards is 90.
            turn = round(math.degrees(pdfium.FPDFText_GetCharAngle(page, at)) / 90) * 90 + self._view.turned
            last = _Glyph(chr(code), box, origin, -turn % 360, pdfium.FPDFText_GetFontSize(page, at), at, parted)
            parted = False
        if last is not None:
            yield last

    def _add(self, glyph: _Glyph) -> None:
        """Add a letter; a mark joins the letter before it, a glyph that only repeats that letter is left out.

        Some programs shape "พิ่" as two glyphs and give each the meaning of the whole.
        """
        before = self.found[-1] if self.found else None
        if before is not None and len(glyph.text) > 1 and before.text == glyph.text and self._floats(glyph):
            return
        left, top, right, bottom = glyph.box
        across = glyph.angle % 180 == 0
        tall = bottom - top if across else right - left
        self._heights[glyph.font] = max(self._heights.get(glyph.font, 0.0), tall)
        begin, end, base = _along(glyph.angle, glyph.box, self._view.point(*glyph.origin))
        if is_mark(glyph.text):
            seen = self._seen_from(glyph)
            mark = SeenMark(glyph.text, *seen, begin, end, base, 0.0, glyph.angle, before)
            self._marks.append((mark, glyph.font))
            return
        self.found.append(
            Letter(
                glyph.text,
                (left + right) / 2,
                (top + bottom) / 2,
                begin,
                end,
                base,
                glyph.font,
                glyph.angle,
                glyph.parted,
            )
        )

    def _seen_from(self, glyph: _Glyph) -> tuple[float | None, float | None]:
        """Return where a glyph's drawing begins and ends along its line, None where its font does not tell."""
        left, right, bottom, top = self._numbers[2:]
        if not pdfium.FPDFText_GetCharBox(self._page, glyph.at, left, right, bottom, top) or left.value >= right.value:
            return None, None
        box = self._seen(left.value, top.value, right.value, bottom.value)
        begin, end, _ = _along(glyph.angle, box, self._view.point(*glyph.origin))
        return begin, end

    def _floats(self, glyph: _Glyph) -> bool:
        """Say whether a glyph is all above or below where letters stand, as marks are."""
        left, right, bottom, top = self._numbers[2:]
        if not pdfium.FPDFText_GetCharBox(self._page, glyph.at, left, right, bottom, top):
            return False
        x, y = glyph.origin
        size = self._heights.get(glyph.font, 0.0)
        low, high = {
            0: (bottom.value - y, top.value - y),
            180: (y - top.value, y - bottom.value),
            90: (x - right.value, x - left.value),
            270: (left.value - x, right.value - x),
        }[(glyph.angle + self._view.turned) % 360]
        return low > _ABOVE * size or high < _BELOW * size

    def _seen(self, left: float, top: float, right: float, bottom: float) -> Box:
        (x1, y1), (x2, y2) = self._view.point(left, top), self._view.point(right, bottom)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _alone(mark: SeenMark) -> Letter:
    """Return a mark that is near no letter as one itself."""
    middle = (mark.begin + mark.end) / 2
    x, y = {0: (middle, mark.base), 180: (-middle, -mark.base), 90: (mark.base, -middle), 270: (-mark.base, middle)}[
        mark.angle
    ]
    return Letter(mark.text, x, y, mark.begin, mark.end, mark.base, mark.size, mark.angle)


@dataclass(frozen=True, slots=True)
class PageLetters:
    """The letters of a page in the order of its content, how many signs have no meaning, and fonts of old encodings."""

    letters: list[Letter]
    unknown: int
    fonts: set[str]


def letters(textpage: Any, view: PageView) -> PageLetters:
    """Return the letters of a page."""
    reader = _Reader(textpage, view)
    reader.read()
    return PageLetters(reader.found, reader.unknown, reader.fonts)


def _is_of_one_sign(before: str, letter: str, boxes: tuple[Box, Box]) -> bool:
    """Say whether a letter belongs to the sign of the one before it, which is drawn from the same place.

    PDFium gives the letters of one sign the same box, or parts of it one behind the other.
    A mark and the letter behind it may also merely be drawn from where one ends and the other begins.
    """
    if is_mark(before) and not is_mark(letter):
        return False
    (_, bottom, right, top), other = boxes
    tiled = any(abs(a - b) < _TOUCHING for a, b in ((right, other[0]), (bottom, other[3]), (top, other[1])))
    return tiled or boxes[0] == other


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _along(angle: int, box: Box, origin: tuple[float, float]) -> tuple[float, float, float]:
    """Return begin, end and base line in reading direction."""
    left, top, right, bottom = box
    match angle:
        case 90:  # upwards
            return -bottom, -top, origin[0]
        case 270:  # downwards
            return top, bottom, -origin[0]
        case 180:
            return -right, -left, -origin[1]
        case _:
            return left, right, origin[1]
