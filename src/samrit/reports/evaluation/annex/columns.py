"""The columns of the monitoring tables: their heads, widths, and rows laid out in a fund's column order (R41, R42)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samrit.reports.document.model import Cell, Row
from samrit.reports.evaluation.view import ReportView, head
from samrit.reports.texts.template import FundLayout
from samrit.reports.texts.timing import Timing
from samrit.vocabulary.speech import speech

MONTHS, QUARTER = 12, 3
_WIDTHS = {
    "number": 1.3,
    "name": 5.2,
    "responsible": 1.2,
    "budget": 1.6,
    "target": 1.1,
    "plan_actual": 0.8,
    "unit_of_measure": 1.2,
    "weight": 1.0,
    "total": 1.2,
    "percent": 1.4,
    "remark": 2.4,
}
_MONTH_WIDTH = 0.85

Cells = Mapping[str, Cell | Sequence[Cell]]


def widths(layout: FundLayout) -> tuple[float, ...]:
    """Return the relative widths of a layout's columns, twelve of them for the months."""
    return tuple(w for c in layout.columns for w in ((_MONTH_WIDTH,) * MONTHS if c == "months" else (_WIDTHS[c],)))


def width_of(layout: FundLayout) -> int:
    """Return how many columns the table has."""
    return len(widths(layout))


def heads(view: ReportView, layout: FundLayout) -> tuple[Row, ...]:
    """Return the two rows of column heads: quarters over months, all else over both (R154)."""
    first: list[Cell] = []
    for column in layout.columns:
        if column == "months":
            first += _spans(view)
        else:
            first.append(head(_title(view, column), rowspan=2))
    return Row(tuple(first), keep_with_next=True), Row(_months(view.timing), keep_with_next=True)


def _spans(view: ReportView) -> list[Cell]:
    """Return the heads over the months: quarters, or the longer spans of a plan that reports by those (SP2)."""
    months, say = max(speech().months, QUARTER), view.voice.say
    if months == MONTHS:
        return [head(say("whole_year"), colspan=MONTHS)]
    named = {QUARTER: ("col_quarter", "quarter"), 6: ("half_n", "half")}[months]
    return [head(say(named[0], **{named[1]: str(n)}), colspan=months) for n in range(1, MONTHS // months + 1)]


def _title(view: ReportView, column: str) -> str:
    if column == "total" and view.result.as_of not in (0, MONTHS):
        return view.voice.say("col_total_to", month=view.timing.name(view.result.as_of, short=True))
    if column == "percent" and view.by_points:
        return view.voice.say("col_score")
    return view.voice.say(f"col_{column}")


def _months(timing: Timing) -> tuple[Cell, ...]:
    return tuple(head(timing.name(period, short=True)) for period in range(1, MONTHS + 1))


def laid_out(
    layout: FundLayout, cells: Cells, *, rowspan: int = 1, spanned: frozenset[str] = frozenset()
) -> tuple[Cell, ...]:
    """Return a row's cells in the layout's order.

    Columns without a cell are joined into blank ones over ``rowspan`` rows; columns
    named in ``spanned`` are covered by a cell of the row above and left out.
    """
    row: list[Cell] = []
    blanks = 0
    for column in layout.columns:
        given = cells.get(column)
        if given is None and column not in spanned:
            blanks += MONTHS if column == "months" else 1
            continue
        if blanks:
            row.append(Cell(colspan=blanks, rowspan=rowspan))
            blanks = 0
        if given is not None:
            row += [given] if isinstance(given, Cell) else given
    if blanks:
        row.append(Cell(colspan=blanks, rowspan=rowspan))
    return tuple(row)


def full_row(layout: FundLayout, text: str, *, shade: str = "", bold: bool = False, keep: bool = False) -> Row:
    """Return one cell over the whole table."""
    return Row((Cell(text, bold=bold, colspan=width_of(layout), shade=shade),), keep_with_next=keep)


def split_row(layout: FundLayout, left: str, right: str, last: Cell) -> Row:
    """Return a row of a text on the left, one on the right, and a cell under "percent" (R239)."""
    place = layout.columns.index("percent")
    before = sum(MONTHS if c == "months" else 1 for c in layout.columns[:place])
    after = width_of(layout) - before - 1
    if before < after:  # a layout that prints the percent early has its room behind it
        return Row((*_blank(before), last, *_two(left, right, after)))
    return Row((*_two(left, right, before), last, *_blank(after)))


def _two(left: str, right: str, width: int) -> tuple[Cell, Cell]:
    half = width // 2
    return Cell(left, colspan=half), Cell(right, "right", bold=True, colspan=width - half)


def _blank(width: int) -> tuple[Cell, ...]:
    return (Cell(colspan=width),) if width else ()
