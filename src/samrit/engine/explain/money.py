"""The derivation of money spent: percent → sum of payments → movements; and of a sum over works (MO1, MO2)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from samrit.engine.arithmetic import exact, round_half_up
from samrit.engine.explain.derivation import Derivation, Month, number
from samrit.engine.model import MoneyMovement, MoneyState, Project
from samrit.engine.money import MoneyTotal, Moved, money_of, money_total, moved_by_key
from samrit.engine.results import PlanResult
from samrit.engine.rollup import DIMENSIONS, is_work
from samrit.vocabulary.numbers import format_money

_PLACES = 2


@exact
def explain_money(evaluation: PlanResult, record: str) -> Derivation:
    """Return how much of its budget a project has spent; raises KeyError when the plan has no such project."""
    project = evaluation.plan.project(record)
    if project is None:
        raise KeyError(record)
    moved = moved_by_key(evaluation.plan, evaluation.as_of)
    head = _work(project, moved)
    total = money_of(project, moved)
    steps = [*_percent(total), *_budget(project, evaluation)]
    for state in MoneyState:
        own = [m for m in moved.get(project.key, ()) if m.state is state]
        if own:
            steps.append(_sum(state, own, evaluation))
    return Derivation(head.code, head.record, head.rule, head.value, head.shown, head.params, head.source, tuple(steps))


@exact
def explain_money_sum(evaluation: PlanResult, *, rows: str = "strategy", row: str = "") -> Derivation:
    """Return what the works of one row of a dimension have spent, each counted once; an empty row is all of them.

    Works without a payment recorded stand together under their own step.  Raises KeyError for an unknown dimension.
    """
    row_of = DIMENSIONS[rows]
    chosen = [r.project for r in evaluation.projects if is_work(r) and (not row or row in row_of(r))]
    moved = moved_by_key(evaluation.plan, evaluation.as_of)
    first: dict[str, Project] = {}
    for project in chosen:
        first.setdefault(project.key, project)
    works = [(p, _work(p, moved)) for p in first.values()]
    paid = (work for _, work in works if work.value is not None)
    total = money_total(chosen, moved)
    params = {"row": row or "Σ", **_amounts(total)}
    steps = [*_percent(total)]
    if total.unknown:
        missing = {"unknown": total.unknown, "funded": total.funded}
        unknown = tuple(work for p, work in works if work.value is None and p.budget is not None)
        steps.append(Derivation("money_missing", "", "MO2", Decimal(total.unknown), params=missing, children=unknown))
    code = "money_sum" if total.spent is not None else "money_sum_unknown"
    return Derivation(
        code,
        "",
        "MO2",
        total.spent,
        _shown(total.percent),
        params,
        children=(*steps, *paid),
    )


def _work(project: Project, moved: Moved) -> Derivation:
    total = money_of(project, moved)
    code = "money_work"
    if total.spent is None:
        code = "money_work_unknown"
    elif not total.budget:
        code = "money_work_unfunded"
    params = {"record": project.id, "title": project.title, **_amounts(total)}
    return Derivation(code, project.id, "MO1", total.spent, _shown(total.percent), params, project.source)


def _amounts(total: MoneyTotal) -> dict[str, object]:
    return {"spent": _baht(total.spent), "budget": _baht(total.budget)}


def _percent(total: MoneyTotal) -> Iterator[Derivation]:
    if total.percent is not None:
        params = {**_amounts(total), "exact": number(total.percent)}
        yield Derivation("money_percent", "", "MO1", total.percent, _shown(total.percent), params)


def _budget(project: Project, evaluation: PlanResult) -> Iterator[Derivation]:
    if project.budget is not None:
        lines = [b for b in project.budgets if not b.unit and b.amount is not None]
        params = {"as_of": _month(evaluation, evaluation.as_of), "arithmetic": _added([b.amount for b in lines])}
        source = lines[0].source
        yield Derivation("money_budget", project.id, "", project.budget, format_money(project.budget), params, source)


def _sum(state: MoneyState, movements: list[MoneyMovement], evaluation: PlanResult) -> Derivation:
    amounts = [m.amount for m in movements]
    value = sum(amounts, Decimal())
    params = {
        "state": (state.value, "money_state"),
        "as_of": _month(evaluation, evaluation.as_of),
        "arithmetic": _added(amounts),
    }
    rule = "MO3" if any(a < 0 for a in amounts) else "MO1"
    steps = tuple(_movement(m, evaluation) for m in movements)
    return Derivation("money_state", "", rule, value, format_money(value), params, children=steps)


def _movement(movement: MoneyMovement, evaluation: PlanResult) -> Derivation:
    texts = [movement.funding_source, movement.note]
    params = {
        "period": _month(evaluation, movement.period),
        "amount": format_money(movement.amount),
        "texts": "".join(f" · {text}" for text in texts if text),
    }
    return Derivation("money_moved", "", "", movement.amount, format_money(movement.amount), params, movement.source)


def _added(amounts: list[Decimal | None] | list[Decimal]) -> str:
    """Return "100 + 50.25 − 20 = 130.25"; of one amount the amount alone."""
    given = [a for a in amounts if a is not None]
    text = format_money(given[0])
    for amount in given[1:]:
        text += f" − {format_money(-amount)}" if amount < 0 else f" + {format_money(amount)}"
    return text if len(given) == 1 else f"{text} = {format_money(sum(given, Decimal()))}"


def _month(evaluation: PlanResult, period: int) -> Month:
    return Month(evaluation.plan.year_be, evaluation.plan.calendar, period)


def _baht(amount: Decimal | None) -> str:
    return "–" if amount is None else format_money(amount)


def _shown(percent: Decimal | None) -> str:
    return "–" if percent is None else f"{round_half_up(percent, _PLACES):,f}"
