"""What the signs of a page mean in Unicode, where old Thai fonts tell it wrong or not at all.

Before Unicode, and long after, Thai fonts kept their letters where Latin ones belong (à§Ô¹ for เงิน), their
tones there only (ทีÉ for ที่), or their moved marks in the private area.  Each font of a page is
looked at alone: what it maps is decided by what else it writes, never by one sign.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from samrit.intake.sources.pdf.marks import is_mark

# Moved-aside marks in the private area; these are the plain ones.
_MOVED_MARKS = {
    0xF700: 0x0E10, **{0xF701 + n: 0x0E34 + n for n in range(4)}, **{0xF705 + n: 0x0E48 + n for n in range(5)},
    **{0xF70A + n: 0x0E48 + n for n in range(5)}, 0xF70F: 0x0E0D, 0xF710: 0x0E31, 0xF711: 0x0E4D, 0xF712: 0x0E47,
    **{0xF713 + n: 0x0E48 + n for n in range(5)}, **{0xF718 + n: 0x0E38 + n for n in range(3)},
}  # fmt: skip
_TONES = {0xC9 + n: 0x0E48 + n for n in range(6)}  # É ่, Ê ้, Ë ๊, Ì ๋, Í ์, Î ํ
_BYTES = range(0xA1, 0xFC)  # where the old encoding has Thai
_PRIVATE_BYTES = range(0xF020, 0xF100)  # a symbol font's bytes
_PRIVATE = range(0xE000, 0xF900)
_THAI = range(0x0E01, 0x0E5C)
_CONSONANTS = range(0x0E01, 0x0E2F)
_PICTURES = ("dings", "symbol")  # fonts whose private signs are bullets and ticks
_UNKNOWN = {0, 0xFFFD, 0xFFFE, 0xFFFF}
_FEWEST = 4  # signs, before a font is judged
_MOSTLY = 0.7
_NEARLY_ALL = 0.9
_LONGEST_NAME = 128


@dataclass(slots=True)
class Codes:
    """The code of each sign of a page, None where nothing tells; ``fonts`` are those read by an old encoding."""

    codes: list[int | None]
    fonts: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, textpage: Any, count: int) -> Codes:
        """Return the codes of the first ``count`` signs of a page."""
        read = [pdfium.FPDFText_GetUnicode(textpage, at) for at in range(count)]
        codes: list[int | None] = [_MOVED_MARKS.get(code, code) for code in read]
        found = cls(codes)
        if any(code in _BYTES or code in _PRIVATE_BYTES for code in read):
            for places in _by_font(textpage, codes).values():
                found._reread(textpage, places)
        for at, code in enumerate(codes):
            lost = code is None or code in _UNKNOWN or code in _PRIVATE
            if lost or (code not in _THAI and pdfium.FPDFText_HasUnicodeMapError(textpage, at) == 1):
                codes[at] = None
        return found

    def _reread(self, textpage: Any, places: Sequence[int]) -> None:
        """Read the signs of one font by the old encoding that it has, if any."""
        codes = [self.codes[at] or 0 for at in places]
        if any(code in _THAI for code in codes):
            changed = _with_tones(codes)
        elif any(code in _PRIVATE_BYTES for code in codes):
            changed = [] if _is_pictures(_name(textpage, places[0])) else _from_bytes(codes, 0xF000)
        else:
            changed = _from_bytes(codes, 0)
        if changed and changed != codes:
            self.fonts.add(_name(textpage, places[0]))
            for at, code in zip(places, changed, strict=True):
                self.codes[at] = code


def _by_font(textpage: Any, codes: Sequence[int | None]) -> dict[int, list[int]]:
    """Return the places of each font's signs; spaces and line ends belong to none."""
    found: dict[int, list[int]] = {}
    for at, code in enumerate(codes):
        drawn = pdfium.FPDFText_GetTextObject(textpage, at) if code is not None and code > 32 else None
        if drawn:
            font = ctypes.cast(pdfium.FPDFTextObj_GetFont(drawn), ctypes.c_void_p).value or 0
            found.setdefault(font, []).append(at)
    return found


def _with_tones(codes: Sequence[int]) -> list[int]:
    """Return the codes of a font that writes Thai with É, Ê … as tones: nearly all of them beside a Thai letter."""
    tones = [at for at, code in enumerate(codes) if code in _TONES]
    beside = [at for at in tones if any(code in _THAI for code in codes[max(at - 1, 0) : at + 2])]
    if not tones or len(beside) < _NEARLY_ALL * len(tones):
        return list(codes)
    return [_TONES[code] if at in set(beside) else code for at, code in enumerate(codes)]


def _from_bytes(codes: Sequence[int], base: int) -> list[int]:
    """Return the codes of a font whose signs are bytes of the old Thai encoding above ``base``, if that is Thai."""
    low = [code - base if base <= code < base + 0x100 else None for code in codes]
    letters = [byte for byte in low if byte is not None and byte in _BYTES]
    others = [code for code, byte in zip(codes, low, strict=True) if byte not in _BYTES and chr(code).isalpha()]
    if len(letters) < _FEWEST or len(letters) < _MOSTLY * (len(letters) + len(others)):
        return list(codes)
    made = [code if byte is None else _thai(byte) for code, byte in zip(codes, low, strict=True)]
    return made if _reads_as_thai(made) else list(codes)


def _thai(byte: int) -> int:
    return byte - 0xA0 + 0x0E00 if byte in _BYTES else byte


def _reads_as_thai(codes: Sequence[int]) -> bool:
    """Say whether marks stand beside consonants, and consonants are about half of all or more."""
    thai = [code for code in codes if code in _THAI]
    marks = [at for at, code in enumerate(codes) if code in _THAI and is_mark(chr(code))]
    carried = [at for at in marks if any(code in _THAI for code in codes[max(at - 2, 0) : at])]
    consonants = sum(code in _CONSONANTS for code in thai)
    return consonants >= 0.4 * len(thai) and len(carried) >= _NEARLY_ALL * len(marks)


def _is_pictures(name: str) -> bool:
    return any(word in name.lower() for word in _PICTURES)


def _name(textpage: Any, at: int) -> str:
    """Return the name of a sign's font, without the mark of a part of it ("ABCDEF+")."""
    buffer, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, at, buffer, _LONGEST_NAME, flags)
    name = buffer.value.decode("utf-8", "replace")
    return name[7:] if name[6:7] == "+" else name
