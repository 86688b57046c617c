"""Plan tables: works with goal, indicators and targets, steps, period, budget and responsible unit (R40–R45)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings
from samrit.intake.plans.cards import is_card
from samrit.intake.plans.cells import budgets_of, indicators_of, is_complete, paired, periods_of, split_numbered
from samrit.intake.plans.levels import level_heading
from samrit.intake.plans.parts import Pair, SharedCells, above_months, code_of, indicator_of, number_within
from samrit.intake.plans.years import year_heading
from samrit.intake.tables.drafts import PlanRow, WorkDraft
from samrit.intake.tables.gantt import is_gantt, quarters_ticked, ticked, ticked_quarters
from samrit.intake.tables.lattice import Line, lay_out, slot_at
from samrit.intake.tables.layout import find_layout, month_positions
from samrit.intake.tables.quarters import part_of_year
from samrit.intake.tables.scopes import Scopes
from samrit.intake.tables.sums import is_sum
from samrit.vocabulary.numbers import whole

_ROLES = (
    "number",
    "name",
    "goal",
    "indicator",
    "target",
    "steps",
    "period",
    "budget",
    "unit",
    "unit_of_measure",
    "weight",
    "budget_and_unit",
    "strategy",
    "tactic",
    "evidence",
)
_ANY_OF = {"goal", "steps", "period", "budget", "budget_and_unit", "unit", "evidence"}
_FEWEST_ROLES = 3
_HEADING_ROWS = 12  # among so many first rows a table has its headings
_LISTED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.)]?\s+")  # "2.1 แผนงานการศึกษา": the number of a list
_STEP = re.compile(r"^[0-9]{1,3}\.[0-9]{1,2}\.?\s*(?=[^\s0-9.])", re.MULTILINE)  # "1.2 กิจกรรม…" under work 1


class PlanTableReader:
    """Collects the works of plan tables, headings in force carried along."""

    def __init__(self, words: Headings, scopes: Scopes | None = None) -> None:
        self._words = words
        self.scopes = scopes or Scopes(words)
        self.works: list[WorkDraft] = []
        self.rows: list[PlanRow] = []  # for the ledger
        self._columns: Mapping[str, int] = {}
        self._width = 0
        self._months: dict[int, int] = {}  # position → calendar month where months are ticked
        self._quarters: dict[int, int] = {}  # position → quarter where those are
        self._group: SharedCells | None = None
        self._goal = ""
        self._goal_of: WorkDraft | None = None
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
        if layout is not None:
            self._months = next(months for line in lines if (months := month_positions(line))) if gantt else {}
        monitored = frozenset() if gantt else above_months(lines)
        self._quarters = ticked_quarters(lines, self._words) if layout is None else {}
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
            if not found and (month_positions(line) or self._names_quarters(line)):
                continue
            if found:
                width = len(line)
                same = width == self._width and len(set(found.items()) & set(self._columns.items())) >= _FEWEST_ROLES
                self._columns = {**found, **self._columns} if same else found
                self._width = width
            elif self._columns:
                if self._row(line):
                    works = self._group.works if self._group is not None else []
                    columns, ticked = frozenset(self._columns.values()), frozenset((*self._months, *self._quarters))
                    self.rows.append(PlanRow(grid, line, works, read=columns | ticked, ticked=ticked))
            elif len(texts := {slot.text for slot in line if slot.text}) == 1:  # headings above the table's own
                text = texts.pop()
                _ = self.scopes.read_fund(text) or self.scopes.read(text)

    def _names_quarters(self, line: Line) -> bool:
        return bool(self._quarters) and all(part_of_year(slot_at(line, at).text) for at in self._quarters)

    def _continues(self, lines: list[Line]) -> bool:
        """Say whether a table without headings goes on with the columns of the one before."""
        if not self._columns or is_card(lines, self._words):
            return False
        return max(len(line) for line in lines) == self._width

    def _heading(self, line: Line) -> dict[str, int] | None:
        """Return role → position where a row is the heading of a plan table, None where it is not."""
        if not self._months and month_positions(line):
            return None
        found: dict[str, tuple[float, int]] = {}
        for at, slot in enumerate(line):
            match = self._words.find("column", slot.text) if slot.text and at not in self._months else None
            if match and match.code in _ROLES and (match.code not in found or match.score > found[match.code][0]):
                found[match.code] = (match.score, at)
        roles = set(found)
        filled = sum(1 for at, slot in enumerate(line) if slot.text and at not in self._months)
        if (
            len(roles) < _FEWEST_ROLES
            or not roles & {"name", "indicator"}
            or not roles & _ANY_OF
            or 2 * len(roles) < filled
        ):
            return None
        if "indicator" not in roles and "target" not in roles and not self._lists_projects(line, found):
            return None
        return {role: at for role, (_, at) in found.items()}

    def _lists_projects(self, line: Line, found: Mapping[str, tuple[float, int]]) -> bool:
        """Say whether a heading without indicators is that of projects with number, name, budget and more."""
        if not {"number", "name", "budget"} <= set(found) or not {"period", "unit", "goal", "steps"} & set(found):
            return False
        return self._words.begins("work", line[found["name"][1]].text) is not None

    # -- rows ---------------------------------------------------------------------------

    def _row(self, line: Line) -> bool:
        """Take a row; False for one that is a heading, or blank."""
        filled = [slot.text for slot in line if slot.text]
        if not filled:
            return False
        if len(set(filled)) == 1 and (self.scopes.read(filled[0]) or self.scopes.read(_LISTED.sub("", filled[0]))):
            self._close()
            return False
        texts = {role: slot_at(line, at).text for role, at in self._columns.items()}
        if is_sum(filled[0]) and not texts.get("indicator", "").strip(" -–"):
            self._close()
            return True
        for what in ("strategy", "tactic"):
            self.scopes.read_column(what, texts.get(what, ""))
        if self._months and not texts.get("period"):
            texts["period"] = ticked(line, self._months)
        if self._quarters and self._columns.get("period") in (None, *self._quarters):
            texts["period"] = quarters_ticked(line, self._quarters)
        works = self._begun(texts, line)
        if works:
            self._join_group(texts, works)
            self._own_cells(texts, works)
        elif self._group is not None and self._group.works and texts.get("name"):
            if _STEP.match(texts["name"]):
                self._group.steps = f"{self._group.steps}\n{texts['name']}".strip()
            else:
                self._group.works[-1].title += f" {texts['name']}"
        self._shared_cells(texts, line)
        return True

    def _begun(self, texts: Mapping[str, str], line: Line) -> list[WorkDraft]:
        assert self._grid is not None  # noqa: S101
        name = texts.get("name", "")
        items = split_numbered(name)
        number = texts.get("number", "").strip(" .)")
        if (count := whole(number, -1)) >= 0 and name:
            items = [(count, name)]
        code = code_of(number) if len(items) == 1 and items[0][0] is None else None
        if code is not None:
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
            work.label = code.printed if code is not None else ""
            work.lines = [cell.line] if cell.line is not None else []
            works.append(work)
        self.works.extend(works)
        return works

    def _is_title(self, texts: Mapping[str, str]) -> bool:
        """Say whether an unnumbered name begins a work: it has a period, a budget or evidence of its own.

        Where the columns are certain every name with both an indicator and one of these is a work's, whatever it says.
        """
        own = any(texts.get(role) for role in ("period", "budget", "budget_and_unit", "evidence"))
        if own and self._grid is not None and self._grid.certain and texts.get("indicator"):
            return bool(texts.get("name"))
        return own and self._words.begins("work", texts.get("name", "")) is not None

    def _next_number(self) -> int:
        return (self.works[-1].number or 0) + 1 if self.works else 1

    def _join_group(self, texts: Mapping[str, str], works: list[WorkDraft]) -> None:
        """Put works into the group before them where they share its cells, else begin a new group."""
        group = self._group
        own = bool(texts.get("indicator"))
        apart = self._grid is not None and self._grid.certain  # what is shared there is merged
        alone = apart and not {"indicator", "target", "goal", "steps"} & set(self._columns)
        ends = apart or (group is not None and (is_complete(group.indicators) or group.rows))
        if group is None or alone or (own and (ends or "target" in self._columns)):
            self._close()
            goes_on = not texts.get("goal")
            self._group = group = SharedCells(self._goal if goes_on else "", goal_of=self._goal_of if goes_on else None)
        group.works.extend(works)

    def _own_cells(self, texts: Mapping[str, str], works: list[WorkDraft]) -> None:
        """Give each work of a row its own period, budget and unit."""
        periods = periods_of(texts.get("period", "")) if len(works) > 1 else [texts.get("period", "")]
        money = budgets_of(texts.get("budget_and_unit", ""))
        if len(works) == 1 and len(money) > 1:
            money = [(money[0][0], "/".join(unit for _, unit in money if unit))]
        for order, work in enumerate(works):
            work.period = periods[order] if order < len(periods) else periods[-1]
            if money:
                work.budget, work.unit = money[order] if order < len(money) else money[-1]
            work.budget = work.budget or texts.get("budget", "")
            work.unit = work.unit or texts.get("unit", "")
            work.goal = texts.get("own_goal", "")

    def _shared_cells(self, texts: Mapping[str, str], line: Line) -> None:
        group = self._group
        if group is None:
            return
        if "target" in self._columns:
            if texts.get("indicator") or texts.get("target"):
                at = self._columns.get("indicator", self._columns["target"])
                cell, beside = slot_at(line, at).cell, slot_at(line, self._columns["target"]).cell
                pairs = paired(texts.get("indicator", ""), beside.text if beside and texts.get("target") else "")
                unit, weight = texts.get("unit_of_measure", ""), slot_at(line, self._columns.get("weight", -1))
                held = weight.cell if weight.text else None
                group.rows.extend(Pair(name, target, cell, unit, held) for name, target in pairs)
        else:
            group.indicators = f"{group.indicators} {texts.get('indicator', '')}".strip()
        group.steps = f"{group.steps} {texts.get('steps', '')}".strip()
        group.goal = f"{group.goal} {texts.get('goal', '')}".strip()
        self._goal = group.goal or self._goal
        if texts.get("goal"):
            self._goal_of = group.works[0] if group.works else None

    def _close(self) -> None:
        """Give the works of the group what they share."""
        group, self._group = self._group, None
        if group is None:
            return
        pairs = [pair for pair in group.rows if pair.name] or [
            Pair(name, target) for name, target in indicators_of(group.indicators)
        ]
        for work in group.works:
            work.goal = work.goal or group.goal
            parts = group.steps.splitlines() if _STEP.search(group.steps) else []
            work.steps = parts or [text for _, text in split_numbered(group.steps)]
            work.indicators = [indicator_of(n, pair, work) for n, pair in enumerate(pairs, 1)]
            if len(group.works) > 1:
                work.doubts.append("intake_cells_shared")
        group.heads()
