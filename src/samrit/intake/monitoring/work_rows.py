"""The rows of one work: its indicators with their plan and result rows, its money, its sites."""

from __future__ import annotations

import re

from samrit.intake.headings import Headings
from samrit.intake.monitoring.figure_rows import begin_of_months, figure_row, is_figures, one_total, split_pairs
from samrit.intake.monitoring.fronts import announces_unit, assign, cells_behind, is_said, keep_shares
from samrit.intake.monitoring.labels import StackedLabels
from samrit.intake.monitoring.pairing import Pairing, repeats
from samrit.intake.monitoring.row_view import RowView
from samrit.intake.monitoring.sites import is_site, read_site
from samrit.intake.repair.rates import RATE
from samrit.intake.tables.drafts import IndicatorDraft, WorkDraft
from samrit.intake.tables.results import measured_in
from samrit.intake.tables.tokens import TokenKind

_LETTERS = re.compile("[ก-๙A-Za-z]")


class WorkRows:
    """Takes the rows of one work one after the other."""

    def __init__(self, work: WorkDraft, words: Headings) -> None:
        self.work = work
        self._words = words
        self._pairing = Pairing()
        self._after_site = False
        self._labels = StackedLabels()

    def take(self, view: RowView) -> None:
        """Take a row: figures, an indicator's label, or whatever else is under a work."""
        if view.number is not None:
            self.work.lines.append(view.number)
        if view.marker is not None and view.marker[1] == "money":
            return  # what is spent is no indicator: its cells are listed as unused
        self._labels.see(view)
        if view.marker is not None and view.marker[0] == view.layout.rates:
            self._rate(view, *view.marker)
        elif view.marker is not None or not view.layout.has_sides_in_rows:
            self._marked(view)
        elif view.indicator is not None:
            self._announced(view)
        elif is_figures(view) and (view.layout.plan_only or view.layout.results_only):
            self._one_side(view)
        elif is_figures(view):
            self._pairing.result(figure_row(view, view.layout.months[0], 0))
        else:
            self._rest(view)

    def finish(self) -> None:
        """Pair plan and result rows: nothing more comes."""
        self._pairing.settle()
        self._labels.settle(self.work)

    def cells(self, view: RowView, used: set[int]) -> None:
        """Take unit, budget and remark of a row that has no figures."""
        work = self.work
        front = [t for t in view.tokens if t.position not in used and t.kind is not TokenKind.BLANK]
        found = {**assign(front, view.layout, 0, view.layout.months[0], certain=view.certain), **cells_behind(view)}
        name = found.get("name")
        if name is not None and "unit" not in found and len(name.text) <= 40 and not view.certain:
            found["unit"] = found.pop("name")
        work.unit = work.unit or (found["unit"].text if "unit" in found else "")
        work.budget = work.budget or (found["budget"].text if "budget" in found else "")
        told = {"unit": work.unit, "budget": work.budget}
        view.taken.update(found[role].position for role in told if role in found and found[role].text == told[role])
        self._remark(view, view.layout.months[0])

    def _remark(self, view: RowView, start: int) -> None:
        work = self.work
        known = view.layout.behind.values()
        own = view.layout.position("remark") if view.certain else None
        texts = [
            t
            for t in view.tokens[start:]
            if t.kind is TokenKind.TEXT
            and t.text in view.texts
            and t.position not in known
            and own in (None, t.position)
            and (t.position > view.layout.months[-1] or is_said(t.text))
        ]
        if not texts:
            return
        view.taken.add(texts[-1].position)
        if texts[-1].text not in work.remark:
            work.remark = f"{work.remark} {texts[-1].text}".strip()

    def _announced(self, view: RowView) -> None:
        """Take an indicator's label on a row without figures of its own."""
        work, found = self.work, view.indicator
        assert found is not None  # noqa: S101
        at, number, rest = found
        draft = IndicatorDraft(number=number, name=rest, cell=view.cell(at), label=view.texts[at])
        work.indicators.append(draft)
        self._spans_indicator(draft, view)
        view.taken.add(at)
        view.texts[at] = ""
        view.filled = [f for f in view.filled if f != at]
        self.cells(view, {at})

    def _spans_indicator(self, draft: IndicatorDraft, view: RowView) -> None:
        if view.number is not None:
            draft.lines.append(view.number)

    def _marked(self, view: RowView) -> None:
        """Take a row of figures that says, or whose layout says, which side it is."""
        work = self.work
        if is_site(view, after_site=self._after_site):
            self._after_site = True
            read_site(view, work)
            return
        self._after_site = False
        if view.marker is None:
            if is_figures(view):
                self._both_columns(view)
            else:
                self._rest(view)
            return
        at, side = view.marker
        if repeats(view, work, side):
            return
        if side in ("planned", "both"):
            self._planned(view, at, merged=side == "both")
        elif side == "actual" and view.indicator is not None and announces_unit(view, at):
            work.doubts.append("intake_marker_doubtful")
            self._planned(view, at, merged=False)
        elif side == "actual":
            self._actual(view, at)
        else:
            self._summed(view, at)
        if work.indicators and not view.is_to_date:
            work.indicators[-1].sides.add(side)

    def _planned(self, view: RowView, at: int, *, merged: bool) -> None:
        side = view.layout.position("side")
        shift = at - side if side is not None else 0
        start = begin_of_months(view, at, shift, planned=True)
        draft = self._indicator_of(view, at)
        self._fill(draft, view, at, shift, start)
        row = figure_row(view, start, shift)
        pair = split_pairs(row) if merged else None
        self._spans_indicator(draft, view)
        draft.merged = merged
        if pair:
            draft.plan, draft.actual = pair
        else:
            draft.plan = row
            self._pairing.plan(draft, row)
        self._remark(view, start)

    def _indicator_of(self, view: RowView, at: int) -> IndicatorDraft:
        """Return the indicator that a plan row belongs to: its own label's, one announced above, or a new one."""
        work = self.work
        waiting = work.indicators[-1] if work.indicators and work.indicators[-1].plan is None else None
        if view.indicator is not None:
            where, number, rest = view.indicator
            draft = IndicatorDraft(number=number, name=rest, cell=view.cell(where), label=view.texts[where])
            if waiting is not None and waiting.number == number and not waiting.name:
                work.indicators.pop()
            self._replace_unlabelled(draft)
            work.indicators.append(draft)
            view.taken.add(where)
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
        work = self.work
        last = work.indicators[-1] if work.indicators else None
        if last is None or last.label or last.name or last.number != draft.number or last.plan is None:
            return
        work.indicators.pop()
        work.doubts.append("intake_row_repeated")
        self._pairing.forget(last)

    def _fill(self, draft: IndicatorDraft, view: RowView, at: int, shift: int, start: int) -> None:
        """Take name, unit of measure, weight and target from the cells around the marker."""
        front = [t for t in view.tokens if t.position != at and t.position in view.filled]
        found = {**assign(front, view.layout, shift, start, certain=view.certain), **cells_behind(view)}
        first, second = ("indicator", "name") if view.certain else ("name", "indicator")
        name = found.get(first) or found.get(second)
        if name is not None:
            draft.name = f"{draft.name} {name.text}".strip()
            view.taken.add(name.position)
        view.taken.update(found[role].position for role in ("unit_of_measure", "weight", "target") if role in found)
        draft.unit_of_measure = found["unit_of_measure"].text if "unit_of_measure" in found else draft.unit_of_measure
        draft.weight = found.get("weight", draft.weight)
        target = found.get("target")
        if target is not None:
            draft.target, draft.target_text = target, target.text
        if not draft.unit_of_measure and "unit_of_measure" not in view.layout.columns:
            draft.unit_of_measure = measured_in(draft.target_text)
        keep_shares(self.work, view, found)

    def _actual(self, view: RowView, at: int) -> None:
        work = self.work
        side = view.layout.position("side")
        shift = at - side if side is not None else 0
        start = begin_of_months(view, at, shift, planned=False)
        front = [t for t in view.tokens if t.position < at and t.kind is not TokenKind.BLANK]
        found = assign(front, view.layout, shift, at, certain=view.certain)
        last = work.indicators[-1] if work.indicators else None
        name = found.get("name")
        outcome = self._words.find("label", view.first)
        if (
            name is not None
            and last is not None
            and not (outcome and outcome.code == "outcome" and name.text == view.first)
        ):
            last.name = f"{last.name} {name.text}".strip()
            view.taken.add(name.position)
        keep_shares(self.work, view, found)
        if last is not None:
            self._spans_indicator(last, view)
        self._pairing.result(figure_row(view, start, shift))
        self._remark(view, start)

    def _both_columns(self, view: RowView) -> None:
        """Take an indicator whose plan and result are in columns of one row."""
        draft = self._indicator_of(view, view.filled[0])
        start = min(view.layout.months[0], view.layout.actuals[0])
        self._fill(draft, view, -1, 0, start)
        draft.plan = figure_row(view, start, 0, positions=view.layout.months)
        draft.actual = figure_row(view, start, 0, positions=view.layout.actuals)
        one_total(draft.plan, draft.actual)
        self._spans_indicator(draft, view)

    def _one_side(self, view: RowView) -> None:
        """Take an indicator of a table that has no results, or no plan."""
        draft = self._indicator_of(view, view.filled[0])
        self._fill(draft, view, -1, 0, view.layout.months[0])
        row = figure_row(view, view.layout.months[0], 0)
        draft.plan_only, draft.results_only = view.layout.plan_only, view.layout.results_only
        draft.plan, draft.actual = (None, row) if draft.results_only else (row, None)
        self._spans_indicator(draft, view)
        self._remark(view, view.layout.months[0])

    def _rate(self, view: RowView, at: int, part: str) -> None:
        """Take a row of a rate: its numerator, its denominator, or what they give; one that names it begins it."""
        draft = self.work.indicators[-1] if self.work.indicators else None
        places = (view.layout.position(role) for role in ("name", "indicator"))
        if draft is None or part in draft.parts or any(place in view.filled for place in places if place != at):
            draft = IndicatorDraft(number=len(self.work.indicators) + 1, cell=view.cell(at), results_only=True)
            self.work.indicators.append(draft)
            self._fill(draft, view, at, 0, view.layout.months[0])
        row = draft.parts[part] = figure_row(view, view.layout.months[0], 0)
        draft.actual = row if part == RATE else draft.actual
        self._spans_indicator(draft, view)
        self._remark(view, view.layout.months[0])

    def _summed(self, view: RowView, at: int) -> None:
        """Take a row marked "รวม": the work's percent, or the results where "แผน ผล" announced both sides."""
        work = self.work
        last = work.indicators[-1] if work.indicators else None
        if last is not None and last.merged and last.actual is None and view.figures >= 3:
            self._actual(view, at)
            last.merged = False
            return
        self._remark(view, at + 1)
        numbers = [t for t in view.tokens[at + 1 :] if t.kind is TokenKind.NUMBER]
        front = [t for t in view.tokens if t.position < at and t.kind is not TokenKind.BLANK]
        keep_shares(self.work, view, assign(front, view.layout, 0, at, certain=view.certain))
        if numbers:
            work.percents.append(numbers[-1])
            view.taken.add(numbers[-1].position)

    def _rest(self, view: RowView) -> None:
        """Take a row that is none of the others: a lone percent, a text that goes on, a unit's share."""
        work = self.work
        filled = [view.tokens[at] for at in view.filled]
        numbers = [t for t in filled if t.kind is TokenKind.NUMBER]
        if len(filled) == 1 and numbers and numbers[0].position >= view.layout.months[0]:
            work.percents.append(numbers[0])
            view.taken.add(numbers[0].position)
            return
        texts = [t for t in filled if t.kind is TokenKind.TEXT and _LETTERS.search(t.text)]
        if texts and texts[0].position <= view.last_of_title and not work.indicators:
            work.title = f"{work.title} {texts[0].text}".strip()
            view.taken.add(texts[0].position)
            self.cells(view, {texts[0].position})
            return
        found = assign(
            [t for t in filled if t.position < view.layout.months[0]],
            view.layout,
            0,
            view.layout.months[0],
            certain=view.certain,
        )
        keep_shares(self.work, view, found)
