"""The year-end percent of one indicator from its months so far (FC1–FC4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from samrit.engine.achievement import achievement
from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact, round_half_up
from samrit.engine.model import Aggregation, Direction, Entry, Formula, Indicator, Mark, Site
from samrit.engine.results import State
from samrit.engine.ruleset import RuleSet
from samrit.engine.series import Side, entries_in_view
from samrit.engine.totals import indicator_total

YEAR_END = 12
_RECENT = 3  # months that make the recent rate


@dataclass(frozen=True, slots=True)
class IndicatorForecast:
    """The expected year-end percent with its range, and why; ``reasons`` are (code, parameters)."""

    indicator: Indicator
    percent: Decimal | None
    low: Decimal | None
    high: Decimal | None
    months: int  # due months with a result that it rests on
    reasons: tuple[tuple[str, Mapping[str, object]], ...] = field(default_factory=tuple)


@exact
def forecast_indicator(
    indicator: Indicator, ruleset: RuleSet, as_of: int, *, year_be: int = 0, sites: Sequence[Site] = ()
) -> IndicatorForecast:
    """Return where ``indicator`` will stand at the year's end, seen from the end of period ``as_of``.

    Only figures of periods 1..``as_of`` and the year's plan are used.
    """
    override = next((o for o in indicator.overrides if o.period == as_of and o.percent is not None), None)
    if override is not None:
        return _certain(indicator, override.percent, "overridden")
    now = achievement(indicator, ruleset, as_of, year_be=year_be, sites=sites)
    if as_of == YEAR_END:
        return _certain(indicator, now.percent, "settled")
    if indicator.formula in (Formula.LEVELS, Formula.SITES) or indicator.direction is Direction.LOWER:
        return _held(indicator, now.percent, now.state)
    if indicator.formula is Formula.BASELINE or indicator.aggregation is Aggregation.MIN:
        return _held(indicator, now.percent, now.state)
    if now.state is State.NOT_APPLICABLE:
        return IndicatorForecast(indicator, None, None, None, 0, (("no_basis", {}),))
    return _run_rate(indicator, as_of)


def _certain(indicator: Indicator, percent: Decimal | None, reason: str) -> IndicatorForecast:
    return IndicatorForecast(indicator, percent, percent, percent, YEAR_END, ((reason, {}),))


def _held(indicator: Indicator, percent: Decimal | None, state: State) -> IndicatorForecast:
    """Expect today's proportion to hold (FC2): levels, sites, and where less is better."""
    if state is State.NOT_REPORTED:
        return IndicatorForecast(indicator, ZERO, ZERO, HUNDRED, 0, (("nothing_reported", {}),))
    if percent is None:
        return _as_planned(indicator)
    reasons = (("level_held", {"rate": _percent_text(percent)}),)
    return IndicatorForecast(indicator, percent, min(percent, HUNDRED), max(percent, HUNDRED), 1, reasons)


def _as_planned(indicator: Indicator) -> IndicatorForecast:
    return IndicatorForecast(indicator, HUNDRED, ZERO, HUNDRED, 0, (("not_due", {}),))


@dataclass(frozen=True, slots=True)
class _Month:
    """Planned and actual figure of one period, either None."""

    planned: Decimal | None
    actual: Decimal | None


def _run_rate(indicator: Indicator, as_of: int) -> IndicatorForecast:
    """Carry the rate of the months due so far over the plan that remains (FC1)."""
    year_plan = indicator_total(indicator, Side.PLANNED, YEAR_END).value
    if not year_plan:
        return IndicatorForecast(indicator, None, None, None, 0, (("no_basis", {}),))
    months = _months(indicator, as_of)
    due = [m for m in months[:as_of] if m.planned]
    if not due:
        return _as_planned(indicator)
    reported = sum(1 for m in due if m.actual is not None)
    rates = _rates(due)
    ends = [divide(_year_end(indicator, months, rate, as_of) * HUNDRED, year_plan) for rate in rates]
    reasons = [_rate_reason(indicator, rates[0], len(due), reported)]
    point = ends[0]
    seasonal = _last_year(indicator, months, as_of)
    if seasonal is not None:
        end, share = seasonal
        by_season = divide(end * HUNDRED, year_plan)
        ends.append(by_season)
        point = divide(point + by_season, Decimal(2))
        reasons.append(("last_year", {"share": _percent_text(share)}))
    # The plan that remains may still be done in full, or the recent rate may last: both bound the range (FC3).
    ends.append(divide(_year_end(indicator, months, Decimal(1), as_of) * HUNDRED, year_plan))
    if not reported:
        ends.append(HUNDRED)  # what is merely late may still be delivered
    return IndicatorForecast(indicator, point, min(ends), max(ends), reported, tuple(reasons))


