"""Readings of one row: which cells are the months, which the total, which the percent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from samrit.engine.model import Figure, Mark
from samrit.intake.repair.alignments import EMPTY, LIKE_AFTER, LIKE_BEFORE, LOST, MONTHS, Way, ways
from samrit.intake.tables.drafts import FigureRow
from samrit.intake.tables.tokens import Token, TokenKind

MOST_READINGS = 24  # per way to tell months, total and percent apart
WIDE, NARROW = 8.0, 2.5  # readings dearer than the best by more are not looked at
_LEAST_EDIT = 1.0
_TAIL = 4  # among so many last numbers the total is looked for
_FEWEST, _MOST = 6, 19  # cells that may stand for twelve months
_OFF_TOTAL = 0.12
_LEFT_OVER = 5.2
_TWICE = 0.5  # a total printed twice
_NO_TOTAL = 4.0
_TOTAL_NOT_PRINTED = 2.5
_NO_TOTAL_COLUMN = 6.0  # a total although no column is headed so
_DASH_TOTAL = 1.0
_AFTER_GAP = 2.0  # a number left over behind a gap
_PERCENT_ALONE = 2.5


# months → the most that their ways may cost, and the ways
_Known = dict[tuple[int, ...], tuple[float, list[Way]]]
# months, total, percent, cells left over, cost
_Split = tuple[list[Token], Token | None, Token | None, list[Token], float]


@dataclass(frozen=True)
class RowReading:
    """One way to read a row."""

    cells: tuple[Token, ...]  # the cells taken for months, before alignment
    way: Way
    total: Token | None
    percent: Token | None
    left_over: tuple[Token, ...]
    cost: float

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The twelve figures; a lost month is blank, one put in between equals is like them."""
        made: list[Figure] = []
        for month, index in enumerate(self.way.months):
            if index >= 0:
                made.append(self.cells[index].figure)
            elif index in (LIKE_BEFORE, LIKE_AFTER):
                made.append(self._like(month, index))
            else:
                made.append(Mark.BLANK)
        return tuple(made)

    def _like(self, month: int, sign: int) -> Figure:
        months = self.way.months
        beside = reversed(months[:month]) if sign == LIKE_BEFORE else iter(months[month:])
        index = next((i for i in beside if i >= 0), None)
        return Mark.BLANK if index is None else self.cells[index].figure

    @cached_property
    def values(self) -> tuple[Decimal, ...]:
        """The numbers among the figures, in order."""
        return tuple(f for f in self.figures if isinstance(f, Decimal))

    @property
    def lost(self) -> tuple[int, ...]:
        """Periods for which no cell is left."""
        return tuple(n for n, index in enumerate(self.way.months, 1) if index == LOST)

    @property
    def unread(self) -> tuple[int, ...]:
        """Periods whose cell holds something that is no figure."""
        sources = ((n, self.source(n)) for n in range(1, MONTHS + 1))
        return tuple(n for n, t in sources if t is not None and t.kind in (TokenKind.UNREAD, TokenKind.TEXT))

    @property
    def put_in(self) -> tuple[int, ...]:
        """Periods completed like their neighbours."""
        return tuple(n for n, index in enumerate(self.way.months, 1) if index in (LIKE_BEFORE, LIKE_AFTER, EMPTY))

    @cached_property
    def active(self) -> tuple[bool, ...]:
        """Whether each month has a number, or had one that is lost."""
        return tuple(isinstance(f, Decimal) or i == LOST for f, i in zip(self.figures, self.way.months, strict=True))

    @property
    def dropped(self) -> tuple[Token, ...]:
        """The cells left out."""
        return tuple(self.cells[i] for i in self.way.dropped)

    @property
    def is_straight(self) -> bool:
        """Whether every cell stands where it was read: nothing dropped, put in or left over."""
        return not self.way.dropped and not self.left_over and min(self.way.months) >= 0

    def source(self, period: int) -> Token | None:
        """Return the cell of a period, or None."""
        index = self.way.months[period - 1]
        return self.cells[index] if index >= 0 else None


def readings(
    row: FigureRow, judge: Callable[[RowReading], float], *, extra: int = 0, window: float = WIDE
) -> list[tuple[float, RowReading]]:
    """Return the ways to read a row with what speaks against each, best first.

    ``judge`` says how badly a reading's total fits; readings that cannot come within
    ``window`` of the best are not looked at.
    """
    if row.certain:
        only = in_place(row)
        return [(judge(only), only)]
    cells = _figure_cells(row)
    found: dict[object, tuple[float, RowReading]] = {}
    best = float("inf")
    known: _Known = {}
    for bound, split in sorted(_bounded(_splits(cells, row), extra), key=lambda b: b[0]):
        if bound > best + window:
            break
        for reading in _laid_out(split, row, (extra, best + window), known):
            price = reading.cost + judge(reading)
            same = (
                reading.figures,
                reading.lost,
                reading.total and reading.total.value,
                reading.percent and reading.percent.value,
            )
            if same not in found or price < found[same][0]:
                found[same] = price, reading
                best = min(best, price)
    return sorted(found.values(), key=lambda r: r[0])


def in_place(row: FigureRow) -> RowReading:
    """Return the one reading of a row whose columns are certain: every cell where it is, whatever the sums say."""
    cells = {t.position: t for t in row.tokens}
    months = tuple(cells.get(at, Token(TokenKind.BLANK, None, at)) for at in row.months)
    total, percent = (cells.get(at) if at is not None else None for at in (row.total, row.percent))
    return RowReading(
        months, Way(tuple(range(MONTHS)), (), 0.0),
        total if total is not None and total.value is not None else None,
        percent if percent is not None and percent.value is not None else None,
        (), 0.0,
    )  # fmt: skip


