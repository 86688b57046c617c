"""Bars: one row per category, as lengths ("bar") or as shares of the row's whole ("stacked")."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from samrit.reports.document.model import BandStyle, Chart
from samrit.reports.drawing.apart import apart
from samrit.reports.drawing.canvas import (
    BODY,
    GREY,
    INK,
    MARGIN,
    PALE,
    SMALL,
    WHITE,
    WIDTH,
    Canvas,
    line_height,
    width_of,
)
from samrit.reports.drawing.marks import band_style, draw_sign, fill
from samrit.reports.drawing.wrapping import wrap

_LABELS = 220.0  # the widest column of category names
_BAR, _GAP, _SIGN = 26.0, 16.0, 15.0
_CALLOUT = 20.0  # height of the labels under a bar


def bar(canvas: Canvas, chart: Chart, bands: Sequence[BandStyle]) -> None:
    """Draw a group of bars per category, each with its figure at its end."""
    several = len(chart.series) > 1
    if several:
        key(canvas, [(s.name, band_style(s.band, bands)) for s in chart.series])
    by_name = {band.name: band for band in bands}
    left = _label_width(chart, by_name)
    values = [value for series in chart.series for value in series.values if value is not None]
    room = max((width_of(canvas.figure(v)) for v in values), default=0.0) + 10
    low, high = min([Decimal(0), *values]), max([Decimal(0), *values])
    per_unit = (WIDTH - MARGIN - room - left) / float((high - low) or 1)
    zero = left - float(low) * per_unit
    for place, category in enumerate(chart.categories):
        lines = wrap(category, left - MARGIN - _SIGN * 1.35 - 8, BODY)
        height = max(len(chart.series) * _BAR, len(lines) * line_height(BODY))
        middle = canvas.y + _GAP / 2 + height / 2
        if place == chart.marked:
            canvas.add("rect", x=0, y=canvas.y, width=WIDTH, height=height + _GAP, fill=PALE)
        own = None if several else by_name.get(category)
        start = draw_sign(canvas, own, MARGIN, middle, _SIGN) if own else MARGIN
        canvas.block(start, middle, lines)
        top = middle - len(chart.series) * _BAR / 2
        for row, series in enumerate(chart.series):
            band = band_style(series.band, bands) or own
            _one_bar(canvas, series.values[place], (zero, per_unit, top + row * _BAR), fill(canvas, row, band))
        canvas.y += height + _GAP
    canvas.add("path", d=f"M{zero:.1f} {canvas.y - _axis(chart, left):.1f}V{canvas.y:.1f}", stroke=GREY, fill="none")


def stacked(canvas: Canvas, chart: Chart, bands: Sequence[BandStyle]) -> None:
    """Draw one bar per category, divided by the share of each series, with its whole at the end."""
    styles = [band_style(series.band, bands) for series in chart.series]
    key(canvas, list(zip((s.name for s in chart.series), styles, strict=True)))
    left = _label_width(chart, {})
    totals = [sum((s.values[i] or Decimal(0) for s in chart.series), Decimal(0)) for i in range(len(chart.categories))]
    room = max((width_of(canvas.figure(total), bold=True) for total in totals), default=0.0) + 12
    width = WIDTH - MARGIN - room - left
    for place, category in enumerate(chart.categories):
        lines = wrap(category, left - MARGIN - 10, BODY)
        height = max(_BAR + 6, len(lines) * line_height(BODY))
        middle = canvas.y + height / 2
        canvas.block(MARGIN, middle, lines, bold=place == chart.marked)
        parts = [series.values[place] or Decimal(0) for series in chart.series]
        paints = [fill(canvas, number, style) for number, style in enumerate(styles)]
        _one_stack(canvas, parts, paints, (left, width, middle))
        canvas.text(left + width + 10, middle + BODY * 0.35, canvas.figure(totals[place]), bold=True)
        canvas.y = max(canvas.y + height, middle + _BAR / 2 + _CALLOUT) + 8
    _share_axis(canvas, left, width)


def key(canvas: Canvas, entries: Sequence[tuple[str, BandStyle | None]]) -> None:
    """Set the names of the series in a line above the drawing: swatch, sign, word."""
    x = MARGIN
    canvas.y += 4
    for place, (name, band) in enumerate(entries):
        before = 24 + (_SIGN * 1.35 if band else 0)
        lines = wrap(name, WIDTH - 2 * MARGIN - before, BODY)
        width = before + max(width_of(line) for line in lines) + 22
        if x + width - 22 > WIDTH - MARGIN and x > MARGIN:
            x, canvas.y = MARGIN, canvas.y + line_height(BODY)
        middle = canvas.y + 9
        canvas.add("rect", x=x, y=middle - 7, width=18, height=14, fill=fill(canvas, place, band))
        if band:
            draw_sign(canvas, band, x + 24, middle, _SIGN)
        for number, line in enumerate(lines):
            canvas.text(x + before, middle + BODY * 0.35 + number * line_height(BODY), line)
        canvas.y += (len(lines) - 1) * line_height(BODY)
        x += width
    canvas.y += line_height(BODY) + 8


def _label_width(chart: Chart, signed: dict[str, BandStyle]) -> float:
    """Return where the bars begin: after the longest name, or after a column of wrapped ones."""
    longest = max((width_of(line) for name in chart.categories for line in name.split("\n")), default=0.0)
    sign = _SIGN * 1.35 if any(name in signed for name in chart.categories) else 0.0
    return MARGIN + sign + min(longest + 2, _LABELS) + 12


def _axis(chart: Chart, left: float) -> float:
    """Return the height of all bars together."""
    heights = (
        max(len(chart.series) * _BAR, len(wrap(name, left - MARGIN - _SIGN * 1.35 - 8, BODY)) * line_height(BODY))
        for name in chart.categories
    )
    return sum(height + _GAP for height in heights)


def _one_bar(canvas: Canvas, value: Decimal | None, scale: tuple[float, float, float], paint: str) -> None:
    """Draw one bar; ``scale`` is where zero is, the length of one unit, and the upper edge."""
    zero, per_unit, top = scale
    if value is None:
        canvas.text(zero + 6, top + _BAR / 2 + BODY * 0.35, "–", colour=GREY)
        return
    length = float(value) * per_unit
    start = min(zero, zero + length)
    canvas.add("rect", x=start, y=top + 2, width=max(abs(length), 1.0), height=_BAR - 4, fill=paint)
    canvas.text(max(zero, zero + length) + 6, top + _BAR / 2 + BODY * 0.35, canvas.figure(value), colour=INK)


def _one_stack(
    canvas: Canvas, parts: Sequence[Decimal], paints: Sequence[str], box: tuple[float, float, float]
) -> None:
    """Draw a divided bar; figures too wide for their part are below it, joined by a thin line."""
    left, width, middle = box
    whole = sum(parts, Decimal(0))
    canvas.add("rect", x=left, y=middle - _BAR / 2, width=width, height=_BAR, fill=WHITE, stroke=PALE)
    x, below = left, []
    for part, paint in zip(parts, paints, strict=True):
        if not whole or not part:
            continue
        length = width * float(part / whole)
        canvas.add("rect", x=x, y=middle - _BAR / 2, width=length, height=_BAR, fill=paint, stroke=WHITE)
        label = canvas.figure(part)
        if width_of(label, SMALL, bold=True) + 12 <= length:
            _plate(canvas, x + length / 2, middle, label)
        else:
            below.append((x + length / 2, label))
        x += length
    sizes = [width_of(label, SMALL, bold=True) + 8 for _, label in below]
    centres = apart([place for place, _ in below], sizes, left, left + width)
    for (start, label), centre in zip(below, centres, strict=True):
        edge = middle + _BAR / 2
        canvas.add("path", d=f"M{start:.1f} {edge:.1f}L{centre:.1f} {edge + 6:.1f}", stroke=GREY, fill="none")
        canvas.text(centre, edge + 18, label, size=SMALL, bold=True, anchor="middle")


def _plate(canvas: Canvas, centre: float, middle: float, label: str) -> None:
    """Set a figure on a pattern, on a white plate so that it can be read on any colour and on grey paper."""
    width = width_of(label, SMALL, bold=True) + 8
    canvas.add("rect", x=centre - width / 2, y=middle - 9, width=width, height=18, rx=3, fill=WHITE, opacity=0.94)
    canvas.text(centre, middle + SMALL * 0.36, label, size=SMALL, bold=True, anchor="middle")


def _share_axis(canvas: Canvas, left: float, width: float) -> None:
    """Set a quiet scale of percents under the bars, since their lengths are shares of the row."""
    for share in (0, 25, 50, 75, 100):
        x = left + width * share / 100
        canvas.add("path", d=f"M{x:.1f} {canvas.y:.1f}v5", stroke=GREY, fill="none")
        label = canvas.figure(Decimal(share)) + "%"
        canvas.text(x, canvas.y + 19, label, size=SMALL, anchor="middle", colour=GREY)
    canvas.add("path", d=f"M{left:.1f} {canvas.y:.1f}h{width:.1f}", stroke=GREY, fill="none")
    canvas.y += 22
