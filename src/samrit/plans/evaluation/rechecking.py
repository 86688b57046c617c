"""A plan's findings, kept work by work: after a figure came in, only its work is looked at again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from samrit.engine.checks import across_works, in_order, within_works
from samrit.engine.checks.scene import CheckedLine, alone, lines_of, scene_from
from samrit.engine.model import Plan, Project
from samrit.engine.results import PlanResult, ProjectResult
from samrit.plans.evaluation.kept import KeptEntry
from samrit.vocabulary.findings import Finding

T = TypeVar("T")


def findings_of(
    entry: KeptEntry, now: PlanResult, year: PlanResult, make: Callable[[Finding, Project | None], T]
) -> tuple[T, ...]:
    """Return what the checks find in a plan to date and for its year, as ``check_plan`` orders it.

    ``make`` makes of each finding, and its work if any, what is returned and kept; ``entry`` is what is
    remembered of ``now``.
    """

    def lines(then: ProjectResult, whole: ProjectResult) -> tuple[CheckedLine, ...]:
        return lines_of(then, whole, now.as_of)

    def within(
        then: ProjectResult, whole: ProjectResult, own: tuple[CheckedLine, ...]
    ) -> tuple[tuple[int, Finding, T], ...]:
        found = within_works(alone(scene, then, whole, own))
        return tuple((rank, finding, make(finding, then.project)) for rank, finding in found)

    rows = entry.per_work("lines", lines, now.projects, year.projects)
    scene = scene_from(now, year, tuple(line for own in rows for line in own))
    works = entry.per_work(("findings", scene.has_results), within, now.projects, year.projects, rows)
    made = {id(finding): thing for own in works for _, finding, thing in own}
    ranked = ((rank, finding) for own in works for rank, finding, _ in own)
    records = _by_record(now.plan)
    return tuple(
        made[id(finding)] if id(finding) in made else make(finding, records.get(finding.place.record))
        for _, finding in in_order(now.plan, (*across_works(scene), *ranked))
    )


def _by_record(plan: Plan) -> dict[str, Project]:
    """Return the work of every record that a finding may be about: a work or one of its indicators."""
    return {record: p for p in plan.projects for record in (p.id, *(i.id for i in p.measures))}
