"""The straight lines that a page draws: borders of tables, whether stroked, filled as thin boxes, or dotted."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from samrit.intake.sources import limits
from samrit.intake.sources.pdf.view import PageView

_THIN = 3.0  # points; a filled box up to this is a line
_SLANT = 1.0  # how far a line may be off the straight
_SHORTEST = 0.3
_SAME = 2.0  # lines as near as this are one line
_GAP = 3.5  # a dotted line goes on over this
_MOST_POINTS = 4000  # of one path; more is a drawing, no border
_DEEPEST = 8  # forms inside forms
_STROKED, _FILLED = 1, 2

Edge = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Rule:
    """A line across (``at`` is its y) or down (``at`` is its x) the page, from ``begin`` to ``end``."""

    at: float
    begin: float
    end: float


def rulings(page: Any, view: PageView) -> tuple[list[Rule], list[Rule]]:
    """Return the lines across and the lines down the page, collinear pieces joined."""
    across: list[Rule] = []
    down: list[Rule] = []
    budget = [limits.MOST_MARKS_ON_PAGE]
    for x1, y1, x2, y2 in _edges(page, view, budget):
        if abs(y1 - y2) <= _SLANT and abs(x1 - x2) > _SHORTEST:
            across.append(Rule((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
        elif abs(x1 - x2) <= _SLANT and abs(y1 - y2) > _SHORTEST:
            down.append(Rule((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
    return _joined(across), _joined(down)


def _joined(rules: list[Rule]) -> list[Rule]:
    """Join lines that lie on each other or follow each other, and draw near neighbours to one place."""
    found: list[Rule] = []
    rules.sort(key=lambda rule: rule.at)
    group: list[Rule] = []
    for rule in rules:
        if group and rule.at - group[0].at > _SAME:
            found.extend(_along(group))
            group = []
        group.append(rule)
    found.extend(_along(group))
    return [rule for rule in found if rule.end - rule.begin > _SAME]


def _along(group: list[Rule]) -> Iterator[Rule]:
    if not group:
        return
    at = sum(rule.at for rule in group) / len(group)
    group.sort(key=lambda rule: rule.begin)
    current = Rule(at, group[0].begin, group[0].end)
    for rule in group[1:]:
        if rule.begin <= current.end + _GAP:
            current.end = max(current.end, rule.end)
        else:
            yield current
            current = Rule(at, rule.begin, rule.end)
    yield current


def _edges(page: Any, view: PageView, budget: list[int]) -> Iterator[Edge]:
    for shape, matrix in _paths(page, budget):
        parts = _parts(shape, matrix, view)
        style = _drawn(shape)
        budget[0] -= sum(len(points) for points in parts)
        for points in parts:
            if style & _STROKED:
                yield from ((*one, *other) for one, other in pairwise(points))
            elif style:
                yield from _filled(points)


def _filled(points: list[tuple[float, float]]) -> Iterator[Edge]:
    """Yield the line that a filled box is when it is thin; shading of a cell is none."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    if bottom - top <= _THIN < right - left:
        yield left, (top + bottom) / 2, right, (top + bottom) / 2
    elif right - left <= _THIN < bottom - top:
        yield (left + right) / 2, top, (left + right) / 2, bottom


def _drawn(shape: Any) -> int:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(shape, fill, stroke):
        return 0
    return (_STROKED if stroke.value else 0) | (_FILLED if fill.value else 0)


def _parts(shape: Any, matrix: Matrix, view: PageView) -> list[list[tuple[float, float]]]:
    """Return the corners of each part of a path as seen, closed ones with their first corner again.

    A path with curves, or with more corners than any border has, has none.
    """
    count = pdfium.FPDFPath_CountSegments(shape)
    if not 2 <= count <= _MOST_POINTS:
        return []
    own = pdfium.FS_MATRIX()
    if pdfium.FPDFPageObj_GetMatrix(shape, own):
        matrix = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[list[tuple[float, float]]] = []
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(shape, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO or not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            return []
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not found:
            found.append([])
        found[-1].append(view.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if pdfium.FPDFPathSegment_GetClose(segment):
            found[-1].append(found[-1][0])
    return found


def _paths(page: Any, budget: list[int]) -> Iterator[tuple[Any, Matrix]]:
    """Yield the paths of a page, those inside forms too, with the matrix of their form."""
    count = _most(pdfium.FPDFPage_CountObjects(page))
    waiting = [(pdfium.FPDFPage_GetObject(page, at), _PLAIN, 0) for at in reversed(range(count))]
    while waiting and budget[0] > 0:
        budget[0] -= 1
        thing, matrix, depth = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield thing, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            own = pdfium.FS_MATRIX()
            if pdfium.FPDFPageObj_GetMatrix(thing, own):
                inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
                waiting.extend(
                    (pdfium.FPDFFormObj_GetObject(thing, at), inner, depth + 1)
                    for at in reversed(range(_most(pdfium.FPDFFormObj_CountObjects(thing))))
                )


def _most(count: int) -> int:
    return min(max(count, 0), limits.MOST_MARKS_ON_PAGE)


def _times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does ``first`` and then ``then``."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
