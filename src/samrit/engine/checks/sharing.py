"""Checks of figures that are reported once and used several times (R9, R171)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from samrit.engine.checks.scene import Scene, on
from samrit.engine.indicators.shared import origin_named
from samrit.engine.model import Indicator, Plan
from samrit.vocabulary.findings import Finding


def shared_figure_unknown(scene: Scene) -> Iterator[Finding]:
    """An indicator that takes its results from one of this plan that is not there, or from itself."""
    for user, origin, named in _users(scene):
        if origin is None or origin is user:
            yield on("shared_figure_unknown", user, origin=named)


def shared_figure_chained(scene: Scene) -> Iterator[Finding]:
    """An indicator that takes its results from one that takes them from elsewhere: nobody would know who reports."""
    for user, origin, named in _users(scene):
        if origin is not None and origin is not user and origin.figures_of:
            yield on("shared_figure_chained", user, origin=named, further=origin.figures_of)


def shared_figure_differs(scene: Scene) -> Iterator[Finding]:
    """An indicator that takes results which are measured or added up another way than its own plan."""
    for user, origin, named in _users(scene):
        if origin is None or origin is user or origin.figures_of:
            continue
        own, other = _way(user), _way(origin)
        if own != other:
            yield on("shared_figure_differs", user, origin=named, own=", ".join(own), other=", ".join(other))


def shared_elsewhere(plan: Plan, other: Callable[[str], Plan | None]) -> Iterator[Finding]:
    """Yield what is wrong with figures that ``plan`` takes from other plans; ``other`` returns one by its code.

    What is not there yet may come: until then the plan's own units report the figure, so it is a warning.
    """
    for user in (i for p in plan.projects for i in p.indicators if i.figures_of):
        code, named = origin_named(user.figures_of, plan.id)
        if code == plan.id:
            continue
        found = other(code)
        every = {i.id: i for p in found.projects for i in p.indicators} if found else {}
        origin = every.get(named)
        if origin is None:
            yield on("shared_origin_missing", user, plan=code, origin=named)
        elif origin.figures_of:
            yield on("shared_figure_chained", user, origin=user.figures_of, further=_in(code, origin.figures_of))
        elif _way(user) != _way(origin):
            own, theirs = ", ".join(_way(user)), ", ".join(_way(origin))
            yield on("shared_figure_differs", user, origin=user.figures_of, own=own, other=theirs)


def _in(plan: str, figures_of: str) -> str:
    """Return an origin as another plan names it: with the plan that it is of."""
    return ":".join(origin_named(figures_of, plan))


def _users(scene: Scene) -> Iterator[tuple[Indicator, Indicator | None, str]]:
    """Yield each indicator that names one of this plan, with that indicator; other plans are not in sight here."""
    every = {i.id: i for p in scene.plan.projects for i in p.indicators}
    for user in every.values():
        if not user.figures_of:
            continue
        plan, named = origin_named(user.figures_of, scene.plan.id)
        if plan == scene.plan.id:
            yield user, every.get(named), named


def _way(indicator: Indicator) -> tuple[str, str, str]:
    return indicator.unit_of_measure.strip(), indicator.aggregation.value, indicator.entry_basis.value
