"""Sparklines: a work's course over the months in the height of a line of text, as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_STEP, _HEIGHT, _TOP = 8, 24, 150  # a figure above 150 is drawn at the top: 426 must not flatten all else
_MONTHS = 12


def sparkline(
    figures: Sequence[Decimal | None], label: str, settled: Mapping[int, Decimal | None] | None = None
) -> SafeString:
    """Return twelve months as a line with a dot at its end; a month without a figure is a gap.

    A ``settled`` month, by its place, is a square, with a ring where its computed figure would be.
    """
    computed = {at: _within(figure) for at, figure in (settled or {}).items()}
    drawn = _drawn(tuple(map(_within, figures)), computed)
    return format_html('<svg class="spark" viewBox="0 0 96 24" role="img" aria-label="{}">{}</svg>', label, drawn)


def _within(figure: Decimal | None) -> int | None:
    return None if figure is None else int(min(max(figure, Decimal()), Decimal(_TOP)))


def _drawn(figures: tuple[int | None, ...], computed: Mapping[int, int | None]) -> SafeString:
    points = [(at * _STEP + 4, _y(figure)) for at, figure in enumerate(figures[:_MONTHS]) if figure is not None]
    line, pen_down = [], False
    for at, figure in enumerate(figures[:_MONTHS]):
        if figure is not None:
            line.append(f"{'L' if pen_down else 'M'}{at * _STEP + 4} {_y(figure)}")
        pen_down = figure is not None
    dots = [points[-1]] if points else []
    full = f'<path class="spark-plan" d="M0 {_y(100)}H96"/>'
    path = f'<path class="spark-line" d="{"".join(line)}"/>' if line else ""
    marks = "".join(f'<circle class="spark-dot" cx="{x}" cy="{y}" r="2.5"/>' for x, y in dots)
    for at, figure in computed.items():
        settled = figures[at]
        if settled is not None:
            marks += f'<rect class="spark-settled" x="{at * _STEP + 1}" y="{_y(settled) - 3}" width="6" height="6"/>'
        if figure is not None:
            marks += f'<circle class="spark-computed" cx="{at * _STEP + 4}" cy="{_y(figure)}" r="2"/>'
    return mark_safe(full + path + marks)  # noqa: S308 — numbers of our own only


def _y(figure: int) -> int:
    return _HEIGHT - 3 - figure * (_HEIGHT - 6) // _TOP