def _bounded(splits: Iterator[_Split], extra: int) -> Iterator[tuple[float, _Split]]:
    """Yield each split with the least that it can cost."""
    for split in splits:
        yield split[-1] + (abs(len(split[0]) - MONTHS) + 2 * extra) * _LEAST_EDIT, split


def _laid_out(split: _Split, row: FigureRow, limits: tuple[int, float], known: _Known) -> Iterator[RowReading]:
    """Yield the readings of a split; ways once found for the same months are used again."""
    months, total, percent, left_over, cost = split
    extra, most = limits
    same = tuple(map(id, months))
    if same not in known or known[same][0] < most - cost:
        known[same] = most - cost, ways(months, row.months, extra, most - cost)[:MOST_READINGS]
    for way in known[same][1]:
        yield RowReading(tuple(months), way, total, percent, tuple(left_over), cost + way.cost)


def _figure_cells(row: FigureRow) -> list[Token]:
    """Return the cells up to the text that ends them, without blanks at the end."""
    end = len(row.tokens)
    for at, token in enumerate(row.tokens):
        if token.kind is TokenKind.TEXT and at >= _FEWEST:
            end = at
            break
    cells = list(row.tokens[:end])
    while cells and cells[-1].kind is TokenKind.BLANK:
        cells.pop()
    return cells


def _splits(cells: list[Token], row: FigureRow) -> Iterator[_Split]:
    """Yield the ways to tell months, total and percent apart."""
    numbers = [at for at, t in enumerate(cells) if t.kind is TokenKind.NUMBER]
    for total in numbers[-_TAIL:]:
        months = _trimmed(cells[:total])
        if total < _FEWEST or not _FEWEST <= len(months) <= _MOST:
            continue
        unexpected = _NO_TOTAL_COLUMN if _is_month(cells[total], row) else 0.0
        after = [at for at in numbers if at > total]
        for percent in [*reversed(after), None]:
            left = [cells[at] for at in after if at != percent]
            cost = unexpected + _off_place(cells[total], row.total)
            cost += _off_place(cells[percent], row.percent) if percent else 0.0
            cost += sum(_TWICE if t.value == cells[total].value else _LEFT_OVER for t in left)
            yield months, cells[total], cells[percent] if percent is not None else None, left, cost
    yield from _without_total(cells, numbers, row)


def _without_total(cells: list[Token], numbers: list[int], row: FigureRow) -> Iterator[_Split]:
    """Yield the ways to read a row whose total is not there: lost, or printed as a dash before the percent."""
    months = _trimmed(cells, most=MONTHS)
    if _FEWEST <= len(months) <= _MOST:
        expected = numbers and not _is_month(cells[numbers[-1]], row)
        yield months, None, None, [], _cost_without_total(months, row) if expected else 0.0
    if numbers and numbers[-1] >= _FEWEST:
        before, cost = cells[: numbers[-1]], _NO_TOTAL + 1.5
        at_percent = row.percent is None or cells[-1].position >= row.percent
        if before[-1].kind is TokenKind.DASH and len(before) > MONTHS and at_percent and numbers[-1] == len(cells) - 1:
            yield _trimmed(before[:-1], most=MONTHS), None, cells[numbers[-1]], [], _DASH_TOTAL
        if len(numbers) == 1 and row.percent is not None and cells[-1].position >= row.percent:
            cost = _PERCENT_ALONE if cells[-1].kind is TokenKind.NUMBER else cost
        months = _trimmed(before, most=MONTHS)
        if _FEWEST <= len(months) <= _MOST:
            yield months, None, cells[numbers[-1]], [], cost
    gap = _gap(cells)
    if gap is not None:
        after = [t for t in cells[gap:] if t.kind is TokenKind.NUMBER]
        yield _trimmed(cells[:gap]), None, None, after, _NO_TOTAL + _AFTER_GAP * len(after)
    if not cells:
        blank = [Token(TokenKind.BLANK, None, 0)] * MONTHS
        yield blank, None, None, [], 0.0


def _cost_without_total(months: list[Token], row: FigureRow) -> float:
    """Return what it costs to read no total: less where twelve cells end just under December."""
    ends_under_december = len(months) == MONTHS and months[-1].position == row.months[-1]
    before_total = row.total is None or months[-1].position < row.total
    return _TOTAL_NOT_PRINTED if ends_under_december and before_total else _NO_TOTAL


def _gap(cells: list[Token]) -> int | None:
    """Return where two blanks stand after enough cells for the months, with more cells behind them; None if nowhere."""
    for at in range(MONTHS - 2, len(cells) - 2):
        if (
            cells[at].kind is TokenKind.BLANK
            and cells[at + 1].kind is TokenKind.BLANK
            and cells[at - 1].kind is not TokenKind.BLANK
        ):
            return at
    return None


def _trimmed(cells: list[Token], most: int = MONTHS) -> list[Token]:
    """Return the cells without blanks beyond the twelfth at the end; a row of blanks has twelve."""
    kept = list(cells)
    while len(kept) > most and kept[-1].kind is TokenKind.BLANK:
        kept.pop()
    if all(t.kind is TokenKind.BLANK for t in kept):
        return kept[:MONTHS] + [Token(TokenKind.BLANK, None, 0)] * (MONTHS - len(kept[:MONTHS]))
    return kept


def _is_month(cell: Token, row: FigureRow) -> bool:
    """Say whether a cell is under a month of a table that has no column for totals."""
    return row.total is None and cell.position <= row.months[-1]


def _off_place(token: Token, position: int | None) -> float:
    return 0.0 if position is None else _OFF_TOTAL * min(abs(token.position - position), 4)
