"""What is read from a monitoring table before any repair: works and indicators with their cells as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from samrit.intake.grid import Grid, GridCell
from samrit.intake.tables.lattice import Line
from samrit.intake.tables.tokens import Token


@dataclass(frozen=True, slots=True)
class Scope:
    """The headings in force: codes as printed and names, "" where none is in force."""

    fund: str = ""
    strategy: str = ""
    strategy_name: str = ""
    strategy_goal: str = ""
    tactic: str = ""
    tactic_name: str = ""
    programme_code: str = ""
    programme: str = ""
    goal: str = ""
    kind: str = ""
    tactic_number: str = ""  # as printed, where another tactic bears it as its code


@dataclass(slots=True)
class FigureRow:
    """One row of figures: the cells from the first month to the end of the row.

    ``months`` are the positions at which periods 1..12 should be in this row, and
    ``total`` and ``percent`` those of the columns after them, None where the table has none.
    ``spans`` are figures of merged cells that stand for several months.
    """

    tokens: list[Token]
    months: tuple[int, ...]
    total: int | None = None
    percent: int | None = None
    line: int | None = None
    spans: tuple[tuple[int, int, Token], ...] = ()
    certain: bool = False  # every cell is in its column


@dataclass(slots=True)
class IndicatorDraft:
    """An indicator as printed."""

    number: int | None = None
    name: str = ""
    unit_of_measure: str = ""
    weight: Token | None = None
    target: Token | None = None
    target_text: str = ""
    plan: FigureRow | None = None
    actual: FigureRow | None = None
    merged: bool = False  # plan and result were announced in one cell
    plan_only: bool = False  # the table has no results
    results_only: bool = False  # the table has no plan
    sides: set[str] = field(default_factory=set)  # "planned", "actual": rows that are not to date
    parts: dict[str, FigureRow] = field(default_factory=dict)  # numerator and denominator of a rate
    lines: list[int] = field(default_factory=list)
    cell: GridCell | None = None
    doubts: list[str] = field(default_factory=list)
    label: str = ""
    years: dict[int, GridCell] = field(default_factory=dict)  # targets by Buddhist year, where several are printed
    levels: dict[int, GridCell] = field(default_factory=dict)  # what each level of a scale asks for


@dataclass(slots=True)
class SiteDraft:
    """A site under a work: texts per quarter instead of figures (R55)."""

    number: int
    title: str
    unit: str
    budget: str
    planned: tuple[str, ...]
    actual: tuple[str, ...] = ()
    outcome: str = ""
    cell: GridCell | None = None


@dataclass(slots=True)
class WorkDraft:
    """A work or project as printed."""

    grid: Grid
    scope: Scope
    number: int | None
    title: str
    cell: GridCell
    unit: str = ""
    budget: str = ""
    remark: str = ""
    period: str = ""
    percents: list[Token] = field(default_factory=list)  # every one printed for the work; the last one counts
    notes: list[str] = field(default_factory=list)
    indicators: list[IndicatorDraft] = field(default_factory=list)
    sites: list[SiteDraft] = field(default_factory=list)
    shares: list[tuple[str, str]] = field(default_factory=list)  # units and their budgets on rows of their own
    lines: list[int] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    closed: bool = False
    monthly: bool = True  # from a monitoring table; a plan table has no months
    goal: str = ""
    steps: list[str] = field(default_factory=list)
    notices: list[tuple[str, dict[str, object]]] = field(default_factory=list)  # findings with what they say
    label: str = ""  # the number as printed, where it is more than a number: P-001, ก., 1.2
    grouped_with: WorkDraft | None = None  # the work in whose cells its goal or its steps stand (R43, R44)

    @property
    def percent(self) -> Token | None:
        """The work's own percent as printed last."""
        return self.percents[-1] if self.percents else None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of a table without months, and the works that its cells may belong to."""

    grid: Grid
    line: Line
    works: Sequence[WorkDraft]
    used: set[int]  # the positions that something was taken from: the reader says so, never the words
    ticked: frozenset[int] = frozenset()  # those of months and quarters of which ticks are the period
