"""Moving, adding and taking out in a draft's tree: one move is one write of rows, whichever files it touches."""

from __future__ import annotations

from collections.abc import Iterable

from samrit.plans.drafting.document import Standing, standing
from samrit.plans.drafting.tree.moving import Move, changes_of
from samrit.plans.drafting.tree.numbering import RowEdit
from samrit.plans.models import PlanDraft
from samrit.plans.services.draft.deciding import require_shown
from samrit.plans.services.draft.rows import DraftOutcome, RowInput, require_open, save_rows
from samrit.plans.services.writing import Actor, service


@service
def draft_arrange(actor: Actor, *, draft: PlanDraft, move: Move, shown: str | None = None) -> DraftOutcome:
    """Do a move in the tree of a draft, with everything that follows from it.

    ``shown`` is the mark of what was on the page (``document.mark_of``); taking out what was shown otherwise
    is refused.  Raises ServiceError ``draft_not_open``, ``draft_changed_since`` and what ``changes_of`` refuses.
    """
    draft = require_open(actor, draft)
    if move.do == "remove":
        require_shown(draft, shown)
    rows = standing(draft)
    return save_rows(actor, draft, inputs_of(rows, changes_of(rows, move)))


def inputs_of(rows: Standing, changes: Iterable[RowEdit]) -> dict[str, list[RowInput]]:
    """Return changes as rows to save over ``rows``, by file."""
    files: dict[str, list[RowInput]] = {}
    for change in changes:
        seen = rows[change.file][change.number].revision if change.number is not None else 0
        given = RowInput(change.number, change.cells, seen, is_removed=change.is_removed)
        files.setdefault(change.file, []).append(given)
    return files
