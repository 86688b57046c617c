"""Tables of indicators with a target for each of several years ("ปี 2566 … 2570", "ปี 2564 แผน (ผล)") (R14, R61)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from samrit.intake.cleaning import cleaned
from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings
from samrit.intake.plans.cards import is_card
from samrit.intake.tables.drafts import IndicatorDraft, WorkDraft
from samrit.intake.tables.lattice import Line, lay_out, slot_at
from samrit.intake.tables.layout import columns_of
from samrit.intake.tables.results import without_result
from samrit.intake.tables.scopes import Scopes
from samrit.intake.tables.tokens import token
from samrit.vocabulary.numbers import parse_target, whole
from samrit.vocabulary.years import parse_year

_FEWEST_YEARS = 3
_HEADING_ROWS = 5
_FIRST_SHORT_YEAR = 40  # of two digits: 2540
_SIDES = re.compile(
    r"\s*(?:แผน|เป้าหมาย|ค่าเป้าหมาย|target|plan)?\s*(?:[(/]\s*(?:ผล|actual|result)\s*\)?)?\s*$", re.IGNORECASE
)
_NUMBER = re.compile(r"^([0-9]{1,3})\s*[.)]?$")
_NUMBERED = re.compile(r"^(?:ตัวชี้วัดที่\s*)?([0-9]{1,3})(?:\.[0-9]+)?\s*[.)]?\s+(\D.*)$", re.DOTALL)


def year_heading(lines: Sequence[Line]) -> tuple[int, dict[int, int]] | None:
    """Return the row that names several years in turn and position → Buddhist year, None where there is none."""
    for at, line in enumerate(lines[:_HEADING_ROWS]):
        found: dict[int, int] = {}
        for position, slot in enumerate(line):
            year = parse_year(_SIDES.sub("", slot.text)) if _may_be_year(slot.text) else None
            if year is not None and year.year_be is not None:
                found[position] = year.year_be
        years = list(found.values())
        if len(years) >= _FEWEST_YEARS and years == list(range(years[0], years[0] + len(years))):
            return at, found
    return None


def _may_be_year(text: str) -> bool:
    """Say whether a heading can name a year: "1" to "12" name months, and "66" a year of the Buddhist era."""
    bare = _SIDES.sub("", text)
    return 0 < len(text) <= 40 and whole(bare, _FIRST_SHORT_YEAR) >= _FIRST_SHORT_YEAR


class YearTableReader:
    """Collects works whose indicators have targets of several years."""

    def __init__(self, words: Headings) -> None:
        self._words = words
        self._scopes = Scopes(words)
        self.works: list[WorkDraft] = []
        self._years: dict[int, int] = {}
        self._columns: dict[str, int] = {}
        self._width = 0

    def read(self, grids: Iterable[Grid]) -> None:
        """Read grids in document order; a table without headings goes on with those of the one before."""
        for grid in grids:
            if not grid.is_table:
                for row in grid.rows:
                    for cell in row:
                        if not self._scopes.read_fund(cell.text):
                            self._scopes.read(cell.text)
                continue
            lines = lay_out(grid)
            if is_card(lines, self._words):
                continue
            self._table(grid, lines)

    def _table(self, grid: Grid, lines: list[Line]) -> None:
        found = year_heading(lines)
        first = 0
        if found is not None:
            at, self._years = found
            self._columns = columns_of(lines[: at + 1], set(self._years), self._words)
            self._width = max(map(len, lines))
            first = at + 1
        elif not self._columns or max(map(len, lines), default=0) != self._width:
            self._columns = {}
            return
        if "indicator" not in self._columns and "name" not in self._columns:
            self._columns = {}
            return
        for line in lines[first:]:
            self._row(grid, line)

    def _row(self, grid: Grid, line: Line) -> None:
        texts = {slot.text for slot in line if slot.text}
        if len(texts) == 1 and self._scopes.read(next(iter(texts))):
            return
        column = self._columns.get("indicator", self._columns.get("name", 0))
        name = slot_at(line, column)
        targets = {year: cell for at, year in self._years.items() if (cell := slot_at(line, at).cell) and cell.text}
        if not name.text or name.cell is None or not targets:
            return
        self._work(grid, line, name.cell)
        self._indicator(line, name.text, name.cell, targets)

    def _work(self, grid: Grid, line: Line, cell: GridCell) -> None:
        """Begin a work where the row names one; an indicator that belongs to no work is listed as one itself."""
        named = "indicator" in self._columns and "name" in self._columns
        title = slot_at(line, self._columns["name"]) if named else None
        if title is not None and not title.text and self.works:
            return
        text = title.text if title is not None and title.text else cleaned(cell.text)
        printed = _NUMBER.match(slot_at(line, self._columns.get("number", -1)).text)
        inside = _NUMBERED.match(text)
        number = int(printed[1]) if printed else int(inside[1]) if inside else None
        doubts = [] if named else ["intake_indicator_as_work"]
        doubts += [] if number is not None else ["intake_number_missing"]
        known = number if number is not None else (self.works[-1].number or 0) + 1 if self.works else 1
        work = WorkDraft(
            grid, self._scopes.now, known, inside[2] if inside else text, cell, doubts=doubts, monthly=False
        )
        work.lines = [cell.line] if cell.line is not None else []
        for role in ("unit", "budget", "period"):
            setattr(work, role, slot_at(line, self._columns.get(role, -1)).text)
        self.works.append(work)

    def _indicator(self, line: Line, name: str, cell: GridCell, targets: dict[int, GridCell]) -> None:
        work = self.works[-1]
        inside = _NUMBERED.match(name)
        draft = IndicatorDraft(number=len(work.indicators) + 1, name=inside[2] if inside else name, cell=cell)
        draft.lines = list(work.lines)
        draft.years = dict(targets)  # a result behind a target stays part of its words
        first = next(iter(targets.values()))
        unit = slot_at(line, self._columns.get("unit_of_measure", -1)).text
        draft.unit_of_measure = unit or parse_target(without_result(first.text)).unit_of_measure
        if "weight" in self._columns and slot_at(line, self._columns["weight"]).text:
            draft.weight = token(slot_at(line, self._columns["weight"]).cell, 0)
        work.indicators.append(draft)
