"""The text of a cell from its lines: what only ran out of room goes on, what was ended on purpose is a new line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import budoux

from samrit.intake.sources.pdf.lines import PdfLine, is_figure

_THAI = re.compile("[\u0e00-\u0e7f]")
_FOLLOWS = re.compile("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")  # no Thai word begins with these
_LEADS = re.compile("[\u0e40-\u0e44]$")  # and none ends with these
_UNGROUPED = re.compile("[0-9๐-๙]{5}")
_WIDEST_MARGIN = 6.0  # points between a cell's border and its text
_NO_ROOM = 1.15  # of a digit's width
_SLACK = 0.1  # of a letter's height: programs keep a little more free than the margin shows
_LITTLE = 0.5  # of the room that is left: a word that fills less would not have been put off
_FULL = 0.6  # of a cell's width: the line broke for want of room

Sides = tuple[float, float]


def cell_text(lines: Sequence[PdfLine], sides: Sides) -> str:
    """Return the lines of a cell between its left and right border as one text.

    Thai, and figures, that only ran out of room go on without a break.
    """
    text = ""
    room = _room(lines, sides)
    for at, line in enumerate(lines):
        if at:
            text += "" if goes_on(lines[at - 1], line, sides, room) else "\n"
        text += line.text
    return text


def goes_on(before: PdfLine, line: PdfLine, sides: Sides, room: float | None = None) -> bool:
    """Say whether a line of a cell only goes on with the word or the figure that the one before had no room for."""
    room = _room((before, line), sides) if room is None else room
    if _is_broken_figure(before.text, line.text) or _is_full_figure(before, line, sides):
        return True
    if not (_THAI.match(before.text[-1]) and _THAI.match(line.text)):
        return False
    if _FOLLOWS.match(line.text) or _LEADS.search(before.text):
        return True
    return not before.spaced and lacks_room(before, line, sides, room)


def lacks_room(before: PdfLine, line: PdfLine, sides: Sides, room: float) -> bool:
    """Say whether the first word of a line had no room behind the line before."""
    left = room - (before.end - before.begin) - _SLACK * line.size
    first = line.words[0]
    width = first.end - first.begin
    if width <= left:
        return False
    if before.end - before.begin >= _FULL * (sides[1] - sides[0]):
        return True
    return is_inside_a_word(before, line) or _first_word(first.text) * width > _LITTLE * left


def _room(lines: Sequence[PdfLine], sides: Sides) -> float:
    """Return how wide a line may become: the cell without the margin that its lines leave on either side."""
    margins = [margin for line in lines for margin in (line.begin - sides[0], sides[1] - line.end)]
    return sides[1] - sides[0] - 2 * max(min([*margins, _WIDEST_MARGIN]), 0.0)


def is_inside_a_word(before: PdfLine, line: PdfLine) -> bool:
    """Say whether the end of a line and the begin of the next are parts of one Thai word."""
    head, tail, at = before.words[-1].text, line.words[0].text, 0
    for piece in _parser().parse(head + tail):
        at += len(piece)
        if at >= len(head):
            return at > len(head)
    return False


def _first_word(text: str) -> float:
    """Return which part of a text its first Thai word is, by letters."""
    pieces = _parser().parse(text)
    return len(pieces[0]) / len(text) if pieces else 1.0


@cache
def _parser() -> Any:
    return budoux.load_default_thai_parser()


def _is_broken_figure(text: str, rest: str) -> bool:
    """Say whether two lines are the pieces of one figure: "98." and "56", "12,5" and "00"."""
    return not (is_figure(text) and is_figure(rest)) and rest[:1].isdigit() and is_figure(text + rest)


def _is_full_figure(line: PdfLine, after: PdfLine, sides: Sides) -> bool:
    """Say whether a figure broke after ``line`` because no digit more had room: "10" and "0" in a narrow cell.

    A long figure without separators is none: "100" above "98" are two.
    """
    whole = line.text + after.text
    if not (is_figure(line.text) and is_figure(whole) and after.text[:1].isdigit()) or _UNGROUPED.match(whole):
        return False
    length = line.end - line.begin
    margin = min(line.begin - sides[0], sides[1] - line.end, _WIDEST_MARGIN)
    return sides[1] - sides[0] - 2 * margin - length < _NO_ROOM * length / len(line.text)
