"""What is laid over a table of a draft before it is shown: what somebody typed and could not be kept, and remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from samrit.plans.drafting.table import DraftTable, EditedCell, EditedRow

Remarks = Mapping[tuple[str, int, str], tuple[str, ...]]  # by file, number of the row, and column


@dataclass(frozen=True, slots=True)
class TypedOver:
    """What somebody typed and could not be kept, by row ("c" and its number, "n" for new ones), with its faults."""

    rows: Mapping[tuple[str, int], Mapping[str, str]]
    faults: Mapping[tuple[str, int, str], str]

    def laid(self, table: DraftTable) -> tuple[DraftTable, list[tuple[int, EditedRow]]]:
        """Return the table with it in its cells, and the new rows."""
        standing = tuple(self._over(row, ("c", row.number)) for row in table.rows)
        fresh = [(at, self._over(table.blank, (kind, at))) for kind, at in self.rows if kind == "n"]
        return replace(table, rows=standing), fresh

    def _over(self, row: EditedRow, place: tuple[str, int]) -> EditedRow:
        typed = self.rows.get(place)
        if typed is None:
            return row
        return replace(row, cells=tuple(self._cell(cell, typed, place) for cell in row.cells))

    def _cell(self, cell: EditedCell, typed: Mapping[str, str], place: tuple[str, int]) -> EditedCell:
        if cell.column.name not in typed:
            return cell
        fault = self.faults.get((*place, cell.column.name))
        return EditedCell(cell.column, typed[cell.column.name], (fault,) if fault else cell.faults, is_typed=True)


def remarked(table: DraftTable, remarks: Remarks) -> DraftTable:
    """Return a table with the remarks on its file beside its cells and rows."""
    file = table.resource.name

    def row(own: EditedRow) -> EditedRow:
        cells = tuple(replace(c, remarks=remarks.get((file, own.number, c.column.name), ())) for c in own.cells)
        return replace(own, cells=cells, remarks=remarks.get((file, own.number, ""), ()))

    return replace(table, rows=tuple(map(row, table.rows)))
