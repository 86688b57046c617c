"""How good the list of works to watch is: against how the year ended, beside two plainer lists (EW1, R246)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, divide, exact
from samrit.engine.forecast.backtest import LIMITS, in_figures
from samrit.engine.forecast.watch import Watched
from samrit.engine.results import PlanResult
from samrit.engine.rollup import works_of

WATCH, RED, BEHIND = "watch", "red_now", "behind_now"


@dataclass(frozen=True, slots=True)
class WatchOutcome:
    """A list: how many works it names, how many of them ended below the limit, and the same at equal length.

    ``length`` is that of the shorter of this list and the list to watch; ``own`` and ``watch`` are how many of the
    first ``length`` works of each ended below.
    """

    name: str
    named: int
    right: int
    length: int
    own: int
    watch: int

    @property
    def precision(self) -> Decimal | None:
        """Percent of the works named that ended below; None where none is named."""
        return divide(Decimal(self.right) * HUNDRED, Decimal(self.named)) if self.named else None


@dataclass(frozen=True, slots=True)
class WatchTest:
    """Three lists of one month against the works that ended below ``limit`` percent, ``ended`` of them."""

    as_of: int
    limit: Decimal
    ended: int
    lists: tuple[WatchOutcome, ...]

    @exact
    def recall(self, own: WatchOutcome) -> Decimal | None:
        """Return the percent of the works that ended below which a list names; None where none did."""
        return divide(Decimal(own.right) * HUNDRED, Decimal(self.ended)) if self.ended else None

    @property
    def better(self) -> tuple[str, ...]:
        """The lists that name more than the list to watch at equal length: those to look at instead."""
        return tuple(own.name for own in self.lists if own.own > own.watch)

    @property
    def alike(self) -> tuple[str, ...]:
        """The lists that name just as many at equal length."""
        return tuple(own.name for own in self.lists if own.name != WATCH and own.own == own.watch)


def watch_test(now: PlanResult, end: PlanResult, watched: Sequence[Watched]) -> tuple[WatchTest, ...]:
    """Return how good a month's list was for each of :data:`LIMITS`; ``now`` and ``end`` are the two evaluations.

    The rivals are the works in the lowest band, and those below the best figure that a plan asks for, each the lowest
    figure first.  Works count once, by the line that counts (RU1), and a line above works is none (RU5); those that do
    not count at the year's end say nothing.
    """
    figures = _figures(now)
    ended = _figures(end, counting=True)
    rising = sorted(figures, key=lambda key: figures[key])
    lowest = now.ruleset.bands[0].code
    red = {r.project.key for r in works_of(now.projects) if r.band is not None and r.band.code == lowest}
    whole = in_figures(HUNDRED, now.ruleset)
    lists = {
        WATCH: tuple(dict.fromkeys(w.project.key for w in watched)),
        RED: tuple(key for key in rising if key in red),
        BEHIND: tuple(key for key in rising if figures[key] < whole),
    }
    known = {name: [key for key in keys if key in ended] for name, keys in lists.items()}
    return tuple(_test(now, limit, ended, known) for limit in LIMITS)


def _test(now: PlanResult, limit: Decimal, ended: dict[str, Decimal], lists: dict[str, list[str]]) -> WatchTest:
    below = {key for key, figure in ended.items() if figure < in_figures(limit, now.ruleset)}

    def right(keys: Sequence[str]) -> int:
        return len(below.intersection(keys))

    tested = []
    for name, keys in lists.items():
        length = min(len(keys), len(lists[WATCH]))
        tested.append(
            WatchOutcome(name, len(keys), right(keys), length, right(keys[:length]), right(lists[WATCH][:length]))
        )
    return WatchTest(now.as_of, limit, len(below), tuple(tested))


def _figures(result: PlanResult, *, counting: bool = False) -> dict[str, Decimal]:
    works = (own for own in works_of(result.projects) if own.counts or not counting)
    return {own.project.key: own.figure for own in works if own.figure is not None}