def _rate_reason(indicator: Indicator, rate: Decimal, due: int, reported: int) -> tuple[str, Mapping[str, object]]:
    if not reported:
        return "nothing_reported", {}
    if indicator.aggregation is Aggregation.LATEST:
        return "level_held", {"rate": _percent_text(rate * HUNDRED)}
    return "run_rate", {"rate": _percent_text(rate * HUNDRED), "months": due}


def _months(indicator: Indicator, as_of: int) -> list[_Month]:
    """Return the twelve months, actual figures only up to ``as_of``; a figure for a span stands in its last month."""
    planned = _by_period(entries_in_view(indicator.entries, Side.PLANNED, YEAR_END), indicator, Side.PLANNED)
    actual = _by_period(entries_in_view(indicator.entries, Side.ACTUAL, as_of), indicator, Side.ACTUAL)
    return [_Month(planned.get(period), actual.get(period)) for period in range(1, YEAR_END + 1)]


def _by_period(entries: Sequence[Entry], indicator: Indicator, side: Side) -> dict[int, Decimal]:
    """Return one figure per period: over units by the rule of the whole indicator."""
    periods = {e.period for e in entries}
    figures = {}
    for period in periods:
        alone = Indicator(
            indicator.id,
            indicator.number,
            indicator.name,
            aggregation=indicator.aggregation,
            consolidation=indicator.consolidation,
            entries=tuple(e for e in entries if e.period == period),
        )
        value = indicator_total(alone, side, period).value
        if value is not None:
            figures[period] = value
    return figures


def _rates(due: Sequence[_Month]) -> tuple[Decimal, ...]:
    """Return actual ÷ planned over all due months, and over the most recent ones."""
    rates = []
    for some in (due, due[-_RECENT:]):
        planned = sum((m.planned or ZERO for m in some), ZERO)
        actual = sum((m.actual or ZERO for m in some), ZERO)
        rates.append(divide(actual, planned) if planned else ZERO)
    return tuple(rates)


def _year_end(indicator: Indicator, months: Sequence[_Month], rate: Decimal, as_of: int) -> Decimal:
    """Return the year's total if what remains of the plan is done at ``rate``: the plan's own seasons hold (FC1)."""
    so_far = [m.actual for m in months[:as_of] if m.actual is not None]
    to_come = [m.planned * rate for m in months[as_of:] if m.planned]
    return _combined(indicator, so_far, to_come, months)


def _combined(
    indicator: Indicator, so_far: Sequence[Decimal], to_come: Sequence[Decimal], months: Sequence[_Month]
) -> Decimal:
    figures = [*so_far, *to_come]
    if not figures:
        return ZERO
    if indicator.aggregation is Aggregation.SUM:
        return sum(figures, ZERO)
    if indicator.aggregation is Aggregation.MAX:
        return max(figures)
    if indicator.aggregation is Aggregation.LATEST:
        return figures[-1] if to_come or _last_planned(months) is None else so_far[-1]
    return divide(sum(figures, ZERO), Decimal(len(figures)))


def _last_planned(months: Sequence[_Month]) -> Decimal | None:
    return next((m.planned for m in reversed(months) if m.planned is not None), None)


def _last_year(indicator: Indicator, months: Sequence[_Month], as_of: int) -> tuple[Decimal, Decimal] | None:
    """Return the year's total by last year's pattern and last year's share up to ``as_of``, in percent (FC4)."""
    if indicator.aggregation is not Aggregation.SUM or len(indicator.last_year) != YEAR_END:
        return None
    before = [ZERO if isinstance(figure, Mark) else figure for figure in indicator.last_year]
    whole, part = sum(before, ZERO), sum(before[:as_of], ZERO)
    if not whole or not part:
        return None
    so_far = sum((m.actual for m in months[:as_of] if m.actual is not None), ZERO)
    return divide(so_far * whole, part), divide(part * HUNDRED, whole)


def _percent_text(value: Decimal) -> str:
    return f"{round_half_up(value, 0):,f} %"
