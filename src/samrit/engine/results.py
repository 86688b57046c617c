"""What the engine writes: results with everything needed to explain them, as immutable data.

The results of indicators and projects are named tuples: a plan is scored at every
look at it, and they are several times cheaper to make than frozen dataclasses.

A percent is never rounded for use, only for display (DI1).  An indicator's carries up
to 60 significant digits, a project's is settled to 30 decimal places (see ``arithmetic``).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from samrit.engine.model import Entry, Indicator, Override, Plan, Project
from samrit.engine.ruleset import Band, RuleSet
from samrit.vocabulary.figures import Ends


class State(StrEnum):
    """Why an indicator or a project has, or has not, a percent."""

    SCORED = "scored"
    NOT_REPORTED = "not_reported"  # due, nothing reported: counts as 0 (AC6)
    NOT_DUE = "not_due"  # nothing planned up to the evaluated period (AC4, WE3)
    NO_PLAN = "no_plan"  # something done, nothing planned: no percent (AC4)
    NO_DATA = "no_data"  # neither plan nor result anywhere in the year, or data that cannot be combined
    NOT_APPLICABLE = "not_applicable"  # no target this year: "–" (R95)


class Part(NamedTuple):
    """A piece of a total: the months of one unit, or one month (``period``) of several units (RU4).

    ``entries`` are the figures it was made from; under "latest" and to-date entry those of
    other months that still stand are among them.
    """

    unit: str
    period: int  # 0: the months of one unit
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    entries: tuple[Entry, ...]


class Total(NamedTuple):
    """Plan or actual total of an indicator (TO1–TO6, EB1, RU3, RU4).

    ``value`` is None when nothing is there.  ``note`` is a code from the catalogue of
    notes (``ratio_without_parts``, ``consolidation_missing`` …) or empty.  ``set_aside``
    holds units' figures in whose months one for all units stands (SP1).
    """

    value: Decimal | None
    rule: str
    parts: tuple[Part, ...] = ()
    note: str = ""
    set_aside: tuple[Entry, ...] = ()

    @property
    def several(self) -> bool:
        """Whether figures of several units were put together, month by month."""
        return any(part.period for part in self.parts)


class Coverage(NamedTuple):
    """How much was due to date and how much of it was reported (AC8): figures by unit and month, and units."""

    due: int = 0
    reported: int = 0
    units_due: int = 0
    units_reported: int = 0

    @property
    def is_partial(self) -> bool:
        """Whether some of what was due was reported, and some not."""
        return 0 < self.reported < self.due

    @property
    def is_missing_units(self) -> bool:
        """Whether a unit that had something due reported nothing at all."""
        return self.units_reported < self.units_due


class Partial(NamedTuple):
    """What was counted where not all that was due was reported (AC8 b, d).

    ``percent`` is what ``plan`` and ``actual`` give; at most 100 of it, ``part`` ÷ ``whole``
    times, is the indicator's.  With ``filled`` what is missing is in ``actual`` as planned.
    """

    case: str  # "b": figures, "d": units
    plan: Decimal | None
    actual: Decimal | None
    percent: Decimal | None
    way: str
    part: int
    whole: int
    filled: bool = False
    upper: Decimal | None = None  # the upper end of a planned range (AC13)


class IndicatorResult(NamedTuple):
    """An indicator evaluated up to ``as_of``.

    ``percent`` is what is weighted (after override and cap); ``computed_percent`` is
    what the figures alone give, before both.  Under methods M-B, M-C and M-D ``score``
    holds the points.  ``rules`` names the rules that decided, in order.
    """

    indicator: Indicator
    state: State
    plan_total: Total
    actual_total: Total
    computed_percent: Decimal | None
    percent: Decimal | None
    band: Band | None
    weight: Decimal  # as used: printed, or the equal share (WE2), in percent
    effective_weight: Decimal | None  # after WE3; None when the indicator left the average
    level_planned: Decimal | None = None
    level_reached: Decimal | None = None
    score: Decimal | None = None
    override: Override | None = None
    rules: tuple[str, ...] = ()
    way: str = ""  # how the percent was made, the name of a sentence of the explanation
    coverage: Coverage = Coverage()
    partial: Partial | None = None
    plan_upper: Decimal | None = None  # the upper end of a planned range (AC13); ``plan_total`` is the lower
    late: int | None = None  # months of lateness of a deadline that was reached (AC11)

    @property
    def planned(self) -> Decimal | Ends | None:
        """What was planned to date, as it is shown: both ends of a range (AC13)."""
        lower, upper = self.plan_total.value, self.plan_upper
        return lower if lower is None or upper is None else Ends(lower, upper)


class ProjectResult(NamedTuple):
    """A project evaluated up to ``as_of`` (WE1–WE5, BA1–BA4).

    ``percent`` is official; ``computed_percent`` is without the project's override;
    ``normalised_percent`` divides by the sum of weights (WE1); ``second_percent`` and
    ``second_band`` use the rule set's second cap (AC7).  ``counts`` is False when the
    project does not enter tables at ``as_of`` (BA4).
    """

    project: Project
    state: State
    counts: bool
    computed_percent: Decimal | None
    percent: Decimal | None
    normalised_percent: Decimal | None
    second_percent: Decimal | None
    band: Band | None
    computed_band: Band | None
    second_band: Band | None
    weight_sum: Decimal
    lowest: IndicatorResult | None
    indicators: tuple[IndicatorResult, ...]
    override: Override | None = None
    rules: tuple[str, ...] = ()
    score: Decimal | None = None  # points under M-B … M-E, settled or weighted; None under M-A
    computed_score: Decimal | None = None  # the weighted points, before what was settled (WE6)

    @property
    def figure(self) -> Decimal | None:
        """What is banded and printed: the points where the method gives points, else the percent."""
        return self.percent if self.score is None else self.score


@dataclass(frozen=True, slots=True)
class PlanResult:
    """A whole plan evaluated up to ``as_of`` (1..12; 0 is the plan before its first month)."""

    plan: Plan
    ruleset: RuleSet
    as_of: int
    projects: tuple[ProjectResult, ...]

    def project(self, project_id: str) -> ProjectResult | None:
        """Return the result of the project with that id, or None."""
        return next((r for r in self.projects if r.project.id == project_id), None)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a roll-up: its key ("" for the total) and a count per column."""

    key: str
    total: int
    cells: tuple[tuple[str, int], ...]
    budget: Decimal
    repeated: int = 0  # lines counted elsewhere already (RU1)

    def cell(self, column: str) -> int:
        """Return the count of ``column``, 0 when absent."""
        return dict(self.cells).get(column, 0)


@dataclass(frozen=True, slots=True)
class Table:
    """A roll-up (RU1, RU2): rows by one dimension, columns by another, and the total row."""

    rows_by: str
    columns_by: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    total: TableRow
