"""Units propose works for their part of a draft by a day; the division takes them over, or returns them (R29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from samrit.plans import rights
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.proposals.cells import LONGEST, as_it_stands, faults_of, names, rows_of, tidied
from samrit.plans.drafting.proposals.taking import Taking
from samrit.plans.errors import NotVisible, ServiceError, refuse_all
from samrit.plans.models import DraftState, HistoryEntry, Person, PlanDraft, ProposalState, ProposedWork, Unit
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.services.draft.arranging import inputs_of
from samrit.plans.services.draft.rows import DraftOutcome, require_open, save_rows
from samrit.plans.services.writing import Actor, person_of, service

CHANGEABLE = (ProposalState.OPEN, ProposalState.RETURNED)
WITHDRAWABLE = (*CHANGEABLE, ProposalState.SENT)
_PER_UNIT = 500  # proposed works of one unit in one draft


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed work as it was saved; ``clashes`` are the cells that somebody else changed too: mine and theirs."""

    work: ProposedWork
    clashes: Mapping[str, tuple[str, str]]


@service
def proposals_call(actor: Actor, *, draft: PlanDraft, until: date | None) -> PlanDraft:
    """Let units propose up to and including ``until``; None ends it.

    Raises ServiceError ``draft_not_open`` or ``proposal_day_past``.
    """
    draft = require_open(actor, draft)
    if until is not None and until < timezone.localdate():
        raise ServiceError("proposal_day_past", record=draft.title)
    old = snapshot(draft)
    draft.proposals_until = until
    if snapshot(draft) != old:
        draft.save(update_fields=["proposals_until"])
        history.record(person_of(actor), "draft.proposals", record=f"draft {draft.pk}", old=old, new=snapshot(draft))
    return draft


@service
def proposal_save(
    actor: Actor,
    *,
    draft: PlanDraft,
    unit: Unit,
    cells: Mapping[str, str],
    proposal: ProposedWork | None = None,
    work: str = "",
    seen: int = 0,
) -> Proposed:
    """Keep what a unit typed of a work: a new one, one that the draft has (``work``), or one proposed before.

    A cell that somebody else changed since revision ``seen`` stays theirs.  Raises NotVisible, or ServiceError
    ``proposal_not_now``, ``proposal_not_of_unit``, ``proposal_decided``, ``proposal_twice``, ``proposal_too_many``,
    ``text_too_long``.
    """
    draft = _callable(actor, draft, unit)
    _require_short(cells)
    own = _own(draft, unit, proposal) if proposal is not None else _begun(draft, unit, work)
    old = snapshot(own) if own.pk else {}
    mine, clashes = tidied(cells, own.base), dict[str, tuple[str, str]]()
    if own.pk and seen != own.revision:
        before = _as_of(own, seen)
        both = [
            n for n in names() if mine.get(n) != before.get(n) and own.cells.get(n) not in (before.get(n), mine.get(n))
        ]
        clashes = {n: (mine.get(n, ""), own.cells.get(n, "")) for n in both}
        kept = {
            n: own.cells.get(n, "") if mine.get(n) == before.get(n) or n in both else mine.get(n, "") for n in names()
        }
        mine = {name: text for name, text in kept.items() if text}
    if own.pk and mine == own.cells:
        return Proposed(own, clashes)
    own.cells = mine
    _write(actor, own, "proposal.save", old)
    return Proposed(own, clashes)


@service
def proposal_send(actor: Actor, *, draft: PlanDraft, unit: Unit) -> int:
    """Send everything that a unit has open; return how many works.

    Raises ServiceError ``proposal_not_now``, ``proposal_nothing_open``, or ``proposal_faulty`` for every work that
    has a fault.
    """
    draft = _callable(actor, draft, unit)
    waiting = list(ProposedWork.objects.filter(draft=draft, unit=unit, state__in=CHANGEABLE))
    if not waiting:
        raise ServiceError("proposal_nothing_open", record=unit.code)
    rows = standing(draft)
    refuse_all(
        [
            ServiceError("proposal_faulty", record=own.cells.get("title") or "–", count=len(found))
            for own in waiting
            if (found := faults_of(rows, own.cells))
        ]
    )
    for own in waiting:
        old = snapshot(own)
        own.state, own.sent_at, own.sent_by = ProposalState.SENT, timezone.now(), person_of(actor)
        _write(actor, own, "proposal.send", old)
    return len(waiting)


@service
def proposal_withdraw(actor: Actor, *, proposal: ProposedWork) -> ProposedWork:
    """Take a proposed work back that the division has not decided about."""
    own = ProposedWork.objects.select_related("draft__plan", "unit").get(pk=proposal.pk)
    _callable(actor, own.draft, own.unit)
    if own.state not in WITHDRAWABLE:
        raise ServiceError("proposal_decided", record=own.cells.get("title", ""))
    old = snapshot(own)
    own.state = ProposalState.WITHDRAWN
    return _write(actor, own, "proposal.withdraw", old)


