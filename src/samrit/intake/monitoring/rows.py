"""The rows of all monitoring tables of a document in order, each with its columns and the headings in force (R295)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings
from samrit.intake.monitoring.row_view import NUMBER_ONLY, RowView
from samrit.intake.repair.rates import all_percents, column_of_rates
from samrit.intake.tables.drafts import Scope, WorkDraft
from samrit.intake.tables.gantt import is_gantt
from samrit.intake.tables.lattice import Line, lay_out, slot_at
from samrit.intake.tables.layout import Layout, find_layout
from samrit.intake.tables.quarters import Quarters, find_quarters
from samrit.intake.tables.results import gives_results
from samrit.intake.tables.scopes import Scopes
from samrit.intake.tables.spending import tells_money


@dataclass(slots=True)
class MonitoringRow:
    """A filled row under headings of months that is no heading itself; ``after_break`` says that one is above."""

    view: RowView
    grid: Grid
    scope: Scope
    after_break: bool = False
    work: WorkDraft | None = None  # the work that the row was given to


class RowCollector:
    """Collects the rows of monitoring tables; other tables and running text only change the headings in force."""

    def __init__(self, words: Headings) -> None:
        self._words = words
        self.scopes = Scopes(words)
        self.layouts: list[Layout] = []
        self.rows: list[MonitoringRow] = []
        self.structure: list[tuple[GridCell, str]] = []  # cells of headings, and what they head
        self._layout: Layout | None = None
        self._quarters: Quarters | None = None
        self._break = True
        self._told: tuple[Scope, tuple[str, ...]] | None = None  # headings, number and title of the row before

    def read(self, grids: Iterable[Grid]) -> None:
        """Read grids in document order."""
        for grid in grids:
            if grid.is_table:
                self._table(grid)
            else:
                self._text(grid)

    def _text(self, grid: Grid) -> None:
        for row in grid.rows:
            for cell in row:
                if not self.scopes.read_fund(cell.text):
                    self._break |= self.scopes.read(cell.text)

    def _table(self, grid: Grid) -> None:
        lines = lay_out(grid)
        found = find_layout(lines, self._words)
        if tells_money(lines) or (found is not None and is_gantt(lines, *found, self._words)):
            self._layout = None
            return
        if found is not None:
            self._quarters = None
        else:
            lines, found = self._by_month(lines)
        if found is None and (self._layout is None or not self._continues(lines, self._layout)):
            self._layout = None if found is None and _is_wide(lines) else self._layout
            return
        self._lines(grid, lines, found)

    def _lines(self, grid: Grid, lines: list[Line], found: tuple[int, Layout] | None) -> None:
        at = 0
        first_of_grid = True  # until its headings are read, a single text is a caption of theirs
        while at < len(lines):
            if found and at == found[0]:
                first_of_grid = False
                first, layout = found
                found = find_layout(lines, self._words, first + layout.header)
                end = found[0] if found else len(lines)
                body = first + layout.header
                self._layout = self._with_sides(layout, lines[first:body], lines[body:end])
                self.layouts.append(self._layout)
                self.structure.extend(_headings(lines[first : first + layout.header]))
                at += layout.header
                self._break = True
                continue
            above = found is not None and first_of_grid and len({s.text for s in lines[at] if s.text}) == 1
            if self._layout is not None and not above:
                self._row(grid, lines[at])
            else:
                self._caption(lines[at])
            at += 1

    def _with_sides(self, layout: Layout, heads: Sequence[Line], lines: Sequence[Line]) -> Layout:
        """Say of a table without sides whether its figures are plans, or results; a sum is neither."""
        if layout.actuals or layout.position("side") is not None:
            return layout
        if (rates := column_of_rates(layout, lines, self._words)) is not None:
            return replace(layout, rates=rates)
        markers = (RowView(line, layout, self._words).marker for line in lines)
        if any(marker is not None and marker[1] != "total" for marker in markers):
            return layout
        results = gives_results(heads, layout, self._words) or all_percents(lines, layout)
        return replace(layout, plan_only=not results, results_only=results)

    def _by_month(self, lines: list[Line]) -> tuple[list[Line], tuple[int, Layout] | None]:
        """Return the rows of a table by quarter as rows by month, with the layout where it has headings."""
        quarterly = find_quarters(lines, self._words)
        if quarterly is not None:
            first, self._quarters, layout = quarterly
            return [self._quarters.by_month(line) for line in lines], (first, layout)
        if self._quarters is not None and lines and max(map(len, lines)) == self._quarters.width:
            return [self._quarters.by_month(line) for line in lines], None
        return lines, None

    def _caption(self, line: Line) -> None:
        """Take a heading that is above the columns of a table."""
        texts = {slot.text for slot in line if slot.text}
        if len(texts) == 1:
            self._takes(texts.pop(), line)

    def _takes(self, text: str, line: Line) -> bool:
        taken = self.scopes.read_fund(text) or self.scopes.read(text)
        if taken:
            self.structure.extend((slot.cell, "scope") for slot in line if slot.text and slot.cell is not None)
            self._break = True
        return taken

    def _continues(self, lines: list[Line], layout: Layout) -> bool:
        """Say whether a table without headings goes on with the columns of the one before."""
        width = max(len(line) for line in lines)
        return width >= layout.months[-1] and bool(self.rows or width >= layout.months[-1])

    def _row(self, grid: Grid, line: Line) -> None:
        assert self._layout is not None  # noqa: S101
        view = RowView(line, self._layout, self._words, certain=grid.certain)
        if not view.filled:
            return
        self._columns(view)
        if not view.filled:
            return
        closes = view.period is not None or view.average is not None
        if not closes and self._is_heading(view) and self._takes(view.first, line):
            return
        number, *told = (view.texts[at] for at in view.filled)
        if len(told) == 1 and NUMBER_ONLY.match(number) and self.scopes.is_numbered_level(told[0]):
            self._takes(told[0], line)
            return
        self.rows.append(MonitoringRow(view, grid, self.scopes.now, self._break))
        self._break = False

    def _columns(self, view: RowView) -> None:
        """Take headings that have columns of their own; leave out a title that is repeated on every row of its work."""
        layout = view.layout
        for what in ("strategy", "tactic", "kind"):
            at = layout.position(what)
            if at is not None and at in view.filled and self.scopes.read_column(what, view.texts[at]):
                view.leave_out(at)
        name, indicator = layout.position("name"), layout.position("indicator")
        if name is None or indicator is None or not view.certain:
            return
        places = [at for at in (layout.position("number"), name) if at is not None]
        told = self.scopes.now, tuple(slot_at(view.line, at).text for at in places)
        if told[1][-1] and told == self._told:
            for at in places:
                view.leave_out(at)
        self._told = told if told[1][-1] else self._told

    def _is_heading(self, view: RowView) -> bool:
        """Say whether a row may be a heading: one text and no number before it."""
        if view.marker is not None or (view.figures and not view.is_single):
            return False
        if len({view.texts[at] for at in view.filled}) != 1:
            return False
        return not (view.numbered(-1) or NUMBER_ONLY.match(view.first))


def _headings(lines: Sequence[Line]) -> Iterator[tuple[GridCell, str]]:
    for line in lines:
        yield from ((slot.cell, "heading") for slot in line if slot.text and slot.cell is not None)


def _is_wide(lines: list[Line]) -> bool:
    return bool(lines) and max(len(line) for line in lines) > 3
