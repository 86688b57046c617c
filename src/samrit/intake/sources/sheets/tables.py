"""A sheet falls apart into tables at its blank rows and columns; what only looks apart stays together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samrit.intake.grid import Grid, GridCell
from samrit.intake.sources.sheets.cells import SheetCells

_NUMBER = re.compile(r"[-+−(]?[0-9๐-๙][0-9๐-๙,]*(?:\.[0-9๐-๙]+)?\s?%?\)?")
_YEAR = re.compile(r"(?:25|20|๒๕|๒๐)[0-9๐-๙]{2}")
_ROWS_THAT_TELL = 5  # last rows of a table that are compared with what follows
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows of a sheet between two columns."""

    rows: tuple[int, ...]
    left: int
    right: int


def tables(sheet: SheetCells) -> Iterator[Grid]:
    """Yield the tables and stretches of text of a sheet, from the top and from the left."""
    sheet.settle()
    if not sheet.spans:
        return
    everything = _Block(tuple(sorted(sheet.spans)), 1, max(spans[-1][1] for spans in sheet.spans.values() if spans))
    waiting = [everything]
    while waiting:
        sheet.job.check_time()
        block = waiting.pop()
        parts = [part for rows in _split_rows(sheet, block) for part in _split_columns(sheet, rows)]
        if len(parts) == 1 and parts[0] == block:
            yield _grid(sheet, block)
        else:
            waiting.extend(reversed(parts))


def _split_rows(sheet: SheetCells, block: _Block) -> list[_Block]:
    """Cut at blank rows, but for blank rows inside a table: what follows has figures where it has some, no heading."""
    runs: list[list[int]] = []
    last = None
    for row in block.rows:
        if not sheet.taken(row, block.left, block.right):
            continue
        if runs and (row - 1 == last or _goes_on(sheet, runs[-1], row, block)):
            runs[-1].append(row)
        else:
            runs.append([row])
        last = row
    return [_Block(tuple(run), block.left, block.right) for run in runs]


def _goes_on(sheet: SheetCells, before: Sequence[int], row: int, block: _Block) -> bool:
    """Say whether ``row``, after a blank one, is another row of the table ``before`` it."""
    if len(before) < 2:
        return False
    filled = {span[0] for span in sheet.taken(row, block.left, block.right)}
    figures = _figure_columns(sheet, row, filled)
    if len(filled) < 2 or not figures:
        return False
    columns: set[int] = set()
    known: set[int] = set()
    for earlier in before[-_ROWS_THAT_TELL:]:
        own = {span[0] for span in sheet.taken(earlier, block.left, block.right)}
        columns |= own
        known |= _figure_columns(sheet, earlier, own)
    return figures <= known and filled <= columns


def _figure_columns(sheet: SheetCells, row: int, columns: set[int]) -> set[int]:
    texts = sheet.rows.get(row, {})
    return {c for c in columns if c in texts and _NUMBER.fullmatch(texts[c]) and not _YEAR.fullmatch(texts[c])}


def _split_columns(sheet: SheetCells, block: _Block) -> list[_Block]:
    """Cut at blank columns, but for a blank column inside a table: right of it stand figures without any labels."""
    spans = sorted({span for row in block.rows for span in sheet.taken(row, block.left, block.right)})
    runs: list[list[int]] = []
    for left, right in spans:
        if runs and left <= runs[-1][1] + 1:
            runs[-1][1] = max(runs[-1][1], right)
        else:
            runs.append([left, right])
    joined: list[list[int]] = []
    for run in runs:
        if joined and _has_no_labels(sheet, block.rows, run[0]):
            joined[-1][1] = run[1]
        else:
            joined.append(run)
    return [_Block(block.rows, left, right) for left, right in joined]


def _has_no_labels(sheet: SheetCells, rows: Sequence[int], column: int) -> bool:
    """Say whether a column holds figures only, and no counting 1, 2, 3, so that it can't be the first of a table."""
    texts = [text for row in rows if (text := sheet.rows.get(row, {}).get(column))]
    figures = [text for text in texts if _NUMBER.fullmatch(text) and not _YEAR.fullmatch(text)]
    counting = [str(n) for n in range(1, len(figures) + 1)]
    return len(figures) >= 2 and len(figures) >= len(texts) * _MOSTLY and figures != counting


def _grid(sheet: SheetCells, block: _Block) -> Grid:
    """Return a block as a grid: every place up to the last filled one of a row has its cell."""
    covered = _covered(sheet, block)
    rows = tuple(tuple(_row(sheet, block, row, covered.get(row, {}))) for row in block.rows)
    is_table = any(sum(bool(cell.text) for cell in row) > 1 for row in rows)
    return Grid(sheet.job.document, rows, sheet=sheet.name, is_table=is_table)


def _covered(sheet: SheetCells, block: _Block) -> dict[int, dict[int, int]]:
    """Return, per row, the places that a merged cell of a row above covers: first column to last."""
    found: dict[int, dict[int, int]] = {}
    for row in block.rows:
        for left, right in sheet.taken(row, block.left, block.right):
            if left not in sheet.rows.get(row, {}):
                found.setdefault(row, {})[left] = right
    return found


def _row(sheet: SheetCells, block: _Block, row: int, covered: dict[int, int]) -> Iterator[GridCell]:
    texts = sheet.rows.get(row, {})
    column = block.left
    for left, right in sheet.taken(row, block.left, block.right):
        for blank in range(column, left):
            sheet.job.cell()
            yield GridCell("", row, sheet.address(row, blank))
        column = right + 1
        if left in covered:
            continue
        merge = sheet.begins.get((row, left))
        tall = 1 if merge is None else bisect_right(block.rows, merge.bottom) - bisect_left(block.rows, merge.top)
        yield GridCell(texts[left], row, sheet.address(row, left), right - left + 1, max(tall, 1))
