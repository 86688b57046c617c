"""Changing the rows of a draft: what two people typed at once is put together cell by cell, and nothing overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from samrit.intake.sources import limits
from samrit.package.resources import resource_named
from samrit.package.schema import CONFIDENCE, ORDER, SOURCE, Resource
from samrit.plans.drafting.document import Standing, StandingRow, begun_with, standing
from samrit.plans.drafting.filling.completing import completed
from samrit.plans.drafting.following import Index, follow
from samrit.plans.drafting.meaning import LONGEST, Named, meant
from samrit.plans.drafting.states import EDITED_IN, may_do
from samrit.plans.errors import NotVisible, ServiceError, SeveralRefused
from samrit.plans.models import DraftRow, HistoryEntry, Person, PlanDraft
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.services.writing import Actor, person_of, service

MOST_ROWS = 5000  # written in one go


@dataclass(frozen=True, slots=True)
class RowInput:
    """A row as somebody sends it: the cells of their page and the revision that they saw; no number is a new row."""

    number: int | None
    cells: Mapping[str, str]
    seen: int = 0
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class RowConflict:
    """A row that somebody else changed in the same cells: theirs stands, and mine is given back."""

    number: int
    mine: Mapping[str, str]
    theirs: Mapping[str, str]


class DraftCellsRefused(SeveralRefused):
    """Cells that can't be kept; ``cells`` names each by its row's place among those sent, and its column."""

    def __init__(self, resource: Resource, cells: Sequence[tuple[int, str]]) -> None:
        columns = dict.fromkeys(name for _, name in cells)
        named = ({"th": resource.field(name).th, "en": resource.field(name).en} for name in columns)
        super().__init__([ServiceError("text_too_long", record=record, limit=LONGEST) for record in named])
        self.cells = tuple(cells)


@dataclass(frozen=True, slots=True)
class DraftOutcome:
    """What was written: how many rows of one's own, how many that followed them, and what was not."""

    saved: int = 0
    followed: int = 0
    conflicts: tuple[RowConflict, ...] = ()


@service
def draft_save(
    actor: Actor, *, draft: PlanDraft, file: str, rows: Sequence[RowInput], reason: str = ""
) -> DraftOutcome:
    """Change, add and take out rows of one file of a draft, and whatever names a row that is renamed or taken out.

    Cells are kept as typed, but for words that name a code.  A cell that nobody else touched is taken even where
    another of its row was.  Raises DraftCellsRefused for texts that are too long, all of them, and ServiceError
    ``draft_not_open``, ``draft_too_many_rows`` or ``draft_too_large``.
    """
    return save_rows(actor, require_open(actor, draft), {file: rows}, reason)


def save_rows(
    actor: Actor, draft: PlanDraft, files: Mapping[str, Sequence[RowInput]], reason: str = ""
) -> DraftOutcome:
    """Change rows of several files of an open draft together; for a service that has opened its transaction."""
    for file, rows in files.items():
        _require_short(_resource(file), rows)
    book, conflicts = _Book(draft), list[RowConflict]()
    added = sum(given.number is None for rows in files.values() for given in rows)
    require_size(draft.title, sum(map(len, book.rows.values())) + added)
    for file, rows in files.items():
        resource = _resource(file)
        conflicts += [found for given in rows if (found := book.take(resource, given)) is not None]
    own = len(book.changed)
    book.follow()
    _write(actor, book, "draft_row.save", reason)
    return DraftOutcome(own, len(book.changed) - own, tuple(conflicts))


@service
def draft_undo(actor: Actor, *, draft: PlanDraft, entry: HistoryEntry) -> int:
    """Take back everything that was written together with ``entry`` and return how many rows went back.

    Only one's own change, and only while nobody changed the same rows after it.
    Raises ServiceError ``undo_not_yours``, ``undo_not_possible`` or ``undo_changed_since``.
    """
    draft = require_open(actor, draft)
    record = f"draft {draft.pk}"
    if isinstance(actor, Person) and entry.actor_id != actor.pk:  # type: ignore[attr-defined]
        raise ServiceError("undo_not_yours", record=record)
    written = HistoryEntry.objects.filter(
        at=entry.at, actor=entry.actor, action__startswith="draft_row.", record__startswith=f"{record} "
    )
    book = _Book(draft)
    for one in written:
        book.put_back(one.old, one.new)
    if not book.changed:
        raise ServiceError("undo_not_possible", record=record)
    _write(actor, book, "draft_row.undo", "")
    return len(book.changed)


