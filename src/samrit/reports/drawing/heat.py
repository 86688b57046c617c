"""The heat map: a row per series, a column per category; the figure is in every cell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from samrit.reports.document.model import BandStyle, Chart
from samrit.reports.drawing.canvas import (
    BODY,
    GREY,
    INK,
    MARGIN,
    SMALL,
    TEAL,
    WHITE,
    WIDTH,
    Canvas,
    line_height,
    width_of,
)
from samrit.reports.drawing.marks import band_style, draw_sign, hatch
from samrit.reports.drawing.wrapping import wrap

_NAMES = 220.0
_CELL = 30.0
_SIGN = 15.0
_WIDEST_CELL = 110.0


def heat(canvas: Canvas, chart: Chart, bands: Sequence[BandStyle]) -> None:
    """Draw the grid: the darker, the higher; hatched where nothing was reported."""
    longest = max((width_of(series.name) for series in chart.series), default=0.0)
    signed = _SIGN * 1.35 if any(band_style(series.band, bands) for series in chart.series) else 0.0
    left = MARGIN + signed + min(longest + 2, _NAMES) + 12
    step = min((WIDTH - MARGIN - left) / max(len(chart.categories), 1), _WIDEST_CELL)
    _heads(canvas, chart, left, step)
    values = [value for series in chart.series for value in series.values if value is not None]
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(0))
    size = _figure_size(canvas, values, step)
    for series in chart.series:
        lines = wrap(series.name, left - MARGIN - signed - 10, BODY)
        height = max(_CELL, len(lines) * line_height(BODY) + 4)
        middle = canvas.y + height / 2
        band = band_style(series.band, bands)
        canvas.block(draw_sign(canvas, band, MARGIN, middle, _SIGN) if band else MARGIN, middle, lines)
        for place, value in enumerate(series.values):
            shade = float((value - low) / (high - low)) if value is not None and high > low else 0.0
            _cell(canvas, value, shade, (left + place * step, canvas.y, step, height), size)
        canvas.y += height
    _mark(canvas, chart, left, step)


def _heads(canvas: Canvas, chart: Chart, left: float, step: float) -> None:
    heads = [wrap(name, step - 4, SMALL, bold=True) for name in chart.categories]
    height = max((len(lines) for lines in heads), default=0) * line_height(SMALL)
    for place, lines in enumerate(heads):
        middle = canvas.y + height - len(lines) * line_height(SMALL) / 2
        canvas.block(left + (place + 0.5) * step, middle, lines, size=SMALL, bold=True, anchor="middle", colour=GREY)
    canvas.y += height + 4


def _figure_size(canvas: Canvas, values: Sequence[Decimal], step: float) -> float:
    """Return the size at which the widest figure still fits its cell."""
    widest = max((width_of(canvas.figure(value), BODY) for value in values), default=0.0)
    return BODY if widest <= step - 6 else max(BODY * (step - 6) / widest, 6.0)


def _cell(
    canvas: Canvas, value: Decimal | None, shade: float, box: tuple[float, float, float, float], size: float
) -> None:
    x, y, width, height = box
    canvas.add("rect", x=x, y=y, width=width, height=height, fill=WHITE if value is not None else hatch(canvas))
    if value is not None:
        opacity = 0.08 + 0.92 * shade
        canvas.add("rect", x=x, y=y, width=width, height=height, fill=TEAL, opacity=opacity)
        colour = WHITE if opacity > 0.62 else INK
        canvas.text(x + width / 2, y + height / 2 + size * 0.35, canvas.figure(value), size=size, anchor="middle",
                    colour=colour)  # fmt: skip
    canvas.add("rect", x=x, y=y, width=width, height=height, fill="none", stroke=WHITE, stroke_width=2)


def _mark(canvas: Canvas, chart: Chart, left: float, step: float) -> None:
    """Draw a frame around the marked column."""
    if chart.marked is not None and 0 <= chart.marked < len(chart.categories):
        heights = (
            max(_CELL, len(wrap(s.name, left - MARGIN - 10, BODY)) * line_height(BODY) + 4) for s in chart.series
        )
        height = sum(heights)
        x = left + chart.marked * step
        canvas.add("rect", x=x, y=canvas.y - height, width=step, height=height, fill="none", stroke=INK, stroke_width=2)
