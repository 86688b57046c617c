"""Tables of indicators over the periods of a year that name no works: each indicator is a work of its own (R42).

A scorecard has its indicators under perspectives or goals.  Their column is laid out a
second time as that of the works, so that everything that reads works reads them; the
reading says so for each (``intake_indicator_as_work``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings, key
from samrit.intake.tables.drafts import WorkDraft
from samrit.intake.tables.lattice import NOWHERE, Line, Slot, lay_out, slot_at
from samrit.intake.tables.layout import find_layout
from samrit.intake.tables.quarters import find_quarters

_DOUBT = "intake_indicator_as_work"


def with_works(grids: Iterable[Grid], words: Headings) -> Iterator[Grid]:
    """Yield the grids, those with indicators and no works with the indicators as works beside them."""
    for grid in grids:
        found = _indicators(lay_out(grid), words) if grid.is_table and grid.certain else None
        yield grid if found is None else replace(grid, rows=tuple(_rows(grid, *found, words)))


def doubt_unnamed(works: Iterable[WorkDraft]) -> None:
    """Say of works whose title is the copy of an indicator's cell that they are nothing else."""
    for work in works:
        copied = work.cell.part_of is not None and work.cell.part_of.text == work.cell.text
        if copied and len(work.indicators) == 1 and key(work.title) in key(work.indicators[0].name):
            work.doubts.append(_DOUBT)


def _indicators(lines: Sequence[Line], words: Headings) -> tuple[int, range] | None:
    """Return the column of indicators and the rows of headings of a table over periods without a column of works."""
    layout = find_layout(lines, words)
    quarterly = find_quarters(lines, words) if layout is None else None
    if layout is not None:
        first, columns = layout
    elif quarterly is not None:
        first, _, columns = quarterly
    else:
        return None
    at = columns.position("indicator")
    if at is None or columns.position("name") is not None or at >= columns.months[0]:
        return None
    body = lines[first + columns.header :]
    texts = [slot.text for line in body if at < len(line) and (slot := line[at]).text and slot.cell is not None]
    if any(words.begins("work", text) or (words.begins("label", text) or ("",))[0] == "indicator" for text in texts):
        return None  # works and indicators are below each other
    if any(_is_row_of_work(line, at, columns.months[0]) for line in body):
        return None
    return at, range(first, first + columns.header)


def _is_row_of_work(line: Line, at: int, months: int) -> bool:
    """Say whether a row has words before the indicators but no indicator, and none merged over it: it may be a work."""
    own = [slot for slot in line[:months] if slot.text]
    return bool(own) and not slot_at(line, at).covering and all(s.cell is None or s.cell.colspan < months for s in own)


def _rows(grid: Grid, at: int, heads: range, words: Headings) -> Iterator[tuple[GridCell, ...]]:
    """Yield the rows with the indicators once more in front; a cell over most of a row reaches over both."""
    heading = words.words("column", "name")[0]
    lines = lay_out(grid)
    for number, (row, line) in enumerate(zip(grid.rows, lines, strict=True)):
        first = line[0] if line else NOWHERE
        if number not in heads and first.cell is not None and first.begins and first.cell.colspan > max(at, 1):
            yield replace(first.cell, colspan=first.cell.colspan + 1), *row[1:]
            continue
        slot = line[at] if at < len(line) else NOWHERE
        yield *_copy(slot, heading if number in heads else None), *row


def _copy(slot: Slot, heading: str | None) -> Iterator[GridCell]:
    if slot.cell is None:
        yield GridCell("")
    elif slot.begins:
        text = slot.cell.text if heading is None or not slot.text else heading
        yield replace(slot.cell.part(text), colspan=1)
