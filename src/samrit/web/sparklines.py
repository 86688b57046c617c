"""Sparklines: a work's course over the months in the height of a line of text, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_STEP, _HEIGHT, _TOP = 8, 24, 150  # a figure above 150 is drawn at the top: 426 must not flatten all else
_MONTHS = 12


def sparkline(figures: Sequence[Decimal | None], label: str) -> SafeString:
    """Return twelve months as a line with a dot at its end; a month without a figure is a gap."""
    drawn = _drawn(tuple(None if f is None else int(min(max(f, Decimal()), Decimal(_TOP))) for f in figures))
    return format_html('<svg class="spark" viewBox="0 0 96 24" role="img" aria-label="{}">{}</svg>', label, drawn)


def _drawn(figures: tuple[int | None, ...]) -> SafeString:
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
    return mark_safe(full + path + marks)  # noqa: S308 — numbers of our own only


def _y(figure: int) -> int:
    return _HEIGHT - 3 - figure * (_HEIGHT - 6) // _TOP
