"""Proposals for the person who asks: which drafts call for them, what units have, what waits for the division."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, QuerySet, When
from django.utils import timezone

from samrit.plans import rights
from samrit.plans.drafting.document import Standing
from samrit.plans.errors import NotVisible
from samrit.plans.models import DraftState, Person, PlanDraft, ProposalState, ProposedWork, Unit


@dataclass(frozen=True, slots=True)
class Call:
    """A draft that takes or took proposals, and the person's units in it, each with how many works it proposed."""

    draft: PlanDraft
    is_open: bool
    units: tuple[tuple[Unit, int], ...]


@dataclass(frozen=True, slots=True)
class OwnWork:
    """A work of a unit in a draft: its id, its title, and the proposal about it that is under way, if any."""

    id: str
    title: str
    proposal: ProposedWork | None


def may_propose(person: Person) -> bool:
    """Say whether a draft takes proposals of one of the person's units today: their header has the door then."""
    if not rights.may(person, "proposal.edit"):
        return False
    return PlanDraft.objects.filter(state=DraftState.DRAFT, proposals_until__gte=timezone.localdate()).exists()


def is_open(draft: PlanDraft) -> bool:
    """Say whether units may propose for a draft today."""
    until = draft.proposals_until
    return draft.state == DraftState.DRAFT and until is not None and timezone.localdate() <= until


def calls_for(person: Person) -> tuple[Call, ...]:
    """Return the drafts that call for proposals, or did of the person's units, the latest first."""
    drafts = PlanDraft.objects.filter(proposals_until__isnull=False).select_related("plan").defer("content")
    found = []
    for draft in drafts:
        units = tuple(u for u in units_of(person) if rights.may(person, "proposal.edit", plan=draft.plan, unit=u))
        if units:
            own = ProposedWork.objects.filter(draft=draft).exclude(state=ProposalState.WITHDRAWN)
            counts = [(unit, own.filter(unit=unit).count()) for unit in units]
            found.append(Call(draft, is_open(draft), tuple(counts)))
    return tuple(found)


def units_of(person: Person) -> tuple[Unit, ...]:
    """Return the units that the person reports for or heads by name, those below them left out."""
    given = (a for a in rights.assignments(person) if a.role in rights.ACTIONS["proposal.edit"])
    own = {a.unit.pk for a in given if a.unit is not None}
    return tuple(Unit.objects.filter(pk__in=own))


def call_of(person: Person, number: int, unit: str) -> tuple[PlanDraft, Unit]:
    """Return a draft that takes or took proposals, and a unit for which the person speaks; NotVisible for any other."""
    drafts = PlanDraft.objects.select_related("plan").defer("content")
    draft = drafts.filter(pk=number, proposals_until__isnull=False).first()
    own = Unit.objects.filter(code=unit).first()
    if draft is None or own is None or not rights.may(person, "proposal.edit", plan=draft.plan, unit=own):
        raise NotVisible(f"{number} {unit}")
    return draft, own


def proposals_of(draft: PlanDraft) -> QuerySet[ProposedWork]:
    """Return what units proposed for a draft, those that wait for the division first."""
    rows = ProposedWork.objects.filter(draft=draft).select_related("unit", "changed_by", "sent_by", "decided_by")
    waits = Case(When(state=ProposalState.SENT, then=0), default=1)
    return rows.order_by(waits, "unit__code", "pk")


def proposal_of(draft: PlanDraft, at: int, unit: Unit | None = None) -> ProposedWork:
    """Return one proposed work of a draft, of ``unit`` where one is named; raises NotVisible for any other."""
    found = proposals_of(draft).filter(pk=at).first()
    if found is None or (unit is not None and found.unit_id != unit.pk):  # type: ignore[attr-defined]
        raise NotVisible(str(at))
    return found


def works_of(rows: Standing, unit: Unit, own: list[ProposedWork]) -> tuple[OwnWork, ...]:
    """Return the works for which a draft names a unit."""
    under_way = {p.work: p for p in own if p.work and p.state not in (ProposalState.TAKEN, ProposalState.WITHDRAWN)}
    named = {
        r.cells.get("project")
        for r in rows["project_units"].values()
        if not r.is_removed and r.cells.get("unit") == unit.code
    }
    works = [r.cells for r in rows["projects"].values() if not r.is_removed and r.cells.get("id") in named]
    return tuple(OwnWork(c["id"], c.get("title", ""), under_way.get(c["id"])) for c in works)
