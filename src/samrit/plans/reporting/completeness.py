"""Who has reported and who has not: units × months, with what is due, late, returned or missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from samrit.plans import models
from samrit.plans.reporting.days import due_days, has_begun
from samrit.plans.reporting.duties import PERIODS, Duties, units_reporting_by_period
from samrit.plans.reporting.register import Register, register


class Standing(StrEnum):
    """Where a unit's month stands, for the matrix."""

    NOTHING_DUE = "nothing_due"
    NOT_BEGUN = "not_begun"  # the month has not come
    AWAITED = "awaited"  # due, in time, nothing sent
    MISSING = "missing"  # past its day, nothing sent
    RETURNED = "returned"
    CORRECTING = "correcting"  # sent, and taken back or opened again: what was sent last counts
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    CLOSED = "closed"  # the month was closed without a report of this unit, whose figures came with the plan


# What still has to be done by somebody in the unit.
OPEN = frozenset({Standing.AWAITED, Standing.MISSING, Standing.RETURNED, Standing.CORRECTING})
_BY_STATE = {
    models.ReportState.SUBMITTED: Standing.SUBMITTED,
    models.ReportState.CONFIRMED: Standing.CONFIRMED,
    models.ReportState.ACCEPTED: Standing.ACCEPTED,
    models.ReportState.RETURNED: Standing.RETURNED,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit's month: where it stands, how many indicators are due, whether it was sent late."""

    unit: str
    period: int
    standing: Standing
    due: int
    is_begun: bool  # something was saved
    is_late: bool  # sent first after its day, or past its day and never sent


@dataclass(frozen=True, slots=True)
class Row:
    """One unit's year."""

    unit: models.Unit
    cells: tuple[Cell, ...]

    @property
    def late(self) -> int:
        """In how many months the unit was, or is, late."""
        return sum(1 for cell in self.cells if cell.is_late)

    @property
    def open(self) -> int:
        """In how many months something still has to be sent."""
        return sum(1 for cell in self.cells if cell.standing in OPEN)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All units that report in the plan, by month."""

    plan: models.Plan
    today: date
    due_on: Mapping[int, date]
    closed: frozenset[int]
    rows: tuple[Row, ...]

    def counts(self, period: int) -> Mapping[Standing, int]:
        """Return how many units stand where in ``period``."""
        return Counter(cell.standing for row in self.rows for cell in row.cells if cell.period == period)

    def late(self, period: int) -> int:
        """Return how many units were, or are, late in ``period``."""
        return sum(1 for row in self.rows for cell in row.cells if cell.period == period and cell.is_late)


def matrix(plan: models.Plan, today: date | None = None) -> Matrix:
    """Return the completeness of a plan as of ``today``, with the same few queries whatever its size."""
    day = today or timezone.localdate()
    known = register()
    duties = units_reporting_by_period(plan, known=known)
    days = due_days(plan)
    closed = frozenset(plan.closures.values_list("period", flat=True))
    sent = plan.reports.values_list("unit__code", "period", "state", "is_late", "submitted_at")
    reports = {
        (code, period): (state, is_late, submitted_at is not None)
        for code, period, state, is_late, submitted_at in sent
    }
    begun = frozenset(p for p in PERIODS if has_begun(plan, p, day))
    codes = {code for found in duties.values() for code in found.by_unit} | {code for code, _ in reports}
    scene = _Scene(day, duties, days, closed, begun, reports)
    rows = tuple(
        Row(known.units[code], tuple(scene.cell(code, period) for period in PERIODS))
        for code in sorted(codes & known.units.keys(), key=lambda c: _place(c, known))
    )
    return Matrix(plan, day, days, closed, rows)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the cells are made from."""

    today: date
    duties: Mapping[int, Duties]
    days: Mapping[int, date]
    closed: frozenset[int]
    begun: frozenset[int]
    reports: Mapping[tuple[str, int], tuple[str, bool, bool]]  # state, whether it was sent late, and at all

    def cell(self, code: str, period: int) -> Cell:
        """Return one unit's month."""
        due = self.duties[period].count(code, period) if period in self.duties else 0
        state, was_late, was_sent = self.reports.get((code, period), ("", False, False))
        found = _BY_STATE.get(models.ReportState(state)) if state else None
        standing = found or (Standing.CORRECTING if was_sent else self._unsent(code, period, due))
        return Cell(code, period, standing, due, bool(state), was_late or standing is Standing.MISSING)

    def _unsent(self, code: str, period: int, due: int) -> Standing:
        if period not in self.begun:
            return Standing.NOT_BEGUN
        if not due:
            return Standing.NOTHING_DUE
        if period in self.closed:  # closing heals nothing
            return Standing.CLOSED if self.duties[period].came_with(code, period) == due else Standing.MISSING
        return Standing.MISSING if period in self.days and self.today > self.days[period] else Standing.AWAITED


_ORDER = ("central", "section", "area", "province", "branch", "rehabilitation")


def _place(code: str, known: Register) -> tuple[int, str, str]:
    """Return where a unit stands in the list: the central units first, provinces by region with their branches."""
    unit = known.units[code]
    parent = unit.parent.code if unit.parent is not None and unit.type == "branch" else code
    kind = "province" if unit.type == "branch" else unit.type
    return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), unit.region, f"{parent} {code}")
