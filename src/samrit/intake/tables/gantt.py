"""Plan tables whose months are ticked or drawn instead of filled with figures: they give a work's period (R45)."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from samrit.intake.headings import Headings
from samrit.intake.tables.lattice import Line, slot_at
from samrit.intake.tables.layout import Layout, month_positions
from samrit.intake.tables.quarters import find_quarters
from samrit.vocabulary.months import month_name

_HAS_FIGURE = re.compile("[0-9๐-๙]")
_QUARTERS = 4
_NOTHING = re.compile(r"[\s\-–—.]*")


def is_gantt(lines: Sequence[Line], first: int, layout: Layout, words: Headings) -> bool:
    """Say whether the months of a table hold marks and no figures, and no row says that it is plan or result.

    ``first`` is the first row of its headings.
    """
    if layout.actuals or layout.position("side") is not None:
        return False
    lines = [line for line in lines[first + layout.header :] if not month_positions(line)]
    months = [slot_at(line, at).text for line in lines for at in layout.months]
    if any(_HAS_FIGURE.search(text) for text in months) or not any(not _NOTHING.fullmatch(t) for t in months):
        return False
    return not any(words.find("side", slot.text) for line in lines for slot in line[: layout.months[0]] if slot.text)


def ticked_quarters(lines: Sequence[Line], words: Headings) -> dict[int, int]:
    """Return position → quarter where quarters hold marks and no figures, nothing for any other table."""
    found = find_quarters(lines, words)
    if found is None or found[1].actual or len(found[1].planned) != _QUARTERS or found[2].position("side") is not None:
        return {}
    first, quarters, layout = found
    texts = [slot_at(line, at).text for line in lines[first + layout.header :] for at in quarters.planned]
    if any(_HAS_FIGURE.search(text) for text in texts) or not any(not _NOTHING.fullmatch(t) for t in texts):
        return {}
    return {at: number for number, at in enumerate(quarters.planned, 1)}


@dataclass(frozen=True, slots=True)
class Ticks:
    """Where a table ticks months (position → calendar month) or quarters (position → quarter); most tick neither."""

    months: Mapping[int, int] = field(default_factory=dict)
    quarters: Mapping[int, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.months or self.quarters)

    @property
    def places(self) -> frozenset[int]:
        """The positions of months and quarters."""
        return frozenset((*self.months, *self.quarters))

    def marks(self, line: Line) -> set[int]:
        """Return the positions of a row that have a mark; a merged cell marks all that it covers."""
        return {at for at in self.places if not _NOTHING.fullmatch(slot_at(line, at).covering)}

    def period(self, marks: Container[int]) -> str:
        """Return the period from the first to the last mark ("มกราคม - มีนาคม", "Q2 - Q3"), "" where there is none."""
        if quarters := [n for at, n in self.quarters.items() if at in marks]:
            return f"Q{quarters[0]} - Q{quarters[-1]}"
        months = [month for at, month in self.months.items() if at in marks]
        if not months:
            return ""
        first, last = month_name(months[0]), month_name(months[-1])
        return first if first == last else f"{first} - {last}"
