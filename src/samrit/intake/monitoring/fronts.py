"""The cells before the months: which is the unit, the budget, the target, the unit of measure, the weight.

Every filled cell is assigned to a column by what it can be and by how far it stands
from where the heading says, in the order of the headings: a cell slipped by one or
two places still finds its column (R42, R297).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from samrit.intake.monitoring.row_view import RowView
from samrit.intake.tables.drafts import WorkDraft
from samrit.intake.tables.layout import Layout
from samrit.intake.tables.money import read_money
from samrit.intake.tables.tokens import Token, TokenKind

_ROLES = ("name", "unit", "budget", "target", "unit_of_measure", "weight", "indicator")
_SKIP_CELL = 3.0
_SKIP_COLUMN = 0.5
_FAR = 0.4  # per place of distance
_NEVER = 1e6
_WORDS_IN_PLACE = 0.3  # words exactly under a heading where a figure was expected, or more words than usual
MOST_WEIGHT = 1000
_FEWEST_LETTERS = 4
_LETTERS = re.compile(r"[^\W\d_]")
_QUANTITY = re.compile(r"[0-9]")


def assign(
    tokens: Sequence[Token], layout: Layout, shift: int, last: int, *, certain: bool = False
) -> dict[str, Token]:
    """Return role → cell for the filled cells of a row's front.

    ``shift`` is by how many places the row stands off its headings, ``last`` the
    position at which the months begin.  Where columns are ``certain`` a cell has the
    role of its column, whatever is in it.
    """
    if certain:
        filled = {t.position: t for t in tokens if t.kind is not TokenKind.BLANK}
        places = ((role, at) for role, at in layout.columns.items() if role in _ROLES and at < last)
        return {role: filled[at] for role, at in places if at in filled}
    columns = sorted(
        (position + shift, role)
        for role, position in layout.columns.items()
        if role in _ROLES and position + shift < last + 3
    )
    cells = [t for t in tokens if t.kind is not TokenKind.BLANK and t.position < last]
    return _best(tuple(cells), tuple(columns))


@lru_cache(maxsize=4096)
def _best(cells: tuple[Token, ...], columns: tuple[tuple[int, str], ...]) -> dict[str, Token]:
    """Assign cells to columns in order at least cost (dynamic programming over both)."""
    best: dict[tuple[int, int], tuple[float, tuple[tuple[str, Token], ...]]] = {(0, 0): (0.0, ())}
    for at in range(len(cells) + 1):
        for column in range(len(columns) + 1):
            if (at, column) not in best:
                continue
            cost, made = best[at, column]
            steps: list[tuple[tuple[int, int], float, tuple[tuple[str, Token], ...]]] = []
            if at < len(cells):
                steps.append(((at + 1, column), cost + _skipping(cells[at]), made))
            if column < len(columns):
                steps.append(((at, column + 1), cost + _SKIP_COLUMN, made))
            if at < len(cells) and column < len(columns):
                position, role = columns[column]
                off = abs(cells[at].position - position)
                fit = _misfit(role, cells[at]) + _FAR * off
                fit = min(fit, _WORDS_IN_PLACE) if not off and _may_be_words(role, cells[at]) else fit
                steps.append(((at + 1, column + 1), cost + fit, (*made, (role, cells[at]))))
            for state, total, assigned in steps:
                if state not in best or total < best[state][0]:
                    best[state] = (total, assigned)
    return dict(best[len(cells), len(columns)][1])


def _may_be_words(role: str, cell: Token) -> bool:
    """Say whether a cell under the heading of ``role`` may be the words that stand for its value."""
    if role == "unit":
        return cell.kind is TokenKind.TEXT and not is_money(cell)
    if role == "weight":
        return cell.kind is TokenKind.TEXT and bool(_QUANTITY.search(cell.text))
    return role in ("budget", "target") and cell.kind in (TokenKind.TEXT, TokenKind.UNREAD)


def _skipping(cell: Token) -> float:
    return 0.3 if cell.kind is TokenKind.DASH else _SKIP_CELL


def _misfit(role: str, cell: Token) -> float:
    """Return how badly a cell suits a column."""
    number = cell.kind is TokenKind.NUMBER
    if role in ("name", "indicator", "unit"):
        if cell.kind is not TokenKind.TEXT:
            return _NEVER
        if role == "unit":
            return 0.0 if len(cell.text) <= 60 and not is_money(cell) else 1.5
        return 0.0 if not is_money(cell) else 2.0
    if role == "budget":
        return 0.0 if is_money(cell) else (0.8 if number else _NEVER)
    if role == "target":
        return (
            0.0
            if number
            else (
                0.8
                if cell.kind is TokenKind.TEXT and _QUANTITY.search(cell.text)
                else (1.0 if cell.kind is TokenKind.DASH else _NEVER)
            )
        )
    if role == "unit_of_measure":
        return 0.0 if cell.kind is TokenKind.TEXT and len(cell.text) <= 40 and not is_money(cell) else _NEVER
    return 0.0 if number and cell.value is not None and cell.value <= MOST_WEIGHT else _NEVER


def is_money(cell: Token) -> bool:
    """Say whether a cell looks like an amount of money, or says that none is used."""
    if cell.value is not None:
        return cell.value >= 1000 or "." in cell.text
    if cell.kind not in (TokenKind.TEXT, TokenKind.UNREAD) or len(cell.text) > 60:
        return False
    money = read_money(cell.text)
    return money.uses_no_budget or money.amount is not None


def cells_behind(view: RowView) -> dict[str, Token]:
    """Return role → cell for the columns after the months."""
    cells = {role: view.tokens[at] for role, at in view.layout.behind.items() if at < len(view.tokens)}
    return {role: cell for role, cell in cells.items() if cell.text}


def announces_unit(view: RowView, marker: int) -> bool:
    """Say whether a unit of measure and a weight follow the marker, as they do on plan rows only."""
    after = view.tokens[marker + 1 : marker + 3]
    return {t.kind for t in after} == {TokenKind.TEXT, TokenKind.NUMBER}


def keep_shares(work: WorkDraft, view: RowView, found: dict[str, Token]) -> None:
    """Keep the unit and the budget of a row: the work's own, or a share of several units (R123)."""
    view.taken.update(found[role].position for role in ("unit", "budget") if role in found)
    unit = found["unit"].text if "unit" in found else ""
    budget = found["budget"].text if "budget" in found else ""
    if not unit and not budget:
        return
    if (not work.unit and not work.budget) or (unit, budget) == (work.unit, work.budget):
        work.unit, work.budget = unit, budget
    elif unit and not budget and not work.unit.endswith(unit) and unit.startswith("/"):
        work.unit += unit
    elif not work.budget and not unit:
        work.budget = budget
    elif not work.unit and not budget:
        work.unit = unit
    else:
        work.shares.append((unit, budget))


def is_said(text: str) -> bool:
    """Say whether words among the months say something about the work ("งดจัด"), unlike "~190" or "n/a"."""
    return len(_LETTERS.findall(text)) >= _FEWEST_LETTERS
