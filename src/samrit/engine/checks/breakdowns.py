"""Checks of breakdowns (BD1): categories that do not make the whole."""

from __future__ import annotations

from collections.abc import Iterator

from samrit.engine.checks.scene import Scene, on
from samrit.engine.indicators.breakdown import breakdowns_in
from samrit.vocabulary.findings import Finding


def breakdown_differs(scene: Scene) -> Iterator[Finding]:
    """What an indicator's categories make is not its own result: something is missing from a list, or counted twice."""
    for result in scene.now.projects:
        for indicator in (i.indicator for i in result.indicators if i.indicator.parts):
            for found in breakdowns_in(scene.now, indicator):
                if found.gap:
                    params = {"dimension": found.dimension, "together": found.together, "total": found.total}
                    yield on("breakdown_differs", indicator, gap=found.gap, **params)
