"""Tables by quarter, third or half of a year: each part is laid out as a cell merged over its months (R48).

Then everything that reads months reads the parts too: such a figure stands for its
whole part (an entry with a span of three, four or six periods).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from samrit.intake.headings import Headings
from samrit.intake.tables.lattice import NOWHERE, Line, Slot, slot_at
from samrit.intake.tables.layout import Layout, columns_of, first_header_line, is_month_line
from samrit.vocabulary.numbers import whole

_QUARTER = re.compile(r"(?:ไตร\s?มา[สศ]|quarter|Q)\s*(?:ที่)?\s*[:.]?\s*([1-4])(?![0-9])\s*(.*)", re.IGNORECASE)
_FIRST_MONTH = re.compile(r"(ต\s?\.?\s?ค|oct)|(ม\s?\.?\s?ค|jan)", re.IGNORECASE)
_THIRD = re.compile(r"(?:งวด|ระยะ|trimester|T)\s*(?:ที่)?\s*[:.]?\s*([1-4])(?![0-9])\s*(.*)", re.IGNORECASE)
_HALF = re.compile(
    r"(?:ครึ่งปี|รอบ|H(?=[12])|half|(?=(?:6|12)\s*เดือน))\s*(?:ที่)?\s*"
    r"(แรก|หลัง|(?:6|12)\s*เดือน(?:แรก|หลัง)?|[12])(?![0-9])\s*(.*)",
    re.IGNORECASE,
)
_SECOND_HALF = re.compile(r"(?:12|6)?\s*\S*หลัง|12|2")  # "12 เดือน" is the second of two rounds, given to date
_KINDS = ((4, _QUARTER, 3), (3, _THIRD, 3), (2, _HALF, 2))  # parts of a year, their headings, how many must be read
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Quarters:
    """Where the parts of the year are in a table, and how its rows become rows by month.

    ``planned`` are the positions of the parts (four quarters, three thirds, two halves),
    ``actual`` those of the results where each part has a column of its own for them;
    ``end`` is the first position after the parts, ``width`` that of the table; ``others``
    are columns between the parts that hold neither, percents left out: they go behind all.
    """

    planned: tuple[int, ...]
    actual: tuple[int, ...]
    end: int
    width: int
    others: tuple[int, ...] = ()

    def by_month(self, line: Line) -> Line:
        """Return a row with as many positions as a part has months: the plan's first, then the results'."""
        months = _YEAR // len(self.planned)
        made = [slot_at(line, at) for at in range(self.planned[0])]
        for at in (*self.planned, *self.actual):
            made.extend(_repeated(slot_at(line, at), months))
        made.extend(line[self.end :])
        made.extend(slot_at(line, at) for at in self.others)
        return tuple(made)


def _repeated(slot: Slot, months: int) -> list[Slot]:
    if slot.cell is None:
        return [NOWHERE] * months
    wide = replace(slot.cell, colspan=months, part_of=slot.cell.whole)
    return [Slot(wide, slot.begins), *([Slot(wide, begins=False)] * (months - 1))]


def find_quarters(lines: Sequence[Line], words: Headings) -> tuple[int, Quarters, Layout] | None:
    """Return the first heading of quarters, or None: its first row, the quarters, and the layout of rows by month."""
    if any(is_month_line(line) for line in lines):
        return None
    for at, line in enumerate(lines):
        count, found = _parts(line)
        if not found:
            continue
        first = first_header_line(lines, at, words)
        below = lines[at + 1] if at + 1 < len(lines) else ()
        quarters = _columns(line, (count, found), below, words)
        header = at - first + (2 if quarters.actual or _is_heading(below, words) else 1)
        rows = [quarters.by_month(row) for row in lines[first : first + header]]
        start = quarters.planned[0]
        months = tuple(range(start, start + 12))
        actuals = tuple(range(start + 12, start + 24)) if quarters.actual else ()
        columns = columns_of(rows, {*months, *actuals}, words)
        calendar = _calendar(line[found[min(found)]].text)
        return first, quarters, Layout(columns, months, actuals, calendar=calendar, header=header)
    return None


def _parts(line: Line) -> tuple[int, dict[int, int]]:
    """Return into how many parts a row cuts the year, and part → position; nothing where it names too few of them."""
    for count, pattern, fewest in _KINDS:
        found: dict[int, int] = {}
        for at, slot in enumerate(line):
            match = pattern.match(slot.text) if slot.text and len(slot.text) <= 40 else None
            if match:
                found.setdefault(_number(match[1]), at)
        if len(found) >= fewest and [*found] == sorted(found):
            return max(count, *found), found  # thirds of which there is a fourth are quarters: T1–T4, งวดที่ 1–4
    return 0, {}


def _number(text: str) -> int:
    if _SECOND_HALF.match(text):
        return 2
    return whole(text, 1)


def _columns(line: Line, parts: tuple[int, dict[int, int]], below: Line, words: Headings) -> Quarters:
    count, found = parts
    starts = [found.get(part, -1) for part in range(1, count + 1)]
    wide = _width(line, sorted(found.values()))
    for at, start in enumerate(starts):  # a quarter whose heading was not read is beside its neighbour
        if start < 0:
            starts[at] = starts[at - 1] + wide if at else starts[1] - wide
    sides = {at: m.code for at, slot in enumerate(below) if slot.text and (m := words.find("side", slot.text))}
    planned = [_side(start, wide, sides, "planned") for start in starts]
    actual = [_side(start, wide, sides, "actual") for start in starts]
    if all(at is not None for at in actual):
        both = tuple(p if p is not None else s for p, s in zip(planned, starts, strict=True))
        end = starts[-1] + wide
        others = (at for at in range(both[0], end) if at not in (*both, *actual) and not _is_percent(below, at, words))
        return Quarters(both, tuple(a for a in actual if a is not None), end, len(line), tuple(others))
    end = starts[-1] + wide  # what is between the parts is of no side: it is kept, and listed where unused
    others = (at for at in range(starts[0], end) if at not in starts and not _is_percent(below, at, words))
    return Quarters(tuple(starts), (), end, len(line), tuple(others))


def part_of_year(text: str) -> str:
    """Return the part of a year that a heading names and nothing else ("Q1", "ไตรมาสที่ 2"), "" for any other."""
    named = (pattern.fullmatch(text) for _, pattern, _ in _KINDS)
    return next((text for match in named if match is not None and not match[2].strip()), "")


def _width(line: Line, starts: Sequence[int]) -> int:
    """Return how many columns a part has: those merged below its heading, or left blank behind it as in plain text."""
    cell = line[starts[-1]].cell
    merged = max(cell.colspan, 1) if cell is not None else 1
    apart = min(other - one for one, other in pairwise(starts))
    behind = [at for start in starts for at in range(start + 1, start + apart)]
    return merged if any(slot_at(line, at).text for at in behind) else max(merged, apart)


def _side(start: int, wide: int, sides: dict[int, str], code: str) -> int | None:
    return next((at for at in range(start, start + wide) if sides.get(at) == code), None)


def _is_percent(line: Line, at: int, words: Headings) -> bool:
    match = words.find("column", slot_at(line, at).text)
    return match is not None and match.code == "percent"


def _is_heading(line: Line, words: Headings) -> bool:
    texts = [slot.text for slot in line if slot.text]
    return len(texts) > 1 and all(words.find("column", text) or words.find("side", text) for text in texts)


def _calendar(heading: str) -> str:
    """Return the calendar by the months that the first quarter names, "" where it names none."""
    match = _FIRST_MONTH.search(heading)
    return "" if match is None else "fiscal" if match[1] else "calendar"
