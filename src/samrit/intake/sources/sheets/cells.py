"""The filled cells of one sheet by row and column, with its merged cells."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from functools import cache

from samrit.intake.sources.job import Job

_NEEDS_QUOTES = re.compile(r"[^\w\u0e00-\u0e7f.]")
_MOST_MERGES = 200_000
LAST_COLUMN = 16_384  # of every spreadsheet program
LAST_ROW = 1_048_576


@cache
def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1: 1 is "A", 28 is "AB"."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class Merge:
    """A merged cell: its first row and column and the last ones that it covers, all counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetCells:
    """The texts of a sheet by row and column from 1; empty cells are not kept.

    ``put`` and ``merge`` first, then ``settle`` once; after it ``spans`` holds for every
    row the places that are taken, as sorted (first column, last column).
    """

    job: Job
    name: str = ""
    addressed: bool = True  # cells are called "Sheet!C7"; else by their column's number
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    begins: dict[tuple[int, int], Merge] = field(default_factory=dict)
    spans: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def put(self, row: int, column: int, text: str) -> None:
        """Keep the text of a cell; what lies outside any sheet is nothing."""
        if text and 0 < row <= LAST_ROW and 0 < column <= LAST_COLUMN:
            self.job.cell(text)
            self.rows.setdefault(row, {})[column] = text

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a rectangle of cells into its first one."""
        several = bottom >= top > 0 and right >= left > 0 and (bottom > top or right > left)
        if several and len(self.merges) < _MOST_MERGES:
            self.merges.append(Merge(top, left, bottom, right))

    def settle(self) -> None:
        """Cut merged cells to the filled part of the sheet, drop empty and overlapping ones, and list taken places."""
        if not self.rows:
            return
        last_row = max(self.rows)
        last_column = max(max(texts) for texts in self.rows.values())
        merged: dict[int, list[tuple[int, int]]] = {}
        under = 0
        for merge in sorted(self.merges):
            cut = Merge(merge.top, merge.left, min(merge.bottom, last_row), min(merge.right, last_column))
            if cut.left in self.rows.get(cut.top, {}) and cut.top <= cut.bottom:
                under += self._cover(cut, merged)
        for row in self.rows.keys() | merged.keys():
            wide = merged.get(row, [])
            starts = {span[0] for span in wide}
            self.spans[row] = sorted([*wide, *((c, c) for c in self.rows.get(row, {}) if c not in starts)])
        if under:
            self.job.note("intake_text_under_merge", column=self.name, count=under)

    def _cover(self, merge: Merge, merged: dict[int, list[tuple[int, int]]]) -> int:
        """Take the places of a merged cell, unless another one has them; return how many texts it hides."""
        rows = range(merge.top, merge.bottom + 1)
        # Whoever lays the table out pays for every place that a cell covers.
        self.job.cell(times=len(rows) * (merge.right - merge.left + 1))
        span = (merge.left, merge.right)
        if any(_overlaps(merged.get(row, []), span) for row in rows):
            return 0
        under = 0
        for row in rows:
            insort(merged.setdefault(row, []), span)
            texts = self.rows.get(row, {})
            hidden = [c for c in texts if span[0] <= c <= span[1] and (row, c) != (merge.top, merge.left)]
            for column in hidden:
                del texts[column]
            under += len(hidden)
        self.begins[merge.top, merge.left] = merge
        return under

    def taken(self, row: int, left: int, right: int) -> list[tuple[int, int]]:
        """Return the taken places of a row between two columns."""
        spans = self.spans.get(row, [])
        first = bisect_left(spans, (left, 0))
        found = []
        for span in spans[first:]:
            if span[0] > right:
                break
            found.append(span)
        return found

    def address(self, row: int, column: int) -> str:
        """Return what a cell is called: "C7", with its sheet where it has one: "'แผน 68'!C7"."""
        if not self.addressed:
            return str(column)
        cell = f"{column_letters(column)}{row}"
        if not self.name:
            return cell
        sheet = self.name.replace("'", "''")
        return f"'{sheet}'!{cell}" if _NEEDS_QUOTES.search(self.name) else f"{sheet}!{cell}"


def _overlaps(spans: list[tuple[int, int]], wanted: tuple[int, int]) -> bool:
    """Say whether one of the sorted, separate ``spans`` shares a column with ``wanted``."""
    at = bisect_left(spans, wanted)
    return any(span[0] <= wanted[1] and span[1] >= wanted[0] for span in spans[max(at - 1, 0) : at + 1])
