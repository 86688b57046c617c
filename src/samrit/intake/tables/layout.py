"""The columns of a monitoring table, recognised by their headings in any order (R42, R295)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from samrit.intake.headings import Headings, key
from samrit.intake.tables.lattice import Line, slot_at
from samrit.intake.tables.part_sums import is_part_sum, sums_among_months
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.periods import parse_month

_BEHIND = ("unit", "budget", "target", "unit_of_measure", "weight", "period")
FEWEST_MONTHS = 6  # of twelve that must be read for a row to be a heading of months
_FEWEST_HEADINGS = 4  # beside months that are only numbered
_FEWEST_SUBTOTALS = 2  # between months, for the one after the last to be taken for one too
_LETTER = re.compile("[ก-๙A-Za-z]")
_OFFICE = re.compile(r"(?:responsible|lead|owner).*unit|unit.*(?:responsible|incharge)")
_YEAR = re.compile(r"(?<=\D)[\s'’\-/]*(?:25|20)?[0-9]{2}$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a monitoring table stand, by position.

    ``months`` are the positions of periods 1..12 of the planned (or only) figure;
    ``actuals`` those of the results where plan and result are columns.  ``subtotals``
    are positions between months that hold sums of quarters.
    """

    columns: Mapping[str, int]
    months: tuple[int, ...]
    actuals: tuple[int, ...] = ()
    subtotals: frozenset[int] = frozenset()
    calendar: str = "calendar"
    header: int = 0  # rows that the heading takes
    plan_only: bool = False  # no results are there: every row of figures is a plan
    results_only: bool = False  # no plan is there: every row of figures is a result
    rates: int | None = None  # where rows are called numerator, denominator and rate

    @property
    def has_sides_in_rows(self) -> bool:
        """Whether plan and result are rows below each other, not columns."""
        return not self.actuals

    def position(self, role: str) -> int | None:
        """Return the position of a column, or None."""
        return self.columns.get(role)

    @property
    def behind(self) -> Mapping[str, int]:
        """The columns of words and money that stand after the months: role → position."""
        last = max((*self.months, *self.actuals))
        return {role: at for role, at in self.columns.items() if role in _BEHIND and at > last}


def find_layout(lines: Sequence[Line], words: Headings, start: int = 0) -> tuple[int, Layout] | None:
    """Return the first heading of months from row ``start`` on: its first row and the layout; None if there is none."""
    for at in range(start, len(lines)):
        months = _months(lines[at])
        if months is None:
            continue
        first = first_header_line(lines, at, words, start)
        return first, _layout(lines, (first, at), months, words)
    return None


def is_month_line(line: Line) -> bool:
    """Say whether a row names most of the months."""
    return _months(line) is not None


@lru_cache(maxsize=8192)
def _month(text: str, after: int | None) -> int | None:
    return parse_month(text, after=after).month


def month_of(text: str, after: int | None) -> int | None:
    """Return the calendar month that a cell names, with or without a year; ``after`` is that of the cell before."""
    name = _YEAR.sub("", text)
    return _month(name, after) if name and len(name) <= 14 and _LETTER.search(name) else None


def month_positions(line: Line) -> dict[int, int]:
    """Return position → calendar month for a row that names most of the months, nothing for any other."""
    return _months(line) or {}


def _months(line: Line) -> dict[int, int] | None:
    """Return position → calendar month for a row that names most of the months in turn, or None."""
    found: dict[int, int] = {}
    after: int | None = None
    for at, slot in enumerate(line):
        if (month := month_of(slot.text, after)) is not None:
            found[at] = after = month
    return found if len(set(found.values())) >= FEWEST_MONTHS else _numbered_months(line)


