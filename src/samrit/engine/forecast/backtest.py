"""How good the forecast is: made at a past period, compared with how the year ended, beside three rivals (FC6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact
from samrit.engine.bands import band_of
from samrit.engine.forecast.paces import YEAR_END
from samrit.engine.forecast.project import ProjectForecast, forecast
from samrit.engine.forecast.rivals import all_best, as_now, straight_line
from samrit.engine.indicators.levels import points
from samrit.engine.model import Plan, Project
from samrit.engine.results import ProjectResult
from samrit.engine.ruleset import Band, Method, RuleSet
from samrit.engine.score import score

LIMITS = (Decimal(75), Decimal(50))  # percents below which a work "will end" is asked for
FORECAST, AS_NOW, STRAIGHT, ALL_BEST = "forecast", "as_now", "straight_line", "all_best"
RIVALS = (AS_NOW, STRAIGHT, ALL_BEST)

Told = tuple[Decimal, Band | None]  # a figure of the method, and the band that it stands in


@dataclass(frozen=True, slots=True)
class Measured:
    """How well one way foretold: works whose band it hit, and F1 in percent for each of :data:`LIMITS`.

    F1 is 2 × rightly warned ÷ (warned + below), None where nothing was below and nothing warned of.
    """

    hits: int
    f1: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class BackTest:
    """The forecast and its rivals over the same works; ``measured`` holds each by its name.

    ``pairs`` counts (forecast band, true band); ``within_range`` counts projects whose
    true figure lay within the forecast's range.
    """

    as_of: int
    projects: int
    measured: Mapping[str, Measured]
    within_range: int
    pairs: Mapping[tuple[str, str], int]

    @property
    def hits(self) -> int:
        """Works whose band the forecast hit."""
        return self.measured[FORECAST].hits

    @property
    def hit_rate(self) -> Decimal:
        """Percent of projects whose band was foretold."""
        return self.rate(self.hits)

    def rate(self, hits: int) -> Decimal:
        """Return ``hits`` as percent of the projects tested, 0 when there are none."""
        return divide(hits * HUNDRED, Decimal(self.projects)) if self.projects else ZERO


@exact
def back_test(plan: Plan, ruleset: RuleSet, as_of: int = 6) -> BackTest:
    """Compare the forecast made at ``as_of``, and its rivals, with the evaluation at the year's end.

    Only projects whose months are known take part: one that was settled by hand, or
    reported as one figure for the year, says nothing about the months between.
    """
    now, end = score(plan, ruleset, as_of), score(plan, ruleset, YEAR_END)
    told: dict[str, list[Told]] = {name: [] for name in (FORECAST, *RIVALS)}
    true: list[Told] = []
    pairs: dict[tuple[str, str], int] = {}
    within = 0
    for ahead, before, after in zip(forecast(plan, ruleset, as_of).projects, now.projects, end.projects, strict=True):
        if after.band is None or after.figure is None or not _has_months(after.project):
            continue
        true.append((after.figure, after.band))
        told[FORECAST].append(_foretold(ahead, ruleset))
        told[AS_NOW].append(_by_percent(as_now(before), ruleset) if before.figure is None else _as_now(before))
        told[STRAIGHT].append(_by_percent(straight_line(before, after, now), ruleset))
        told[ALL_BEST].append((all_best(ruleset), ruleset.bands[-1]))
        pair = (ahead.band.code if ahead.band else "", after.band.code)
        pairs[pair] = pairs.get(pair, 0) + 1
        if ahead.low is not None and ahead.high is not None:
            within += ahead.low <= after.figure <= ahead.high
    return BackTest(as_of, len(true), {n: _measured(t, true, ruleset) for n, t in told.items()}, within, pairs)


def _foretold(ahead: ProjectForecast, ruleset: RuleSet) -> Told:
    return _by_percent(ZERO, ruleset) if ahead.percent is None else (ahead.percent, ahead.band)


def _as_now(before: ProjectResult) -> Told:
    return before.figure or ZERO, before.band


def _by_percent(percent: Decimal, ruleset: RuleSet) -> Told:
    """Return a percent as the method's own figure, points under methods of points, with its band (I6)."""
    figure = in_figures(percent, ruleset)
    return figure, band_of(figure, ruleset)


def in_figures(percent: Decimal, ruleset: RuleSet) -> Decimal:
    """Return what a percent is worth by the rule set's scale; the percent itself where there is none."""
    is_plain = ruleset.method is Method.PERCENT_OF_PLAN or ruleset.scale is None
    return percent if is_plain or ruleset.scale is None else points(percent, ruleset.scale)


def _measured(told: Sequence[Told], true: Sequence[Told], ruleset: RuleSet) -> Measured:
    hits = sum(a[1] is b[1] for a, b in zip(told, true, strict=True))
    figures = [a for a, _ in told], [b for b, _ in true]
    return Measured(hits, tuple(_f1(*figures, in_figures(limit, ruleset)) for limit in LIMITS))


def _f1(told: Sequence[Decimal], true: Sequence[Decimal], limit: Decimal) -> Decimal | None:
    both = sum(a < limit and b < limit for a, b in zip(told, true, strict=True))
    either = sum(a < limit for a in told) + sum(b < limit for b in true)
    return divide(Decimal(200 * both), Decimal(either)) if either else None


def _has_months(project: Project) -> bool:
    settled = project.overrides or any(i.overrides for i in project.indicators)
    return not settled and all(e.span == 1 for i in project.indicators for e in i.entries)
