"""Counting a project once that is on several lines (RU1): which line counts in which table."""

from __future__ import annotations

from collections.abc import Sequence

from samrit.engine.results import ProjectResult
from samrit.engine.rollup import is_work
from samrit.reports.workbook.writing.layout import DataSheet, LiveFormula, Value

# A line counts where no earlier line of the same project is in the same row of the table.
_WITHIN: dict[str, tuple[str, ...]] = {
    "plan": (),
    "strategy": ("strategy",),
    "fund": ("fund",),
    "fund_strategy": ("fund", "strategy"),
}
KINDS = "once"  # tables of all works and projects
DUE = "due"  # tables of those that count at the evaluated month
COLUMNS = ("same_project", *(f"{table}_{within}" for table in (KINDS, DUE) for within in _WITHIN))


class Repeats:
    """Whether any project is on several lines, and the helper columns for that."""

    def __init__(self, results: Sequence[ProjectResult]) -> None:
        self._results = tuple(results)
        keys = [r.project.key for r in self._results]
        self.any = len(set(keys)) < len(keys) or not all(map(is_work, self._results))

    def values(self, sheet: DataSheet, row: int, no: int) -> dict[str, Value]:
        """Return the helper cells of a row: 1 where the line counts in tables of that kind."""
        values: dict[str, Value] = {"same_project": self._results[no - 1].project.key}
        for name, within in _WITHIN.items():
            keys = ("same_project", *filter(sheet.has, within))
            same = "*".join(f"({sheet.name(k)}={sheet.cell(k, row)})" for k in keys)
            earlier = f"{same}*({sheet.name('no')}<{sheet.cell('no', row)})"
            all_ = f"IF(SUMPRODUCT({earlier})=0,1,0)" if is_work(self._results[no - 1]) else "0"
            counts = sheet.cell("counts", row)
            due = f"IF(AND({counts}=1,SUMPRODUCT({earlier}*{sheet.name('counts')})=0),1,0)"
            values[f"{KINDS}_{name}"] = LiveFormula(all_, int(self._is_first(no, within, due=False)))
            values[f"{DUE}_{name}"] = LiveFormula(due, int(self._is_first(no, within, due=True)))
        return values

    def _is_first(self, no: int, within: tuple[str, ...], *, due: bool) -> bool:
        mine = self._results[no - 1]
        if not is_work(mine) or (due and not mine.counts):
            return False
        earlier = [r for r in self._results[: no - 1] if r.counts or not due]
        return not any(r.project.key == mine.project.key and _place(r, within) == _place(mine, within) for r in earlier)


def _place(result: ProjectResult, within: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(getattr(result.project, name)) for name in within)
