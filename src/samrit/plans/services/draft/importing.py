"""A draft from documents: begun with what was read of them, and its doubts confirmed one by one or a kind at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.utils import timezone

from samrit.intake.draft import Draft
from samrit.intake.sources.kinds import kind_of
from samrit.package.rows import TypedRow, typed
from samrit.plans.drafting.document import begun_with, standing
from samrit.plans.drafting.imported import imported_of, open_matters, packed_import
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import DraftConfirmation, DraftImport, DraftRow, PlanDraft
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.records.stored_files import digest
from samrit.plans.services.draft.opening import draft_open
from samrit.plans.services.draft.rows import RowInput, draft_save, require_open
from samrit.plans.services.writing import Actor, person_of, service

_Cells = frozenset[tuple[str, str]]


@service
def draft_import(actor: Actor, *, reading: Draft, contents: Mapping[str, bytes], reason: str = "") -> PlanDraft:
    """Begin a draft with what was read of documents, and keep them with it.

    ``contents`` are the documents by name.  What somebody confirmed or changed in the last draft
    of the same documents holds for this one too, wherever the same row was read.
    Raises ServiceError ``not_allowed`` or ``draft_nothing_read``.
    """
    if reading.package is None:
        raise ServiceError("draft_nothing_read", record=", ".join(contents))
    files = typed(reading.package)
    draft = draft_open(actor, files=files, origin="document", reason=reason)
    documents = [{"name": n, "sha256": digest(c), "kind": kind_of(c)} for n, c in contents.items()]
    content = packed_import(reading, files, contents)
    kept = DraftImport(draft=draft, documents=documents, content=content, sha256=digest(content))
    kept.save()
    history.record(person_of(actor), "draft_import.keep", record=f"draft {draft.pk} import", new=snapshot(kept))
    earlier = _earlier(draft, documents)
    if earlier is not None:
        _carry(actor, earlier, draft)
    return draft


@service
def draft_confirm(actor: Actor, *, draft: PlanDraft, matters: Collection[tuple[str, str]]) -> int:
    """Confirm that what was read of documents is right, by record and subject; return how many were open.

    Raises ServiceError ``draft_not_open``, or NotVisible for what was not read for this draft.
    """
    draft = require_open(actor, draft)
    found = imported_of(draft)
    if found is None or not {(m.record, m.subject) for m in found.matters} >= set(matters):
        raise NotVisible(str(draft.pk))
    waiting = {(m.record, m.subject) for m in open_matters(draft, standing(draft))} & set(matters)
    return _confirm(actor, draft, sorted(waiting))


def _confirm(actor: Actor, draft: PlanDraft, matters: Sequence[tuple[str, str]]) -> int:
    person, now = person_of(actor), timezone.now()
    rows = [
        DraftConfirmation(draft=draft, record=record, subject=subject, confirmed_at=now, confirmed_by=person)
        for record, subject in matters
    ]
    DraftConfirmation.objects.bulk_create(rows, batch_size=500)
    notes = [
        history.Note("draft_confirmation.add", record=f"draft {draft.pk} {row.record} {row.subject}", new=snapshot(row))
        for row in rows
    ]
    history.record_all(person, notes)
    return len(rows)


def _earlier(draft: PlanDraft, documents: Sequence[Mapping[str, str]]) -> PlanDraft | None:
    """Return the last draft before this one that was read from the same documents, in whatever order."""
    wanted = sorted(one["sha256"] for one in documents)
    kept = DraftImport.objects.defer("content").exclude(draft=draft).order_by("-pk").select_related("draft")
    return next((one.draft for one in kept if sorted(d["sha256"] for d in one.documents) == wanted), None)


def _carry(actor: Actor, earlier: PlanDraft, draft: PlanDraft) -> None:
    """Let what was done to an earlier draft's rows be done to the rows that were read alike."""
    numbers = {name: {_cells(row): row.number for row in rows} for name, rows in begun_with(draft).items()}
    begun = {name: {row.number: row for row in rows} for name, rows in begun_with(earlier).items()}
    inputs: dict[str, list[RowInput]] = {}
    for row in DraftRow.objects.filter(draft=earlier.pk).order_by("file", "number"):
        before = begun.get(row.file, {}).get(row.number)
        if before is None and not row.is_removed:
            inputs.setdefault(row.file, []).append(RowInput(None, row.cells))
        elif before is not None and (number := numbers.get(row.file, {}).get(_cells(before))) is not None:
            cells = {**dict.fromkeys(before.cells, ""), **row.cells}
            inputs.setdefault(row.file, []).append(RowInput(number, cells, is_removed=row.is_removed))
    for name, rows in inputs.items():
        draft_save(actor, draft=draft, file=name, rows=rows, reason="draft_import")
    _carry_confirmations(actor, earlier, draft)


def _carry_confirmations(actor: Actor, earlier: PlanDraft, draft: PlanDraft) -> None:
    """Confirm what was confirmed of the same record with the same values."""
    before, now = imported_of(earlier), imported_of(draft)
    if before is None or now is None:
        return
    values = {(m.record, m.subject): [(c.field, c.value) for c in m.cells] for m in before.matters}
    done = set(DraftConfirmation.objects.filter(draft=earlier.pk).values_list("record", "subject"))
    waiting = {(m.record, m.subject) for m in open_matters(draft, standing(draft))} & done
    alike = {
        key
        for m in now.matters
        if (key := (m.record, m.subject)) in waiting and values.get(key) == [(c.field, c.value) for c in m.cells]
    }
    _confirm(actor, draft, sorted(alike))


def _cells(row: TypedRow) -> _Cells:
    return frozenset(row.cells.items())
