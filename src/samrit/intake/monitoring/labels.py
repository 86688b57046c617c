"""Indicator labels that are below each other while each indicator's figures take two rows (R298).

Where names fill a cell of their own beside rows of plan and result, the second name
is in the first result row: then the k-th label belongs to the k-th pair of rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from samrit.intake.grid import GridCell
from samrit.intake.monitoring.row_view import RowView
from samrit.intake.tables.drafts import IndicatorDraft, WorkDraft
from samrit.intake.tables.tokens import Token, TokenKind


@dataclass(frozen=True, slots=True)
class _Label:
    number: int | None
    name: str
    text: str
    cell: GridCell | None
    target: Token | None
    view: RowView
    beside: int | None = None  # where the name stands that is no part of the label


class StackedLabels:
    """Collects the labels of a work, and gives them to its indicators where they are not row by row."""

    def __init__(self) -> None:
        self._labels: list[_Label] = []
        self._stacked = False

    def see(self, view: RowView) -> None:
        """Take the label of a row, if it has one."""
        if view.indicator is None:
            return
        at, number, rest = view.indicator
        beside = view.texts[at + 1] if at + 1 < len(view.texts) and view.tokens[at + 1].kind is TokenKind.TEXT else ""
        column = view.layout.position("target")
        target = view.tokens[column] if column is not None and column < len(view.tokens) else None
        told = target if target and target.text else None
        place = at + 1 if beside and not rest else None
        self._labels.append(_Label(number, rest or beside, view.texts[at], view.cell(at), told, view, place))
        self._stacked |= view.marker is not None and view.marker[1] == "actual"

    def settle(self, work: WorkDraft) -> None:
        """Give the k-th label to the k-th pair of rows where a label is on a result row."""
        pairs = [i for i in work.indicators if i.plan is not None]
        named = [label for label in self._labels if label.name]
        if not self._stacked or not 1 < len(pairs) <= len(named):
            return
        work.indicators = pairs
        for draft, label in zip(pairs, named, strict=False):
            _rename(draft, label)


def _rename(draft: IndicatorDraft, label: _Label) -> None:
    draft.number, draft.name, draft.label, draft.cell = label.number, label.name, label.text, label.cell
    label.view.taken |= {label.beside} if label.beside is not None else set()
    if label.target is not None:
        label.view.taken.add(label.target.position)
        draft.target, draft.target_text = label.target, label.target.text
    draft.doubts.append("intake_labels_stacked")
