"""Scoring: a plan in, its evaluation up to a period out.

The order of work for one project, each step a function of its own room:

0. figures of indicators that take another's (``shared``, R171)
1. totals of plan and actual                (``totals``, TO1–TO6, RU3)
2. achievement of each indicator            (``achievement``, AC1–AC7)
3. weights, spread over what takes part     (``weighting``, WE1–WE3)
4. the project's figure, its two readings   (``weighting``, WE1, AC7)
5. what has no figure at the year's end     (``year_end``, AC4, BA4)
6. override by the evaluators               (WE4)
7. band, and whether it counts              (``bands``, BA1, WE5)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from samrit.engine.arithmetic import ZERO, exact
from samrit.engine.bands import band_by_code, band_of, held_band, transparency_band
from samrit.engine.indicators.achievement import Achievement, achievement, override_at
from samrit.engine.indicators.dated import dated, dated_plan
from samrit.engine.indicators.levels import in_force, measured_from
from samrit.engine.indicators.mergers import Successors, successors_of
from samrit.engine.indicators.points import settled_score
from samrit.engine.indicators.shared import shared_plan
from samrit.engine.model import Indicator, IndicatorCard, Override, Plan, Project, Rhythm, Unit
from samrit.engine.results import IndicatorResult, PlanResult, ProjectResult, State
from samrit.engine.ruleset import Band, Method, RuleSet
from samrit.engine.weighting import are_shared, readings, weights_spread, weights_used
from samrit.engine.year_end import closing_of

YEAR_END = 12

# Why a project has no figure, strongest reason first.
_ABSENT = (State.NO_PLAN, State.NOT_DUE, State.NO_DATA, State.NOT_APPLICABLE)


@exact
def score(plan: Plan, ruleset: RuleSet, as_of: int) -> PlanResult:
    """Return the evaluation of ``plan`` over periods 1..``as_of`` (0..12) under ``ruleset``.

    Raises ValueError for a period outside 0..12; never for anything in the plan.
    """
    if not 0 <= as_of <= YEAR_END:
        raise ValueError(f"period {as_of} is not within 0..{YEAR_END}")
    plan = dated_plan(shared_plan(plan))
    successors = successors_of(plan.units, plan.year_be, plan.calendar)
    year = _Year(plan.year_be, successors, measured_from(plan.cards))
    results = tuple(_project(p, ruleset, as_of, year) for p in plan.projects)
    return PlanResult(plan, ruleset, as_of, results)


@exact
def score_project(
    project: Project,
    ruleset: RuleSet,
    as_of: int,
    *,
    year_be: int = 0,
    units: Sequence[Unit] = (),
    calendar: str = "calendar",
    cards: Sequence[IndicatorCard] = (),
    rhythm: Rhythm | None = None,
) -> ProjectResult:
    """Return the evaluation of one project, the same as within its plan."""
    year = _Year(year_be, successors_of(units, year_be, calendar), measured_from(cards))
    return _project(dated(project, year_be, calendar, rhythm=rhythm), ruleset, as_of, year)


def scorer(plan: Plan, ruleset: RuleSet, as_of: int) -> Callable[[Project], ProjectResult]:
    """Return what scores one work of ``plan`` over periods 1..``as_of``, the same as within the plan."""

    def score(project: Project) -> ProjectResult:
        return score_project(
            project,
            ruleset,
            as_of,
            year_be=plan.year_be,
            units=plan.units,
            calendar=plan.calendar,
            cards=plan.cards,
            rhythm=plan.rhythm,
        )

    return score


class _Year(NamedTuple):
    """What the plan says around a project: its year, who reports for whom, and when an indicator is measured."""

    year_be: int
    successors: Successors
    measured: Mapping[str, int]


def _project(project: Project, ruleset: RuleSet, as_of: int, year: _Year) -> ProjectResult:
    measured = [in_force(i, as_of) for i in project.indicators]
    achieved = [
        achievement(
            i,
            ruleset,
            as_of,
            year_be=year.year_be,
            sites=project.sites,
            successors=year.successors,
            measured_from=year.measured.get(i.id, YEAR_END),
        )
        for i in measured
    ]
    weights = weights_used(project.indicators)
    by_points = ruleset.method is not Method.PERCENT_OF_PLAN
    takes_part = [(a.score if by_points else a.percent) is not None for a in achieved]
    spread = weights_spread(weights, takes_part)
    indicators = tuple(
        _indicator(i, a, w, s, ruleset) for i, a, w, s in zip(measured, achieved, weights, spread, strict=True)
    )
    return _result(project, indicators, ruleset, as_of)


def _indicator(
    indicator: Indicator, achieved: Achievement, weight: Decimal, spread: Decimal | None, ruleset: RuleSet
) -> IndicatorResult:
    figure = achieved.percent if ruleset.method is Method.PERCENT_OF_PLAN else achieved.score
    banded = figure is not None and ruleset.method is not Method.TRANSPARENCY
    band = band_of(figure, ruleset) if banded and figure is not None else None
    (
        state, plan, actual, computed, percent, level_planned, level_reached, score_, override, rules, way,
        coverage, partial, upper, late,
    ) = achieved  # fmt: skip
    return IndicatorResult(
        indicator, state, plan, actual, computed, percent, band, weight, spread,
        level_planned, level_reached, score_, override, rules, way, coverage, partial, upper, late,
    )  # fmt: skip


def _result(project: Project, indicators: tuple[IndicatorResult, ...], ruleset: RuleSet, as_of: int) -> ProjectResult:
    weights = [i.effective_weight for i in indicators]
    by_points = ruleset.method is not Method.PERCENT_OF_PLAN
    points = readings([i.score for i in indicators], weights).normalised if by_points else None
    beside = _percent_weights(indicators) if by_points else weights
    computed, normal, second = readings([i.percent for i in indicators], beside, ruleset.second_cap)
    state = _state(indicators)
    rules = ["WE2" if indicators and are_shared(project.indicators) else "WE1", *(["WE3"] if None in weights else [])]
    is_listed = as_of == YEAR_END and (points if by_points else computed) is None
    if is_listed:
        computed, points, rule = closing_of(state, indicators, ruleset)
        second = computed
        rules.append(rule)
    override = override_at(project.overrides, as_of)
    lowest = _lowest(indicators)
    least = min((f for i in indicators if (f := i.score if by_points else i.percent) is not None), default=None)
    own_band = _band(computed, points, indicators, ruleset)
    computed_band = held_band(own_band, least, ruleset)
    percent, score_, band = _settled(override, (computed, points, computed_band), indicators, ruleset)
    rules += _last_rules(override, band, own_band)
    second_band = band if override else held_band(_second_band((computed, second), band, ruleset), least, ruleset)
    weight_sum = sum([i.weight for i in indicators], ZERO)
    counts = not project.level and (band is not None or is_listed)  # what measures a strategy itself is no work (RU5)
    return ProjectResult(  # by place: a plan is scored at every look at it
        project, state, counts, computed, percent, normal, second, band, computed_band,
        second_band, weight_sum, lowest, indicators, override, tuple(rules), score_, points,
    )  # fmt: skip


def _last_rules(override: Override | None, band: Band | None, own_band: Band | None) -> list[str]:
    """Return the rules that decided last: settled by hand, held below the best, and the band."""
    is_held = override is None and band is not own_band
    return [*(["WE4"] if override else []), *(["WE5"] if is_held else []), *(["BA1"] if band else [])]


def _settled(
    override: Override | None,
    computed: tuple[Decimal | None, Decimal | None, Band | None],
    indicators: tuple[IndicatorResult, ...],
    ruleset: RuleSet,
) -> tuple[Decimal | None, Decimal | None, Band | None]:
    """Return percent, points and band of a work as they count: settled by hand (WE4, WE6), or as computed."""
    percent, band = _overridden(override, computed[0], computed[2], ruleset)
    points = None if override is None else settled_score(override, ruleset)
    if override is None or points is None or ruleset.method is Method.PERCENT_OF_PLAN:
        return percent, computed[1], band
    if band_by_code(override.band, ruleset) is None:
        band = _band(percent, points, indicators, ruleset)
    return percent, points, band


def _percent_weights(indicators: Sequence[IndicatorResult]) -> tuple[Decimal | None, ...]:
    """Return the weights of the percent beside the points: of those assessed that have one (M-B)."""
    assessed = [i.effective_weight is not None and i.percent is not None for i in indicators]
    return weights_spread([i.weight for i in indicators], assessed)


def _lowest(indicators: Sequence[IndicatorResult]) -> IndicatorResult | None:
    """Return the indicator that the average may hide (WE5), the first of equals."""
    lowest, least = None, None
    for indicator in indicators:
        if indicator.percent is not None and (least is None or indicator.percent < least):
            lowest, least = indicator, indicator.percent
    return lowest


def _state(indicators: Sequence[IndicatorResult]) -> State:
    """Return the project's state from its indicators': scored as soon as one is, else why not."""
    for indicator in indicators:
        if indicator.state is State.SCORED or indicator.override is not None:
            return State.SCORED
    states = [i.state for i in indicators]
    if State.NOT_REPORTED in states:
        return State.NOT_REPORTED
    return next((state for state in _ABSENT if state in states), State.NO_DATA)


def _band(
    percent: Decimal | None, score_: Decimal | None, indicators: Sequence[IndicatorResult], ruleset: RuleSet
) -> Band | None:
    figure = percent if ruleset.method is Method.PERCENT_OF_PLAN else score_
    if figure is None:
        return None
    if ruleset.method is Method.TRANSPARENCY:
        return transparency_band(figure, [i.score for i in indicators if i.score is not None], ruleset)
    return band_of(figure, ruleset)


def _overridden(
    override: Override | None, computed: Decimal | None, computed_band: Band | None, ruleset: RuleSet
) -> tuple[Decimal | None, Band | None]:
    """Return the official percent and band: the evaluators' where they settled one (WE4)."""
    if override is None:
        return computed, computed_band
    percent = computed if override.percent is None else override.percent
    band = band_by_code(override.band, ruleset) if override.band else None
    if band is None and override.percent is not None:
        band = band_of(override.percent, ruleset)
    return percent, band or computed_band


def _second_band(readings_: tuple[Decimal | None, Decimal | None], band: Band | None, ruleset: RuleSet) -> Band | None:
    """Return the band of the second of two readings; a settled figure, having no parts to cap, keeps its own."""
    computed, second = readings_
    if second is None or ruleset.method is not Method.PERCENT_OF_PLAN:
        return None
    return band if second == computed else band_of(second, ruleset)
