"""Plan tables: works with goal, indicators and targets, steps, period, budget and responsible unit (R40–R45)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings
from samrit.intake.plans.activities import PartMoney, is_activity, is_step
from samrit.intake.plans.cards import is_card
from samrit.intake.plans.cells import is_complete, paired, split_numbered
from samrit.intake.plans.levels import level_heading
from samrit.intake.plans.parts import Pair, SharedCells, above_months, number_of, number_within, own_cells, sums_up
from samrit.intake.plans.plan_headings import FEWEST_ROLES, heading_of, is_headed
from samrit.intake.plans.years import year_heading
from samrit.intake.tables.drafts import PlanRow, WorkDraft
from samrit.intake.tables.gantt import Ticks, is_gantt, ticked_quarters
from samrit.intake.tables.lattice import Line, lay_out, slot_at
from samrit.intake.tables.layout import find_layout, month_positions
from samrit.intake.tables.numbering import Label
from samrit.intake.tables.scopes import Scopes
from samrit.intake.tables.spending import parts_named, tells_money

_HEADING_ROWS = 12  # among so many first rows a table has its headings
_LISTED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.)]?\s+")  # "2.1 แผนงานการศึกษา": the number of a list
_ALWAYS_NUMBERS = ("plain", "code")  # forms of numbers that begin works beside works of another form


class PlanTableReader:
    """Collects the works of plan tables, headings in force carried along."""

    def __init__(self, words: Headings, scopes: Scopes | None = None) -> None:
        self._words = words
        self.scopes = scopes or Scopes(words)
        self.works: list[WorkDraft] = []
        self.rows: list[PlanRow] = []  # for the ledger
        self._columns: Mapping[str, int] = {}
        self._width = 0
        self._ticks = Ticks()
        self._group: SharedCells | None = None
        self._goal = ""
        self._goal_of: WorkDraft | None = None
        self._form = ""  # of the first number of the table
        self._grid: Grid | None = None

    def read(self, grids: Iterable[Grid]) -> None:
        """Read grids in document order."""
        for grid in grids:
            self._grid = grid
            if grid.is_table:
                self._table(grid)
            else:
                for row in grid.rows:
                    for cell in row:
                        if not self.scopes.read_fund(cell.text):
                            self.scopes.read(cell.text)
        self._close()

    def _table(self, grid: Grid) -> None:
        lines = lay_out(grid)
        if year_heading(lines) is not None or level_heading(lines) is not None:
            self._close()
            self._columns = {}
            return
        layout = find_layout(lines, self._words)
        gantt = layout is not None and is_gantt(lines, *layout, self._words)
        if layout is None:
            self._ticks = Ticks(self._ticks.months, ticked_quarters(lines, self._words))
        else:
            self._ticks = Ticks(next(m for line in lines if (m := month_positions(line))) if gantt else {})
        monitored = frozenset() if gantt or tells_money(lines) else above_months(lines)
        headed = any(self._heading(line) for at, line in enumerate(lines[:_HEADING_ROWS]) if at not in monitored)
        if not headed and not self._continues(lines):
            self._close()
            self._columns = {}
            return
        for at, line in enumerate(lines):
            if at in monitored:  # the headings of months: what is below them is read with its figures
                self._columns = {}
                continue
            found = self._heading(line)
            if not found and (month_positions(line) or parts_named(line)):
                continue
            if found:
                width = len(line)
                same = width == self._width and len(set(found.items()) & set(self._columns.items())) >= FEWEST_ROLES
                self._columns = {**found, **self._columns} if same else found
                self._form = self._form if same else ""
                self._width = width
            elif self._columns:
                if (used := self._row(line)) is not None:
                    works = self._group.works if self._group is not None else []
                    self.rows.append(PlanRow(grid, line, works, used, self._ticks.places))
            elif len(texts := {slot.text for slot in line if slot.text}) == 1:  # headings above the table's own
                text = texts.pop()
                _ = self.scopes.read_fund(text) or self.scopes.read_row(text)

    @property
    def _certain(self) -> bool:
        return self._grid is not None and self._grid.certain

    def _continues(self, lines: list[Line]) -> bool:
        """Say whether a table without headings goes on with the columns of the one before."""
        if not self._columns or is_card(lines, self._words) or is_headed(lines, self._words):
            return False
        return max(len(line) for line in lines) == self._width

    def _heading(self, line: Line) -> dict[str, int] | None:
        """Return role → position where a row is the heading of a plan table, None where it is not."""
        if not self._ticks.months and month_positions(line):
            return None
        return heading_of(line, self._ticks.months, self._words)

    # -- rows ---------------------------------------------------------------------------

    def _row(self, line: Line) -> set[int] | None:
        """Take a row and return the positions that something was taken from, None for a heading or a blank one."""
        filled = [slot.text for slot in line if slot.text]
        if not filled:
            return None
        if len(set(filled)) == 1 and (self.scopes.read_row(filled[0]) or self.scopes.read(_LISTED.sub("", filled[0]))):
            self._close()
            return None
        if len(filled) == 2 and number_of(filled[0]) and self.scopes.is_numbered_level(filled[1]):
            self._close()
            self.scopes.read(filled[1])
            return None
        texts = {role: slot_at(line, at).text for role, at in self._columns.items()}
        if sums_up(filled[0], texts):
            self._close()
            return set()
        taken = {what for what in ("strategy", "tactic") if self.scopes.read_column(what, texts.get(what, ""))}
        marks = self._marks(texts, line)
        used: set[int] = set()
        texts["period"] = self._ticks.period(marks) or texts.get("period", "")
        works = self._begun(texts, line)
        if works and self._certain and not texts.get("unit"):
            texts["unit"] = slot_at(line, self._columns.get("unit", -1)).covering  # merged over several works
        if works:
            group = self._join_group(texts, works)
            group.below.marks, group.below.are_all = marks, "activity" not in self._columns or bool(texts["activity"])
            own_cells(texts, works)
            taken |= {"name", "period", "unit", "budget_and_unit"}
            taken |= {"budget"} if works[0].budget == texts.get("budget") else set()
            used |= marks
            group.label = number_of(texts.get("number", ""))
            taken |= {"number"} if group.label is not None else set()
        elif self._group is not None and self._group.works:
            taken |= self._below(self._group, texts, line, used)
            used |= self._longer(self._group, marks)
        taken |= self._shared_cells(texts, line)
        used |= {self._columns[role] for role in taken if role in self._columns}
        return used

    def _marks(self, texts: Mapping[str, str], line: Line) -> set[int]:
        """Return the places of months or quarters that are ticked, where no column of the table has the period."""
        own = self._columns.get("period")
        has_own = texts.get("period") if self._ticks.months else own not in (None, *self._ticks.quarters)
        return set() if has_own else self._ticks.marks(line)

    def _longer(self, group: SharedCells, marks: set[int]) -> set[int]:
        """Let a work last as long as what is ticked below it; returns the marks taken."""
        work, own = group.works[-1], group.below.marks
        if not marks or len(group.works) > 1 or (work.period and not own):
            return set()
        own |= marks
        work.period = self._ticks.period(own)
        return marks

    def _below(self, group: SharedCells, texts: dict[str, str], line: Line, used: set[int]) -> set[str]:
        """Take a row that begins no work: an activity, a step, more of a title, or money of the rows of one title."""
        name, work = texts.get("name", ""), group.works[-1]
        place = slot_at(line, self._columns.get("name", -1))
        merged = place.cell is not None and not place.begins and place.cell.whole is work.cell.whole
        of_title = merged or (not name and bool(texts.get("activity")))
        is_below = self._is_activity(texts)
        item = bool(name and texts.get("budget")) and self._certain  # what the money is for
        if (of_title or is_below or item) and texts.get("budget") and len(group.works) == 1:
            places = frozenset(self._columns[role] for role in ("unit", "budget") if role in self._columns)
            group.below.parts.append(PartMoney(texts.get("unit", ""), texts["budget"], used, places))
            group.below.are_all &= of_title
        if not name:
            return set()
        if is_below or item or is_step(name):
            group.below.names.append(name)
        else:
            work.title += f" {name}"
            if self._certain and group.rows and texts.get("indicator") and not texts.get("target"):
                group.rows[-1] = replace(group.rows[-1], name=f"{group.rows[-1].name} {texts.pop('indicator')}")
                return {"name", "indicator"}
        return {"name", "number"} if is_below else {"name"}

    def _is_activity(self, texts: Mapping[str, str]) -> bool:
        """Say whether a row names an activity of the work above it."""
        group = self._group
        before = (group.works[-1], group.label) if group is not None and group.works else None
        return is_activity(texts, number_of(texts.get("number", "")), before)

    def _begun(self, texts: Mapping[str, str], line: Line) -> list[WorkDraft]:
        assert self._grid is not None  # noqa: S101
        name = texts.get("name", "")
        if self._is_activity(texts):
            return []
        items = split_numbered(name)
        code = self._number(texts)
        if code is not None and name:
            items = [(code.order[-1], name)]
        elif len(items) == 1 and items[0][0] is None and self._is_title(texts):
            code = number_within(name)
            items = items if code is None else [(code.order[-1], code.rest)]
        if not items or (items[0][0] is None and not self._is_title(texts)):
            return []
        cell = slot_at(line, self._columns["name"]).cell or GridCell(name)
        works = []
        for order, (found, title) in enumerate(items):
            known = found if found is not None else self._next_number() + order
            doubts = [] if found is not None else ["intake_number_missing"]
            work = WorkDraft(self._grid, self.scopes.now, known, title, cell, doubts=doubts, monthly=False)
            work.label = code.printed if code is not None and code.form != "plain" else ""
            work.lines = [cell.line] if cell.line is not None else []
            works.append(work)
        self.works.extend(works)
        return works

    def _number(self, texts: Mapping[str, str]) -> Label | None:
        """Return the number in its column that may begin a work: plain, a code, or of the form that came first."""
        found = number_of(texts.get("number", ""))
        if found is None:
            return None
        self._form = self._form or found.form
        return found if found.form.startswith((*_ALWAYS_NUMBERS, self._form)) else None

    def _is_title(self, texts: Mapping[str, str]) -> bool:
        """Say whether an unnumbered name begins a work: it has a period, a budget or evidence of its own.

        Where the columns are certain every name with both an indicator and one of these is a work's, whatever it says.
        """
        own = any(texts.get(role) for role in ("period", "budget", "budget_and_unit", "evidence"))
        if own and self._certain and texts.get("indicator"):
            return bool(texts.get("name"))
        return own and self._words.begins("work", texts.get("name", "")) is not None

    def _next_number(self) -> int:
        return (self.works[-1].number or 0) + 1 if self.works else 1

    def _join_group(self, texts: Mapping[str, str], works: list[WorkDraft]) -> SharedCells:
        """Put works into the group before them where they share its cells, else begin a new group; returns it."""
        group = self._group
        own = bool(texts.get("indicator"))
        apart = self._certain  # what is shared there is merged
        alone = apart and not {"indicator", "target", "goal", "steps"} & set(self._columns)
        ends = apart or (group is not None and (is_complete(group.indicators) or group.rows))
        if group is None or alone or (own and (ends or "target" in self._columns)):
            self._close()
            goes_on = not texts.get("goal")
            self._group = group = SharedCells(self._goal if goes_on else "", goal_of=self._goal_of if goes_on else None)
        group.works.extend(works)
        return group

    def _shared_cells(self, texts: Mapping[str, str], line: Line) -> set[str]:
        """Take the cells that the works of a group share, and return the columns that something was taken from."""
        group = self._group
        if group is None:
            return set()
        taken = {"steps", "goal", "activity"}
        if "target" in self._columns:
            if texts.get("indicator") or texts.get("target"):
                at = self._columns.get("indicator", self._columns["target"])
                cell, beside = slot_at(line, at).cell, slot_at(line, self._columns["target"]).cell
                named = cell.text if cell is not None and texts.get("indicator") else ""
                pairs = paired(named, beside.text if beside and texts.get("target") else "")
                unit, weight = texts.get("unit_of_measure", ""), slot_at(line, self._columns.get("weight", -1))
                held = weight.cell if weight.text else None
                if texts.get("indicator") or not any(pair.name for pair in group.rows):
                    taken |= {"indicator", "target", "unit_of_measure", "weight"}
                group.rows.extend(Pair(name, target, cell, unit, held) for name, target in pairs)
            taken |= group.further(line, self._columns)
        else:
            taken.add("indicator")
            group.named(texts.get("indicator", ""), certain=self._certain)
        group.steps = f"{group.steps} {texts.get('steps', '')}".strip()
        group.goal = f"{group.goal} {texts.get('goal', '')}".strip()
        self._goal = group.goal or self._goal
        self._goal_of = next(iter(group.works), None) if texts.get("goal") else self._goal_of
        group.below.names.extend(text for _, text in split_numbered(texts.get("activity", "")))
        return taken

    def _close(self) -> None:
        """Give the works of the group what they share."""
        group, self._group = self._group, None
        if group is not None:
            group.settle()
