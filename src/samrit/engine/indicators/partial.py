"""The percent where not all that was due was reported: silence never pays (AC8, invariant I1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide
from samrit.engine.indicators.coverage import DueFigures, done_as_planned, none_done, planned_only
from samrit.engine.indicators.percents import Percent
from samrit.engine.indicators.totals import consolidation_of
from samrit.engine.model import Aggregation, Consolidation, Direction, Entry, EntryBasis, Formula, Indicator
from samrit.engine.results import Partial
from samrit.engine.ruleset import RuleSet, SilentUnits

# A changed indicator's plan total, actual total and percent.
Tried = tuple[Decimal | None, Decimal | None, Percent]
Try = Callable[[Indicator], Tried]


def partial_of(indicator: Indicator, due: DueFigures, ruleset: RuleSet, try_: Try) -> Partial | None:
    """Return what counts in place of the plain percent, None where that stands (AC8 a, c).

    ``try_`` gives the totals and the percent of the indicator with some figures changed.
    """
    coverage = due.coverage
    if not due.missing:
        return None
    if _is_sum(indicator):
        plain = indicator.formula not in (Formula.BASELINE, Formula.RANGE)
        missing_is_nothing = indicator.direction is Direction.HIGHER and plain
        if not missing_is_nothing or any(_below_zero(e) for e in due.planned):
            return _counted("b", indicator, due.missing, due, try_)
        if consolidation_of(indicator) is not Consolidation.SUM and coverage.units_due > 1:
            return _as_nothing(indicator, due.missing, try_)
        return None
    if ruleset.silent_units is SilentUnits.LEFT_OUT or not coverage.is_missing_units:
        return None
    return _counted("d", indicator, [e for e in due.planned if e.unit in due.silent], due, try_)


def partial_percent(partial: Partial) -> Decimal:
    """Return the percent: at most 100, times the share of what was reported; below 0 nothing is taken off."""
    if partial.percent is None:
        return ZERO
    if partial.part == partial.whole:
        return partial.percent
    limited = min(partial.percent, HUNDRED)
    return divide(limited * partial.part, Decimal(partial.whole)) if limited > ZERO else limited


def _is_sum(indicator: Indicator) -> bool:
    return indicator.aggregation is Aggregation.SUM and indicator.entry_basis is EntryBasis.MONTH


def _below_zero(entry: Entry) -> bool:
    return isinstance(entry.planned, Decimal) and entry.planned < ZERO


def _above_zero(entry: Entry) -> bool:
    return isinstance(entry.planned, Decimal) and entry.planned > ZERO


def _counted(case: str, indicator: Indicator, missing: Sequence[Entry], due: DueFigures, try_: Try) -> Partial:
    """Return the percent over what was reported, plan and actual of the same.

    Against a baseline, or where the plan has figures on both sides of 0, a smaller plan could
    make a result look better than it is: what is missing then counts as planned instead, and
    for silent units wherever that gives less.
    """
    coverage = due.coverage
    part, whole = (coverage.reported, coverage.due) if case == "b" else (coverage.units_reported, coverage.units_due)
    filled = _tried(case, try_(done_as_planned(indicator, missing)), part, whole)._replace(filled=True)
    if indicator.formula is Formula.BASELINE or _has_both_signs(due):
        return filled
    out = {id(e) for e in missing}
    left = _tried(case, try_(planned_only(indicator, [e for e in due.planned if id(e) not in out])), part, whole)
    if left.percent is None:
        return left if left.plan is None else filled
    is_less = filled.percent is not None and min(filled.percent, HUNDRED) < min(left.percent, HUNDRED)
    return filled if case == "d" and is_less else left


def _tried(case: str, tried: Tried, part: int, whole: int) -> Partial:
    plan, actual, percent = tried
    return Partial(case, plan, actual, percent.value, percent.way, part, whole, upper=percent.upper)


def _has_both_signs(due: DueFigures) -> bool:
    return any(map(_below_zero, due.planned)) and any(map(_above_zero, due.planned))


def _as_nothing(indicator: Indicator, missing: Sequence[Entry], try_: Try) -> Partial:
    """Return the percent with 0 for what is missing: a sum of the units' means, where silence would leave the mean."""
    return _tried("a", try_(none_done(indicator, missing)), 1, 1)
