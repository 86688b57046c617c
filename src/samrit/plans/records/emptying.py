"""Taking a name out of the history, so that it still proves itself: entries that a decision emptied.

An entry's hash was made of what it said.  Once a decision takes part of that away, the hash stays,
since the next entry holds on to it, and the decision holds a digest of all its entries as they are
now.  So what was emptied is known by number, nothing else of an entry can be changed under that
cloak, and an entry can only be emptied while it still is what its hash says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

from samrit.plans.errors import ServiceError
from samrit.plans.models import Erasure, HistoryEntry
from samrit.plans.records.history import ChainFault, entry_hash

Change = Callable[[HistoryEntry], bool]


class Emptied:
    """What an audit meets of emptied entries, held against the decisions."""

    def __init__(self) -> None:
        self._digests: dict[int, _Digest] = {}

    def take(self, entry: HistoryEntry, content: str) -> None:
        """Take an emptied entry, in the order of the history; ``content`` is the hash of what it says now."""
        self._digests.setdefault(entry.erased or 0, _Digest()).add(entry.sequence, content)

    def faults(self) -> Iterator[ChainFault]:
        """Yield a fault for each decision whose entries are not those that it left."""
        done = {row.pk: row for row in Erasure.objects.filter(state="done")}
        over = {number for row in done.values() for number in row.over}
        for number in sorted(done.keys() | self._digests.keys()):
            row, found = done.get(number), self._digests.get(number, _Digest())
            wanted = (row.entries, row.digest) if row is not None and number not in over else (0, "")
            if (found.count, found.text()) != wanted:
                yield ChainFault(0, "erasure_differs", f"erasure {number}: {found.count} entries")

    def decided(self) -> tuple[str, ...]:
        """Return what was erased by which decision."""
        rows = Erasure.objects.filter(state="done").order_by("pk")
        return tuple(f"{row.kind} {row.subject}: erasure {row.pk}" for row in rows)


class _Digest:
    def __init__(self) -> None:
        self.count, self._hash = 0, hashlib.sha256()

    def add(self, sequence: int, content: str) -> None:
        self.count += 1
        self._hash.update(f"{sequence}:{content}\n".encode())

    def text(self) -> str:
        return self._hash.hexdigest() if self.count else ""


def empty(erasure: Erasure, entries: Iterable[HistoryEntry], change: Change) -> None:
    """Let ``change`` take out of each entry what is to go, and put into ``erasure`` what proves the rest.

    ``change`` says whether it did.  Entries that an earlier decision emptied, too, come under this one with all
    their fellows.  Raises ServiceError ``erasure_not_proved`` where an entry is not what its hash says.
    """
    over: set[int] = set()
    changed = []
    for entry in entries:
        if entry.erased is None and entry.hash != entry_hash(entry):
            raise ServiceError("erasure_not_proved", record=f"#{entry.sequence}")
        if change(entry):
            over |= {entry.erased} if entry.erased is not None else set()
            entry.erased = erasure.pk
            changed.append(entry)
    for earlier in Erasure.objects.filter(pk__in=over):
        if _digest_of(earlier).text() != earlier.digest:
            raise ServiceError("erasure_not_proved", record=str(earlier.pk))
    erasure.over = sorted(over)
    columns = ["actor_name", "record", "old", "new", "erased"]
    HistoryEntry.objects.bulk_update(changed, columns, batch_size=200)
    HistoryEntry.objects.filter(erased__in=erasure.over).update(erased=erasure.pk)
    digest = _digest_of(erasure)
    erasure.entries, erasure.digest = digest.count, digest.text()


def _digest_of(erasure: Erasure) -> _Digest:
    """Return the digest of a decision's entries as they are."""
    digest = _Digest()
    for entry in HistoryEntry.objects.filter(erased=erasure.pk).order_by("sequence").iterator(chunk_size=2000):
        digest.add(entry.sequence, entry_hash(entry))
    return digest
