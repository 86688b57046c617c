"""Two evaluations side by side: quarters of one plan, or two plans of different years.

Within one plan a work is itself by its id; between plans by its identity (RU1) or,
without one, by its title, since numbers are given again every year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from samrit.engine.compare import Movement, compare_evaluations, works_by_id
from samrit.engine.results import PlanResult, ProjectResult
from samrit.engine.rollup import share, tabulate, works_of
from samrit.engine.ruleset import Band
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import Plan
from samrit.plans.selectors.results.closed import ClosedAs, closed_at, closed_result
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.naming import Names, PeriodName
from samrit.plans.selectors.results.tallies import counts
from samrit.vocabulary.text import search_key

DIRECTIONS = ("down", "up", "new", "gone", "same")


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """One of the two evaluations: its plan and period, and whether it is the frozen one."""

    code: str
    title: str
    period: PeriodName
    closed: ClosedAs | None


@dataclass(frozen=True, slots=True)
class BandPair:
    """One band in both evaluations."""

    band: Band
    before: int
    after: int
    change: int
    before_share: Decimal
    after_share: Decimal


@dataclass(frozen=True, slots=True)
class Moved:
    """A work that moved between the two evaluations; ids are "" where it is not in one of them."""

    id: str
    before_id: str
    title: str
    unit: str
    before: str
    before_band: Band | None
    after: str
    after_band: Band | None
    direction: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything on the page of comparison; ``moved`` is grouped by direction, worse first."""

    before: ComparedSide
    after: ComparedSide
    bands: tuple[BandPair, ...]
    before_total: int
    after_total: int
    moved: tuple[tuple[str, tuple[Moved, ...]], ...]
    matched: int  # works that count in both: what rose and fell is among them
    across: bool
    funds: tuple[tuple[str, str], ...] = ()  # to choose from
    fund: str = ""  # whose works alone are compared


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An evaluation and where it comes from."""

    plan: Plan
    result: PlanResult
    closed: ClosedAs | None


def evaluated(plan: Plan, period: int, *, frozen: bool = True) -> Evaluated:
    """Return a plan's evaluation at ``period``: the closed one when there is one and it is asked for."""
    closed = closed_at(plan, period) if frozen else None
    return Evaluated(plan, closed_result(plan, closed) if closed else evaluate(plan, period), closed)


def comparison(before: Evaluated, after: Evaluated, *, seen: Look, fund: str = "") -> Comparison:
    """Return what changed from ``before`` to ``after``, in the language of ``seen``: the same until one is another.

    With ``fund`` only its works are compared (R3); one that ``after`` does not have is none.
    """
    fund = fund if fund in {f.code for f in after.result.plan.funds} else ""
    titles = tuple((e.plan.pk, e.plan.title, e.plan.title_en, e.closed) for e in (before, after))
    sources = (before.result, seen.units)
    key = ("comparison", seen.language, titles, fund)
    return memory.of(after.result).derived(key, lambda: _comparison(before, after, seen=seen, fund=fund), *sources)


def _of_fund(item: Evaluated, fund: str) -> Evaluated:
    own = tuple(r for r in item.result.projects if fund in ("", r.project.fund))
    return replace(item, result=replace(item.result, projects=own)) if fund else item


def _comparison(before: Evaluated, after: Evaluated, *, seen: Look, fund: str) -> Comparison:
    before, after = _of_fund(before, fund), _of_fund(after, fund)
    across = before.plan.pk != after.plan.pk
    old, new = (_keyed(e.result, across=across) for e in (before, after))
    moved = compare_evaluations(old, new)
    names_before = Names(before.result, seen.language, seen.units)
    names_after = Names(after.result, seen.language, seen.units)
    lines: dict[str, list[Moved]] = {direction: [] for direction in DIRECTIONS}
    for movement in moved:
        lines[movement.direction].append(_moved(movement, names_before, names_after))
    then, now = (tabulate(e.result.projects, rows="strategy", where=_counts).total for e in (before, after))
    matched = _in_both(works_by_id(old), works_by_id(new))
    return Comparison(
        _side(before, names_before),
        _side(after, names_after),
        tuple(
            BandPair(
                band,
                then.cell(band.code),
                now.cell(band.code),
                now.cell(band.code) - then.cell(band.code),
                share(then.cell(band.code), then.total, before.result.ruleset),
                share(now.cell(band.code), now.total, after.result.ruleset),
            )
            for band in names_after.bands
        ),
        then.total,
        now.total,
        tuple((direction, tuple(found)) for direction, found in lines.items() if found),
        matched,
        across,
        names_after.funds,
        fund,
    )


def _in_both(old: Mapping[str, ProjectResult], new: Mapping[str, ProjectResult]) -> int:
    """Return how many works count in both evaluations, as the front page says: what was not counted has not moved."""
    return sum(counts(old[record]) and counts(new[record]) for record in old.keys() & new.keys())


def _counts(result: ProjectResult) -> bool:
    return result.counts and result.band is not None


def _side(item: Evaluated, names: Names) -> ComparedSide:
    title = (names.language == "en" and item.plan.title_en) or item.plan.title
    return ComparedSide(item.plan.code, title, names.period(item.result.as_of), item.closed)


def _moved(movement: Movement, before: Names, after: Names) -> Moved:
    old, new = movement.before, movement.after
    shown = new or old
    assert shown is not None  # noqa: S101 — a movement has at least one side
    project, names = shown.project, after if new else before
    return Moved(
        new.project.note if new else "",
        old.project.note if old else "",
        project.title,
        ", ".join(map(names.unit, project.responsible_units)) or project.responsible_text,
        before.percent(old.figure) if old else "",
        old.band if old and old.counts else None,
        after.percent(new.figure) if new else "",
        new.band if new and new.counts else None,
        movement.direction,
    )


def _keyed(result: PlanResult, *, across: bool) -> PlanResult:
    """Return the evaluation with every work under the key that it is matched by, its own id kept as its note."""
    seen: dict[str, int] = {}
    projects = []
    for item in works_of(result.projects) if across else result.projects:
        project = item.project
        key = (project.identity or search_key(project.title)) if across else project.id
        seen[key] = seen.get(key, 0) + 1
        key = key if seen[key] == 1 else f"{key}#{seen[key]}"
        projects.append(item._replace(project=replace(project, id=key, note=project.id)))
    return replace(result, projects=tuple(projects))
