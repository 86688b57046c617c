"""A closed evaluation as its page shows it: what was frozen, against the one before, and what moved since."""

from __future__ import annotations

from dataclasses import dataclass

from samrit.engine.compare import compare_evaluations
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import Evaluation
from samrit.plans.selectors.results.closed import ClosedAs, closed_latest, closed_result
from samrit.plans.selectors.results.naming import Names, PeriodName
from samrit.plans.selectors.results.tallies import Bar, bar_of_all, bars_by


@dataclass(frozen=True, slots=True)
class EvaluationPage:
    """A closed evaluation in figures; ``moves`` counts the works whose figure or band is another one today."""

    code: str
    evaluation: Evaluation
    period: PeriodName
    previous: PeriodName | None  # of the closed evaluation that the changes are measured against
    works: int
    bar: Bar
    funds: tuple[Bar, ...]
    strategies: tuple[Bar, ...]
    moves: int
    latest: int  # number of the last evaluation of this period; not this one's where it was closed again


def evaluation_page(evaluation: Evaluation, language: str) -> EvaluationPage:
    """Return the page of a closed evaluation, scored from its frozen content."""
    plan, period = evaluation.plan, evaluation.period
    this = ClosedAs(period, evaluation.number, evaluation.closed_at, evaluation.sha256)
    result = closed_result(plan, this)
    before = closed_latest(plan, up_to=period - 1)
    previous = closed_result(plan, before) if before else None
    names = Names(result, language)
    bar = bar_of_all(names, previous)
    last = plan.evaluations.filter(period=period).order_by("-number").values_list("number", flat=True).first()
    return EvaluationPage(
        code=plan.code,
        evaluation=evaluation,
        period=names.period(period),
        previous=names.period(before.period) if before else None,
        works=bar.total + bar.waiting,
        bar=bar,
        funds=bars_by(names, "fund", previous),
        strategies=bars_by(names, "strategy", previous),
        moves=len(compare_evaluations(result, evaluate(plan, period))),
        latest=last or evaluation.number,
    )
