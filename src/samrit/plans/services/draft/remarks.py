"""Remarks on the very cells of a draft: made by whoever decides or drafts, settled with an answer (R24, R26)."""

from __future__ import annotations

from django.utils import timezone

from samrit.package.resources import resource_named
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.states import OPEN, may_do
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import DraftRemark, Person, PlanDraft
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.services.writing import Actor, person_of, service

LONGEST = 4000  # characters of a remark
MOST = 2000  # remarks on one draft


@service
def remark_add(
    actor: Actor, *, draft: PlanDraft, text: str, file: str = "", number: int = 0, column: str = ""
) -> DraftRemark:
    """Say something about a cell of a draft, of a row without ``column``, of the whole draft without ``file``.

    Raises NotVisible for a cell that there is not, ServiceError ``not_allowed``, ``draft_step_not_now``,
    ``remark_missing``, ``text_too_long`` or ``remarks_too_many``.
    """
    draft = _open(actor, draft)
    said = text.strip()
    if not said:
        raise ServiceError("remark_missing", record=draft.title)
    if len(said) > LONGEST:
        raise ServiceError("text_too_long", record=draft.title, limit=LONGEST)
    if DraftRemark.objects.filter(draft=draft).count() >= MOST:
        raise ServiceError("remarks_too_many", record=draft.title, limit=MOST)
    _require_there(draft, file, number, column)
    row = DraftRemark(draft=draft, file=file, number=number if file else 0, column=column, text=said)
    row.made_at, row.made_by = timezone.now(), person_of(actor)
    row.save()
    history.record(person_of(actor), "draft_remark.add", record=f"draft {draft.pk} remark", new=snapshot(row))
    return row


@service
def remark_settle(actor: Actor, *, remark: DraftRemark, answer: str = "") -> DraftRemark:
    """Say that a remark is dealt with, and how; one that is settled already stays as it is."""
    row = DraftRemark.objects.select_related("draft__plan").get(pk=remark.pk)
    _open(actor, row.draft)
    if len(answer) > LONGEST:
        raise ServiceError("text_too_long", record=row.draft.title, limit=LONGEST)
    if row.settled_at is not None:
        return row
    old = snapshot(row)
    row.answer, row.settled_at, row.settled_by = answer.strip(), timezone.now(), person_of(actor)
    row.save()
    record = f"draft {row.draft_id} remark"  # type: ignore[attr-defined]
    history.record(person_of(actor), "draft_remark.settle", record=record, old=old, new=snapshot(row))
    return row


def _open(actor: Actor, draft: PlanDraft) -> PlanDraft:
    draft = PlanDraft.objects.select_related("plan").defer("content").get(pk=draft.pk)
    if isinstance(actor, Person):
        if not may_do(actor, "draft.view", draft):
            raise NotVisible(str(draft.pk))
        if not may_do(actor, "draft.remark", draft):
            raise ServiceError("not_allowed", record=draft.title)
    if draft.state not in OPEN:
        raise ServiceError("draft_step_not_now", record=draft.title)
    return draft


def _require_there(draft: PlanDraft, file: str, number: int, column: str) -> None:
    if not file and not number and not column:
        return
    row = standing(draft).get(file, {}).get(number)
    if row is None or (column and column not in resource_named(file).columns):
        raise NotVisible(f"{file} {number} {column}")
