"""What was written since this process last looked: the history tells, since no write goes without its entry.

A value read from the tables (the register, a plan's versions, what was reported) is kept in
memory (``evaluation/memory``) with the place of the chain at which it was read.  It holds as
long as no entry about what it was read from is behind that place, whichever process wrote
it.  A place is a sequence *and* a hash: after a restored backup, or a transaction taken back,
the old place is on no chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from typing import NamedTuple

from django.db import connection, transaction

from samrit.plans.models import ChainHead, HistoryEntry

GENESIS = "0" * 64
_MOST_READ = 1000  # entries; whoever has not looked for longer than that reads again


class ChainPlace(NamedTuple):
    """A place on the chain: the sequence and the hash of its last entry."""

    sequence: int
    hash: str


class Written(NamedTuple):
    """What entries are about: the part of their action before the dot, and the plan's key where there is one."""

    kind: str
    plan: int | None


class _Here(local):
    """What this thread knows: the place of its one look, and how deep in a transaction it has written."""

    is_looking = False
    is_apart = False
    place: ChainPlace | None = None
    wrote_at = 0


_here = _Here()


@contextmanager
def one_look() -> Iterator[None]:
    """Ask for the chain's end once only, for a page that is made from many values."""
    _here.is_looking, _here.place = True, None
    try:
        yield
    finally:
        _here.is_looking, _here.place = False, None


@contextmanager
def apart() -> Iterator[None]:
    """Let this thread tell its place also behind its own writes: for who keeps nothing beyond the transaction."""
    _here.is_apart = True
    try:
        yield
    finally:
        _here.is_apart = False


def locked(end: ChainPlace) -> None:
    """Take the chain's end from whoever has just locked it: nothing read before counts."""
    _here.place = end if _here.is_looking else None


def wrote() -> None:
    """Note that this thread's transaction has written: until it ends, what it reads may be taken back."""
    _here.place, _here.wrote_at = None, _depth()
    transaction.on_commit(_ended)


def _ended() -> None:
    _here.place, _here.wrote_at = None, 0


def place() -> ChainPlace | None:
    """Return where the chain ends, None inside a transaction that has written to it."""
    if _here.wrote_at and not _here.is_apart:
        if _depth() >= _here.wrote_at:
            return None
        _ended()
    if _here.place is not None:
        return _here.place
    row = ChainHead.objects.filter(pk=1).values_list("sequence", "hash").first()
    found = ChainPlace(*row) if row else ChainPlace(0, GENESIS)
    if _here.is_looking:
        _here.place = found
    return found


def written_between(since: ChainPlace, now: ChainPlace) -> frozenset[Written] | None:
    """Return what was written after ``since``; None when ``since`` is on no chain that leads to ``now``."""
    if since == now:
        return frozenset()
    if since.sequence > now.sequence:  # a look that was taken before the value was read
        entry = HistoryEntry.objects.filter(sequence=since.sequence).values_list("hash", flat=True).first()
        return frozenset() if entry == since.hash else None
    rows = HistoryEntry.objects.filter(sequence__gte=since.sequence, sequence__lte=now.sequence).order_by("sequence")
    entries = list(rows.values_list("sequence", "hash", "action", "plan_id")[: _MOST_READ + 1])
    if since != (0, GENESIS):
        if not entries or entries[0][:2] != since:
            return None
        del entries[0]
    if len(entries) > _MOST_READ or not entries or entries[-1][:2] != now:
        return None
    return frozenset(Written(action.partition(".")[0], plan) for _, _, action, plan in entries)


def _depth() -> int:
    """Return how many transactions are inside one another here, 0 outside of any."""
    return len(connection.savepoint_ids) + 1 if connection.in_atomic_block else 0
