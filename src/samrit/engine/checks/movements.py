"""Checks of what happened to the money: committed, disbursed, carried over (R129, R133; MO1–MO3).

A project that is on several lines is looked at once, at its first line (RU1).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from samrit.engine.arithmetic import ZERO
from samrit.engine.checks.scene import Scene, found, on
from samrit.engine.model import MoneyMovement, MoneyState, Project
from samrit.engine.money import MoneyTotal, Moved, money_of, moved_by_key
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.terms import label

_AFTER_WORK = (MoneyState.DELIVERED, MoneyState.ACCEPTED, MoneyState.DISBURSED)


def money_spent_over_budget(scene: Scene) -> Iterator[Finding]:
    """More disbursed to date than the budget in force."""
    for project, total, _ in _moved(scene):
        if total.spent is not None and total.budget and total.spent > total.budget:
            over = total.spent - total.budget
            yield on("money_spent_over_budget", project, spent=total.spent, budget=total.budget, difference=over)


def money_without_budget(scene: Scene) -> Iterator[Finding]:
    """Money committed or spent by a project that the plan gives none."""
    for project, total, movements in _moved(scene):
        amounts = [m.amount for m in movements if m.state is not MoneyState.PLANNED]
        if not total.budget and any(amounts):
            yield on("money_without_budget", project, count=sum(map(bool, amounts)))


def spending_plan_differs(scene: Scene) -> Iterator[Finding]:
    """A spending plan that does not come to the work's budget (R127)."""
    for project, total, _ in _first_lines(scene, moved_by_key(scene.plan, 12)):
        planned = total.moved.get(MoneyState.PLANNED)
        if planned is not None and planned != (total.budget or ZERO):
            yield on("spending_plan_differs", project, planned=planned, budget=total.budget or ZERO)


def money_before_period(scene: Scene) -> Iterator[Finding]:
    """Something delivered or disbursed before the first month of the work; afterwards is usual (R49, R133)."""
    for project, _, movements in _moved(scene):
        first = project.first_period or 1
        months = sorted(
            {m.period for m in movements if m.state in _AFTER_WORK and m.amount > ZERO and m.period < first}
        )
        if months:
            yield on("money_before_period", project, months=months, first=first)


def money_below_zero(scene: Scene) -> Iterator[Finding]:
    """Corrections that take back more than was recorded up to their month."""
    for project, _, movements in _moved(scene):
        for state in MoneyState:
            own = [m for m in movements if m.state is state]
            least = min(accumulate(sum((m.amount for m in own if m.period == p), ZERO) for p in range(1, 13)))
            if least < ZERO:
                words = {"state": label(state), "state_en": label(state, "en")}
                yield on("money_below_zero", project, amount=least, **words)


def money_correction_unexplained(scene: Scene) -> Iterator[Finding]:
    """An amount below zero without a note that says why (MO3)."""
    for project, _, movements in _moved(scene):
        for movement in movements:
            if movement.amount < ZERO and not movement.note:
                facts = {"amount": movement.amount, "period": movement.period}
                yield found("money_correction_unexplained", project.id, movement.source, **facts)


def _moved(scene: Scene) -> Iterator[tuple[Project, MoneyTotal, tuple[MoneyMovement, ...]]]:
    """Yield the first line of every project that has movements up to the month looked at."""
    return _first_lines(scene, moved_by_key(scene.plan, scene.as_of))


def _first_lines(scene: Scene, moved: Moved) -> Iterator[tuple[Project, MoneyTotal, tuple[MoneyMovement, ...]]]:
    told: set[str] = set()
    for project in scene.plan.projects:
        if project.key in moved and project.key not in told:
            told.add(project.key)
            yield project, money_of(project, moved), moved[project.key]
