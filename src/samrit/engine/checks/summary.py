"""Checks of printed summary tables against the details (R206–R212, R195, R312): control totals, never data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, round_half_up
from samrit.engine.checks.scene import Scene, fits, found, places_of
from samrit.engine.model import PrintedCell
from samrit.engine.results import Table
from samrit.engine.rollup import tabulate
from samrit.engine.score import YEAR_END
from samrit.vocabulary.findings import Finding

_DIMENSION = {"kinds": "kind_group", "bands": "band"}


def printed_summary_differs(scene: Scene) -> Iterator[Finding]:
    """A cell of a printed table that the details do not give (R312)."""
    tables: dict[tuple[str, str], Table] = {}
    for cell in scene.plan.printed:
        dimension = _DIMENSION.get(cell.table)
        if dimension is None or (cell.table == "bands" and scene.as_of != YEAR_END):
            continue
        key = (dimension, cell.fund)
        if key not in tables:
            tables[key] = _table(scene, cell.fund, dimension)
        computed = _count(tables[key], cell)
        if computed != cell.value:
            yield _on_cell("printed_summary_differs", cell, printed=cell.value, computed=computed)


def printed_summary_does_not_add(scene: Scene) -> Iterator[Finding]:
    """A printed row or column of counts that does not add up to its own printed total (R212)."""
    for name in _DIMENSION:
        cells = {(c.fund, c.strategy, c.column): c for c in scene.plan.printed if c.table == name}
        for key, total in cells.items():
            for parts in _parts(scene, key, cells):
                added = sum((cells[part].value for part in parts), ZERO)
                if added != total.value:
                    yield _on_cell("printed_summary_does_not_add", total, printed=total.value, sum=added)
                    break


def share_places_do_not_round(scene: Scene) -> Iterator[Finding]:
    """A printed share rounded to fewer places than it is printed with: 64.86 as 64.90 (R195)."""
    for cell, computed in _shares(scene):
        places = places_of(cell.value)
        if places and not fits(cell.value, computed) and round_half_up(computed, places - 1) == cell.value:
            shown = round_half_up(computed, places)
            yield _on_cell("share_places_do_not_round", cell, printed=str(cell.value), computed=shown, places=places)


def printed_share_differs(scene: Scene) -> Iterator[Finding]:
    """A printed share that is not its count divided by the total (R194)."""
    for cell, computed in _shares(scene):
        places = places_of(cell.value)
        is_coarser = places > 0 and round_half_up(computed, places - 1) == cell.value
        if not fits(cell.value, computed) and not is_coarser:
            yield _on_cell("printed_share_differs", cell, printed=cell.value, computed=computed)


def manpower_does_not_add(scene: Scene) -> Iterator[Finding]:
    """A printed total of the manpower frame that its rows do not give (R216, R267)."""
    cells = {c.column: c for c in scene.plan.printed if c.table == "manpower" and not c.strategy}
    for column, computed in _manpower(scene).items():
        if column in cells and cells[column].value != computed:
            cell = cells[column]
            yield _on_cell("manpower_does_not_add", cell, printed=cell.value, computed=computed)


def _on_cell(code: str, cell: PrintedCell, **params: object) -> Finding:
    where = {"table": cell.table, "fund": cell.fund, "strategy": cell.strategy, "column": cell.column}
    return found(code, f"{cell.table}[{cell.fund}:{cell.strategy}:{cell.column}]", cell.source, **where, **params)


def _table(scene: Scene, fund: str, dimension: str) -> Table:
    """Return counts by strategy; a table of bands holds what counts by now, one of kinds the whole plan (R213)."""
    return tabulate(
        [r for r in scene.now.projects if (r.counts or dimension != "band") and (not fund or r.project.fund == fund)],
        rows="strategy",
        columns=dimension,
    )


def _count(table: Table, cell: PrintedCell) -> Decimal:
    row = table.total
    if cell.strategy:
        matching = [r for r in table.rows if r.key == cell.strategy]
        if not matching:
            return ZERO
        row = matching[0]
    return Decimal(row.total if cell.column == "total" else row.cell(cell.column))


_Key = tuple[str, str, str]


def _parts(scene: Scene, key: _Key, cells: Mapping[_Key, PrintedCell]) -> Iterator[list[_Key]]:
    """Yield the cells that should add up to this one, where all are printed: along the row, down, over the funds."""
    fund, strategy, column = key
    inside = [p for p in scene.plan.projects if not fund or p.fund == fund]
    if column == "total":
        row = [k for k in cells if k[:2] == key[:2] and k[2] != "total"]
        yield from [row] if len(row) > 1 else []
    if not strategy:
        yield from _complete(
            [k for k in cells if k[0] == fund and k[1] and k[2] == column], 1, {p.strategy for p in inside}
        )
    if not fund:
        yield from _complete([k for k in cells if k[0] and k[1:] == key[1:]], 0, {p.fund for p in inside})


def _complete(parts: list[_Key], position: int, names: set[str]) -> list[list[_Key]]:
    return [parts] if parts and {part[position] for part in parts} >= names else []


def _shares(scene: Scene) -> Iterator[tuple[PrintedCell, Decimal]]:
    """Yield printed shares of bands and of personnel types with their exact values."""
    manpower = _manpower(scene)
    bands: dict[str, Table] = {}
    for cell in scene.plan.printed:
        if cell.table == "manpower_shares" and manpower.get("total") and cell.column in manpower:
            yield cell, divide(Decimal(manpower[cell.column]) * HUNDRED, Decimal(manpower["total"]))
        elif cell.table == "shares" and scene.as_of == YEAR_END:
            if cell.fund not in bands:
                bands[cell.fund] = _table(scene, cell.fund, "band")
            table = bands[cell.fund]
            if table.total.total:
                yield cell, divide(_count(table, cell) * HUNDRED, Decimal(table.total.total))


def _manpower(scene: Scene) -> dict[str, int]:
    """Return the number of staff by personnel type and in total."""
    counts: dict[str, int] = {}
    for row in scene.plan.manpower:
        for column, count in row.counts:
            counts[column] = counts.get(column, 0) + count
    return {**counts, "total": sum(counts.values())} if counts else {}
