"""Plain text with tabs, as text recognition gives it: tabbed lines are tables, other lines running text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from samrit.intake.grid import Grid, GridCell


def grids_of(document: str, text: str, *, separator: str = "\t") -> Iterator[Grid]:
    """Yield the tables and stretches of text of ``text`` in order."""
    lines = enumerate(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n"), 1)
    for kind, run in groupby(lines, key=lambda line: _kind(line[1], separator)):
        if kind == "blank":
            continue
        rows = tuple(_row(line, number, separator if kind == "table" else "") for number, line in run)
        yield Grid(document, rows, is_table=kind == "table")


def _kind(line: str, separator: str) -> str:
    if separator in line:
        return "table"
    return "text" if line.strip("\ufeff \u00a0\u200b") else "blank"


def _row(line: str, number: int, separator: str) -> tuple[GridCell, ...]:
    texts = line.split(separator) if separator else [line]
    return tuple(GridCell(text.strip(), number, str(at)) for at, text in enumerate(texts, 1))
