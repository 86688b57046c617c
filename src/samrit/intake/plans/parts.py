"""The parts of a plan table: works that share cells, indicators with their targets, codes, headings above months."""

from __future__ import annotations

from dataclasses import dataclass, field

from samrit.intake.grid import GridCell
from samrit.intake.tables.drafts import IndicatorDraft, WorkDraft
from samrit.intake.tables.lattice import Line
from samrit.intake.tables.layout import month_positions
from samrit.intake.tables.numbering import Label, labels_of
from samrit.intake.tables.results import measured_in
from samrit.intake.tables.tokens import token

_ABOVE = 2  # rows of headings above the months
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


def above_months(lines: list[Line]) -> frozenset[int]:
    """Return the rows that name months, and those above them that hold headings of the same table."""
    named = [at for at, line in enumerate(lines) if month_positions(line)]
    return frozenset(row for at in named for row in range(max(at - _ABOVE, 0), at + 1) if _is_wide(lines[row]))


def _is_wide(line: Line) -> bool:
    return len({id(slot.cell) for slot in line if slot.text}) >= _WIDE


def code_of(text: str) -> Label | None:
    """Return the code by which a system names a work ("PJ-69-001"), None where a cell holds none."""
    return next((found for found in labels_of(text) if found.form.startswith("code ") and not found.rest), None)


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
