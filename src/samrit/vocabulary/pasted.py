"""A block of cells as a spreadsheet puts it on the clipboard: which cells there are, and what a figure in one means.

``pasted.js`` of the web application reads the month's grid by the same rules.
"""

from __future__ import annotations

import re
from enum import Enum

from samrit.vocabulary.figures import NUMBER

# The sign of a currency, or its short name, as Excel's format Accounting puts it before or behind: ฿, US$, kr, Rs.
_SIGN = r"[A-Z]{0,2}[$¢-¥֏؋৲৳৻૱௹\u0e3f៛₠-⃀꠸﷼﹩＄￠￡￥￦]"
_SHORT = r"(?:kr|Rs|RM|Rp|Fr|KSh|[A-Z]{3})\.?"
# A dash with the room that Excel's formats Comma and Accounting give it: the number 0 (pitfall P1).
_ZERO = re.compile(
    rf"\s+-\s*|-\s+|\s*{_SIGN}\s*-\s*|\s*-\s*{_SIGN}\s*|\s*{_SHORT}(?:\s+-\s*|\s*-\s+)|\s*-\s+{_SHORT}\s*"
)
_DASH = re.compile(r"[-‐‑‒–—―−]{1,3}")
_IN_BRACKETS = re.compile(rf"({_SIGN})?\s*\(\s*({_SIGN})?\s*((?:{NUMBER})\s?%?)\s*\)")


class Read(Enum):
    """What was read into a cell, and is to be told to whoever pasted it."""

    ZERO = "zero"  # a padded dash is 0
    NOTHING = "nothing"  # a bare dash is nothing planned, nothing due
    NEGATIVE = "negative"  # brackets are a minus sign


def figure_meant(cell: str) -> tuple[str, Read | None]:
    """Return the text of a figure as one would type it, and what was read into it."""
    clean = cell.strip()
    if is_padded_dash(cell):
        return "0", Read.ZERO
    if _DASH.fullmatch(clean):
        return "–", Read.NOTHING
    bracketed = _IN_BRACKETS.fullmatch(clean)
    if not bracketed:
        return clean, None
    return f"-{bracketed[1] or bracketed[2] or ''}{bracketed[3]}", Read.NEGATIVE


def is_padded_dash(cell: str) -> bool:
    """Say whether a text is what the formats Comma and Accounting show of 0, in any money: " -   ", "$ -", "- €"."""
    return _ZERO.fullmatch(cell.replace("\u00a0", " ")) is not None


def cells_of(text: str) -> list[list[str]]:
    """Return the rows of cells of what was copied: tabs between cells, quotes around a cell with a tab or a line break.

    Excel puts quotes around such cells only, and doubles those within: a cell that merely begins with a quote stays as
    it is, and takes no other cell with it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = [[]]
    at = 0
    while at <= len(text):
        cell, at = _quoted(text, at) or _plain(text, at)
        rows[-1].append(cell)
        if at < len(text) and text[at] == "\n":
            rows.append([])
        at += 1
    if rows[-1] == [""]:
        rows.pop()  # what follows the last line's end is no row
    return rows


def _plain(text: str, at: int) -> tuple[str, int]:
    ends = [end for end in (text.find("\t", at), text.find("\n", at)) if end >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end


def _quoted(text: str, at: int) -> tuple[str, int] | None:
    """Return the cell in quotes that begins here, and where it ends; None for a cell that is in none."""
    if not text.startswith('"', at):
        return None
    end = at + 1
    while (end := text.find('"', end)) >= 0 and text.startswith('""', end):
        end += 2
    inside = text[at + 1 : end]
    if end < 0 or (end + 1 < len(text) and text[end + 1] not in "\t\n"):
        return None
    return (inside.replace('""', '"'), end + 1) if re.search('[\t\n]|""', inside) else None
