"""A finished year archived: read-only, with hashes of all that is kept of it, and opened again with a reason."""

from __future__ import annotations

from django.utils import timezone

from samrit.plans.drafting.states import OPEN
from samrit.plans.errors import ServiceError, refuse_all
from samrit.plans.models import HistoryEntry, Plan
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.records.stored_files import digest
from samrit.plans.selectors.office.archive import manifest
from samrit.plans.services.writing import Actor, permit, person_of, reason_of, service

YEAR_END = 12


@service
def plan_archive(actor: Actor, *, plan: Plan, reason: str) -> Plan:
    """Archive a plan whose year is evaluated: nothing of it can be changed from now on, and everything is still there.

    The list of its versions, evaluations, documents and evidence with their hashes is hashed itself, with the end of
    the history at that moment.  Raises ServiceError ``plan_archived``, or all at once of ``reason_missing``,
    ``archive_not_evaluated`` and ``archive_draft_open``.
    """
    permit(actor, "plan.archive", plan=plan)
    plan.refresh_from_db()
    wrong = [] if reason.strip() else [ServiceError("reason_missing")]
    if plan.archived_at is not None:
        raise ServiceError("plan_archived", record=plan.code)
    if not plan.evaluations.filter(period=YEAR_END).exists():
        wrong.append(ServiceError("archive_not_evaluated", record=plan.code))
    if open_drafts := plan.drafts.filter(state__in=OPEN).count():
        wrong.append(ServiceError("archive_draft_open", record=plan.code, count=open_drafts))
    refuse_all(wrong)
    old, last = snapshot(plan), HistoryEntry.objects.order_by("-sequence").first()
    plan.archived_at = timezone.now()
    plan.archive_chain = f"{last.sequence}:{last.hash}" if last is not None else ""
    plan.archive_sha256 = digest(manifest(plan).encode())
    return _noted(actor, plan, "plan.archive", old, reason.strip())


@service
def plan_reopen(actor: Actor, *, plan: Plan, reason: str) -> Plan:
    """Open an archived plan again, with a reason.  Raises ServiceError ``reason_missing`` or ``archive_none``."""
    permit(actor, "plan.archive", plan=plan)
    why = reason_of(reason)
    plan.refresh_from_db()
    if plan.archived_at is None:
        raise ServiceError("archive_none", record=plan.code)
    old = snapshot(plan)
    plan.archived_at, plan.archive_chain, plan.archive_sha256 = None, "", ""
    return _noted(actor, plan, "plan.reopen", old, why)


def _noted(actor: Actor, plan: Plan, action: str, old: dict[str, object], reason: str) -> Plan:
    plan.save()
    history.record(person_of(actor), action, plan=plan, record=plan.code, old=old, new=snapshot(plan), reason=reason)
    return plan
