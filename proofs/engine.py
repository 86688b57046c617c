"""The engine held against a second reading of the rules, on random plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from proofs import proof
from samrit.engine.arithmetic import quantised
from samrit.engine.bands import band_of, shown_percent
from samrit.engine.results import ProjectResult
from samrit.engine.ruleset import PERCENT_OF_PLAN, RuleSet, SilentUnits, WithoutPlan
from samrit.engine.score import score
from tests.engine import naive
from tests.engine.random_plans import random_plan


@proof(count=10_000, of="random plans", parts=20)
def engine_against_fractions(numbers: range, seed: int) -> Iterator[str]:
    """Totals, percents, caps and bands agree exactly with a naive reading of the rules in fractions."""
    for number in numbers:
        plan = random_plan(f"{seed}-{number}")
        as_of = (number * 7) % 13 if number % 3 else 12
        ruleset = _chosen(PERCENT_OF_PLAN if number % 5 else _capped(PERCENT_OF_PLAN), number)
        theirs = naive.evaluate(plan, ruleset, as_of)
        for mine, other in zip(score(plan, ruleset, as_of).projects, theirs, strict=True):
            differing = ", ".join(_differing(mine, other))
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


def _differing(mine: ProjectResult, other: naive.NaiveProject) -> Iterator[str]:
    for i, j in zip(mine.indicators, other.indicators, strict=True):
        pairs = {"plan": (i.plan_total.value, j.plan), "actual": (i.actual_total.value, j.actual)}
        pairs["percent"] = (i.percent, j.percent)
        yield from (f"{i.indicator.id} {what}" for what, both in pairs.items() if not _same(*both))
        if i.state.value != j.state:
            yield f"{i.indicator.id} state"
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
