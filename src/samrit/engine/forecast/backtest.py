"""How good the forecast is: made at a past period, compared with how the year ended (FC6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact
from samrit.engine.forecast.indicator import YEAR_END
from samrit.engine.forecast.project import forecast
from samrit.engine.model import Plan, Project
from samrit.engine.results import ProjectResult
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import score


@dataclass(frozen=True, slots=True)
class BackTest:
    """Hits of the forecast and of two rivals: today's band taken for the year's, and the commonest band for all.

    ``pairs`` counts (forecast band, true band); ``within_range`` counts projects whose
    true percent lay within the forecast's range.
    """

    as_of: int
    projects: int
    hits: int
    rival_hits: int
    commonest_hits: int
    within_range: int
    pairs: Mapping[tuple[str, str], int]

    @property
    def hit_rate(self) -> Decimal:
        """Percent of projects whose band was foretold."""
        return self.rate(self.hits)

    def rate(self, hits: int) -> Decimal:
        """Return ``hits`` as percent of the projects tested, 0 when there are none."""
        return divide(hits * HUNDRED, Decimal(self.projects)) if self.projects else ZERO


@exact
def back_test(plan: Plan, ruleset: RuleSet, as_of: int = 6) -> BackTest:
    """Compare the forecast made at ``as_of`` with the evaluation at the year's end.

    Only projects whose months are known take part: one that was settled by hand, or
    reported as one figure for the year, says nothing about the months between.
    """
    now, end = score(plan, ruleset, as_of), score(plan, ruleset, YEAR_END)
    hits = rival = within = 0
    pairs: dict[tuple[str, str], int] = {}
    tested = 0
    for expected, before, after in zip(
        forecast(plan, ruleset, as_of).projects, now.projects, end.projects, strict=True
    ):
        if after.band is None or after.percent is None or not _has_months(after.project):
            continue
        tested += 1
        foretold = expected.band.code if expected.band else ""
        pairs[foretold, after.band.code] = pairs.get((foretold, after.band.code), 0) + 1
        hits += foretold == after.band.code
        rival += _band_code(before) == after.band.code
        if expected.low is not None and expected.high is not None:
            within += expected.low <= after.percent <= expected.high
    ends: dict[str, int] = {}
    for (_, true), count in pairs.items():
        ends[true] = ends.get(true, 0) + count
    return BackTest(as_of, tested, hits, rival, max(ends.values(), default=0), within, pairs)


def _band_code(result: ProjectResult) -> str:
    return result.band.code if result.band else ""


def _has_months(project: Project) -> bool:
    settled = project.overrides or any(i.overrides for i in project.indicators)
    return not settled and all(e.span == 1 for i in project.indicators for e in i.entries)
