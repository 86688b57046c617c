"""Writing the history chain; ``plans.audit`` checks it.

Every service writes inside one transaction and ends it with :func:`record`.  The row of
the chain's head is locked, so entries follow one another without gaps on both databases.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from samrit.plans.models import ACTING, ChainHead, HistoryEntry, Person, Plan
from samrit.plans.records import chain_place
from samrit.plans.records.chain_place import GENESIS
from samrit.plans.records.security_log import note

CLOCK_MAY_DIFFER = timedelta(minutes=2)  # between two machines on one database, or when a clock is corrected
_SECURITY = {
    **dict.fromkeys(("person", "account", "authenticator", "identity", "machine"), "account_changed"),
    "role": "role_changed",
}


@dataclass(frozen=True, slots=True)
class ChainFault:
    """One place where the chain does not hold: what is wrong, and which entry shows it."""

    sequence: int
    code: str  # "missing", "reordered", "changed", "unlinked", "rewritten", "figure_changed", "figure_missing" …
    detail: str


@dataclass(frozen=True, slots=True)
class Note:
    """What an entry is going to say; ``old`` and ``new`` hold JSON values only (figures as text)."""

    action: str
    plan: Plan | None = None
    record: str = ""
    unit_code: str = ""
    period: int | None = None
    old: Mapping[str, Any] = field(default_factory=dict)
    new: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


def record(
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
    return record_all(actor, [Note(action, plan, record, unit_code, period, old or {}, new or {}, reason)])[0]


def acts_for(actor: Person, unit_code: str, *, acting: bool) -> None:
    """Let what ``actor`` does for a unit from now on be entered as done in somebody else's place, or as their own.

    So are figures of the whole, which name no unit: whoever writes one does it for the unit asked about last.
    """
    codes = {unit_code, ""}
    if acting or _acting(actor):
        actor._acts_for = _acting(actor) - codes | (codes if acting else set())  # type: ignore[attr-defined]


def _acting(actor: Person | None) -> set[str]:
    return getattr(actor, "_acts_for", set())


def record_all(actor: Person | None, notes: Sequence[Note]) -> list[HistoryEntry]:
    """Append an entry for each of ``notes`` to the chain, in one go, and return them."""
    head = lock()
    now = timezone.now()
    _look_at_clock(head, now)
    entries = []
    for said in notes:
        entry = HistoryEntry(
            sequence=head.sequence + 1,
            at=now,
            actor=actor,
            actor_name=ACTING if said.unit_code in _acting(actor) else "",
            action=said.action,
            plan=said.plan,
            record=said.record,
            unit_code=said.unit_code,
            period=said.period,
            old=dict(said.old),
            new=dict(said.new),
            reason=said.reason,
            previous_hash=head.hash,
        )
        entry.hash = entry_hash(entry)
        head.sequence, head.hash = entry.sequence, entry.hash
        entries.append(entry)
    if entries:
        HistoryEntry.objects.bulk_create(entries, batch_size=500)
        head.save(update_fields=["sequence", "hash"])
        chain_place.wrote()
        _tell_security(entries)
    return entries


def _look_at_clock(head: ChainHead, now: datetime) -> None:
    """Note a clock that is before the latest entry: an entry says what the clock says, and somebody has to know."""
    latest = HistoryEntry.objects.filter(sequence=head.sequence).values_list("at", flat=True).first()
    if latest is not None and latest - now > CLOCK_MAY_DIFFER:
        note("clock_set_back", entry=head.sequence, seconds=int((latest - now).total_seconds()))


def _tell_security(entries: Sequence[HistoryEntry]) -> None:
    """Put what changes accounts and roles into the security log, once it is done."""
    told = [entry for entry in entries if entry.action.partition(".")[0] in _SECURITY]
    if not told:
        return
    numbers = {entry.record for entry in told if entry.record.isdecimal()}
    names = {str(pk): name for pk, name in Person.objects.filter(pk__in=numbers).values_list("pk", "username")}
    for entry in told:
        event, account = _SECURITY[entry.action.partition(".")[0]], names.get(entry.record, entry.record)
        about: dict[str, Any] = {"action": entry.action, "account": account, "entry": entry.sequence}
        transaction.on_commit(partial(note, event, **about))


def lock() -> ChainHead:
    """Take the chain's lock until the transaction ends, and return its head: writers follow one another."""
    if not connection.in_atomic_block:
        raise RuntimeError("history is written only inside the transaction of its change")
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1, defaults={"hash": GENESIS})
    chain_place.locked(chain_place.ChainPlace(head.sequence, head.hash))
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


def _instant(at: datetime) -> str:
    """Return the moment in UTC to the microsecond, the same on both databases."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
