"""From rows of monitoring tables to works and indicators as printed, headings in force carried along (R293–R298)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from samrit.intake.grid import Grid
from samrit.intake.headings import Headings
from samrit.intake.lattice import Line, lay_out
from samrit.intake.monitoring.drafts import FigureRow, IndicatorDraft, SiteDraft, WorkDraft
from samrit.intake.monitoring.figure_rows import begin_of_months, figure_row, split_pairs
from samrit.intake.monitoring.fronts import assign
from samrit.intake.monitoring.layout import Layout, find_layout
from samrit.intake.monitoring.row_view import RowView
from samrit.intake.monitoring.scopes import Scopes
from samrit.intake.repair.tokens import Kind, Token

_LETTERS = re.compile("[ก-๙A-Za-z]")
_FARTHEST_NUMBER = 6  # how far a printed number may run ahead of the one expected


class MonitoringReader:
    """Reads grids in document order and collects the works that stand in monitoring tables."""

    def __init__(self, words: Headings) -> None:
        self._words = words
        self.scopes = Scopes(words)
        self.works: list[WorkDraft] = []
        self.layouts: list[Layout] = []
        self._layout: Layout | None = None
        self._grid: Grid | None = None
        self._waiting_average = False
        self._in_note = False
        self._rows: list[tuple[str, FigureRow, IndicatorDraft | None]] = []

    def read(self, grids: Iterable[Grid]) -> None:
        """Read grids; tables that are no monitoring tables, and running text, only change the headings in force."""
        for grid in grids:
            self._grid = grid
            if grid.is_table:
                self._table(grid)
            else:
                self._text(grid)
        self._pair()

    def _text(self, grid: Grid) -> None:
        for row in grid.rows:
            for cell in row:
                if not self.scopes.read_fund(cell.text):
                    self.scopes.read(cell.text)

    def _table(self, grid: Grid) -> None:
        lines = lay_out(grid)
        found = find_layout(lines, self._words)
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
            at += 1

    def _continues(self, lines: list[Line], layout: Layout) -> bool:
        """Say whether a table without headings goes on with the columns of the one before."""
        width = max(len(line) for line in lines)
        return width >= layout.months[-1] and bool(self.works or width >= layout.months[-1])

    # -- one row -----------------------------------------------------------------

    def _row(self, line: Line, after: list[Line]) -> None:
        assert self._layout is not None  # noqa: S101
        view = RowView(line, self._layout, self._words)
        if not view.filled:
            return
        in_note, self._in_note = self._in_note, False
        if self._closing(view) or self._heading(view) or self._note(view, in_note=in_note):
            return
        self._title(view, after)
        work = self._work
        if work is None:
            return
        if view.number is not None:
            work.lines.append(view.number)
        if view.marker is not None or not self._layout.has_sides_in_rows:
            self._marked(view)
        elif view.indicator is not None:
            self._announced(view)
        elif self._is_figures(view):
            self._rows.append(("A", self._figures(view, view.layout.months[0]), None))
        else:
            self._rest(view)

    @property
    def _work(self) -> WorkDraft | None:
        return self.works[-1] if self.works else None

    def _closing(self, view: RowView) -> bool:
        """Take rows that close a work: its period, its own percent."""
        work = self._work
        if self._waiting_average and view.is_single and view.tokens[view.filled[0]].kind is Kind.NUMBER:
            self._waiting_average = False
            if work is not None:
                work.percent = view.tokens[view.filled[0]]
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
            work.percent = numbers[-1]
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
        if view.numbered(-1) or _NUMBER_ONLY.match(view.first):
            return False
        return self.scopes.read_fund(view.first) or self.scopes.read(view.first)

    def _note(self, view: RowView, *, in_note: bool) -> bool:
        work = self._work
        is_note = view.is_note or (
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
        found = view.numbered(self._expected())
        return found is not None and self._plausible(found[1])

    def _expected(self) -> int:
        work = self._work
        if work is None or work.number is None:
            return 1
        changed = work.scope.fund != self.scopes.now.fund
        return 1 if changed else work.number + 1

    def _plausible(self, number: int) -> bool:
        expected = self._expected()
        now, work = self.scopes.now, self._work
        restarts = work is None or (now.fund, now.strategy) != (work.scope.fund, work.scope.strategy)
        return expected <= number <= expected + _FARTHEST_NUMBER or (number == 1 and restarts)

    # -- titles --------------------------------------------------------------------

    def _title(self, view: RowView, after: list[Line]) -> None:
        """Begin a work where the row holds a title; the row's other cells belong to it."""
        found = view.numbered(self._expected())
        if found is not None and self._plausible(found[1]) and not self._is_site(view):
            at, number, title = found
            used = {at, at + 1} if title == (view.texts[at + 1] if at + 1 < len(view.texts) else None) else {at}
            self._begin(view, number, title, used)
        elif self._is_unnumbered_title(view, after):
            self._begin(view, None, view.first, {view.filled[0]})

    def _begin(self, view: RowView, number: int | None, title: str, used: set[int]) -> None:
        assert self._grid is not None  # noqa: S101
        self._pair()
        cell = view.cell(min(used))
        assert cell is not None  # noqa: S101
        doubts = [] if number is not None else ["intake_number_missing"]
        number = number if number is not None else self._expected()
        work = WorkDraft(self._grid, self.scopes.now, number, title, cell, doubts=doubts)
        self.works.append(work)
        for at in used:
            view.texts[at] = ""
        view.filled = [at for at in view.filled if at not in used]
        if view.indicator is None and view.marker is None:
            self._work_cells(view, used)

    def _work_cells(self, view: RowView, used: set[int]) -> None:
        """Take unit, budget and remark of a row that has no figures."""
        work = self._work
        if work is None:
            return
        front = [t for t in view.tokens if t.position not in used and t.kind is not Kind.BLANK]
        found = assign(front, view.layout, 0, view.layout.months[0])
        name = found.get("name")
        if name is not None and "unit" not in found and len(name.text) <= 40:
            found["unit"] = found.pop("name")
        work.unit = work.unit or (found["unit"].text if "unit" in found else "")
        work.budget = work.budget or (found["budget"].text if "budget" in found else "")
        self._remark(view, view.layout.months[0])

    def _remark(self, view: RowView, start: int) -> None:
        work = self._work
        texts = [t.text for t in view.tokens[start:] if t.kind is Kind.TEXT and t.text in view.texts]
        if work is not None and texts and texts[-1] not in work.remark:
            work.remark = f"{work.remark} {texts[-1]}".strip()

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

    # -- indicators ------------------------------------------------------------------

    def _announced(self, view: RowView) -> None:
        """Take an indicator's label on a row without figures of its own."""
        work, found = self._work, view.indicator
        assert work is not None  # noqa: S101
        assert found is not None  # noqa: S101
        at, number, rest = found
        draft = IndicatorDraft(number=number, name=rest, cell=view.cell(at), label=view.texts[at])
        work.indicators.append(draft)
        self._spans_indicator(draft, view)
        view.texts[at] = ""
        view.filled = [f for f in view.filled if f != at]
        self._work_cells(view, {at})

    def _spans_indicator(self, draft: IndicatorDraft, view: RowView) -> None:
        if view.number is not None:
            draft.lines.append(view.number)

    def _marked(self, view: RowView) -> None:
        """Take a row of figures that says, or whose layout says, which side it is."""
        work = self._work
        assert work is not None  # noqa: S101
        if self._is_site(view):
            self._site(view)
            return
        if view.marker is None:
            if self._is_figures(view):
                self._both_columns(view)
            else:
                self._rest(view)
            return
        at, side = view.marker
        if side in ("planned", "both"):
            self._planned(view, at, merged=side == "both")
        elif side == "actual" and view.indicator is not None and _announces_unit(view, at):
            work.doubts.append("intake_marker_doubtful")
            self._planned(view, at, merged=False)
        elif side == "actual":
            self._actual(view, at)
        else:
            self._summed(view, at)

    def _planned(self, view: RowView, at: int, *, merged: bool) -> None:
        work = self._work
        assert work is not None  # noqa: S101
        side = view.layout.position("side")
        shift = at - side if side is not None else 0
        start = begin_of_months(view, at, shift, planned=True)
        draft = self._indicator_of(view, at)
        self._fill(draft, view, at, shift, start)
        row = self._figures(view, start, shift)
        pair = split_pairs(row) if merged else None
        self._spans_indicator(draft, view)
        draft.merged = merged
        if pair:
            draft.plan, draft.actual = pair
        else:
            draft.plan = row
            self._rows.append(("P", row, draft))
        self._remark(view, start)

    def _indicator_of(self, view: RowView, at: int) -> IndicatorDraft:
        """Return the indicator that a plan row belongs to: its own label's, one announced above, or a new one."""
        work = self._work
        assert work is not None  # noqa: S101
        waiting = work.indicators[-1] if work.indicators and work.indicators[-1].plan is None else None
        if view.indicator is not None:
            where, number, rest = view.indicator
            draft = IndicatorDraft(number=number, name=rest, cell=view.cell(where), label=view.texts[where])
            if waiting is not None and waiting.number == number and not waiting.name:
                work.indicators.pop()
            self._replace_unlabelled(draft)
            work.indicators.append(draft)
            view.texts[where] = ""
            view.filled = [f for f in view.filled if f != where]
            return draft
        if waiting is not None:
            return waiting
        number = (work.indicators[-1].number or len(work.indicators)) + 1 if work.indicators else 1
        draft = IndicatorDraft(number=number, cell=view.cell(at))
        work.indicators.append(draft)
        return draft

    def _replace_unlabelled(self, draft: IndicatorDraft) -> None:
        """Drop a row without a label that the labelled indicator of the same number now repeats."""
        work = self._work
        assert work is not None  # noqa: S101
        last = work.indicators[-1] if work.indicators else None
        if last is None or last.label or last.name or last.number != draft.number or last.plan is None:
            return
        work.indicators.pop()
        work.doubts.append("intake_row_repeated")
        self._rows = [r for r in self._rows if r[2] is not last]

    def _fill(self, draft: IndicatorDraft, view: RowView, at: int, shift: int, start: int) -> None:
        """Take name, unit of measure, weight and target from the cells around the marker."""
        work = self._work
        assert work is not None  # noqa: S101
        front = [t for t in view.tokens if t.position != at and t.position in view.filled]
        found = assign(front, view.layout, shift, start)
        name = found.get("name") or found.get("indicator")
        if name is not None:
            draft.name = f"{draft.name} {name.text}".strip()
        draft.unit_of_measure = found["unit_of_measure"].text if "unit_of_measure" in found else draft.unit_of_measure
        draft.weight = found.get("weight", draft.weight)
        target = found.get("target")
        if target is not None:
            draft.target, draft.target_text = target, target.text
        self._shares(found)

    def _shares(self, found: dict[str, Token]) -> None:
        """Keep the unit and the budget of a row: the work's own, or a share of several units (R123)."""
        work = self._work
        assert work is not None  # noqa: S101
        unit = found["unit"].text if "unit" in found else ""
        budget = found["budget"].text if "budget" in found else ""
        if not unit and not budget:
            return
        if (not work.unit and not work.budget) or (unit, budget) == (work.unit, work.budget):
            work.unit, work.budget = unit, budget
        elif unit and not budget and not work.unit.endswith(unit) and unit.startswith("/"):
            work.unit += unit
        elif not work.budget and not unit:
            work.budget = budget
        elif not work.unit and not budget:
            work.unit = unit
        else:
            work.shares.append((unit, budget))

    def _figures(self, view: RowView, start: int, shift: int = 0) -> FigureRow:
        return figure_row(view, start, shift)

    def _actual(self, view: RowView, at: int) -> None:
        work = self._work
        assert work is not None  # noqa: S101
        side = view.layout.position("side")
        shift = at - side if side is not None else 0
        start = begin_of_months(view, at, shift, planned=False)
        front = [t for t in view.tokens if t.position < at and t.kind is not Kind.BLANK]
        found = assign(front, view.layout, shift, at)
        last = work.indicators[-1] if work.indicators else None
        name = found.get("name")
        outcome = self._words.find("label", view.first)
        if (
            name is not None
            and last is not None
            and not (outcome and outcome.code == "outcome" and name.text == view.first)
        ):
            last.name = f"{last.name} {name.text}".strip()
        self._shares({role: cell for role, cell in found.items() if role in ("unit", "budget")})
        if last is not None:
            self._spans_indicator(last, view)
        self._rows.append(("A", self._figures(view, start, shift), None))
        self._remark(view, start)

    def _both_columns(self, view: RowView) -> None:
        """Take an indicator whose plan and result stand in columns of one row."""
        work = self._work
        assert work is not None  # noqa: S101
        draft = self._indicator_of(view, view.filled[0])
        self._fill(draft, view, -1, 0, view.layout.months[0])
        draft.plan = figure_row(view, view.layout.months[0], 0, positions=view.layout.months)
        draft.actual = figure_row(view, view.layout.months[0], 0, positions=view.layout.actuals)
        self._spans_indicator(draft, view)

    def _summed(self, view: RowView, at: int) -> None:
        """Take a row marked "รวม": the work's percent, or the results where "แผน ผล" announced both sides."""
        work = self._work
        assert work is not None  # noqa: S101
        last = work.indicators[-1] if work.indicators else None
        if last is not None and last.merged and last.actual is None and view.figures >= 3:
            self._actual(view, at)
            last.merged = False
            return
        self._remark(view, at + 1)
        numbers = [t for t in view.tokens[at + 1 :] if t.kind is Kind.NUMBER]
        front = [t for t in view.tokens if t.position < at and t.kind is not Kind.BLANK]
        self._shares({r: c for r, c in assign(front, view.layout, 0, at).items() if r in ("unit", "budget")})
        if numbers:
            work.percent = numbers[-1]

    # -- sites and the rest ------------------------------------------------------------

    def _is_site(self, view: RowView) -> bool:
        """Say whether a row tells in words, by quarter, what a site plans or has done."""
        if view.marker is None or self._layout is None:
            return False
        start = view.marker[0] + 1
        tail = [t for t in view.tokens[start + 2 :] if t.kind is not Kind.BLANK]
        words = [t for t in tail if t.kind is Kind.TEXT and len(t.text) > 12 and t.position < start + 14]
        figures = [t for t in tail if t.kind in (Kind.NUMBER, Kind.DASH)]
        return bool(words) and len(figures) <= 2

    def _site(self, view: RowView) -> None:
        work = self._work
        assert work is not None  # noqa: S101
        assert view.marker is not None  # noqa: S101
        at, side = view.marker
        texts = tuple(t.text for t in view.tokens[at + 1 :] if t.kind is Kind.TEXT and len(t.text) > 12)
        if side == "actual" and work.sites:
            work.sites[-1].actual = texts
            return
        before = [t for t in view.tokens[:at] if t.kind is not Kind.BLANK]
        number = next((int(t.value) for t in before if t.value is not None and t.position == 0), len(work.sites) + 1)
        words = [t.text for t in before if t.kind is Kind.TEXT]
        money = next((t.text for t in before if t.value is not None and t.value >= 1000), "")
        site = SiteDraft(number, words[0] if words else "", words[1] if len(words) > 1 else "", money, texts)
        site.cell = view.cell(view.filled[0])
        work.sites.append(site)

    def _is_figures(self, view: RowView) -> bool:
        """Say whether a row without a marker holds the figures of months."""
        start = view.layout.months[0]
        inside = [t for t in view.tokens[start : view.layout.months[-1] + 1] if t.kind in (Kind.NUMBER, Kind.DASH)]
        return len(inside) >= 3

    def _rest(self, view: RowView) -> None:
        """Take a row that is none of the others: a lone percent, a text that goes on, a unit's share."""
        work = self._work
        assert work is not None  # noqa: S101
        filled = [view.tokens[at] for at in view.filled]
        numbers = [t for t in filled if t.kind is Kind.NUMBER]
        if len(filled) == 1 and numbers and numbers[0].position >= view.layout.months[0]:
            work.percent = numbers[0]
            return
        texts = [t for t in filled if t.kind is Kind.TEXT and _LETTERS.search(t.text)]
        if texts and texts[0].position <= (view.layout.position("name") or 1) and not work.indicators:
            work.title = f"{work.title} {texts[0].text}".strip()
            self._work_cells(view, {texts[0].position})
            return
        found = assign([t for t in filled if t.position < view.layout.months[0]], view.layout, 0, view.layout.months[0])
        self._shares({role: cell for role, cell in found.items() if role in ("unit", "budget")})

    # -- pairing plan and result rows ----------------------------------------------------

    def _pair(self) -> None:
        """Give every result row to its plan row: in turn where they alternate, in order where blocks follow blocks."""
        plans: list[IndicatorDraft] = []
        actuals: list[FigureRow] = []
        for side, row, draft in [*self._rows, ("P", None, None)]:
            if side == "P":
                if actuals:
                    _join(plans, actuals)
                    plans, actuals = [], []
                if draft is not None:
                    plans.append(draft)
            elif row is not None:
                actuals.append(row)
        self._rows = []


_NUMBER_ONLY = re.compile(r"^[0-9]{1,3}\s*[.)]?$")


def _join(plans: list[IndicatorDraft], actuals: list[FigureRow]) -> None:
    open_plans = [p for p in plans if p.actual is None]
    if not open_plans:
        return
    chosen = open_plans if len(actuals) >= len(open_plans) else open_plans[-len(actuals) :]
    for draft, row in zip(chosen, actuals, strict=False):
        draft.actual = row
        if len(plans) > 1 and len(actuals) > 1:
            draft.doubts.append("intake_rows_paired_by_order")
    if len(actuals) > len(open_plans):
        open_plans[-1].doubts.append("intake_rows_left_over")


def _announces_unit(view: RowView, marker: int) -> bool:
    """Say whether a unit of measure and a weight follow the marker, as they do on plan rows only."""
    after = view.tokens[marker + 1 : marker + 3]
    return {t.kind for t in after} == {Kind.TEXT, Kind.NUMBER}


def _is_wide(lines: list[Line]) -> bool:
    return bool(lines) and max(len(line) for line in lines) > 3
