"""Text that a spreadsheet program may not take for a formula.

In a workbook a string cell is never run, so text only has to be written as a string.
A CSV file has no cell types: there a text that begins like a formula gets an
apostrophe, which spreadsheet programs show as text (OWASP, "CSV injection").
"""

from __future__ import annotations

import re

from samrit.reports.document.inline import clean

# "=", "+", "-", "@" and their full-width forms start a formula; tab and line ends can hide one behind them.
_STARTS_FORMULA = re.compile(r"^[\s\u00a0\ufeff\u200b]*[=+\-@＝＋－＠]|^[\t\r\n]")
_ONLY_A_DASH = re.compile(r"^[-–—]+$")
MOST_LETTERS = 32_767  # of one cell


def starts_formula(text: str) -> bool:
    """Say whether a spreadsheet program could run ``text`` read from a CSV file."""
    return bool(_STARTS_FORMULA.match(text)) and not _ONLY_A_DASH.match(text)


def neutral(text: str) -> str:
    """Return ``text`` for a CSV cell: with an apostrophe before what could be run as a formula."""
    return f"'{text}" if starts_formula(text) else text


def cell_text(text: str) -> str:
    """Return ``text`` for a workbook cell: without characters that XML forbids, cut where a cell ends."""
    cleaned = clean(text)
    return cleaned if len(cleaned) <= MOST_LETTERS else cleaned[: MOST_LETTERS - 1] + "…"
