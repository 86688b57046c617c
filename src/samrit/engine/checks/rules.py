"""Checks of the rules themselves: bands that nothing can fall into, limits and points out of order (BA1, M-E)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from samrit.engine.bands import CLASSES, band_by_code
from samrit.engine.checks.scene import Scene, found
from samrit.engine.ruleset import Band, Method
from samrit.vocabulary.findings import Finding


def band_never_reached(scene: Scene) -> Iterator[Finding]:
    """A band that nothing falls into, since those before it reach as far or have no limit (BA1)."""
    for before, band in pairwise(scene.ruleset.bands):
        if before.upper is None or (band.upper is not None and not _is_above(band, before)):
            yield _told(scene, "band_never_reached", band=band.name, before=before.name)


def _is_above(band: Band, before: Band) -> bool:
    if band.upper is None or before.upper is None:
        return True
    return (band.upper, band.upper_inclusive) > (before.upper, before.upper_inclusive)


def best_band_limited(scene: Scene) -> Iterator[Finding]:
    """A limit of the best band, which stops nothing: what lies above it has no other band (BA1)."""
    best = scene.ruleset.bands[-1]
    if best.upper is not None:
        yield _told(scene, "best_band_limited", band=best.name, upper=best.upper)


def band_code_repeated(scene: Scene) -> Iterator[Finding]:
    """Two bands of one code, which every table would count as one."""
    codes = [band.code for band in scene.ruleset.bands]
    for code in dict.fromkeys(code for code in codes if codes.count(code) > 1):
        yield _told(scene, "band_code_repeated", band=code)


def explained_band_unknown(scene: Scene) -> Iterator[Finding]:
    """An explanation wanted from a band that the rules do not have (R314)."""
    code = scene.ruleset.explain_below
    if code and band_by_code(code, scene.ruleset) is None:
        yield _told(scene, "explained_band_unknown", band=code)


def classes_not_five(scene: Scene) -> Iterator[Finding]:
    """A transparency assessment without its five classes (M-E)."""
    if scene.ruleset.method is Method.TRANSPARENCY and len(scene.ruleset.bands) != CLASSES:
        yield _told(scene, "classes_not_five", count=len(scene.ruleset.bands))


def points_out_of_order(scene: Scene) -> Iterator[Finding]:
    """Points whose thresholds neither rise nor fall throughout, or that fall on the way to the last (M-B, M-C, M-D)."""
    scale = scene.ruleset.scale
    if scale is None:
        return
    thresholds = scale.thresholds
    if not (_rise(thresholds) or _rise(thresholds[::-1])) or not _rise(scale.points):
        yield _told(scene, "points_out_of_order", thresholds=list(thresholds), points=list(scale.points))


def _rise(values: Sequence[Decimal]) -> bool:
    return all(low < high for low, high in pairwise(values))


def _told(scene: Scene, code: str, **params: object) -> Finding:
    return found(code, scene.plan.id, scene.plan.source, rules=scene.ruleset.id, **params)
