"""Spreadsheet number formats taken apart: which section applies to a value, and what its signs mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

# The formats that a workbook names by number only. 14 and 22 follow the reader's own country: shown as ISO dates.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: '_-* #,##0_-;-* #,##0_-;_-* "-"_-',
    42: '_-* #,##0_-;-* #,##0_-;_-* "-"_-', 43: '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-',
    44: '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    49: "@", 59: "t0", 60: "t0.00", 61: "t#,##0", 62: "t#,##0.00", 67: "t0%", 68: "t0.00%",
    69: "t# ?/?", 70: "t# ??/??",
    # Thai date formats of the Thai edition
    71: "[$-107041E]d/m/yyyy", 72: "[$-107041E]d-mmm-yy", 73: "[$-107041E]d-mmm", 74: "[$-107041E]mmm-yy",
    75: "h:mm", 76: "h:mm:ss", 77: "[$-107041E]d/m/yyyy h:mm", 78: "mm:ss", 79: "[h]:mm:ss", 80: "mm:ss.0",
    81: "[$-107041E]d/m/bb",
}  # fmt: skip

_LONGEST = 255  # Excel's own limit of a format
_PIECES = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<general>General)|(?P<ampm>AM/PM|A/P)"
    r"|(?P<exponent>E[+-])|(?P<letters>(?P<one>[dmyhsbeg])(?P=one)*)|(?P<digits>[0#?.,]+)|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_CURRENCY = re.compile(r"\$([^-]*)(?:-([0-9A-Fa-f]+))?")
_THAI = 0x1E
_BUDDHIST = 7
_THAI_NUMERALS = 0x0D


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a section: its ``kind`` ("literal", "digits", "letters", "percent", ...) and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FormatSection:
    """One of the up to four parts of a format, for positive, negative, zero and text."""

    pieces: tuple[Piece, ...]
    condition: tuple[str, Decimal] | None = None
    thai_digits: bool = False
    thai_names: bool = False
    buddhist: bool = False

    @property
    def is_date(self) -> bool:
        """Whether a number is shown as a date or a time."""
        return any(piece.kind in {"letters", "elapsed"} for piece in self.pieces)

    @property
    def is_percent(self) -> bool:
        """Whether a number is shown in percent, a hundred times what is stored."""
        return any(piece.kind == "percent" for piece in self.pieces)

    @property
    def is_general(self) -> bool:
        """Whether a number is shown as it is."""
        return any(piece.kind == "general" for piece in self.pieces)

    @property
    def has_digits(self) -> bool:
        """Whether the section shows the number at all."""
        return any(piece.kind == "digits" for piece in self.pieces)


@lru_cache(maxsize=4096)
def sections(code: str) -> tuple[FormatSection, ...]:
    """Return the sections of a format code; an unknown or hostile one counts as "General"."""
    found: list[FormatSection] = []
    pieces: list[Piece] = []
    condition, thai_digits, thai_names, buddhist = None, False, False, False

    def close() -> None:
        found.append(FormatSection(tuple(pieces), condition, thai_digits, thai_names, buddhist))

    for match in _PIECES.finditer(code[:_LONGEST] or "General"):
        kind, text = str(match.lastgroup), match[0]
        if kind == "sign" and text == ";":
            close()
            pieces, condition, thai_digits, thai_names, buddhist = [], None, False, False, False
        elif kind == "sign" and text == "t" and not pieces:
            thai_digits = True
        elif kind == "bracket":
            inside = match["bracket"]
            if currency := _CURRENCY.fullmatch(inside):
                pieces.append(Piece("literal", currency[1]))
                place = int(currency[2] or "0", 16)
                thai_names |= place & 0xFF == _THAI
                buddhist |= place >> 16 & 0x7F == _BUDDHIST
                thai_digits |= place >> 24 & 0xFF == _THAI_NUMERALS
            elif test := _CONDITION.fullmatch(inside):
                condition = (test[1], _decimal(test[2]))
            elif re.fullmatch("h+|m+|s+", inside, re.IGNORECASE):
                pieces.append(Piece("elapsed", inside.lower()))
        else:
            pieces.append(_piece(kind, text, match))
    close()
    return tuple(found)


def _piece(kind: str, text: str, match: re.Match[str]) -> Piece:
    match kind:
        case "quoted" | "escaped":
            return Piece("literal", match[kind])
        case "space" | "fill":
            return Piece("literal", " ")
        case "sign":
            return Piece("percent", text) if text == "%" else Piece("text" if text == "@" else "literal", text)
        case "letters" | "ampm" | "exponent":
            return Piece(kind, text.lower() if kind == "letters" else text)
        case _:
            return Piece(kind, text)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


_TESTS = {
    "<": Decimal.__lt__, "<=": Decimal.__le__, ">": Decimal.__gt__, ">=": Decimal.__ge__,
    "=": Decimal.__eq__, "<>": Decimal.__ne__,
}  # fmt: skip


def section_for(code: str, value: Decimal) -> tuple[FormatSection, bool]:
    """Return the section that shows ``value``, and whether a minus sign must be put before it."""
    every = sections(code)
    numeric = every[:3] if len(every) > 3 else every
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _TESTS[section.condition[0]](value, section.condition[1]):
                return section, value < 0
        return numeric[-1], value < 0
    if value < 0:
        # A section of its own for negative numbers brings its own sign; brackets mean the same.
        return (numeric[1], True) if len(numeric) > 1 and numeric[1].pieces else (numeric[0], len(numeric) == 1)
    if value == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], False
