"""The cells of a row from its first month on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from samrit.intake.cleaning import cleaned
from samrit.intake.grid import GridCell
from samrit.intake.monitoring.row_view import RowView
from samrit.intake.repair.arithmetic import AGGREGATIONS, NEAR, total_misfit
from samrit.intake.tables.drafts import FigureRow
from samrit.intake.tables.tokens import Token, TokenKind, token

_LOOK_AHEAD = 4
_NAMING = ("indicator", "unit_of_measure", "weight", "target")  # columns that only rows of indicators fill
_FEWEST_FIGURES = 3  # in the months, where nothing else tells that a row holds figures
_GROUP = 3  # digits between the spaces of one number
_NUMBER_AND_WORDS = re.compile(r"^([0-9][0-9,]*(?:\.[0-9]+)?)\s*%?\s+[ก-๙A-Za-z (].*$")


def begin_of_months(view: RowView, marker: int, shift: int, *, planned: bool) -> int:
    """Return the position at which the months of a row begin.

    It is where the headings say, moved with the marker; after a unit of measure that
    stands further right; and right after the marker where figures follow it at once.
    """
    if view.certain:
        return view.layout.months[0]
    start = max(view.layout.months[0] + shift, marker + 1)
    tokens = view.tokens
    if planned:
        for at in range(start, min(start + _LOOK_AHEAD, len(tokens))):
            if tokens[at].kind is TokenKind.TEXT:
                start = at + 1
        between = [t for t in tokens[marker + 1 : start] if t.kind is TokenKind.DASH]
        return between[0].position if between else start
    between = [t for t in tokens[marker + 1 : start] if t.kind in (TokenKind.DASH, TokenKind.NUMBER)]
    return between[0].position if between else start


def figure_row(view: RowView, start: int, shift: int, *, positions: tuple[int, ...] = ()) -> FigureRow:
    """Return the figures of a row from ``start`` on; with ``positions`` exactly those cells and what follows them."""
    layout = view.layout
    shift = 0 if view.certain else shift
    months = positions or tuple(p + shift for p in layout.months)
    skipped = {p + shift for p in (*layout.subtotals, *layout.behind.values())}
    if positions:
        other = set(layout.actuals if positions == layout.months else layout.months)
        skipped |= other
    total = layout.position("total")
    if positions:
        mine, others = ("plan_total", "actual_total") if positions == layout.months else ("actual_total", "plan_total")
        total = layout.position(mine) if layout.position(mine) is not None else total
        skipped |= {p for p in (layout.position(others),) if p is not None and p != total}
    percent = layout.position("percent")
    tokens = [t for t in view.tokens[start:] if t.position not in skipped]
    at_percent = None if percent is None else percent + shift
    tokens = [_percent_in_words(t) if t.position == at_percent else t for t in tokens]
    if not (view.certain or positions):
        tokens = list(_taken_apart(tokens))
    spans = tuple(_spans(tokens, months))
    wide = {id(t) for _, _, t in spans}
    return FigureRow(
        tokens=[Token(TokenKind.BLANK, None, t.position) if id(t) in wide else t for t in tokens],
        spans=spans,
        months=months,
        total=None if total is None else total + shift,
        percent=at_percent,
        line=view.number,
        certain=view.certain,
    )


def one_total(plan: FigureRow, actual: FigureRow) -> None:
    """Leave a total that both sides would take to the one whose figures give it: the plan's where none or both do."""
    at = plan.total
    if at is None or at != actual.total:
        return
    other = plan if _gives(actual) and not _gives(plan) else actual
    other.total = None
    other.tokens = [t for t in other.tokens if t.position != at]


def _gives(row: FigureRow) -> bool:
    total = next((t.value for t in row.tokens if t.position == row.total), None)
    own = [*row.tokens, *(t for _, _, t in row.spans)]
    values = tuple(t.value for t in own if t.position in row.months and t.value is not None)
    return bool(values) and total is not None and any(total_misfit(values, total, how) <= NEAR for how in AGGREGATIONS)


