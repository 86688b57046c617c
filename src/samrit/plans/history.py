"""Writing and checking the history chain.

Every service writes inside one transaction and ends it with :func:`record`.  The row of
the chain's head is locked, so entries follow one another without gaps on both databases.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from samrit.plans.models import ChainHead, HistoryEntry, Person, Plan

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class ChainFault:
    """One place where the chain does not hold: what is wrong, and which entry shows it."""

    sequence: int
    code: str  # "missing", "reordered", "changed", "unlinked", "figure_changed", "figure_missing"
    detail: str


def record(  # noqa: PLR0913
    actor: Person | None,
    action: str,
    *,
    plan: Plan | None = None,
    record: str = "",
    unit_code: str = "",
    period: int | None = None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
) -> HistoryEntry:
    """Append one entry to the chain, inside the caller's transaction, and return it.

    ``old`` and ``new`` hold JSON values only (figures as text).  Raises RuntimeError
    outside a transaction: an entry without its write, or the other way round, would lie.
    """
    head = lock()
    entry = HistoryEntry(
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor=actor,
        actor_name=str(actor) if actor else "",
        action=action,
        plan=plan,
        record=record,
        unit_code=unit_code,
        period=period,
        old=dict(old or {}),
        new=dict(new or {}),
        reason=reason,
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save(update_fields=["sequence", "hash"])
    return entry


def lock() -> ChainHead:
    """Take the chain's lock until the transaction ends, and return its head: writers follow one another."""
    if not connection.in_atomic_block:
        raise RuntimeError("history is written only inside the transaction of its change")
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1, defaults={"hash": GENESIS})
    return head


def entry_hash(entry: HistoryEntry) -> str:
    """Return the SHA-256 of an entry's content and of the entry before it."""
    content = [
        entry.sequence,
        _instant(entry.at),
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.plan_id,
        entry.record,
        entry.unit_code,
        entry.period,
        entry.old,
        entry.new,
        entry.reason,
        entry.previous_hash,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def chain_faults() -> Iterator[ChainFault]:
    """Yield every place where the chain is broken: an entry changed, missing, or out of order."""
    before, expected = GENESIS, 1
    for entry in HistoryEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            yield ChainFault(expected, "missing", f"#{expected}–#{entry.sequence - 1}")
        if entry.hash != entry_hash(entry):
            yield ChainFault(entry.sequence, "changed", f"{entry.action} {entry.record}")
        elif entry.previous_hash != before and entry.sequence == expected:
            yield ChainFault(entry.sequence, "unlinked", f"{entry.action} {entry.record}")
        before, expected = entry.hash, entry.sequence + 1
    head = ChainHead.objects.filter(pk=1).first()
    if head is not None and head.sequence != expected - 1:
        yield ChainFault(expected, "missing", f"#{expected}–#{head.sequence}")


def _instant(at: datetime) -> str:
    """Return the moment in UTC to the microsecond, the same on both databases."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
