"""Charts and diagrams of the report model as SVG and PNG.

The pictures are drawn by our own functions (``drawing``): few kinds, always the same.  The
SVG keeps its texts as text, to be read and searched in a browser; the PNG is for paper and
for formats that cannot set Thai in a picture.  ``png`` must be called after a process has
forked, never before it (the renderer hangs in a forked child otherwise; threads are fine).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import cache

import vl_convert

from samrit.reports.document.model import BandStyle, Chart, Diagram
from samrit.reports.drawing.bars import bar, stacked
from samrit.reports.drawing.canvas import Canvas
from samrit.reports.drawing.diagram import diagram
from samrit.reports.drawing.heat import heat
from samrit.reports.drawing.line import line
from samrit.reports.drawing.pie import pie
from samrit.reports.look.fonts import font_directory

_KINDS = {"bar": bar, "stacked": stacked, "line": line, "pie": pie, "heat": heat}
_SARA_AM = re.compile("([\u0e48-\u0e4b]?)\u0e33")
_registering = threading.Lock()


def svg(picture: Chart | Diagram, bands: Sequence[BandStyle], *, digits: str = "arabic", headed: bool = True) -> str:
    """Return the picture as SVG text, 720 units wide, with ``<title>`` and ``<desc>`` for those who cannot see it.

    ``digits`` is "arabic" or "thai" (R287).  Without ``headed`` title and unit are not drawn: the page around
    the picture says them.  A chart without any figure gets a picture that holds only its
    title.  Raises ValueError for a kind of chart that does not exist, or series longer or shorter than the categories.
    """
    canvas = Canvas(picture.title, picture.alt, digits)
    if isinstance(picture, Diagram):
        canvas.heading()
        diagram(canvas, picture)
        return canvas.render()
    _check(picture)
    if headed:
        canvas.heading(picture.unit)
    if any(value is not None for series in picture.series for value in series.values):
        _KINDS[picture.kind](canvas, picture, bands)
    return canvas.render()


def png(picture: Chart | Diagram, bands: Sequence[BandStyle], scale: float = 2, *, digits: str = "arabic") -> bytes:
    """Return the picture as PNG, 720 × ``scale`` pixels wide; the same picture gives the same bytes."""
    _register_fonts()
    return vl_convert.svg_to_png(_for_the_renderer(svg(picture, bands, digits=digits)), scale=scale)


def _check(chart: Chart) -> None:
    if chart.kind not in _KINDS:
        raise ValueError(f"there is no chart of kind {chart.kind!r}; there are {', '.join(_KINDS)}")
    for series in chart.series:
        wanted = 1 if chart.kind == "pie" and len(chart.series) > 1 else len(chart.categories)
        if len(series.values) != wanted:
            raise ValueError(f"series {series.name!r} has {len(series.values)} values for {wanted} categories")


def _for_the_renderer(drawing: str) -> str:
    """Return the SVG with sara am taken apart: the renderer draws what follows it over its second half."""
    return _SARA_AM.sub("\u0e4d\\1\u0e32", drawing)


@cache
def _register() -> None:
    vl_convert.register_font_directory(str(font_directory()))


def _register_fonts() -> None:
    with _registering:  # a cached function may still run twice at once
        _register()
