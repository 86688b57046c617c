"""Plan tables whose months are ticked or drawn instead of filled with figures: they give a work's period (R45)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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


def quarters_ticked(line: Line, quarters: Mapping[int, int]) -> str:
    """Return the period from the first to the last quarter with a mark ("Q2 - Q3"), "" where none has one."""
    marked = [n for at, n in quarters.items() if not _NOTHING.fullmatch(slot_at(line, at).covering)]
    return f"Q{marked[0]} - Q{marked[-1]}" if marked else ""


def ticked(line: Line, months: dict[int, int]) -> str:
    """Return the period from the first to the last month with a mark ("มกราคม - มีนาคม"), "" where none has one.

    ``months`` gives the calendar month of each position; a cell merged over several months marks them all.
    """
    marked = [month for at, month in months.items() if not _NOTHING.fullmatch(slot_at(line, at).covering)]
    if not marked:
        return ""
    first, last = month_name(marked[0]), month_name(marked[-1])
    return first if first == last else f"{first} - {last}"
