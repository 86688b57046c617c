"""Ways to lay the cells of a row over twelve months: cells dropped, put in or kept, each way at its cost (R293).

Dynamic programming over cells and months.  Ways that give the same twelve figures
are one way: which dash of a run was surplus makes no difference, so of a run of equal
cells only the last are dropped, and a lost one is put in only at the end of a run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samrit.intake.tables.tokens import Token, TokenKind

MONTHS = 12
MOST_WAYS = 40  # kept per state, cheapest first

DROP_EMPTY = 1.0  # a dash or blank beside another one
DROP_LONE_DASH = 1.6
DROP_DOUBLE = 1.2  # a number equal to the one beside it
DROP_NUMBER = 5.5
PUT_IN = 2.0  # a month without a cell
PUT_IN_EMPTY = 1.2  # beside a dash
PUT_IN_NOTHING = 1.45  # a dash between numbers
PUT_IN_EQUAL = 1.6  # at the end of a run of equal numbers
OFF_PLACE = 0.08  # a number, per place off its heading
FARTHEST = 4

# What a month holds in a way: the index of its cell, or one of these.
LOST = -1  # no cell is left for this month
LIKE_BEFORE = -2  # no cell is left; the run before goes on
LIKE_AFTER = -3  # no cell is left; the run after begins here
EMPTY = -4  # no cell is left; the total says that nothing was there


@dataclass(frozen=True, slots=True)
class Way:
    """Twelve months as indexes of cells (or one of the signs), the cells left out, and the cost."""

    months: tuple[int, ...]
    dropped: tuple[int, ...]
    cost: float


# cost, months, dropped, whether the cell before was dropped
_Partial = tuple[float, tuple[int, ...], tuple[int, ...], bool]
_States = dict[tuple[int, int], dict[tuple[object, ...], _Partial]]


def ways(cells: Sequence[Token], positions: Sequence[int], extra: int = 0, most_cost: float = 12.0) -> list[Way]:
    """Return the ways to lay ``cells`` over twelve months at ``positions``, cheapest first.

    ``extra`` more cells than necessary may be dropped and as many put in; ways dearer
    than ``most_cost`` are left out.
    """
    surplus = len(cells) - MONTHS
    limits = max(surplus, 0) + extra, max(-surplus, 0) + extra
    kinds = _kinds(cells)
    steps = _Steps(cells, kinds, positions, limits)
    states: _States = {(0, 0): {(): (0.0, (), (), False)}}
    for at in range(len(cells) + 1):
        for month in range(MONTHS + 1):
            here = states.get((at, month))
            if not here or (at, month) == (len(cells), MONTHS):
                continue
            del states[at, month]
            kept = sorted(here.items(), key=lambda item: item[1][0])[:MOST_WAYS]
            for figures, partial in kept:
                for state, sign, new in steps.after(at, month, partial):
                    if new[0] + _least_to_go(len(cells) - state[0], MONTHS - state[1]) <= most_cost:
                        _keep(states, state, figures if sign is None else (*figures, sign), new)
    end = states.get((len(cells), MONTHS), {})
    return sorted((Way(m, d, c) for c, m, d, _ in end.values()), key=lambda w: w.cost)


def _least_to_go(cells: int, months: int) -> float:
    """Return what the cells and months still to come cost at least."""
    return (cells - months) * DROP_EMPTY if cells > months else (months - cells) * PUT_IN_EMPTY


def _keep(states: _States, state: tuple[int, int], figures: tuple[object, ...], new: _Partial) -> None:
    """Keep the cheapest way to each row of figures."""
    known = states.setdefault(state, {})
    held = known.get(figures)
    if held is None or new[0] < held[0]:
        known[figures] = new


def _kinds(cells: Sequence[Token]) -> list[int]:
    """Return a small number per cell, equal for cells that say the same."""
    numbers: dict[object, int] = {}
    return [
        numbers.setdefault(cell.figure if cell.kind is not TokenKind.UNREAD else cell.text, len(numbers))
        for cell in cells
    ]


class _Steps:
    """What may come next at a cell and a month."""

    def __init__(
        self, cells: Sequence[Token], kinds: list[int], positions: Sequence[int], limits: tuple[int, int]
    ) -> None:
        self._cells, self._kinds, self._positions = cells, kinds, positions
        self._drops, self._inserts = limits
        self._dropping = [_dropping(cells, kinds, at) for at in range(len(cells))]
        self._putting_in = [list(_putting_in(cells, kinds, at)) for at in range(len(cells) + 1)]

    def after(self, at: int, month: int, partial: _Partial) -> Iterator[tuple[tuple[int, int], object, _Partial]]:
        """Yield state, figure added (or None) and partial way for every next step."""
        cost, months, dropped, was_dropped = partial
        kinds = self._kinds
        if at < len(kinds):
            same = at > 0 and kinds[at] == kinds[at - 1]
            if month < MONTHS and not (was_dropped and same):
                off = _off(self._cells[at], self._positions[month])
                yield (at + 1, month + 1), kinds[at], (cost + off, (*months, at), dropped, False)
            if len(dropped) < self._drops:
                yield (at + 1, month), None, (cost + self._dropping[at], months, (*dropped, at), True)
        if month < MONTHS and month - (at - len(dropped)) < self._inserts:
            for sign, figure, price in self._putting_in[at]:
                yield (at, month + 1), figure, (cost + price, (*months, sign), dropped, was_dropped)


def _off(cell: Token, position: int) -> float:
    if cell.kind is not TokenKind.NUMBER:
        return 0.0
    return OFF_PLACE * min(abs(cell.position - position), FARTHEST)


def _dropping(cells: Sequence[Token], kinds: list[int], at: int) -> float:
    cell = cells[at]
    beside = [i for i in (at - 1, at + 1) if 0 <= i < len(cells)]
    if cell.is_empty:
        return DROP_EMPTY if cell.kind is TokenKind.BLANK or any(cells[i].is_empty for i in beside) else DROP_LONE_DASH
    return DROP_DOUBLE if any(kinds[i] == kinds[at] for i in beside) else DROP_NUMBER


def _putting_in(cells: Sequence[Token], kinds: list[int], at: int) -> Iterator[tuple[int, object, float]]:
    """Yield what may be put in between cells ``at - 1`` and ``at``: sign, figure and cost; inside a run only a loss."""
    before, after = at - 1, at
    if before >= 0 and after < len(cells) and kinds[before] == kinds[after]:
        if cells[before].is_empty:
            yield LOST, "lost", PUT_IN
        return
    if before >= 0 and (price := _like(cells, kinds, before, -1)):
        yield LIKE_BEFORE, kinds[before], price
    if after < len(cells) and (price := _like(cells, kinds, after, 1)):
        yield LIKE_AFTER, kinds[after], price
    if not any(0 <= i < len(cells) and cells[i].is_empty for i in (before, after)):
        yield EMPTY, "empty", PUT_IN_NOTHING
    yield LOST, "lost", PUT_IN


def _like(cells: Sequence[Token], kinds: list[int], at: int, onward: int) -> float:
    """Return what it costs to lengthen the run that begins or ends at ``at``; 0 where there is no run."""
    if cells[at].is_empty:
        return PUT_IN_EMPTY
    further = at + onward
    return PUT_IN_EQUAL if 0 <= further < len(cells) and kinds[further] == kinds[at] else 0.0
