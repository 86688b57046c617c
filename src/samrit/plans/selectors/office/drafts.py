"""Drafts for the person who asks: which there are, which one, and what was done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from samrit.plans.drafting.laid_over import Remarks
from samrit.plans.drafting.states import may_do
from samrit.plans.errors import NotVisible
from samrit.plans.models import HistoryEntry, Person, Plan, PlanDraft
from samrit.plans.rights import may

MOST_CHANGES = 20


@dataclass(frozen=True, slots=True)
class DraftChange:
    """Rows written together: by whom, when, how many of which files, and one entry that names them."""

    entry: HistoryEntry
    rows: int
    files: tuple[str, ...]
    is_own: bool


def drafts_of(person: Person) -> tuple[PlanDraft, ...]:
    """Return the drafts that the person may look at, the latest first."""
    rows = PlanDraft.objects.select_related("plan", "created_by").defer("content")
    return tuple(draft for draft in rows if may_do(person, "draft.view", draft))


def draft_of(person: Person, number: int) -> PlanDraft:
    """Return a draft; raises NotVisible when there is none or the person may not look at it."""
    rows = PlanDraft.objects.select_related("plan", "created_by", "submitted_by").defer("content")
    found = rows.filter(pk=number).first()
    if found is None or not may_do(person, "draft.view", found):
        raise NotVisible(str(number))
    return found


def plans_to_draft(person: Person) -> tuple[Plan, ...]:
    """Return the plans in force that the person may amend, the latest year first."""
    return tuple(plan for plan in Plan.objects.all() if may(person, "draft.edit", plan=plan))


def plans_to_copy(person: Person) -> tuple[Plan, ...]:
    """Return the plans that the person may begin another year's with: those that they see, archived ones too."""
    return tuple(plan for plan in Plan.objects.all() if may(person, "plan.view", plan=plan))


def changes_of(person: Person, draft: PlanDraft) -> tuple[DraftChange, ...]:
    """Return the latest changes of a draft's rows, those that were written together as one, the latest first."""
    record = f"draft {draft.pk}"
    entries = HistoryEntry.objects.filter(Q(record__startswith=f"{record} "), action__startswith="draft_row.")
    entries = entries.select_related("actor").order_by("-sequence")
    together: dict[tuple[object, object], list[HistoryEntry]] = {}
    for entry in entries[: MOST_CHANGES * 50]:
        together.setdefault((entry.at, entry.actor_id), []).append(entry)  # type: ignore[attr-defined]
    return tuple(
        DraftChange(
            own[0],
            len(own),
            tuple(dict.fromkeys(str(entry.new.get("file", "")) for entry in own)),
            own[0].actor_id == person.pk,  # type: ignore[attr-defined]
        )
        for own in list(together.values())[:MOST_CHANGES]
    )


def open_remarks(draft: PlanDraft) -> Remarks:
    """Return what was remarked on a draft and is not dealt with, by file, number of the row, and column."""
    found: dict[tuple[str, int, str], list[str]] = {}
    rows = draft.remarks.filter(settled_at=None).values_list("file", "number", "column", "text")
    for file, number, column, text in rows:
        found.setdefault((file, number, column), []).append(text)
    return {place: tuple(texts) for place, texts in found.items()}


def revisions_seen(draft: PlanDraft, file: str, sequence: int) -> Mapping[int, int]:
    """Return the revision that a page made at history entry ``sequence`` showed of each row that was changed since."""
    entries = HistoryEntry.objects.filter(
        record__startswith=f"draft {draft.pk} {file} ", action__startswith="draft_row.", sequence__gt=sequence
    )
    seen: dict[int, int] = {}
    for new in entries.order_by("sequence").values_list("new", flat=True):
        seen.setdefault(int(new["number"]), int(new["revision"]) - 1)
    return seen


def change_named(draft: PlanDraft, sequence: int) -> HistoryEntry:
    """Return the entry of a change of the draft's rows; raises NotVisible for any other."""
    entry = HistoryEntry.objects.filter(sequence=sequence, record__startswith=f"draft {draft.pk} ").first()
    if entry is None or not entry.action.startswith("draft_row."):
        raise NotVisible(str(sequence))
    return entry
