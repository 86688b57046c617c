"""What amendments closed: works and indicators of an earlier version, from which month on, why, and what they came to.

Nothing of them is deleted: earlier months count by the version that held then (I3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from samrit.engine.explain.evaluation import results_of_parts
from samrit.engine.model import Indicator, Project
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import evaluate, versions_of
from samrit.plans.models import Plan, PlanVersion
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.naming import Names, PeriodName
from samrit.vocabulary.figures import Ends


@dataclass(frozen=True, slots=True)
class Closed:
    """A work (``indicator`` is None) or an indicator that version ``by`` holds no longer, and ``last`` held."""

    project: Project
    indicator: Indicator | None
    last: PlanVersion
    by: PlanVersion

    @property
    def record(self) -> str:
        """The id of what is closed."""
        return self.project.id if self.indicator is None else self.indicator.id


@dataclass(frozen=True, slots=True)
class ClosedMeasure:
    """A closed indicator as its work's page shows it: what it came to in the months in which it counted."""

    id: str
    name: str
    unit_of_measure: str
    until: PeriodName | None  # the last month that counts by a version with it; None where none does
    version: int
    reason: str
    planned: Decimal | Ends | None
    actual: Decimal | None
    percent: str


def closed_by_amendments(plan: Plan) -> tuple[Closed, ...]:
    """Return what earlier versions hold and the latest does not, works before indicators of works that go on."""
    versions = versions_of(plan)
    key = ("closed by amendments", *((version.pk, version.sha256) for version in versions))
    return memory.always(key, lambda: _closed(versions))


def closed_measures(seen: Look, project: str) -> tuple[ClosedMeasure, ...]:
    """Return the indicators of a work that amendments closed up to the month seen; none for the public."""
    if seen.public:
        return ()
    own = [c for c in closed_by_amendments(seen.plan) if c.indicator is not None and c.project.id == project]
    names = Names.of(seen)
    return tuple(_measure(seen, names, c) for c in own if c.by.effective_period <= seen.as_of)


def _closed(versions: tuple[PlanVersion, ...]) -> tuple[Closed, ...]:
    works: dict[str, Closed] = {}
    measures: dict[str, Closed] = {}
    for old, new in pairwise(versions):
        before, after = package_of(old).plan, package_of(new).plan
        there = {i.id for p in after.projects for i in p.measures}
        going_on = {p.id for p in after.projects}
        for project in before.projects:
            if project.id not in going_on:
                works[project.id] = Closed(project, None, old, new)
                continue
            for indicator in project.measures:
                if indicator.id not in there:
                    measures[indicator.id] = Closed(project, indicator, old, new)
    latest = package_of(versions[-1]).plan if versions else None
    now: Mapping[str, object] = {p.id: p for p in latest.projects} if latest else {}
    still = {i.id for p in latest.projects for i in p.measures} if latest else set()
    found = [c for name, c in works.items() if name not in now]
    return (*found, *(c for name, c in measures.items() if name not in still))


def _measure(seen: Look, names: Names, closed: Closed) -> ClosedMeasure:
    indicator = closed.indicator
    assert indicator is not None  # noqa: S101 — closed_measures asks for indicators
    last = closed.by.effective_period - 1
    result = evaluate(seen.plan, last) if last else None
    works = [p for p in result.projects if p.project.id == closed.project.id] if result else []
    # A category is scored nowhere, and came to something all the same (BD1).
    own = (i for p in works for i in (*p.indicators, *(results_of_parts(p, result) if result else ())))
    found = next((i for i in own if i.indicator.id == indicator.id), None)
    return ClosedMeasure(
        indicator.id,
        f"{indicator.dimension}: {indicator.name}" if indicator.part_of else indicator.name,
        indicator.unit_of_measure or (found.indicator.unit_of_measure if found else ""),
        names.period(last) if last else None,
        closed.by.number,
        closed.by.reason,
        found.planned if found else None,
        found.actual_total.value if found else None,
        names.percent(found.percent if found and not indicator.part_of else None),
    )
