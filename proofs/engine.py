"""The engine held against a second reading of the rules, on random plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from proofs import proof
from samrit.engine.arithmetic import quantised
from samrit.engine.bands import band_of, shown_percent
from samrit.engine.explain import explain
from samrit.engine.forecast import forecast
from samrit.engine.results import ProjectResult
from samrit.engine.rollup import adds_up, tabulate
from samrit.engine.ruleset import PERCENT_OF_PLAN, RuleSet, SilentUnits, WithoutPlan
from samrit.engine.score import score
from tests.engine import naive, naive_points
from tests.engine.arithmetic_lines import arithmetic_of, is_true
from tests.engine.random_plans import random_office, random_plan
from tests.engine.random_points import RULESETS


@proof(count=10_000, of="random plans", parts=20)
def engine_against_fractions(numbers: range, seed: int) -> Iterator[str]:
    """Totals, percents, caps and bands agree exactly with a naive reading of the rules in fractions."""
    for number in numbers:
        plan = random_plan(f"{seed}-{number}")
        as_of = (number * 7) % 13 if number % 3 else 12
        ruleset = _chosen(PERCENT_OF_PLAN if number % 5 else _capped(PERCENT_OF_PLAN), number)
        theirs = naive.evaluate(plan, ruleset, as_of)
        for mine, other in zip(score(plan, ruleset, as_of).projects, theirs, strict=True):
            differing = ", ".join(_differing(mine, other, ruleset))
            if differing:
                yield f"plan {number}, {mine.project.id}, as of {as_of}: {differing}"


@proof(count=10_000, of="random plans", parts=20)
def shown_percents(numbers: range, seed: int) -> Iterator[str]:
    """What is shown is rounded half up and never contradicts the band (BA2, DI1)."""
    for number in numbers:
        plan = random_plan(f"{seed}-{number}")
        others = naive.evaluate(plan, PERCENT_OF_PLAN, 12)
        for mine, other in zip(score(plan, PERCENT_OF_PLAN, 12).projects, others, strict=True):
            if mine.percent is None or other.percent is None:
                continue
            shown = shown_percent(mine.percent, PERCENT_OF_PLAN)
            places = max(0, -int(shown.as_tuple().exponent))
            is_half_up = Fraction(shown) == naive.half_up(other.percent, places)
            if not is_half_up or band_of(shown, PERCENT_OF_PLAN) is not band_of(mine.percent, PERCENT_OF_PLAN):
                yield f"plan {number}, {mine.project.id}: {mine.percent} is shown as {shown}"


@proof(count=10_000, of="random plans", parts=20)
def points_against_fractions(numbers: range, seed: int) -> Iterator[str]:
    """Points and bands of M-B, M-C, M-D and M-E agree exactly with a naive reading of the rules in fractions."""
    for number in numbers:
        plan, as_of = random_plan(f"{seed}-{number}"), (number * 7) % 13 if number % 3 else 12
        name, ruleset = list(RULESETS.items())[number % len(RULESETS)]
        theirs = naive_points.evaluate(plan, ruleset, as_of)
        for mine, (figure, code) in zip(score(plan, ruleset, as_of).projects, theirs, strict=True):
            if not _same(mine.score, figure) or (mine.band.code if mine.band else None) != code:
                yield f"plan {number}, {name}, {mine.project.id}, as of {as_of}: {mine.score} against {figure}"


@proof(count=10_000, of="random plans", parts=20)
def two_roads_one_number(numbers: range, seed: int) -> Iterator[str]:
    """The forecast at month 12 is the evaluation, and every work of a table stands in one of its cells (I4, RU2)."""
    for number in numbers:
        plan = random_plan(f"{seed}-{number}")
        ruleset = list({"M-A": PERCENT_OF_PLAN, **RULESETS}.values())[number % (1 + len(RULESETS))]
        result = score(plan, ruleset, 12)
        for ahead, mine in zip(forecast(plan, ruleset, 12).projects, result.projects, strict=True):
            if (ahead.percent, ahead.band) != (mine.figure, mine.band):
                yield f"plan {number}, {mine.project.id}: {ahead.percent} is foretold, {mine.figure} is scored"
        table = tabulate(result.projects, columns="band", where=lambda r: r.counts)
        if not adds_up(table) or table.total.total != len({p.key for p in plan.projects}):
            yield f"plan {number}: a table of {table.total.total} works, of {len(plan.projects)}"


@proof(count=10_000, of="random plans of every kind", parts=20)
def explanations_are_arithmetic(numbers: range, seed: int) -> Iterator[str]:
    """Every line of an explanation that holds an equation is true when it is computed anew (I4)."""
    for number in numbers:
        plan = (random_plan if number % 2 else random_office)(number + seed * 100_000)
        as_of, ruleset = 12 if number % 3 else 1 + number % 12, PERCENT_OF_PLAN if number % 4 else RULESETS["M-B"]
        result = score(plan, ruleset, as_of)
        for project in plan.projects:
            for step in explain(result, project.id).walk():
                arithmetic = arithmetic_of(step)
                if arithmetic and not is_true(*arithmetic):
                    yield f"plan {number}, {project.id}, as of {as_of}: {step.sentence('en')}"


def _differing(mine: ProjectResult, other: naive.NaiveProject, ruleset: RuleSet) -> Iterator[str]:
    for i, j in zip(mine.indicators, other.indicators, strict=True):
        pairs = {"plan": (i.plan_total.value, j.plan), "actual": (i.actual_total.value, j.actual)}
        pairs["percent"] = (i.percent, j.percent)
        yield from (f"{i.indicator.id} {what}" for what, both in pairs.items() if not _same(*both))
        if i.state.value != j.state:
            yield f"{i.indicator.id} state"
        if (i.band.code if i.band else None) != (None if j.percent is None else naive.band(j.percent, ruleset)):
            yield f"{i.indicator.id} band"
    pairs = {"percent": (mine.percent, other.percent), "normalised": (mine.normalised_percent, other.normalised)}
    pairs["second"] = (mine.second_percent, other.second)
    yield from (what for what, both in pairs.items() if not _same(*both))
    if (mine.band.code if mine.band else None) != other.band:
        yield "band"


def _same(engine: Decimal | None, fraction: Fraction | None) -> bool:
    if engine is None or fraction is None:
        return engine is None and fraction is None
    return quantised(engine) == naive.to_30_places(fraction)


def _chosen(ruleset: RuleSet, number: int) -> RuleSet:
    """Return the rule set with what an office may choose in it switched through (AC4, AC8, WE5)."""
    return replace(
        ruleset,
        without_plan=list(WithoutPlan)[number % 3],
        silent_units=list(SilentUnits)[number // 3 % 2],
        lowest_for_best=None if number % 4 else Decimal(50),
    )


def _capped(ruleset: RuleSet) -> RuleSet:
    return replace(ruleset, cap=Decimal(120), second_cap=Decimal(80))
