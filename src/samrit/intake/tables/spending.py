"""Months and quarters that hold money to be spent: they are no plan of an indicator (R51, R295)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samrit.intake.headings import pattern
from samrit.intake.tables.lattice import Line, slot_at
from samrit.intake.tables.layout import month_positions
from samrit.intake.tables.quarters import part_of_year

_HEADING_ROWS = 12
_ABOVE = 2  # rows of headings above the months
_FEWEST_PARTS = 2
_OF_MONEY = re.compile(pattern("of_money"), re.IGNORECASE)


def tells_money(lines: Sequence[Line]) -> bool:
    """Say whether one heading above all months or quarters calls what they hold money ("แผนการใช้จ่าย (บาท)")."""
    for at, line in enumerate(lines[:_HEADING_ROWS]):
        places = sorted(month_positions(line)) or parts_named(line)
        if places:
            return any(_covers(above, places) for above in lines[max(at - _ABOVE, 0) : at])
    return False


def parts_named(line: Line) -> list[int]:
    """Return the positions at which a row names parts of the year, nothing where it names fewer than two."""
    found = [at for at, slot in enumerate(line) if slot.text and part_of_year(slot.text)]
    return found if len(found) >= _FEWEST_PARTS else []


def _covers(line: Line, places: Sequence[int]) -> bool:
    first, last = slot_at(line, places[0]), slot_at(line, places[-1])
    alone = first.cell is not None and first.begins and first.cell is last.cell
    return alone and bool(_OF_MONEY.search(first.text))
