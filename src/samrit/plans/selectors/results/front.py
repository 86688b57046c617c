"""The front page: how many works in which band, what changed, what needs attention, money, and a map of all works."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.compare import Movement, compare_evaluations
from samrit.engine.forecast import EarlyWarning, reason_text
from samrit.engine.results import PlanResult, ProjectResult
from samrit.engine.rollup import is_work, works_of
from samrit.engine.ruleset import Band
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.forecasts import warnings_of
from samrit.plans.selectors.results.closed import ClosedAs, closed_result
from samrit.plans.selectors.results.look import YEAR_END, Look
from samrit.plans.selectors.results.money import Money, money_of
from samrit.plans.selectors.results.naming import Names, PeriodName
from samrit.plans.selectors.results.queue import ReportsWaiting, reports_waiting
from samrit.plans.selectors.results.scores import ScoreTable, score_table
from samrit.plans.selectors.results.silence import SilentUnit, silent_units
from samrit.plans.selectors.results.tallies import Bar, bar_of_all, bars_by, counted_in_both, counts

MOST_TILES = 600  # a map of more works would make the page too heavy for a poor connection (R324)


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A work in a list: what it is, where it is, where it stood, and why it is listed."""

    id: str
    title: str
    unit: str
    percent: str
    band: Band | None
    was_percent: str
    was_band: Band | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """One work on the map of all works."""

    id: str
    number: int
    label: str
    band: Band | None
    state: str


@dataclass(frozen=True, slots=True)
class TileGroup:
    """The tiles of one strategy of one fund."""

    name: str
    fund: str
    strategy: str
    count: int
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """Everything on the front page of a plan."""

    code: str
    title: str
    period: PeriodName
    previous: PeriodName | None
    closed_at: object
    works: int
    bar: Bar
    same: int  # works that count now and counted a quarter ago: what rose and fell is among them
    risen: int
    fallen: int
    funds: tuple[Bar, ...]
    strategies: tuple[Bar, ...]
    worst: Band
    newly_worst: tuple[WorkLine, ...]
    at_risk: tuple[WorkLine, ...]
    overdue: tuple[WorkLine, ...]
    silent: tuple[SilentUnit, ...]
    money: Money
    tiles: tuple[TileGroup, ...]  # empty where there are more than ``most_tiles`` works
    most_tiles: int
    states: tuple[tuple[str, str, int], ...]
    reports: tuple[ReportsWaiting, ...]
    frozen: ClosedAs | None  # the closed evaluation of this very period, for those who see figures as they are
    frozen_moves: int  # works whose figure or band is another one now
    is_year_end: bool
    scores: ScoreTable | None = None  # above the works, of a plan that weighs them (RU5)

    @property
    def fresh(self) -> int:
        """How many works count now and did not a quarter ago."""
        return self.bar.total - self.same

    @property
    def repeated(self) -> int:
        """By how many works the strategies' bars together are more than the whole."""
        return sum(bar.repeated for bar in self.strategies)


def front(seen: Look) -> Front:
    """Return the front page of the plan that is seen with its previous quarter.

    It is the same object as long as nothing that it shows has changed.
    """
    previous, frozen = seen.previous, seen.frozen
    reports = () if seen.public else reports_waiting(seen.plan, seen.as_of)
    silent = () if seen.public else silent_units(seen)
    plan = seen.plan
    key = (
        "front",
        seen.language,
        seen.public,
        plan.pk,
        plan.title,
        plan.title_en,
        seen.closed,
        frozen,
        reports,
        silent,
    )
    entry = memory.of(seen.result)
    return entry.derived(key, lambda: _front(seen, previous, reports, silent, frozen), seen.units, previous)


def _front(
    seen: Look,
    previous: PlanResult | None,
    reports: tuple[ReportsWaiting, ...],
    silent: tuple[SilentUnit, ...],
    frozen: ClosedAs | None,
) -> Front:
    names, result = Names.of(seen), seen.result
    moved = compare_evaluations(previous, result) if previous else ()
    warnings = () if seen.is_unevaluated else warnings_of(result, below=result.ruleset.bands[0].code)
    to_come = () if seen.as_of == YEAR_END else warnings  # what is overdue stays so when the year has ended
    counted = bar_of_all(names, previous)
    return Front(
        code=seen.plan.code,
        title=names.plan_title(seen.plan),
        period=names.period(seen.as_of),
        previous=names.period(previous.as_of) if previous else None,
        closed_at=seen.closed.closed_at if seen.closed else None,
        works=counted.total + counted.waiting,
        bar=counted,
        same=len(counted_in_both(previous, result)) if previous else 0,
        risen=_moved(moved, "up"),
        fallen=_moved(moved, "down"),
        funds=bars_by(names, "fund", previous),
        strategies=bars_by(names, "strategy", previous),
        worst=names.bands[-1],
        newly_worst=_newly_worst(names, moved, result),
        at_risk=_warned(names, to_come, result, frozenset({"band_at_risk"})),
        overdue=_warned(names, warnings, result, frozenset({"level_overdue", "site_uncommitted"})),
        silent=silent,
        money=money_of(names),
        tiles=_tiles(names) if len(result.projects) <= MOST_TILES else (),
        most_tiles=MOST_TILES,
        states=_states(names),
        reports=reports,
        frozen=frozen,
        frozen_moves=_moves_since(seen, frozen),
        is_year_end=seen.as_of == YEAR_END,
        scores=None if seen.is_unevaluated else score_table(names, previous),
    )


