"""Checks of weights (WE1, WE2, R65, R66, R177, R301)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO
from samrit.engine.checks.scene import Scene, found, on
from samrit.engine.model import Indicator, Plan, Project
from samrit.engine.tree import tactic_tree
from samrit.vocabulary.findings import Finding

_MOST_NAMED = 12


def weights_not_100(scene: Scene) -> Iterator[Finding]:
    """Weights of a project that do not add up to 100, with both readings of its percent (R177)."""
    for result in scene.now.projects:
        weights = _weights(result.project)
        if not weights or None in weights or sum(filter(None, weights), ZERO) == HUNDRED:
            continue
        yield on(
            "weights_not_100",
            result.project,
            sum=result.weight_sum,
            weights=[w for w in weights if w is not None],
            as_printed=result.computed_percent,
            normalised=result.normalised_percent,
        )


def weight_missing(scene: Scene) -> Iterator[Finding]:
    """An indicator without a weight beside others that have one: it would count nothing."""
    for project in scene.plan.projects:
        if any(w is not None for w in _weights(project)):
            for indicator in project.indicators:
                if indicator.weight is None:
                    rest = sum((i.weight for i in project.indicators if i.weight is not None), ZERO)
                    yield on("weight_missing", indicator, rest=rest)


def weights_split_equally(scene: Scene) -> Iterator[Finding]:
    """Works of several indicators whose weights are all blank or 0: they share equally (WE2), said once.

    A plan that gives no weight anywhere means equal ones.
    """
    if all(i.weight is None for p in scene.plan.projects for i in p.indicators):
        return
    projects = [p for p in scene.plan.projects if len(p.indicators) > 1]
    equal = [p.id for p in projects if not any(i.weight for i in p.indicators)]
    if equal:
        named = [*equal[:_MOST_NAMED], *(["…"] if len(equal) > _MOST_NAMED else [])]
        yield found("weights_split_equally", scene.plan.id, scene.plan.source, works=len(equal), named=named)


def weights_above_not_100(scene: Scene) -> Iterator[Finding]:
    """Weights of strategies, of the tactics and works of one strategy, of the works of one tactic, that aren't 100."""
    for named, weights in _above(scene.plan):
        if None not in weights and weights and sum(filter(None, weights), ZERO) != HUNDRED:
            told = sum(filter(None, weights), ZERO)
            yield found("weights_above_not_100", named or scene.plan.id, scene.plan.source, sum=told)


def weight_above_missing(scene: Scene) -> Iterator[Finding]:
    """Some of what lies side by side above the indicators has a weight and some has none."""
    for named, weights in _above(scene.plan):
        if None in weights and any(weight is not None for weight in weights):
            params = {"missing": weights.count(None), "count": len(weights)}
            yield found("weight_above_missing", named or scene.plan.id, scene.plan.source, **params)


def _above(plan: Plan) -> Iterator[tuple[str, list[Decimal | None]]]:
    """Yield the weights that lie side by side: of the strategies, of what a strategy or a tactic has (RU5)."""
    used, tree = {p.strategy for p in plan.projects}, tactic_tree(plan.tactics)
    yield "", [s.weight for s in plan.strategies if s.code in used]
    for strategy in plan.strategies:
        own = [p for p in plan.projects if p.strategy == strategy.code]
        tops = dict.fromkeys(line[0] for p in own if (line := tree.line(p.tactic)))
        tactics = [t.weight for t in plan.tactics if t.code in tops]
        yield strategy.code, [*tactics, *(p.weight for p in own if not p.tactic)]
    held = {code for p in plan.projects for code in tree.line(p.tactic)}
    for tactic in plan.tactics:
        below = [t.weight for t in plan.tactics if t.code in held and tree.above.get(t.code) == tactic.code]
        yield tactic.code, [*below, *(p.weight for p in plan.projects if p.tactic == tactic.code)]


def weight_out_of_range(scene: Scene) -> Iterator[Finding]:
    """A weight that no indicator can have: not above 0, or above 100."""
    for project in scene.plan.projects:
        for indicator in project.indicators:
            if indicator.weight is not None and not ZERO < indicator.weight <= HUNDRED:
                yield on("weight_out_of_range", indicator, weight=indicator.weight)


def weight_repeats_target(scene: Scene) -> Iterator[Finding]:
    """The target typed into the weight's cell: 174 people, weight 174 (S2-57)."""
    for project in scene.plan.projects:
        weights = _weights(project)
        if None in weights or sum(filter(None, weights), ZERO) == HUNDRED:
            continue
        for indicator in project.indicators:
            if indicator.weight is not None and indicator.weight == _target(indicator, scene.plan.year_be):
                yield on("weight_repeats_target", indicator, weight=indicator.weight)


def _weights(project: Project) -> list[Decimal | None]:
    """Return the weights as given, or nothing when the project has none at all (WE2)."""
    weights = [indicator.weight for indicator in project.indicators]
    return [] if all(w is None for w in weights) else weights


def _target(indicator: Indicator, year_be: int) -> Decimal | None:
    target = indicator.target_of(year_be)
    return target.value if target is not None and isinstance(target.value, Decimal) else None
