"""The twelve months of one plan or result row, as reported: dashes, blanks, zeros and spans kept apart (R156)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from samrit.engine.model import Entry, Figure
from samrit.reports.document.model import Cell
from samrit.reports.texts.voice import Voice

MONTHS = 12


def month_cells(voice: Voice, entries: Sequence[Entry], *, actual: bool, as_of: int) -> tuple[Cell, ...]:
    """Return the cells of twelve months of one reporting unit.

    A figure for a quarter or a year is one cell over its months.  Results after
    ``as_of`` are left blank: the report stays what it was at that month (R165).
    """
    single: dict[int, str] = {}
    spans: dict[int, tuple[int, str]] = {}
    for entry in entries:
        if not 1 <= entry.period <= MONTHS or (actual and entry.period > as_of):
            continue
        text = entry_text(voice, entry, actual=actual)
        if entry.span <= 1:
            single[entry.period] = text
        elif text:
            spans[max(entry.period - entry.span + 1, 1)] = (entry.period, text)
    return _laid(single, {first: span for first, span in spans.items() if _shown(first, span, single, spans, as_of)})


def entry_text(voice: Voice, entry: Entry, *, actual: bool) -> str:
    """Return what one cell shows: the figure, or both parts of a share where only they were given."""
    if actual:
        return _text(voice, entry.actual, entry.numerator, entry.denominator)
    text = _text(voice, entry.planned, entry.planned_numerator, entry.planned_denominator)
    is_range = isinstance(entry.planned, Decimal) and isinstance(entry.planned_upper, Decimal)
    return f"{text}–{voice.figure(entry.planned_upper)}" if is_range else text  # AC13


def _text(voice: Voice, figure: Figure, numerator: Figure, denominator: Figure) -> str:
    if not isinstance(figure, Decimal) and isinstance(numerator, Decimal) and isinstance(denominator, Decimal):
        return f"{voice.figure(numerator)}/{voice.figure(denominator)}"
    return voice.figure(figure)


def _shown(
    first: int, span: tuple[int, str], single: dict[int, str], spans: dict[int, tuple[int, str]], as_of: int
) -> bool:
    """Say whether a span is printed over its months: not over a shorter span, nor over months that still count."""
    months = range(first, span[0] + 1)
    if any(other in months for other in spans if other != first):
        return False
    return span[0] <= as_of or not any(single.get(period) for period in months)


def _laid(single: dict[int, str], spans: dict[int, tuple[int, str]]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    period = 1
    while period <= MONTHS:
        if period in spans:
            last, text = spans[period]
            cells.append(Cell(text, "centre", colspan=last - period + 1))
            period = last + 1
        else:
            cells.append(Cell(single.get(period, ""), "right"))
            period += 1
    return tuple(cells)
