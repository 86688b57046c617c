"""The derivation of a score above the works: weights and figures of what is below it, down to the works (RU5)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.arithmetic import ZERO, exact
from samrit.engine.bands import format_percent
from samrit.engine.explain.derivation import Derivation, number
from samrit.engine.overall import Overall, ScorePart, Scores, scores
from samrit.engine.results import PlanResult


@exact
def explain_score(evaluation: PlanResult, level: str, key: str = "") -> Derivation:
    """Return how the score of the plan, a strategy, a tactic or a unit was made.

    Raises KeyError for a part that the plan does not have, and where it has no scores above its works.
    """
    found = scores(evaluation)
    if found is None:
        raise KeyError(level)
    return _score(found.of(level, key), found, evaluation)


def _score(row: Overall, found: Scores, evaluation: PlanResult) -> Derivation:
    ruleset, plan = evaluation.ruleset, evaluation.plan
    parts = tuple(_part(part, found, evaluation) for part in row.parts)
    params: dict[str, object] = {"name": row.key or plan.title, "level": (row.level, "score_level")}
    if row.figure is None:
        return Derivation("score_none", row.key, "RU5", params=params, children=parts)
    present = [part for part in row.parts if part.weight is not None and part.figure is not None]
    terms = " + ".join(f"{number(p.weight or ZERO)} × {number(p.figure or ZERO)}" for p in present)
    weights = sum((p.weight or ZERO for p in present), ZERO)
    shown = format_percent(row.figure, ruleset)
    params |= {"terms": terms, "weights": number(weights), "exact": number(row.figure)}
    params |= {"band": row.band.name if row.band else "–", "band_en": row.band.named("en") if row.band else "–"}
    return Derivation("score_above", row.key, "RU5", row.figure, shown, params, children=parts)


def _part(part: ScorePart, found: Scores, evaluation: PlanResult) -> Derivation:
    """Return a part: a score of its own with what is below it, or a work."""
    if part.level != "work":
        row = _score(found.of(part.level, part.key), found, evaluation)
        return row if part.weight is not None else _left(part, row.children)
    if part.weight is None or part.figure is None:
        return _left(part)
    project = evaluation.plan.project(part.key)
    shown = format_percent(part.figure, evaluation.ruleset)
    params = {"record": part.key, "title": project.title if project else "", "weight": number(part.weight)}
    return Derivation("score_work", part.key, "", part.figure, shown, params)


def _left(part: ScorePart, below: tuple[Derivation, ...] = ()) -> Derivation:
    given = Decimal() if part.given is None else part.given
    params: dict[str, object] = {"record": part.key, "level": (part.level, "score_level"), "weight": number(given)}
    return Derivation("score_left", part.key, "WE3", params=params, children=below)
