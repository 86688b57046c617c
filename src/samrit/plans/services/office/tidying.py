"""Traces of signing in and of letters go once they are older than the office keeps them."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from samrit.plans.records import history
from samrit.plans.selectors.office.retention import traces
from samrit.plans.services.writing import Actor, permit, person_of, service


@service
def traces_tidy(actor: Actor) -> int:
    """Take away networks, failed sign-ins and addresses of letters that are older than ``KEEP_TRACES_DAYS``."""
    permit(actor, "people.manage")
    before = timezone.now() - timedelta(days=settings.KEEP_TRACES_DAYS)
    gone = {rows.model._meta.model_name or "": rows.delete()[0] for rows in traces(before)}
    count = sum(gone.values())
    if count:
        history.record(person_of(actor), "traces.tidy", old=gone, new={"before": before.date().isoformat()})
    return count
