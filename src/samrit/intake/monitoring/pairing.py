"""Result rows given to their plan rows: in turn where they alternate, in order where blocks follow blocks."""

from __future__ import annotations

from samrit.intake.monitoring.row_view import RowView
from samrit.intake.tables.drafts import FigureRow, IndicatorDraft, WorkDraft


def repeats(view: RowView, work: WorkDraft, side: str) -> bool:
    """Say whether a row gives to date what a row of the same indicator gives month by month: it is listed."""
    last = work.indicators[-1] if work.indicators else None
    return last is not None and view.certain and view.is_to_date and view.is_bare and side in last.sides


class Pairing:
    """The plan and result rows of one work in the order in which they stand."""

    def __init__(self) -> None:
        self._rows: list[tuple[IndicatorDraft | None, FigureRow]] = []

    def plan(self, draft: IndicatorDraft, row: FigureRow) -> None:
        """Note a plan row."""
        self._rows.append((draft, row))

    def result(self, row: FigureRow) -> None:
        """Note a result row."""
        self._rows.append((None, row))

    def forget(self, draft: IndicatorDraft) -> None:
        """Forget the plan row of an indicator that turned out to be a repetition."""
        self._rows = [r for r in self._rows if r[0] is not draft]

    def settle(self) -> None:
        """Give every result row to its plan row."""
        plans: list[IndicatorDraft] = []
        actuals: list[FigureRow] = []
        for draft, row in self._rows:
            if draft is None:
                actuals.append(row)
                continue
            if actuals:
                _join(plans, actuals)
                plans, actuals = [], []
            plans.append(draft)
        if actuals:
            _join(plans, actuals)
        self._rows = []


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
