"""Decisions that something personal is erased: who may look at them, decide them, and what there is."""

from __future__ import annotations

from dataclasses import dataclass

from samrit.plans import rights
from samrit.plans.errors import NotVisible
from samrit.plans.models import Erasure, Evidence, Person, Unit

EVIDENCE, PERSON = "evidence", "person"
MOST = 200  # decisions on the page, the latest first


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """A decision on the list: what it is about in words of the row, and whether the reader may decide it now."""

    erasure: Erasure
    about: str
    place: str
    may_decide: bool
    is_own: bool  # the reader's hands are in it


def erasure_list(person: Person) -> tuple[ErasureLine, ...]:
    """Return the decisions that ``person`` may look at, open ones first, then the latest."""
    rows = Erasure.objects.select_related("plan", "asked_by", "decided_by")
    found = [row for row in rows.order_by("-pk") if may_see(person, row)]
    found.sort(key=lambda row: row.state != "asked")
    return tuple(_line(person, row) for row in found[:MOST])


def erasure_of(person: Person, number: int) -> Erasure:
    """Return one decision; raises NotVisible for one that ``person`` may not look at."""
    row = Erasure.objects.select_related("plan").filter(pk=number).first()
    if row is None or not may_see(person, row):
        raise NotVisible(str(number))
    return row


def may_see(person: Person, erasure: Erasure) -> bool:
    """Say whether ``person`` may look at the decision: who asks, who decides, and auditors."""
    if erasure.kind == PERSON:
        return person.pk == erasure.subject or rights.may(person, "people.view")
    unit = Unit.objects.filter(code=erasure.unit_code).first()
    asks = rights.may(person, "erasure.ask", plan=erasure.plan, unit=unit)
    return asks or may_decide(person, erasure) or rights.may(person, "history.view", plan=erasure.plan)


def may_decide(person: Person, erasure: Erasure) -> bool:
    """Say whether ``person`` may decide it, by role; whose hands are in it already is another question."""
    if erasure.kind == PERSON:
        return rights.may(person, "people.manage")
    return rights.may(person, "erasure.decide", plan=erasure.plan)


def has_hands_in(who: Person | None, erasure: Erasure) -> bool:
    """Say whether ``who`` (None: the office's machine) asked for it, put the file there, or is who it is about."""
    hands: set[int | None] = {erasure.asked_by_id}  # type: ignore[attr-defined]
    if erasure.kind == PERSON:
        hands.add(erasure.subject)
    else:
        files = Evidence.objects.filter(sha256=erasure.sha256, added_by__isnull=False)
        hands.update(files.values_list("added_by_id", flat=True))
    return (who.pk if who is not None else None) in hands


def _line(person: Person, row: Erasure) -> ErasureLine:
    own = has_hands_in(person, row)
    can = row.state == "asked" and may_decide(person, row) and not own
    if row.kind == PERSON:
        about = Person.objects.get(pk=row.subject)
        return ErasureLine(row, str(about), about.username, can, own)
    file = Evidence.objects.get(pk=row.subject)
    place = " · ".join(part for part in (file.indicator or file.project, file.unit_code) if part)
    return ErasureLine(row, file.name or file.sha256[:12], place, can, own)
