"""The pie: shares of a whole, each slice named beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from samrit.reports.document.model import BandStyle, Chart
from samrit.reports.drawing.apart import apart
from samrit.reports.drawing.canvas import BODY, GREY, MARGIN, WHITE, WIDTH, Canvas, line_height, width_of
from samrit.reports.drawing.marks import band_style, draw_sign, fill
from samrit.reports.drawing.wrapping import wrap
from samrit.vocabulary.numbers import format_number
from samrit.vocabulary.targets import PERCENT

_RADIUS, _HOLE = 105.0, 52.0
_SIGN = 15.0
_PERCENT_UNITS = (PERCENT, "%", "percent", "per cent")


class _Slice:
    """One share: its name, value, and its angles in turns clockwise from the top."""

    def __init__(self, name: str, value: Decimal, band: BandStyle | None, start: Decimal, end: Decimal) -> None:
        self.name, self.value, self.band = name, value, band
        self.start, self.end = float(start), float(end)
        self.share = end - start

    @property
    def middle(self) -> float:
        """The direction of the slice's middle, in turns."""
        return (self.start + self.end) / 2


def pie(canvas: Canvas, chart: Chart, bands: Sequence[BandStyle]) -> None:
    """Draw a ring of slices from the top clockwise; names are left and right, joined by thin lines."""
    slices = _slices(chart, bands)
    sides = [sorted((s for s in slices if (s.middle >= 0.5) is left), key=_height) for left in (False, True)]
    blocks = [[_lines(canvas, chart, slice_) for slice_ in side] for side in sides]
    tallest = max(sum(len(lines) * line_height(BODY) + 8 for lines in side) for side in blocks)
    height = max(2 * _RADIUS + 16, tallest)
    centre = (WIDTH / 2, canvas.y + height / 2)
    for place, slice_ in enumerate(slices):
        canvas.add("path", d=_ring(centre, slice_), fill=fill(canvas, place, slice_.band), stroke=WHITE, stroke_width=2)
    for side, texts, left in zip(sides, blocks, (False, True), strict=True):
        _name(canvas, centre, side, texts, left)
    whole = canvas.figure(sum((s.value for s in slices), Decimal(0)))
    if not _is_percent(chart):
        canvas.block(centre[0], centre[1], (whole,), size=18, bold=True, anchor="middle")
    canvas.y += height


def _slices(chart: Chart, bands: Sequence[BandStyle]) -> list[_Slice]:
    """Return the shares above zero: of one series over the categories, or of several series of one category."""
    if len(chart.series) == 1:
        by_name = {band.name: band for band in bands}
        found = [(n, v, by_name.get(n)) for n, v in zip(chart.categories, chart.series[0].values, strict=True)]
    else:
        found = [(s.name, s.values[0] if s.values else None, band_style(s.band, bands)) for s in chart.series]
    parts = [(name, value, band) for name, value, band in found if value is not None and value > 0]
    whole = sum((value for _, value, _ in parts), Decimal(0))
    slices, start = [], Decimal(0)
    for name, value, band in parts:
        end = start + value / whole
        slices.append(_Slice(name, value, band, start, end))
        start = end
    return slices


def _is_percent(chart: Chart) -> bool:
    return any(word in chart.unit.lower() for word in _PERCENT_UNITS)


def _lines(canvas: Canvas, chart: Chart, slice_: _Slice) -> tuple[str, ...]:
    """Return the words beside a slice: its name, its figure, its share."""
    room = WIDTH / 2 - _RADIUS - 34 - MARGIN - (_SIGN * 1.35 if slice_.band else 0)
    figure = canvas.figure(slice_.value)
    if not _is_percent(chart):
        figure += f" ({format_number(slice_.share * 100, 2, canvas.digits)}%)"
    name = wrap(slice_.name, room, BODY)
    if len(name) == 1 and width_of(f"{slice_.name} {figure}") <= room:
        return (f"{slice_.name} {figure}",)
    return (*name, figure)


def _height(slice_: _Slice) -> float:
    return -math.cos(2 * math.pi * slice_.middle)


def _point(centre: tuple[float, float], turn: float, radius: float) -> tuple[float, float]:
    angle = 2 * math.pi * turn
    return centre[0] + radius * math.sin(angle), centre[1] - radius * math.cos(angle)


def _ring(centre: tuple[float, float], slice_: _Slice) -> str:
    """Return the outline of a slice; a single slice is drawn as two halves, since an arc cannot close on itself."""
    if slice_.end - slice_.start > 0.9999:
        half = _Slice(slice_.name, slice_.value, slice_.band, Decimal(0), Decimal("0.5"))
        other = _Slice(slice_.name, slice_.value, slice_.band, Decimal("0.5"), Decimal("0.9999"))
        return _ring(centre, half) + _ring(centre, other)
    large = int(slice_.end - slice_.start > 0.5)
    (ax, ay), (bx, by) = (_point(centre, turn, _RADIUS) for turn in (slice_.start, slice_.end))
    (cx, cy), (dx, dy) = (_point(centre, turn, _HOLE) for turn in (slice_.end, slice_.start))
    outer = f"M{ax:.2f} {ay:.2f}A{_RADIUS} {_RADIUS} 0 {large} 1 {bx:.2f} {by:.2f}"
    return f"{outer}L{cx:.2f} {cy:.2f}A{_HOLE} {_HOLE} 0 {large} 0 {dx:.2f} {dy:.2f}Z"


def _name(
    canvas: Canvas, centre: tuple[float, float], side: list[_Slice], texts: list[tuple[str, ...]], left: bool
) -> None:
    """Set the names of one side from top to bottom, moved apart where they would overlap."""
    heights = [len(lines) * line_height(BODY) + 8 for lines in texts]
    wanted = [_point(centre, slice_.middle, _RADIUS + 14)[1] for slice_ in side]
    middles = apart(wanted, heights, canvas.y, 2 * centre[1] - canvas.y)
    for slice_, lines, middle in zip(side, texts, middles, strict=True):
        x = centre[0] + (-1 if left else 1) * (_RADIUS + 30)
        (ax, ay), (bx, by) = (_point(centre, slice_.middle, radius) for radius in (_RADIUS, _RADIUS + 10))
        joint = f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}L{x + (6 if left else -6):.1f} {middle:.1f}"
        canvas.add("path", d=joint, stroke=GREY, fill="none")
        if left:
            x -= max(width_of(line) for line in lines)
        if slice_.band:
            x -= _SIGN * 1.35 if left else 0
            x = draw_sign(canvas, slice_.band, x, middle, _SIGN)
        canvas.block(x, middle, lines)
