"""A plan without the names of those who settled and recorded things in the application (decision 0025).

A frozen evaluation never changes, so a name in it could not be erased.  Who did what is in the history, by number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from samrit.engine.model import Indicator, Override, Plan, Project
from samrit.plans import models


def unnamed(plan: models.Plan, engine: Plan) -> Plan:
    """Return ``engine``, the reported plan of ``plan``, without these names; those that its documents brought stay."""
    names = _hands(plan)
    return replace(engine, projects=tuple(_project(p, names) for p in engine.projects)) if names else engine


def _hands(plan: models.Plan) -> frozenset[str]:
    """Return what everybody is called who settled or recorded something of the plan."""
    settled = models.Settlement.objects.filter(plan=plan).values("decided_by")
    recorded = models.YearRecord.objects.filter(plan=plan).values("entered_by")
    people = models.Person.objects.filter(pk__in=settled) | models.Person.objects.filter(pk__in=recorded)
    return frozenset(map(str, people))


def _project(project: Project, names: frozenset[str]) -> Project:
    return replace(
        project,
        overrides=_settled(project.overrides, names),
        records=tuple(replace(r, entered_by="") if r.entered_by in names else r for r in project.records),
        indicators=tuple(_indicator(i, names) for i in project.indicators),
    )


def _indicator(indicator: Indicator, names: frozenset[str]) -> Indicator:
    return replace(
        indicator,
        overrides=_settled(indicator.overrides, names),
        parts=tuple(_indicator(part, names) for part in indicator.parts),
    )


def _settled(overrides: Iterable[Override], names: frozenset[str]) -> tuple[Override, ...]:
    return tuple(replace(o, decided_by="") if o.decided_by in names else o for o in overrides)
