"""How good the forecast is: made at a past period, compared with how the year ended, beside three rivals (FC6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact
from samrit.engine.bands import band_of
from samrit.engine.forecast.paces import YEAR_END, Expectation
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

Told = tuple[Decimal, Band | None]  # a figure of the method, and the band that it is in


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


@dataclass(frozen=True, slots=True)
class Tested:
    """One work whose months are known: what each way foretold of it, and how its year ended."""

    ahead: ProjectForecast
    told: Mapping[str, Told]
    true: Told

    @property
    def is_hit(self) -> bool:
        """Whether the forecast foretold its band."""
        return self.told[FORECAST][1] is self.true[1]


def back_test(plan: Plan, ruleset: RuleSet, as_of: int = 6) -> BackTest:
    """Compare the forecast made at ``as_of``, and its rivals, with the evaluation at the year's end.

    Only projects whose months are known take part: one that was settled by hand, or
    reported as one figure for the year, says nothing about the months between.
    """
    return summed_up(works_foretold(plan, ruleset, as_of, expected=Expectation.HELD), ruleset, as_of)


@exact
def works_foretold(plan: Plan, ruleset: RuleSet, as_of: int, *, expected: Expectation) -> tuple[Tested, ...]:
    """Return every work whose months are known with what was foretold of it at ``as_of``."""
    now, end = score(plan, ruleset, as_of), score(plan, ruleset, YEAR_END)
    made = forecast(plan, ruleset, as_of, expected=expected)
    found = []
    for ahead, before, after in zip(made.projects, now.projects, end.projects, strict=True):
        if after.band is None or after.figure is None or not _has_months(after.project):
            continue
        told = {
            FORECAST: _foretold(ahead, ruleset),
            AS_NOW: _by_percent(as_now(before), ruleset) if before.figure is None else _as_now(before),
            STRAIGHT: _by_percent(straight_line(before, after, now), ruleset),
            ALL_BEST: (all_best(ruleset), ruleset.bands[-1]),
        }
        found.append(Tested(ahead, told, (after.figure, after.band)))
    return tuple(found)


@exact
def summed_up(works: Sequence[Tested], ruleset: RuleSet, as_of: int) -> BackTest:
    """Return how well each way foretold the works."""
    true = [work.true for work in works]
    pairs: dict[tuple[str, str], int] = {}
    within = 0
    for work in works:
        (figure, band), ahead = work.true, work.ahead
        pair = (ahead.band.code if ahead.band else "", band.code if band else "")
        pairs[pair] = pairs.get(pair, 0) + 1
        if ahead.low is not None and ahead.high is not None:
            within += ahead.low <= figure <= ahead.high
    measured = {name: _measured([w.told[name] for w in works], true, ruleset) for name in (FORECAST, *RIVALS)}
    return BackTest(as_of, len(works), measured, within, pairs)


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
