"""Plain text with tabs, as text recognition gives it: tabbed lines are tables, other lines running text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from samrit.intake.grid import Grid, GridCell, SourceReading
from samrit.package.decoding import decode
from samrit.package.notes import Notes
from samrit.vocabulary.findings import Finding, Place

LARGEST = 64 * 1024 * 1024  # bytes; a plan of a thousand pages has about four million
MOST_CELLS = 2_000_000


def read_text(path: Path) -> SourceReading:
    """Read a text file: UTF-8, UTF-16 or TIS-620; never raises.

    Every run of lines with tabs is a table, every run without is text; blank lines end both.
    """
    name = path.name
    try:
        if path.stat().st_size > LARGEST:
            return _refused(name, "intake_too_large", size=path.stat().st_size >> 20, limit=LARGEST >> 20)
        data = path.read_bytes()
    except OSError as error:
        return _refused(name, "intake_unreadable", reason=error.strerror or type(error).__name__)
    notes = Notes()
    text = decode(name, data, notes)
    if text is None:
        return SourceReading(name, "text", (), notes.findings())
    if text.count("\t") + text.count("\n") > MOST_CELLS:
        return _refused(name, "intake_too_many_cells", limit=MOST_CELLS)
    return SourceReading(name, "text", tuple(grids_of(name, text)), notes.findings())


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


def _refused(name: str, code: str, **params: object) -> SourceReading:
    return SourceReading(name, "text", (), (Finding(code, Place(name), params),))
