"""From rows of monitoring tables to works and indicators as printed, headings in force carried along (R293–R298)."""

from __future__ import annotations

from collections.abc import Iterable

from samrit.intake.grid import Grid
from samrit.intake.headings import Headings
from samrit.intake.monitoring.row_view import NUMBER_ONLY, RowView
from samrit.intake.monitoring.sites import is_site
from samrit.intake.monitoring.work_rows import WorkRows
from samrit.intake.tables.drafts import WorkDraft
from samrit.intake.tables.gantt import is_gantt
from samrit.intake.tables.lattice import Line, lay_out
from samrit.intake.tables.layout import Layout, find_layout
from samrit.intake.tables.quarters import Quarters, find_quarters
from samrit.intake.tables.scopes import Scopes
from samrit.intake.tables.tokens import Kind

_FARTHEST_NUMBER = 6  # how far a printed number may run ahead of the one expected


class MonitoringReader:
    """Reads grids in document order and collects the works that stand in monitoring tables."""

    def __init__(self, words: Headings) -> None:
        self._words = words
        self.scopes = Scopes(words)
        self.works: list[WorkDraft] = []
        self.layouts: list[Layout] = []
        self._layout: Layout | None = None
        self._quarters: Quarters | None = None
        self._grid: Grid | None = None
        self._waiting_average = False
        self._in_note = False
        self._current: WorkRows | None = None

    def read(self, grids: Iterable[Grid]) -> None:
        """Read grids; tables that are no monitoring tables, and running text, only change the headings in force."""
        for grid in grids:
            self._grid = grid
            if grid.is_table:
                self._table(grid)
            else:
                self._text(grid)
        if self._current is not None:
            self._current.finish()

    def _text(self, grid: Grid) -> None:
        for row in grid.rows:
            for cell in row:
                if not self.scopes.read_fund(cell.text):
                    self.scopes.read(cell.text)

    def _table(self, grid: Grid) -> None:
        lines = lay_out(grid)
        found = find_layout(lines, self._words)
        if found is not None and is_gantt(lines, *found, self._words):
            self._layout = None
            return
        if found is not None:
            self._quarters = None
        else:
            lines, found = self._by_month(lines)
        if found is None and (self._layout is None or not self._continues(lines, self._layout)):
            self._layout = None if found is None and _is_wide(lines) else self._layout
            return
        at = 0
        while at < len(lines):
            if found and at == found[0]:
                self._layout = found[1]
                self.layouts.append(found[1])
                at += found[1].header
                found = find_layout(lines, self._words, at)
                continue
            if self._layout is not None:
                self._row(lines[at], lines[at + 1 : at + 4])
            else:
                self._caption(lines[at])
            at += 1

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
        """Take a heading that stands above the columns of a table."""
        texts = {slot.text for slot in line if slot.text}
        if len(texts) == 1:
            text = texts.pop()
            if not self.scopes.read_fund(text):
                self.scopes.read(text)

    def _continues(self, lines: list[Line], layout: Layout) -> bool:
        """Say whether a table without headings goes on with the columns of the one before."""
        width = max(len(line) for line in lines)
        return width >= layout.months[-1] and bool(self.works or width >= layout.months[-1])

    def _row(self, line: Line, after: list[Line]) -> None:
        assert self._layout is not None  # noqa: S101
        view = RowView(line, self._layout, self._words)
        if not view.filled:
            return
        in_note, self._in_note = self._in_note, False
        if self._closing(view) or self._heading(view) or self._note(view, in_note=in_note):
            return
        self._title(view, after)
        if self._current is not None:
            self._current.take(view)

    @property
    def _work(self) -> WorkDraft | None:
        return self.works[-1] if self.works else None

    def _closing(self, view: RowView) -> bool:
        """Take rows that close a work: its period, its own percent."""
        work = self._work
        if self._waiting_average and view.is_single and view.tokens[view.filled[0]].kind is Kind.NUMBER:
            self._waiting_average = False
            if work is not None:
                work.percents.append(view.tokens[view.filled[0]])
                self._spans(work, view)
            return True
        self._waiting_average = False
        period, average = view.period, view.average
        if period is None and average is None:
            return False
        if work is None:
            return True
        self._spans(work, view)
        work.closed = True
        if period:
            work.period = work.period or period
        numbers = [
            t for t in view.tokens if t.kind is Kind.NUMBER and (average is None or t.position > average or period)
        ]
        if numbers:
            work.percents.append(numbers[-1])
        elif average is not None and view.shown_percent is not None:
            work.percents.append(view.shown_percent)
        elif average is not None:
            self._waiting_average = True
        return True

    def _spans(self, work: WorkDraft, view: RowView) -> None:
        if view.number is not None:
            work.lines.append(view.number)

    def _heading(self, view: RowView) -> bool:
        if view.marker is not None or (view.figures and not view.is_single):
            return False
        if len({view.texts[at] for at in view.filled}) != 1:
            return False
        if view.numbered(-1) or NUMBER_ONLY.match(view.first):
            return False
        return self.scopes.read_fund(view.first) or self.scopes.read(view.first)

    def _note(self, view: RowView, *, in_note: bool) -> bool:
        work = self._work
        goes_on = view.is_single and view.indicator is not None and work is not None and work.closed
        is_note = view.is_note or goes_on or (
            in_note and view.marker is None and view.is_single and not self._starts_work(view)
            and view.tokens[view.filled[0]].kind is Kind.TEXT
        )  # fmt: skip
        if not is_note:
            return False
        self._in_note = True
        if work is not None:
            work.notes.append(" ".join(view.texts[at] for at in view.filled))
            self._spans(work, view)
        return True

    def _starts_work(self, view: RowView) -> bool:
        found = view.numbered(*self._expected_numbers())
        return found is not None and self._plausible(found[1])

    def _expected(self) -> int:
        work = self._work
        if work is None or work.number is None:
            return 1
        changed = work.scope.fund != self.scopes.now.fund
        return 1 if changed else work.number + 1

    def _expected_numbers(self) -> tuple[int, ...]:
        return (self._expected(), 1) if self._restarts() else (self._expected(),)

    def _restarts(self) -> bool:
        """Say whether the next work may be number 1 again: the first one, or under another strategy or fund."""
        now, work = self.scopes.now, self._work
        return work is None or (now.fund, now.strategy) != (work.scope.fund, work.scope.strategy)

    def _plausible(self, number: int) -> bool:
        expected = self._expected()
        return expected <= number <= expected + _FARTHEST_NUMBER or (number == 1 and self._restarts())

    def _title(self, view: RowView, after: list[Line]) -> None:
        """Begin a work where the row holds a title; the row's other cells belong to it."""
        found = view.numbered(*self._expected_numbers())
        if found is not None and self._plausible(found[1]) and not is_site(view, after_site=False):
            at, number, title = found
            used = {at, at + 1} if title == (view.texts[at + 1] if at + 1 < len(view.texts) else None) else {at}
            self._begin(view, number, title, used)
        elif self._is_unnumbered_title(view, after):
            self._begin(view, None, view.first, {view.filled[0]})

    def _begin(self, view: RowView, number: int | None, title: str, used: set[int]) -> None:
        assert self._grid is not None  # noqa: S101
        if self._current is not None:
            self._current.finish()
        cell = view.cell(min(used))
        assert cell is not None  # noqa: S101
        doubts = [] if number is not None else ["intake_number_missing"]
        number = number if number is not None else self._expected()
        work = WorkDraft(self._grid, self.scopes.now, number, title, cell, doubts=doubts)
        self.works.append(work)
        self._current = WorkRows(work, self._words)
        for at in used:
            view.texts[at] = ""
        view.filled = [at for at in view.filled if at not in used]
        if view.indicator is None and view.marker is None:
            self._current.cells(view, used)

    def _is_unnumbered_title(self, view: RowView, after: list[Line]) -> bool:
        """Say whether a row names a work whose number was lost: one text after a closed work, an indicator below."""
        work = self._work
        if not view.is_single or view.filled[0] > 1 or view.indicator or (work is not None and not work.closed):
            return False
        if self._words.begins("work", view.first) is None or self._layout is None:
            return False
        following = [RowView(line, self._layout, self._words) for line in after]
        following = [v for v in following if v.filled]
        return bool(following) and following[0].indicator is not None


def _is_wide(lines: list[Line]) -> bool:
    return bool(lines) and max(len(line) for line in lines) > 3
