"""The forecast's one choice made on other works than those it is measured on (FC6): figures out of fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samrit.engine.forecast.backtest import BackTest, Tested, summed_up, works_foretold
from samrit.engine.forecast.paces import Expectation
from samrit.engine.model import Plan
from samrit.engine.ruleset import RuleSet

Works = Mapping[tuple[Expectation, int], Sequence[Tested]]


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """What the works of each fold were foretold with, chosen on the others, and how well that did month by month."""

    chosen: Mapping[str, Expectation]
    tests: tuple[BackTest, ...]


def out_of_fold(plan: Plan, ruleset: RuleSet, months: Sequence[int], folds: Mapping[str, str]) -> OutOfFold:
    """Return the back-test of ``plan`` in which no work has a part in the choice that it is foretold with.

    ``folds`` has the fold of each work by its id.  What its works are foretold with is chosen on those of the other
    folds, by the bands hit at all ``months``: the first expectation that is within one standard error of the best, so
    that no chance of a few works overrules the plainest.  Raises KeyError for a work without a fold.
    """
    works: Works = {(e, m): works_foretold(plan, ruleset, m, expected=e) for e in Expectation for m in months}
    chosen = {}
    for fold in dict.fromkeys(folds.values()):
        others = {at: [w for w in own if _fold_of(w, folds) != fold] for at, own in works.items()}
        chosen[fold] = _chosen(others, months)
    tests = []
    for month in months:
        rows = zip(*(works[e, month] for e in Expectation), strict=True)
        picked = [dict(zip(Expectation, row, strict=True)) for row in rows]
        own = [row[chosen[_fold_of(row[Expectation.HELD], folds)]] for row in picked]
        tests.append(summed_up(own, ruleset, month))
    return OutOfFold(chosen, tuple(tests))


def _chosen(works: Works, months: Sequence[int]) -> Expectation:
    """Return the first expectation whose bands hit are within one standard error of the best."""
    hits = {e: sum(work.is_hit for month in months for work in works[e, month]) for e in Expectation}
    best, count = max(hits.values()), sum(len(works[Expectation.HELD, month]) for month in months)
    return next(e for e, own in hits.items() if (best - own) ** 2 * count <= best * (count - best))


def _fold_of(work: Tested, folds: Mapping[str, str]) -> str:
    return folds[work.ahead.project.id]
