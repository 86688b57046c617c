"""Proving the records: the chain holds, and every row is what the last entry about it says.

Four questions, asked of everything:

1. is every history entry there, unchanged and in its place (the hash chain)?
2. does every row equal the last entry about it, and is none missing or without one?
3. do plan versions and closed evaluations match their hashes?
4. do the evidence files and printed documents on disk match theirs?

Somebody who can rewrite the whole database can also rewrite the whole chain; therefore
the chain's end leaves the house every day (``services.office.chain_ends``), and what was
noted outside is given back as ``anchors``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samrit.plans import models
from samrit.plans.records.chain_place import GENESIS
from samrit.plans.records.emptying import Emptied
from samrit.plans.records.history import ChainFault, entry_hash
from samrit.plans.records.naming import People
from samrit.plans.records.one_moment import one_moment
from samrit.plans.records.snapshots import CREDENTIALS_NOTED, KEPT, NOTED_LATER, Kept, Key, kept_of, rows_digest
from samrit.plans.records.stored_files import digest, document_path, evidence_path

_CHUNK = 2000
# What is kept as a whole document, with its hash beside it.
_WHOLE = (models.PlanVersion, models.Evaluation, models.PlanDraft, models.DraftImport, models.DraftMinutes)


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found: how much it looked at, the latest entry's hash, and every fault."""

    entries: int
    rows: int
    files: int
    sequence: int
    head: str
    faults: tuple[ChainFault, ...]
    erased: tuple[str, ...] = ()  # what is not there because it was decided so: "evidence 17: erasure 3"

    @property
    def is_clean(self) -> bool:
        """Whether everything is as the history says."""
        return not self.faults


@dataclass
class _Last:
    """The last entry about a row."""

    sequence: int
    state: Mapping[str, Any]


def audit(*, anchors: Mapping[int, str] | None = None, with_files: bool = True) -> Audit:
    """Check everything and name every fault; ``anchors`` are hashes by sequence that were noted outside."""
    with one_moment():
        walk = _Walk(dict(anchors or {}))
        faults = list(walk.faults())
        rows = _Rows(walk.last, walk.is_older)
        faults += rows.faults()
        files = _Files(with_files)
        faults += files.faults()
        counts = (walk.count, rows.count, files.count)
        return Audit(*counts, walk.sequence, walk.before, tuple(faults), walk.emptied.decided())


class _Walk:
    """Goes along the chain once, remembering the last entry about each row."""

    def __init__(self, anchors: Mapping[int, str]) -> None:
        self.anchors = anchors
        self.is_older = (
            False  # accounts were made before the history kept credentials, and nothing has noted them since
        )
        self.last: dict[Key, _Last] = {}
        self.people, self.emptied = People(), Emptied()
        self.before, self.sequence, self.count = GENESIS, 0, 0

    def faults(self) -> Iterator[ChainFault]:
        """Yield what is wrong with the chain."""
        links = dict(models.HistoryEntry.objects.values_list("hash", "sequence"))
        for entry in models.HistoryEntry.objects.order_by("sequence").iterator(chunk_size=_CHUNK):
            self.count += 1
            yield from self._entry(entry, links)
            self._remember(entry)
            self.before, self.sequence = entry.hash, entry.sequence
        head = models.ChainHead.objects.filter(pk=1).first()
        if head is not None and (head.sequence, head.hash) != (self.sequence, self.before) and self.sequence:
            code = "missing" if head.sequence > self.sequence else "changed"
            yield ChainFault(head.sequence, code, f"#{self.sequence + 1}–#{head.sequence}")
        elif head is not None and head.sequence and not self.sequence:
            yield ChainFault(1, "missing", f"#1–#{head.sequence}")
        if head is None and self.sequence:
            yield ChainFault(self.sequence, "missing", "chain head")
        yield from self.emptied.faults()
        for sequence in self.anchors:
            if sequence > self.sequence:
                yield ChainFault(sequence, "missing", f"#{sequence}")

    def _entry(self, entry: models.HistoryEntry, links: Mapping[str, int]) -> Iterator[ChainFault]:
        name = f"{entry.action} {entry.record}".strip()
        expected = self.sequence + 1
        if entry.sequence != expected:
            yield ChainFault(expected, "missing", f"#{expected}–#{entry.sequence - 1}")
        content = entry_hash(entry)
        if entry.erased is not None:
            self.emptied.take(entry, content)  # what it said is gone; its decision says what it says now
        elif entry.hash != content:
            comes_after = links.get(entry.previous_hash)
            moved = entry.previous_hash != self.before and comes_after is not None and comes_after != self.sequence
            yield ChainFault(entry.sequence, "reordered" if moved else "changed", name)
        elif entry.previous_hash != self.before and entry.sequence == expected:
            yield ChainFault(entry.sequence, "unlinked", name)
        if self.anchors.get(entry.sequence, entry.hash) != entry.hash:
            yield ChainFault(entry.sequence, "rewritten", name)

    def _remember(self, entry: models.HistoryEntry) -> None:
        if entry.action == "person.create" and "password" not in entry.new:
            self.is_older = True
        elif entry.action == CREDENTIALS_NOTED:
            self.is_older = False
        kept = kept_of(entry)
        if kept is not None:
            state = self.people.numbered(kept, entry.new or entry.old)
            self.last[kept.key(state, entry.plan_id)] = _Last(entry.sequence, state if entry.new else {})


