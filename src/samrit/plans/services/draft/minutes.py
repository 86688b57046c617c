"""The minutes of a meeting beside the decision that it made: a file checked by its content, with its hash (R24)."""

from __future__ import annotations

import unicodedata
from pathlib import PurePath

from django.utils import timezone

from samrit.plans.drafting.states import may_do
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import DraftDecision, DraftMinutes, Person
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.records.stored_files import digest
from samrit.plans.services.report.evidence import KINDS
from samrit.plans.services.report.scanning import require_clean
from samrit.plans.services.writing import Actor, person_of, service

MOST_BYTES = 10 * 1024 * 1024
_MOST_FILES = 10  # of one decision


@service
def minutes_add(actor: Actor, *, decision: DraftDecision, name: str, content: bytes) -> DraftMinutes:
    """Keep a file beside a decision; the same file twice is kept once.

    Raises NotVisible, ServiceError ``not_allowed``, or ``minutes_kind``, ``minutes_size``, ``minutes_not_what_it_says``
    or ``minutes_too_many``, or what a scanner says (``require_clean``).
    """
    decision = DraftDecision.objects.select_related("draft__plan").get(pk=decision.pk)
    if isinstance(actor, Person):
        if not may_do(actor, "draft.view", decision.draft):
            raise NotVisible(str(decision.pk))
        if not may_do(actor, "draft.approve", decision.draft):
            raise ServiceError("not_allowed", record=decision.draft.title)
    shown = "".join(c for c in unicodedata.normalize("NFC", PurePath(name).name) if c.isprintable())[-200:]
    suffix = PurePath(shown).suffix.lower()
    if suffix not in KINDS:
        raise ServiceError("minutes_kind", record=shown or "–", kinds=", ".join(sorted(KINDS)))
    if not 0 < len(content) <= MOST_BYTES:
        raise ServiceError("minutes_size", record=shown, limit=MOST_BYTES // 1024 // 1024)
    content_type, beginnings = KINDS[suffix]
    if beginnings and not content.startswith(beginnings):
        raise ServiceError("minutes_not_what_it_says", record=shown, suffix=suffix)
    sha256 = digest(content)
    known = decision.minutes.filter(sha256=sha256).first()
    if known is not None:
        return known
    if decision.minutes.count() >= _MOST_FILES:
        raise ServiceError("minutes_too_many", record=shown, limit=_MOST_FILES)
    require_clean([content], shown)
    row = DraftMinutes(decision=decision, name=shown, content_type=content_type, content=content, sha256=sha256)
    row.added_at, row.added_by = timezone.now(), person_of(actor)
    row.save()
    record = f"draft {decision.draft_id} minutes"  # type: ignore[attr-defined]
    history.record(person_of(actor), "draft_minutes.add", record=record, new=snapshot(row))
    return row