def _moved(moved: tuple[Movement, ...], direction: str) -> int:
    """Count works that went one way, each once (RU1)."""
    return len({m.after.project.key for m in moved if m.after and m.direction == direction})


def _moves_since(seen: Look, frozen: ClosedAs | None) -> int:
    return 0 if frozen is None else len(compare_evaluations(closed_result(seen.plan, frozen), seen.result))


def _newly_worst(names: Names, moved: tuple[Movement, ...], result: PlanResult) -> tuple[WorkLine, ...]:
    """Return works in the worst band now that were not in it a quarter ago; worst first."""
    worst = result.ruleset.bands[0]
    fell = [m for m in moved if m.after and _in(m.after, worst) and not (m.before and _in(m.before, worst))]
    fell.sort(key=lambda m: m.after.figure if m.after and m.after.figure is not None else Decimal())
    return tuple(line_of(names, m.after, m.before) for m in fell if m.after)


def _in(result: ProjectResult, band: Band) -> bool:
    return result.counts and result.band is not None and result.band.code == band.code


def _warned(
    names: Names, warnings: tuple[EarlyWarning, ...], result: PlanResult, codes: frozenset[str]
) -> tuple[WorkLine, ...]:
    """Return the works with one of these reasons, each once by the line that counts, the lowest forecast first."""
    works = {r.project.key: r for r in works_of(result.projects)}
    found: dict[str, dict[str, None]] = {}
    for warning in warnings:
        key = warning.forecast.project.key
        if key in works and (own := [reason_text(c, p, names.language) for c, p in warning.reasons if c in codes]):
            found.setdefault(key, {}).update(dict.fromkeys(own))
    return tuple(line_of(names, works[key], None, tuple(reasons)) for key, reasons in found.items())


def line_of(
    names: Names, now: ProjectResult, was: ProjectResult | None = None, reasons: tuple[str, ...] = ()
) -> WorkLine:
    """Return a work as a line of a list."""
    project = now.project
    return WorkLine(
        project.id,
        project.title,
        names.unit(project.responsible_units[0]) if project.responsible_units else project.responsible_text,
        names.percent(now.figure),
        now.band,
        names.percent(was.figure) if was else "",
        was.band if was else None,
        reasons,
    )


def _tiles(names: Names) -> tuple[TileGroup, ...]:
    groups: dict[tuple[str, str], list[Tile]] = {}
    for result in filter(is_work, names.result.projects):
        project = result.project
        groups.setdefault((project.fund, project.strategy), []).append(_tile(names, result))
    several = len({fund for fund, _ in groups}) > 1
    return tuple(
        TileGroup(
            " · ".join(filter(None, [names.named("fund", fund) if several else "", names.named("strategy", strategy)])),
            fund,
            strategy,
            len(tiles),
            tuple(tiles),
        )
        for (fund, strategy), tiles in groups.items()
    )


def _tile(names: Names, result: ProjectResult) -> Tile:
    project = result.project
    band = result.band if result.counts else None
    state = names.word(result.state.value, "state")
    standing = f"{names.band_name(band)} {names.percent(result.figure)}" if band else state
    return Tile(project.id, project.number, f"{project.id} {project.title}: {standing}", band, result.state.value)


def _states(names: Names) -> tuple[tuple[str, str, int], ...]:
    """Return how many works do not count yet and why, each once: state code, word, count.

    With the bands and the "no plan" column they add up to all works.
    """
    counted = {r.project.key for r in names.result.projects if counts(r)}
    outside = (r for r in works_of(names.result.projects) if r.project.key not in counted)
    found = Counter(r.state.value for r in outside)
    return tuple((code, names.word(code, "state"), count) for code, count in found.items())
