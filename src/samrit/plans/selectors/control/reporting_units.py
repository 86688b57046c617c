"""The completeness matrix as a page shows it: cut by what one looks for, worst first, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from samrit.plans.reporting.completeness import DutyCell, DutyRow, Matrix, MonthStanding
from samrit.plans.selectors.office.search import rank, searched

PER_PAGE = 30


def _stands(standing: MonthStanding) -> Callable[[DutyCell], bool]:
    return lambda cell: cell.standing is standing


# What one may look for: a word for the address, and which months it means.
SHOWN: Mapping[str, Callable[[DutyCell], bool]] = {
    "open": lambda cell: cell.is_owed,
    "late": lambda cell: cell.is_late,
    **{str(s): _stands(s) for s in MonthStanding if s not in (MonthStanding.NOTHING_DUE, MonthStanding.NOT_BEGUN)},
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What one looks for: a key of ``SHOWN`` in a month or in any, part of a unit's name, a page."""

    show: str = ""
    period: int | None = None
    search: str = ""
    page: int = 1
    fund: str = ""  # units with anything due of its works (R3)


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """The rows of one page; ``found`` of ``of`` units fit what was wished."""

    wish: Wish
    rows: tuple[DutyRow, ...]
    found: int
    of: int
    page: int
    pages: int


def sheet(shown: Matrix, now: int, wish: Wish, units: Collection[str] | None = None) -> UnitsPage:
    """Return a page of the units that owe reports up to month ``now``, of all or of ``units`` those that fit."""
    rows = rows_owing(shown, now)
    fitting = _fitting([row for row in rows if units is None or row.unit.code in units], wish)
    pages = max(1, -(-len(fitting) // PER_PAGE))
    page = min(max(wish.page, 1), pages)
    return UnitsPage(
        wish, tuple(fitting[(page - 1) * PER_PAGE : page * PER_PAGE]), len(fitting), len(rows), page, pages
    )


def rows_owing(shown: Matrix, now: int) -> list[DutyRow]:
    """Return the rows cut to the months so far, units with the most gaps first, then the most often late."""
    cut = [DutyRow(row.unit, row.cells[:now]) for row in shown.rows]
    owing = [row for row in cut if any(cell.standing is not MonthStanding.NOTHING_DUE for cell in row.cells)]
    return sorted(owing, key=lambda row: (-row.open, -row.late))


def _fitting(rows: Iterable[DutyRow], wish: Wish) -> list[DutyRow]:
    wanted = SHOWN.get(wish.show)
    found = [
        row
        for row in rows
        if wanted is None or any(wanted(c) for c in row.cells if wish.period is None or c.period == wish.period)
    ]
    if not wish.search.strip():
        return found
    units = [row.unit for row in found]
    fits = rank(wish.search, {unit.code: searched(unit.found_by) for unit in units})
    return [row for row in found if row.unit.code in fits]