def _numbered_months(line: Line) -> dict[int, int] | None:
    """Return position → month of a heading that numbers the months 1 to 12 in turn.

    A row of figures may count up to twelve too: a heading has no other figure, and beside
    the numbers only headings of many columns, or nothing where these are in a row above.
    """
    found: dict[int, int] = {}
    words = 0
    for at, slot in enumerate(line):
        if (number := whole(slot.text, 0)) or slot.text.isdigit():
            if number != len(found) + 1:
                return None
            found[at] = number
        elif slot.text:
            if not _LETTER.search(slot.text):
                return None
            words += 1
    return found if len(found) == 12 and (not words or words >= _FEWEST_HEADINGS) else None


def first_header_line(lines: Sequence[Line], at: int, words: Headings, start: int = 0) -> int:
    """Return the first of up to three rows above the months that hold column headings."""
    first = at
    while first > max(start, at - 3) and _heading_count(lines[first - 1], words) >= 2:
        first -= 1
    return first


def _heading_count(line: Line, words: Headings) -> int:
    return sum(1 for slot in line if slot.text and words.find("column", slot.text))


def _layout(lines: Sequence[Line], rows: tuple[int, int], months: dict[int, int], words: Headings) -> Layout:
    first, at = rows
    positions, calendar = _month_positions(months)
    header = at - first + 1
    actuals: tuple[int, ...] = ()
    below = lines[at + 1] if at + 1 < len(lines) else ()
    sides = [words.find("side", slot.text) for slot in below]
    if (
        not _again(months, positions)
        and sum(1 for side in sides if side and side.code in ("planned", "actual")) >= FEWEST_MONTHS
    ):
        header += 1
        positions, actuals = _pairs(positions, [side.code if side else "" for side in sides])
    elif (blocks := _blocks(lines[first : at + 2], months, positions, words)) is not None:
        positions, actuals, below_too = blocks
        header += below_too
    taken = {*positions, *actuals}
    last = max(taken)
    rows_above = lines[first : first + header]
    quarters = {p for p in range(max(map(len, rows_above))) if is_part_sum(rows_above, p, actuals=bool(actuals))}
    quarters |= set() if actuals else sums_among_months(rows_above, taken, words)
    inside = set(range(min(taken), last + 1)) if actuals else taken
    columns = columns_of(rows_above, inside | quarters, words)
    if actuals:
        columns = _totals_by_side(columns, [side.code if side else "" for side in sides], {*taken, *quarters}, last)
    totals = [columns[r] for r in ("total", "plan_total", "actual_total") if r in columns and columns[r] > last]
    named = set(columns.values())
    unnamed = [p for p in range(min(positions), min(totals, default=last)) if p not in taken and p not in named]
    inner = frozenset(p for p in unnamed if p < last)
    subtotals = (frozenset(unnamed) if len(inner) >= _FEWEST_SUBTOTALS else inner) | frozenset(quarters - taken)
    return Layout(columns, positions, actuals, subtotals, calendar, header)


def _again(months: dict[int, int], positions: tuple[int, ...]) -> dict[int, int]:
    """Return month → position of months that are named a second time, nothing where most are not."""
    again = {month: at for at, month in months.items() if at not in positions}
    return again if len(again) >= FEWEST_MONTHS else {}


def _blocks(
    rows: Sequence[Line], months: dict[int, int], positions: tuple[int, ...], words: Headings
) -> tuple[tuple[int, ...], tuple[int, ...], bool] | None:
    """Return the months of plan and result that are in two blocks, and whether headings below them say so.

    A second block without a heading that says which side it is is none of both.
    """
    again = _again(months, positions)
    if not again:
        return None
    second = tuple(again.get(months.get(at, 0), -1) for at in positions)
    if min(second) < 0:
        return None
    for row in rows:
        sides = [words.find("side", slot_at(row, block[0]).covering) for block in (positions, second)]
        codes = [side.code if side else "" for side in sides]
        if codes in (["planned", "actual"], ["actual", "planned"]):
            blocks = (positions, second) if codes[0] == "planned" else (second, positions)
            return *blocks, row is rows[-1]
    return None