def _require_short(resource: Resource, rows: Sequence[RowInput]) -> None:
    """Refuse texts that are too long, all of them, and more rows than are taken at once."""
    if len(rows) > MOST_ROWS:
        raise ServiceError("draft_too_many_rows", record=resource.path, limit=MOST_ROWS)
    long = [(at, n) for at, row in enumerate(rows) for n, t in row.cells.items() if len(t.strip()) > LONGEST]
    if long := [(at, name) for at, name in long if name in resource.columns]:
        raise DraftCellsRefused(resource, long)


def require_open(actor: Actor, draft: PlanDraft) -> PlanDraft:
    """Return the draft as it is, to change it.

    Raises NotVisible, or ServiceError ``not_allowed`` or ``draft_not_open``.
    """
    draft = PlanDraft.objects.defer("content").get(pk=draft.pk)
    if isinstance(actor, Person):
        if not may_do(actor, "draft.view", draft):
            raise NotVisible(str(draft.pk))
        if not may_do(actor, "draft.edit", draft):
            raise ServiceError("not_allowed", record=draft.title)
    if draft.state not in EDITED_IN:
        raise ServiceError("draft_not_open", record=draft.title)
    return draft


def require_size(title: str, rows: int) -> None:
    """Refuse a draft with more rows than any plan needs: ServiceError ``draft_too_large``."""
    if rows > limits.MOST_ROWS_OF_PLAN:
        raise ServiceError("draft_too_large", record=title, limit=limits.MOST_ROWS_OF_PLAN)


def _resource(file: str) -> Resource:
    try:
        return resource_named(file)
    except KeyError:
        raise NotVisible(file) from None


# Files whose rows are one value and where it was read; rows of many, such as a work's, keep the place they were at.
_ONE_VALUE = frozenset({"monthly", "targets", "levels", "budgets", "claims", "overrides", "money_movements"})
_PROVENANCE = frozenset(field.name for field in (*SOURCE, CONFIDENCE))
_WORDS = _PROVENANCE | {"note", "is_typed", ORDER.name}