class _Rows:
    """Holds every row against the last entry about it."""

    def __init__(self, last: dict[Key, _Last], is_older: bool) -> None:
        self.last = last
        self.is_older = is_older
        self.count = 0

    def faults(self) -> list[ChainFault]:
        """Return the rows that differ, those without an entry, and the entries whose row is gone."""
        found: list[ChainFault] = []
        for kept in KEPT:
            found += self._table(kept)
        for key, entry in self.last.items():
            if entry.state:
                found.append(ChainFault(entry.sequence, f"{key[0]}_missing", _named(key)))
        return found

    def _table(self, kept: Kept) -> Iterator[ChainFault]:
        rows = kept.model._default_manager.order_by("pk")
        for row in _related(rows, kept).iterator(chunk_size=_CHUNK):
            self.count += 1
            state = kept.state(row)
            if kept.model is models.ReportFile and not state["sha256"]:
                continue  # not printed yet: nothing was promised
            key = kept.key(state, getattr(row, "plan_id", None) or (row.pk if kept.model is models.Plan else None))
            if kept.model is models.ReportFile:
                key = kept.key(state, row.evaluation.plan_id)
            entry = self.last.pop(key, None)
            if entry is None and not (self.is_older and kept.model in NOTED_LATER):
                yield ChainFault(0, f"{kept.action}_unrecorded", _named(key))
            elif entry is None:
                continue
            elif wrong := _differences(kept, entry.state, state):
                yield ChainFault(entry.sequence, f"{kept.action}_changed", f"{_named(key)}: {wrong}")
            elif getattr(row, "sequence", entry.sequence) != entry.sequence:
                yield ChainFault(entry.sequence, f"{kept.action}_changed", f"{_named(key)}: sequence")
            yield from _content(kept, row, entry)


def _related(rows: Any, kept: Kept) -> Any:
    """Follow the foreign keys that the state names, so that each table takes one query."""
    names = {f.name for f in kept.model._meta.get_fields() if f.many_to_one}
    wanted = [name for name in kept.fields if name in names and not name.endswith("_by")]
    if kept.model is models.ReportFile:
        wanted = ["evaluation"]
    heavy = [f"{name}__content" for name in wanted if _has_content(kept.model._meta.get_field(name))]
    rows = rows.select_related(*wanted).defer(*heavy) if wanted else rows
    return rows.prefetch_related("members") if "members" in kept.fields else rows


def _has_content(link: Any) -> bool:
    """Say whether the row that is named holds a whole document, which its name does not need."""
    return any(column.name == "content" for column in link.related_model._meta.fields)


def _content(kept: Kept, row: Any, entry: _Last | None) -> Iterator[ChainFault]:
    """Yield a fault where a version, an evaluation, a draft or a sending does not match its own hash."""
    if kept.model in _WHOLE and digest(bytes(row.content)) != row.sha256:
        yield ChainFault(entry.sequence if entry else 0, f"{kept.action}_content_changed", str(row))
    if kept.model is models.Sending and rows_digest(row.content) != row.sha256:
        yield ChainFault(entry.sequence if entry else 0, "sending_content_changed", str(row))


def _differences(kept: Kept, recorded: Mapping[str, Any], standing: Mapping[str, Any]) -> str:
    """Say in which fields a row differs from its entry: ``actual "12" → "13"``."""
    return ", ".join(
        f'{name} "{_short(recorded.get(name))}" → "{_short(standing[name])}"'
        for name in kept.differences(recorded, standing)
    )


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _named(key: Key) -> str:
    return " ".join(str(part) for part in (key[0], *key[2:]) if part not in (None, ""))


class _Files:
    """Holds what lies on disk against the hashes of the tables."""

    def __init__(self, wanted: bool) -> None:
        self.wanted = wanted
        self.count = 0

    def faults(self) -> Iterator[ChainFault]:
        """Yield files that are gone or changed; a file that is taken back is kept all the same."""
        if not self.wanted:
            return
        evidence = models.Evidence.objects.filter(erased=0).order_by("pk").values_list("sha256", "name")
        printed = models.ReportFile.objects.filter(state="done").order_by("pk").values_list("sha256", "format")
        seen: set[Path] = set()
        for code, place, name in (
            *(("evidence_file", evidence_path(sha256), name) for sha256, name in evidence),
            *(("document_file", document_path(sha256), name) for sha256, name in printed),
        ):
            if place in seen:
                continue
            seen.add(place)
            self.count += 1
            if not place.is_file():
                yield ChainFault(0, f"{code}_missing", f"{name} {place.name[:12]}")
            elif _hash_of(place) != place.name:
                yield ChainFault(0, f"{code}_changed", f"{name} {place.name[:12]}")
        for number, sha256 in models.Evidence.objects.filter(erased__gt=0).values_list("erased", "sha256"):
            if evidence_path(sha256) not in seen and evidence_path(sha256).is_file():
                yield ChainFault(0, "evidence_file_not_erased", f"erasure {number} {sha256[:12]}")


def _hash_of(place: Path) -> str:
    with place.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
