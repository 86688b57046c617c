"""A long report on several pages: whole works, in the plan's order, as many rows as one page can carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samrit.plans.selectors.report.entry_lines import ReportWork

MOST_ROWS = 50  # of 12 open months each: 200 kB; a share with its parts takes three, a work with its words one more


@dataclass(frozen=True, slots=True)
class TablePage:
    """One page of a report's table: its number from 1, how many there are, its works, and where every line is."""

    number: int
    last: int
    works: tuple[ReportWork, ...]
    places: Mapping[str, int]  # the page of every line and work, by its key

    def of(self, key: str) -> int | None:
        """Return the page on which a line or a work stands, None for this one."""
        number = self.places.get(key, self.number)
        return None if number == self.number else number


def sheet_of(works: Iterable[ReportWork], number: int) -> TablePage:
    """Return the page ``number`` of a report, the nearest there is."""
    pages: list[list[ReportWork]] = [[]]
    places: dict[str, int] = {}
    filled = 0
    for work in works:
        rows = 1 + sum(3 if line.has_parts else 1 for line in work.lines)
        if filled and filled + rows > MOST_ROWS:
            pages.append([])
            filled = 0
        pages[-1].append(work)
        filled += rows
        places |= dict.fromkeys((work.key, *(line.key for line in work.lines)), len(pages))
    at = min(max(number, 1), len(pages))
    return TablePage(at, len(pages), tuple(pages[at - 1]), places)
