"""What changed between two evaluations: works whose figure or band moved, came or went, each once (RU1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samrit.engine.results import PlanResult, ProjectResult
from samrit.engine.rollup import works_of


@dataclass(frozen=True, slots=True)
class Movement:
    """One project in both evaluations; either side is None where it is missing there.

    ``direction`` is "up", "down", "same" (another figure in the same band), "new" or "gone".
    """

    before: ProjectResult | None
    after: ProjectResult | None
    direction: str


def compare_evaluations(before: PlanResult, after: PlanResult) -> tuple[Movement, ...]:
    """Return the works that changed between two evaluations, in plan order; they are matched as ``works_by_id``."""
    olds, news = works_by_id(before), works_by_id(after)
    order = {band.code: at for at, band in enumerate(after.ruleset.bands)}
    moved = []
    for record in dict.fromkeys([*olds, *news]):
        old, new = olds.get(record), news.get(record)
        if direction := _direction(old, new, order):
            moved.append(Movement(old, new, direction))
    return tuple(moved)


def works_by_id(result: PlanResult) -> Mapping[str, ProjectResult]:
    """Return every work by the id of its first line, each by the line that counts, which may be a later one (RU1)."""
    first = {r.project.key: r.project.id for r in reversed(result.projects)}
    return {first[r.project.key]: r for r in works_of(result.projects)}


def _direction(old: ProjectResult | None, new: ProjectResult | None, order: dict[str, int]) -> str:
    """Return how a project moved, "" when it did not; one that was not counted yet has no band to move from."""
    if old is None or new is None:
        return "new" if old is None else "gone"
    left = order.get(old.band.code) if old.band else None
    right = order.get(new.band.code) if new.band else None
    if left != right:
        if left is None or right is None:
            return "new" if left is None else "gone"
        return "up" if right > left else "down"
    return "same" if old.figure != new.figure else ""
