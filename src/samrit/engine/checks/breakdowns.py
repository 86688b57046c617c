"""Checks of breakdowns (BD1): categories that do not make the whole, and one that occurs twice."""

from __future__ import annotations

from collections.abc import Iterator

from samrit.engine.checks.scene import Scene, on
from samrit.engine.indicators.breakdown import breakdowns_in
from samrit.engine.model import Indicator
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.text import search_key


def breakdown_differs(scene: Scene) -> Iterator[Finding]:
    """What an indicator's categories make is not its own result: something is missing from a list, or counted twice."""
    for result in scene.now.projects:
        for indicator in (i.indicator for i in result.indicators if i.indicator.parts):
            for found in breakdowns_in(scene.now, indicator):
                if found.gap:
                    params = {"dimension": found.dimension, "together": found.together, "total": found.total}
                    yield on("breakdown_differs", indicator, gap=found.gap, **params)


def category_repeated(scene: Scene) -> Iterator[Finding]:
    """A category that occurs twice in one list of an indicator: its figure is asked twice, and may be counted twice."""
    for indicator in (line.indicator for line in scene.lines if line.indicator.parts):
        same: dict[tuple[str, str], list[Indicator]] = {}
        for part in indicator.parts:
            same.setdefault((search_key(part.dimension), search_key(part.name)), []).append(part)
        for first, *others in same.values():
            if others:
                params = {"name": first.name, "dimension": first.dimension, "ids": [p.id for p in (first, *others)]}
                yield on("category_repeated", indicator, **params)
