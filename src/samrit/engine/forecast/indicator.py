"""The year-end percent of one indicator from its months so far, by the engine's own totals (FC1–FC4, FC7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact, round_half_up
from samrit.engine.forecast.paces import (
    AS_PLANNED,
    YEAR_END,
    Expectation,
    Pace,
    as_known,
    at,
    filled,
    pace_expected,
    recent_pace,
    scaled,
)
from samrit.engine.indicators.achievement import Achievement, achievement, override_at
from samrit.engine.indicators.mergers import Successors
from samrit.engine.indicators.points import stands_alone
from samrit.engine.indicators.rhythm import last_end
from samrit.engine.model import Aggregation, Direction, EntryBasis, Formula, Indicator, Mark, Override, Site
from samrit.engine.results import State
from samrit.engine.ruleset import Method, RuleSet
from samrit.engine.weighting import readings, weights_used

_FLOWS = (Aggregation.SUM, Aggregation.AVERAGE, Aggregation.LATEST, Aggregation.MAX, Aggregation.RATIO)

Reason = tuple[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class IndicatorForecast:
    """The expected year-end percent with its range, and why; ``reasons`` are (code, parameters).

    ``year`` is the indicator as its year is expected: scored at month 12 it gives ``percent``.
    """

    indicator: Indicator
    percent: Decimal | None
    low: Decimal | None
    high: Decimal | None
    months: int  # figures due with a result that it rests on
    reasons: tuple[Reason, ...] = field(default_factory=tuple)
    year: Indicator | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """From where a forecast looks: the rule set, the month, and what the plan says around its indicators."""

    ruleset: RuleSet
    as_of: int
    year_be: int = 0
    successors: Successors | None = None
    measured: Mapping[str, int] = field(default_factory=dict)
    expected: Expectation = Expectation.HELD

    def achieved(self, indicator: Indicator, sites: Sequence[Site], as_of: int) -> Achievement:
        """Return what the engine makes of ``indicator`` up to ``as_of``."""
        return achievement(
            indicator,
            self.ruleset,
            as_of,
            year_be=self.year_be,
            sites=sites,
            successors=self.successors,
            measured_from=self.measured.get(indicator.id, YEAR_END),
        )


@exact
def forecast_indicator(
    indicator: Indicator, ruleset: RuleSet, as_of: int, *, year_be: int = 0, sites: Sequence[Site] = ()
) -> IndicatorForecast:
    """Return where ``indicator`` will be at the year's end, seen from the end of period ``as_of``.

    Only figures of periods 1..``as_of`` and the year's plan are used.
    """
    return expected(indicator, Seen(ruleset, as_of, year_be), sites)


def expected(indicator: Indicator, seen: Seen, sites: Sequence[Site] = ()) -> IndicatorForecast:
    """Return the forecast of one indicator of a plan."""
    now = seen.achieved(indicator, sites, seen.as_of)
    if seen.as_of == YEAR_END:
        whole = now.percent
        return IndicatorForecast(indicator, whole, whole, whole, YEAR_END, (("settled", {}),), indicator)
    known = as_known(indicator, seen.as_of)
    if _is_settled(indicator, seen):
        year = _settled(known, now.percent, now.score)
        return IndicatorForecast(
            indicator, now.percent, now.percent, now.percent, YEAR_END, (("overridden", {}),), year
        )
    seen = replace(seen, as_of=last_end(indicator.rhythm, seen.as_of))  # what is reported later is not known yet (SP2)
    known = replace(as_known(indicator, seen.as_of), overrides=())  # a band alone says nothing of the year
    if now.state is State.NOT_APPLICABLE or (now.state is State.NO_DATA and now.plan_total.note):
        return IndicatorForecast(indicator, None, None, None, 0, (("no_basis", {}),), known)
    if now.state is State.NOT_REPORTED:
        late = _settled(known, ZERO, _floor(seen.ruleset))
        return IndicatorForecast(indicator, ZERO, ZERO, HUNDRED, 0, (("nothing_reported", {}),), late)
    if now.state is State.NOT_DUE or (now.state is State.NO_DATA and _is_planned(indicator)):
        return _as_planned(indicator, known, seen, sites)
    if now.percent is None and now.score is None:
        return _from_nothing(indicator, known, seen, sites)
    return _carried_on(indicator, known, now, seen) if _is_flow(indicator, seen) else _held(indicator, known, now)


def _is_settled(indicator: Indicator, seen: Seen) -> bool:
    """Say whether a figure was settled, which the year then keeps; a band alone says nothing of the months to come."""
    override = override_at(indicator.overrides, seen.as_of)
    by_points = seen.ruleset.method is not Method.PERCENT_OF_PLAN
    return override is not None and (override.percent is not None or (by_points and override.score is not None))


def _is_flow(indicator: Indicator, seen: Seen) -> bool:
    """Say whether months to come can be done at a pace; levels, days, ranges and ceilings keep today's figure (FC2)."""
    is_alone = seen.ruleset.method is not Method.PERCENT_OF_PLAN and stands_alone(indicator)
    is_plain = indicator.formula is Formula.RATIO and indicator.direction is Direction.HIGHER
    return is_plain and indicator.aggregation in _FLOWS and not is_alone


