"""The second reading of the methods of points M-B, M-C, M-D and M-E, from the rules' pages."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from samrit.engine.model import Indicator, Override, Plan, Project
from samrit.engine.ruleset import PointScale, RuleSet
from tests.engine import naive

ABSENT = {"not_due", "not_applicable", "no_data", "no_plan"}


def evaluate(plan: Plan, ruleset: RuleSet, as_of: int) -> list[tuple[Fraction | None, str | None]]:
    """Return points and band of every work under a method of points."""
    follow = naive._followers(plan)
    return [_work(p, ruleset, as_of, plan.year_be, follow) for p in plan.projects]


def _work(
    project: Project, ruleset: RuleSet, as_of: int, year: int, follow: naive.Follow
) -> tuple[Fraction | None, str | None]:
    told = [naive._indicator(i, project, ruleset, as_of, year, follow) for i in project.indicators]
    both = list(zip(project.indicators, told, strict=True))
    for indicator, result in both:
        _assess_alone(indicator, result, ruleset, as_of)
    points = [_points(i, r, project, ruleset, as_of) for i, r in both]
    weights = naive.weights_of(project)
    here = [(p, w) for p, w in zip(points, weights, strict=True) if p is not None]
    present = sum((w for _, w in here), Fraction(0))
    figure = sum((p * w for p, w in here), Fraction(0)) / present if present else None
    if as_of == 12 and figure is None:
        figure = _closed(told, ruleset, project, as_of)
    code = None if figure is None else _band(figure, [p for p in points if p is not None], ruleset)
    least = [p for p in points if p is not None]
    wanted = ruleset.lowest_for_best
    if wanted is not None and least and min(least) < Fraction(wanted) and ruleset.method != "M-E":
        code = ruleset.bands[-2].code if code == ruleset.bands[-1].code else code
    override = naive._last_word(project.overrides, as_of)
    if override is None:
        return figure, code
    settled = _settled(override, ruleset)
    if settled is not None:
        figure = settled
        code = _band(figure, [p for p in points if p is not None], ruleset)
    return figure, override.band or code


def _assess_alone(indicator: Indicator, result: naive.NaiveIndicator, ruleset: RuleSet, as_of: int) -> None:
    """Thresholds without any plan in the year: assessed once the value is there, missing from month 12 on (M-B)."""
    planned = any(isinstance(f, Decimal) for e in indicator.entries for f in (e.planned, e.planned_numerator))
    thresholds = any(level.threshold is not None for level in indicator.levels)
    if planned or not thresholds or ruleset.scale is None or ruleset.method == "M-E":
        return
    if result.state in ("not_due", "no_data", "no_plan"):
        if result.actual is not None:
            result.state = "scored"
        elif as_of >= 12 and result.clear:
            result.state = "not_reported"


def _points(
    indicator: Indicator, result: naive.NaiveIndicator, project: Project, ruleset: RuleSet, as_of: int
) -> Fraction | None:
    override = naive._last_word(indicator.overrides, as_of)
    absent = ABSENT - {"no_plan"} if ruleset.method == "M-E" else ABSENT
    if override is None and result.state in absent:
        return None
    if override is not None:
        settled = _settled(override, ruleset)
        if settled is not None:
            return settled
    if ruleset.method == "M-E":
        return result.actual if result.actual is not None else Fraction(0)
    scale = ruleset.scale
    assert scale is not None
    floor = Fraction(scale.floor)
    own = sorted((v.number, Fraction(v.threshold)) for v in indicator.levels if v.threshold is not None)
    numbers = [n for n, _ in own] or sorted(v.number for v in indicator.levels)
    numbers = numbers or list(range(1, len(scale.points) + 1))
    worth = [Fraction(p) for p in scale.points]
    if len(worth) != len(numbers):  # a level is worth its number, if that is worth anything at all
        worth = [Fraction(n) for n in numbers] if all(n in worth for n in numbers) else []
    if worth and own and indicator.quantity != "level":
        if result.actual is None:
            return floor
        return _on([t for _, t in own], worth, scale, result.actual, lower=indicator.direction == "lower")
    if worth and indicator.formula == "levels":
        _, reached = naive._levels(indicator, result.plan, result.actual, as_of)
        if reached is not None:
            return _on([Fraction(n) for n in numbers], worth, scale, reached, lower=False)
    return floor if result.percent is None else _of_percent(result.percent, scale)


def _of_percent(percent: Fraction, scale: PointScale) -> Fraction:
    return _on(
        [Fraction(t) for t in scale.thresholds], [Fraction(p) for p in scale.points], scale, percent, lower=False
    )


def _on(steps: list[Fraction], worth: list[Fraction], scale: PointScale, value: Fraction, *, lower: bool) -> Fraction:
    """Return what a value is worth: the last step it meets, or linear on the way to the next."""
    met = [k for k, step in enumerate(steps) if (value <= step if lower else value >= step)]
    if not met:
        return Fraction(scale.floor)
    k = met[-1]
    if k == len(steps) - 1 or not scale.interpolated:
        return worth[k]
    return worth[k] + (value - steps[k]) / (steps[k + 1] - steps[k]) * (worth[k + 1] - worth[k])


def _settled(override: Override, ruleset: RuleSet) -> Fraction | None:
    """WE6: the points that were settled, else those of the percent."""
    if override.score is not None:
        return Fraction(override.score)
    if override.percent is None:
        return None
    if ruleset.method == "M-E":
        return Fraction(override.percent)
    return _of_percent(Fraction(override.percent), ruleset.scale) if ruleset.scale else None


def _closed(told: list[naive.NaiveIndicator], ruleset: RuleSet, project: Project, as_of: int) -> Fraction | None:
    settled = any(naive._last_word(i.overrides, as_of) for i in project.indicators)
    percent = None if settled else naive._closed(told, ruleset)
    if percent is None:
        return None
    if percent == 0:
        return Fraction(ruleset.scale.floor) if ruleset.scale else Fraction(0)
    return Fraction(100) if ruleset.method == "M-E" else _of_percent(percent, ruleset.scale) if ruleset.scale else None


def _band(figure: Fraction, tools: list[Fraction], ruleset: RuleSet) -> str:
    if ruleset.method != "M-E":
        return naive.band(figure, ruleset)
    low = min(tools, default=figure)
    place = 0 if figure < 70 else 1 if figure < 85 else 4 if min(figure, low) >= 95 else 3 if low >= 85 else 2
    return ruleset.bands[place].code
