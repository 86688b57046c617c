"""A time line: what was planned for which day against the day it came, a row for each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samrit.reports.drawing.canvas import GREY, INK, MARGIN, NAVY, PALE, SMALL, TEAL, WHITE, WIDTH, Canvas, width_of
from samrit.reports.drawing.wrapping import wrap

_LABELS, _ROW = 270.0, 34.0  # width of the labels, height of a row of one line
_LATE = "#b42318"


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One step: its name, the day it was due, the day it came, and whether it is late."""

    label: str
    due: date | None
    came: date | None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class TimeScale:
    """The days at both ends, today where it lies between, and the months with the first day of each and its name."""

    first: date
    last: date
    months: tuple[tuple[date, str], ...]
    today: date | None = None


def timeline_svg(rows: Sequence[TimeRow], scale: TimeScale, *, title: str, description: str) -> str:
    """Return the rows over the months: due days hollow, days on which something came filled, late ones in red.

    Form tells what colour does: a hollow square is due, a filled circle came, a cross says late.
    """
    canvas = Canvas(title, description)
    canvas.y += SMALL * 1.5
    top = canvas.y
    lines = [wrap(row.label, _LABELS - 2 * MARGIN, SMALL)[:2] for row in rows]
    heights = [_ROW + (len(own) - 1) * SMALL * 1.3 for own in lines]
    bottom = top + sum(heights)
    free = 0.0  # from where on there is room for a name
    for day, name in scale.months:
        at = _x(day, scale)
        canvas.add("line", x1=at, y1=top, x2=at, y2=bottom, stroke=PALE)
        if at >= free and at + 2 + width_of(name, SMALL - 2) <= WIDTH:
            canvas.text(at + 2, top - 5, name, size=SMALL - 2, colour=GREY)
            free = at + width_of(name, SMALL - 2) + SMALL / 2
    for row, own, height in zip(rows, lines, heights, strict=True):
        middle = canvas.y + height / 2
        canvas.add("line", x1=MARGIN, y1=canvas.y, x2=WIDTH - MARGIN, y2=canvas.y, stroke=PALE)
        canvas.block(MARGIN, middle, tuple(own), size=SMALL, colour=INK)
        _marks(canvas, row, scale, middle)
        canvas.y += height
    if scale.today is not None and scale.first <= scale.today <= scale.last:
        at = _x(scale.today, scale)
        canvas.add("line", x1=at, y1=top, x2=at, y2=bottom, stroke=NAVY, stroke_dasharray="4 3")
    return canvas.render()


def _marks(canvas: Canvas, row: TimeRow, scale: TimeScale, y: float) -> None:
    colour = _LATE if row.is_late else TEAL
    due, came = (None if day is None else _x(day, scale) for day in (row.due, row.came))
    if due is not None and came is not None:
        canvas.add("line", x1=due, y1=y, x2=came, y2=y, stroke=colour, stroke_width=3)
    if due is not None:
        canvas.add("rect", x=due - 5, y=y - 5, width=10.0, height=10.0, fill=WHITE, stroke=INK, stroke_width=2)
    if came is not None:
        canvas.add("circle", cx=came, cy=y, r=5.5, fill=colour)
    elif row.is_late and due is not None:
        canvas.text(due + 10, y + 5, "✕", size=SMALL, bold=True, colour=_LATE)


def _x(day: date, scale: TimeScale) -> float:
    """Return where a day is; what lies outside is at the edge."""
    whole = max((scale.last - scale.first).days, 1)
    part = min(max((day - scale.first).days, 0), whole)
    return _LABELS + (WIDTH - _LABELS - 12) * part / whole
