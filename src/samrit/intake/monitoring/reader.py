"""From rows of monitoring tables to works and indicators as printed, headings in force carried along (R293–R298)."""

from __future__ import annotations

from collections.abc import Iterable

from samrit.intake.grid import Grid
from samrit.intake.headings import Headings
from samrit.intake.monitoring.beginnings import Start
from samrit.intake.monitoring.row_view import RowView
from samrit.intake.monitoring.rows import MonitoringRow, RowCollector
from samrit.intake.monitoring.segments import find_starts
from samrit.intake.monitoring.work_rows import WorkRows
from samrit.intake.tables.drafts import WorkDraft
from samrit.intake.tables.layout import Layout
from samrit.intake.tables.scopes import Scopes
from samrit.intake.tables.tokens import TokenKind


class MonitoringReader:
    """Reads grids in document order and collects the works that are in monitoring tables."""

    def __init__(self, words: Headings) -> None:
        self._words = words
        self._collector = RowCollector(words)
        self.works: list[WorkDraft] = []
        self._waiting_average = False
        self._in_note = False
        self._in_sum = False
        self._current: WorkRows | None = None

    @property
    def scopes(self) -> Scopes:
        """The headings in force."""
        return self._collector.scopes

    @property
    def rows(self) -> list[MonitoringRow]:
        """The rows of every table read."""
        return self._collector.rows

    @property
    def layouts(self) -> list[Layout]:
        """The columns of every table read."""
        return self._collector.layouts

    def read(self, grids: Iterable[Grid]) -> None:
        """Read grids: first all rows, then where works begin, then work by work."""
        self._collector.read(grids)
        rows = self._collector.rows
        found = find_starts(rows, self._words)
        passed_over = set(found.passed_over)
        for at, row in enumerate(rows):
            if at in passed_over and self._work is not None:
                text = " ".join(row.view.texts[p] for p in row.view.filled[:2])
                self._work.notices.append(("intake_work_passed_over", {"line": row.view.number, "text": text[:80]}))
            self._row(row, found.starts.get(at))
            row.work = self._work
        if self._current is not None:
            self._current.finish()

    def _row(self, row: MonitoringRow, start: Start | None) -> None:
        view = row.view
        in_note, self._in_note = self._in_note, False
        self._in_sum = view.sums_up or (self._in_sum and view.goes_on)
        if self._in_sum:
            return  # its cells are listed as unused
        if start is None and (self._closing(view) or self._note(view, in_note=in_note)):
            return
        if start is not None:
            self._waiting_average = False
            self._begin(row, start)
        if self._current is not None:
            self._current.take(view)

    @property
    def _work(self) -> WorkDraft | None:
        return self.works[-1] if self.works else None

    def _closing(self, view: RowView) -> bool:
        """Take rows that close a work: its period, its own percent."""
        work = self._work
        if self._waiting_average and view.is_single and view.tokens[view.filled[0]].kind is TokenKind.NUMBER:
            self._waiting_average = False
            if work is not None:
                work.percents.append(view.tokens[view.filled[0]])
                view.taken.add(view.filled[0])
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
            view.taken |= {view.period_at} if view.period_at is not None and work.period == period else set()
        numbers = [
            t for t in view.tokens if t.kind is TokenKind.NUMBER and (average is None or t.position > average or period)
        ]
        shown = numbers[-1] if numbers else view.shown_percent if average is not None else None
        if shown is not None:
            work.percents.append(shown)
            view.taken.add(shown.position)
        elif average is not None:
            self._waiting_average = True
        return True

    def _spans(self, work: WorkDraft, view: RowView) -> None:
        if view.number is not None:
            work.lines.append(view.number)

    def _note(self, view: RowView, *, in_note: bool) -> bool:
        work = self._work
        goes_on = view.is_single and view.indicator is not None and work is not None and work.closed
        is_note = view.is_note or goes_on or (
            in_note and view.marker is None and view.is_single and view.tokens[view.filled[0]].kind is TokenKind.TEXT
        )  # fmt: skip
        if not is_note:
            return False
        self._in_note = True
        if work is not None:
            work.notes.append(" ".join(view.texts[at] for at in view.filled))
            view.taken.update(view.filled)
            self._spans(work, view)
        return True

    def _expected(self, row: MonitoringRow) -> int:
        work = self._work
        if work is None or work.number is None:
            return 1
        changed = (work.scope.fund, work.scope.strategy) != (row.scope.fund, row.scope.strategy)
        return 1 if changed else work.number + 1

    def _begin(self, row: MonitoringRow, start: Start) -> None:
        """Begin a work where the row holds a title; the row's other cells belong to it."""
        if self._current is not None:
            self._current.finish()
        view, label = row.view, start.label
        cell = view.cell(min(start.used))
        assert cell is not None  # noqa: S101
        doubts = [] if label is not None else ["intake_number_missing"]
        doubts += ["intake_work_doubtful"] if start.doubtful else []
        number = label.order[-1] if label is not None else self._expected(row)
        work = WorkDraft(row.grid, row.scope, number, start.title, cell, doubts=doubts)
        work.label = label.printed if label is not None and label.form != "plain" else ""
        self.works.append(work)
        self._current = WorkRows(work, self._words)
        view.taken |= start.used
        for at in start.used:
            view.texts[at] = ""
        view.filled = [at for at in view.filled if at not in start.used]
        if view.indicator is None and view.marker is None:
            self._current.cells(view, set(start.used))
