"""Manpower frames: groups of units against types of personnel (R216, R267)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from samrit.engine.model import ManpowerRow
from samrit.intake.grid import Grid
from samrit.intake.headings import Headings
from samrit.intake.tables.lattice import Line, lay_out
from samrit.intake.tables.tokens import token

_FEWEST_TYPES = 2


def read_manpower(grids: Iterable[Grid], words: Headings) -> tuple[ManpowerRow, ...]:
    """Return the rows of the first manpower table; its totals are for checking, never data."""
    for grid in grids:
        if not grid.is_table:
            continue
        lines = lay_out(grid)
        found = next(((at, types) for at, line in enumerate(lines[:3]) if (types := _types(line, words))), None)
        if found:
            at, types = found
            return tuple(row for line in lines[at + 1 :] if (row := _row(line, types)) is not None)
    return ()


def _types(line: Line, words: Headings) -> dict[int, str]:
    """Return position → type of personnel for a heading row of a manpower table."""
    found = {at: slot.text for at, slot in enumerate(line) if at and _is_type(slot.text, words)}
    return found if len(found) >= _FEWEST_TYPES else {}


def _is_type(text: str, words: Headings) -> bool:
    match = words.find("manpower", text) if text else None
    return match is not None and match.code == "types"


def _row(line: Line, types: dict[int, str]) -> ManpowerRow | None:
    group = line[0].text if line else ""
    if not group or group.startswith(("รวม", "Total")):
        return None
    counts = []
    for at, name in types.items():
        value = token(line[at].cell, at).value if at < len(line) else None
        if value is not None and value == value.to_integral_value():
            counts.append((name, int(value)))
    return ManpowerRow(group, tuple(counts)) if counts else None


def total_of(rows: Iterable[ManpowerRow]) -> Decimal:
    """Return all people of a frame."""
    return Decimal(sum(count for row in rows for _, count in row.counts))
