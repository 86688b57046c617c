"""Lines over the months: the plan dashed, the result solid, the evaluated month marked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from samrit.reports.document.model import BandStyle, Chart, Series
from samrit.reports.drawing.apart import apart
from samrit.reports.drawing.canvas import (
    BODY,
    GREY,
    MARGIN,
    PALE,
    SMALL,
    WHITE,
    WIDTH,
    Canvas,
    line_height,
    width_of,
)
from samrit.reports.drawing.marks import band_style, line_colour
from samrit.reports.drawing.wrapping import wrap

_HEIGHT = 240.0
_NAMES = 150.0  # the widest column of series names at the right
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


class _Plot:
    """Where values and categories lie on the sheet."""

    def __init__(self, canvas: Canvas, chart: Chart) -> None:
        values = [value for series in chart.series for value in series.values if value is not None]
        self.ticks = ticks(min([Decimal(0), *values]), max([Decimal(0), *values]))
        self.left = MARGIN + max(width_of(canvas.figure(tick), SMALL) for tick in self.ticks) + 8
        longest = max((width_of(series.name, BODY, bold=True) for series in chart.series), default=0.0)
        figures = max((width_of(canvas.figure(value), BODY, bold=True) for value in values), default=0.0)
        self.right = WIDTH - MARGIN - min(max(longest, figures) + 2, _NAMES) - 12
        self.top, self.bottom = canvas.y + 10, canvas.y + 10 + _HEIGHT
        self.step = (self.right - self.left) / max(len(chart.categories), 1)

    def x(self, place: int) -> float:
        """Return the middle of category ``place``."""
        return self.left + (place + 0.5) * self.step

    def y(self, value: Decimal) -> float:
        """Return the height of ``value``."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - _HEIGHT * float((value - low) / (high - low))


def line(canvas: Canvas, chart: Chart, bands: Sequence[BandStyle]) -> None:
    """Draw every series as a line; gaps stay gaps; each line carries its name and last figure at its end."""
    plot = _Plot(canvas, chart)
    _ground(canvas, chart, plot)
    ends = []
    for place, series in enumerate(chart.series):
        colour = GREY if series.dashed and not series.band else line_colour(place, band_style(series.band, bands))
        _draw(canvas, series, plot, colour)
        last = [(i, value) for i, value in enumerate(series.values) if value is not None][-1:]
        ends += [(plot.y(value), series, colour, i, value) for i, value in last]
    names = _name_ends(canvas, plot, ends)
    canvas.y = max(plot.bottom + _below(canvas, chart, plot), names)


def ticks(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Return round figures from at most ``low`` to at least ``high``, about five of them."""
    if low == high:
        return (low, low + 1)
    span = high - low
    magnitude = Decimal(10) ** (span / 4).adjusted()
    step = next(magnitude * step for step in _STEPS if magnitude * step >= span / 4)
    first = (low / step).to_integral_value("ROUND_FLOOR")
    last = max((high / step).to_integral_value("ROUND_CEILING"), first + 1)
    return tuple(step * number for number in range(int(first), int(last) + 1))


def _ground(canvas: Canvas, chart: Chart, plot: _Plot) -> None:
    """Draw the scale, and a pale column behind the marked month."""
    if chart.marked is not None and 0 <= chart.marked < len(chart.categories):
        x = plot.x(chart.marked) - plot.step / 2
        canvas.add("rect", x=x, y=plot.top, width=plot.step, height=_HEIGHT, fill=PALE)
        middle = plot.x(chart.marked)
        path = f"M{middle - 6:.1f} {plot.top - 9:.1f}h12l-6 8z"
        canvas.add("path", d=path, fill=GREY)
    for tick in plot.ticks:
        y = plot.y(tick)
        colour = GREY if tick == 0 else PALE
        canvas.add("path", d=f"M{plot.left:.1f} {y:.1f}H{plot.right:.1f}", stroke=colour, fill="none")
        canvas.text(plot.left - 6, y + SMALL * 0.35, canvas.figure(tick), size=SMALL, anchor="end", colour=GREY)


def _below(canvas: Canvas, chart: Chart, plot: _Plot) -> float:
    """Set the names of the categories; return their height.  Short names too close together are set in part."""
    every = _set_every(chart, plot)
    height = line_height(SMALL)
    for place, name in enumerate(chart.categories):
        near = chart.marked is not None and 0 < abs(place - chart.marked) < every
        if place != chart.marked and (place % every or near):
            continue
        marked = place == chart.marked
        lines = wrap(name, max(plot.step * every - 4, SMALL), SMALL, bold=marked)
        middle = plot.bottom + 6 + len(lines) * line_height(SMALL) / 2
        canvas.block(plot.x(place), middle, lines, size=SMALL, anchor="middle", bold=marked)
        height = max(height, len(lines) * line_height(SMALL))
    return height + 8


def _set_every(chart: Chart, plot: _Plot) -> int:
    """Return 2 or 3 if that many categories must share the room of one name, else 1; then names are wrapped."""
    widest = max((width_of(name, SMALL, bold=True) for name in chart.categories), default=0.0)
    if widest > plot.left + plot.step:
        return 1  # the first name would leave the sheet
    return next((every for every in (1, 2, 3) if widest + 4 <= plot.step * every), 1)


def _draw(canvas: Canvas, series: Series, plot: _Plot, colour: str) -> None:
    path, pen_down = [], False
    for place, value in enumerate(series.values):
        if value is not None:
            path.append(f"{'L' if pen_down else 'M'}{plot.x(place):.1f} {plot.y(value):.1f}")
        pen_down = value is not None
    style = {"stroke-dasharray": "7 5"} if series.dashed else {}
    canvas.add("path", d="".join(path), fill="none", stroke=colour, stroke_width=2.5, **style)
    for place, value in enumerate(series.values):
        if value is not None and not series.dashed:
            canvas.add("circle", cx=plot.x(place), cy=plot.y(value), r=4, fill=colour, stroke=WHITE)


def _name_ends(canvas: Canvas, plot: _Plot, ends: list[tuple[float, Series, str, int, Decimal]]) -> float:
    """Set the names at the right, moved apart where lines end close together; return where the lowest ends."""
    ends = sorted(ends, key=lambda end: end[0])
    left = plot.right + 12
    blocks = [
        (*wrap(series.name, WIDTH - MARGIN - left, BODY, bold=True), canvas.figure(value))
        for _, series, _, _, value in ends
    ]
    heights = [len(lines) * line_height(BODY) for lines in blocks]
    middles = apart([end[0] for end in ends], heights, plot.top, plot.bottom)
    for (y, _, colour, place, _), lines, middle in zip(ends, blocks, middles, strict=True):
        if plot.x(place) < plot.right - plot.step or abs(middle - y) > 2:
            path = f"M{plot.x(place) + 6:.1f} {y:.1f}L{left - 4:.1f} {middle:.1f}"
            canvas.add("path", d=path, stroke=colour, fill="none", stroke_width=0.8, stroke_dasharray="1 3")
        canvas.block(left, middle, lines, bold=True, colour=colour)
    return max((middle + height / 2 for middle, height in zip(middles, heights, strict=True)), default=0.0)
