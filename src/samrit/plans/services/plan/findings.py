"""What was decided about a finding: explained, fixed, or accepted with a reason."""

from __future__ import annotations

from django.utils import timezone

from samrit.plans.errors import ServiceError
from samrit.plans.models import FindingState, Plan
from samrit.plans.records import history
from samrit.plans.records.fingerprints import fingerprint
from samrit.plans.records.snapshots import snapshot
from samrit.plans.services.writing import Actor, permit, person_of, reason_of, service
from samrit.vocabulary.findings import Finding

STATES = ("open", "explained", "fixed", "accepted")
_NEED_REASON = frozenset({"explained", "accepted"})


@service
def finding_decide(actor: Actor, *, plan: Plan, finding: Finding, state: str, reason: str = "") -> FindingState:
    """Keep what was decided about ``finding``; it is recognised again by its fingerprint.

    Raises ServiceError ``finding_state_unknown``, and ``reason_missing`` where a finding
    is explained or accepted without a word.
    """
    permit(actor, "finding.decide", plan=plan)
    if state not in STATES:
        raise ServiceError("finding_state_unknown", record=finding.place.record, state=state)
    why = reason_of(reason) if state in _NEED_REASON else reason.strip()
    mark = fingerprint(finding)
    row = FindingState.objects.filter(plan=plan, fingerprint=mark).first()
    old = snapshot(row) if row is not None else {}
    row = row or FindingState(plan=plan, fingerprint=mark, code=finding.code, record=finding.place.record[:80])
    row.state, row.reason = state, why
    if old and old == snapshot(row):
        return row
    row.decided_at, row.decided_by = timezone.now(), person_of(actor)
    row.save()
    history.record(
        person_of(actor),
        "finding.decide",
        plan=plan,
        record=finding.place.record,
        old=old,
        new=snapshot(row),
        reason=why,
    )
    return row
