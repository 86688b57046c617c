"""The parts of a plan table: works that share cells, indicators with their targets, codes, headings above months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from samrit.intake.grid import GridCell
from samrit.intake.plans.activities import Activities
from samrit.intake.plans.cells import budgets_of, indicators_of, paired, periods_of, split_numbered
from samrit.intake.tables.drafts import IndicatorDraft, WorkDraft
from samrit.intake.tables.lattice import Line, slot_at
from samrit.intake.tables.layout import month_positions
from samrit.intake.tables.numbering import Label, labels_of
from samrit.intake.tables.results import measured_in
from samrit.intake.tables.sums import begins_sum, is_sum
from samrit.intake.tables.tokens import token

_ABOVE = 2  # rows of headings above the months
_OF_ONE_WORK = ("indicator", "target", "period", "unit", "goal", "steps", "unit_of_measure", "weight")
_WITHIN = ("nested", "worded")  # forms of numbers that titles of plan tables begin with
_WIDE = 3  # filled cells of a row of headings


@dataclass(frozen=True, slots=True)
class Pair:
    """An indicator and its target as printed, its unit of measure and weight where they have columns."""

    name: str
    target: str
    cell: GridCell | None = None
    unit_of_measure: str = ""
    weight: GridCell | None = None


@dataclass(slots=True)
class SharedCells:
    """Works that share goal, indicators and steps because their cells are merged (R43, R44).

    ``goal_of`` is the work of a group before it, whose goal goes on here.
    """

    goal: str = ""
    indicators: str = ""
    steps: str = ""
    works: list[WorkDraft] = field(default_factory=list)
    label: Label | None = None  # the number of the last work as its column prints it
    below: Activities = field(default_factory=Activities)
    rows: list[Pair] = field(default_factory=list)  # indicator and target, row by row
    goal_of: WorkDraft | None = None

    def heads(self) -> None:
        """Say of each work in whose cells its goal or its steps stand: the first's, or where the goal goes on from."""
        first, *others = self.works
        if others and (first.goal or first.steps):
            for work in others:
                work.grouped_with = first
        elif first.goal and not others:
            first.grouped_with = self.goal_of

    def named(self, text: str, *, certain: bool) -> None:
        """Take indicators of a table without a column of targets: those of an activity stand by themselves."""
        if self.below.names and certain:
            self.rows.extend(Pair(name, target) for name, target in indicators_of(text))
        else:
            self.indicators = f"{self.indicators} {text}".strip()

    def further(self, line: Line, columns: Mapping[str, int]) -> set[str]:
        """Take the indicators of a row's second and further pairs of columns, and return the columns that held some."""
        taken: set[str] = set()
        for role in (role for role in columns if role.startswith("indicator ")):
            beside = role.replace("indicator", "target")
            name, target = slot_at(line, columns[role]), slot_at(line, columns[beside])
            if name.cell is not None and name.text:
                self.rows.extend(Pair(own, told, name.cell) for own, told in paired(name.cell.text, target.text))
                taken |= {role, beside}
        return taken

    def settle(self) -> None:
        """Give the works what they share: nothing more comes."""
        pairs = [Pair(name, target) for name, target in indicators_of(self.indicators)]
        pairs += [pair for pair in self.rows if pair.name]
        for work in self.works:
            work.goal = work.goal or self.goal
            work.steps = [*(text for _, text in split_numbered(self.steps)), *self.below.names]
            work.indicators = [indicator_of(n, pair, work) for n, pair in enumerate(pairs, 1)]
            if len(self.works) > 1:
                work.doubts.append("intake_cells_shared")
            else:
                self.below.settle(work)
        if self.works:
            self.heads()


def above_months(lines: list[Line]) -> frozenset[int]:
    """Return the rows that name months, and those above them that hold headings of the same table."""
    named = [at for at, line in enumerate(lines) if month_positions(line)]
    return frozenset(row for at in named for row in range(max(at - _ABOVE, 0), at + 1) if _is_wide(lines[row]))


def _is_wide(line: Line) -> bool:
    return len({id(slot.cell) for slot in line if slot.text}) >= _WIDE


def number_of(text: str) -> Label | None:
    """Return the number that a cell of a column of numbers holds and nothing else: "3.", "1.2", "ก.", "P-001"."""
    return next((found for found in labels_of(text) if not found.rest and not found.loose), None)


def number_within(title: str) -> Label | None:
    """Return the number that a title begins with where it is more than a number ("1.2 …", "โครงการที่ 3 …")."""
    return next((found for found in labels_of(title) if found.rest and found.form.startswith(_WITHIN)), None)


def indicator_of(number: int, pair: Pair, work: WorkDraft) -> IndicatorDraft:
    """Return the draft of the indicator ``number`` of a work, its target read as printed."""
    draft = IndicatorDraft(number=number, name=pair.name, cell=pair.cell or work.cell, target_text=pair.target)
    draft.unit_of_measure = pair.unit_of_measure or measured_in(pair.target)
    if pair.target:
        draft.target = token(GridCell(pair.target, work.cell.line, work.cell.name), 0)
    if pair.weight is not None:
        draft.weight = token(pair.weight, 0)
    draft.lines = list(work.lines)
    return draft


def sums_up(first: str, texts: Mapping[str, str]) -> bool:
    """Say whether a row gives the sum of several works: its words say so, or may and only money is beside them."""
    if texts.get("indicator", "").strip(" -–"):
        return False
    own = any(texts.get(role, "").strip(" -–") for role in _OF_ONE_WORK)
    return is_sum(first) or (begins_sum(first) and not own and any(texts.get(m) for m in ("budget", "budget_and_unit")))


def own_cells(texts: Mapping[str, str], works: list[WorkDraft]) -> None:
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
