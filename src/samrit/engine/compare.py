"""What changed between two evaluations: projects whose figure or band moved, came or went."""

from __future__ import annotations

from dataclasses import dataclass

from samrit.engine.results import PlanResult, ProjectResult


@dataclass(frozen=True, slots=True)
class Movement:
    """One project in both evaluations; either side is None where it is missing there.

    ``direction`` is "up", "down", "same" (another figure in the same band), "new" or "gone".
    """

    before: ProjectResult | None
    after: ProjectResult | None
    direction: str


def compare_evaluations(before: PlanResult, after: PlanResult) -> tuple[Movement, ...]:
    """Return the projects that changed between two evaluations, in plan order; projects are matched by id."""
    olds = {r.project.id: r for r in before.projects}
    news = {r.project.id: r for r in after.projects}
    order = {band.code: at for at, band in enumerate(after.ruleset.bands)}
    moved = []
    for record in dict.fromkeys([*olds, *news]):
        old, new = olds.get(record), news.get(record)
        if direction := _direction(old, new, order):
            moved.append(Movement(old, new, direction))
    return tuple(moved)


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
