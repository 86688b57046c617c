"""Figures that one plan takes from another: reported once, evaluated by each plan's own targets (R9, R171).

A plan that is seen reads the other plan as it is reported at that moment, so a correction there is a
correction everywhere; what is frozen in a closed evaluation holds the figures as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

from samrit.engine.indicators.shared import Origin, origin_named, own_origins, shared_project
from samrit.engine.model import Indicator, Plan, Project

OtherPlan = Callable[[str], Plan | None]
"""Returns another plan of the office by its code, as it is reported; None where there is none."""


@dataclass
class Shared:
    """What was laid over one version's works before: a work is the same object while it and its origins are."""

    lock: Lock = field(default_factory=Lock)
    _known: dict[str, tuple[Project, tuple[Indicator | None, ...], Project]] = field(default_factory=dict)
    _last: tuple[Plan, Plan] | None = None

    def laid(self, plan: Plan, other: OtherPlan) -> Plan:
        """Return ``plan`` with the figures that it takes over; the same object until one of them is another."""
        using = [p for p in plan.projects if any(i.figures_of for i in p.indicators)]
        if not using:
            return plan
        origins = _Origins(plan, other)
        with self.lock:
            made = {p.id: self._work(p, plan, origins) for p in using}
            projects = tuple(made.get(p.id, p) for p in plan.projects)
            if self._last is not None and self._last[0] is plan and _same(self._last[1].projects, projects):
                return self._last[1]
            whole = plan if _same(plan.projects, projects) else replace(plan, projects=projects)
            self._last = (plan, whole)
            return whole

    def _work(self, project: Project, plan: Plan, origins: _Origins) -> Project:
        named = tuple(origins.indicator(i, plan.id) for i in project.indicators if i.figures_of)
        known = self._known.get(project.id)
        if known is not None and known[0] is project and all(a is b for a, b in zip(known[1], named, strict=True)):
            return known[2]
        made = shared_project(project, plan, origins)
        self._known[project.id] = (project, named, made)
        return made


class _Origins:
    """The origins of one plan's figures, each other plan looked at once."""

    def __init__(self, plan: Plan, other: OtherPlan) -> None:
        self._plan, self._other, self._own = plan, other, own_origins(plan)
        self._plans: dict[str, tuple[Plan, Mapping[str, Indicator]] | None] = {}

    def __call__(self, code: str, indicator: str) -> Origin | None:
        if code == self._plan.id:
            return self._own(code, indicator)
        found = self._found(code)
        known = found[1].get(indicator) if found else None
        return None if found is None or known is None else Origin(code, known, found[0].year_be, found[0].calendar)

    def indicator(self, user: Indicator, plan: str) -> Indicator | None:
        """Return the indicator whose figures another one uses."""
        origin = self(*origin_named(user.figures_of, plan))
        return origin.indicator if origin else None

    def _found(self, code: str) -> tuple[Plan, Mapping[str, Indicator]] | None:
        if code not in self._plans:
            plan = self._other(code)
            indicators = {i.id: i for p in plan.projects for i in p.indicators} if plan else {}
            self._plans[code] = (plan, indicators) if plan else None
        return self._plans[code]


def _same(one: tuple[Project, ...], other: tuple[Project, ...]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))