class _Book:
    """The rows of a draft while they are being changed."""

    def __init__(self, draft: PlanDraft) -> None:
        self.draft = draft
        self.before: Standing = standing(draft)
        self.rows = {name: dict(own) for name, own in self.before.items()}
        self.named = Named(self.before)
        self.changed: dict[tuple[str, int], None] = {}

    def take(self, resource: Resource, given: RowInput) -> RowConflict | None:
        """Take one row in; return the conflict where somebody else changed the same cells."""
        own = self.rows[resource.name]
        mine = {
            name: self.named.meant(resource, name, meant(resource.field(name), text))
            for name, text in given.cells.items()
            if name in resource.columns
        }
        if given.number is None:
            self._add(resource, mine)
            return None
        stands = own.get(given.number)
        if stands is None:
            raise NotVisible(f"{resource.path} {given.number}")
        seen = stands if given.seen == stands.revision else self._seen(resource.name, given)
        if seen is None or (given.is_removed and seen.cells != stands.cells) or stands.is_removed:
            return None if stands.is_removed and given.is_removed else RowConflict(given.number, mine, stands.cells)
        touched = {name: text for name, text in mine.items() if text != seen.cells.get(name, "")}
        both = {
            n: t for n, t in touched.items() if t != (now := stands.cells.get(n, "")) and now != seen.cells.get(n, "")
        }
        taken = {name: text for name, text in touched.items() if name not in both}
        cells = {**stands.cells, **_without_source(resource, stands.cells, taken), **taken}
        fresh = replace(stands, cells={n: t for n, t in cells.items() if t}, is_removed=given.is_removed)
        if fresh != stands:
            own[given.number] = fresh
            self.changed[resource.name, given.number] = None
        return RowConflict(given.number, both, stands.cells) if both else None

    def follow(self) -> None:
        """Let what names a changed row follow it."""
        index = Index(self.rows)
        for file, number in list(self.changed):
            before = self.before[file].get(number)
            if before is not None:
                self.changed |= dict.fromkeys(follow(self.rows, file, before, self.rows[file][number], index))

    def put_back(self, old: Mapping[str, object], new: Mapping[str, object]) -> None:
        """Put a row back to what an entry says that it was; raises ServiceError ``undo_changed_since``."""
        file, number = str(new["file"]), int(str(new["number"]))
        stands = self.rows[file][number]
        if stands.revision != new["revision"]:
            raise ServiceError("undo_changed_since", record=f"{file} {number}")
        begun = {row.number: row.cells for row in begun_with(self.draft).get(file, ())}
        cells: Mapping[str, str] = old["cells"] if old else begun.get(number, stands.cells)  # type: ignore[assignment]
        is_removed = bool(old["is_removed"]) if old else number not in begun
        self.rows[file][number] = replace(stands, cells=cells, is_removed=is_removed)
        self.changed[file, number] = None

    def _add(self, resource: Resource, mine: Mapping[str, str]) -> None:
        cells = {name: text for name, text in mine.items() if text}
        if not cells:
            return
        own = self.rows[resource.name]
        number = max(own, default=0) + 1
        own[number] = StandingRow(number, completed(resource, cells, self.rows))
        self.changed[resource.name, number] = None

    def _seen(self, file: str, given: RowInput) -> StandingRow | None:
        """Return the row as it was at the revision that somebody saw; None where that is not known."""
        if not given.seen:
            begun = {row.number: row for row in begun_with(self.draft).get(file, ())}
            row = begun.get(given.number or 0)
            return StandingRow(row.number, row.cells) if row is not None else None
        record = f"draft {self.draft.pk} {file} {given.number}"
        for entry in HistoryEntry.objects.filter(record=record, action__startswith="draft_row."):
            if entry.new.get("revision") == given.seen:
                return StandingRow(given.number or 0, entry.new["cells"], given.seen, entry.new["is_removed"])
        return None


def _without_source(resource: Resource, stands: Mapping[str, str], taken: Mapping[str, str]) -> Mapping[str, str]:
    """Return the source of a row that is one value emptied where the value became another: a source belongs to it."""
    values = {name for name, text in taken.items() if text != stands.get(name, "")} - _WORDS
    return dict.fromkeys(_PROVENANCE & {*resource.columns}, "") if resource.name in _ONE_VALUE and values else {}


def _write(actor: Actor, book: _Book, action: str, reason: str) -> None:
    """Write the changed rows, each with its history entry."""
    person, now, draft = person_of(actor), timezone.now(), book.draft
    files = {file for file, _ in book.changed}
    stored = {(row.file, row.number): row for row in DraftRow.objects.filter(draft=draft.pk, file__in=files)}
    fresh: list[DraftRow] = []
    kept: list[DraftRow] = []
    notes = []
    for file, number in book.changed:
        row = stored.get((file, number))
        old = snapshot(row) if row is not None else {}
        (kept if row is not None else fresh).append(row := row or DraftRow(draft=draft, file=file, number=number))
        after = book.rows[file][number]
        row.cells, row.is_removed, row.revision = dict(after.cells), after.is_removed, after.revision + 1
        row.changed_at, row.changed_by = now, person
        record = f"draft {draft.pk} {file} {number}"
        notes.append(history.Note(action, record=record, old=old, new=snapshot(row), reason=reason))
    DraftRow.objects.bulk_create(fresh, batch_size=500)
    DraftRow.objects.bulk_update(kept, ["cells", "is_removed", "revision", "changed_at", "changed_by"], batch_size=200)
    history.record_all(person, notes)
