"""Who has reported and who has not: units × months.  What "due", "reported", "silent", "late", "missing" mean.

Every page, list, letter and evaluation that counts reports asks a :class:`DutyCell` here, so no
two of them count differently.  Of works the same is ``engine.rollup.works_of``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from django.utils import timezone

from samrit.plans import models
from samrit.plans.reporting.days import due_days, has_begun, moves_of
from samrit.plans.reporting.duties import PERIODS, Duties, units_reporting_by_period
from samrit.plans.reporting.register import Register, register


class MonthStanding(StrEnum):
    """Where a unit's month is, for the matrix."""

    NOTHING_DUE = "nothing_due"
    NOT_BEGUN = "not_begun"  # the month has not come
    AWAITED = "awaited"  # due, in time, nothing sent
    MISSING = "missing"  # past its day, nothing sent
    RETURNED = "returned"
    CORRECTING = "correcting"  # sent, and taken back or opened again: what was sent last counts
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    CAME = "came"  # no unit reported the month here: everything of this one came with the plan


SILENT = frozenset({MonthStanding.AWAITED, MonthStanding.MISSING})
_UNFINISHED = SILENT | {MonthStanding.RETURNED, MonthStanding.CORRECTING}
_NOTHING = frozenset({MonthStanding.NOTHING_DUE, MonthStanding.NOT_BEGUN})
_BY_STATE = {
    models.ReportState.SUBMITTED: MonthStanding.SUBMITTED,
    models.ReportState.CONFIRMED: MonthStanding.CONFIRMED,
    models.ReportState.ACCEPTED: MonthStanding.ACCEPTED,
    models.ReportState.RETURNED: MonthStanding.RETURNED,
}


