"""Tables of indicators with a target for each of several years ("ปี 2566 … 2570", "ปี 2564 แผน (ผล)") (R14, R61)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from samrit.intake.cleaning import cleaned
from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings, pattern
from samrit.intake.plans.cards import is_card
from samrit.intake.plans.parts import number_of, number_within
from samrit.intake.tables.drafts import IndicatorDraft, PlanRow, WorkDraft
from samrit.intake.tables.lattice import Line, lay_out, slot_at
from samrit.intake.tables.layout import columns_of
from samrit.intake.tables.results import names_results, without_result
from samrit.intake.tables.scopes import Scopes
from samrit.intake.tables.tokens import token
from samrit.vocabulary.numbers import parse_target, whole
from samrit.vocabulary.years import parse_year

_FEWEST_YEARS = 3
_HEADING_ROWS = 5
_LONGEST_TITLE = 240
_READ = (
    "number",
    "name",
    "indicator",
    "unit",
    "budget",
    "period",
    "goal",
    "unit_of_measure",
    "weight",
    "strategy",
    "tactic",
)
_OF_INDICATOR = ("indicator", "name", "unit_of_measure", "weight")  # what rows below a work's first are read for
_FIRST_SHORT_YEAR = 40  # of two digits: 2540
_SIDES = re.compile(
    r"\s*(?:แผน|เป้าหมาย|ค่าเป้าหมาย|target|plan)?\s*(?:[(/]\s*(?:ผล|actual|result)[\s*]*\)?)?[\s*]*$", re.IGNORECASE
)
_ABOVE = re.compile(pattern("work_above"), re.IGNORECASE)  # "ผลผลิตที่ 1 : …" above the table of its indicators
_MONEY = re.compile(pattern("money"), re.IGNORECASE)  # years below are those of amounts
_NUMBERED = re.compile(r"^(?:ตัวชี้วัดที่\s*)?([0-9]{1,3})(?:\.[0-9]+)?\s*[.)]?\s+(\D.*)$", re.DOTALL)


def year_heading(lines: Sequence[Line]) -> tuple[int, dict[int, int]] | None:
    """Return the row that names several years in turn and position → Buddhist year, None where there is none."""
    for at, line in enumerate(lines[:_HEADING_ROWS]):
        found: dict[int, int] = {}
        for position, slot in enumerate(line):
            if any(_MONEY.search(slot_at(above, position).covering) for above in lines[: at + 1]):
                continue
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
        self.scopes = Scopes(words)
        self.works: list[WorkDraft] = []
        self.rows: list[PlanRow] = []  # for the ledger
        self._years: dict[int, int] = {}
        self._columns: dict[str, int] = {}
        self._width = 0
        self._headings: list[list[str]] = []
        self._above: tuple[int | None, str, GridCell] | None = None  # number, title and cell of the work told above
        self._below = 0  # works read when it was told

    def _heading(self, lines: Sequence[Line]) -> tuple[int, dict[int, int]] | None:
        """Return the row of headings, and what each position between them stands for."""
        return year_heading(lines)

    def read(self, grids: Iterable[Grid]) -> None:
        """Read grids in document order; a table without headings goes on with those of the one before."""
        for grid in grids:
            if not grid.is_table:
                for row in grid.rows:
                    for cell in row:
                        self._text(cell)
                continue
            lines = lay_out(grid)
            if is_card(lines, self._words):
                continue
            self._table(grid, lines)

    def _text(self, cell: GridCell) -> None:
        """Take a line of running text: a heading, or the work whose indicators a table below it lists."""
        text = cleaned(cell.text)
        if len(text) <= _LONGEST_TITLE and (match := _ABOVE.fullmatch(text)):
            self._above, self._below = (whole(match[1], 0) or None, match[2], cell), len(self.works)
        elif self.scopes.read_fund(cell.text) or self.scopes.read(cell.text):
            self._above = None

    def _table(self, grid: Grid, lines: list[Line]) -> None:
        found = self._heading(lines)
        first = 0
        if found is not None:
            at, named = found
            self._years = self._planned(lines[: at + 1], named)
            self._columns = columns_of(lines[: at + 1], set(named), self._words)
            self._width = max(map(len, lines))
            first = at + 1
        elif not self._columns or max(map(len, lines), default=0) != self._width:
            self._columns = {}
            return
        if "indicator" not in self._columns and "name" not in self._columns:
            self._columns = {}
            return
        if first:
            self._headings = [texts for line in lines[:first] if len(texts := _filled(line)) > 1]
        for line in lines[first:]:
            if _filled(line) in self._headings:
                continue  # printed again on the next page
            before = len(self.works)
            if self._row(grid, line):
                self.rows.append(PlanRow(grid, line, self.works[before:] or self.works[-1:], self._used(line)))

    def _planned(self, heads: Sequence[Line], years: dict[int, int]) -> dict[int, int]:
        """Return the years but those whose heading calls what is below them results: these are listed."""
        last = max(years)
        covers = {at: [slot_at(line, at) for line in heads[:-1]] for at in years}
        done = {at for at, above in covers.items() if any(names_results(slot.covering, self._words) for slot in above)}
        return years if last in done else {at: year for at, year in years.items() if at not in done}

    def _row(self, grid: Grid, line: Line) -> bool:
        """Take a row; False for one that is a heading, or blank."""
        texts = {slot.text for slot in line if slot.text}
        if not texts or (len(texts) == 1 and self.scopes.read(next(iter(texts)))):
            return False
        for what in ("strategy", "tactic"):
            self.scopes.read_column(what, slot_at(line, self._columns.get(what, -1)).text)
        column = self._columns.get("indicator", self._columns.get("name", 0))
        name = slot_at(line, column)
        targets = {year: cell for at, year in self._years.items() if (cell := slot_at(line, at).cell) and cell.text}
        if not name.text or name.cell is None or not targets:
            return True
        self._work(grid, line, name.cell)
        self._indicator(line, name.text, name.cell, targets)
        return True

    def _used(self, line: Line) -> set[int]:
        """Return the positions that a row's work and indicator are read from."""
        name = slot_at(line, self._columns.get("indicator", self._columns.get("name", 0)))
        if not name.text or not any(slot_at(line, at).text for at in self._years):
            return set()
        begins = not self.works or self.works[-1].cell.line == name.cell.line if name.cell is not None else False
        read = _READ if begins else _OF_INDICATOR
        used = {self._columns[role] for role in read if role in self._columns}
        if number_of(slot_at(line, self._columns.get("number", -1)).text) is None:
            used -= {self._columns.get("number", -1)}
        return used | {*self._years}

    def _work(self, grid: Grid, line: Line, cell: GridCell) -> None:
        """Begin a work where the row names one; an indicator that belongs to no work is listed as one itself."""
        if self._above is not None and "name" not in self._columns:
            if len(self.works) == self._below:
                self._begin(grid, *self._above)
            return
        named = "indicator" in self._columns and "name" in self._columns
        title = slot_at(line, self._columns["name"]) if named else None
        if title is not None and not title.text and self.works:
            return
        text = title.text if title is not None and title.text else cleaned(cell.text)
        printed = number_of(slot_at(line, self._columns.get("number", -1)).text)
        inside, nested = _NUMBERED.match(text), number_within(text)
        text = nested.rest if nested else inside[2] if inside else text
        within = nested.order[-1] if nested else int(inside[1]) if inside else None
        number = printed.order[-1] if printed else within
        doubts = [] if named else ["intake_indicator_as_work"]
        doubts += [] if number is not None else ["intake_number_missing"]
        work = self._begin(grid, number, text, cell)
        work.doubts = doubts
        shown = printed or nested
        work.label = shown.printed if shown is not None and shown.form != "plain" else ""
        work.goal = slot_at(line, self._columns.get("goal", -1)).covering
        for role in ("unit", "budget", "period"):
            setattr(work, role, slot_at(line, self._columns.get(role, -1)).text)

    def _begin(self, grid: Grid, number: int | None, title: str, cell: GridCell) -> WorkDraft:
        known = number if number is not None else (self.works[-1].number or 0) + 1 if self.works else 1
        work = WorkDraft(grid, self.scopes.now, known, title, cell, monthly=False)
        work.doubts = [] if number is not None else ["intake_number_missing"]
        work.lines = [cell.line] if cell.line is not None else []
        self.works.append(work)
        return work

    def _indicator(self, line: Line, name: str, cell: GridCell, targets: dict[int, GridCell]) -> None:
        work = self.works[-1]
        inside, nested = _NUMBERED.match(name), number_within(name)
        own = nested.rest if nested else inside[2] if inside else name
        draft = IndicatorDraft(number=len(work.indicators) + 1, name=own, cell=cell)
        draft.lines = [cell.line] if cell.line is not None else []
        draft.unit_of_measure = slot_at(line, self._columns.get("unit_of_measure", -1)).text
        self._take(draft, targets)
        if "weight" in self._columns and slot_at(line, self._columns["weight"]).text:
            draft.weight = token(slot_at(line, self._columns["weight"]).cell, 0)
        work.indicators.append(draft)

    def _take(self, draft: IndicatorDraft, targets: dict[int, GridCell]) -> None:
        """Give an indicator the cells under the headings."""
        draft.years = dict(targets)  # a result behind a target stays part of its words
        first = next(iter(targets.values()))
        draft.unit_of_measure = draft.unit_of_measure or parse_target(without_result(first.text)).unit_of_measure


def _filled(line: Line) -> list[str]:
    return [slot.text for slot in line if slot.text]