@service
def proposal_return(
    actor: Actor, *, proposal: ProposedWork, remarks: Mapping[str, str], reason: str = "", seen: int = 0
) -> ProposedWork:
    """Give a proposed work back with what is to change, cell by cell.

    Raises ServiceError ``reason_missing`` without a word on any cell or the whole, ``text_too_long``,
    ``proposal_decided``, ``proposal_changed_since``.
    """
    own = _sent(actor, proposal, seen)
    said = {name: text.strip() for name in names() if (text := remarks.get(name, "")).strip()}
    _require_short(said)
    if not said and not reason.strip():
        raise ServiceError("reason_missing")
    old = snapshot(own)
    own.state, own.remarks, own.reason = ProposalState.RETURNED, said, reason.strip()
    own.decided_at, own.decided_by = timezone.now(), person_of(actor)
    return _write(actor, own, "proposal.return", old)


@service
def proposal_take(
    actor: Actor, *, proposal: ProposedWork, reason: str = "", seen: int = 0
) -> tuple[DraftOutcome, tuple[str, ...]]:
    """Take a proposed work into the draft; return what was written, and the cells that the division had changed itself.

    Raises ServiceError ``draft_not_open``, ``proposal_decided`` or ``proposal_changed_since``.
    """
    own = _sent(actor, proposal, seen)
    draft = require_open(actor, own.draft)
    rows = standing(draft)
    taking = Taking(rows, own.unit.code, work=own.work, base=own.base, cells=own.cells)
    outcome = save_rows(actor, draft, inputs_of(rows, taking.changes))
    old = snapshot(own)
    own.state, own.work, own.remarks, own.reason = ProposalState.TAKEN, taking.work, {}, reason.strip()
    own.decided_at, own.decided_by = timezone.now(), person_of(actor)
    _write(actor, own, "proposal.take", old)
    return outcome, tuple(taking.clashes)


def _callable(actor: Actor, draft: PlanDraft, unit: Unit) -> PlanDraft:
    """Return the draft as it is, where units may propose today and the actor speaks for this one."""
    draft = PlanDraft.objects.select_related("plan").defer("content").get(pk=draft.pk)
    if isinstance(actor, Person) and not rights.may(actor, "proposal.edit", plan=draft.plan, unit=unit):
        raise NotVisible(unit.code)
    is_open = draft.proposals_until is not None and timezone.localdate() <= draft.proposals_until
    if not is_open or draft.state != DraftState.DRAFT:
        raise ServiceError("proposal_not_now", record=draft.title)
    return draft


def _own(draft: PlanDraft, unit: Unit, proposal: ProposedWork) -> ProposedWork:
    own = ProposedWork.objects.select_related("unit").filter(pk=proposal.pk, draft=draft, unit=unit).first()
    if own is None:
        raise NotVisible(str(proposal.pk))
    if own.state not in CHANGEABLE:
        raise ServiceError("proposal_decided", record=own.cells.get("title", ""))
    return own


def _begun(draft: PlanDraft, unit: Unit, work: str) -> ProposedWork:
    mine = ProposedWork.objects.filter(draft=draft, unit=unit)
    if mine.count() >= _PER_UNIT:
        raise ServiceError("proposal_too_many", record=unit.code, limit=_PER_UNIT)
    if not work:
        return ProposedWork(draft=draft, unit=unit, revision=0)
    rows = standing(draft)
    if unit.code not in {r.cells.get("unit") for r in rows_of(rows, "project_units", "project", work)}:
        raise ServiceError("proposal_not_of_unit", record=work[:60])
    if mine.filter(work=work, state__in=WITHDRAWABLE).exists():
        raise ServiceError("proposal_twice", record=work[:60])
    return ProposedWork(draft=draft, unit=unit, work=work, base=as_it_stands(rows, work), revision=0)


def _sent(actor: Actor, proposal: ProposedWork, seen: int) -> ProposedWork:
    """Return what is to be decided about, as the decider saw it; ``seen`` 0 is a decision made without a page."""
    own = ProposedWork.objects.select_related("draft__plan", "unit").get(pk=proposal.pk)
    require_open(actor, own.draft)
    if own.state != ProposalState.SENT:
        raise ServiceError("proposal_decided", record=own.cells.get("title", ""))
    if seen not in (0, own.revision):
        raise ServiceError("proposal_changed_since", record=own.cells.get("title", ""))
    return own


def _require_short(cells: Mapping[str, str]) -> None:
    long = [name for name in names() if len(cells.get(name, "")) > LONGEST]
    refuse_all([ServiceError("text_too_long", record=name, limit=LONGEST) for name in long])


def _as_of(own: ProposedWork, revision: int) -> Mapping[str, str]:
    """Return the cells at a revision, those of the beginning where it is not known."""
    for entry in HistoryEntry.objects.filter(record=_record(own), action__startswith="proposal."):
        if entry.new.get("revision") == revision:
            found: Mapping[str, str] = entry.new["cells"]
            return found
    return own.base


def _write(actor: Actor, own: ProposedWork, action: str, old: Mapping[str, object]) -> ProposedWork:
    own.revision += 1
    own.changed_at, own.changed_by = timezone.now(), person_of(actor)
    own.save()
    history.record(person_of(actor), action, record=_record(own), old=old, new=snapshot(own), reason=own.reason)
    return own


def _record(own: ProposedWork) -> str:
    return f"draft {own.draft_id} proposal {own.pk}"  # type: ignore[attr-defined]
