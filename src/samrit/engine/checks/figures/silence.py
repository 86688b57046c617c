"""Checks of what was not reported, and of what was reported twice (AC8, SP1)."""

from __future__ import annotations

from collections.abc import Iterator

from samrit.engine.checks.scene import Scene, found, on
from samrit.engine.results import State
from samrit.vocabulary.findings import Finding

_MOST_NAMED = 12


def partly_reported(scene: Scene) -> Iterator[Finding]:
    """Figures due that are missing in indicators that are scored (AC8): said once, with a list."""
    lacking = [
        f"{line.indicator.id} ({line.now.coverage.reported}/{line.now.coverage.due})"
        for line in scene.lines
        if line.now.state is State.SCORED and line.now.coverage.reported < line.now.coverage.due
    ]
    if lacking:
        named = [*lacking[:_MOST_NAMED], *(["…"] if len(lacking) > _MOST_NAMED else [])]
        plan = scene.plan
        yield found("partly_reported", plan.id, plan.source, as_of=scene.as_of, indicators=len(lacking), named=named)


def units_silent(scene: Scene) -> Iterator[Finding]:
    """A unit that had something due and reported nothing at all, beside others that did (AC8 d)."""
    for line in scene.lines:
        coverage = line.now.coverage
        if line.now.state is State.SCORED and coverage.is_missing_units:
            yield on("units_silent", line.indicator, reported=coverage.units_reported, due=coverage.units_due)


def whole_figure_beside_units(scene: Scene) -> Iterator[Finding]:
    """A figure for all units and units' own figures of the same months: only the first counts (SP1)."""
    for line in scene.lines:
        aside = (*line.year.plan_total.set_aside, *line.year.actual_total.set_aside)
        if aside:
            months, units = sorted({e.period for e in aside}), sorted({e.unit for e in aside})
            yield on("whole_figure_beside_units", line.indicator, months=months, units=units)
