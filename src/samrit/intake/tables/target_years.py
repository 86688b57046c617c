"""Columns of targets of several years in a plan table: only that of the plan's year is its target (R42).

Settled before any reader sees the table: three years and more that run on are a table of
years; else what is below the others is listed with its year and never taken for this year's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings
from samrit.intake.tables.lattice import Line, lay_out
from samrit.vocabulary.years import parse_year

_HEADING_ROWS = 12  # among so many first rows the headings are looked for
_FEWEST_YEARS = 3  # of a table of years
_YEAR = re.compile(r"(?<!\d)(?:(?:24|25|26|20)\d{2}|\d{2})(?!\d)")


def with_own_targets(grids: Iterable[Grid], words: Headings, year_be: int | None) -> Iterator[Grid]:
    """Yield the grids, headings of targets of several years as the years that they are, or those of others told apart.

    Years that run on are a table of years, of which each indicator has a target.
    """
    for grid in grids:
        lines = lay_out(grid)[:_HEADING_ROWS] if grid.is_table and year_be is not None else []
        told = {id(cell): text for line in lines for cell, text in _headings(line, words, year_be)}
        rows = tuple(
            tuple(cell.part(told[id(cell)]) if id(cell) in told else cell for cell in row) for row in grid.rows
        )
        yield replace(grid, rows=tuple(rows)) if told else grid


def _headings(line: Line, words: Headings, year_be: int | None) -> Iterator[tuple[GridCell, str]]:
    """Yield the headings of targets to be told otherwise in a row that heads targets of several years."""
    found = [*_targets(line, words)]
    years = [year for _, year in found]
    if len(set(years)) != len(years) or None in years or len(years) < 2:
        return
    runs_on = len(years) >= _FEWEST_YEARS and years == [*range(years[0] or 0, (years[0] or 0) + len(years))]
    for cell, year in found:
        if runs_on:
            yield cell, str(year)
        elif year != year_be:
            yield cell, f"[{year}] {cell.text} [{year}]"


def _targets(line: Line, words: Headings) -> Iterator[tuple[GridCell, int | None]]:
    """Yield each heading of targets in a row with the Buddhist year that it names."""
    for slot in line:
        match = words.find("column", slot.text) if slot.text else None
        if match is not None and match.code == "target" and slot.cell is not None:
            named = _YEAR.search(slot.text)
            yield slot.cell, parse_year(named[0]).year_be if named else None
