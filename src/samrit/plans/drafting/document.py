"""The rows of a draft: the document that it began with, and what was added, changed and taken out since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from samrit.package.resources import RESOURCES
from samrit.package.rows import Files, TypedRow, packed, typed_files
from samrit.plans.evaluation import memory
from samrit.plans.models import DraftRow, PlanDraft
from samrit.plans.records.stored_files import digest


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A row as it is in a draft: its cells, by column, how often it was changed, and whether it was taken out."""

    number: int
    cells: Mapping[str, str]
    revision: int = 0
    is_removed: bool = False


Standing = Mapping[str, Mapping[int, StandingRow]]


def begun_with(draft: PlanDraft) -> Files:
    """Return the rows that the draft began with; they never change."""

    def read() -> Files:
        content = bytes(PlanDraft.objects.values_list("content", flat=True).get(pk=draft.pk))
        if digest(content) != draft.sha256:
            raise ValueError(f"draft {draft.pk} does not match its hash")
        files, _ = typed_files(content)
        return files or {}

    return memory.always(("draft", draft.pk, draft.sha256), read)


def standing(draft: PlanDraft) -> Standing:
    """Return every row of every file by its number, those taken out too."""
    begun = begun_with(draft)
    rows = {
        r.name: {row.number: StandingRow(row.number, row.cells) for row in begun.get(r.name, ())} for r in RESOURCES
    }
    for row in DraftRow.objects.filter(draft=draft.pk).order_by("file", "number"):
        if row.file in rows:  # a file that this version's schema no longer has
            rows[row.file][row.number] = StandingRow(row.number, row.cells, row.revision, row.is_removed)
    return rows


def files_of(rows: Standing) -> Files:
    """Return the rows that count, as the package reader takes them."""
    return {
        name: tuple(TypedRow(row.number, row.cells) for row in own.values() if not row.is_removed)
        for name, own in rows.items()
    }


def mark_of(draft: PlanDraft) -> str:
    """Return what changes with every change of a draft: a page carries it along, and decides about nothing else."""
    rows = DraftRow.objects.filter(draft=draft.pk).order_by("file", "number")
    standing = [draft.state, draft.stage, draft.stages, draft.title, draft.effective_period, draft.reason, draft.sha256]
    said = json.dumps([*standing, list(rows.values_list("file", "number", "revision"))], ensure_ascii=False)
    return digest(said.encode())[:16]


def hash_of(rows: Standing) -> str:
    """Return the SHA-256 of everything that a draft says now: what a decision was about."""
    return digest(packed(files_of(rows)))
