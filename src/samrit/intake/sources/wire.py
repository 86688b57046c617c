"""What a reader in a process of its own sends back, as JSON: nothing it sends is ever executed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from samrit.intake.grid import Grid, GridCell
from samrit.vocabulary.findings import Finding, Place


def packed(grids: Sequence[Grid], findings: Sequence[Finding]) -> bytes:
    """Return grids and findings as one line of JSON."""
    return json.dumps({"grids": [_grid(g) for g in grids], "findings": [_finding(f) for f in findings]}).encode()


def unpacked(line: bytes) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    """Return what ``packed`` was given; raises ValueError, KeyError or TypeError for anything else."""
    content: dict[str, Any] = json.loads(line)
    return tuple(map(_as_grid, content["grids"])), tuple(map(_as_finding, content["findings"]))


def _grid(grid: Grid) -> list[Any]:
    rows = [[[c.text, c.line, c.name, c.colspan, c.rowspan] for c in row] for row in grid.rows]
    return [grid.document, grid.page, grid.sheet, grid.is_table, grid.certain, rows]


def _as_grid(packed_grid: list[Any]) -> Grid:
    document, page, sheet, is_table, certain, rows = packed_grid
    cells = tuple(tuple(GridCell(*cell) for cell in row) for row in rows)
    return Grid(document, cells, page, sheet, is_table, certain)


def _finding(finding: Finding) -> list[Any]:
    place = finding.place
    return [finding.code, place.document, place.page, place.line, place.column, dict(finding.params)]


def _as_finding(packed_finding: list[Any]) -> Finding:
    code, document, page, line, column, params = packed_finding
    return Finding(code, Place(document, page, line, column), params)