def _is_planned(indicator: Indicator) -> bool:
    return any(isinstance(e.planned, Decimal) for e in indicator.entries)


def _settled(indicator: Indicator, percent: Decimal | None, score: Decimal | None) -> Indicator:
    """Return ``indicator`` with its year settled at a figure, which the engine then weighs like any other."""
    return replace(indicator, overrides=(Override(YEAR_END, "", percent, score=score),))


def _floor(ruleset: RuleSet) -> Decimal | None:
    return ruleset.scale.floor if ruleset.scale else None


def _top(ruleset: RuleSet) -> Decimal | None:
    return ruleset.scale.points[-1] if ruleset.scale and ruleset.scale.points else None


def _held(indicator: Indicator, known: Indicator, now: Achievement) -> IndicatorForecast:
    """Expect today's figure to hold (FC2)."""
    percent = now.percent
    year = _settled(known, percent, now.score)
    shown = percent if percent is not None else now.score or ZERO
    reasons: tuple[Reason, ...] = (("level_held", {"rate": _percent_text(shown)}),)
    if percent is None:
        return IndicatorForecast(indicator, None, None, None, 1, reasons, year)
    return IndicatorForecast(indicator, percent, min(percent, HUNDRED), max(percent, HUNDRED), 1, reasons, year)


def _as_planned(indicator: Indicator, known: Indicator, seen: Seen, sites: Sequence[Site]) -> IndicatorForecast:
    """Nothing is due yet: taken as planned, without evidence."""
    year = filled(known, seen.as_of, AS_PLANNED)
    percent = seen.achieved(year, sites, YEAR_END).percent if _is_flow(indicator, seen) else None
    if percent is None:
        year, percent = _settled(known, HUNDRED, _top(seen.ruleset)), HUNDRED
    low, high = min(percent, ZERO), max(percent, HUNDRED)
    return IndicatorForecast(indicator, percent, low, high, 0, (("not_due", {}),), year)


def like_the_rest(parts: Sequence[IndicatorForecast], ruleset: RuleSet) -> tuple[IndicatorForecast, ...]:
    """Return the forecasts of one work, what is not due yet expected like its other indicators (FC5).

    Under points, and where nothing of the work is due, it stays as planned.
    """
    weights = weights_used([part.indicator for part in parts])
    told = [part.percent if _has_evidence(part) else None for part in parts]
    figure = readings(told, [None if p is None else w for p, w in zip(told, weights, strict=True)]).normalised
    if figure is None or ruleset.method is not Method.PERCENT_OF_PLAN:
        return tuple(parts)
    return tuple(_like(part, figure) if part.reasons[0][0] == "not_due" else part for part in parts)


def _has_evidence(part: IndicatorForecast) -> bool:
    return part.reasons[0][0] not in ("not_due", "no_basis")


def _like(part: IndicatorForecast, figure: Decimal) -> IndicatorForecast:
    year = _settled(part.year or part.indicator, figure, None)
    low, high = min(figure, part.low or ZERO), max(figure, part.high or HUNDRED)
    return replace(part, percent=figure, low=low, high=high, reasons=(("like_the_rest", {}),), year=year)


