"""A plan's findings, kept work by work: after a figure came in, only its work is looked at anew.

The bridge to the engine hands out the same results for a work until something of it
changes (``scoring``), so a work's findings hold as long as its results are the very
same objects, and the plan around it says the same.  Nothing is ever stale.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Generic, TypeVar

from samrit.engine.checks import across_works, in_order, within_works
from samrit.engine.checks.scene import Line, Scene, alone, lines_of, scene_from
from samrit.engine.model import Plan, Project
from samrit.engine.results import PlanResult, ProjectResult
from samrit.engine.ruleset import RuleSet
from samrit.vocabulary.findings import Finding

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Work(Generic[T]):
    """One work as it was looked at last, and what was found in it: the rank of each check, and what was made of it."""

    now: ProjectResult
    year: ProjectResult
    lines: tuple[Line, ...]
    found: tuple[tuple[int, Finding, T], ...]


@dataclass
class Rechecked(Generic[T]):
    """The findings of one plan at one period; ``make`` makes of each finding, and its work if any, what is kept."""

    make: Callable[[Finding, Project | None], T]
    works: dict[str, _Work[T]] = field(default_factory=dict)
    frame: tuple[Plan, RuleSet, bool] | None = None  # what the works stand in: the plan without them
    lock: Lock = field(default_factory=Lock)

    def __call__(self, now: PlanResult, year: PlanResult) -> tuple[T, ...]:
        """Return what the checks find, as ``check_plan`` orders it."""
        with self.lock:
            pairs = tuple(zip(now.projects, year.projects, strict=True))
            lines = [self._lines(then, whole, now.as_of) for then, whole in pairs]
            scene = scene_from(now, year, tuple(line for own in lines for line in own))
            frame = (replace(now.plan, projects=()), now.ruleset, scene.has_results)
            known = self.works if frame == self.frame else {}
            works = [self._work(known, scene, *pair, own) for pair, own in zip(pairs, lines, strict=True)]
            self.works, self.frame = {work.now.project.id: work for work in works}, frame
        made = {id(finding): thing for work in works for _, finding, thing in work.found}
        within = ((rank, finding) for work in works for rank, finding, _ in work.found)
        ordered = in_order(now.plan, (*across_works(scene), *within))
        records = _by_record(now.plan)
        return tuple(
            made[id(finding)] if id(finding) in made else self.make(finding, records.get(finding.place.record))
            for _, finding in ordered
        )

    def _lines(self, now: ProjectResult, year: ProjectResult, as_of: int) -> tuple[Line, ...]:
        known = self.works.get(now.project.id)
        if known is not None and known.now is now and known.year is year:
            return known.lines
        return lines_of(now, year, as_of)

    def _work(
        self, known: dict[str, _Work[T]], scene: Scene, now: ProjectResult, year: ProjectResult, lines: tuple[Line, ...]
    ) -> _Work[T]:
        work = known.get(now.project.id)
        if work is not None and work.now is now and work.year is year:
            return work
        found = within_works(alone(scene, now, year, lines))
        return _Work(now, year, lines, tuple((rank, f, self.make(f, now.project)) for rank, f in found))


def _by_record(plan: Plan) -> dict[str, Project]:
    """Return the work of every record that a finding may be about: a work or one of its indicators."""
    return {record: p for p in plan.projects for record in (p.id, *(i.id for i in p.indicators))}