@dataclass(frozen=True, slots=True)
class DutyCell:
    """One unit's month: where it is, how many indicators are due, whether it was sent late."""

    unit: str
    period: int
    standing: MonthStanding
    due: int
    is_begun: bool  # something was saved
    is_late: bool  # sent first after its day, or past its day and never sent
    is_shut: bool = False  # the month is closed for the unit: nothing can be sent

    @property
    def is_silent(self) -> bool:
        """Whether something is due and nothing was sent, in time or past its day (then it is missing, too)."""
        return self.standing in SILENT

    @property
    def is_missing(self) -> bool:
        """Whether something is due, its day is past, and nothing was sent; closing the month changes nothing."""
        return self.standing is MonthStanding.MISSING

    @property
    def is_reported(self) -> bool:
        """Whether a report was sent, whatever became of it, or all that is due came with the plan."""
        return self.standing not in SILENT | _NOTHING

    @property
    def is_owed(self) -> bool:
        """Whether the unit still has to send something, for the first time or again, and can."""
        return self.standing in _UNFINISHED and not self.is_shut


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One unit's year."""

    unit: models.Unit
    cells: tuple[DutyCell, ...]

    @property
    def late(self) -> int:
        """In how many months the unit was, or is, late."""
        return sum(1 for cell in self.cells if cell.is_late)

    @property
    def open(self) -> int:
        """In how many months something still has to be sent."""
        return sum(1 for cell in self.cells if cell.is_owed)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All units that report in the plan, by month."""

    plan: models.Plan
    today: date
    due_on: Mapping[int, date]
    closed: frozenset[int]
    rows: tuple[DutyRow, ...]

    def counts(self, period: int) -> Mapping[MonthStanding, int]:
        """Return how many units stand where in ``period``."""
        return Counter(cell.standing for row in self.rows for cell in row.cells if cell.period == period)

    def late(self, period: int) -> int:
        """Return how many units were, or are, late in ``period``."""
        return sum(1 for row in self.rows for cell in row.cells if cell.period == period and cell.is_late)


def matrix(plan: models.Plan, today: date | None = None) -> Matrix:
    """Return the completeness of a plan as of ``today``, with the same few queries whatever its size."""
    known = register()
    scene = scene_of(plan, today, known=known)
    codes = {code for found in scene.duties.values() for code in found.by_unit} | {code for code, _ in scene.reports}
    rows = tuple(
        DutyRow(known.units[code], tuple(scene.cell(code, period) for period in PERIODS))
        for code in sorted(codes & known.units.keys(), key=lambda c: _place(c, known))
    )
    return Matrix(plan, scene.today, scene.days, scene.closed, rows)


@dataclass(frozen=True)
class DutyRegister:
    """What cells are made from: ask for any unit and month."""

    today: date
    duties: Mapping[int, Duties]
    days: Mapping[int, date]
    closed: frozenset[int]
    unlocked: frozenset[tuple[str, int]]  # "" for all units
    begun: frozenset[int]
    reports: Mapping[tuple[str, int], tuple[str, bool, bool]]  # state, whether it was sent late, and at all
    regions: Mapping[str, Mapping[int, date]]  # the due days of units in a region where one was moved by itself
    units: Register

    def due_on(self, code: str, period: int) -> date | None:
        """Return the day by which a unit's month is due."""
        unit = self.units.units.get(code)
        return self.regions.get(unit.region if unit is not None else "", self.days).get(period)

    @cached_property
    def reported_here(self) -> frozenset[int]:
        """The months of which any unit has sent a report; what is before them came with the plan."""
        return frozenset(period for (_, period), (_, _, was_sent) in self.reports.items() if was_sent)

    def cell(self, code: str, period: int) -> DutyCell:
        """Return one unit's month."""
        due = self.duties[period].count(code, period) if period in self.duties else 0
        state, was_late, was_sent = self.reports.get((code, period), ("", False, False))
        found = _BY_STATE.get(models.ReportState(state)) if state else None
        standing = found or (MonthStanding.CORRECTING if was_sent else self._unsent(code, period, due, bool(state)))
        is_late = was_late or standing is MonthStanding.MISSING
        return DutyCell(code, period, standing, due, bool(state), is_late, self._is_shut(code, period))

    def _is_shut(self, code: str, period: int) -> bool:
        return period in self.closed and not {(code, period), ("", period)} & self.unlocked

    def _unsent(self, code: str, period: int, due: int, is_begun: bool) -> MonthStanding:
        if period not in self.begun:
            return MonthStanding.NOT_BEGUN
        if not due:
            return MonthStanding.NOTHING_DUE
        came = self.duties[period].came_with(code, period) == due
        if came and not is_begun and period not in self.reported_here:
            return MonthStanding.CAME
        due_on = self.due_on(code, period)
        is_past = due_on is not None and self.today > due_on
        return (
            MonthStanding.MISSING if is_past or period in self.closed else MonthStanding.AWAITED
        )  # closing heals nothing


def scene_of(plan: models.Plan, today: date | None = None, *, known: Register | None = None) -> DutyRegister:
    """Read everything about the reports of a plan as of ``today``."""
    day, units = today or timezone.localdate(), known or register()
    sent = plan.reports.values_list("unit__code", "period", "state", "is_late", "submitted_at")
    unlocks = plan.unlocks.filter(until__gte=day).values_list("unit__code", "period")
    return DutyRegister(
        day,
        units_reporting_by_period(plan, known=units),
        due_days(plan),
        frozenset(plan.closures.values_list("period", flat=True)),
        frozenset((code or "", period) for code, period in unlocks),
        frozenset(p for p in PERIODS if has_begun(plan, p, day)),
        {
            (code, period): (state, is_late, submitted_at is not None)
            for code, period, state, is_late, submitted_at in sent
        },
        {region: due_days(plan, region) for _, region, _ in moves_of(plan) if region},
        units,
    )


_ORDER = ("central", "section", "area", "province", "branch", "rehabilitation")


def _place(code: str, known: Register) -> tuple[int, str, str]:
    """Return where a unit is in the list: the central units first, provinces by region with their branches."""
    unit = known.units[code]
    parent = unit.parent.code if unit.parent is not None and unit.type == "branch" else code
    kind = "province" if unit.type == "branch" else unit.type
    return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), unit.region, f"{parent} {code}")
