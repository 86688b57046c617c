"""Money of works up to a month: what moved, and what was spent of the budget in force (MO1–MO3; R126, R129).

No data is not 0: a state of which nothing is recorded has no amount.  A project that
is on several lines has one budget, printed on each of them, and the movements of all
its lines, each recorded once (RU1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact
from samrit.engine.model import MoneyMovement, MoneyState, Plan, Project

Moved = Mapping[str, tuple[MoneyMovement, ...]]


@dataclass(frozen=True, slots=True)
class MoneyTotal:
    """Baht of one or several projects, each counted once.

    ``moved`` holds only the states of which something is recorded.  ``funded`` counts the
    projects with a budget, ``unknown`` those of them without any payment recorded (MO2).
    """

    budget: Decimal | None
    moved: Mapping[MoneyState, Decimal]
    funded: int
    unknown: int

    @property
    def spent(self) -> Decimal | None:
        """Baht disbursed; None when no payment is recorded, not even one of 0."""
        return self.moved.get(MoneyState.DISBURSED)

    @property
    @exact
    def remaining(self) -> Decimal | None:
        """Baht neither spent nor sent back; None without a budget or a payment recorded."""
        if self.budget is None or self.spent is None:
            return None
        return self.budget - self.spent - self.moved.get(MoneyState.RETURNED, ZERO)

    @property
    @exact
    def percent(self) -> Decimal | None:
        """Percent spent of the budget in force (MO1); None where there is nothing to divide."""
        if not self.budget or self.spent is None:
            return None
        return divide(self.spent * HUNDRED, self.budget)


@dataclass(frozen=True, slots=True)
class SpendingCurve:
    """Baht to date at the end of each of twelve months: as planned and as paid; None where nothing is known (R127)."""

    planned: tuple[Decimal | None, ...]
    paid: tuple[Decimal | None, ...]  # up to the month looked at

    @property
    def is_planned(self) -> bool:
        """Whether there is a spending plan at all."""
        return self.planned[-1] is not None


@exact
def spending_curve(projects: Iterable[Project], as_of: int) -> SpendingCurve:
    """Return planned and paid money to date of some works; movements of every line are recorded once (RU1)."""
    every = [m for project in projects for m in project.movements]
    planned = _to_date([m for m in every if m.state is MoneyState.PLANNED])
    paid = _to_date([m for m in every if m.state is MoneyState.DISBURSED and m.period <= as_of])
    return SpendingCurve(planned, tuple(v if p <= as_of else None for p, v in enumerate(paid, 1)))


def _to_date(movements: Sequence[MoneyMovement]) -> tuple[Decimal | None, ...]:
    if not movements:
        return (None,) * 12
    return tuple(sum((m.amount for m in movements if m.period <= p), ZERO) for p in range(1, 13))


def moved_by_key(plan: Plan, as_of: int) -> Moved:
    """Return the movements of periods 1..``as_of`` by the key of their project, in the order of recording."""
    moved: dict[str, list[MoneyMovement]] = defaultdict(list)
    for project in plan.projects:
        if project.movements:
            moved[project.key] += [m for m in project.movements if m.period <= as_of]
    return {key: tuple(movements) for key, movements in moved.items() if movements}


def money_total(projects: Iterable[Project], moved: Moved) -> MoneyTotal:
    """Return the money of the projects, each counted once with the budget of its first line (MO2, RU1)."""
    first: dict[str, Project] = {}
    for project in projects:
        first.setdefault(project.key, project)
    return money_sum(money_of(project, moved) for project in first.values())


@exact
def money_of(project: Project, moved: Moved) -> MoneyTotal:
    """Return the money of one project: the budget of this line, and what all its lines moved."""
    sums: dict[MoneyState, Decimal] = {}
    for movement in moved.get(project.key, ()):
        sums[movement.state] = sums.get(movement.state, ZERO) + movement.amount
    budget = project.budget
    is_unknown = budget is not None and MoneyState.DISBURSED not in sums
    return MoneyTotal(budget, sums, int(budget is not None), int(is_unknown))


@exact
def money_sum(totals: Iterable[MoneyTotal]) -> MoneyTotal:
    """Return the money of several projects together (MO2)."""
    sums: dict[MoneyState, Decimal] = {}
    budget, funded, unknown = ZERO, 0, 0
    for total in totals:
        for state, amount in total.moved.items():
            sums[state] = sums.get(state, ZERO) + amount
        budget += total.budget or ZERO
        funded += total.funded
        unknown += total.unknown
    return MoneyTotal(budget if funded else None, sums, funded, unknown)
