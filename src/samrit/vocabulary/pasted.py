"""A block of cells as a spreadsheet puts it on the clipboard: which cells there are, and what a figure in one means.

``pasted.js`` of the web application reads the month's grid by the same rules.
"""

from __future__ import annotations

import re
from enum import Enum

from samrit.vocabulary.figures import NUMBER

# A dash with the room that Excel's formats Comma and Accounting give it: the number 0 (pitfall P1).
_ZERO = re.compile(r"\s+-\s*|-\s+|\s*[\u0e3f$€£¥]\s*-\s*")
_DASH = re.compile(r"[-‐‑‒–—―−]{1,3}")
_IN_BRACKETS = re.compile(rf"\(\s*((?:{NUMBER})\s?%?)\s*\)")


class Read(Enum):
    """What was read into a cell, and is to be told to whoever pasted it."""

    ZERO = "zero"  # a padded dash is 0
    NOTHING = "nothing"  # a bare dash is nothing planned, nothing due
    NEGATIVE = "negative"  # brackets are a minus sign


def figure_meant(cell: str) -> tuple[str, Read | None]:
    """Return the text of a figure as one would type it, and what was read into it."""
    clean = cell.strip()
    if _ZERO.fullmatch(cell.replace("\u00a0", " ")):
        return "0", Read.ZERO
    if _DASH.fullmatch(clean):
        return "–", Read.NOTHING
    bracketed = _IN_BRACKETS.fullmatch(clean)
    return (f"-{bracketed[1]}", Read.NEGATIVE) if bracketed else (clean, None)


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