def _from_nothing(indicator: Indicator, known: Indicator, seen: Seen, sites: Sequence[Site]) -> IndicatorForecast:
    """Something was done that nothing was planned for yet: what is planned later is expected as planned."""
    year = filled(known, seen.as_of, AS_PLANNED)
    percent = seen.achieved(year, sites, YEAR_END).percent if _is_flow(indicator, seen) else None
    if percent is None:
        return IndicatorForecast(indicator, None, None, None, 0, (("no_basis", {}),), known)
    return IndicatorForecast(
        indicator, percent, min(percent, HUNDRED), max(percent, HUNDRED), 0, (("not_due", {}),), year
    )


def _carried_on(indicator: Indicator, known: Indicator, now: Achievement, seen: Seen) -> IndicatorForecast:
    """Carry the pace of what was due so far over the plan that remains (FC1, FC3, FC4)."""
    as_of = seen.as_of
    pace = pace_expected(known, as_of, now.plan_total, now.actual_total, seen.expected)
    reasons = [_pace_reason(indicator, now)]
    ends = [_end(known, as_of, AS_PLANNED, seen)]
    recent = recent_pace(known, as_of)
    ends += [] if recent is None else [_end(known, as_of, at(recent), seen)]
    season = _last_year(known, now, as_of)
    if season is not None:
        total, share = season
        plain = _end_total(known, as_of, pace, seen)
        ends.append(_end(known, as_of, _towards(pace, now, (plain, total)), seen))
        pace = _towards(pace, now, (plain, divide(plain + total, Decimal(2))))
        reasons.append(("last_year", {"share": _percent_text(share)}))
    year = filled(known, as_of, pace)
    percent = seen.achieved(year, (), YEAR_END).percent
    ends += [end for end in (percent, now.percent if season is None else percent) if end is not None]
    figures = [end for end in ends if end is not None]
    return IndicatorForecast(
        indicator, percent, min(figures, default=None), max(figures, default=None), now.coverage.reported,
        tuple(reasons), year,
    )  # fmt: skip


def _end(known: Indicator, as_of: int, pace: Pace, seen: Seen) -> Decimal | None:
    return seen.achieved(filled(known, as_of, pace), (), YEAR_END).percent


def _end_total(known: Indicator, as_of: int, pace: Pace, seen: Seen) -> Decimal:
    return seen.achieved(filled(known, as_of, pace), (), YEAR_END).actual_total.value or ZERO


def _towards(pace: Pace, now: Achievement, ends: tuple[Decimal, Decimal]) -> Pace:
    """Return ``pace`` changed so that the year ends at the second total instead of the first; never below nothing."""
    plain, wanted = ends
    so_far = now.actual_total.value or ZERO
    to_come = plain - so_far
    return scaled(pace, max(divide(wanted - so_far, to_come), ZERO)) if to_come else pace


def _pace_reason(indicator: Indicator, now: Achievement) -> Reason:
    rate = now.percent if now.percent is not None else ZERO
    is_last = indicator.aggregation is Aggregation.LATEST or indicator.entry_basis is EntryBasis.TO_DATE
    if is_last:
        return "level_held", {"rate": _percent_text(rate)}
    return "run_rate", {"rate": _percent_text(rate), "months": now.coverage.due}


def _last_year(known: Indicator, now: Achievement, as_of: int) -> tuple[Decimal, Decimal] | None:
    """Return the year's total by last year's pattern and last year's share up to the month, in percent (FC4)."""
    is_sum = known.aggregation is Aggregation.SUM and known.entry_basis is EntryBasis.MONTH
    if not is_sum or len(known.last_year) != YEAR_END:
        return None
    before = [ZERO if isinstance(figure, Mark) else figure for figure in known.last_year]
    whole, part = sum(before, ZERO), sum(before[:as_of], ZERO)
    if not whole or not part:
        return None
    return divide((now.actual_total.value or ZERO) * whole, part), divide(part * HUNDRED, whole)


def _percent_text(value: Decimal) -> str:
    return f"{round_half_up(value, 0):,f} %"
