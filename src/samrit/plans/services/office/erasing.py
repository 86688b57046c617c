"""Erasing what is personal: somebody asks with a reason, somebody else decides, and the history goes on proving itself.

What goes: a file of evidence with its name, or a person's name, address and ways of signing in.  What stays: that
something was there, since when, who put it there and who decided, by number (decision 0025).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Erasure, Evidence, HistoryEntry, Person, Unit
from samrit.plans.records import history
from samrit.plans.records.erasure_list import Erased, settle
from samrit.plans.records.snapshots import snapshot
from samrit.plans.selectors.office.erasures import EVIDENCE, PERSON, has_hands_in, may_decide, may_see
from samrit.plans.services.office.emptying import empty_evidence, empty_person, entry_of_evidence, entry_of_person
from samrit.plans.services.writing import SYSTEM, Actor, permit, person_of, reason_of, service


@service
def evidence_erasure_ask(actor: Actor, *, evidence: Evidence, reason: str) -> Erasure:
    """Ask that a file of evidence is erased, whatever its month's state; its unit and the division may.

    Raises ServiceError ``reason_missing``, ``erasure_there`` or ``not_allowed``.
    """
    unit = Unit.objects.filter(code=evidence.unit_code).first()
    permit(actor, "erasure.ask", plan=evidence.plan, unit=unit)
    row = _asked(actor, EVIDENCE, evidence.pk, entry_of_evidence(evidence), reason)
    row.plan, row.unit_code, row.sha256 = evidence.plan, evidence.unit_code, evidence.sha256
    return _saved(actor, row, "erasure.ask")


@service
def person_erasure_ask(actor: Actor, *, person: Person, reason: str) -> Erasure:
    """Ask that a person's data are erased: the person, or who manages people.

    Raises ServiceError ``reason_missing``, ``erasure_there`` or ``not_allowed``.
    """
    if person_of(actor) != person:
        permit(actor, "people.manage")
    row = _asked(actor, PERSON, person.pk, entry_of_person(person), reason)
    return _saved(actor, row, "erasure.ask")


@service
def erasure_decide(actor: Actor, *, erasure: Erasure, erase: bool, remark: str = "") -> Erasure:
    """Erase what was asked for, or refuse with a remark; another hand than the one that asked, and nobody's own.

    Raises ServiceError ``erasure_decided``, ``erasure_hands``, ``reason_missing`` for a refusal without one,
    ``last_administrator``, or ``erasure_not_proved`` where the history does not hold.
    """
    row = Erasure.objects.select_related("plan").get(pk=erasure.pk)
    if not isinstance(actor, Person) or may_decide(actor, row):
        _require_hands(actor, row)
    else:
        raise NotVisible(str(row.pk)) if not may_see(actor, row) else ServiceError("not_allowed", record=str(row.pk))
    if row.state != "asked":
        raise ServiceError("erasure_decided", record=str(row.pk))
    old = snapshot(row)
    row.state, row.remark = ("done" if erase else "refused"), remark.strip() if erase else reason_of(remark)
    row.decided_at, row.decided_by = timezone.now(), person_of(actor)
    if erase:
        _erase(actor, row)
    return _saved(actor, row, "erasure.do" if erase else "erasure.refuse", old)


def erase_again(before: Sequence[Erased]) -> int:
    """Erase in a database that was restored what had been erased since; return how much.

    Raises ServiceError ``erasure_not_proved``.
    """
    done = 0
    for one in before:
        done += _again(one)
    return done


@service
def _again(one: Erased) -> bool:
    """Do once more what was decided before; False where it is erased, or was not there at that time."""
    entry = HistoryEntry.objects.filter(hash=one.born).first() or _begun_elsewhere(one)
    if entry is None or Erasure.objects.filter(born=entry.hash, state="done").exists():
        return False
    row = Erasure.objects.filter(born=entry.hash, state="asked").first()
    old = snapshot(row) if row is not None else None
    row = row or _as_before(one, entry)
    row.state, row.decided_at, row.remark = "done", timezone.now(), f"#{one.number} {one.decided_at}"
    row.save()
    _erase(SYSTEM, row, even_last=True)
    _saved(SYSTEM, row, "erasure.again", old)
    return True


def _begun_elsewhere(one: Erased) -> HistoryEntry | None:
    """Return what an erased file began with where it was before it came to where it was erased."""
    row = Evidence.objects.select_related("plan").filter(sha256=one.sha256, erased=0).order_by("pk").first()
    return entry_of_evidence(row) if one.sha256 and row is not None else None


def _as_before(one: Erased, entry: HistoryEntry) -> Erasure:
    """Return a decision like the one that the restored tables do not hold; ``entry`` is what its matter began with."""
    row = Erasure(kind=one.kind, born=entry.hash, sha256=one.sha256, reason=one.reason, asked_at=timezone.now())
    if one.kind == EVIDENCE:
        row.subject, row.plan, row.unit_code = entry.new["id"], entry.plan, entry.unit_code
    else:
        named = Person.objects.filter(username=entry.new.get("username", "")).first()
        row.subject = entry.new.get("id") or (named.pk if named is not None else 0)
    return row


def _require_hands(actor: Actor, erasure: Erasure) -> None:
    if has_hands_in(person_of(actor), erasure):
        raise ServiceError("erasure_hands", record=str(erasure.pk))
    for file in Evidence.objects.select_related("plan").filter(sha256=erasure.sha256) if erasure.sha256 else ():
        permit(actor, "erasure.decide", plan=file.plan)  # it goes wherever it stands


def _asked(actor: Actor, kind: str, subject: int, born: HistoryEntry | None, reason: str) -> Erasure:
    said = reason_of(reason)
    if born is None:
        raise ServiceError("erasure_not_proved", record=f"{kind} {subject}")
    before = Erasure.objects.filter(kind=kind, born=born.hash).exclude(state="refused").first()
    if before is not None:
        raise ServiceError("erasure_there", record=str(before.pk))
    return Erasure(
        kind=kind, subject=subject, born=born.hash, reason=said, asked_at=timezone.now(), asked_by=person_of(actor)
    )


def _erase(actor: Actor, row: Erasure, *, even_last: bool = False) -> None:
    if row.kind == EVIDENCE:
        empty_evidence(actor, row)
    else:
        empty_person(actor, row, even_last=even_last)
    transaction.on_commit(settle, robust=True)  # what fails is done by the next backup, and named by the audit


def _saved(actor: Actor, row: Erasure, action: str, old: dict[str, object] | None = None) -> Erasure:
    row.save()
    history.record(
        person_of(actor),
        action,
        plan=row.plan,
        record=f"erasure {row.pk}",
        unit_code=row.unit_code,
        old=old,
        new=snapshot(row),
        reason=row.remark or row.reason,
    )
    return row
