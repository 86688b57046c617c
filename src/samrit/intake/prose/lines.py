"""The running text of documents, line by line, each with its place; rows of small tables in it as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from samrit.engine.model import Source
from samrit.intake.cleaning import cleaned
from samrit.intake.grid import Grid

_MOST_COLUMNS = 3  # a wider table is no list among paragraphs
_MARKS = (  # what a paragraph begins with, by its depth
    re.compile(r"(?P<n>[0-9๐-๙]{1,2})\s*\.(?![0-9๐-๙])\s*(?P<text>\S.*)"),
    re.compile(r"(?P<n>[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})?)\s*\)\s*(?P<text>\S.*)"),
    re.compile(r"(?:\((?P<n>[0-9๐-๙]{1,2})\)|(?P<m>[-–•●*](?!\*)))\s*(?P<text>\S.*)"),
)


@dataclass(frozen=True, slots=True)
class ProseLine:
    """A line of running text: what it says, its number ("" for none), and how deep its mark stands (None: no mark)."""

    text: str
    whole: str
    number: str
    depth: int | None
    source: Source


def paragraphs(grids: Sequence[Grid]) -> Iterator[ProseLine | None]:
    """Yield the paragraphs of documents in order; None where a large table is between them."""
    for grid in grids:
        if grid.is_table and max((len(row) for row in grid.rows), default=0) > _MOST_COLUMNS:
            yield None
            continue
        for row in grid.rows:
            cells = [cell.text for cell in row if cell.text.strip()]
            text = cleaned(" ".join(cells))
            if text and text not in "-–":
                found = _paragraph(text, grid.source(row[0]))
                # A row of several cells belongs to what is told above it; it begins nothing.
                yield found if len(cells) == 1 else replace(found, depth=len(_MARKS) - 1)


def _paragraph(text: str, source: Source) -> ProseLine:
    for depth, mark in enumerate(_MARKS):
        if found := mark.fullmatch(text):
            return ProseLine(found["text"], text, found.groupdict().get("n") or "", depth, source)
    return ProseLine(text, text, "", None, source)
