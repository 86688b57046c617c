"""Achievement of an indicator up to a period (AC1–AC14) and its points under the other methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from samrit.engine.arithmetic import HUNDRED, ZERO, divide
from samrit.engine.choices import BY_SITES
from samrit.engine.indicators.coverage import NOTHING_DUE, DueFigures, due_of_totals
from samrit.engine.indicators.deadlines import RULE as DEADLINE
from samrit.engine.indicators.deadlines import deadline_of, deadline_percent, months_late
from samrit.engine.indicators.levels import (
    has_milestones,
    has_thresholds,
    level_of,
    milestone_planned,
    milestone_reached,
    threshold_scale,
)
from samrit.engine.indicators.mergers import Successors
from samrit.engine.indicators.partial import Tried, Try, partial_of, partial_percent
from samrit.engine.indicators.percents import Percent, percent_of, within_range
from samrit.engine.indicators.points import with_score
from samrit.engine.indicators.rhythm import last_end
from samrit.engine.indicators.totals import (
    NOTE_CONSOLIDATION_MISSING,
    Side,
    indicator_total,
    progress_total,
    site_total,
)
from samrit.engine.model import Direction, Figure, Formula, Indicator, Mark, Override, Quantity, Site
from samrit.engine.results import Coverage, Partial, State, Total
from samrit.engine.ruleset import Method, RuleSet


class Achievement(NamedTuple):
    """What the figures of one indicator give, before weights."""

    state: State
    plan_total: Total
    actual_total: Total
    computed_percent: Decimal | None
    percent: Decimal | None
    level_planned: Decimal | None
    level_reached: Decimal | None
    score: Decimal | None
    override: Override | None
    rules: tuple[str, ...]
    way: str
    coverage: Coverage
    partial: Partial | None
    plan_upper: Decimal | None = None
    late: int | None = None


def achievement(
    indicator: Indicator,
    ruleset: RuleSet,
    as_of: int,
    *,
    year_be: int = 0,
    sites: Sequence[Site] = (),
    successors: Successors | None = None,
    measured_from: int = 12,
) -> Achievement:
    """Return the achievement of ``indicator`` over periods 1..``as_of``.

    ``year_be`` picks the year's target: "–" there means not applicable this year.
    ``measured_from`` is the month from which a value on thresholds is missing (M-B).  Figures count up to the
    last month in which the indicator reports (SP2); what was settled is of ``as_of`` itself.
    """
    until = last_end(indicator.rhythm, as_of)
    figures = _figures(indicator, until, sites, successors, ruleset)
    due = _due(indicator, until, successors, figures)
    state, rule = _state(indicator, figures, year_be)
    made, partial = _percent(indicator, figures, state, ruleset), None
    if state is State.SCORED:
        if made.value is None:
            state, rule = State.NO_PLAN, made.rule
        else:
            partial = partial_of(indicator, due, ruleset, _trying(indicator, ruleset, until, successors))
    percent = made.value if partial is None else partial_percent(partial)
    override = override_at(indicator.overrides, as_of)
    used, cap_rule = _capped(percent, ruleset.cap)
    if override is not None and override.percent is not None:
        used, cap_rule = override.percent, "WE4"
    rules = _distinct(figures, "" if until == as_of else "SP2", rule, made.rule, "AC8" if partial else "", cap_rule)
    result = Achievement(
        state, figures.plan, figures.actual, percent, used, figures.level_planned, figures.level_reached,
        None, override, rules, made.way, due.coverage, partial, figures.upper, figures.late,
    )  # fmt: skip
    if ruleset.method is Method.PERCENT_OF_PLAN:
        return result
    return with_score(result, indicator, ruleset, is_measured=until >= measured_from)


def _distinct(figures: _Figures, *rules: str) -> tuple[str, ...]:
    """Return the rules that decided, each once, in order."""
    return tuple(dict.fromkeys(rule for rule in (figures.plan.rule, figures.actual.rule, *rules) if rule))


def override_at(overrides: Sequence[Override], as_of: int) -> Override | None:
    """Return what the evaluators settled for the evaluation of ``as_of``, if anything (WE4).

    Of several the latest holds, by the day on which it was decided, then by order (WE6).
    """
    settled = [o for o in overrides if o.period == as_of] if overrides else []
    if not settled:
        return None
    return max(enumerate(settled), key=lambda at: (at[1].decided_on or date.min, at[0]))[1]


class _Figures(NamedTuple):
    """Both totals and, on a level scale, both levels."""

    plan: Total
    actual: Total
    level_planned: Decimal | None = None
    level_reached: Decimal | None = None
    upper: Decimal | None = None  # of a planned range (AC13)
    late: int | None = None  # months after a deadline (AC11)

    def pair(self, indicator: Indicator) -> tuple[Decimal | None, Decimal | None]:
        """Return what is compared: levels on a scale, else totals."""
        if indicator.formula is Formula.LEVELS:
            return self.level_planned, self.level_reached
        return self.plan.value, self.actual.value


def _figures(
    indicator: Indicator, as_of: int, sites: Sequence[Site], successors: Successors | None, ruleset: RuleSet
) -> _Figures:
    if indicator.formula is Formula.SITES:
        return _Figures(site_total(sites, Side.PLANNED, as_of), site_total(sites, Side.ACTUAL, as_of))
    if indicator.formula is Formula.SITE_PROGRESS:
        share = ruleset.site_contract_share
        plan = progress_total(sites, Side.PLANNED, as_of, share)
        return _Figures(plan, progress_total(sites, Side.ACTUAL, as_of, share))
    if indicator.formula is Formula.DEADLINE:
        return _deadline_figures(indicator, as_of)
    plan = indicator_total(indicator, Side.PLANNED, as_of, successors)
    actual = indicator_total(indicator, Side.ACTUAL, as_of, successors)
    if indicator.formula is Formula.RANGE:
        ends = indicator_total(upper_ends(indicator), Side.PLANNED, as_of, successors)
        return _Figures(plan, actual, upper=ends.value)
    if indicator.formula is not Formula.LEVELS:
        return _Figures(plan, actual)
    if has_milestones(indicator):
        reached = milestone_reached(indicator.levels, as_of)
        return _Figures(
            plan, actual, milestone_planned(indicator.levels, as_of), actual.value if reached is None else reached
        )
    planned, reached = levels_of(indicator, plan.value, actual.value)
    return _Figures(plan, actual, planned, reached)


def upper_ends(indicator: Indicator) -> Indicator:
    """Return ``indicator`` with the upper ends of its planned ranges as plan; one figure is both ends (AC13)."""
    ends = [replace(e, planned=e.planned_upper) if _is_number(e.planned_upper) else e for e in indicator.entries]
    return replace(indicator, entries=tuple(ends))


def levels_of(
    indicator: Indicator, plan: Decimal | None, actual: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """Return planned and reached level: a value is looked up on the thresholds, a level stands (AC12).

    Levels that only words describe have nothing to look a value up on, so what is reported is a level.  Before the
    first thresholds hold, a value is of no level and nothing is due (AC5).
    """
    quantity = indicator.quantity
    if threshold_scale(indicator) is None and quantity is not Quantity.VALUE:
        waits = has_thresholds(indicator) and quantity is not Quantity.LEVEL
        return (None, None) if waits else (plan, actual)

    def on_scale(figure: Decimal | None) -> Decimal | None:
        return None if figure is None else level_of(figure, indicator)

    planned = on_scale(plan) if quantity is Quantity.VALUE else plan
    return planned, actual if quantity is Quantity.LEVEL else on_scale(actual)


def _is_number(figure: Figure) -> bool:
    return isinstance(figure, Decimal)


def _deadline_figures(indicator: Indicator, as_of: int) -> _Figures:
    """Return 1 as plan from the due month on, and 1 as result once the thing was reached (AC11)."""
    level = deadline_of(indicator.levels)
    if level is None or level.due_period is None or level.due_period > as_of:
        return _Figures(Total(None, DEADLINE), Total(None, DEADLINE))
    is_reached = level.reached_period is not None and level.reached_period <= as_of
    reached = Total(Decimal(1) if is_reached else None, DEADLINE)
    return _Figures(Total(Decimal(1), DEADLINE), reached, late=months_late(level) if is_reached else None)


def _due(indicator: Indicator, as_of: int, successors: Successors | None, figures: _Figures) -> DueFigures:
    """Return the figures due; sites and milestones have days of their own in place of monthly figures."""
    if indicator.formula in (*BY_SITES, Formula.DEADLINE) or has_milestones(indicator):
        return NOTHING_DUE
    return due_of_totals(indicator, as_of, successors, (figures.plan, figures.actual))


def _trying(indicator: Indicator, ruleset: RuleSet, as_of: int, successors: Successors | None) -> Try:
    """Return what gives totals and percent of the indicator with some of its figures changed."""

    def tried(changed: Indicator) -> Tried:
        figures = _figures(changed, as_of, (), successors, ruleset)
        return *figures.pair(indicator), _percent(changed, figures, State.SCORED, ruleset)

    return tried


def _state(indicator: Indicator, figures: _Figures, year_be: int) -> tuple[State, str]:
    target = indicator.target_of(year_be)
    if target is not None and target.value is Mark.NOTHING:
        return State.NOT_APPLICABLE, "R95"
    if NOTE_CONSOLIDATION_MISSING in (figures.plan.note, figures.actual.note):
        return State.NO_DATA, "RU3"
    want, got = figures.pair(indicator)
    if want is not None and (want or _zero_is_a_plan(indicator)):
        return (State.NOT_REPORTED, "AC6") if got is None else (State.SCORED, "AC2")
    if got:
        return State.NO_PLAN, "AC4"
    return (State.NOT_DUE if _says_anything(indicator) else State.NO_DATA), "AC4"


def _zero_is_a_plan(indicator: Indicator) -> bool:
    """Say whether 0 is something to keep to: where lower is better, or a baseline or a range has it (AC10, AC13)."""
    if indicator.formula in (Formula.BASELINE, Formula.RANGE):
        return True
    return indicator.formula is Formula.RATIO and indicator.direction is Direction.LOWER


def _says_anything(indicator: Indicator) -> bool:
    """Say whether the year holds any figure or due level at all; if not, there is no data to be due."""
    if indicator.formula in BY_SITES or has_milestones(indicator):
        return True
    return any(isinstance(f, Decimal) for e in indicator.entries for f in (e.planned, e.actual, e.numerator))


def _percent(indicator: Indicator, figures: _Figures, state: State, ruleset: RuleSet) -> Percent:
    """Return the percent that the figures give, how it was made, and the rule that gave it."""
    if state is State.NOT_REPORTED:
        is_deadline = indicator.formula is Formula.DEADLINE
        return Percent(ZERO, *(("deadline_missed", DEADLINE) if is_deadline else ("not_reported", "AC6")))
    want, got = figures.pair(indicator)
    if state is not State.SCORED or want is None or got is None:
        return Percent(None, "", "")
    if indicator.formula is Formula.LEVELS:
        return Percent(divide(got * HUNDRED, want) if want else None, "level", "AC5")
    if indicator.formula is Formula.RANGE:
        return within_range(want, want if figures.upper is None else figures.upper, got)
    if indicator.formula is Formula.DEADLINE:
        return deadline_percent(figures.late or 0, ruleset.late_month)
    return percent_of(indicator, want, got, ruleset.lower_ceiling)


def _capped(percent: Decimal | None, cap: Decimal | None) -> tuple[Decimal | None, str]:
    if percent is None or cap is None or percent <= cap:
        return percent, ""
    return cap, "AC7"
