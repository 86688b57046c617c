"""What the demonstration's works have spent: made up, since the printed report has no payments, and marked as such."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from samrit.engine.model import MoneyState, Project
from samrit.plans.demo.figures import SAID, draw
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import version_in_force
from samrit.plans.models import MoneyMovement, Person, Plan
from samrit.plans.services.plan.money import money_record

_BEFORE = (3, 6, 9)  # entered together with the first month: a quarter each
_OF_WORKS = 25  # in a hundred; of the others there is no data, as in an office that has just begun


def record_money(planner: Person, plan: Plan, period: int, *, is_first: bool) -> None:
    """Record what some works have committed and paid in ``period``, at first also in the quarters before it."""
    for project in package_of(version_in_force(plan)).plan.projects:
        if not project.budget or draw(project.id, "money") >= _OF_WORKS:
            continue
        seen = MoneyMovement.objects.filter(plan=plan, project=project.id).count()
        for month, state, amount in _moved(project, period, is_first=is_first):
            money_record(
                planner, plan=plan, project=project.id, period=month, state=state, amount=amount, seen=seen, note=SAID
            )
            seen += 1


def _moved(project: Project, period: int, *, is_first: bool) -> Iterator[tuple[int, MoneyState, Decimal]]:
    """Yield month, state and amount: a fifth or less of the budget a quarter, a tenth or less a month."""
    if is_first:
        yield _BEFORE[0], MoneyState.COMMITTED, _part(project, 60, 95, "committed")
    for month in _BEFORE if is_first else ():
        yield month, MoneyState.DISBURSED, _part(project, 5, 20, month)
    yield period, MoneyState.DISBURSED, _part(project, 0, 10, period)


def _part(project: Project, low: int, high: int, lot: object) -> Decimal:
    percent = Decimal(low) + Decimal(high - low) * draw(project.id, lot) / 100
    return ((project.budget or Decimal()) * percent / 100).quantize(Decimal(1), ROUND_HALF_UP)
