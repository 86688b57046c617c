"""Money announced for a plan, by source, and the lines that explain what its works get of it (R33, R118–R120).

Recorded by the planning division; nothing is deleted: an announcement is replaced by a later one that names it,
and a slip is withdrawn with its reason.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import timezone

from samrit.engine.allotments import replaced_in
from samrit.engine.arithmetic import ZERO
from samrit.engine.model import Allotment as Line
from samrit.engine.model import AllotmentSort
from samrit.engine.model import Plan as EnginePlan
from samrit.plans.errors import NotVisible, ServiceError, refuse_all
from samrit.plans.evaluation.scoring import reported_plan
from samrit.plans.models import Allotment, Plan
from samrit.plans.records.snapshots import snapshot
from samrit.plans.services.plan.money import LONGEST, LONGEST_NOTE, amount_of
from samrit.plans.services.writing import Actor, permit, person_of, reason_of, service, write_row

LONGEST_NUMBER = 60  # characters of an announcement's number


@service
def allotment_record(
    actor: Actor,
    *,
    plan: Plan,
    funding_source: str,
    sort: str,
    amount: str | Decimal,
    seen: int,
    number: str = "",
    announced_on: date | None = None,
    replaces: str = "",
    project: str = "",
    document: str = "",
    note: str = "",
) -> Allotment:
    """Record an announcement of a source, or a line that explains the difference to the works' budgets.

    ``seen`` is the number of lines that were on the screen, so that nothing is recorded twice or over what another has
    just recorded.  An announcement has a number and a day, and replaces at most one of its source that counts; every
    other line says in words what it is.  Raises ServiceError ``allotments_moved_on``, or all at once of
    ``allotment_source_missing``, ``allotment_sort_unknown``, ``money_amount_invalid``, ``allotment_amount_zero``,
    ``allotment_number_missing``, ``allotment_number_known``, ``allotment_day_missing``, ``allotment_replaces_unknown``,
    ``allotment_note_missing``, ``money_work_unknown`` and ``text_too_long``.
    """
    permit(actor, "money.record", plan=plan)
    now = reported_plan(plan).plan
    if len(now.allotments) != seen:
        raise ServiceError("allotments_moved_on", record=plan.code, count=len(now.allotments))
    texts = {"funding_source": funding_source, "number": number, "replaces": replaces, "project": project}
    row = Allotment(plan=plan, sort=sort, announced_on=announced_on, note=note.strip(), document=document.strip())
    for name, text in texts.items():
        setattr(row, name, text.strip())
    wrong = _wrong(row, now)
    try:
        row.amount = amount_of(plan.code, amount)
        if row.amount <= ZERO:
            wrong.append(ServiceError("allotment_amount_zero", record=row.funding_source or plan.code))
    except ServiceError as refused:
        wrong.append(refused)
    refuse_all(wrong)
    row.recorded_at, row.recorded_by = timezone.now(), person_of(actor)
    return write_row(actor, row, "allotment.record", record=row.project, reason=row.note)


@service
def allotment_withdraw(actor: Actor, *, allotment: Allotment, reason: str) -> Allotment:
    """Withdraw a line that was recorded by mistake; it stays in the history with the reason.

    Raises NotVisible for one that is withdrawn, ServiceError ``reason_missing``, or ``allotment_replaced`` where a
    later announcement stands in its place.
    """
    row = Allotment.objects.select_related("plan").get(pk=allotment.pk)
    permit(actor, "money.record", plan=row.plan)
    why = reason_of(reason)
    if len(why) > LONGEST_NOTE:
        raise ServiceError("text_too_long", record=row.plan.code, limit=LONGEST_NOTE)
    if row.withdrawn:
        raise NotVisible(str(row.pk))
    later = Allotment.objects.filter(plan=row.plan, funding_source=row.funding_source, withdrawn=False, pk__gt=row.pk)
    if row.number and row.sort == AllotmentSort.ANNOUNCED and later.filter(replaces=row.number).exists():
        raise ServiceError("allotment_replaced", record=row.funding_source, number=row.number)
    old = snapshot(row)
    row.withdrawn = True
    return write_row(actor, row, "allotment.withdraw", record=row.project, old=old, reason=why)


def _wrong(row: Allotment, plan: EnginePlan) -> list[ServiceError]:
    """Return what is wrong with a line beside its amount."""
    place = row.funding_source or plan.id
    limits = {"funding_source": LONGEST, "number": LONGEST_NUMBER, "document": LONGEST, "note": LONGEST_NOTE}
    wrong = [
        ServiceError("text_too_long", record=place[:60], limit=limit)
        for name, limit in limits.items()
        if len(getattr(row, name)) > limit
    ]
    if not row.funding_source:
        wrong.append(ServiceError("allotment_source_missing", record=plan.id))
    if row.sort not in frozenset(AllotmentSort):
        wrong.append(ServiceError("allotment_sort_unknown", record=place, sort=row.sort[:40]))
    elif row.sort == AllotmentSort.ANNOUNCED:
        wrong += _of_announcement(row, plan, place)
    elif not row.note:
        wrong.append(ServiceError("allotment_note_missing", record=place))
    if row.project and plan.project(row.project) is None:
        wrong.append(ServiceError("money_work_unknown", record=row.project[:60]))
    return wrong


def _of_announcement(row: Allotment, plan: EnginePlan, place: str) -> list[ServiceError]:
    wrong = []
    own = [a for a in plan.allotments if a.funding_source == row.funding_source]
    if not row.number:
        wrong.append(ServiceError("allotment_number_missing", record=place))
    elif any(_is(a, row.number) for a in own):
        wrong.append(ServiceError("allotment_number_known", record=place, number=row.number[:60]))
    if row.announced_on is None:
        wrong.append(ServiceError("allotment_day_missing", record=place))
    gone = replaced_in(own)
    if row.replaces and not any(_is(a, row.replaces) for at, a in enumerate(own) if at not in gone):
        wrong.append(ServiceError("allotment_replaces_unknown", record=place, number=row.replaces[:60]))
    return wrong


def _is(line: Line, number: str) -> bool:
    return line.sort is AllotmentSort.ANNOUNCED and line.number == number