def _taken_apart(tokens: list[Token]) -> Iterator[Token]:
    """Yield the cells with one that holds two figures ("3,265 3,122") as two; those after it move on by a place."""
    joined = {id(t): parts for t in tokens if (parts := _figures_in(t))}
    pairs = sum(len(t.text.split()) == 2 for t in tokens)
    moved = 0
    for t in tokens:
        if pairs > 1 or id(t) not in joined:
            yield replace(t, position=t.position + moved)
            continue
        for text in joined[id(t)]:
            assert t.cell is not None  # noqa: S101
            yield token(t.cell.part(text), t.position + moved)
            moved += 1
        moved -= 1


def _figures_in(t: Token) -> list[str]:
    """Return the figures that a cell joins, none where it may be one figure with spaces inside."""
    if t.kind is not TokenKind.UNREAD:
        return []
    parts = cleaned(t.text).split()
    whole = all(token(GridCell(part), 0).value is not None for part in parts)
    one_number = all(len(part) == _GROUP and part.isdigit() for part in parts[1:])
    return parts if len(parts) > 1 and whole and not one_number else []


def _percent_in_words(whole: Token) -> Token:
    """Return the number of a percent that words follow ("0 ไม่ได้รายงาน")."""
    match = _NUMBER_AND_WORDS.match(whole.text) if whole.kind is TokenKind.TEXT else None
    if match is None or whole.cell is None:
        return whole
    return token(whole.cell.part(match[1]), whole.position)


def _spans(tokens: list[Token], months: tuple[int, ...]) -> Iterator[tuple[int, int, Token]]:
    """Yield the figures of merged cells that stand for several months: first and last period, and the cell."""
    periods = {position: period for period, position in enumerate(months, 1)}
    for t in tokens:
        if t.cell is None or t.cell.colspan < 2:
            continue
        is_part = t.kind is TokenKind.DASH and t.cell.part_of is not None  # a quarter in which nothing is planned
        if t.kind is not TokenKind.NUMBER and not is_part:
            continue
        covered = [periods[p] for p in range(t.position, t.position + t.cell.colspan) if p in periods]
        if len(covered) > 1:
            yield covered[0], covered[-1], t


def split_pairs(row: FigureRow) -> tuple[FigureRow, FigureRow] | None:
    """Split cells that hold plan and result ("1 1", "- -") into two rows; None where they hold one figure (R294)."""
    filled = [t for t in row.tokens if t.kind is not TokenKind.BLANK]
    pairs = [t for t in filled if len(t.text.split()) == 2]
    if len(pairs) < 2 or 2 * len(pairs) < len(filled):
        return None
    plan = [_part(t, 0) for t in row.tokens]
    actual = [_part(t, 1) for t in row.tokens]
    return replace(row, tokens=plan, spans=()), replace(row, tokens=actual, spans=())


def _part(whole: Token, which: int) -> Token:
    parts = whole.text.split()
    if whole.cell is None or not parts:
        return whole
    if len(parts) == 2:
        text = parts[which]
    else:
        text = whole.text if which == 1 or whole.kind is TokenKind.TEXT else ""
    return token(whole.cell.part(text), whole.position)


def is_figures(view: RowView) -> bool:
    """Say whether a row without a marker holds the figures of months."""
    layout = view.layout
    inside = [t for t in view.tokens[layout.months[0] : max((*layout.months, *layout.actuals)) + 1] if t.text]
    figures = [t for t in inside if t.kind in (TokenKind.NUMBER, TokenKind.DASH)]
    named = any(role in layout.columns and layout.columns[role] in view.filled for role in _NAMING)
    sparse = named and (view.certain or bool(layout.actuals) or layout.plan_only)
    return len(figures) >= (1 if sparse else _FEWEST_FIGURES) or (sparse and bool(inside))
