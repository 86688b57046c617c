"""Money allotted to a plan as it was recorded, and how it is laid over what the plan's version holds (R33, R118)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from samrit.engine.arithmetic import ZERO
from samrit.engine.choices import AllotmentSort
from samrit.engine.model import Plan, Source
from samrit.engine.surroundings import Allotment
from samrit.plans import models

WHOLE_PLAN = ""  # what a row is about that is about no work


def rows_since(plan: int, since: int) -> Iterator[tuple[str, int, Allotment | None, int]]:
    """Yield record, key, line and sequence of each row written after ``since``; no line where it was withdrawn."""
    for row in models.Allotment.objects.filter(plan=plan, sequence__gt=since).order_by("sequence"):
        yield WHOLE_PLAN, row.pk, None if row.withdrawn else allotment_of(row), row.sequence


def allotment_of(row: models.Allotment) -> Allotment:
    """Return a recorded line of allotted money; its source is the document that it names."""
    return Allotment(
        row.funding_source,
        AllotmentSort(row.sort),
        row.amount or ZERO,
        row.number,
        row.announced_on,
        row.replaces,
        row.project,
        row.note,
        Source(row.document),
    )


def allotments_laid(plan: Plan, recorded: Iterable[Allotment]) -> tuple[Allotment, ...]:
    """Return the money allotted to the plan; a line about a work that an amendment closed keeps its id as words."""
    works = {project.id for project in plan.projects}
    lines = (
        line
        if not line.project or line.project in works
        else replace(line, project="", note=f"{line.project}: {line.note}")
        for line in recorded
    )
    return (*plan.allotments, *lines)
