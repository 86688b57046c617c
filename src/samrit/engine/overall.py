"""One score above the work: of tactics, strategies, units and the whole plan, beside the count of bands (RU5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact
from samrit.engine.bands import band_of
from samrit.engine.model import Plan
from samrit.engine.results import PlanResult, ProjectResult
from samrit.engine.rollup import works_of
from samrit.engine.ruleset import Band, Method, RollUp, RuleSet
from samrit.engine.tree import tactic_tree
from samrit.engine.weighting import readings, weights_given, weights_spread

LEVELS = ("plan", "strategy", "tactic", "unit")


class ScorePart(NamedTuple):
    """What a score is made of: a strategy, a tactic or a work; ``weight`` is as used, None once it left (WE2, WE3)."""

    level: str  # "strategy", "tactic" or "work"
    key: str
    figure: Decimal | None
    given: Decimal | None
    weight: Decimal | None


@dataclass(frozen=True, slots=True)
class Overall:
    """The score of one part of the plan, in the rule set's own figures; ``figure`` is None where nothing counts."""

    level: str
    key: str
    figure: Decimal | None
    band: Band | None
    parts: tuple[ScorePart, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores above the works: of the plan, then of strategies, tactics and units in order of first sight."""

    how: RollUp
    plan: Overall
    strategies: tuple[Overall, ...]
    tactics: tuple[Overall, ...]
    units: tuple[Overall, ...]

    def of(self, level: str, key: str = "") -> Overall:
        """Return one score; raises KeyError for a part that the plan does not have."""
        rows = {"plan": (self.plan,), "strategy": self.strategies, "tactic": self.tactics, "unit": self.units}
        for row in rows[level]:
            if row.key == key:
                return row
        raise KeyError(key)

    def rows(self) -> tuple[Overall, ...]:
        """Return the plan's score, then each strategy with its tactics below it, each before what is under it."""
        tactics = {t.key: t for t in self.tactics}

        def walk(row: Overall) -> Iterator[Overall]:
            yield row
            for part in row.parts:
                if part.level == "tactic":
                    yield from walk(tactics[part.key])

        return (self.plan, *(row for s in self.strategies for row in walk(s)))

    def weighed(self) -> Mapping[tuple[str, str], ScorePart]:
        """Return every part of a score with its weight as used, by level and key."""
        return {(p.level, p.key): p for row in (self.plan, *self.strategies, *self.tactics) for p in row.parts}


def way_of(plan: Plan, ruleset: RuleSet) -> RollUp:
    """Return how scores are rolled up (RU5): as the rule set says, else by levels where anything above is weighed."""
    if ruleset.roll_up is not None:
        return ruleset.roll_up
    weights = [
        *(strategy.weight for strategy in plan.strategies),
        *(tactic.weight for tactic in plan.tactics),
        *(project.weight for project in plan.projects),
    ]
    return RollUp.NONE if all(weight is None for weight in weights) else RollUp.LEVELS


@exact
def scores(result: PlanResult) -> Scores | None:
    """Return the scores above the works of an evaluation (RU5), None where neither plan nor rule set asks for any."""
    how = way_of(result.plan, result.ruleset)
    if how is RollUp.NONE:
        return None
    made = _Made(result.plan, result.ruleset, result.projects, is_by_levels=how is RollUp.LEVELS)
    return Scores(how, made.plan, tuple(made.strategies.values()), tuple(made.tactics.values()), made.units())


class _Made:
    """The scores of one evaluation, from the works up."""

    def __init__(self, plan: Plan, ruleset: RuleSet, lines: Sequence[ProjectResult], *, is_by_levels: bool) -> None:
        self._ruleset, self._by_levels = ruleset, is_by_levels
        # Under levels every line counts where it is; a work on several lines is one work of the plan (RU1).
        self._lines = tuple(lines) if is_by_levels else works_of(lines)
        self._given: dict[tuple[str, str], Decimal | None] = {("strategy", s.code): s.weight for s in plan.strategies}
        self._given |= {("tactic", t.code): t.weight for t in plan.tactics}
        self._tree = tactic_tree(plan.tactics)
        order = dict.fromkeys([*(s.code for s in plan.strategies), *(r.project.strategy for r in lines)])
        used = {r.project.strategy for r in lines}
        self.tactics: dict[str, Overall] = {}
        self.strategies = {code: self._strategy(code, lines) for code in order if code in used}
        self.plan = self._plan()

    def _strategy(self, code: str, lines: Sequence[ProjectResult]) -> Overall:
        return self._branch("strategy", code, [r for r in lines if r.project.strategy == code], 0)

    def _branch(self, level: str, code: str, own: Sequence[ProjectResult], depth: int) -> Overall:
        """Return the score of a strategy or tactic over the tactics and works below it, making those of its tactics."""
        below: dict[str, list[ProjectResult]] = {}
        direct = []
        for result in own:
            line = self._tree.line(result.project.tactic)
            if len(line) > depth:
                below.setdefault(line[depth], []).append(result)
            else:
                direct.append(result)
        for tactic, held in below.items():
            self.tactics[tactic] = self._branch("tactic", tactic, held, depth + 1)
        if not self._by_levels:
            return self._of_works(level, code, own)
        return self._score(level, code, [*(self._child(self.tactics[t]) for t in below), *map(_child, direct)])

    def _plan(self) -> Overall:
        if not self._by_levels:
            return self._of_works("plan", "", self._lines)
        return self._score("plan", "", map(self._child, self.strategies.values()))

    def units(self) -> tuple[Overall, ...]:
        """Return the score of every unit over the works that it leads, each by its share of the plan."""
        shares = self._shares()
        leads: dict[str, list[ProjectResult]] = {}
        for result in self._lines:
            leads.setdefault(next(iter(result.project.responsible_units), ""), []).append(result)
        return tuple(
            self._score("unit", unit, [_child(r)._replace(given=shares.get(r.project.id, ZERO)) for r in own])
            for unit, own in leads.items()
            if unit
        )

    def _shares(self) -> Mapping[str, Decimal]:
        """Return how much of the plan's score each work is, in percent: its weight, times those of what is above."""
        found: dict[str, Decimal] = {}
        named = {("strategy", s.key): s for s in self.strategies.values()}
        named |= {("tactic", t.key): t for t in self.tactics.values()}
        waiting = [(self.plan, HUNDRED)]
        while waiting:
            above, share = waiting.pop()
            for part in above.parts:
                if part.weight is None:
                    continue
                own = divide(share * part.weight, sum((p.weight for p in above.parts if p.weight is not None), ZERO))
                if part.level == "work":
                    found[part.key] = own
                else:
                    waiting.append((named[part.level, part.key], own))
        return found

    def _of_works(self, level: str, key: str, lines: Iterable[ProjectResult]) -> Overall:
        own = tuple(lines) if self._by_levels else works_of(lines)
        return self._score(level, key, map(_child, own))

    def _child(self, row: Overall) -> ScorePart:
        return ScorePart(row.level, row.key, row.figure, self._given.get((row.level, row.key)), None)

    def _score(self, level: str, key: str, children: Iterable[ScorePart]) -> Overall:
        parts = tuple(children)
        used = weights_given([part.given for part in parts])
        spread = weights_spread(used, [part.figure is not None for part in parts])
        figure = readings([part.figure for part in parts], spread).normalised
        is_banded = figure is not None and self._ruleset.method is not Method.TRANSPARENCY
        band = band_of(figure, self._ruleset) if is_banded and figure is not None else None
        return Overall(
            level, key, figure, band, tuple(p._replace(weight=w) for p, w in zip(parts, spread, strict=True))
        )


def _child(result: ProjectResult) -> ScorePart:
    """Return a work as part of what is above it; one that does not count yet, or has no figure, takes no part."""
    figure = result.figure if result.counts or result.project.level else None
    return ScorePart("work", result.project.id, figure, result.project.weight, None)
