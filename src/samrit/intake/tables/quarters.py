"""Monitoring tables by quarter: each quarter is laid out as a cell that is merged over its three months (R48).

Then everything that reads months reads quarters too: such a figure stands for its
whole quarter (an entry with a span of three periods).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from samrit.intake.headings import Headings
from samrit.intake.tables.lattice import NOWHERE, Line, Slot, slot_at
from samrit.intake.tables.layout import Layout, columns_of, first_header_line, is_month_line

_QUARTER = re.compile(r"(?:ไตร\s?มา[สศ]|quarter|Q)\s*(?:ที่)?\s*[:.]?\s*([1-4])(?![0-9])\s*(.*)", re.IGNORECASE)
_FIRST_MONTH = re.compile(r"(ต\s?\.?\s?ค|oct)|(ม\s?\.?\s?ค|jan)", re.IGNORECASE)
_FEWEST = 3  # of the four quarters
_MONTHS = 3  # of a quarter


@dataclass(frozen=True, slots=True)
class Quarters:
    """Where the quarters of a table stand, and how its rows become rows by month.

    ``planned`` are the positions of the four quarters, ``actual`` those of the results
    where each quarter has a column of its own for them; ``end`` is the first position
    after the quarters, ``width`` that of the table.
    """

    planned: tuple[int, ...]
    actual: tuple[int, ...]
    end: int
    width: int

    def by_month(self, line: Line) -> Line:
        """Return a row with three positions for each quarter: the plan's first, then the results'."""
        made = [slot_at(line, at) for at in range(self.planned[0])]
        for at in (*self.planned, *self.actual):
            made.extend(_thrice(slot_at(line, at)))
        made.extend(line[self.end :])
        return tuple(made)


def _thrice(slot: Slot) -> list[Slot]:
    if slot.cell is None:
        return [NOWHERE] * _MONTHS
    wide = replace(slot.cell, colspan=_MONTHS)
    return [Slot(wide, slot.begins), *([Slot(wide, begins=False)] * (_MONTHS - 1))]


def find_quarters(lines: Sequence[Line], words: Headings) -> tuple[int, Quarters, Layout] | None:
    """Return the first heading of quarters, or None: its first row, the quarters, and the layout of rows by month."""
    if any(is_month_line(line) for line in lines):
        return None
    for at, line in enumerate(lines):
        found = _quarters(line)
        if len(found) < _FEWEST or [*found] != sorted(found):
            continue
        first = first_header_line(lines, at, words)
        below = lines[at + 1] if at + 1 < len(lines) else ()
        quarters = _columns(line, found, below, words)
        header = at - first + (2 if quarters.actual or _is_heading(below, words) else 1)
        rows = [quarters.by_month(row) for row in lines[first : first + header]]
        start = quarters.planned[0]
        months = tuple(range(start, start + 12))
        actuals = tuple(range(start + 12, start + 24)) if quarters.actual else ()
        columns = columns_of(rows, {*months, *actuals}, words)
        calendar = _calendar(line[found[min(found)]].text)
        return first, quarters, Layout(columns, months, actuals, calendar=calendar, header=header)
    return None


def _quarters(line: Line) -> dict[int, int]:
    """Return quarter → position."""
    found: dict[int, int] = {}
    for at, slot in enumerate(line):
        match = _QUARTER.match(slot.text) if slot.text and len(slot.text) <= 40 else None
        if match:
            found.setdefault(int(match[1]), at)
    return found


def _columns(line: Line, found: dict[int, int], below: Line, words: Headings) -> Quarters:
    starts = [found.get(q, -1) for q in range(1, 5)]
    cell = line[max(starts)].cell
    wide = max(cell.colspan, 1) if cell is not None else 1
    for at, start in enumerate(starts):  # a quarter whose heading was not read stands beside its neighbour
        if start < 0:
            starts[at] = starts[at - 1] + wide if at else starts[1] - wide
    sides = {at: m.code for at, slot in enumerate(below) if slot.text and (m := words.find("side", slot.text))}
    planned = [_side(start, wide, sides, "planned") for start in starts]
    actual = [_side(start, wide, sides, "actual") for start in starts]
    if all(at is not None for at in actual):
        both = tuple(p if p is not None else s for p, s in zip(planned, starts, strict=True))
        return Quarters(both, tuple(a for a in actual if a is not None), starts[-1] + wide, len(line))
    return Quarters(tuple(starts), (), starts[-1] + wide, len(line))


def _side(start: int, wide: int, sides: dict[int, str], code: str) -> int | None:
    return next((at for at in range(start, start + wide) if sides.get(at) == code), None)


def _is_heading(line: Line, words: Headings) -> bool:
    texts = [slot.text for slot in line if slot.text]
    return len(texts) > 1 and all(words.find("column", text) or words.find("side", text) for text in texts)


def _calendar(heading: str) -> str:
    """Return the calendar by the months that the first quarter names, "" where it names none."""
    match = _FIRST_MONTH.search(heading)
    return "" if match is None else "fiscal" if match[1] else "calendar"