def _totals_by_side(columns: dict[str, int], sides: list[str], taken: set[int], last: int) -> dict[str, int]:
    """Give plan and result below one heading behind the months ("รวมทั้งปี") their columns."""
    made = {role: at for role, at in columns.items() if role not in ("planned", "actual")}
    for at in range(last + 1, len(sides) - 1):
        if at not in taken and at + 1 not in taken and sides[at : at + 2] == ["planned", "actual"]:
            made.pop("total", None)
            return {**made, "plan_total": at, "actual_total": at + 1}
    return made


def _month_positions(months: dict[int, int]) -> tuple[tuple[int, ...], str]:
    """Return the positions of periods 1..12 and the calendar; unread months are between neighbours."""
    ordered = list(months.items())
    calendar = "fiscal" if ordered[0][1] in (10, 11) and 9 in months.values() else "calendar"
    start = 10 if calendar == "fiscal" else 1
    known: dict[int, int] = {}
    for position, month in ordered:
        known.setdefault((month - start) % 12 + 1, position)
    for period in range(1, 13):
        if period not in known:
            before = known.get(period - 1)
            known[period] = before + 1 if before is not None else min(known.values()) - 1
    return tuple(known[p] for p in range(1, 13)), calendar


def _pairs(positions: tuple[int, ...], sides: list[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the positions of plan and result under each month."""
    planned, actual = [], []
    for position in positions:
        near = range(position, min(position + 3, len(sides)))
        planned.append(next((p for p in near if sides[p] == "planned"), position))
        actual.append(next((p for p in near if sides[p] == "actual"), position + 1))
    return tuple(planned), tuple(actual)


def columns_of(rows: Sequence[Line], taken: set[int], words: Headings) -> dict[str, int]:
    """Return role → position; a role goes to the position whose heading fits best."""
    scores: dict[str, tuple[float, int]] = {}
    for position in range(max(len(row) for row in rows)):
        if position in taken:
            continue
        texts = list(dict.fromkeys(t for row in rows if (t := slot_at(row, position).covering)))
        # "รวม" above "แผน" is the plan's total; else the lower heading says more.
        tried = [" ".join(texts), *reversed(texts)] if len(texts) > 1 else texts
        matches = [m for text in tried if (m := words.find("column", text))]
        if not matches:
            continue
        best = max(matches, key=lambda m: m.score)
        if best.code not in scores or best.score > scores[best.code][0]:
            scores[best.code] = (best.score, position)
    return _plain_unit({role: position for role, (_, position) in scores.items()}, rows, words)


def _plain_unit(columns: dict[str, int], rows: Sequence[Line], words: Headings) -> dict[str, int]:
    """Take "Unit" beside target or weight for the unit of measure, where no other column is that.

    The other column may be the office's in longer words ("Responsible unit"): then both are known.
    """
    at = columns.get("unit")
    if at is None or "unit_of_measure" in columns:
        return columns
    near = [n for role in ("target", "weight") if (own := columns.get(role)) is not None for n in (own - 1, own + 1)]
    near += [columns["indicator"] + 1] if "indicator" in columns else []
    plain = next((n for n in near if any(key(slot_at(row, n).covering) == "unit" for row in rows)), None)
    if plain is None:
        return columns
    others = _office(rows, plain, words) if plain == at else at
    made = {role: position for role, position in columns.items() if role != "unit"} | {"unit_of_measure": plain}
    return made if others is None else {**made, "unit": others}


def _office(rows: Sequence[Line], besides: int, words: Headings) -> int | None:
    """Return the column of an office whose heading says so in other words than "Unit"."""
    for at in range(max(map(len, rows))):
        texts = [key(slot_at(row, at).covering) for row in rows]
        if at == besides or "unit" in texts:
            continue
        named = [match.code for text in texts if text and (match := words.find("column", text))]
        if "unit" in named or any(_OFFICE.search(text) for text in texts):
            return at
    return None
